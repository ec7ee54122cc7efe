//! Why a run diverged: what grew, and by which factor each step.

use crate::number;

use super::Run;

/// Factors that differ by less than this share of themselves are one factor:
/// far beyond what rounding does to them, far below what a change would.
const SAME: f64 = 1e-9;

/// How the steps of a run that diverged grew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Growth {
    /// Each step was the same factor times the one before, as gradient descent
    /// goes on a quadratic function, where the factor is 1 − ηc.
    Steady {
        /// The factor.
        factor: f64,
        /// c: the second derivative along the way.
        curvature: f64,
        /// Of one parameter, the place whose distance grew by the factor.
        centre: Option<f64>,
    },
    /// The last step was this factor times the one before.
    Last(f64),
    /// No step was longer than the one before: the last one led to where the
    /// loss has no finite value or no finite gradient.
    Outside,
}

impl Growth {
    /// The factor as it follows from η: `1 − 8η`, not to be broken into lines.
    pub fn formula(curvature: f64) -> String {
        let sign = if curvature < 0.0 { '+' } else { '−' };
        match number::short(curvature.abs()).as_str() {
            "1" => format!("1\u{a0}{sign}\u{a0}η"),
            size => format!("1\u{a0}{sign}\u{a0}{size}η"),
        }
    }
}

impl Run {
    /// How the steps grew up to the value at which the run has stopped; nothing
    /// where it hasn't.
    pub fn growth(&mut self) -> Option<Growth> {
        self.stopped()?;
        let first = self.rate_since();
        let late = self.places(self.step().saturating_sub(4).max(first));
        let factors = factors(&late);
        let Some(&factor) = factors.last() else {
            return Some(Growth::Outside);
        };
        if factor.abs() <= 1.0 {
            return Some(Growth::Outside);
        }
        let same = |other: f64| (other - factor).abs() <= SAME * factor.abs();
        let steady = factors.len() >= 2 && factors.iter().all(|&other| same(other));
        // With memory, options or a schedule the factor says nothing of a curvature.
        if !steady || !self.method().is_plain_descent() {
            return Some(Growth::Last(factor));
        }
        let early = self.places(first);
        let throughout = self::factors(&early)
            .first()
            .is_some_and(|&early| same(early));
        Some(Growth::Steady {
            factor,
            curvature: (1.0 - factor) / self.timeline.at(self.step()),
            centre: match (throughout, &early[..]) {
                (true, [from, to, ..]) if from.len() == 1 => Some(centre(from[0], to[0], factor)),
                _ => None,
            },
        })
    }

    /// The step from which the rate that made the last step has been in force.
    pub fn rate_since(&self) -> u64 {
        self.timeline
            .last_change(self.step())
            .max(self.checkpoints.origin())
    }

    /// The parameters of up to five steps from `from` on, as long as they are
    /// finite.
    fn places(&mut self, from: u64) -> Vec<Vec<f64>> {
        let mut places: Vec<Vec<f64>> = Vec::new();
        self.look(from, 5, |_, tape| places.push(tape.read_params().collect()));
        let finite = |place: &Vec<f64>| place.iter().all(|number| number.is_finite());
        let end = places.iter().position(|place| !finite(place));
        places.truncate(end.unwrap_or(places.len()));
        places
    }
}

/// By which factor each step is the one before it, along that one.
fn factors(places: &[Vec<f64>]) -> Vec<f64> {
    let steps: Vec<Vec<f64>> = places
        .windows(2)
        .map(|pair| {
            pair[1]
                .iter()
                .zip(&pair[0])
                .map(|(to, from)| to - from)
                .collect()
        })
        .collect();
    let pairs = steps.windows(2);
    let factors = pairs.filter_map(|pair| {
        // Scaled, since the squares of what is about to overflow would.
        let size = pair[0]
            .iter()
            .fold(0.0_f64, |size, step| size.max(step.abs()));
        let dot = |other: &[f64]| -> f64 {
            let products = other.iter().zip(&pair[0]);
            products
                .map(|(one, before)| (one / size) * (before / size))
                .sum()
        };
        let factor = dot(&pair[1]) / dot(&pair[0]);
        (size > 0.0 && factor.is_finite()).then_some(factor)
    });
    factors.collect()
}

