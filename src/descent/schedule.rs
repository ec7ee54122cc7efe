//! How the learning rate goes with the steps.

use std::f64::consts::PI;

use super::MAX_STEP;

/// A factor of η for each step k, which counts from 0: PyTorch's closed forms.
///
/// It is the run's step that counts, not the step at which η was set last.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Schedule {
    /// 1.
    #[default]
    Constant,
    /// factor^⌊k/every⌋: `StepLR`.
    Step {
        /// From 1 to [`MAX_STEP`].
        every: u64,
        /// Finite and above 0.
        factor: f64,
    },
    /// factorᵏ: `ExponentialLR`.
    Exponential {
        /// Finite and above 0.
        factor: f64,
    },
    /// (1 + cos(πk/steps))/2: `CosineAnnealingLR`, which is 0 at step `steps` and
    /// goes up again behind it.
    Cosine {
        /// From 1 to [`MAX_STEP`].
        steps: u64,
    },
    /// (k + 1)/steps, up to 1: `LinearLR` from 1/steps on in steps − 1 updates.
    WarmUp {
        /// From 1 to [`MAX_STEP`].
        steps: u64,
    },
}

/// The factor of [`Schedule::Step`] where none is said: PyTorch's.
pub const USUAL_STEP_FACTOR: f64 = 0.1;

impl Schedule {
    /// The factor of η in the update that leads from a step to the next.
    pub fn factor(self, step: u64) -> f64 {
        match self {
            Self::Constant => 1.0,
            Self::Step { every, factor } => libm::pow(factor, (step / every) as f64),
            Self::Exponential { factor } => libm::pow(factor, step as f64),
            Self::Cosine { steps } => {
                let phase = (step % (2 * steps)) as f64 / steps as f64;
                (1.0 + libm::cos(PI * phase)) / 2.0
            }
            Self::WarmUp { steps } => ((step + 1) as f64 / steps as f64).min(1.0),
        }
    }

    /// Whether its numbers are within their bounds.
    pub fn is_valid(self) -> bool {
        let counts = |steps| (1..=MAX_STEP).contains(&steps);
        let scales = |factor: f64| factor.is_finite() && factor > 0.0;
        match self {
            Self::Constant => true,
            Self::Step { every, factor } => counts(every) && scales(factor),
            Self::Exponential { factor } => scales(factor),
            Self::Cosine { steps } | Self::WarmUp { steps } => counts(steps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(schedule: Schedule, steps: &[u64]) -> Vec<f64> {
        steps.iter().map(|&step| schedule.factor(step)).collect()
    }

    #[test]
    fn a_schedule_begins_and_goes_on_as_its_form_says() {
        let step = Schedule::Step {
            every: 3,
            factor: 0.5,
        };
        assert_eq!(factors(step, &[0, 2, 3, 6]), [1.0, 1.0, 0.5, 0.25]);
        let exponential = Schedule::Exponential { factor: 0.5 };
        assert_eq!(factors(exponential, &[0, 1, 3]), [1.0, 0.5, 0.125]);
        let cosine = Schedule::Cosine { steps: 4 };
        let seen = factors(cosine, &[0, 2, 4, 8]);
        assert_eq!((seen[0], seen[2], seen[3]), (1.0, 0.0, 1.0));
        assert!((seen[1] - 0.5).abs() < 1e-15);
        let warm_up = Schedule::WarmUp { steps: 4 };
        assert_eq!(
            factors(warm_up, &[0, 1, 3, 4, 99]),
            [0.25, 0.5, 1.0, 1.0, 1.0]
        );
    }

    #[test]
    fn the_farthest_step_has_a_factor() {
        for schedule in [
            Schedule::Step {
                every: 1,
                factor: 0.9,
            },
            Schedule::Exponential { factor: 0.9 },
            Schedule::Cosine { steps: MAX_STEP },
            Schedule::WarmUp { steps: MAX_STEP },
        ] {
            let factor = schedule.factor(MAX_STEP);
            assert!((0.0..=1.0).contains(&factor), "{schedule:?}: {factor}");
        }
    }
}
