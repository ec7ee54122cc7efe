//! The function curve: a function of one parameter with the iterates of
//! gradient descent on it, and below it the same iterates running down over
//! their steps, on the same parameter axis.
//!
//! [`CurveChart::layout`] alone decides where everything stands; drawing and
//! read-out go by it. Which part of the function is shown is decided before,
//! by [`Windows`](super::Windows) and [`heights`](super::heights), because the
//! function is sampled for it.

use super::{
    axis::{self, Axis, Range, Scale},
    geometry::{Frame, Point, screen_size},
    look::{Colour, Look, Marker},
    pen::text_width,
};
use crate::number;

/// A function curve to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct CurveChart<'a> {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Units of the back end for each CSS pixel, as for the loss curve.
    pub pixel_ratio: f64,
    /// The part of the parameter's axis that is shown.
    pub window: Range,
    /// The part of the value's axis that is shown.
    pub heights: Range,
    /// The function (parameter, value) by ascending parameters over the window;
    /// two for each pixel do. Not finite where it has no value.
    pub samples: &'a [(f64, f64)],
    /// The runs, in the order in which they are drawn.
    pub runs: &'a [CurveRun<'a>],
    /// The step at hand.
    pub focus: u64,
    /// The update at hand: tangent, arrow along the curve and along the axis.
    pub update: Option<Update>,
    /// Whether the iterates run down over their steps below the curve.
    pub rows: bool,
    /// What is written, in the reader's language.
    pub words: CurveWords<'a>,
    /// Colours, fonts and sizes.
    pub look: &'a Look,
}

/// One run on the curve.
#[derive(Clone, Copy, Debug)]
pub struct CurveRun<'a> {
    /// Where it has been, by ascending steps. The latest ones do: older ones
    /// are hidden by them, and the work of drawing grows with their number.
    pub iterates: &'a [Iterate],
    /// Colour of its points and lines.
    pub colour: Colour,
    /// Shape of its points.
    pub marker: Marker,
    /// Whether it is the run at hand, which is drawn stronger.
    pub selected: bool,
    /// Its name beside its point at hand; may be empty.
    pub label: &'a str,
}

/// Where a run stands at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iterate {
    /// The step.
    pub step: u64,
    /// The parameter.
    pub x: f64,
    /// The function's value there.
    pub y: f64,
}

/// One update of the parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Update {
    /// The parameter before.
    pub x: f64,
    /// The function's value there.
    pub y: f64,
    /// The derivative there.
    pub slope: f64,
    /// The parameter after; where it is NaN the tangent is drawn alone.
    pub new_x: f64,
    /// The function's value after.
    pub new_y: f64,
}

impl Update {
    /// The same without its end, which must not be seen.
    pub fn veiled(self) -> Self {
        Self {
            new_x: f64::NAN,
            new_y: f64::NAN,
            ..self
        }
    }
}

/// What is written on a function curve.
#[derive(Clone, Copy, Debug)]
pub struct CurveWords<'a> {
    /// The parameter, such as `x`.
    pub parameter: &'a str,
    /// The value, or the function, such as `y = 4x²`: pieces, and whether each
    /// is a variable, which is set in italics.
    pub value: &'a [(&'a str, bool)],
    /// At the tangent, such as `slope 16`.
    pub slope: &'a str,
    /// At the first iterate, such as `start`.
    pub start: &'a str,
    /// At the steps axis.
    pub step: &'a str,
}

/// Where everything stands, in CSS pixels.
#[derive(Clone, Debug)]
pub struct CurveLayout {
    /// The area of the curve.
    pub plot: Frame,
    /// The parameter's axis, to the right.
    pub across: Axis,
    /// The value's axis, upwards.
    pub up: Axis,
    /// The area of the steps below, and their axis, downwards.
    pub rows: Option<(Frame, Axis)>,
}

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveReading {
    /// Which run.
    pub run: usize,
    /// Which of its iterates.
    pub iterate: Iterate,
    /// Where its point is drawn, in CSS pixels; on the rim where it lies
    /// beyond.
    pub x: f64,
    /// Where its point is drawn, in CSS pixels; on the rim where it lies
    /// beyond.
    pub y: f64,
}

