//! Where nodes and operators stand: from left to right in the order of the
//! forward pass, the way to the loss along one line.

use crate::matrix::Shape;

use super::label::{MOST_CHARACTERS, is_hidden};
use super::{Graph, NodeId, NodeKind};

/// Width of a number's node, in CSS pixels, as are all lengths here.
const NODE_WIDTH: f64 = 124.0;
/// Height of a number's node.
const NODE_HEIGHT: f64 = 58.0;
/// Most rows and columns of a matrix that are drawn: the last ones of a larger
/// one are a mark for all that is left out.
const MOST_SHOWN: usize = 8;
/// A matrix with more cells or columns than these has no numbers in them.
const MOST_NUMBERS: usize = 8;
const MOST_NUMBER_COLUMNS: usize = 3;
/// A cell with a number, which is also the least width of half a node.
const NUMBER_CELL: (f64, f64) = (56.0, 16.0);
/// A cell with a tint alone.
const TINT_CELL: (f64, f64) = (14.0, 14.0);
/// What a matrix's node has besides its cells: on both sides of each half, and
/// above and below them.
const BESIDE_CELLS: f64 = 14.0;
const BEYOND_CELLS: f64 = 31.0;
/// Above the cells stand a name, of so much a character, and the shape. What
/// has no name is written as an expression.
const CHARACTER: f64 = 8.0;
const UNNAMED_CHARACTERS: usize = 8;
const WRITTEN_SHAPE: f64 = 24.0;
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
    /// The cells that each of its halves shows: fewer than the matrix has where
    /// the last row or column stands for what is left out.
    pub shown: Shape,
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
    let row = |id: NodeId| (rows[id.index()].unwrap_or(0) - top) as usize;
    let rank = |id: NodeId| ranks[id.index()];
    let sizes: Vec<(f64, f64)> = graph.ids().map(|id| size(graph, id)).collect();
    let size = |id: NodeId| sizes[id.index()];
    let (columns, width) = tracks(
        drawn.iter().map(|&id| (rank(id), size(id).0)),
        2.0 * (GAP + RADIUS),
    );
    let (lines, height) = tracks(drawn.iter().map(|&id| (row(id), size(id).1)), ROW_GAP);
    let right = |id: NodeId| columns[rank(id)].end();
    let left = |id: NodeId| right(id) - size(id).0;
    let middle = |id: NodeId| lines[row(id)].middle();
    let mut placed = Layout {
        width,
        height,
        nodes: Vec::new(),
        operators: Vec::new(),
        edges: Vec::new(),
    };
    for &id in &drawn {
        placed.nodes.push(PlacedNode {
            node: id,
            x: left(id),
            y: middle(id) - size(id).1 / 2.0,
            width: size(id).0,
            height: size(id).1,
            shown: shown(graph.node(id).shape),
        });
        let NodeKind::Computed(made) = &graph.node(id).kind else {
            continue;
        };
        let (x, y) = (columns[rank(id)].start - GAP - RADIUS, middle(id));
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
            let from = (right(operand), middle(operand));
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

/// A column or a row of the picture.
#[derive(Clone, Copy, Debug, Default)]
struct Track {
    extent: f64,
    start: f64,
}

impl Track {
    fn middle(self) -> f64 {
        self.start + self.extent / 2.0
    }

    fn end(self) -> f64 {
        self.start + self.extent
    }
}

/// Tracks as thick as their thickest node, and where the last one ends.
fn tracks(nodes: impl Iterator<Item = (usize, f64)>, gap: f64) -> (Vec<Track>, f64) {
    let mut tracks: Vec<Track> = Vec::new();
    for (at, extent) in nodes {
        if tracks.len() <= at {
            tracks.resize(at + 1, Track::default());
        }
        tracks[at].extent = tracks[at].extent.max(extent);
    }
    let mut start = 1.0;
    for track in &mut tracks {
        track.start = start;
        start += track.extent + gap;
    }
    (tracks, start - gap + 1.0)
}

/// The cells of a matrix that are drawn.
fn shown(shape: Shape) -> Shape {
    Shape {
        rows: shape.rows.min(MOST_SHOWN),
        columns: shape.columns.min(MOST_SHOWN),
    }
}

/// Width and height of a node: a matrix has its value and its gradient side by
/// side, cell by cell.
fn size(graph: &Graph, id: NodeId) -> (f64, f64) {
    let shape = graph.node(id).shape;
    if shape.is_scalar() {
        return (NODE_WIDTH, NODE_HEIGHT);
    }
    let Shape { rows, columns } = shown(shape);
    let has_numbers = rows * columns <= MOST_NUMBERS && columns <= MOST_NUMBER_COLUMNS;
    let cell = if has_numbers { NUMBER_CELL } else { TINT_CELL };
    let name = graph
        .binding_of(id)
        .map(|binding| binding.key.chars().count());
    let characters = name.unwrap_or(UNNAMED_CHARACTERS).min(MOST_CHARACTERS);
    let head = WRITTEN_SHAPE + characters as f64 * CHARACTER;
    let half = (columns as f64 * cell.0).max(NUMBER_CELL.0).max(head) + BESIDE_CELLS;
    (2.0 * half, rows as f64 * cell.1 + BEYOND_CELLS)
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

/// Of operands in one column, the way to the loss leads through what is computed,
/// then through what is given, not through what is trained.
fn carries(graph: &Graph, id: NodeId) -> u8 {
    match graph.node(id).kind {
        NodeKind::Computed(_) => 2,
        NodeKind::Data(_) => 1,
        NodeKind::Param(_) | NodeKind::Constant(_) => 0,
    }
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
        at = visible
            .rev()
            .max_by_key(|&operand| (ranks[operand.index()], carries(graph, operand)));
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
