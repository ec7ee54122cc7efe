//! A run's curve as lines and bands on the screen.

use super::{axis::Axis, geometry::Point};

/// The loss over a span of steps: one step, or as many as share a bucket of a
/// long run's history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// First step of the span.
    pub first_step: u64,
    /// Last step of the span.
    pub last_step: u64,
    /// Smallest value in it.
    pub min: f64,
    /// Largest value in it.
    pub max: f64,
}

impl CurvePoint {
    /// The middle of the span.
    pub(crate) fn step(&self) -> f64 {
        (self.first_step as f64 + self.last_step as f64) / 2.0
    }
}

/// What a series is on the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Trace {
    /// Parts without a gap, each from left to right.
    pub pieces: Vec<Vec<Column>>,
    /// Where the value is ∞ (true) or −∞ (false), as pixels across.
    pub infinite: Vec<(f64, bool)>,
    /// Where, across, a value is first too low for a logarithmic axis.
    pub unplaced: Option<f64>,
}

/// All values at one place of the steps axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Column {
    /// Pixels across.
    pub x: f64,
    /// Pixel of the largest value.
    pub top: f64,
    /// Pixel of the smallest value.
    pub bottom: f64,
}

impl Column {
    /// Its middle.
    pub fn middle(&self) -> Point {
        (self.x, (self.top + self.bottom) / 2.0)
    }
}

/// Lays out a curve. Points that are less than `grain` pixels apart become one
/// column that keeps the least and the largest of them, so no spike is lost and
/// the work of drawing is bounded by the width of the screen.
pub(crate) fn trace(points: &[CurvePoint], across: &Axis, up: &Axis, grain: f64) -> Trace {
    let mut trace = Trace::default();
    let mut open = false;
    for point in points {
        let x = across.place(point.step()).unwrap_or(across.from);
        if point.max == f64::INFINITY {
            trace.infinite.push((x, true));
        }
        if point.min == f64::NEG_INFINITY {
            trace.infinite.push((x, false));
        }
        let Some(column) = column(point, x, up) else {
            if point.max <= 0.0 && point.max.is_finite() {
                trace.unplaced.get_or_insert(x);
            }
            open = false;
            continue;
        };
        match trace.pieces.last_mut() {
            Some(piece) if open => add(piece, column, grain),
            _ => trace.pieces.push(vec![column]),
        }
        // Beside an infinite value, a finite one stands alone.
        open = point.min.is_finite() && point.max.is_finite();
        if point.min <= 0.0 && up.place(point.min).is_none() {
            trace.unplaced.get_or_insert(x);
        }
    }
    trace
}

fn add(piece: &mut Vec<Column>, column: Column, grain: f64) {
    match piece.last_mut() {
        Some(last) if column.x - last.x < grain => {
            last.top = last.top.min(column.top);
            last.bottom = last.bottom.max(column.bottom);
        }
        _ => piece.push(column),
    }
}

/// The column of one point; none where nothing of it has a place.
fn column(point: &CurvePoint, x: f64, up: &Axis) -> Option<Column> {
    let (low, high) = (up.place(point.min), up.place(point.max));
    // What is too low for a logarithmic axis reaches down to its end.
    let floor = (point.min <= 0.0 && point.min.is_finite()).then_some(up.from);
    let top = high.or(low)?;
    let bottom = low.or(floor).or(high)?;
    Some(Column {
        x,
        top: top.min(bottom),
        bottom: top.max(bottom),
    })
}

#[cfg(test)]
mod tests {
    use super::super::axis::{Range, Scale};
    use super::*;

    fn axes(scale: Scale) -> (Axis, Axis) {
        let range = |high| Range {
            low: 0.0,
            high,
            step: 1.0,
        };
        let across = Axis {
            scale: Scale::Linear,
            range: range(100.0),
            from: 0.0,
            to: 100.0,
        };
        let up = Axis {
            scale,
            range: range(10.0),
            from: 100.0,
            to: 0.0,
        };
        (across, up)
    }

    fn of(values: &[f64], scale: Scale) -> Trace {
        let points: Vec<_> = (0..)
            .zip(values)
            .map(|(step, &value)| CurvePoint {
                first_step: step,
                last_step: step,
                min: value,
                max: value,
            })
            .collect();
        let (across, up) = axes(scale);
        trace(&points, &across, &up, 0.9)
    }

    #[test]
    fn nan_and_infinity_leave_gaps() {
        let trace = of(
            &[1.0, 2.0, f64::NAN, 3.0, f64::INFINITY, 4.0, 5.0],
            Scale::Linear,
        );
        let lengths: Vec<_> = trace.pieces.iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 1, 2]);
        assert_eq!(trace.infinite, [(4.0, true)]);
    }

    #[test]
    fn a_bucket_with_an_infinite_end_keeps_its_finite_one() {
        let (across, up) = axes(Scale::Linear);
        let point = CurvePoint {
            first_step: 10,
            last_step: 11,
            min: 4.0,
            max: f64::INFINITY,
        };
        let trace = trace(&[point], &across, &up, 1.0);
        assert_eq!(
            trace.pieces,
            [[Column {
                x: 10.5,
                top: 60.0,
                bottom: 60.0
            }]]
        );
        assert_eq!(trace.infinite, [(10.5, true)]);
    }

    #[test]
    fn a_spike_survives_in_its_column() {
        let mut points: Vec<_> = (0..10_000)
            .map(|step| CurvePoint {
                first_step: step,
                last_step: step,
                min: 1.0,
                max: 1.0,
            })
            .collect();
        points[7777].max = 9.0;
        let (mut across, up) = axes(Scale::Linear);
        across.range.high = 10_000.0;
        let trace = trace(&points, &across, &up, 1.0);
        assert!(trace.pieces[0].len() <= 101);
        let top = trace.pieces[0].iter().map(|column| column.top);
        assert_eq!(top.fold(100.0, f64::min), 10.0);
    }

    #[test]
    fn a_logarithmic_axis_says_where_it_has_no_place() {
        let trace = of(&[100.0, 10.0, 0.0, -1.0, 10.0], Scale::Log);
        assert_eq!(trace.pieces.len(), 2);
        assert_eq!(trace.unplaced, Some(2.0));
        assert!(trace.infinite.is_empty());
    }
}
