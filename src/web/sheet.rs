//! What all pictures of a run have in common: the canvas and the look.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};

use crate::charts::{self, Colour, Look, Marker};

use super::canvas::SharpCanvas;
use super::input::{ChartLook, Scale};
use super::refused;

/// A canvas' size and everything the page has to say about the picture on it.
pub struct Sheet {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Units of the back end for each CSS pixel.
    pub ratio: f64,
    /// How the loss axis runs.
    pub scale: charts::Scale,
    /// Whether the distance from the minimum is shown in place of the loss.
    pub is_distance: bool,
    /// The step that is marked.
    pub focus: u64,
    /// The word at the steps axis.
    pub step_word: String,
    /// The word at the first iterate.
    pub start_word: String,
    /// The word before the slope of the tangent.
    pub slope_word: String,
    /// How the run at hand is drawn.
    pub dress: Dress,
    /// Colours, fonts and sizes.
    pub look: Look,
}

/// How a run is drawn: the signs by which it is known in all pictures.
#[derive(Clone, Debug)]
pub struct Dress {
    /// Its colour.
    pub colour: Colour,
    /// The shape of its points.
    pub marker: Marker,
    /// Its name; may be empty.
    pub label: String,
}

impl Dress {
    /// With one of the eight shapes; the first where there is none of this number.
    pub fn new(colour: Colour, marker: u32, label: String) -> Self {
        let marker = Marker::ALL.get(marker as usize);
        Self {
            colour,
            marker: marker.copied().unwrap_or(Marker::Circle),
            label,
        }
    }
}

impl Sheet {
    /// The sheet that fits a canvas.
    pub fn of(canvas: &HtmlCanvasElement, asked: ChartLook) -> Self {
        let ratio = if asked.ratio > 0.0 { asked.ratio } else { 1.0 };
        Self {
            width: f64::from(canvas.width()) / ratio,
            height: f64::from(canvas.height()) / ratio,
            ratio: ratio * f64::from(SharpCanvas::SUBDIVISION),
            scale: match asked.scale {
                Scale::Linear => charts::Scale::Linear,
                Scale::Log | Scale::Distance => charts::Scale::Log,
            },
            is_distance: asked.scale == Scale::Distance,
            focus: asked.focus,
            step_word: asked.step_word,
            start_word: asked.start_word,
            slope_word: asked.slope_word,
            dress: Dress::new(asked.series, asked.marker, asked.label),
            look: Look {
                paper: asked.paper,
                wash: asked.wash,
                ink: asked.ink,
                ink_2: asked.ink2,
                ink_3: asked.ink3,
                rule: asked.rule,
                rule_strong: asked.rule_strong,
                backward: asked.backward,
                param: asked.param,
                font: asked.font,
                math_font: asked.math_font,
                text_size: asked.text_size,
            },
        }
    }
}

/// Where plotters draws on a canvas.
pub fn area(canvas: HtmlCanvasElement) -> Result<DrawingArea<SharpCanvas, Shift>, JsError> {
    let canvas = SharpCanvas::new(canvas).map_err(refused)?;
    Ok(canvas.into_drawing_area())
}
