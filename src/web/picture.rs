//! The loss curve on a canvas, and what it says under the pointer.

use plotters::drawing::IntoDrawingArea;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::charts::{self, Colour, CurvePoint, Look, LossChart, LossSeries, Marker};
use crate::descent::Run;

use super::canvas::SharpCanvas;
use super::input::{ChartLook, MarkerShape, Scale};
use super::refused;
use super::views::CurveReading;

/// A loss curve that was drawn: everything but the run's own numbers.
pub struct LossPicture {
    width: f64,
    height: f64,
    ratio: f64,
    scale: charts::Scale,
    focus: u64,
    step_word: String,
    label: String,
    colour: Colour,
    marker: Marker,
    look: Look,
}

impl LossPicture {
    /// The picture that fits a canvas.
    pub fn of(canvas: &HtmlCanvasElement, asked: ChartLook) -> Self {
        let ratio = if asked.ratio > 0.0 { asked.ratio } else { 1.0 };
        Self {
            width: f64::from(canvas.width()) / ratio,
            height: f64::from(canvas.height()) / ratio,
            ratio,
            scale: match asked.scale {
                Scale::Linear => charts::Scale::Linear,
                Scale::Log => charts::Scale::Log,
            },
            focus: asked.focus,
            step_word: asked.step_word,
            label: asked.label,
            colour: asked.series,
            marker: match asked.marker {
                MarkerShape::Circle => Marker::Circle,
                MarkerShape::Square => Marker::Square,
                MarkerShape::Diamond => Marker::Diamond,
                MarkerShape::Triangle => Marker::Triangle,
            },
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

    /// Draws a run.
    pub fn draw(&self, canvas: HtmlCanvasElement, run: &Run) -> Result<(), JsError> {
        let area = SharpCanvas::new(canvas)
            .map_err(refused)?
            .into_drawing_area();
        self.with_chart(run, |chart| {
            chart.draw(&chart.layout(), &area).map_err(refused)
        })
    }

    /// What the curve says at a place of the canvas, in CSS pixels.
    pub fn at(&self, run: &Run, x: f64, y: f64) -> Option<CurveReading> {
        let reading = self.with_chart(run, |chart| chart.at(&chart.layout(), x, y))?;
        Some(CurveReading {
            step: reading.point.first_step,
            last_step: reading.point.last_step,
            low: reading.point.min,
            high: reading.point.max,
            x: reading.x,
            y: reading.y,
        })
    }

    fn with_chart<T>(&self, run: &Run, use_chart: impl FnOnce(&LossChart<'_>) -> T) -> T {
        let buckets = run.curve().buckets();
        let points: Vec<CurvePoint> = buckets
            .map(|(first_step, last_step, bucket)| CurvePoint {
                first_step,
                last_step,
                min: bucket.min,
                max: bucket.max,
            })
            .collect();
        let series = [LossSeries {
            points: &points,
            at_focus: (self.focus == run.step()).then(|| run.tape().loss()),
            colour: self.colour,
            marker: self.marker,
            selected: true,
            label: &self.label,
        }];
        use_chart(&LossChart {
            width: self.width,
            height: self.height,
            pixel_ratio: self.ratio * f64::from(SharpCanvas::SUBDIVISION),
            series: &series,
            focus: Some(self.focus),
            scale: self.scale,
            step_word: &self.step_word,
            look: &self.look,
        })
    }
}
