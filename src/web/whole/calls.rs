//! What a picture of a graph leaves out: operators within folded functions, and
//! all samples but one.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::graph::{Graph, NodeId};
use crate::layout::{self, Scene, folded_into, sample_shape};
use crate::web::engine::{Engine, options};

use crate::web::graph_view::{CallView, GraphView};
use crate::web::object::ToJs;
use crate::web::sketch::Sketch;

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

#[wasm_bindgen]
impl Engine {
    /// Structure and places of any graph, from left to right or upright; in
    /// several rows where it is longer than the `room`. Calls of the program's own
    /// functions are boxes, but for the `open` ones. Where there are so many
    /// `samples`, room is made for one of them; 0 stands for all.
    pub fn graph(
        &self,
        upright: bool,
        room: Option<f64>,
        open: Vec<usize>,
        samples: usize,
    ) -> Ts<GraphView> {
        let (graph, options) = (&self.graph, options(upright, room));
        let scene = Scene::of(graph).of_one_sample(graph, samples);
        let sketch = Sketch::of(graph, &self.labels, scene.folded(graph, &open), options);
        let placed = layout::place(sketch.scene(), options);
        let view = sketch.placed(&placed, &self.tape);
        let view = view.with_one_sample(graph, samples);
        view.with_calls(graph, &open).to_ts()
    }
}
