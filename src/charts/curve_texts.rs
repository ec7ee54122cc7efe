//! The texts in the plot of the function curve: each stands where there is room.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use super::{
    curve::CurveRun,
    curve_drawing::Drawing,
    curve_update::Tangent,
    geometry::{Frame, Point, from_top, screen_size},
    pen::Label,
    placing::{ANYWHERE, Room},
};
use crate::number;

/// From a point to its name, in the chart's own measure.
const ASIDE: f64 = 12.0;

/// From a point at the rim to its value.
pub(super) const RIM_ASIDE: f64 = 10.0;

/// What can be left out is moved by at most so many nudges: farther off it would seem to
/// belong to something else.
pub(super) const NEARBY: usize = 8;

/// Draws the texts by their importance, once the points are drawn: what comes later has
/// to make way.
pub(super) fn draw<DB: DrawingBackend>(
    drawing: &Drawing<'_, DB>,
    tangent: Option<&Tangent>,
    start: Option<Point>,
) {
    drawing.size();
    let runs = drawing.chart.runs;
    runs.iter().for_each(|run| drawing.value_beyond(run));
    drawing.names();
    if let Some(tangent) = tangent {
        drawing.slope(tangent);
    }
    if let Some(start) = start {
        drawing.name_start(start);
    }
}

impl<DB: DrawingBackend> Drawing<'_, DB> {
    /// Draws a text where there is room for it in the plot, above the arrow on the axis.
    pub fn set(&self, label: &Label<'_>, aside: f64, reach: usize) {
        let within = Frame {
            left: 0.0,
            top: 0.0,
            right: screen_size(self.chart.width),
            bottom: self.layout.plot.bottom - 4.0 * self.unit,
        };
        self.set_within(within, label, aside, reach)
    }

    /// Draws a text where there is room for it in a frame.
    pub fn set_within(&self, within: Frame, label: &Label<'_>, aside: f64, reach: usize) {
        let room = Room {
            within,
            aside: aside * self.unit,
            reach,
        };
        if let Some(at) = self.places.find(label, &room) {
            self.pen.label(&Label { at, ..*label })
        }
    }

    /// The value of a run's point at the step at hand that lies beyond the rim.
    fn value_beyond(&self, run: &CurveRun<'_>) {
        let (plot, unit) = (self.layout.plot, self.unit);
        let Some((iterate, at, Some(arrow))) = self.seen_at_hand(run) else {
            return;
        };
        let left = at.0 < (plot.left + plot.right) / 2.0;
        let (anchor, aside) = match left {
            true => (HPos::Left, RIM_ASIDE * unit),
            false => (HPos::Right, -RIM_ASIDE * unit),
        };
        let text = format!("{} {arrow}", number::short(iterate.y));
        let at = (at.0 + aside, at.1 + 4.0 * unit);
        let label = self.bold(&text, at, anchor, run.colour);
        self.set(&label, RIM_ASIDE, ANYWHERE)
    }

    /// The runs' names beside their points at hand, on the outer side of the
    /// valley. The lowest comes first, as they crowd at its bottom.
    fn names(&self) {
        let runs = self.chart.runs.iter();
        let named = runs.filter_map(|run| Some((run, self.name_place(run)?.0)));
        for (run, _) in from_top(named).iter().rev() {
            let Some((at, right)) = self.name_place(run) else {
                continue;
            };
            let (anchor, aside) = match right {
                true => (HPos::Left, ASIDE * self.unit),
                false => (HPos::Right, -ASIDE * self.unit),
            };
            let label = self.bold(run.label, (at.0 + aside, at.1), anchor, run.colour);
            self.set(&label, ASIDE, ANYWHERE)
        }
    }

    /// Where a run's name is wanted, and whether to the right of there. The name
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
        Some(match arrow {
            Some(update) => ((at.0, at.1 - 9.0 * self.unit), update.new_x > update.x),
            None => (at, self.rises(iterate.x)),
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

    fn name_start(&self, at: Point) {
        let aside = 11.0;
        let beside = (at.0 + aside * self.unit, at.1 + aside * self.unit);
        let (words, look) = (&self.chart.words, self.chart.look);
        let label = self.text(words.start, beside, HPos::Left, look.ink_2);
        self.set(&label, aside, NEARBY)
    }
}
