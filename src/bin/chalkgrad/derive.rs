//! `chalkgrad derive`: why gradients are what they are.

use std::fmt::Write as _;

use chalkgrad::derivation::{self, Derivations, Form, Work};
use chalkgrad::formula::{Labels, aligned, latex, text};
use chalkgrad::graph::{Graph, NodeId};
use chalkgrad::paths::Count;
use chalkgrad::tape::Tape;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::Failure;
use crate::eval::passed;
use crate::input::{Loaded, find, load};
use crate::output::{json_matrix, write_matrix};

#[derive(Args)]
pub struct Derive {
    /// The program; - for standard input
    file: String,
    /// The node's name; an earlier binding is c#1, c#2, …; without one all steps
    node: Option<String>,
    /// How contributions are written
    #[arg(long, value_enum, default_value_t = Written::Explicit)]
    form: Written,
    /// Print LaTeX
    #[arg(long, conflicts_with = "json")]
    latex: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Written {
    /// prod(∂L/∂o, ∂o/∂h, ∂h/∂z, ∂z/∂W1), with what is known in brackets
    Full,
    /// ∂L/∂z · ∂z/∂W1
    Chain,
    /// prod(∂L/∂z, ∂z/∂W1)
    Prod,
    /// ∂L/∂z xᵀ
    Explicit,
}

impl From<Written> for Form {
    fn from(written: Written) -> Self {
        match written {
            Written::Full => Self::Full,
            Written::Chain => Self::Chain,
            Written::Prod => Self::Prod,
            Written::Explicit => Self::Explicit,
        }
    }
}

impl Derive {
    pub fn run(&self) -> Result<String, Failure> {
        let Loaded { graph, places } = load(&self.file)?;
        let node = self.node.as_deref();
        let node = node
            .map(|name| find(&graph, &self.file, name))
            .transpose()?;
        let labels = Labels::of(&graph);
        let derived = Derived {
            derivations: Derivations::of(&graph, &labels),
            names: graph.ids().map(|id| places.name(&graph, id)).collect(),
            tape: passed(&graph),
            graph: &graph,
            form: self.form.into(),
        };
        let steps = derived.derivations.steps().iter().map(|step| step.node);
        Ok(match (node, self.latex, self.json) {
            (Some(node), true, _) => derived.latex([node]),
            (None, true, _) if derived.derivations.steps().is_empty() => {
                derived.latex([graph.loss()])
            }
            (None, true, _) => derived.latex(steps),
            (Some(node), _, true) => format!("{}\n", derived.json(node)),
            (None, _, true) => {
                let steps: Vec<Value> = steps.map(|node| derived.json(node)).collect();
                format!(
                    "{}\n",
                    json!({ "steps": steps, "tally": derived.tally_json() })
                )
            }
            (Some(node), ..) => derived.whole(node),
            (None, ..) => derived.all(steps),
        })
    }
}

/// The derivations of a program, on a tape that has been run.
struct Derived<'a> {
    graph: &'a Graph,
    derivations: Derivations<'a>,
    /// Every node's name in results.
    names: Vec<String>,
    tape: Tape,
    form: Form,
}

