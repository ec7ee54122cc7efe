//! The loss curve: the loss of one or several runs over their steps.
//!
//! [`LossChart::layout`] alone decides where everything stands. Drawing and the
//! read-out under the pointer both go by it, so what is read is what is seen.

use super::{
    axis::{self, Axis, Scale},
    geometry::{Frame, screen_size},
    look::{Colour, Look, Marker},
    pen::text_width,
    trace::{CurvePoint, Trace, trace},
};
use crate::number;

/// A loss curve to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct LossChart<'a> {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Units of the back end for each CSS pixel: the device's pixel ratio,
    /// times the back end's own subdivision where it has one.
    pub pixel_ratio: f64,
    /// The runs, in the order in which they are drawn.
    pub series: &'a [LossSeries<'a>],
    /// The step at hand.
    pub focus: Option<u64>,
    /// How the loss axis runs.
    pub scale: Scale,
    /// The word at the steps axis, in the reader's language.
    pub step_word: &'a str,
    /// Colours, fonts and sizes.
    pub look: &'a Look,
}

/// One run's curve.
#[derive(Clone, Copy, Debug)]
pub struct LossSeries<'a> {
    /// Its loss, by ascending steps.
    pub points: &'a [CurvePoint],
    /// Its loss at the step at hand, where the caller has it: a long run's
    /// points only say between which values it lies.
    pub at_focus: Option<f64>,
    /// Colour of its line and name.
    pub colour: Colour,
    /// Shape of its points.
    pub marker: Marker,
    /// Whether it is the run at hand, which is drawn stronger.
    pub selected: bool,
    /// Its name at the end of its line; may be empty.
    pub label: &'a str,
}

/// Where everything stands, in CSS pixels.
#[derive(Clone, Debug)]
pub struct LossLayout {
    /// The area of the curves.
    pub plot: Frame,
    /// The steps axis, to the right.
    pub across: Axis,
    /// The loss axis, upwards.
    pub up: Axis,
    /// Each series' lines.
    pub(crate) traces: Vec<Trace>,
}

/// What a curve says at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Which series.
    pub series: usize,
    /// The span of steps and its values.
    pub point: CurvePoint,
    /// Where its point is drawn, in CSS pixels.
    pub x: f64,
    /// Where its point is drawn, in CSS pixels; on the rim where it lies
    /// beyond.
    pub y: f64,
}

