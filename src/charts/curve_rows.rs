//! The second half of the function curve: the iterates run down over their
//! steps, on the same parameter axis. A run that diverges is a growing V, one
//! that swings a shrinking V, one that holds two columns, one that falls a
//! straight drop.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use super::{
    axis::Axis,
    curve::{CurveRun, Iterate},
    curve_drawing::{Drawing, beyond},
    curve_texts::RIM_ASIDE,
    geometry::{Frame, Point, screen_size},
    look::{Colour, Marker},
    placing::ANYWHERE,
};
use crate::number;

/// Draws the rows, where the layout has any.
pub(super) fn draw<DB: DrawingBackend>(drawing: &Drawing<'_, DB>) {
    let Some((frame, axis)) = drawing.layout.rows else {
        return;
    };
    let rows = Rows {
        drawing,
        frame,
        axis,
    };
    rows.ground();
    drawing.ordered(|run| rows.line(run));
    drawing.ordered(|run| rows.points(run));
    rows.start();
    drawing.ordered(|run| rows.point_at_hand(run));
    let runs = drawing.chart.runs;
    runs.iter().for_each(|run| rows.value_beyond(run));
    runs.iter().for_each(|run| rows.leave(run))
}

struct Rows<'a, DB: DrawingBackend> {
    drawing: &'a Drawing<'a, DB>,
    frame: Frame,
    axis: Axis,
}

