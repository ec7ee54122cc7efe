//! `chalkgrad eval`: loss, values and gradients.

use std::fmt::Write as _;

use chalkgrad::graph::{Graph, NodeId};
use chalkgrad::number;
use chalkgrad::tape::Tape;
use clap::Args;
use serde_json::{Value, json};

use crate::Failure;
use crate::input::{Loaded, load};
use crate::output::{json_matrix, json_number, list, tell_not_finite};

#[derive(Args)]
pub struct Eval {
    /// The program; - for standard input
    file: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Eval {
    pub fn run(&self) -> Result<String, Failure> {
        let Loaded { graph, .. } = load(&self.file)?;
        let tape = passed(&graph);
        if self.json {
            return Ok(format!("{}\n", results(&graph, &tape)));
        }
        let mut text = format!("loss {}\n", number::full(tape.loss()));
        let bindings = graph.bindings().iter();
        for (index, binding) in bindings.enumerate() {
            let heading = if index == 0 { "\n" } else { "" };
            let shape = graph.node(binding.node).shape;
            let value = list(tape.value(binding.node));
            let gradient = list(tape.gradient(binding.node));
            // Writing to a string can't fail.
            let _ = writeln!(
                text,
                "{heading}{} {shape}\n  value    {value}\n  gradient {gradient}",
                binding.key
            );
        }
        Ok(text)
    }
}

/// The tape of a graph after a forward and a backward pass. What is not finite
/// is told.
pub fn passed(graph: &Graph) -> Tape {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    if let Some(found) = tape.not_finite_anywhere() {
        eprintln!("{}", tell_not_finite(graph, found));
    }
    tape
}

/// Every named node in the shape of the reference file.
fn results(graph: &Graph, tape: &Tape) -> Value {
    let matrices = |of: fn(&Tape, NodeId) -> &[f64]| {
        let entries = graph.bindings().iter().map(|binding| {
            let shape = graph.node(binding.node).shape;
            let matrix = json_matrix(shape, of(tape, binding.node));
            (binding.key.clone(), matrix)
        });
        Value::Object(entries.collect())
    };
    json!({
        "loss": json_number(tape.loss()),
        "values": matrices(Tape::value),
        "gradients": matrices(Tape::gradient),
    })
}
