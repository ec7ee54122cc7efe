//! What is known once the rows stand in their order: what is next to what, and
//! which ways are free.

use super::NONE;
use super::rows::Rows;
use super::scene::{Operator, Scene};
use super::strands::Strands;

/// Between an operator and its result.
pub const STEM: f64 = 30.0;

/// Everything that is known once the rows stand in their order.
pub struct Ordered<'a> {
    pub scene: &'a Scene,
    pub strands: &'a Strands,
    pub rows: &'a Rows,
    /// The place of each row, from top to bottom.
    pub place: Vec<usize>,
    /// For each node the next ones in its column, above and below.
    next_box: Vec<[usize; 2]>,
    /// For each node how far down edges reach that go straight down from it or
    /// come straight up to it.
    lowest: Vec<Option<usize>>,
}

impl<'a> Ordered<'a> {
    pub fn new(scene: &'a Scene, strands: &'a Strands, rows: &'a Rows, order: &[usize]) -> Self {
        let columns = strands.columns();
        let mut place = vec![0; order.len()];
        let mut next_box = vec![[NONE; 2]; scene.nodes.len()];
        let mut last = vec![NONE; columns];
        for (at, &row) in order.iter().enumerate() {
            place[row] = at;
            for &node in rows.nodes(row) {
                let above = std::mem::replace(&mut last[strands.at[node].column], node);
                if above != NONE {
                    next_box[node][0] = above;
                    next_box[above][1] = node;
                }
            }
        }
        let mut ordered = Self {
            scene,
            strands,
            rows,
            place,
            next_box,
            lowest: vec![None; scene.nodes.len()],
        };
        for link in &rows.links {
            let ends = [(link.exits, link.source), (link.enters, link.target)];
            for (_, node) in ends.into_iter().filter(|(is_upright, _)| *is_upright) {
                let place = ordered.place[link.row];
                if place > ordered.place_of(node) && ordered.is_clear(node, place) {
                    ordered.lowest[node] = ordered.lowest[node].max(Some(place));
                }
            }
        }
        ordered
    }

    /// The place of the row of a node.
    pub fn place_of(&self, node: usize) -> usize {
        self.place[self.rows.row_of[node]]
    }

    /// The side on which a row lies of a node: 0 above, 1 below.
    pub fn side(&self, node: usize, row: usize) -> usize {
        usize::from(self.place[row] > self.place_of(node))
    }

    /// Whether no box stands in a node's column on the way to a row.
    fn is_clear(&self, node: usize, row_place: usize) -> bool {
        let own = self.place_of(node);
        match self.next_box[node][usize::from(row_place > own)] {
            NONE => true,
            next => own.abs_diff(self.place_of(next)) >= own.abs_diff(row_place),
        }
    }

    /// Whether nothing is on that way: no edge either of what stands next in the
    /// column, which goes before if it goes downwards.
    pub fn is_free(&self, node: usize, row_place: usize) -> bool {
        let above = self.next_box[node][0];
        let met = row_place < self.place_of(node)
            && above != NONE
            && self.lowest[above].is_some_and(|lowest| lowest > row_place);
        !met && self.is_clear(node, row_place)
    }

    pub fn operator(&self, node: usize) -> Option<&'a Operator> {
        self.scene.operators.get(self.strands.at[node].maker)
    }

    /// From the middle of a node's operator to the node; 0 if it has none.
    pub fn stem(&self, node: usize) -> f64 {
        self.operator(node)
            .map_or(0.0, |of| of.form.size().width / 2.0 + STEM)
    }

    /// Half the height of a node and its operator.
    pub fn half(&self, node: usize) -> f64 {
        let own = self.scene.nodes[node].size.height;
        let operator = self.operator(node).map_or(0.0, |of| of.form.size().height);
        own.max(operator) / 2.0
    }
}
