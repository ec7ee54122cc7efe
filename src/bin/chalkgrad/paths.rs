//! `chalkgrad paths`: the paths from the loss to a node, and their terms.

use chalkgrad::derivation::Derivations;
use chalkgrad::formula::{Labels, text};
use chalkgrad::graph::{Graph, NodeId};
use chalkgrad::matrix::Shape;
use chalkgrad::paths::{self, Count, Path};
use chalkgrad::tape::Tape;
use clap::Args;
use serde_json::{Value, json};

use crate::Failure;
use crate::eval::passed;
use crate::input::{Loaded, Places, find, load};
use crate::output::{json_matrix, write_matrix};

#[derive(Args)]
pub struct Paths {
    /// The program; - for standard input
    file: String,
    /// The node's name; an earlier binding is c#1, c#2, …
    node: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Paths {
    pub fn run(&self) -> Result<String, Failure> {
        let Loaded { graph, places } = load(&self.file)?;
        let node = find(&graph, &self.file, &self.node)?;
        let found = Found {
            count: paths::counts(&graph)[node.index()],
            paths: paths::list(&graph, node),
            tape: passed(&graph),
            graph: &graph,
            node,
        };
        Ok(if self.json {
            format!("{}\n", found.json(&places))
        } else {
            found.text(&self.node)
        })
    }
}

/// A node's paths, on a tape that has been run.
struct Found<'a> {
    graph: &'a Graph,
    tape: Tape,
    node: NodeId,
    count: Count,
    /// The first of them.
    paths: Vec<Path>,
}

impl Found<'_> {
    /// Each path with its term.
    fn terms(&self) -> impl Iterator<Item = (&Path, Vec<f64>)> {
        // Whoever gives a command waits: its work has no bound.
        self.paths
            .iter()
            .zip(paths::terms(&self.tape, &self.paths, u64::MAX))
    }

    fn json(&self, places: &Places) -> Value {
        let names: Vec<String> = self
            .graph
            .ids()
            .map(|id| places.name(self.graph, id))
            .collect();
        let paths = self.terms().map(|(path, term)| {
            let through = path
                .iter()
                .map(|of| json!([names[of.node.index()], of.slot]));
            json!({
                "through": through.collect::<Vec<_>>(),
                "value": json_matrix(self.shape(), &term),
            })
        });
        let paths: Vec<Value> = paths.collect();
        json!({ "count": self.count.to_string(), "paths": paths })
    }

    fn text(&self, name: &str) -> String {
        let labels = Labels::of(self.graph);
        let derivations = Derivations::of(self.graph, &labels);
        let loss = labels.plain(self.graph.loss());
        let (count, listed) = (self.count, self.paths.len());
        let is_all = count.exact() == Some(listed as u128);
        let noun = if count.exact() == Some(1) {
            "path"
        } else {
            "paths"
        };
        let first = match is_all {
            true => String::new(),
            false => format!("; the first {listed} of them"),
        };
        let mut told = format!(
            "{count} {noun} from {loss} to {name} {}{first}\n",
            self.shape()
        );
        let mut sum = vec![0.0; self.shape().len()];
        for (place, (path, term)) in (1..).zip(self.terms()) {
            for (sum, number) in sum.iter_mut().zip(&term) {
                *sum += number;
            }
            let product = match path.is_empty() {
                true => "the empty path".into(),
                false => text(&derivations.path(path)),
            };
            write_matrix(
                &mut told,
                &format!("{place}: {product}"),
                self.shape(),
                &term,
            );
        }
        let of = if is_all { "all" } else { "these" };
        write_matrix(&mut told, &format!("sum of {of} terms"), self.shape(), &sum);
        let gradient = text(&labels.gradient(self.graph, self.node));
        let gradient = format!("gradient {gradient}");
        write_matrix(
            &mut told,
            &gradient,
            self.shape(),
            self.tape.gradient(self.node),
        );
        told
    }

    fn shape(&self) -> Shape {
        self.graph.node(self.node).shape
    }
}
