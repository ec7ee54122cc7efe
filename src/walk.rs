//! Graph to moves: one update, an operator at a time.
//!
//! A [`walk`] goes through the forward pass, the loss, the backward pass and the
//! update, in the order in which the tape does; what it shows can stop before
//! any of them, and [`details`] has what each shows, with its formulas. [`Tape::gradients_after`](crate::tape::Tape::gradients_after)
//! has the gradients in the midst of the backward pass.

use crate::formula::{Label, Labels};
use crate::graph::{Graph, NodeId, NodeKind, is_hidden};

/// One move of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// An operator computes this node.
    Forward(NodeId),
    /// The gradient of the loss with respect to itself is 1: here the backward
    /// pass begins.
    Loss,
    /// The operator that computed this node hands its gradient on to its
    /// operands.
    Backward(NodeId),
    /// This parameter takes a step against its gradient.
    Update(NodeId),
}

/// The moves of one update. The backward pass leaves out operators on which the
/// loss does not depend, and such as have no operand whose gradient anybody sees.
pub fn walk(graph: &Graph) -> Vec<Move> {
    let operators = graph
        .ids()
        .filter(|&id| graph.node(id).application().is_some());
    let reaches_loss = graph.reaches_loss();
    let goes_back = |id: &NodeId| {
        let mut operands = graph.operands(*id).iter();
        reaches_loss[id.index()] && operands.any(|&operand| graph.has_gradient(operand))
    };
    let mut moves: Vec<Move> = operators.clone().map(Move::Forward).collect();
    moves.push(Move::Loss);
    moves.extend(operators.rev().filter(goes_back).map(Move::Backward));
    moves.extend(graph.params().map(Move::Update));
    moves
}

/// What a move does, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The move.
    pub made: Move,
    /// The nodes on the operand side of the operator, each once: of a forward move
    /// those that are drawn, of a backward move those that get a contribution, what
    /// is given and not trained behind the others.
    pub operands: Vec<Operand>,
    /// What it computes: the equation of a forward move, ∂L/∂L = 1, for each
    /// operand of a backward move its contribution, the assignment of an update.
    pub formulas: Vec<Label>,
}

/// An operand of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operand {
    /// The node.
    pub node: NodeId,
    /// Whether several moves contribute to its gradient, so that this is a part.
    pub is_part: bool,
}

/// The moves of [`walk`], each with what it does.
pub fn details(graph: &Graph, labels: &Labels) -> Vec<Detail> {
    let moves = walk(graph);
    let mut by_node = SlotsByNode::new(graph);
    let mut uses = vec![0_u32; graph.nodes().len()];
    for made in &moves {
        if let Move::Backward(output) = *made {
            for (node, _) in by_node.of(graph, output) {
                uses[node.index()] += 1;
            }
        }
    }
    let details = moves.into_iter().map(|made| {
        let (operands, formulas) = match made {
            Move::Forward(output) => (
                drawn(graph, by_node.of(graph, output)),
                vec![labels.equation(graph, output)],
            ),
            Move::Loss => (Vec::new(), vec![labels.loss_equation(graph)]),
            Move::Backward(output) => {
                let contributing = trained_first(graph, by_node.of(graph, output));
                let operand = |(node, slots): (NodeId, Vec<usize>)| {
                    let is_part = uses[node.index()] > 1;
                    let formula = labels.contribution_equation(graph, output, node, &slots);
                    (Operand { node, is_part }, formula)
                };
                contributing.map(operand).unzip()
            }
            Move::Update(param) => (Vec::new(), vec![labels.update(graph, param)]),
        };
        Detail {
            made,
            operands,
            formulas,
        }
    });
    details.collect()
}

/// The operands that are drawn.
fn drawn(graph: &Graph, operands: Vec<(NodeId, Vec<usize>)>) -> Vec<Operand> {
    let nodes = operands.into_iter().map(|(node, _)| node);
    let drawn = nodes.filter(|&node| !is_hidden(graph, node));
    drawn
        .map(|node| Operand {
            node,
            is_part: false,
        })
        .collect()
}

/// The operands whose gradient anybody sees, what is given and not trained behind
/// the others.
fn trained_first(
    graph: &Graph,
    operands: Vec<(NodeId, Vec<usize>)>,
) -> impl Iterator<Item = (NodeId, Vec<usize>)> {
    let contributing = operands
        .into_iter()
        .filter(|(node, _)| graph.has_gradient(*node));
    let (given, trained): (Vec<_>, Vec<_>) = contributing.partition(|(node, _)| {
        let kind = &graph.node(*node).kind;
        matches!(kind, NodeKind::Data(_) | NodeKind::Constant(_))
    });
    trained.into_iter().chain(given)
}

/// Finds the operand slots that each node fills in an operator, in the order of
/// the slots, without looking for a node among the others: an operator may have
/// thousands.
struct SlotsByNode {
    /// For each node its place among the operands found last.
    places: Vec<usize>,
}

impl SlotsByNode {
    fn new(graph: &Graph) -> Self {
        Self {
            places: vec![0; graph.nodes().len()],
        }
    }

    fn of(&mut self, graph: &Graph, output: NodeId) -> Vec<(NodeId, Vec<usize>)> {
        let mut found: Vec<(NodeId, Vec<usize>)> = Vec::new();
        for (slot, &node) in graph.operands(output).iter().enumerate() {
            let place = &mut self.places[node.index()];
            match found.get_mut(*place) {
                Some((other, slots)) if *other == node => slots.push(slot),
                _ => {
                    *place = found.len();
                    found.push((node, vec![slot]));
                }
            }
        }
        found
    }
}
