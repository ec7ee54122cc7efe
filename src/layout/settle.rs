//! What stands above or below an operator moves until it stands over the
//! operator's middle, as far as there is room to its left.

use super::Layout;
use super::ordered::Ordered;

/// Between what moves and what it moves to.
const AIR: f64 = 18.0;
/// In larger pictures nobody would see it.
const MOST_NODES: usize = 600;

/// Moves satellites to the left, none over one of the cuts.
pub fn settle(layout: &mut Layout, given: &Ordered, cuts: &[f64]) {
    if layout.nodes.len() > MOST_NODES {
        return;
    }
    let left = layout.nodes.iter().map(|node| node.at.x);
    let left = left.fold(f64::INFINITY, f64::min);
    for link in &given.rows.links {
        if !given.strands.at[link.source].is_satellite {
            continue;
        }
        let operator = layout.operators[link.operator].at;
        let node = layout.nodes[link.source];
        let wanted = operator.x + (operator.width - node.at.width) / 2.0;
        let mut limit = cuts
            .iter()
            .map(|cut| cut + AIR / 2.0)
            .filter(|&cut| cut < node.at.x)
            .fold(left.max(wanted), f64::max);
        let note = node.note.unwrap_or(node.at);
        let top = node.at.y.min(note.y) - AIR / 2.0;
        let bottom = (node.at.y + node.at.height).max(note.y + note.height) + AIR / 2.0;
        let mut avoid = |x: f64, right: f64, y: f64, lower: f64| {
            if x < node.at.x && y < bottom && top < lower {
                limit = limit.max(right + AIR);
            }
        };
        layout.each_rectangle(&mut |at| avoid(at.x, at.x + at.width, at.y, at.y + at.height));
        for edge in &layout.edges {
            for pair in edge.points.windows(2) {
                let [from, to] = [pair[0], pair[1]];
                let (left, right) = (from.x.min(to.x), from.x.max(to.x));
                avoid(left, right, from.y.min(to.y), from.y.max(to.y));
            }
        }
        let way = (node.at.x - limit).max(0.0);
        let moved = &mut layout.nodes[link.source];
        moved.at.x -= way;
        if let Some(note) = &mut moved.note {
            note.x -= way;
        }
    }
}
