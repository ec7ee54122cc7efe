//! Drawing the loss curve as [`LossLayout`] has it.

use plotters::{
    coord::Shift,
    drawing::DrawingArea,
    style::{RGBAColor, text_anchor::HPos},
};
use plotters_backend::{DrawingBackend, FontStyle};

use super::{
    geometry::{Point, from_top, spread},
    look::Marker,
    loss::{LossChart, LossLayout, LossSeries, Reading},
    pen::{Label, Pen, Presented, text_width},
    trace::{Column, CurvePoint, Trace},
};
use crate::number;

impl LossChart<'_> {
    /// Draws the chart and presents it.
    ///
    /// # Errors
    /// Those of the back end.
    pub fn draw<DB: DrawingBackend>(
        &self,
        layout: &LossLayout,
        area: &DrawingArea<DB, Shift>,
    ) -> Presented<DB> {
        let drawing = Drawing {
            chart: self,
            layout,
            pen: Pen::new(area, self.pixel_ratio, self.look),
            unit: self.look.unit(),
        };
        drawing.parts();
        drawing.pen.present()
    }
}

struct Drawing<'a, DB: DrawingBackend> {
    chart: &'a LossChart<'a>,
    layout: &'a LossLayout,
    pen: Pen<'a, DB>,
    unit: f64,
}

impl<'a, DB: DrawingBackend> Drawing<'a, DB> {
    fn parts(&self) {
        self.pen.clear();
        self.axes();
        self.focus_line();
        // The run at hand lies above the others, and all points above all lines.
        for selected in [false, true] {
            for (series, trace) in self.series(selected) {
                self.lines(series, trace);
            }
        }
        for selected in [false, true] {
            for (series, trace) in self.series(selected) {
                self.points(series, trace);
            }
        }
        self.names();
        self.starts();
        self.points_at_hand()
    }