impl LossChart<'_> {
    /// Decides where everything stands.
    pub fn layout(&self) -> LossLayout {
        let unit = self.look.unit();
        let plot = self.plot();
        let up = self.up(plot.top, plot.bottom);
        let last = self.last_step();
        let apart = self.last_number() + 18.0 * unit;
        let across = Axis {
            scale: Scale::Linear,
            range: axis::steps(last, (plot.width() / apart) as usize),
            from: plot.left,
            to: plot.right,
        };
        let series = self.series.iter();
        LossLayout {
            plot,
            across,
            up,
            traces: series
                .map(|series| trace(series.points, &across, &up, unit))
                .collect(),
        }
    }

    /// The area of the curves: what the numbers, the names of the runs and the
    /// word at the steps axis leave. It changes only when the axes do.
    fn plot(&self) -> Frame {
        let unit = self.look.unit();
        let bottom = screen_size(self.height) - 26.0 * unit;
        let top = (10.0 * unit).min(bottom - 1.0);

        let ticks = self.up(top, bottom).ticks();
        let numbers = ticks.iter();
        let numbers = numbers.map(|tick| text_width(&tick.label, 12.0 * unit));
        let left = (numbers.fold(0.0, f64::max) + 10.0 * unit).max(40.0 * unit);

        let names = self.series.iter();
        let names = names.map(|series| text_width(series.label, 13.0 * unit));
        let names = names.fold(0.0, f64::max) + 12.0 * unit;
        let word = text_width(self.step_word, 12.0 * unit) + 9.0 * unit;
        let margin = names.max(self.last_number() / 2.0 + word);
        Frame {
            left,
            top,
            right: (screen_size(self.width) - margin).max(left + 1.0),
            bottom,
        }
    }

    /// The loss axis between two heights.
    fn up(&self, top: f64, bottom: f64) -> Axis {
        let most = (bottom - top) / (26.0 * self.look.unit());
        Axis {
            scale: self.scale,
            range: self.loss_range(most as usize),
            from: bottom,
            to: top,
        }
    }

    /// Width of the largest number at the steps axis.
    fn last_number(&self) -> f64 {
        let end = axis::steps(self.last_step(), 1).high;
        text_width(&number::tick(end, end, end), 12.0 * self.look.unit())
    }

    /// What the curves say under the pointer: the point nearest to it by steps,
    /// of the run nearest to it by height. None outside and where no run has
    /// been.
    pub fn at(&self, layout: &LossLayout, x: f64, y: f64) -> Option<Reading> {
        let unit = self.look.unit();
        if !layout.plot.holds((x, y), 12.0 * unit) {
            return None;
        }
        let step = layout.across.value(x).round().max(0.0) as u64;
        let readings = (0..self.series.len()).filter_map(|index| self.reading(layout, index, step));
        readings
            .filter(|reading| (reading.x - x).abs() <= self.reach(layout))
            .min_by(|one, other| (one.y - y).abs().total_cmp(&(other.y - y).abs()))
    }

    /// What a series says at a step: the span that has it, or the nearest one.
    pub fn reading(&self, layout: &LossLayout, series: usize, step: u64) -> Option<Reading> {
        let points = self.series.get(series)?.points;
        let index = points.partition_point(|point| point.last_step < step);
        let point = *points.get(index).or(points.last())?;
        let place = |value: f64| layout.up.place(value);
        let y = match (place(point.min), place(point.max)) {
            (Some(low), Some(high)) => (low + high) / 2.0,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) if point.max == f64::INFINITY => layout.plot.top,
            (None, None) => layout.plot.bottom,
        };
        Some(Reading {
            series,
            point,
            x: layout.across.place(point.step())?,
            y: y.clamp(layout.plot.top, layout.plot.bottom),
        })
    }

    /// Where a curve first is too low for a logarithmic axis, as a place on its
    /// lower end: the page says there that what follows isn't shown. The run at
    /// hand comes first.
    pub fn not_shown(&self, layout: &LossLayout) -> Option<(f64, f64)> {
        let pairs = self.series.iter().zip(&layout.traces);
        let places = pairs.filter_map(|(series, trace)| Some((series, trace.unplaced?)));
        let (_, x) = places.min_by_key(|(series, _)| !series.selected)?;
        Some((x, layout.plot.bottom))
    }

    /// How far from the pointer a point is still meant: half way to the next
    /// step, or a finger's breadth.
    fn reach(&self, layout: &LossLayout) -> f64 {
        let range = layout.across.range;
        (layout.plot.width() / (range.high - range.low)).max(12.0 * self.look.unit())
    }

    fn last_step(&self) -> u64 {
        let ends = self.series.iter().filter_map(|series| series.points.last());
        let last = ends.map(|point| point.last_step).max().unwrap_or(0);
        last.max(self.focus.unwrap_or(0))
    }

    /// The range of the loss axis for all runs together.
    fn loss_range(&self, most: usize) -> axis::Range {
        let extents = self.series.iter();
        let extents: Vec<_> = extents
            .filter_map(|series| extent(series.points, self.scale))
            .collect();
        let (low, high) = match self.scale {
            Scale::Linear => self.linear_extent(&extents),
            Scale::Log => logarithmic_extent(&extents),
        };
        axis::range(low, high, self.scale, most)
    }

    /// From 0, unless a run of some length hardly moves far above it. A run
    /// that leaves all others behind is cut, or they would lie flat.
    fn linear_extent(&self, extents: &[(f64, f64)]) -> (f64, f64) {
        /// Steps after which a run is taken to move as little as it seems.
        const SETTLED: u64 = 32;
        /// How often the others' height is still shown.
        const TIMES: f64 = 20.0;
        let low = lowest(extents);
        let mut high = highest(extents);
        if let Some(second) = second(extents.iter().map(|extent| extent.1)) {
            high = if second > 0.0 {
                high.min(TIMES * second)
            } else {
                high
            };
        }
        if low > 0.9 * high && low < high && self.last_step() >= SETTLED {
            return (low, high);
        }
        (low.min(0.0), high.max(0.0))
    }
}

/// A run far above or below all others is cut six decades from them.
fn logarithmic_extent(extents: &[(f64, f64)]) -> (f64, f64) {
    const FAR: f64 = 1e6;
    if extents.is_empty() {
        return (1.0, 10.0);
    }
    let (mut low, mut high) = (lowest(extents), highest(extents));
    if let Some(second) = second(extents.iter().map(|extent| -extent.0)) {
        low = low.max(-second / FAR);
    }
    if let Some(second) = second(extents.iter().map(|extent| extent.1)) {
        high = high.min(second * FAR);
    }
    (low, high)
}

fn lowest(extents: &[(f64, f64)]) -> f64 {
    extents
        .iter()
        .map(|extent| extent.0)
        .reduce(f64::min)
        .unwrap_or(0.0)
}

fn highest(extents: &[(f64, f64)]) -> f64 {
    extents
        .iter()
        .map(|extent| extent.1)
        .reduce(f64::max)
        .unwrap_or(0.0)
}

/// The second largest.
fn second(values: impl Iterator<Item = f64>) -> Option<f64> {
    let largest = values.fold([None; 2], |[first, second], value| {
        if first.is_none_or(|first| value > first) {
            [Some(value), first]
        } else if second.is_none_or(|second| value > second) {
            [first, Some(value)]
        } else {
            [first, second]
        }
    });
    largest[1]
}

/// The least and the largest value that has a place on such an axis.
fn extent(points: &[CurvePoint], scale: Scale) -> Option<(f64, f64)> {
    let values = points.iter().flat_map(|point| [point.min, point.max]);
    let values = values.filter(|&value| scale.holds(value));
    values
        .map(|value| (value, value))
        .reduce(|(low, high), (value, _)| (low.min(value), high.max(value)))
}
