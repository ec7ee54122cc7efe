//! A walk through one update, and a node's card, as TypeScript sees them.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::formula::Labels;
use crate::graph::{Graph, NodeId};
use crate::notation::{LineIndex, Place};
use crate::walk;
use crate::web::engine::{Engine, read_program};
use crate::web::graph_view::{RunView, runs};
use crate::web::object::{ToJs, record, words};
use crate::web::refused;
use crate::web::stepper::Stepper;

/// One move of a walk.
#[derive(Clone, Debug, Tsify)]
pub struct Move {
    /// Where in the walk it is.
    pub phase: Phase,
    /// The output of its operator; of the loss the loss, of an update the
    /// parameter.
    pub node: usize,
    /// The nodes on the operand side, each once: forward those that are drawn,
    /// backward those that get a contribution, what is given behind the others.
    pub operands: Vec<usize>,
    /// For each operand whether other moves contribute to its gradient as well.
    pub parts: Vec<bool>,
    /// Its equation; of a backward move one for each operand.
    pub formulas: Vec<Vec<RunView>>,
}

record!(Move {
    phase,
    node,
    operands,
    parts,
    formulas
});

/// The parts of a walk, in order.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// An operator computes a value.
    Forward,
    /// ∂L/∂L = 1.
    Loss,
    /// An operator hands its gradient on.
    Backward,
    /// A parameter takes a step.
    Update,
}

words!(Phase {
    Forward: "forward",
    Loss: "loss",
    Backward: "backward",
    Update: "update"
});

impl Move {
    /// The walk of a graph whose labels are at hand.
    pub fn all(graph: &Graph, labels: &Labels) -> Vec<Self> {
        let details = walk::details(graph, labels).into_iter();
        let moves = details.map(|detail| {
            let (phase, node) = match detail.made {
                walk::Move::Forward(node) => (Phase::Forward, node),
                walk::Move::Loss => (Phase::Loss, graph.loss()),
                walk::Move::Backward(node) => (Phase::Backward, node),
                walk::Move::Update(node) => (Phase::Update, node),
            };
            let operands = detail.operands.iter();
            Self {
                phase,
                node: node.index(),
                operands: operands.clone().map(|of| of.node.index()).collect(),
                parts: operands.map(|of| of.is_part).collect(),
                formulas: detail.formulas.iter().map(runs).collect(),
            }
        });
        moves.collect()
    }
}

/// What is said of one node, beside its numbers.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The node with what it is computed from; its label alone where it has no
    /// name or is not computed.
    pub formula: Vec<RunView>,
    /// The line of the text that made it, from 1; 0 where none did, as are the
    /// others then.
    pub line: u32,
    /// Its column, from 1, in characters.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column behind the end.
    pub end_column: u32,
}

record!(Card {
    formula,
    line,
    column,
    end_line,
    end_column
});

impl Card {
    /// The card of a node of a graph that this text made.
    fn of(graph: &Graph, labels: &Labels, program: &str, node: NodeId) -> Self {
        let span = graph.node(node).span;
        let place = span.map(|span| LineIndex::new(program).place(span));
        let number = |of: fn(Place) -> u32| place.map_or(0, of);
        Self {
            formula: runs(&labels.equation(graph, node)),
            line: number(|place| place.line),
            column: number(|place| place.column),
            end_line: number(|place| place.end_line),
            end_column: number(|place| place.end_column),
        }
    }
}

/// What is said of a node of a program, by its number. Throws where there is none of
/// this number, or the program has a fault.
#[wasm_bindgen]
pub fn card(program: &str, node: usize) -> Result<Ts<Card>, JsError> {
    let graph = read_program(program).graph;
    let graph = graph.ok_or_else(|| refused("the program has a fault"))?;
    let node = graph.ids().nth(node);
    let node = node.ok_or_else(|| refused("no node has this number"))?;
    Ok(Card::of(&graph, &Labels::of(&graph), program, node).to_ts())
}

#[wasm_bindgen]
impl Engine {
    /// One update an operator at a time, with the formulas of each move.
    pub fn walk(&self) -> Vec<Ts<Move>> {
        let moves = Move::all(&self.graph, &self.labels);
        moves.iter().map(Move::to_ts).collect()
    }
}

#[wasm_bindgen]
impl Stepper {
    /// Every node's gradient at this step in the midst of the backward pass: after
    /// the loss's own and so many backward moves of the walk.
    #[wasm_bindgen(js_name = gradientsAfter)]
    pub fn gradients_after(&self, operators: usize) -> Vec<f64> {
        self.run.tape().gradients_after(operators)
    }
}
