//! What the one number does that is trained, where there is just one.

use super::SAME;

/// Places that differ by less than this share are one place.
const APART: f64 = 1e-4;

/// What is known of the one number that is trained, where there is just one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sole {
    factor: Option<f64>,
    /// Some step was another factor times the one before.
    varies: bool,
    /// The last two places.
    last: [f64; 2],
    /// For so many steps it has been where it was two steps before.
    returned: u64,
}

/// A factor that is 1 or −1 but for rounding is that.
fn rounded(factor: f64) -> f64 {
    if (factor.abs() - 1.0).abs() <= SAME {
        1.0_f64.copysign(factor)
    } else {
        factor
    }
}

impl Sole {
    /// Before the first step.
    pub fn begin(&mut self, place: f64) {
        self.last = [f64::NAN, place];
    }

    /// Takes note of a step that led to a place, and of the one before if there is one.
    pub fn take(&mut self, place: f64, step: f64, before: f64, has_before: bool) {
        let noise = 8.0 * f64::EPSILON * place.abs().max(self.last[1].abs());
        if has_before && self.factor.is_none() && before.abs() > noise / SAME {
            self.factor = Some(step / before + 0.0);
        }
        if let Some(factor) = self.factor.filter(|_| has_before) {
            let off = (step - factor * before).abs();
            self.varies |= off.is_nan() || off > SAME * before.abs() + noise;
        }
        let size = place.abs().max(self.last[1].abs());
        let returns = (place - self.last[0]).abs() <= SAME * size && place != self.last[1];
        self.returned = if returns { self.returned + 1 } else { 0 };
        self.last = [self.last[1], place];
    }

    /// By which factor each step is the one before, if that is the same for all.
    pub fn factor(&self) -> Option<f64> {
        self.factor.filter(|_| !self.varies).map(rounded)
    }

    /// The two places between which it has jumped for so many steps.
    pub fn between(&self, steps: u64) -> Option<(f64, f64)> {
        let [one, other] = self.last;
        let apart = (one - other).abs() > APART * one.abs().max(other.abs());
        (self.returned >= steps && apart).then_some((one.max(other), one.min(other)))
    }
}