impl CurveChart<'_> {
    /// Decides where everything stands.
    pub fn layout(&self) -> CurveLayout {
        let unit = self.look.unit();
        let (width, height) = (screen_size(self.width), screen_size(self.height));
        let rows = self.rows && height > 260.0 * unit;
        let bottom = match rows {
            true => 0.638 * height,
            false => height - 28.0 * unit,
        };
        let top = (26.0 * unit).min(bottom - 1.0);
        let up = Axis {
            scale: Scale::Linear,
            range: self.heights,
            from: bottom,
            to: top,
        };
        let ticks = up.ticks();
        let widest = ticks
            .iter()
            .map(|tick| text_width(&tick.label, 12.0 * unit))
            .fold(0.0, f64::max);
        let widest = widest.max(text_width(self.words.step, 12.0 * unit));
        // The rows below have the steps at the same side.
        let widest = widest.max(text_width(&self.last_step().to_string(), 12.0 * unit));
        let left = (widest + 8.0 * unit).max(34.0 * unit);
        let name = text_width(self.words.parameter, 15.0 * unit) + self.parameter_aside();
        // A narrow chart leaves room for the slope's name beside the tangent.
        let narrow = if width < 400.0 * unit {
            56.0 * unit
        } else {
            0.0
        };
        let right = (width - name.max(narrow)).max(left + 1.0);
        let plot = Frame {
            left,
            top,
            right,
            bottom,
        };
        CurveLayout {
            plot,
            across: Axis {
                scale: Scale::Linear,
                range: self.window,
                from: left,
                to: right,
            },
            up,
            rows: rows.then(|| self.rows_below(plot)),
        }
    }

    /// How far to the right of the plot the parameter's name stands: behind the
    /// number of a tick at the axis' end.
    pub(crate) fn parameter_aside(&self) -> f64 {
        let Range { low, high, step } = self.window;
        let last = number::tick(high, step, low.abs().max(high.abs()));
        let unit = self.look.unit();
        text_width(&last, 12.0 * unit) / 2.0 + 8.0 * unit
    }

    fn rows_below(&self, plot: Frame) -> (Frame, Axis) {
        let unit = self.look.unit();
        let frame = Frame {
            top: plot.bottom + 42.0 * unit,
            bottom: screen_size(self.height) - 10.0 * unit,
            ..plot
        };
        let steps = self.runs.iter().flat_map(|run| run.iterates);
        let first = steps.map(|iterate| iterate.step).min().unwrap_or(0);
        let most = frame.height() / (22.0 * unit);
        let axis = Axis {
            scale: Scale::Linear,
            range: axis::stretch(first, self.last_step(), most as usize),
            from: frame.top,
            to: frame.bottom,
        };
        (frame, axis)
    }

    fn last_step(&self) -> u64 {
        let steps = self.runs.iter().flat_map(|run| run.iterates);
        let last = steps.map(|iterate| iterate.step).max().unwrap_or(0);
        last.max(self.focus)
    }

    /// The iterate at the pointer: in the plot the nearest one within a
    /// finger's breadth, in the rows below the nearest one of its step.
    pub fn at(&self, layout: &CurveLayout, x: f64, y: f64) -> Option<CurveReading> {
        let unit = self.look.unit();
        let below = layout
            .rows
            .filter(|(frame, _)| frame.holds((x, y), 8.0 * unit));
        let place = |iterate: &Iterate| match below {
            Some((_, axis)) => layout.row(&axis, iterate),
            None => layout.point(iterate.x, iterate.y),
        };
        // In the rows the step decides, so a row's height counts for much more.
        let stretch = if below.is_some() { 1e3 } else { 1.0 };
        let distance = |at: Point| (at.0 - x).abs() + stretch * (at.1 - y).abs();
        let runs = self.runs.iter().enumerate();
        let all = runs.flat_map(|(run, of)| of.iterates.iter().map(move |one| (run, one)));
        let (_, reading) = all
            .filter_map(|(run, iterate)| {
                let at = place(iterate)?;
                let reading = CurveReading {
                    run,
                    iterate: *iterate,
                    x: at.0,
                    y: at.1,
                };
                Some((distance(at), reading))
            })
            .min_by(|one, other| one.0.total_cmp(&other.0))?;
        let reach = 24.0 * unit;
        let near = (reading.x - x).abs() <= reach && (reading.y - y).abs() <= reach;
        (below.is_some() || near).then_some(reading)
    }
}

impl CurveLayout {
    /// Where a point of the curve is drawn: on the rim if it lies beyond. None
    /// for what is not finite.
    pub fn point(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some(self.plot.nearest(self.place(x, y)?))
    }

    /// Where an iterate lies, be it in sight or beyond; what is infinite lies
    /// far beyond. None for NaN.
    pub(crate) fn place_at_hand(&self, iterate: &Iterate) -> Option<Point> {
        let far = |value: f64| value.clamp(-f64::MAX, f64::MAX);
        self.place(far(iterate.x), far(iterate.y))
    }

    /// Where an iterate is drawn in the rows.
    pub(crate) fn row(&self, rows: &Axis, iterate: &Iterate) -> Option<Point> {
        let x = self.across.place(iterate.x)?;
        let y = rows.place(iterate.step as f64)?;
        Some((x.clamp(self.plot.left, self.plot.right), y))
    }

    /// The place of a point of the curve, be it in sight or beyond.
    pub(crate) fn place(&self, x: f64, y: f64) -> Option<Point> {
        Some((self.across.place(x)?, self.up.place(y)?))
    }
}
