//! What makes two graphs the same.

use std::collections::HashMap;

use chalkgrad::graph::{Binding, Graph, Node, NodeId, NodeKind};
use chalkgrad::matrix::Shape;
use chalkgrad::tape::Tape;

/// Bits, of which all NaNs have the same.
fn bits(numbers: &[f64]) -> Vec<u64> {
    let canonical = |number: &f64| if number.is_nan() { f64::NAN } else { *number };
    numbers
        .iter()
        .map(|number| canonical(number).to_bits())
        .collect()
}

/// What is said of a node without its operands.
fn properties(node: &Node) -> (&'static str, Shape, Vec<u64>) {
    let (what, numbers) = match &node.kind {
        NodeKind::Constant(value) => ("constant", bits(value.data())),
        NodeKind::Data(value) => ("data", bits(value.data())),
        NodeKind::Param(value) => ("param", bits(value.data())),
        NodeKind::Computed(made) => (made.operator.name, bits(&made.constants)),
    };
    (what, node.shape, numbers)
}

fn is_constant(graph: &Graph, node: NodeId) -> bool {
    matches!(graph.node(node).kind, NodeKind::Constant(_))
}

fn keys(bindings: &[&Binding]) -> Vec<String> {
    bindings.iter().map(|binding| binding.key.clone()).collect()
}

/// Whether `found` is the graph `expected`, but for names in addition and the
/// places of constants.
#[track_caller]
pub fn assert_same(expected: &Graph, found: &Graph, text: &str) {
    assert_eq!(expected.nodes().len(), found.nodes().len(), "{text}");
    let others = |graph: &Graph| -> Vec<NodeId> {
        let ids = graph.ids();
        ids.filter(|&id| !is_constant(graph, id)).collect()
    };
    let mut partners: HashMap<NodeId, NodeId> =
        others(expected).into_iter().zip(others(found)).collect();
    // Constants are partners where they are the same operand, or have the same name.
    let mut pairs = Vec::new();
    for (&a, &b) in &partners {
        let (a, b) = (expected.node(a), found.node(b));
        assert_eq!(properties(a), properties(b), "{text}");
        if let (Some(a), Some(b)) = (a.application(), b.application()) {
            pairs.extend(a.operands.iter().copied().zip(b.operands.iter().copied()));
        }
    }
    let names: Vec<&str> = expected
        .bindings()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let of_these = |binding: &&Binding| names.contains(&binding.name.as_str());
    let bindings: Vec<&Binding> = found.bindings().iter().filter(of_these).collect();
    assert_eq!(
        keys(&expected.bindings().iter().collect::<Vec<_>>()),
        keys(&bindings),
        "{text}"
    );
    let bound = expected.bindings().iter().map(|it| it.node);
    pairs.extend(bound.zip(bindings.iter().map(|it| it.node)));
    pairs.push((expected.loss(), found.loss()));
    for (a, b) in pairs {
        assert_eq!(*partners.entry(a).or_insert(b), b, "{text}");
        assert_eq!(
            properties(expected.node(a)),
            properties(found.node(b)),
            "{text}"
        );
    }
    let mut unique: Vec<NodeId> = partners.values().copied().collect();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), partners.len(), "two nodes became one: {text}");

    let run = |graph: &Graph| {
        let mut tape = Tape::compile(graph);
        tape.forward();
        tape.backward();
        tape
    };
    let (a, b) = (run(expected), run(found));
    for (&x, &y) in &partners {
        assert_eq!(bits(a.value(x)), bits(b.value(y)), "{text}");
        if !is_constant(expected, x) {
            assert_eq!(bits(a.gradient(x)), bits(b.gradient(y)), "{text}");
        }
    }
}
