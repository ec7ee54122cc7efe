//! A graph and its tape, as the page holds them.

use std::rc::Rc;

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::formula::Labels;
use crate::graph::{self, Graph, MAX_PAGE_OPERATIONS, Read};
use crate::layout::{self, Direction, Options, Scene};
use crate::notation::{Explain, LineIndex};
use crate::tape::Tape;

use super::graph_view::GraphView;
use super::object::ToJs;
use super::refused;
use super::sketch::Sketch;

/// A graph with one forward and one backward pass done.
#[wasm_bindgen]
pub struct Engine {
    pub(super) graph: Rc<Graph>,
    pub(super) labels: Rc<Labels>,
    pub(super) tape: Tape,
}

#[wasm_bindgen]
impl Engine {
    /// The engine of a program's text; throws the place of the first fault
    /// where the text has one (`read` has them all, and their sentences).
    pub fn parse(program: &str) -> Result<Engine, JsError> {
        let read = read_program(program);
        read.graph.map(Self::of).ok_or_else(|| {
            let first = read.faults.first().map(|fault| fault.span());
            let place = LineIndex::new(program).place(first.unwrap_or_default());
            refused(format_args!(
                "a fault in line {}, column {}",
                place.line, place.column
            ))
        })
    }

    /// Structure and places of a graph that is a chain, from left to right or
    /// upright; throws where it is none.
    pub fn chain(&self, upright: bool) -> Result<Ts<GraphView>, JsError> {
        let options = options(upright, None);
        let scene = Scene::of(&self.graph);
        let sketch = Sketch::of(&self.graph, &self.labels, scene, options);
        let placed = layout::chain(sketch.scene(), options);
        let placed = placed.ok_or_else(|| refused("the graph branches"))?;
        Ok(sketch.placed(&placed, &self.tape).to_ts())
    }
}

impl Engine {
    /// The engine of a graph.
    pub(super) fn of(graph: Graph) -> Self {
        let mut tape = Tape::compile(&graph);
        tape.forward();
        tape.backward();
        Self {
            labels: Rc::new(Labels::of(&graph)),
            graph: Rc::new(graph),
            tape,
        }
    }
}

/// How a graph is placed.
pub(super) fn options(upright: bool, room: Option<f64>) -> Options {
    let direction = match upright {
        true => Direction::Down,
        false => Direction::Right,
    };
    Options { direction, room }
}

/// A page is to answer at once, so its programs may only take so long.
pub(super) fn read_program(text: &str) -> Read {
    graph::read_within(text, MAX_PAGE_OPERATIONS)
}