/// The place from which both ends of a step are so far that the factor leads
/// from one distance to the other.
fn centre(from: f64, to: f64, factor: f64) -> f64 {
    let centre = from + (to - from) / (1.0 - factor);
    // A sum that cancels but for the rounding of what it was made of is 0.
    let noise = SAME * from.abs().max(to.abs());
    if centre.abs() <= noise { 0.0 } else { centre }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::{Method, Timeline};
    use crate::graph;

    /// How a program's run grew by the time it stopped.
    fn growth(program: &str, timeline: &str) -> Option<Growth> {
        let graph = graph::read(program).graph.expect(program);
        let timeline: Timeline = timeline.parse().expect(timeline);
        let mut run = Run::new(&graph, Method::default(), timeline);
        run.advance(100_000);
        run.growth()
    }

    #[test]
    fn only_gradient_descent_has_a_factor_by_curvature() {
        let graph = graph::read("param x = 2\ny = 4x^2").graph.expect("a graph");
        let l2 = Method::default().with_l2(0.5).expect("λ₂");
        for method in [l2, Method::named("momentum").expect("it")] {
            let mut run = Run::new(&graph, method, "1".parse().expect("1"));
            run.advance(100_000);
            let growth = run.growth();
            assert!(matches!(growth, Some(Growth::Last(factor)) if factor.abs() > 1.0));
        }
    }

    fn steady(program: &str, timeline: &str) -> (f64, f64, Option<f64>) {
        match growth(program, timeline) {
            Some(Growth::Steady {
                factor,
                curvature,
                centre,
            }) => (factor, curvature, centre),
            other => panic!("{program} with {timeline}: {other:?}"),
        }
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * other.abs()
    }

    // y = 4x²: x ← x − η·8x = (1 − 8η) x
    #[test]
    fn a_quadratic_grows_by_one_factor() {
        for (rate, factor) in [("0.26", -1.08), ("1", -7.0)] {
            let (found, curvature, centre) = steady("param x = 2\ny = 4x^2", rate);
            assert!(
                near(found, factor) && near(curvature, 8.0),
                "{found} {curvature}"
            );
            assert_eq!(centre, Some(0.0));
        }
    }

    // y = (x − 3)²: x − 3 ← (1 − 2η)(x − 3)
    #[test]
    fn the_distance_from_the_minimum_grows() {
        let (factor, curvature, centre) = steady("param x = 2\ny = (x - 3)^2", "1.5");
        assert!(near(factor, -2.0) && near(curvature, 2.0));
        assert!(near(centre.unwrap(), 3.0));
    }

    #[test]
    fn a_rate_that_was_moved_counts_from_there() {
        let (factor, ..) = steady("param x = 2\ny = 4x^2", "0.1,0.3@5");
        assert!(near(factor, -1.4), "{factor}");
    }

    // L = a² + 5b²: the steeper direction takes over.
    #[test]
    fn of_several_parameters_the_steepest_direction_is_found() {
        let (factor, curvature, centre) = steady("param a = 1\nparam b = 1\nL = a^2 + 5b^2", "0.3");
        assert!(near(factor, -2.0) && near(curvature, 10.0));
        assert_eq!(centre, None);
    }

    #[test]
    fn beyond_quadratics_the_last_factor_is_told() {
        let found = growth("param x = 2\ny = x^4", "0.5");
        assert!(
            matches!(found, Some(Growth::Last(factor)) if factor.abs() > 1e3),
            "{found:?}"
        );
    }

    #[test]
    fn a_step_out_of_the_domain_is_no_growth() {
        assert_eq!(growth("param x = 1\ny = x - log(x)", "0.1"), None);
        assert_eq!(
            growth("param x = 0.5\ny = -log(x) + 9x", "0.3"),
            Some(Growth::Outside)
        );
        assert_eq!(
            growth("param x = 0\ny = sqrt(x)", "0.3"),
            Some(Growth::Outside)
        );
    }

    #[test]
    fn a_run_that_goes_on_has_nothing_to_tell() {
        assert_eq!(growth("param x = 2\ny = 4x^2", "0.1"), None);
    }

    #[test]
    fn the_factor_is_written_as_it_follows_from_the_rate() {
        for (curvature, written) in [(8.0, "1 − 8η"), (1.0, "1 − η"), (-2.5, "1 + 2.5η")] {
            assert_eq!(Growth::formula(curvature).replace('\u{a0}', " "), written);
        }
    }
}