impl<DB: DrawingBackend> Rows<'_, DB> {
    /// From one step to the next, in CSS pixels.
    fn apart(&self) -> f64 {
        let range = self.axis.range;
        self.frame.height() / (range.high - range.low)
    }

    /// The row at hand, the ticks, and the line where the parameter is 0.
    fn ground(&self) {
        let (drawing, frame) = (self.drawing, self.frame);
        let (look, unit) = (drawing.chart.look, drawing.unit);
        if let Some(y) = self.axis.place(drawing.chart.focus as f64) {
            let half = (self.apart() / 2.0).clamp(3.0 * unit, 6.0 * unit);
            let row = Frame {
                top: y - half,
                bottom: y + half,
                ..frame
            };
            drawing.pen.plane(&row, look.wash);
        }
        let zero = drawing.layout.across.place(0.0);
        if let Some(x) = zero.filter(|x| (frame.left..=frame.right).contains(x)) {
            let line = [(x, frame.top), (x, frame.bottom)];
            drawing.pen.line(&line, look.rule.with(1.0), unit);
        }
        let left = frame.left - 6.0 * unit;
        for tick in self.axis.ticks() {
            // In full: neighbours differ in the last digits only.
            let step = self.axis.value(tick.at).round() as u64;
            drawing.number(&step.to_string(), (left, tick.at), HPos::Right);
        }
        let above = (left, frame.top - 17.0 * unit);
        drawing.number(drawing.chart.words.step, above, HPos::Right)
    }

    /// From iterate to iterate, as long as one of the two is in sight.
    fn line(&self, run: &CurveRun<'_>) {
        let (width, alpha) = match run.selected {
            true if self.apart() < 5.0 * self.drawing.unit => (1.4, 1.0),
            true => (2.6, 1.0),
            false => (1.0, 0.45),
        };
        let colour = run.colour.with(alpha);
        let places = run.iterates.iter().map(|iterate| self.place(iterate));
        let places: Vec<_> = places.collect();
        for line in self.seen(&places) {
            for piece in self.frame.cut(&line) {
                let width = width * self.drawing.unit;
                self.drawing.pen.line(&piece, colour, width);
            }
        }
    }

    /// The parts of a line that are in sight, with the ends of the segments
    /// that lead there.
    fn seen(&self, places: &[Option<Point>]) -> Vec<Vec<Point>> {
        let mut lines: Vec<Vec<Point>> = Vec::new();
        let mut open = false;
        for pair in places.windows(2) {
            let &[Some(from), Some(to)] = pair else {
                open = false;
                continue;
            };
            if !self.frame.holds(from, 0.5) && !self.frame.holds(to, 0.5) {
                open = false;
                continue;
            }
            match lines.last_mut() {
                Some(line) if open => line.push(to),
                _ => lines.push(vec![from, to]),
            }
            open = true;
        }
        lines
    }

    /// A mark at each iterate, as long as the rows stand apart.
    fn points(&self, run: &CurveRun<'_>) {
        let unit = self.drawing.unit;
        if self.apart() < 4.0 * unit {
            return;
        }
        for iterate in run.iterates.iter().filter(|iterate| iterate.step > 0) {
            let seen = self.place(iterate).filter(|at| self.frame.holds(*at, 0.5));
            if let Some(at) = seen {
                self.drawing
                    .pen
                    .marker(run.marker, at, 2.0 * unit, run.colour);
            }
        }
    }

    /// The name of a run at the rim where it first leaves.
    fn leave(&self, run: &CurveRun<'_>) {
        let mut places = run
            .iterates
            .iter()
            .filter_map(|iterate| self.place(iterate));
        let Some(at) = places.find(|at| !self.frame.holds(*at, 0.5)) else {
            return;
        };
        if run.label.is_empty() || run.selected {
            return;
        }
        let y = (at.1 + 11.0 * self.drawing.unit).min(self.frame.bottom);
        let left = at.0 < self.frame.left;
        self.at_rim(run.label, left, (0.0, y), run.colour)
    }

    /// A text at the left or right rim, so far from it and at this height.
    fn at_rim(&self, text: &str, left: bool, (aside, y): Point, colour: Colour) {
        let (drawing, frame) = (self.drawing, self.frame);
        let inwards = aside * drawing.unit;
        let (text, x, anchor) = match left {
            true => (format!("← {text}"), frame.left + inwards, HPos::Left),
            false => (format!("{text} →"), frame.right - inwards, HPos::Right),
        };
        let within = Frame {
            left: 0.0,
            top: frame.top - 16.0 * drawing.unit,
            right: screen_size(drawing.chart.width),
            bottom: screen_size(drawing.chart.height),
        };
        let label = drawing.text(&text, (x, y), anchor, colour);
        drawing.set_within(within, &label, aside, ANYWHERE)
    }

    fn start(&self) {
        let runs = self.drawing.chart.runs.iter();
        let first = runs.filter_map(|run| run.iterates.first()).next();
        let first = first.filter(|iterate| iterate.step == 0);
        match first.and_then(|iterate| self.place(iterate)) {
            Some(at) if self.frame.holds(at, 0.5) => self.drawing.mark_start(at),
            _ => {}
        }
    }

    /// The iterate at the step at hand, and its place, be it in sight or beyond.
    fn at_hand<'r>(&self, run: &CurveRun<'r>) -> Option<(&'r Iterate, Point)> {
        let iterate = self.drawing.at_hand(run)?;
        Some((iterate, self.place(iterate)?))
    }

    /// The point at the step at hand; at the rim where it lies beyond.
    fn point_at_hand(&self, run: &CurveRun<'_>) {
        let (drawing, frame) = (self.drawing, self.frame);
        let Some((iterate, place)) = self.at_hand(run) else {
            return;
        };
        let at = (place.0.clamp(frame.left, frame.right), place.1);
        if iterate.step == 0 && beyond(&frame, place).is_none() {
            let radius = 3.0 * drawing.unit;
            return drawing.pen.marker(Marker::Circle, at, radius, run.colour);
        }
        drawing.mark_at_hand(run.marker, at, run.colour)
    }

    /// The parameter at the step at hand, where it lies beyond the rim.
    fn value_beyond(&self, run: &CurveRun<'_>) {
        let Some((iterate, place)) = self.at_hand(run) else {
            return;
        };
        if let Some(arrow) = beyond(&self.frame, place) {
            let value = number::short(iterate.x);
            self.at_rim(&value, arrow == '←', (RIM_ASIDE, place.1), run.colour)
        }
    }

    fn place(&self, iterate: &Iterate) -> Option<Point> {
        let x = self.drawing.layout.across.place(iterate.x)?;
        Some((x, self.axis.place(iterate.step as f64)?))
    }
}
