//! A plotters back end for a canvas that is sharp at every pixel ratio.
//!
//! The stock back end takes whole canvas pixels, so curves become stairs, lines
//! lie across two pixels, and it measures text by putting a styled element into
//! the page, which the page's content policy forbids. This one has four units
//! to a device pixel each way, puts straight lines and rectangles on whole
//! device pixels, and measures text on the canvas itself.

use std::{error::Error, fmt};

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// What can go wrong while drawing.
type Fault = DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>;

/// A canvas whose width and height are set in device pixels.
pub struct SharpCanvas {
    inner: CanvasBackend,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl SharpCanvas {
    /// Units for each device pixel. A chart's own ratio is the device's pixel
    /// ratio times this.
    pub const SUBDIVISION: u32 = 4;

    /// Takes over the canvas' transform and line joins.
    ///
    /// # Errors
    /// [`NoContext`] where the canvas has no 2d context to give.
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, NoContext> {
        let context = canvas.get_context("2d").ok().flatten().ok_or(NoContext)?;
        let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| NoContext)?;
        let inner = CanvasBackend::with_canvas_object(canvas.clone()).ok_or(NoContext)?;
        let unit = 1.0 / f64::from(Self::SUBDIVISION);
        context
            .set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0)
            .map_err(|_| NoContext)?;
        context.set_line_join("round");
        Ok(Self {
            inner,
            canvas,
            context,
        })
    }

    /// A straight line as a rectangle of whole device pixels.
    fn draw_straight<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Fault> {
        let width = style.stroke_width();
        let (left, right) = whole_pixels(from.0.min(to.0), from.0.max(to.0), width);
        let (top, bottom) = whole_pixels(from.1.min(to.1), from.1.max(to.1), width);
        self.inner
            .draw_rect((left, top), (right, bottom), style, true)
    }
}

/// The nearest whole device pixels, in units: along the line from end to end,
/// across it, where both ends are one, as many as its width.
fn whole_pixels(from: i32, to: i32, width: u32) -> (i32, i32) {
    const UNITS: f64 = SharpCanvas::SUBDIVISION as f64;
    let units = |pixels: f64| (pixels * UNITS) as i32;
    if from == to {
        let width = (f64::from(width) / UNITS).round().max(1.0);
        let start = (f64::from(from) / UNITS - width / 2.0).round();
        return (units(start), units(start + width));
    }
    let start = (f64::from(from) / UNITS).round();
    let end = (f64::from(to) / UNITS).round().max(start + 1.0);
    (units(start), units(end))
}

fn is_straight(from: BackendCoord, to: BackendCoord) -> bool {
    (from.0 == to.0) != (from.1 == to.1)
}

impl DrawingBackend for SharpCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        (
            self.canvas.width() * Self::SUBDIVISION,
            self.canvas.height() * Self::SUBDIVISION,
        )
    }

    fn ensure_prepared(&mut self) -> Result<(), Fault> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Fault> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), Fault> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Fault> {
        if is_straight(from, to) {
            return self.draw_straight(from, to, style);
        }
        self.inner.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Fault> {
        if !fill {
            return self.inner.draw_rect(upper_left, bottom_right, style, fill);
        }
        let (left, right) = whole_pixels(upper_left.0, bottom_right.0, 0);
        let (top, bottom) = whole_pixels(upper_left.1, bottom_right.1, 0);
        self.inner
            .draw_rect((left, top), (right, bottom), style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Fault> {
        let path: Vec<_> = path.into_iter().collect();
        match path[..] {
            [from, to] => self.draw_line(from, to, style),
            _ => self.inner.draw_path(path, style),
        }
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), Fault> {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Result<(), Fault> {
        self.inner.fill_polygon(vertices, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), Fault> {
        self.inner.draw_text(text, style, at)
    }

    /// Measured on the canvas, where the stock back end would put a styled
    /// element into the page.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), Fault> {
        let (kind, size, family) = (style.style(), style.size(), style.family());
        self.context
            .set_font(&format!("{} {size}px {}", kind.as_str(), family.as_str()));
        let width = self.context.measure_text(text).map_or(0.0, |of| of.width());
        Ok((width.ceil() as u32, size.ceil() as u32))
    }
}

/// The canvas has no 2d context: another kind is in use, or the browser is out
/// of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoContext;

impl fmt::Display for NoContext {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the canvas has no 2d context")
    }
}

impl Error for NoContext {}
