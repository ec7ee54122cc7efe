//! Drawing the function curve as [`CurveLayout`] has it.

use plotters::{
    coord::Shift,
    drawing::DrawingArea,
    style::{RGBAColor, text_anchor::HPos},
};
use plotters_backend::{DrawingBackend, FontStyle};

use super::{
    axis::Tick,
    curve::{CurveChart, CurveLayout, CurveRun, Iterate, Update},
    curve_rows, curve_update,
    geometry::{Frame, Point, from_top, spread},
    look::Colour,
    pen::{Label, Pen, Presented, text_width},
    view::branches,
};
use crate::number;

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
        };
        drawing.parts();
        drawing.pen.present()
    }
}

/// The size of a run's name, in the chart's own measure.
pub(super) const NAME_SIZE: f64 = 13.0;

/// From a point to its name.
const ASIDE: f64 = 12.0;

/// So far apart are names, and the size of the update.
const LINE: f64 = 16.0;

/// What the parts of the drawing share.
pub(super) struct Drawing<'a, DB: DrawingBackend> {
    pub chart: &'a CurveChart<'a>,
    pub layout: &'a CurveLayout,
    pub pen: Pen<'a, DB>,
    pub unit: f64,
}

impl<DB: DrawingBackend> Drawing<'_, DB> {
    fn parts(&self) {
        self.pen.clear();
        self.axes();
        self.ordered(|run| self.chords(run));
        self.curve();
        self.ordered(|run| self.points(run));
        curve_update::draw(self);
        self.start();
        self.ordered(|run| self.point_at_hand(run));
        self.names();
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
    pub fn text(&self, text: &str, at: Point, anchor: HPos, colour: Colour) {
        self.pen.label(&Label {
            text,
            at,
            anchor,
            size: 12.0 * self.unit,
            colour,
            style: FontStyle::Normal,
            halo: true,
        })
    }

    /// A number at an axis.
    pub fn number(&self, text: &str, at: Point, anchor: HPos) {
        self.pen.label(&Label {
            text,
            at,
            anchor,
            size: 12.0 * self.unit,
            colour: self.chart.look.ink_3,
            style: FontStyle::Normal,
            halo: false,
        })
    }

    /// A run's name, or a value of it.
    pub fn bold(&self, text: &str, at: Point, anchor: HPos, colour: Colour) {
        self.pen.label(&Label {
            text,
            at,
            anchor,
            size: NAME_SIZE * self.unit,
            colour,
            style: FontStyle::Bold,
            halo: true,
        })
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
        self.pen.label(&Label {
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

    /// Where the runs start: they share their first iterate.
    fn start(&self) {
        let first = self.chart.runs.iter().find_map(|run| run.iterates.first());
        let Some(first) = first.filter(|iterate| iterate.step == 0) else {
            return;
        };
        let place = self.layout.place(first.x, first.y);
        let Some(at) = place.filter(|&at| self.layout.plot.holds(at, 0.5)) else {
            return;
        };
        self.pen.start(at);
        // Once the tangent has moved on, its slope may stand in the same place.
        if self.chart.update.is_some_and(|update| update.x != first.x) {
            return;
        }
        let beside = (at.0 + 11.0 * self.unit, at.1 + 11.0 * self.unit);
        let look = self.chart.look;
        self.text(self.chart.words.start, beside, HPos::Left, look.ink_2)
    }

    /// A run's point at the step at hand; at the rim, with its value, where it
    /// lies beyond.
    fn point_at_hand(&self, run: &CurveRun<'_>) {
        let (layout, plot, unit) = (self.layout, self.layout.plot, self.unit);
        let Some(iterate) = self.at_hand(run) else {
            return;
        };
        let Some(place) = layout.place_at_hand(iterate) else {
            return;
        };
        let at = plot.nearest(place);
        if iterate.step == 0 && plot.holds(place, 0.5) {
            return self.pen.marker(run.marker, at, 3.0 * unit, run.colour);
        }
        self.pen.marker_at_hand(run.marker, at, run.colour);
        let arrow = match beyond(&plot, place) {
            Some(arrow) => arrow,
            None => return,
        };
        let left = at.0 < (plot.left + plot.right) / 2.0;
        let (anchor, aside) = match left {
            true => (HPos::Left, 10.0 * unit),
            false => (HPos::Right, -10.0 * unit),
        };
        let inwards = if arrow == '↓' { -8.0 } else { 4.0 } * unit;
        let text = format!("{} {arrow}", number::short(iterate.y));
        let at = (at.0 + aside, at.1 + inwards);
        self.bold(&text, at, anchor, run.colour)
    }

    /// The runs' names beside their points at hand, on the outer side of the
    /// valley, moved apart.
    fn names(&self) {
        let (plot, unit) = (self.layout.plot, self.unit);
        for right in [false, true] {
            let runs = self.chart.runs.iter();
            let named = runs.filter_map(|run| {
                let (at, outer) = self.name_place(run)?;
                (outer == right).then_some((run, at))
            });
            let names = from_top(named);
            let wanted: Vec<_> = names.iter().map(|(_, at)| at.1).collect();
            let heights = spread(&wanted, LINE * unit, plot.top, self.lowest_name());
            let (anchor, aside) = match right {
                true => (HPos::Left, ASIDE * unit),
                false => (HPos::Right, -ASIDE * unit),
            };
            for ((run, at), y) in names.iter().zip(heights) {
                self.bold(run.label, (at.0 + aside, y), anchor, run.colour);
            }
        }
    }

    fn lowest_name(&self) -> f64 {
        self.layout.plot.bottom - 12.0 * self.unit
    }

    /// Whether a run's name, at that side of its point, would lie on the size of the
    /// update.
    fn is_on_size(&self, run: &CurveRun<'_>, at: Point, right: bool, update: &Update) -> bool {
        let (aside, width) = (
            ASIDE * self.unit,
            text_width(run.label, NAME_SIZE * self.unit),
        );
        let (from, to) = match right {
            true => (at.0 + aside, at.0 + aside + width),
            false => (at.0 - aside - width, at.0 - aside),
        };
        let off = at.1.min(self.lowest_name()) - self.size_height(update);
        let reach = self.size_reach(update);
        off.abs() < LINE * self.unit && reach.is_some_and(|(left, end)| from < end && left < to)
    }

    /// Where a run's name belongs, and whether to the right of there. The name
    /// of the run at hand keeps out of the way of its arrow.
    fn name_place(&self, run: &CurveRun<'_>) -> Option<(Point, bool)> {
        let iterate = self.at_hand(run).filter(|iterate| iterate.step > 0)?;
        let at = self.layout.place(iterate.x, iterate.y)?;
        if run.label.is_empty() || !self.layout.plot.holds(at, 0.5) {
            return None;
        }
        let arrow = self.chart.update.filter(|update| {
            run.selected && (update.new_x - iterate.x).abs() < (update.x - iterate.x).abs()
        });
        // Below stands the size of its update.
        let update = self.chart.update.as_ref();
        let lowest =
            update.map_or(f64::INFINITY, |update| self.size_height(update)) - LINE * self.unit;
        Some(match arrow {
            Some(update) => {
                let y = (at.1 - 9.0 * self.unit).min(lowest);
                ((at.0, y), update.new_x > update.x)
            }
            None if run.selected && self.chart.update.is_some() => {
                ((at.0, at.1.min(lowest)), self.rises(iterate.x))
            }
            None => {
                let right = self.rises(iterate.x);
                let low = update.is_some_and(|update| self.is_on_size(run, at, right, update));
                let y = if low { at.1.min(lowest) } else { at.1 };
                ((at.0, y), right)
            }
        })
    }

    /// Whether the curve rises at a place.
    fn rises(&self, x: f64) -> bool {
        let samples = self.chart.samples;
        let index = samples.partition_point(|sample| sample.0 < x);
        match samples.get(index.saturating_sub(1)..=index) {
            Some([before, behind]) => behind.1 > before.1,
            _ => x > 0.0,
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
