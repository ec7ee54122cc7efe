//! Drawing in CSS pixels on any plotters back end.

use std::cell::Cell;

use plotters::{
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind},
    element::{Circle, PathElement, Polygon, Rectangle, Text},
    style::{
        Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};
use plotters_backend::{BackendCoord, DrawingBackend};

use super::{
    geometry::{Frame, Point},
    look::{Colour, Look, Marker},
};

/// What drawing a whole chart yields.
pub(crate) type Presented<DB> = Result<(), Failure<DB>>;

type Failure<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Turns places and sizes in CSS pixels into the back end's whole units.
///
/// What fails is kept until all is drawn: passed on at each of a hundred places
/// it would weigh as much as a tenth of the drawing.
pub(crate) struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    /// Units of the back end for each CSS pixel.
    ratio: f64,
    look: &'a Look,
    failure: Cell<Option<Failure<DB>>>,
}

/// A piece of text and how it is set.
pub(crate) struct Label<'a> {
    /// What it says.
    pub text: &'a str,
    /// Where it stands: the middle of its height, and across as `anchor` says.
    pub at: Point,
    /// Which point of its width is there.
    pub anchor: HPos,
    /// Font size in CSS pixels.
    pub size: f64,
    /// Its colour.
    pub colour: Colour,
    /// Upright, bold or, for variables, italic.
    pub style: FontStyle,
    /// Whether a rim of paper keeps it clear of the lines it crosses.
    pub halo: bool,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen for an area with so many units for each CSS pixel.
    pub fn new(area: &'a DrawingArea<DB, Shift>, ratio: f64, look: &'a Look) -> Self {
        Self {
            area,
            ratio,
            look,
            failure: Cell::new(None),
        }
    }

    /// Presents what was drawn, or says why it could not be.
    pub fn present(&self) -> Presented<DB> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.area.present(),
        }
    }

    fn keep(&self, drawn: Presented<DB>) {
        if let Err(failure) = drawn {
            self.failure.set(Some(failure));
        }
    }

    /// Clears all of the area.
    pub fn clear(&self) {
        self.keep(self.area.fill(&self.look.paper.with(1.0)))
    }

    /// A line through points.
    pub fn line(&self, points: &[Point], colour: RGBAColor, width: f64) {
        if points.len() < 2 {
            return;
        }
        let style = ShapeStyle {
            color: colour,
            filled: false,
            stroke_width: self.size(width),
        };
        let path: Vec<_> = points.iter().map(|&point| self.at(point)).collect();
        self.keep(self.area.draw(&PathElement::new(path, style)))
    }

    /// A dotted line along one of the axes. Its dots are short straight lines,
    /// which a back end can put on whole pixels.
    pub fn dotted(&self, from: Point, to: Point, colour: Colour) {
        let unit = self.look.unit();
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.abs().max(dy.abs());
        let count = (length / (5.0 * unit)).ceil().min(2000.0) as usize;
        for index in 0..count {
            let start = index as f64 * 5.0 * unit / length;
            let end = (start + 2.0 * unit / length).min(1.0);
            let piece = [start, end].map(|part| (from.0 + part * dx, from.1 + part * dy));
            self.line(&piece, colour.with(1.0), unit);
        }
    }

    /// An area within points.
    pub fn fill(&self, points: &[Point], colour: RGBAColor) {
        let path: Vec<_> = points.iter().map(|&point| self.at(point)).collect();
        self.keep(self.area.draw(&Polygon::new(path, colour.filled())))
    }

    /// A filled rectangle.
    pub fn plane(&self, frame: &Frame, colour: Colour) {
        let corners = [
            self.at((frame.left, frame.top)),
            self.at((frame.right, frame.bottom)),
        ];
        let plane = Rectangle::new(corners, colour.with(1.0).filled());
        self.keep(self.area.draw(&plane))
    }

    /// The shape of a run's points, about as large as a circle of this radius.
    pub fn marker(&self, marker: Marker, at: Point, radius: f64, colour: Colour) {
        let colour = colour.with(1.0);
        let around = |corners: &[Point]| {
            let corners = corners.iter();
            let points: Vec<_> = corners
                .map(|&(dx, dy)| (at.0 + dx * radius, at.1 + dy * radius))
                .collect();
            self.fill(&points, colour)
        };
        let solid = marker.solid();
        match solid {
            Marker::Circle => {
                let circle = Circle::new(self.at(at), self.size(radius), colour.filled());
                self.keep(self.area.draw(&circle))
            }
            Marker::Square => around(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            Marker::Diamond => around(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            Marker::Wedge => around(&[(0.0, 1.2), (1.2, -0.9), (-1.2, -0.9)]),
            _ => around(&[(0.0, -1.2), (1.2, 0.9), (-1.2, 0.9)]),
        }
        if solid != marker {
            self.marker(solid, at, HOLE * radius, self.look.paper)
        }
    }

    /// The point at hand: larger, with a rim of paper.
    pub fn marker_at_hand(&self, marker: Marker, at: Point, colour: Colour) {
        let unit = self.look.unit();
        self.marker(marker.solid(), at, 5.8 * unit, self.look.paper);
        self.marker(marker, at, 4.3 * unit, colour)
    }

    /// Where a run starts: an open circle.
    pub fn start(&self, at: Point) {
        let unit = self.look.unit();
        self.marker(Marker::Circle, at, 5.2 * unit, self.look.ink);
        self.marker(Marker::Circle, at, 3.4 * unit, self.look.paper)
    }

    /// The head of an arrow that comes from some place and ends at `tip`.
    pub fn arrow_head(&self, from: Point, tip: Point, size: f64, colour: RGBAColor) {
        let (dx, dy) = (tip.0 - from.0, tip.1 - from.1);
        let length = libm::sqrt(dx * dx + dy * dy);
        if length == 0.0 || !length.is_finite() {
            return;
        }
        let (along, across) = (size / length, 0.42 * size / length);
        let base = (tip.0 - along * dx, tip.1 - along * dy);
        let corners = [
            tip,
            (base.0 - across * dy, base.1 + across * dx),
            (base.0 + across * dy, base.1 - across * dx),
        ];
        self.fill(&corners, colour)
    }

    /// A text.
    pub fn label(&self, label: &Label<'_>) {
        let font = self.font(label.size, label.style);
        let set = |(x, y): Point, colour: Colour| {
            let style = TextStyle {
                font: font.clone(),
                color: colour.with(1.0).to_backend_color(),
                pos: Pos::new(label.anchor, VPos::Center),
            };
            let text = Text::new(label.text, self.at((x, y)), style);
            self.keep(self.area.draw(&text))
        };
        if label.halo {
            for (dx, dy) in HALO {
                let unit = self.look.unit();
                set(
                    (label.at.0 + dx * unit, label.at.1 + dy * unit),
                    self.look.paper,
                );
            }
        }
        set(label.at, label.colour)
    }

    /// How wide a text is, as the back end measures it. Only for what follows
    /// in the same line: the layout does not depend on it.
    pub fn measure(&self, text: &str, size: f64, style: FontStyle) -> f64 {
        let style = TextStyle::from(self.font(size, style));
        let measured = self.area.estimate_text_size(text, &style);
        measured.map_or_else(
            |_| text_width(text, size),
            |(width, _)| f64::from(width) / self.ratio,
        )
    }

    fn font(&self, size: f64, style: FontStyle) -> FontDesc<'_> {
        let family = match style {
            FontStyle::Italic => &self.look.math_font,
            _ => &self.look.font,
        };
        FontDesc::new(FontFamily::Name(family), size * self.ratio, style)
    }

    fn at(&self, (x, y): Point) -> BackendCoord {
        let whole = |place: f64| (place * self.ratio).round().clamp(-1e8, 1e8) as i32;
        (whole(x), whole(y))
    }

    fn size(&self, size: f64) -> u32 {
        (size * self.ratio).round().clamp(1.0, 1e6) as u32
    }
}

/// How large a shape's hole is, as a part of it.
const HOLE: f64 = 0.55;

/// Where a text is set in the paper's colour to clear what is behind it.
const HALO: [Point; 8] = [
    (-2.0, 0.0),
    (2.0, 0.0),
    (0.0, -2.0),
    (0.0, 2.0),
    (-1.4, -1.4),
    (1.4, -1.4),
    (-1.4, 1.4),
    (1.4, 1.4),
];

/// About how wide a text is, in CSS pixels. A layout that asked the back end
/// would differ from browser to browser and need one to answer where the
/// pointer is; a generous guess costs a few pixels of margin.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    let of = |letter: char| match letter {
        '.' | ',' | ' ' | ':' | 'i' | 'l' | 'j' | '(' | ')' => 0.32,
        '⁻' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' => 0.44,
        '0'..='9' | 'a'..='z' => 0.62,
        '\u{2e80}'.. => 1.05,
        _ => 0.7,
    };
    text.chars().map(of).sum::<f64>() * size
}
