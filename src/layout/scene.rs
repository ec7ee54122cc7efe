//! What is to be placed: rectangles, operators between them, and the texts that
//! stand beside them, each with its size.

use crate::formula::MOST_CHARACTERS;
use crate::graph::{Graph, NodeId, NodeKind, is_hidden};
use crate::matrix::Shape;

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
const NUMBER_CELL: Size = Size::new(56.0, 16.0);
/// A cell with a tint alone.
const TINT_CELL: Size = Size::new(14.0, 14.0);
/// What a matrix's node has besides its cells: on both sides of each half, and
/// above and below them.
const BESIDE_CELLS: f64 = 14.0;
const BEYOND_CELLS: f64 = 31.0;
/// Above the cells stand a name, of so much a character, and the shape. What
/// has no name is written as an expression.
pub(super) const CHARACTER: f64 = 8.0;
const UNNAMED_CHARACTERS: usize = 8;
const WRITTEN_SHAPE: f64 = 24.0;
/// Radius of an operator.
pub(super) const RADIUS: f64 = 18.0;

/// What is to be placed.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The data nodes.
    pub nodes: Vec<Item>,
    /// The operators, each behind those that make its operands.
    pub operators: Vec<Operator>,
    /// The place of the loss in `nodes`.
    pub loss: usize,
}

/// A data node: a rectangle.
#[derive(Clone, Debug)]
pub struct Item {
    /// Whatever the caller knows it by; nothing here reads it.
    pub id: usize,
    /// What it is in the graph.
    pub role: Role,
    /// Its rectangle.
    pub size: Size,
    /// A text that stands next to it.
    pub note: Option<Size>,
}

/// What a data node is, which says from where it enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Given. What is computed is compared with it, so it enters from below,
    /// unless the chain begins with it.
    Data,
    /// Trained: it enters from above.
    Param,
    /// Computed by an operator.
    Computed,
}

/// An operator, or a part of the graph that is drawn as one.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Whatever the caller knows it by; nothing here reads it.
    pub id: usize,
    /// How it is drawn.
    pub form: Form,
    /// The place in `nodes` of what it computes.
    pub output: usize,
    /// What it is computed from.
    pub operands: Vec<Operand>,
    /// The ids of the operators that are folded into it; none of one that
    /// stands for itself.
    pub members: Vec<usize>,
}

/// How an operator is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// A circle of this radius.
    Circle(f64),
    /// A box, as of a folded function, or a text on an arrow.
    Box(Size),
}

/// A node that fills an operand slot.
#[derive(Clone, Copy, Debug)]
pub struct Operand {
    /// Its place in `nodes`.
    pub node: usize,
    /// The slot that it fills.
    pub slot: usize,
    /// A text at the edge: the local derivative.
    pub label: Option<Size>,
}

/// Width and height, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Size {
    /// A size of this width and height.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    fn turned(self) -> Self {
        Self::new(self.height, self.width)
    }
}

impl Form {
    /// The size of the smallest box around it.
    pub fn size(self) -> Size {
        match self {
            Self::Circle(radius) => Size::new(2.0 * radius, 2.0 * radius),
            Self::Box(size) => size,
        }
    }
}

impl Scene {
    /// A graph at its finest grain: every operator a circle, every result a
    /// rectangle, and the numbers of expressions within their operators. The
    /// ids are the nodes' places in the graph; an operator has that of what it
    /// computes.
    pub fn of(graph: &Graph) -> Self {
        let mut scene = Self::default();
        let mut place = vec![usize::MAX; graph.nodes().len()];
        for id in graph.ids().filter(|&id| !is_hidden(graph, id)) {
            place[id.index()] = scene.nodes.len();
            let node = graph.node(id);
            scene.nodes.push(Item {
                id: id.index(),
                role: match node.kind {
                    NodeKind::Constant(_) | NodeKind::Data(_) => Role::Data,
                    NodeKind::Param(_) => Role::Param,
                    NodeKind::Computed(_) => Role::Computed,
                },
                size: node_size(graph, id, node.shape),
                note: None,
            });
            let Some(made) = node.application() else {
                continue;
            };
            let operands = made.operands.iter().enumerate();
            let operands = operands.map(|(slot, operand)| Operand {
                node: place[operand.index()],
                slot,
                label: None,
            });
            scene.operators.push(Operator {
                id: id.index(),
                form: Form::Circle(RADIUS),
                output: place[id.index()],
                operands: operands
                    .filter(|operand| operand.node != usize::MAX)
                    .collect(),
                members: Vec::new(),
            });
        }
        scene.loss = place[graph.loss().index()];
        scene
    }

    /// With widths for heights.
    pub(super) fn turned(&self) -> Self {
        let mut turned = self.clone();
        for item in &mut turned.nodes {
            item.size = item.size.turned();
            item.note = item.note.map(Size::turned);
        }
        for operator in &mut turned.operators {
            if let Form::Box(size) = &mut operator.form {
                *size = size.turned();
            }
            for operand in &mut operator.operands {
                operand.label = operand.label.map(Size::turned);
            }
        }
        turned
    }
}

/// The cells of a matrix that are drawn in each half of its node: fewer than it
/// has where the last row or column stands for what is left out.
pub fn shown(shape: Shape) -> Shape {
    Shape {
        rows: shape.rows.min(MOST_SHOWN),
        columns: shape.columns.min(MOST_SHOWN),
    }
}

/// The size of a node: a matrix has its value and its gradient side by side,
/// cell by cell.
pub(super) fn node_size(graph: &Graph, id: NodeId, shape: Shape) -> Size {
    if shape.is_scalar() {
        return Size::new(NODE_WIDTH, NODE_HEIGHT);
    }
    let Shape { rows, columns } = shown(shape);
    let has_numbers = rows * columns <= MOST_NUMBERS && columns <= MOST_NUMBER_COLUMNS;
    let cell = if has_numbers { NUMBER_CELL } else { TINT_CELL };
    let name = graph
        .binding_of(id)
        .map(|binding| binding.key.chars().count());
    let characters = name.unwrap_or(UNNAMED_CHARACTERS).min(MOST_CHARACTERS);
    let head = WRITTEN_SHAPE + characters as f64 * CHARACTER;
    let half = (columns as f64 * cell.width)
        .max(NUMBER_CELL.width)
        .max(head)
        + BESIDE_CELLS;
    Size::new(2.0 * half, rows as f64 * cell.height + BEYOND_CELLS)
}
