//! A plotters back end for a canvas that is sharp at every pixel ratio.
//!
//! The stock one takes whole canvas pixels, so curves become stairs, lines lie
//! across two pixels, and it measures text by putting a styled element into the
//! page, which the page's content policy forbids. This one has four units to a
//! device pixel each way, puts straight lines and rectangles on whole device
//! pixels, and measures text on the canvas itself. Text is set upright.

use std::{error::Error, f64::consts::TAU, fmt};

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::number;

type Drawn = Result<(), DrawingErrorKind<NoContext>>;

/// A canvas whose width and height are set in device pixels.
pub struct SharpCanvas {
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
        let unit = 1.0 / f64::from(Self::SUBDIVISION);
        context
            .set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0)
            .map_err(|_| NoContext)?;
        context.set_line_join("round");
        Ok(Self { canvas, context })
    }

    /// A path through points, from start to end or closed.
    fn trace(&self, points: impl IntoIterator<Item = BackendCoord>, closes: bool) {
        self.context.begin_path();
        for (x, y) in points {
            // The first point of a path is where it starts.
            self.context.line_to(x.into(), y.into());
        }
        if closes {
            self.context.close_path();
        }
    }

    fn stroke(&self, style: &impl BackendStyle) {
        self.context.set_stroke_style_str(&css(style.color()));
        self.context.set_line_width(style.stroke_width().into());
        self.context.stroke();
    }

    fn fill(&self, color: BackendColor) {
        self.context.set_fill_style_str(&css(color));
        self.context.fill();
    }

    /// A filled rectangle.
    fn plane(&self, (left, right): (i32, i32), (top, bottom): (i32, i32), color: BackendColor) {
        self.context.set_fill_style_str(&css(color));
        let (width, height) = (right - left, bottom - top);
        self.context
            .fill_rect(left.into(), top.into(), width.into(), height.into());
    }

    fn set_font<S: BackendTextStyle>(&self, style: &S) {
        let (kind, size, family) = (style.style(), number::literal(style.size()), style.family());
        self.context
            .set_font(&format!("{} {size}px {}", kind.as_str(), family.as_str()));
    }
}

/// What a canvas throws is that it has lost its context.
fn lost(_: JsValue) -> DrawingErrorKind<NoContext> {
    DrawingErrorKind::DrawingError(NoContext)
}

/// A colour as the canvas reads it: `#0b7a66ff`.
fn css(BackendColor { rgb, alpha }: BackendColor) -> String {
    let alpha = (alpha * 255.0).round() as u8;
    let color = u32::from_be_bytes([rgb.0, rgb.1, rgb.2, alpha]);
    format!("#{color:08x}")
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
    type ErrorType = NoContext;

    fn get_size(&self) -> (u32, u32) {
        (
            self.canvas.width() * Self::SUBDIVISION,
            self.canvas.height() * Self::SUBDIVISION,
        )
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.plane((x, x + 1), (y, y + 1), color);
        Ok(())
    }

    /// A straight line becomes a rectangle of whole device pixels.
    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        if is_straight(from, to) {
            let width = style.stroke_width();
            let across = whole_pixels(from.0.min(to.0), from.0.max(to.0), width);
            let up = whole_pixels(from.1.min(to.1), from.1.max(to.1), width);
            self.plane(across, up, style.color());
        } else {
            self.trace([from, to], false);
            self.stroke(style);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((left, top), (right, bottom)) = (upper_left, bottom_right);
        if fill {
            let across = whole_pixels(left, right, 0);
            self.plane(across, whole_pixels(top, bottom, 0), style.color());
        } else {
            self.trace(
                [(left, top), (right, top), (right, bottom), (left, bottom)],
                true,
            );
            self.stroke(style);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let path: Vec<_> = path.into_iter().collect();
        if let [from, to] = path[..] {
            return self.draw_line(from, to, style);
        }
        self.trace(path, false);
        self.stroke(style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.context.begin_path();
        let (x, y, radius) = (x.into(), y.into(), radius.into());
        self.context.arc(x, y, radius, 0.0, TAU).map_err(lost)?;
        if fill {
            self.fill(style.color());
        } else {
            self.stroke(style);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Drawn {
        self.trace(vertices, true);
        self.fill(style.color());
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let anchor = style.anchor();
        self.context.set_text_baseline(match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        self.context.set_text_align(match anchor.h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        self.set_font(style);
        self.context.set_fill_style_str(&css(style.color()));
        let (x, y) = (x.into(), y.into());
        self.context.fill_text(text, x, y).map_err(lost)
    }

    /// Measured on the canvas, as it is drawn.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<NoContext>> {
        self.set_font(style);
        let width = self.context.measure_text(text).map_or(0.0, |of| of.width());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
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
