//! The update at hand on the function curve: the tangent whose slope it takes,
//! the way along the curve, and its size on the parameter's axis.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use super::{
    curve::Update, curve_drawing::Drawing, curve_texts::NEARBY, geometry::Point, look::Colour,
    placing::ANYWHERE,
};
use crate::number;

/// The size of an update, with its sign.
fn size(update: &Update) -> String {
    let change = update.new_x - update.x;
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", number::short(change))
}

/// How a tangent was drawn, for its slope's name.
pub(super) struct Tangent {
    /// Its upper end.
    end: Point,
    /// Whether it is rather flat than steep on the screen.
    flat: bool,
    rises: bool,
}

/// Draws the update, if there is one at hand, and gives its tangent.
pub(super) fn draw<DB: DrawingBackend>(drawing: &Drawing<'_, DB>) -> Option<Tangent> {
    let update = drawing.chart.update?;
    let tangent = drawing.tangent(&update);
    drawing.update(&update);
    tangent
}

impl<DB: DrawingBackend> Drawing<'_, DB> {
    /// The tangent, of one length on the screen however steep it is.
    fn tangent(&self, update: &Update) -> Option<Tangent> {
        let layout = self.layout;
        let at = layout.place(update.x, update.y)?;
        if !layout.plot.holds(at, 0.5) || !update.slope.is_finite() {
            return None;
        }
        let (across, up) = (layout.across.range, layout.up.range);
        let to_right = layout.plot.width() / (across.high - across.low);
        let to_top = layout.plot.height() / (up.high - up.low);
        let (dx, dy) = (to_right, -update.slope * to_top);
        let half = 76.0 * self.unit / libm::sqrt(dx * dx + dy * dy);
        let line = [-half, half].map(|part| (at.0 + part * dx, at.1 + part * dy));
        let line = layout.plot.cut(&line).into_iter().next()?;
        let colour = self.chart.look.backward;
        self.pen.line(&line, colour.with(1.0), 1.6 * self.unit);

        let highest = line.iter().min_by(|one, other| one.1.total_cmp(&other.1));
        Some(Tangent {
            end: *highest.unwrap_or(&at),
            flat: dy.abs() < dx,
            rises: update.slope > 0.0,
        })
    }

    /// The slope's name at the upper end of the tangent: above it where the
    /// tangent is flat, else on the side to which it leans.
    pub(super) fn slope(&self, tangent: &Tangent) {
        let &Tangent { end, flat, rises } = tangent;
        let (aside, down) = if flat { (0.0, -9.0) } else { (5.0, 6.0) };
        let (anchor, outwards) = match rises != flat {
            true => (HPos::Left, aside),
            false => (HPos::Right, -aside),
        };
        let at = (end.0 + outwards * self.unit, end.1 + down * self.unit);
        let (words, look) = (&self.chart.words, self.chart.look);
        let label = self.text(words.slope, at, anchor, look.backward);
        self.set(&label, aside, NEARBY)
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
            self.places.take_point(from, 3.0 * unit);
            self.pen
                .dotted(from, (from.0, plot.bottom), look.rule_strong);
        }
        let y = plot.bottom - unit;
        self.arrow((from.0, y), (to.0, y), look.param, 2.2 * unit)
    }

    /// The size of the update, at the middle of what is seen of it on the axis.
    pub(super) fn size(&self) {
        let (layout, plot) = (self.layout, self.layout.plot);
        let Some(update) = &self.chart.update else {
            return;
        };
        let (Some(from), Some(to)) = (
            layout.place(update.x, update.y),
            layout.place(update.new_x, update.new_y),
        ) else {
            return;
        };
        let seen = |point: Point| point.0.clamp(plot.left, plot.right);
        let middle = (seen(from) + seen(to)) / 2.0;
        let at = (middle, plot.bottom - 12.0 * self.unit);
        let text = size(update);
        let label = self.bold(&text, at, HPos::Center, self.chart.look.param);
        self.set(&label, 10.0, ANYWHERE)
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
