//! The loss curves on a canvas, and what they say under the pointer.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::charts::{CurvePoint, LossChart, LossSeries};
use crate::descent::Curve;

use super::refused;
use super::sheet::{Dress, Sheet, area};
use super::views::LossReading;

/// A run's line.
pub struct Line<'a> {
    /// The run's place among all.
    pub place: usize,
    /// Its values.
    pub curve: &'a Curve,
    /// The one at the step that is marked, where the run stands there.
    pub now: Option<f64>,
    /// How it is drawn.
    pub dress: &'a Dress,
    /// Whether it is the run at hand.
    pub selected: bool,
}

/// Draws the lines.
pub fn draw(sheet: &Sheet, canvas: HtmlCanvasElement, lines: &[Line<'_>]) -> Result<(), JsError> {
    let area = area(canvas)?;
    with_chart(sheet, lines, |chart| {
        chart.draw(&chart.layout(), &area).map_err(refused)
    })
}

/// What the lines say at a place of the canvas, in CSS pixels.
pub fn at(sheet: &Sheet, lines: &[Line<'_>], x: f64, y: f64) -> Option<LossReading> {
    let reading = with_chart(sheet, lines, |chart| chart.at(&chart.layout(), x, y))?;
    Some(LossReading {
        run: lines[reading.series].place,
        step: reading.point.first_step,
        last_step: reading.point.last_step,
        low: reading.point.min,
        high: reading.point.max,
        x: reading.x,
        y: reading.y,
    })
}

/// Hands over the chart of the lines.
pub fn with_chart<T>(
    sheet: &Sheet,
    lines: &[Line<'_>],
    use_chart: impl FnOnce(&LossChart<'_>) -> T,
) -> T {
    let points: Vec<Vec<CurvePoint>> = lines.iter().map(|line| points(line.curve)).collect();
    let pairs = lines.iter().zip(&points);
    let series: Vec<_> = pairs
        .map(|(line, points)| LossSeries {
            points,
            at_focus: line.now,
            colour: line.dress.colour,
            marker: line.dress.marker,
            selected: line.selected,
            label: &line.dress.label,
        })
        .collect();
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

fn points(curve: &Curve) -> Vec<CurvePoint> {
    let buckets = curve.buckets();
    buckets
        .map(|(first_step, last_step, bucket)| CurvePoint {
            first_step,
            last_step,
            min: bucket.min,
            max: bucket.max,
        })
        .collect()
}
