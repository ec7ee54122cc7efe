//! The loss curve on a canvas, and what it says under the pointer.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::charts::{CurvePoint, LossChart, LossSeries};
use crate::descent::Run;

use super::refused;
use super::sheet::{Sheet, area};
use super::views::LossReading;

/// Draws a run's loss curve.
pub fn draw(sheet: &Sheet, canvas: HtmlCanvasElement, run: &Run) -> Result<(), JsError> {
    let area = area(canvas)?;
    with_chart(sheet, run, |chart| {
        chart.draw(&chart.layout(), &area).map_err(refused)
    })
}

/// What the curve says at a place of the canvas, in CSS pixels.
pub fn at(sheet: &Sheet, run: &Run, x: f64, y: f64) -> Option<LossReading> {
    let reading = with_chart(sheet, run, |chart| chart.at(&chart.layout(), x, y))?;
    Some(LossReading {
        step: reading.point.first_step,
        last_step: reading.point.last_step,
        low: reading.point.min,
        high: reading.point.max,
        x: reading.x,
        y: reading.y,
    })
}

fn with_chart<T>(sheet: &Sheet, run: &Run, use_chart: impl FnOnce(&LossChart<'_>) -> T) -> T {
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
        at_focus: (sheet.focus == run.step()).then(|| run.tape().loss()),
        colour: sheet.colour,
        marker: sheet.marker,
        selected: true,
        label: &sheet.label,
    }];
    use_chart(&LossChart {
        width: sheet.width,
        height: sheet.height,
        pixel_ratio: sheet.ratio,
        series: &series,
        focus: Some(sheet.focus),
        scale: sheet.scale,
        step_word: &sheet.step_word,
        look: &sheet.look,
    })
}
