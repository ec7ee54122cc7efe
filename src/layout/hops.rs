//! Where edges that run along the direction of the forward pass cross others.

use super::{Hop, Layout, Point, sort};

/// Where there are more, hops would be all that is seen.
const MOST: usize = 2000;

/// A part of an edge, from one corner to the next.
struct Stretch {
    edge: usize,
    from: Point,
    to: Point,
}

/// The hops of a picture whose forward pass goes from left to right, in the
/// order of the edges; none where there are too many.
pub fn hops(layout: &Layout) -> Vec<Hop> {
    let mut level = Vec::new();
    let mut upright = Vec::new();
    for (edge, of) in layout.edges.iter().enumerate() {
        for pair in of.points[of.shared..].windows(2) {
            let [from, to] = [pair[0], pair[1]];
            if from.y == to.y {
                level.push(Stretch { edge, from, to });
            } else {
                upright.push(Stretch { edge, from, to });
            }
        }
    }
    let places = upright.iter().enumerate();
    let mut places: Vec<(u64, usize)> = places
        .map(|(at, stretch)| (stretch.from.x.to_bits(), at))
        .collect();
    sort(&mut places);
    let mut hops = Vec::new();
    for Stretch { edge, from, to } in level {
        let (left, right) = (from.x.min(to.x), from.x.max(to.x));
        let first = places.partition_point(|place| place.0 <= left.to_bits());
        for &(_, at) in &places[first..] {
            let other = &upright[at];
            if other.from.x >= right {
                break;
            }
            let (top, bottom) = (other.from.y.min(other.to.y), other.from.y.max(other.to.y));
            let is_own = layout.edges[edge].node == layout.edges[other.edge].node;
            if top < from.y && from.y < bottom && !is_own {
                let at = Point::new(other.from.x, from.y);
                hops.push(Hop { edge, at });
            }
        }
        if hops.len() > MOST {
            return Vec::new();
        }
    }
    hops
}
