//! What guessing the next point asks of the function curve as it was drawn last.

use wasm_bindgen::prelude::*;

use crate::web::stepper::Stepper;

/// Sections by the golden ratio: from one pixel down to about the root of a
/// float64's precision, below which a minimum is not told from what is around it.
const NARROWINGS: usize = 50;

#[wasm_bindgen]
impl Stepper {
    /// Has the function curve drawn without the end of the update at hand, which is
    /// to be guessed, the next time.
    #[wasm_bindgen(js_name = veilUpdate)]
    pub fn veil_update(&mut self) {
        if let Some(function) = &mut self.function {
            function.is_veiled = true;
        }
    }

    /// Whether the run at hand has never been further: then its next step is not known.
    #[wasm_bindgen(js_name = isFurthest)]
    pub fn is_furthest(&self) -> bool {
        self.run.step() == self.run.head()
    }

    /// Where the function stands on the canvas: left, top, right and bottom in
    /// CSS pixels, and the parameter at left and right. Empty where none was
    /// drawn.
    #[wasm_bindgen(js_name = curvePlot)]
    pub fn curve_plot(&self) -> Vec<f64> {
        let drawn = self.function.as_ref().and_then(|view| view.drawn.as_ref());
        let Some(drawn) = drawn else {
            return Vec::new();
        };
        let layout = drawn.with_chart(|chart| chart.layout());
        let (plot, range) = (layout.plot, layout.across.range);
        vec![
            plot.left,
            plot.top,
            plot.right,
            plot.bottom,
            range.low,
            range.high,
        ]
    }

    /// The function at some value of the parameter: its place on the canvas in
    /// CSS pixels, on the rim where it lies beyond, and the loss. The place is
    /// NaN where there is none.
    #[wasm_bindgen(js_name = curvePoint)]
    pub fn curve_point(&mut self, x: f64) -> Vec<f64> {
        let loss = self.run.loss_with(&[x]);
        let drawn = self.function.as_ref().and_then(|view| view.drawn.as_ref());
        let place = drawn.and_then(|drawn| drawn.with_chart(|chart| chart.layout().point(x, loss)));
        let (right, down) = place.unwrap_or((f64::NAN, f64::NAN));
        vec![right, down, loss]
    }

    /// Where the function is lowest of all that is seen of it; nothing where
    /// that is at the rim, beyond which it may be lower still.
    #[wasm_bindgen(js_name = curveMinimum)]
    pub fn curve_minimum(&mut self) -> Option<f64> {
        let points = &self.function.as_ref()?.drawn.as_ref()?.points;
        let finite = points
            .iter()
            .enumerate()
            .filter(|(_, point)| point.1.is_finite());
        let (at, _) = finite.min_by(|(_, one), (_, other)| one.1.total_cmp(&other.1))?;
        let (before, after) = (points.get(at.checked_sub(1)?)?, points.get(at + 1)?);
        let (low, high) = (before.0, after.0);
        Some(narrowed(low, high, |x| self.run.loss_with(&[x])))
    }
}

/// The place of the least value between two, by golden sections.
fn narrowed(mut low: f64, mut high: f64, mut value: impl FnMut(f64) -> f64) -> f64 {
    let golden = (libm::sqrt(5.0) - 1.0) / 2.0;
    for _ in 0..NARROWINGS {
        let part = golden * (high - low);
        let (left, right) = (high - part, low + part);
        if value(left) <= value(right) {
            high = right;
        } else {
            low = left;
        }
    }
    (low + high) / 2.0
}
