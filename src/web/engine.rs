//! A graph and its tape, as the page holds them.

use std::rc::Rc;

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::graph::{self, Graph, Labels, MAX_PAGE_OPERATIONS, Read};
use crate::layout::{self, Direction, Options, Scene};
use crate::notation::{Explain, LineIndex, Sentences};
use crate::tape::Tape;

use super::graph_view::GraphView;
use super::object::ToJs;
use super::refused;
use super::sketch::Sketch;
use super::views::{Diagnostic, Reading, Severity};
use super::walk::{Card, Move};

/// A graph with one forward and one backward pass done.
#[wasm_bindgen]
pub struct Engine {
    graph: Rc<Graph>,
    labels: Rc<Labels>,
    tape: Tape,
    /// The text that made the graph; empty where none did.
    program: Box<str>,
}

/// What is wrong with a program, or doubtful, with its places, told in the
/// sentences of a catalogue: the text of `sentences/en.txt` or of another
/// language's. Without one there are no sentences.
#[wasm_bindgen]
pub fn read(program: &str, sentences: Option<String>) -> Ts<Reading> {
    let sentences = Sentences::new(sentences.as_deref().unwrap_or_default());
    let diagnostics = diagnostics(program, &read_program(program), sentences);
    Reading { diagnostics }.to_ts()
}

#[wasm_bindgen]
impl Engine {
    /// The engine of a program's text; throws the place of the first fault
    /// where the text has one ([`read`] has them all, and their sentences).
    pub fn parse(program: &str) -> Result<Engine, JsError> {
        let read = read_program(program);
        let engine = |graph| Self {
            program: program.into(),
            ..Self::of(graph)
        };
        read.graph.map(engine).ok_or_else(|| {
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

    /// One update an operator at a time, with the formulas of each move.
    pub fn walk(&self) -> Vec<Ts<Move>> {
        let moves = Move::all(&self.graph, &self.labels);
        moves.iter().map(Move::to_ts).collect()
    }

    /// What is said of a node, by its number. Throws where there is none of this
    /// number.
    pub fn card(&self, node: usize) -> Result<Ts<Card>, JsError> {
        let node = self.graph.ids().nth(node);
        let node = node.ok_or_else(|| refused("no node has this number"))?;
        Ok(Card::of(&self.graph, &self.labels, &self.program, node).to_ts())
    }

    /// Every node's value, at its `offset`.
    pub fn values(&self) -> Vec<f64> {
        self.tape.values().to_vec()
    }

    /// Every node's gradient, at its `offset`.
    pub fn gradients(&self) -> Vec<f64> {
        self.tape.gradients().to_vec()
    }

    /// The value of a named node, row by row; nothing where there is none of
    /// this name.
    pub fn value(&self, name: &str) -> Option<Vec<f64>> {
        let node = self.graph.find(name)?;
        Some(self.tape.value(node).to_vec())
    }

    /// The gradient of a named node, row by row; nothing where there is none
    /// of this name.
    pub fn gradient(&self, name: &str) -> Option<Vec<f64>> {
        let node = self.graph.find(name)?;
        Some(self.tape.gradient(node).to_vec())
    }

    /// The names of all nodes that have one, earlier bindings as `c#1`.
    pub fn names(&self) -> Vec<String> {
        let bindings = self.graph.bindings().iter();
        bindings.map(|binding| binding.key.clone()).collect()
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
            program: "".into(),
        }
    }

    pub(super) fn graph_ref(&self) -> &Rc<Graph> {
        &self.graph
    }

    pub(super) fn labels_ref(&self) -> &Rc<Labels> {
        &self.labels
    }
}

fn options(upright: bool, room: Option<f64>) -> Options {
    let direction = match upright {
        true => Direction::Down,
        false => Direction::Right,
    };
    Options { direction, room }
}

/// A page is to answer at once, so its programs may only take so long.
fn read_program(text: &str) -> Read {
    graph::read_within(text, MAX_PAGE_OPERATIONS)
}

fn diagnostics(program: &str, read: &Read, sentences: Sentences) -> Vec<Diagnostic> {
    let lines = LineIndex::new(program);
    let faults = read.faults.iter();
    let mut all: Vec<Diagnostic> = faults
        .map(|fault| diagnostic(Severity::Fault, fault, &lines, sentences))
        .collect();
    let warnings = read.warnings.iter();
    let warnings =
        warnings.map(|warning| diagnostic(Severity::Warning, warning, &lines, sentences));
    // Both are in the order of the text already.
    for warning in warnings {
        let place = (warning.line, warning.column);
        let index = all.partition_point(|other| (other.line, other.column) <= place);
        all.insert(index, warning);
    }
    all
}

fn diagnostic(
    severity: Severity,
    explained: &impl Explain,
    lines: &LineIndex,
    sentences: Sentences,
) -> Diagnostic {
    let place = lines.place(explained.span());
    let (excerpt, excerpt_column) = excerpt(lines.line(place.line), place.column);
    Diagnostic {
        severity,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        excerpt: excerpt.into(),
        excerpt_column,
        message: explained.message(sentences),
        remedy: explained.remedy(sentences),
    }
}

/// Characters shown of a line before a fault, and in all.
const BEFORE: usize = 40;
const SHOWN: usize = 100;

/// What is shown of a line around a column, and the column it begins at: a
/// hundred faults of one line of 64 KiB must not be a hundred such lines.
fn excerpt(line: &str, column: u32) -> (&str, u32) {
    let start = (column as usize - 1).saturating_sub(BEFORE);
    let mut places = line.char_indices().map(|(at, _)| at);
    let from = places.nth(start).unwrap_or(line.len());
    let to = places.nth(SHOWN - 1).unwrap_or(line.len());
    (&line[from..to], start as u32 + 1)
}
