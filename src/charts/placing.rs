//! Places for the texts of a chart, so that none is drawn over another: each gets
//! the free place that is nearest to the one it wants, in the order in which they
//! ask.
//!
//! What a text covers is guessed by [`text_width`], so that it stands in the same
//! place whatever the back end.

use std::cell::RefCell;

use plotters::style::text_anchor::HPos;

use super::{
    geometry::{Frame, Point},
    pen::{Label, text_width},
};

/// How far a text moves up and down to look for its place, in the chart's own measure:
/// a quarter of a line, so that a text that is pushed aside does not jump.
const NUDGE: f64 = 4.0;

/// So many nudges up or down count as much as one column to the side.
const COLUMN: usize = 4;

/// The farthest that a text is moved, in nudges.
pub(super) const ANYWHERE: usize = 200;

/// What is covered already.
pub(super) struct Places {
    taken: RefCell<Vec<Frame>>,
    unit: f64,
}

/// Where a text may stand.
pub(super) struct Room {
    /// It stays in here.
    pub within: Frame,
    /// Its distance from the point to which it belongs, on the other side of which it
    /// may stand as well, or on either side if it is centred there.
    pub aside: f64,
    /// How many nudges it may be moved.
    pub reach: usize,
}

impl Places {
    /// Nothing is taken yet. A unit is a CSS pixel at the usual size of text.
    pub fn new(unit: f64) -> Self {
        Self {
            taken: RefCell::default(),
            unit,
        }
    }

    /// Nothing more is to stand on a point.
    pub fn take_point(&self, (x, y): Point, radius: f64) {
        self.take(Frame {
            left: x - radius,
            top: y - radius,
            right: x + radius,
            bottom: y + radius,
        })
    }

    /// Nothing more is to stand where this label does.
    pub fn take_label(&self, label: &Label<'_>) {
        self.take(self.covered(label))
    }

    fn take(&self, frame: Frame) {
        self.taken.borrow_mut().push(frame)
    }

    /// Takes the free place that is nearest to where a label is wanted; none if there is
    /// no free one.
    pub fn find(&self, label: &Label<'_>, room: &Room) -> Option<Point> {
        let (frame, within) = (self.covered(label), room.within);
        let up = NUDGE * self.unit;
        let inside = |low: f64, high: f64| low.max(0.0) + high.min(0.0);
        let first = inside(within.top - frame.top, within.bottom - frame.bottom);
        let (width, aside) = (frame.width(), room.aside);
        let (other_side, outwards) = match label.anchor {
            HPos::Left => (-width - 2.0 * aside, width),
            HPos::Right => (width + 2.0 * aside, -width),
            HPos::Center => (-width / 2.0 - aside, width / 2.0 + aside),
        };
        let columns = [
            0.0,
            other_side,
            outwards,
            inside(within.left - frame.left, within.right - frame.right),
        ];
        for far in 0..=room.reach {
            for (index, dx) in columns.into_iter().enumerate() {
                let Some(nudges) = far.checked_sub(index * COLUMN) else {
                    break;
                };
                let nudges = nudges as f64 * up;
                for dy in [first - nudges, first + nudges] {
                    let there = moved(&frame, (dx, dy));
                    if holds(&within, &there) && self.is_free(&there) {
                        self.take(there);
                        return Some((label.at.0 + dx, label.at.1 + dy));
                    }
                }
            }
        }
        None
    }

    fn is_free(&self, frame: &Frame) -> bool {
        let taken = self.taken.borrow();
        !taken.iter().any(|other| overlap(frame, other))
    }

    /// What a label covers, with some paper around it.
    fn covered(&self, label: &Label<'_>) -> Frame {
        let (x, y) = label.at;
        let width = text_width(label.text, label.size);
        let left = match label.anchor {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        };
        let (paper, half) = (2.0 * self.unit, 0.6 * label.size);
        Frame {
            left: left - paper,
            top: y - half,
            right: left + width + paper,
            bottom: y + half,
        }
    }
}

fn moved(frame: &Frame, (dx, dy): Point) -> Frame {
    Frame {
        left: frame.left + dx,
        top: frame.top + dy,
        right: frame.right + dx,
        bottom: frame.bottom + dy,
    }
}

/// Whether all of a frame is in another, but for what rounding leaves.
fn holds(outer: &Frame, inner: &Frame) -> bool {
    outer.holds((inner.left, inner.top), 1e-6) && outer.holds((inner.right, inner.bottom), 1e-6)
}

fn overlap(one: &Frame, other: &Frame) -> bool {
    one.left < other.right
        && other.left < one.right
        && one.top < other.bottom
        && other.top < one.bottom
}

#[cfg(test)]
mod tests {
    use plotters_backend::FontStyle;

    use super::*;
    use crate::charts::look::Colour;

    const WITHIN: Frame = Frame {
        left: 0.0,
        top: 0.0,
        right: 200.0,
        bottom: 100.0,
    };

    const ROOM: Room = Room {
        within: WITHIN,
        aside: 12.0,
        reach: ANYWHERE,
    };

    /// A name of 33 × 12 pixels with its paper.
    fn name(at: Point, anchor: HPos) -> Label<'static> {
        Label {
            text: "0.25",
            at,
            anchor,
            size: 10.0,
            colour: Colour(0, 0, 0),
            style: FontStyle::Normal,
            halo: true,
        }
    }

    #[test]
    fn a_text_stands_where_it_is_wanted() {
        let places = Places::new(1.0);
        places.take_point((60.0, 50.0), 6.0);
        let wanted = name((72.0, 50.0), HPos::Left);
        assert_eq!(places.find(&wanted, &ROOM), Some((72.0, 50.0)));
    }

    #[test]
    fn the_next_text_moves_as_little_as_it_can_and_then_to_the_other_side() {
        let places = Places::new(1.0);
        places.take_point((100.0, 50.0), 6.0);
        let wanted = name((112.0, 50.0), HPos::Left);
        let found: Vec<_> = (0..4).map(|_| places.find(&wanted, &ROOM)).collect();
        let [first, above, below, other] = found[..] else {
            panic!("four places");
        };
        assert_eq!(first, Some((112.0, 50.0)));
        assert_eq!(above, Some((112.0, 38.0)));
        assert_eq!(below, Some((112.0, 62.0)));
        let (x, y) = other.unwrap();
        assert!(x + text_width("0.25", 10.0) < 94.0, "left of the point");
        assert_eq!(y, 50.0);
    }

    #[test]
    fn a_text_that_would_be_cut_stands_inside() {
        let places = Places::new(1.0);
        let (_, y) = places.find(&name((20.0, 98.0), HPos::Left), &ROOM).unwrap();
        assert_eq!(y, 94.0, "above the lower side");
        let (x, _) = places
            .find(&name((190.0, 50.0), HPos::Left), &ROOM)
            .unwrap();
        assert!(x < 190.0 - 24.0, "on the other side of its point");
        let (x, _) = places
            .find(&name((1.0, 50.0), HPos::Center), &ROOM)
            .unwrap();
        assert!((14.0..40.0).contains(&x), "{x}");
    }

    #[test]
    fn a_text_that_has_no_place_within_its_reach_is_left_out() {
        let places = Places::new(1.0);
        places.take(WITHIN);
        let wanted = name((112.0, 50.0), HPos::Left);
        assert_eq!(places.find(&wanted, &ROOM), None);
        let nowhere = Room {
            within: Frame {
                right: -5.0,
                ..WITHIN
            },
            ..ROOM
        };
        assert_eq!(Places::new(1.0).find(&wanted, &nowhere), None);
    }
}
