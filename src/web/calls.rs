//! What a picture of a graph leaves out: operators within folded functions, and
//! all samples but one.

use crate::graph::{Graph, NodeId};
use crate::layout::{self, folded_into, sample_shape};

use super::graph_view::{CallView, GraphView};

impl GraphView {
    /// With the calls of a graph's functions, which are boxes but for the open ones:
    /// those have a frame.
    pub fn with_calls(mut self, graph: &Graph, open: &[usize]) -> Self {
        let calls = graph.calls().iter().enumerate();
        self.calls = calls
            .filter(|&(at, _)| shows(graph, open, at))
            .map(|(at, call)| CallView {
                id: at,
                name: call.name.clone(),
                parent: call.parent,
                output: call.output.index(),
                frame: self.frame(graph, at),
            })
            .collect();
        self
    }

    /// Around the operators that a call made, and their results: nothing where
    /// it is folded.
    fn frame(&self, graph: &Graph, call: usize) -> Vec<f64> {
        let (mut left, mut top) = (f64::INFINITY, f64::INFINITY);
        let (mut right, mut bottom) = (-f64::INFINITY, -f64::INFINITY);
        let mut around = |x: f64, y: f64, width: f64, height: f64| {
            (left, top) = (left.min(x), top.min(y));
            (right, bottom) = (right.max(x + width), bottom.max(y + height));
        };
        let within = |id: usize| {
            graph
                .calls_around(NodeId::at(id))
                .any(|around| around == call)
        };
        for operator in &self.operators {
            if !within(operator.id) {
                continue;
            }
            if operator.id == graph.calls()[call].output.index() && !operator.members.is_empty() {
                return Vec::new();
            }
            let (x, y) = (operator.x - operator.radius, operator.y - operator.radius);
            around(x, y, 2.0 * operator.radius, 2.0 * operator.radius);
        }
        for node in &self.nodes {
            if within(node.id) {
                around(node.x, node.y, node.width, node.height);
            }
        }
        vec![left, top, right - left, bottom - top]
    }

    /// With one of so many samples in the room of each matrix that has them.
    pub fn with_one_sample(mut self, graph: &Graph, samples: usize) -> Self {
        for node in &mut self.nodes {
            let shape = sample_shape(graph, NodeId::at(node.id), samples);
            let shown = layout::shown(shape);
            (node.shown_rows, node.shown_columns) = (shown.rows, shown.columns);
        }
        self
    }
}

/// Whether a call is not within the box of another one.
fn shows(graph: &Graph, open: &[usize], call: usize) -> bool {
    let folded = folded_into(graph, open, graph.calls()[call].output);
    folded.is_none_or(|folded| folded == call)
}
