//! Where nodes and operators stand: from left to right in the order of the
//! forward pass, the way to the loss along one line.

use super::label::is_hidden;
use super::{Graph, NodeId, NodeKind};

/// Width of a data node, in CSS pixels, as are all lengths here.
const NODE_WIDTH: f64 = 124.0;
/// Height of a data node.
const NODE_HEIGHT: f64 = 58.0;
/// Radius of an operator.
const RADIUS: f64 = 18.0;
/// Between an operator and the nodes beside it.
const GAP: f64 = 18.0;
/// Between nodes of a column.
const ROW_GAP: f64 = 34.0;

/// A graph's nodes, operators and edges with their places.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Width of the whole picture.
    pub width: f64,
    /// Height of the whole picture.
    pub height: f64,
    /// The data nodes that are drawn.
    pub nodes: Vec<PlacedNode>,
    /// The operators.
    pub operators: Vec<PlacedOperator>,
    /// The edges.
    pub edges: Vec<PlacedEdge>,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedNode {
    /// The node.
    pub node: NodeId,
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedOperator {
    /// The node that the operator computes.
    pub output: NodeId,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Radius.
    pub radius: f64,
}

/// An edge between a node and an operator, from border to border.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedEdge {
    /// The data node.
    pub node: NodeId,
    /// The operator, by the node that it computes.
    pub operator: NodeId,
    /// The operand slot that the node fills, or nothing for the output.
    pub slot: Option<usize>,
    /// Where it begins, in the forward direction.
    pub from: (f64, f64),
    /// Where it ends.
    pub to: (f64, f64),
}

/// Places a graph.
pub fn layout(graph: &Graph) -> Layout {
    let drawn: Vec<NodeId> = graph.ids().filter(|&id| !is_hidden(graph, id)).collect();
    let ranks = ranks(graph);
    let rows = rows(graph, &drawn, &ranks);
    let top = rows.iter().flatten().min().copied().unwrap_or(0);
    let bottom = rows.iter().flatten().max().copied().unwrap_or(0);
    let columns = drawn.iter().map(|id| ranks[id.index()]).max().unwrap_or(0);
    let step = NODE_WIDTH + 2.0 * (GAP + RADIUS);
    let left = |id: NodeId| ranks[id.index()] as f64 * step + 1.0;
    let middle = |id: NodeId| {
        let row = rows[id.index()].unwrap_or(0) - top;
        row as f64 * (NODE_HEIGHT + ROW_GAP) + NODE_HEIGHT / 2.0 + 1.0
    };
    let mut placed = Layout {
        width: columns as f64 * step + NODE_WIDTH + 2.0,
        height: (bottom - top) as f64 * (NODE_HEIGHT + ROW_GAP) + NODE_HEIGHT + 2.0,
        nodes: Vec::new(),
        operators: Vec::new(),
        edges: Vec::new(),
    };
    for &id in &drawn {
        placed.nodes.push(PlacedNode {
            node: id,
            x: left(id),
            y: middle(id) - NODE_HEIGHT / 2.0,
            width: NODE_WIDTH,
            height: NODE_HEIGHT,
        });
        let NodeKind::Computed(made) = &graph.node(id).kind else {
            continue;
        };
        let (x, y) = (left(id) - GAP - RADIUS, middle(id));
        placed.operators.push(PlacedOperator {
            output: id,
            x,
            y,
            radius: RADIUS,
        });
        for (slot, &operand) in made.operands.iter().enumerate() {
            if is_hidden(graph, operand) {
                continue;
            }
            let from = (left(operand) + NODE_WIDTH, middle(operand));
            let (dx, dy) = (x - from.0, y - from.1);
            let length = libm::sqrt(dx * dx + dy * dy);
            placed.edges.push(PlacedEdge {
                node: operand,
                operator: id,
                slot: Some(slot),
                from,
                to: (x - dx / length * RADIUS, y - dy / length * RADIUS),
            });
        }
        placed.edges.push(PlacedEdge {
            node: id,
            operator: id,
            slot: None,
            from: (x + RADIUS, y),
            to: (left(id), y),
        });
    }
    placed
}

/// Columns: behind all operands, and given values right before their first use.
fn ranks(graph: &Graph) -> Vec<usize> {
    let mut ranks = vec![0; graph.nodes().len()];
    let mut first_use = vec![usize::MAX; graph.nodes().len()];
    for id in graph.ids() {
        if let NodeKind::Computed(made) = &graph.node(id).kind {
            let behind = made
                .operands
                .iter()
                .map(|operand| ranks[operand.index()])
                .max();
            ranks[id.index()] = behind.unwrap_or(0) + 1;
            for operand in &made.operands {
                let first = &mut first_use[operand.index()];
                *first = ranks[id.index()].min(*first);
            }
        }
    }
    for id in graph.ids() {
        let is_given = graph.node(id).given().is_some();
        if is_given && first_use[id.index()] != usize::MAX {
            ranks[id.index()] = first_use[id.index()] - 1;
        }
    }
    ranks
}

/// Rows: 0 along the way to the loss, the others around it, nearest first.
fn rows(graph: &Graph, drawn: &[NodeId], ranks: &[usize]) -> Vec<Option<i64>> {
    let mut rows: Vec<Option<i64>> = vec![None; graph.nodes().len()];
    let mut taken: Vec<i64> = vec![0; graph.nodes().len() + 1];
    let mut at = Some(graph.loss());
    while let Some(id) = at {
        rows[id.index()] = Some(0);
        taken[ranks[id.index()]] += 1;
        let made = graph.node(id).application();
        let operands = made
            .into_iter()
            .flat_map(|made| made.operands.iter().copied());
        let visible = operands.filter(|&operand| !is_hidden(graph, operand));
        at = visible.rev().max_by_key(|operand| ranks[operand.index()]);
    }
    for &id in drawn.iter().rev() {
        if rows[id.index()].is_none() {
            let count = &mut taken[ranks[id.index()]];
            let distance = (*count + 1) / 2;
            rows[id.index()] = Some(if *count % 2 == 1 { distance } else { -distance });
            *count += 1;
        }
    }
    rows
}