impl Derived<'_> {
    fn latex(&self, nodes: impl IntoIterator<Item = NodeId>) -> String {
        let nodes = nodes.into_iter();
        let equations: Vec<_> = nodes
            .map(|node| self.derivations.equation(node, self.form))
            .collect();
        match &equations[..] {
            [equation] => format!("{}\n", latex(equation)),
            equations => format!("{}\n", aligned(equations)),
        }
    }

    /// Every step in a line or two, and what reuse saves.
    fn all(&self, steps: impl Iterator<Item = NodeId>) -> String {
        let mut told = String::new();
        for node in steps {
            told += &self.heading(node);
            let _ = writeln!(told, "\n    {}\n", self.derivations.shapes(node));
        }
        let tally = self.derivations.tally();
        let _ = writeln!(
            told,
            "one backward pass, {} trained: {}",
            counted(tally.numbers as u128, "number"),
            sum_up(tally.done)
        );
        for (what, work) in [
            ("each number from the loss anew", tally.anew),
            ("path by path", tally.by_path),
        ] {
            if let Some(work) = work {
                let _ = writeln!(told, "{what}: {}", sum_up(work));
            }
        }
        told
    }

    /// The number of a step, its equation and what it takes over.
    fn heading(&self, node: NodeId) -> String {
        let place = self.derivations.step_of(node);
        let place = place.map_or(String::new(), |place| format!("{}. ", place + 1));
        let equation = text(&self.derivations.equation(node, self.form));
        let reused = self.derivations.reused(node).into_iter().map(|reused| {
            let (name, step) = (&self.names[reused.node.index()], reused.step + 1);
            let saved = reused.saved.map_or(String::new(), |saved| {
                format!(
                    ": {} saved",
                    counted(saved.multiplications, "multiplication")
                )
            });
            format!("\n    the gradient of {name} is taken over from step {step}{saved}")
        });
        format!("{place}{equation}{}", reused.collect::<String>())
    }

    /// One node with its notes and the numbers put in.
    fn whole(&self, node: NodeId) -> String {
        let mut told = format!(
            "{}\n    {}\n",
            self.heading(node),
            self.derivations.shapes(node)
        );
        for note in self.derivations.notes(node, self.form) {
            let _ = writeln!(told, "    {}", text(&note));
        }
        for factor in self.derivations.factors(node) {
            let Some(value) = derivation::value(&factor.formula, self.graph, &self.tape) else {
                continue;
            };
            let heading = format!("{} {}", factor.before, text(&factor.formula));
            write_matrix(&mut told, heading.trim(), value.shape(), value.data());
        }
        told
    }

    fn json(&self, node: NodeId) -> Value {
        let equation = self.derivations.equation(node, self.form);
        let notes = self.derivations.notes(node, self.form);
        let notes: Vec<String> = notes.iter().map(text).collect();
        let factors = self.derivations.factors(node).into_iter().map(|factor| {
            let value = derivation::value(&factor.formula, self.graph, &self.tape);
            let value = value.map(|value| json_matrix(value.shape(), value.data()));
            json!({ "before": factor.before, "formula": text(&factor.formula), "value": value })
        });
        let reused = self.derivations.reused(node).into_iter().map(|reused| {
            json!({
                "node": self.names[reused.node.index()],
                "step": reused.step + 1,
                "saved": reused.saved.map(work_json),
            })
        });
        json!({
            "node": self.names[node.index()],
            "step": self.derivations.step_of(node).map(|place| place + 1),
            "form": self.form.name(),
            "formula": text(&equation),
            "latex": latex(&equation),
            "shapes": self.derivations.shapes(node),
            "notes": notes,
            "factors": factors.collect::<Vec<_>>(),
            "cut": self.derivations.is_cut(node),
            "reused": reused.collect::<Vec<_>>(),
        })
    }

    fn tally_json(&self) -> Value {
        let tally = self.derivations.tally();
        json!({
            "numbers": tally.numbers,
            "done": work_json(tally.done),
            "anew": tally.anew.map(work_json),
            "byPath": tally.by_path.map(work_json),
        })
    }
}

/// Counts are texts: not every reader of JSON holds numbers up to 2⁶⁴.
fn work_json(work: Work) -> Value {
    json!({
        "multiplications": Count::of(work.multiplications).to_string(),
        "additions": Count::of(work.additions).to_string(),
    })
}

fn sum_up(work: Work) -> String {
    let multiplications = counted(work.multiplications, "multiplication");
    format!("{multiplications}, {}", counted(work.additions, "addition"))
}

fn counted(count: u128, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {what}{ending}", Count::of(count))
}