    fn series(
        &self,
        selected: bool,
    ) -> impl Iterator<Item = (&'a LossSeries<'a>, &'a Trace)> + use<'a, DB> {
        let pairs = self.chart.series.iter().zip(&self.layout.traces);
        pairs.filter(move |(series, _)| series.selected == selected)
    }

    /// Grid, ticks and their numbers.
    fn axes(&self) {
        let look = self.chart.look;
        let (plot, unit) = (self.layout.plot, self.unit);
        let number = |text: &str, at: Point, anchor: HPos| {
            self.pen.label(&Label {
                text,
                at,
                anchor,
                size: 12.0 * unit,
                colour: look.ink_3,
                style: FontStyle::Normal,
                halo: false,
            })
        };
        for tick in self.layout.up.ticks() {
            let line = [(plot.left, tick.at), (plot.right, tick.at)];
            if tick.at < plot.bottom - 0.5 {
                self.pen.line(&line, look.rule.with(1.0), unit);
            }
            number(&tick.label, (plot.left - 8.0 * unit, tick.at), HPos::Right);
        }
        let below = plot.bottom + 13.5 * unit;
        let mut last = plot.right;
        for tick in self.layout.across.ticks() {
            let mark = [(tick.at, plot.bottom), (tick.at, plot.bottom + 4.0 * unit)];
            self.pen.line(&mark, look.rule_strong.with(1.0), unit);
            number(&tick.label, (tick.at, below), HPos::Center);
            last = last.max(tick.at + text_width(&tick.label, 12.0 * unit) / 2.0);
        }
        let line = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
        self.pen.line(&line, look.rule_strong.with(1.0), unit);
        number(self.chart.step_word, (last + 6.0 * unit, below), HPos::Left)
    }

    fn focus_line(&self) {
        let plot = self.layout.plot;
        let Some(x) = self.focus_place() else {
            return;
        };
        let colour = self.chart.look.rule_strong;
        self.pen.dotted((x, plot.top), (x, plot.bottom), colour)
    }

    fn focus_place(&self) -> Option<f64> {
        self.layout.across.place(self.chart.focus? as f64)
    }

    /// A run's line; where columns have a height, a band with its outline.
    fn lines(&self, series: &LossSeries<'_>, trace: &Trace) {
        let (width, alpha) = match series.selected {
            true => (2.6 * self.unit, 1.0),
            false => (1.0 * self.unit, 0.8),
        };
        let colour = series.colour.with(alpha);
        for piece in &trace.pieces {
            if piece.iter().all(|column| column.bottom - column.top < 1.0) {
                let line: Vec<_> = piece.iter().map(Column::middle).collect();
                self.cut_line(&line, colour, width);
                continue;
            }
            let tops: Vec<_> = piece.iter().map(|column| (column.x, column.top)).collect();
            let bottoms = piece.iter().map(|column| (column.x, column.bottom));
            let bottoms: Vec<_> = bottoms.collect();
            self.band(&tops, &bottoms, series);
            self.cut_line(&tops, colour, 0.6 * width);
            self.cut_line(&bottoms, colour, 0.6 * width);
        }
    }

    fn cut_line(&self, line: &[Point], colour: RGBAColor, width: f64) {
        for piece in self.layout.plot.cut(line) {
            self.pen.line(&piece, colour, width);
        }
    }

    fn band(&self, tops: &[Point], bottoms: &[Point], series: &LossSeries<'_>) {
        let plot = self.layout.plot;
        let edge = tops.iter().chain(bottoms.iter().rev());
        let edge = edge.map(|&(x, y)| (x, y.clamp(plot.top, plot.bottom)));
        let alpha = if series.selected { 0.35 } else { 0.2 };
        self.pen
            .fill(&edge.collect::<Vec<_>>(), series.colour.with(alpha))
    }

    /// A mark at each point, as long as they stand apart; always at one that
    /// has no line.
    fn points(&self, series: &LossSeries<'_>, trace: &Trace) {
        let range = self.layout.across.range;
        let apart = self.layout.plot.width() / (range.high - range.low);
        let radius = if series.selected { 2.4 } else { 2.0 } * self.unit;
        for piece in &trace.pieces {
            if apart < 6.0 * self.unit && piece.len() > 1 {
                continue;
            }
            for column in piece {
                if self.layout.plot.holds(column.middle(), 0.5) {
                    let at = column.middle();
                    self.pen.marker(series.marker, at, radius, series.colour);
                }
            }
        }
        for &(x, above) in &trace.infinite {
            self.rim(series, x, above, if above { "∞ ↑" } else { "−∞ ↓" });
        }
    }

    /// A value beyond the plot, said at its rim.
    fn rim(&self, series: &LossSeries<'_>, x: f64, above: bool, text: &str) {
        let (plot, unit) = (self.layout.plot, self.unit);
        let size = 12.0 * unit;
        let width = text_width(text, size) + 8.0 * unit;
        let (anchor, aside) = match x + width < self.chart.width {
            true => (HPos::Left, 8.0 * unit),
            false => (HPos::Right, -8.0 * unit),
        };
        let y = match above {
            true => plot.top + 1.0 * unit,
            false => plot.bottom - 8.0 * unit,
        };
        self.pen.label(&Label {
            text,
            at: (x + aside, y),
            anchor,
            size,
            colour: series.colour,
            style: FontStyle::Normal,
            halo: true,
        })
    }

    /// The runs' names at the ends of their lines. Those in the margin are
    /// moved apart, and so are those in the plot.
    fn names(&self) {
        let (plot, unit) = (self.layout.plot, self.unit);
        let pairs = self.chart.series.iter().zip(&self.layout.traces);
        let named = pairs.filter(|(series, _)| !series.label.is_empty());
        let names = from_top(named.filter_map(|(series, trace)| Some((series, self.end(trace)?))));
        let in_margin = |end: Point| end.0 > plot.right - 20.0 * unit;
        for margin in [true, false] {
            let names = names.iter().filter(|(_, end)| in_margin(*end) == margin);
            let names: Vec<_> = names.collect();
            let heights: Vec<_> = names.iter().map(|(_, end)| end.1).collect();
            // A name keeps clear of a “∞ ↑” above it and, in the plot, of the
            // axis below it.
            let leaves = self
                .layout
                .traces
                .iter()
                .any(|trace| !trace.infinite.is_empty());
            let high = plot.top + if leaves { 15.0 } else { 0.0 } * unit;
            let low = plot.bottom - if margin { 1.0 } else { 9.0 } * unit;
            let heights = spread(&heights, 15.0 * unit, high, low);
            for ((series, end), y) in names.iter().zip(heights) {
                let x = if margin { plot.right } else { end.0 };
                self.name(series, (x + 9.0 * unit, y));
            }
        }
    }

    fn name(&self, series: &LossSeries<'_>, at: Point) {
        self.pen.label(&Label {
            text: series.label,
            at,
            anchor: HPos::Left,
            size: 13.0 * self.unit,
            colour: series.colour,
            style: FontStyle::Bold,
            halo: true,
        })
    }

    /// Where a run's line ends in sight.
    fn end(&self, trace: &Trace) -> Option<Point> {
        let piece = trace.pieces.last()?;
        let line: Vec<_> = piece.iter().map(Column::middle).collect();
        let cut = self.layout.plot.cut(&line);
        let seen = cut.last().and_then(|piece| piece.last()).copied();
        seen.or_else(|| line.last().copied())
    }

    /// An open circle where each run starts.
    fn starts(&self) {
        for (index, series) in self.chart.series.iter().enumerate() {
            let first = series.points.first();
            let is_start = |point: &CurvePoint| point.first_step == 0 && point.min == point.max;
            let start = first.filter(|point| is_start(point));
            // A logarithmic axis has no place for what is 0 or below.
            if start.is_none_or(|point| self.layout.up.place(point.min).is_none()) {
                continue;
            }
            let reading = self.chart.reading(self.layout, index, 0);
            if let Some(Reading { x, y, .. }) = reading {
                self.pen.start((x, y));
            }
        }
    }

    /// Each run's point at the step at hand; on the rim, with its value, where
    /// it lies beyond.
    fn points_at_hand(&self) {
        let Some(focus) = self.chart.focus else {
            return;
        };
        for selected in [false, true] {
            let all = self.chart.series.iter().enumerate();
            for (index, series) in all.filter(|(_, series)| series.selected == selected) {
                self.point_at_hand(index, series, focus);
            }
        }
    }

    fn point_at_hand(&self, index: usize, series: &LossSeries<'_>, focus: u64) {
        let plot = self.layout.plot;
        let Some(reading) = self.chart.reading(self.layout, index, focus) else {
            return;
        };
        let span = reading.point.first_step..=reading.point.last_step;
        let Some(x) = self.focus_place().filter(|_| span.contains(&focus)) else {
            return;
        };
        let point = reading.point;
        let exact = series
            .at_focus
            .or((point.min == point.max).then_some(point.max));
        if exact.is_some_and(|value| !value.is_finite()) {
            return;
        }
        let place = match exact {
            Some(value) => self.layout.up.place(value).unwrap_or(f64::INFINITY),
            None => reading.y,
        };
        let at = (x, place.clamp(plot.top, plot.bottom));
        if focus == 0 {
            let radius = 3.4 * self.unit;
            self.pen.marker(Marker::Circle, at, radius, series.colour);
        } else {
            self.pen.marker_at_hand(series.marker, at, series.colour);
        }
        let value = number::short(exact.unwrap_or(f64::NAN));
        if place < plot.top - 0.5 {
            self.rim(series, x, true, &format!("{value} ↑"))
        } else if place > plot.bottom + 0.5 {
            self.rim(series, x, false, &format!("{value} ↓"))
        }
    }
}
