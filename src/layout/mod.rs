//! Where a graph's nodes, operators and edges stand: as on a lecture's board.
//!
//! The way to the loss, the chain, is one straight line. Operators that go on
//! from each other elsewhere are such lines too (strands), and what has to pass
//! by others is a line of its own (a bar; a rail where it leads to many). All
//! these rows run from left to right at one height each; what leads from one to
//! another is upright. Boxes stand in columns, upright parts between columns or
//! where no box is in the way: so no edge can go through a node, however many
//! there are. No dummy nodes are needed, and the only search is for the order of
//! the rows (`order`).
//!
//! A route is a polyline of level and upright stretches; whoever draws it rounds
//! the corners, by at most half of the shorter stretch. Everything keeps 8 px from
//! a route's sides, so that two lanes fit, 3.5 px to either side of it, and two
//! routes side by side are 12 px apart or more, but where they enter one operator.

mod chain;
mod columns;
mod fold;
mod heights;
mod hops;
mod order;
mod ordered;
mod ports;
mod route;
mod rows;
mod scene;
mod settle;
mod strands;
mod wrap;

pub use chain::chain;
pub use fold::{folded_into, sample_shape};
pub use scene::{Form, Item, Operand, Operator, Role, Scene, Size, shown};

use columns::Columns;
use ordered::Ordered;
use ports::Ports;
use route::Router;
use rows::Rows;
use strands::Strands;

/// No node, operator, row, …
const NONE: usize = usize::MAX;

/// Around the picture: half of what an edge with both its lanes is wide.
const MARGIN: f64 = 8.0;

/// In which direction the forward pass goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    #[default]
    Right,
    /// From top to bottom.
    Down,
}

/// How a scene is to be placed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The direction of the forward pass.
    pub direction: Direction,
    /// The width after which the picture goes on in a next row, as a text does,
    /// or downwards the height; all in one row where there is none, or where the
    /// edges would run back too often (100,000 times).
    pub room: Option<f64>,
}

/// A scene's nodes, operators and edges with their places, in CSS pixels, y
/// downwards; all of it within 0..width × 0..height.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Width of the whole picture.
    pub width: f64,
    /// Height of the whole picture.
    pub height: f64,
    /// The data nodes, as in the scene.
    pub nodes: Vec<PlacedNode>,
    /// The operators, as in the scene.
    pub operators: Vec<PlacedOperator>,
    /// Each operator's operands in their order, then its result.
    pub edges: Vec<PlacedEdge>,
    /// Where a level stretch crosses an upright one that is not its own.
    pub hops: Vec<Hop>,
}

/// A data node and its note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedNode {
    /// The rectangle.
    pub at: Rectangle,
    /// The text that stands next to it.
    pub note: Option<Rectangle>,
}

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedOperator {
    /// The box, or the box around the circle.
    pub at: Rectangle,
}

/// An edge between a node and an operator.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedEdge {
    /// The data node.
    pub node: usize,
    /// The operator.
    pub operator: usize,
    /// The operand slot that the node fills, or nothing for the output.
    pub slot: Option<usize>,
    /// Its corners in the forward direction, from border to border; all its
    /// stretches are level or upright.
    pub points: Vec<Point>,
    /// The corner up to which another edge of the node draws it.
    pub shared: usize,
    /// The text at its end.
    pub label: Option<Rectangle>,
}

/// Where an edge passes over another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hop {
    /// The edge that passes.
    pub edge: usize,
    /// Where.
    pub at: Point,
}

/// A point, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A rectangle, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Places a scene.
pub fn place(scene: &Scene, options: Options) -> Layout {
    chain(scene, options).unwrap_or_else(|| branching(scene, options))
}

fn branching(scene: &Scene, options: Options) -> Layout {
    let turned;
    let scene = match options.direction {
        Direction::Right => scene,
        Direction::Down => {
            turned = scene.turned();
            &turned
        }
    };
    let strands = Strands::of(scene);
    let rows = Rows::of(scene, &strands);
    let order = order::order(&rows, &strands);
    let given = Ordered::new(scene, &strands, &rows, &order);
    let ports = Ports::of(&given);
    let columns = Columns::of(&given, &ports);
    let heights = heights::heights(&given, &ports, &order);
    let router = Router {
        given: &given,
        ports: &ports,
        columns: &columns,
        heights: &heights,
    };
    let mut layout = router.layout();
    let cuts = match options.room {
        Some(room) => wrap::cuts(&given, &columns, room),
        None => Vec::new(),
    };
    settle::settle(&mut layout, &given, &cuts);
    let moved = layout.move_into_view();
    if !cuts.is_empty() {
        let cuts: Vec<f64> = cuts.iter().map(|cut| cut + moved).collect();
        wrap::wrap(&mut layout, &cuts);
        layout.move_into_view();
    }
    layout.hops = hops::hops(&layout);
    if options.direction == Direction::Down {
        layout.turn();
    }
    layout
}

impl Layout {
    /// Moves all to where the least coordinates are the margin. Returns how far
    /// to the right.
    fn move_into_view(&mut self) -> f64 {
        let (mut left, mut top) = (f64::INFINITY, f64::INFINITY);
        let (mut right, mut bottom) = (-f64::INFINITY, -f64::INFINITY);
        self.each(&mut |x, y, size| {
            (left, top) = (x.min(left), y.min(top));
            right = right.max(*x + size.width);
            bottom = bottom.max(*y + size.height);
        });
        if left > right {
            return 0.0;
        }
        self.each(&mut |x, y, _| {
            *x += MARGIN - left;
            *y += MARGIN - top;
        });
        self.width = right - left + 2.0 * MARGIN;
        self.height = bottom - top + 2.0 * MARGIN;
        MARGIN - left
    }

    /// Turns left to right into top to bottom.
    fn turn(&mut self) {
        self.each(&mut |x, y, size| {
            std::mem::swap(x, y);
            std::mem::swap(&mut size.width, &mut size.height);
        });
        std::mem::swap(&mut self.width, &mut self.height);
    }

    /// Does something to each corner of everything, and to its size.
    fn each(&mut self, act: &mut dyn FnMut(&mut f64, &mut f64, &mut Size)) {
        self.each_rectangle(&mut |at| {
            let mut size = Size::new(at.width, at.height);
            act(&mut at.x, &mut at.y, &mut size);
            (at.width, at.height) = (size.width, size.height);
        });
        let points = self.edges.iter_mut().flat_map(|edge| &mut edge.points);
        for point in points.chain(self.hops.iter_mut().map(|hop| &mut hop.at)) {
            act(&mut point.x, &mut point.y, &mut Size::new(0.0, 0.0));
        }
    }

    /// Does something to everything that has a width and a height.
    fn each_rectangle(&mut self, act: &mut dyn FnMut(&mut Rectangle)) {
        for node in &mut self.nodes {
            act(&mut node.at);
            if let Some(note) = &mut node.note {
                act(note);
            }
        }
        for operator in &mut self.operators {
            act(&mut operator.at);
        }
        for edge in &mut self.edges {
            if let Some(label) = &mut edge.label {
                act(label);
            }
        }
    }
}

/// The one sort that all use: a general one is two kilobytes a type.
fn sort(keys: &mut [(u64, usize)]) {
    keys.sort_unstable();
}
