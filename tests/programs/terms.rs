//! The paths to every node of a graph, against a search that knows no short cut.

use chalkgrad::graph::{Graph, NodeId};
use chalkgrad::paths::{MAX_LISTED, Path, Use, counts, list, terms};
use chalkgrad::tape::Tape;

/// Most nodes that the search visits; graphs with more ways are not checked by it.
const MAX_VISITS: usize = 100_000;

/// Checks for every node whose gradient anybody sees that its paths are those that
/// the search finds, that its terms sum to its gradient, and that the one term of a
/// single path is the gradient, bit for bit.
pub fn check_paths(graph: &Graph, what: &str) {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    let counts = counts(graph);
    let seen = graph.ids().filter(|&node| graph.has_gradient(node));
    for node in seen {
        let (count, listed) = (counts[node.index()].exact(), list(graph, node));
        let what = format!("node {} of\n{what}", node.index());
        let visits = &mut 0;
        if let Some(found) = search(graph, graph.loss(), node, visits) {
            assert_eq!(count, Some(found.len() as u128), "{what}");
            let first = &found[..found.len().min(MAX_LISTED)];
            assert_eq!(listed, first, "{what}");
        }
        let terms: Vec<Vec<f64>> = terms(&tape, &listed, u64::MAX).collect();
        assert_eq!(terms.len(), listed.len(), "{what}");
        if count == Some(terms.len() as u128) {
            check_sum(&terms, tape.gradient(node), &what);
        }
    }
}

/// Every path from one node to another, the first slots first; nothing where there
/// are too many ways to go.
fn search(graph: &Graph, from: NodeId, to: NodeId, visits: &mut usize) -> Option<Vec<Path>> {
    *visits += 1;
    if *visits > MAX_VISITS {
        return None;
    }
    if from == to {
        return Some(vec![Path::new()]);
    }
    let mut found = Vec::new();
    let made = graph.node(from).application();
    let operands = made.iter().flat_map(|made| &made.operands);
    for (slot, &operand) in operands.enumerate() {
        for rest in search(graph, operand, to, visits)? {
            let first = Use { node: from, slot };
            found.push([vec![first], rest].concat());
        }
    }
    Some(found)
}

/// To 1e-12 of the largest that is added up: what cancels leaves its error.
fn check_sum(terms: &[Vec<f64>], gradient: &[f64], what: &str) {
    for (entry, &gradient) in gradient.iter().enumerate() {
        let of = terms.iter().map(|term| term[entry]);
        if terms.len() == 1 {
            let term = of.clone().map(f64::to_bits).next();
            assert_eq!(term, Some(gradient.to_bits()), "{what}");
        }
        let largest = of
            .clone()
            .fold(gradient.abs(), |most, term| most.max(term.abs()));
        let sum: f64 = of.sum();
        assert!(
            (sum - gradient).abs() <= 1e-12 * largest + 1e-14,
            "{sum} for {gradient}: {what}"
        );
    }
}
