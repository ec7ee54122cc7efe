//! The update at hand on the function curve: the tangent whose slope it takes,
//! the way along the curve, and its size on the parameter's axis.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use super::{
    curve::Update,
    curve_drawing::{Drawing, NAME_SIZE},
    geometry::Point,
    look::Colour,
    pen::text_width,
};
use crate::number;

/// The size of an update, with its sign.
fn size(update: &Update) -> String {
    let change = update.new_x - update.x;
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", number::short(change))
}

/// Draws the update, if there is one at hand.
pub(super) fn draw<DB: DrawingBackend>(drawing: &Drawing<'_, DB>) {
    let Some(update) = drawing.chart.update else {
        return;
    };
    drawing.tangent(&update);
    drawing.update(&update)
}

impl<DB: DrawingBackend> Drawing<'_, DB> {
    /// The tangent, of one length on the screen however steep it is.
    fn tangent(&self, update: &Update) {
        let layout = self.layout;
        let Some(at) = layout.place(update.x, update.y) else {
            return;
        };
        if !layout.plot.holds(at, 0.5) || !update.slope.is_finite() {
            return;
        }
        let (across, up) = (layout.across.range, layout.up.range);
        let to_right = layout.plot.width() / (across.high - across.low);
        let to_top = layout.plot.height() / (up.high - up.low);
        let (dx, dy) = (to_right, -update.slope * to_top);
        let half = 76.0 * self.unit / libm::sqrt(dx * dx + dy * dy);
        let line = [-half, half].map(|part| (at.0 + part * dx, at.1 + part * dy));
        let Some(line) = layout.plot.cut(&line).into_iter().next() else {
            return;
        };
        let colour = self.chart.look.backward;
        self.pen.line(&line, colour.with(1.0), 1.6 * self.unit);

        // Near the axis, the size of the update stands above it.
        let flat = dy.abs() < dx && at.1 < layout.plot.bottom - 34.0 * self.unit;
        let highest = line.iter().min_by(|one, other| one.1.total_cmp(&other.1));
        self.slope(*highest.unwrap_or(&at), flat, update.slope > 0.0)
    }

    /// The slope's name at the upper end of the tangent: above it where the
    /// tangent is flat, else on the side to which it leans, if there is room.
    fn slope(&self, end: Point, flat: bool, rises: bool) {
        let (text, unit) = (self.chart.words.slope, self.unit);
        let room = text_width(text, 12.0 * unit) + 6.0 * unit;
        let (left, right) = (end.0 > room, end.0 + room < self.chart.width);
        let to_right = if rises != flat {
            right || !left
        } else {
            right && !left
        };
        let (anchor, aside) = match (to_right, flat) {
            (true, false) => (HPos::Left, 5.0 * unit),
            (false, false) => (HPos::Right, -5.0 * unit),
            (true, true) => (HPos::Left, 0.0),
            (false, true) => (HPos::Right, 0.0),
        };
        let down = if flat { -9.0 } else { 6.0 } * unit;
        let at = (end.0 + aside, end.1 + down);
        self.text(text, at, anchor, self.chart.look.backward)
    }

    /// The update: along the curve, and as an arrow with its size on the axis.
    fn update(&self, update: &Update) {
        let (layout, look, unit) = (self.layout, self.chart.look, self.unit);
        let plot = layout.plot;
        let (Some(from), Some(to)) = (
            layout.place(update.x, update.y),
            layout.place(update.new_x, update.new_y),
        ) else {
            return;
        };
        let selected = self.chart.runs.iter().find(|run| run.selected);
        let colour = selected.map_or(look.ink, |run| run.colour);
        self.arrow(from, to, colour, 2.6 * unit);

        if plot.holds(from, 0.5) {
            self.pen
                .dotted(from, (from.0, plot.bottom), look.rule_strong);
        }
        let y = plot.bottom - unit;
        self.arrow((from.0, y), (to.0, y), look.param, 2.2 * unit);
        let at = (self.middle(from, to), self.size_height(update));
        self.bold(&size(update), at, HPos::Center, look.param)
    }

    /// How far the size of an update reaches to the left and to the right.
    pub(super) fn size_reach(&self, update: &Update) -> Option<(f64, f64)> {
        let from = self.layout.place(update.x, update.y)?;
        let to = self.layout.place(update.new_x, update.new_y)?;
        let (middle, half) = (
            self.middle(from, to),
            text_width(&size(update), NAME_SIZE * self.unit) / 2.0,
        );
        Some((middle - half, middle + half))
    }

    /// The middle of an update on the axis, as far as that is seen.
    fn middle(&self, from: Point, to: Point) -> f64 {
        let plot = self.layout.plot;
        let seen = |point: Point| point.0.clamp(plot.left, plot.right);
        (seen(from) + seen(to)) / 2.0
    }

    /// At which height the size of an update is written: on the axis, or above the point
    /// that it would be hidden by.
    pub(super) fn size_height(&self, update: &Update) -> f64 {
        /// About half the width of the size, and what is to be left around a point.
        const REACH: f64 = 40.0;
        let (layout, unit) = (self.layout, self.unit);
        let axis = layout.plot.bottom - 12.0 * unit;
        let places = (
            layout.place(update.x, update.y),
            layout.place(update.new_x, update.new_y),
        );
        match places {
            (Some(from), Some(to)) if (self.middle(from, to) - from.0).abs() < REACH * unit => {
                axis.min(from.1 - 15.0 * unit).max(layout.plot.top)
            }
            _ => axis,
        }
    }

    /// An arrow that ends short of the point at its end, or at the rim.
    fn arrow(&self, from: Point, to: Point, colour: Colour, width: f64) {
        let pieces = self.layout.plot.cut(&[from, to]);
        let Some(&[start, end]) = pieces.first().map(Vec::as_slice) else {
            return;
        };
        let (dx, dy) = (end.0 - start.0, end.1 - start.1);
        let length = libm::sqrt(dx * dx + dy * dy);
        let short = if end == to { 7.0 * self.unit } else { 0.0 };
        let head = 8.0 * self.unit;
        if length < short + head {
            return;
        }
        let along = |distance: f64| {
            let part = distance / length;
            (start.0 + part * dx, start.1 + part * dy)
        };
        let shaft = [start, along(length - short - 0.8 * head)];
        self.pen.line(&shaft, colour.with(1.0), width);
        self.pen
            .arrow_head(start, along(length - short), head, colour.with(1.0))
    }
}
