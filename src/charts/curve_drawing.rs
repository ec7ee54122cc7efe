//! Drawing the function curve as [`CurveLayout`] has it.

use plotters::{
    coord::Shift,
    drawing::DrawingArea,
    style::{RGBAColor, text_anchor::HPos},
};
use plotters_backend::{DrawingBackend, FontStyle};

use super::{
    axis::Tick,
    curve::{CurveChart, CurveLayout, CurveRun, Iterate},
    curve_rows, curve_texts, curve_update,
    geometry::{Frame, Point},
    look::{Colour, Marker},
    pen::{Label, Pen, Presented, text_width},
    placing::Places,
    view::branches,
};

impl CurveChart<'_> {
    /// Draws the chart and presents it.
    ///
    /// # Errors
    /// Those of the back end.
    pub fn draw<DB: DrawingBackend>(
        &self,
        layout: &CurveLayout,
        area: &DrawingArea<DB, Shift>,
    ) -> Presented<DB> {
        let drawing = Drawing {
            chart: self,
            layout,
            pen: Pen::new(area, self.pixel_ratio, self.look),
            unit: self.look.unit(),
            places: Places::new(self.look.unit()),
        };
        drawing.parts();
        drawing.pen.present()
    }
}

/// What the parts of the drawing share.
pub(super) struct Drawing<'a, DB: DrawingBackend> {
    pub chart: &'a CurveChart<'a>,
    pub layout: &'a CurveLayout,
    pub pen: Pen<'a, DB>,
    pub unit: f64,
    pub places: Places,
}

