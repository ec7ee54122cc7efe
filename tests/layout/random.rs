//! Random graphs, of which each seed has its own.

use chalkgrad::graph::{Graph, GraphBuilder, NodeId};
use chalkgrad::matrix::Matrix;

/// A graph of so many operators on numbers, of one or two operands that stand
/// mostly not far before them.
pub fn graph(operators: usize, seed: u64) -> Graph {
    let mut state = seed;
    let mut below = |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % bound as u64) as usize
    };
    let mut builder = GraphBuilder::new();
    let mut nodes: Vec<NodeId> = Vec::new();
    for index in 0..operators / 10 + 2 {
        let value = Matrix::scalar(0.5);
        nodes.push(
            match index % 3 {
                0 => builder.data("x", value),
                _ => builder.param("w", value),
            }
            .expect("a source"),
        );
    }
    for _ in 0..operators {
        let near = nodes.len().min(40);
        let mut operand = || match below(10) {
            0 => nodes[below(nodes.len())],
            _ => nodes[nodes.len() - 1 - below(near)],
        };
        let (a, b) = (operand(), operand());
        let made = match below(3) {
            0 => builder.apply("tanh", &[a], &[]),
            1 => builder.apply("add", &[a, b], &[]),
            _ => builder.apply("multiply", &[a, b], &[]),
        };
        nodes.push(made.expect("an operator"));
    }
    builder.minimize(nodes[nodes.len() - 1]).expect("a number");
    builder.build().expect("a graph")
}
