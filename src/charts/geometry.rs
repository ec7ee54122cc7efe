//! Places in a chart, in CSS pixels, and cutting lines at a frame.

/// A place: x to the right, y downwards, in CSS pixels.
pub(crate) type Point = (f64, f64);

/// A width or height that can be laid out, whatever the page says: it is 0
/// pixels large while it is hidden, and its ratio may be anything then.
pub(crate) fn screen_size(size: f64) -> f64 {
    if size.is_finite() {
        size.clamp(1.0, 1e5)
    } else {
        1.0
    }
}

/// A rectangle with its sides along the axes, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left side.
    pub left: f64,
    /// Upper side.
    pub top: f64,
    /// Right side.
    pub right: f64,
    /// Lower side.
    pub bottom: f64,
}

impl Frame {
    /// From left to right.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// From top to bottom.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a place is in the frame or at most `margin` outside.
    pub fn holds(&self, (x, y): (f64, f64), margin: f64) -> bool {
        (self.left - margin..=self.right + margin).contains(&x)
            && (self.top - margin..=self.bottom + margin).contains(&y)
    }

    /// The place in the frame that is nearest to one.
    pub(crate) fn nearest(&self, (x, y): Point) -> Point {
        (
            x.clamp(self.left, self.right),
            y.clamp(self.top, self.bottom),
        )
    }

    /// The pieces of a line that lie in the frame.
    pub(crate) fn cut(&self, line: &[Point]) -> Vec<Vec<Point>> {
        let mut pieces: Vec<Vec<Point>> = Vec::new();
        let mut open = false;
        for pair in line.windows(2) {
            let Some((from, to)) = self.cut_segment(pair[0], pair[1]) else {
                open = false;
                continue;
            };
            match pieces.last_mut() {
                Some(piece) if open => piece.push(to),
                _ => pieces.push(vec![from, to]),
            }
            open = to == pair[1];
        }
        pieces
    }

    /// The part of a segment inside, after Liang and Barsky.
    fn cut_segment(&self, from: Point, to: Point) -> Option<(Point, Point)> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let mut enter = 0.0_f64;
        let mut leave = 1.0_f64;
        for (slope, room) in [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ] {
            if slope == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if slope < 0.0 {
                enter = enter.max(room / slope);
            } else {
                leave = leave.min(room / slope);
            }
        }
        if enter > leave {
            return None;
        }
        // The ends themselves are kept to the last digit.
        let at = |part: f64| match part {
            0.0 => from,
            1.0 => to,
            _ => (from.0 + part * dx, from.1 + part * dy),
        };
        Some((at(enter), at(leave)))
    }
}

/// The few things that stand at a place, in order from the top down.
pub(crate) fn from_top<T>(placed: impl Iterator<Item = (T, Point)>) -> Vec<(T, Point)> {
    let mut ordered: Vec<(T, Point)> = Vec::new();
    for (thing, at) in placed {
        let index = ordered.partition_point(|(_, other)| other.1 <= at.1);
        ordered.insert(index, (thing, at));
    }
    ordered
}

/// Moves labels apart until each is at least `gap` from the next, as little
/// as can be: labels that crowd share the shift. `wanted` is sorted; the
/// result stays between `low` and `high` where there is room.
pub(crate) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    // Without the gaps, the labels may coincide but not pass each other: the
    // closest such places are means over the groups that would.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for (index, place) in wanted.iter().enumerate() {
        let (mut sum, mut count) = (place - index as f64 * gap, 1);
        while let Some(&(before, members)) = groups.last() {
            if before / members as f64 <= sum / count as f64 {
                break;
            }
            groups.pop();
            sum += before;
            count += members;
        }
        groups.push((sum, count));
    }
    let top = high - wanted.len().saturating_sub(1) as f64 * gap;
    groups
        .iter()
        .flat_map(|&(sum, count)| std::iter::repeat_n(sum / count as f64, count))
        .enumerate()
        .map(|(index, place)| place.min(top).max(low) + index as f64 * gap)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame {
        left: 0.0,
        top: 0.0,
        right: 10.0,
        bottom: 10.0,
    };

    #[test]
    fn a_line_that_leaves_and_returns_is_two_pieces() {
        let line = [(1.0, 5.0), (3.0, 15.0), (5.0, 15.0), (7.0, 5.0), (8.0, 5.0)];
        assert_eq!(
            FRAME.cut(&line),
            [
                vec![(1.0, 5.0), (2.0, 10.0)],
                vec![(6.0, 10.0), (7.0, 5.0), (8.0, 5.0)]
            ]
        );
    }

    #[test]
    fn a_line_across_the_whole_frame_is_cut_twice() {
        assert_eq!(
            FRAME.cut(&[(-10.0, 5.0), (30.0, 5.0)]),
            [[(0.0, 5.0), (10.0, 5.0)]]
        );
        assert!(FRAME.cut(&[(-10.0, 5.0), (-1.0, 9.0)]).is_empty());
        assert!(FRAME.cut(&[(-5.0, 5.0), (5.0, -6.0)]).is_empty());
    }

    #[test]
    fn crowded_labels_share_the_shift() {
        assert_eq!(
            spread(&[10.0, 12.0, 50.0], 6.0, 0.0, 100.0),
            [8.0, 14.0, 50.0]
        );
        assert_eq!(spread(&[0.0, 1.0], 6.0, 0.0, 100.0), [0.0, 6.0]);
        assert_eq!(spread(&[99.0, 100.0], 6.0, 0.0, 100.0), [94.0, 100.0]);
        assert!(spread(&[], 6.0, 0.0, 100.0).is_empty());
    }
}