impl<DB: DrawingBackend> Drawing<'_, DB> {
    fn parts(&self) {
        self.pen.clear();
        self.axes();
        self.ordered(|run| self.chords(run));
        self.curve();
        self.ordered(|run| self.points(run));
        let tangent = curve_update::draw(self);
        let start = self.start();
        self.ordered(|run| self.point_at_hand(run));

        curve_texts::draw(self, tangent.as_ref(), start);
        curve_rows::draw(self)
    }

    /// The run at hand last, so that it lies above the others.
    pub fn ordered(&self, draw: impl Fn(&CurveRun<'_>)) {
        for selected in [false, true] {
            let runs = self.chart.runs.iter();
            for run in runs.filter(|run| run.selected == selected) {
                draw(run);
            }
        }
    }

    /// A run's iterate at the step at hand.
    pub fn at_hand<'r>(&self, run: &CurveRun<'r>) -> Option<&'r Iterate> {
        let mut iterates = run.iterates.iter();
        iterates.find(|iterate| iterate.step == self.chart.focus)
    }

    /// A word in the plot.
    pub fn text<'t>(&self, text: &'t str, at: Point, anchor: HPos, colour: Colour) -> Label<'t> {
        Label {
            text,
            at,
            anchor,
            size: 12.0 * self.unit,
            colour,
            style: FontStyle::Normal,
            halo: true,
        }
    }

    /// A run's name, or a value of it.
    pub fn bold<'t>(&self, text: &'t str, at: Point, anchor: HPos, colour: Colour) -> Label<'t> {
        Label {
            size: 13.0 * self.unit,
            style: FontStyle::Bold,
            ..self.text(text, at, anchor, colour)
        }
    }

    /// A number at an axis.
    pub fn number(&self, text: &str, at: Point, anchor: HPos) {
        self.at_axis(&Label {
            halo: false,
            ..self.text(text, at, anchor, self.chart.look.ink_3)
        })
    }

    fn at_axis(&self, label: &Label<'_>) {
        self.places.take_label(label);
        self.pen.label(label)
    }

    /// A run's point at the step at hand, which no text is to cover.
    pub fn mark_at_hand(&self, marker: Marker, at: Point, colour: Colour) {
        self.places.take_point(at, 5.8 * self.unit);
        self.pen.marker_at_hand(marker, at, colour)
    }

    /// An open circle where the runs start, which no text is to cover.
    pub fn mark_start(&self, at: Point) {
        self.places.take_point(at, 5.2 * self.unit);
        self.pen.start(at)
    }

    fn axes(&self) {
        let (look, plot, unit) = (self.chart.look, self.layout.plot, self.unit);
        for tick in self.layout.up.ticks() {
            if tick.at < plot.bottom - 0.5 {
                let line = [(plot.left, tick.at), (plot.right, tick.at)];
                self.pen.line(&line, look.rule.with(1.0), unit);
            }
            let at = (plot.left - 6.0 * unit, tick.at);
            self.number(&tick.label, at, HPos::Right);
        }
        let below = plot.bottom + 13.5 * unit;
        let ticks = self.layout.across.ticks();
        let every = thinned(&ticks, 12.0 * unit);
        for tick in ticks {
            let mark = [(tick.at, plot.bottom), (tick.at, plot.bottom + 5.0 * unit)];
            self.pen.line(&mark, look.rule_strong.with(1.0), unit);
            let place = self.layout.across.value(tick.at) / self.layout.across.range.step;
            if place.round().rem_euclid(every) == 0.0 {
                self.number(&tick.label, (tick.at, below), HPos::Center);
            }
        }
        let line = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
        self.pen.line(&line, look.rule_strong.with(1.0), unit);

        let end = (plot.right + self.chart.parameter_aside(), below);
        self.name(self.chart.words.parameter, true, end, HPos::Left);
        let mut at = (plot.left - 22.0 * unit, 9.0 * unit);
        for &(text, variable) in self.chart.words.value {
            self.name(text, variable, at, HPos::Left);
            at.0 += self.width(text, variable);
        }
    }

    /// What an axis shows: variables are set larger, and in italics.
    fn name(&self, text: &str, variable: bool, at: Point, anchor: HPos) {
        let (size, style) = name_style(variable);
        self.at_axis(&Label {
            text,
            at,
            anchor,
            size: size * self.unit,
            colour: self.chart.look.ink_2,
            style,
            halo: false,
        })
    }

    /// How wide such a name is, as the back end measures it.
    fn width(&self, text: &str, variable: bool) -> f64 {
        let (size, style) = name_style(variable);
        self.pen.measure(text, size * self.unit, style)
    }

    fn curve(&self) {
        let colour = self.chart.look.ink.with(1.0);
        for branch in branches(self.chart.samples) {
            let places = branch.iter();
            let places = places.filter_map(|&(x, y)| self.layout.place(x, y));
            self.cut(&places.collect::<Vec<_>>(), colour, 1.6 * self.unit);
        }
    }

    fn cut(&self, line: &[Point], colour: RGBAColor, width: f64) {
        for piece in self.layout.plot.cut(line) {
            self.pen.line(&piece, colour, width);
        }
    }

    /// From iterate to iterate, with arrows where there is room for them.
    fn chords(&self, run: &CurveRun<'_>) {
        let colour = run.colour.with(0.42);
        let places = run.iterates.iter();
        let places: Vec<_> = places
            .map(|iterate| self.layout.place(iterate.x, iterate.y))
            .collect();
        for pair in places.windows(2) {
            let &[Some(from), Some(to)] = pair else {
                continue;
            };
            self.cut(&[from, to], colour, self.unit);
            let long = (to.0 - from.0).abs() + (to.1 - from.1).abs() > 30.0 * self.unit;
            if run.selected && long && self.layout.plot.holds(to, 0.0) {
                self.pen.arrow_head(from, to, 8.0 * self.unit, colour);
            }
        }
    }

    /// A mark at each iterate that is not hidden by the one before.
    fn points(&self, run: &CurveRun<'_>) {
        let mut last = None;
        for iterate in run.iterates {
            let place = self.layout.place(iterate.x, iterate.y);
            let Some(at) = place.filter(|&at| self.layout.plot.holds(at, 0.5)) else {
                continue;
            };
            let hidden = last
                .is_some_and(|(x, y): Point| (at.0 - x).abs() + (at.1 - y).abs() < 3.0 * self.unit);
            if !hidden {
                self.pen.marker(run.marker, at, 2.2 * self.unit, run.colour);
                last = Some(at);
            }
        }
    }

    /// Where the runs start: they share their first iterate. Gives the place if it is
    /// to be named.
    fn start(&self) -> Option<Point> {
        let first = self.chart.runs.iter().find_map(|run| run.iterates.first());
        let first = first.filter(|iterate| iterate.step == 0)?;
        let place = self.layout.place(first.x, first.y);
        let at = place.filter(|&at| self.layout.plot.holds(at, 0.5))?;
        self.mark_start(at);
        // Later the name would come and go while a run plays.
        let moved_on = self.chart.update.is_some_and(|update| update.x != first.x);
        (!moved_on).then_some(at)
    }

    /// Where a run's point at the step at hand is drawn, and in which direction it lies
    /// if it is beyond the plot.
    pub fn seen_at_hand<'r>(
        &self,
        run: &CurveRun<'r>,
    ) -> Option<(&'r Iterate, Point, Option<char>)> {
        let plot = self.layout.plot;
        let iterate = self.at_hand(run)?;
        let place = self.layout.place_at_hand(iterate)?;
        Some((iterate, plot.nearest(place), beyond(&plot, place)))
    }

    /// A run's point at the step at hand; at the rim where it lies beyond.
    fn point_at_hand(&self, run: &CurveRun<'_>) {
        match self.seen_at_hand(run) {
            Some((Iterate { step: 0, .. }, at, None)) => {
                self.pen.marker(run.marker, at, 3.0 * self.unit, run.colour)
            }
            Some((_, at, _)) => self.mark_at_hand(run.marker, at, run.colour),
            None => {}
        }
    }
}

/// Every how many-th tick has room for its number, counted from 0.
fn thinned(ticks: &[Tick], size: f64) -> f64 {
    let widths = ticks.iter().map(|tick| text_width(&tick.label, size));
    let widest = widths.fold(0.0, f64::max) + size;
    match ticks {
        [first, second, ..] => (widest / (second.at - first.at)).ceil().clamp(1.0, 100.0),
        _ => 1.0,
    }
}

/// Font size in the chart's own measure, and style.
fn name_style(variable: bool) -> (f64, FontStyle) {
    match variable {
        true => (15.0, FontStyle::Italic),
        false => (13.0, FontStyle::Normal),
    }
}

/// In which direction a place lies beyond the frame.
pub(super) fn beyond(frame: &Frame, (x, y): Point) -> Option<char> {
    if y < frame.top - 0.5 {
        Some('↑')
    } else if y > frame.bottom + 0.5 {
        Some('↓')
    } else if x < frame.left - 0.5 {
        Some('←')
    } else if x > frame.right + 0.5 {
        Some('→')
    } else {
        None
    }
}
