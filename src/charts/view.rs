//! Which part of a function of one parameter is shown.
//!
//! The view follows the iterates of a run, but does not jump after them. It is
//! a pure function of where the run has been: the same run at the same step is
//! seen in the same view, however it got there.

use super::axis::{self, Range, Scale};

/// Steps between the ticks of the parameter's axis, at most.
const TICKS_ACROSS: usize = 8;
/// Steps between the ticks of the value's axis, at most.
const TICKS_UP: usize = 4;

/// The part of the parameter's axis that shows a run, step by step, in memory
/// that grows with the changes of the view alone.
///
/// The range begins around 0 and the first place, and grows by whole ticks:
/// - by little, when an iterate falls outside by at most the range's width;
/// - by as much as is needed, when one falls further outside but the steps have
///   become shorter, so the run is about to settle there.
///
/// A run that leaps out by ever longer steps is not followed; its points are
/// shown at the rim.
#[derive(Clone, Debug)]
pub struct Windows {
    /// From which step on which part is shown.
    changes: Vec<(u64, Range)>,
    /// The last two places, the latest behind.
    last: [f64; 2],
}

impl Windows {
    /// The windows of a run that stands at its first step.
    pub fn new(step: u64, place: f64) -> Self {
        let (low, high) = home(place);
        let start = axis::range(low, high, Scale::Linear, TICKS_ACROSS);
        Self {
            changes: vec![(step, start)],
            last: [f64::NAN, place],
        }
    }

    /// Takes note of where the run is at the next step.
    pub fn push(&mut self, step: u64, place: f64) {
        // There is one from the start; what is in force at the latest step is the last.
        if let Some(&(_, now)) = self.changes.last() {
            let next = follow(now, place, self.last);
            if next != now {
                self.changes.push((step, next));
            }
        }
        self.last = [self.last[1], place];
    }

    /// What is shown at a step that has been.
    pub fn at(&self, step: u64) -> Range {
        let begun = self.changes.partition_point(|(from, _)| *from <= step);
        // What was before the run's first step is seen as its first step is.
        self.changes[begun.max(1) - 1].1
    }

    /// Forgets what was behind a step; `last` are the places at the step before
    /// it (NaN where there is none) and at the step itself.
    pub fn truncate(&mut self, step: u64, last: [f64; 2]) {
        let kept = self.changes.partition_point(|(from, _)| *from <= step);
        self.changes.truncate(kept.max(1));
        self.last = last;
    }
}

/// One and a half times as far as the first place, on both sides of 0.
fn home(first: f64) -> (f64, f64) {
    let far = if first.is_finite() { first.abs() } else { 0.0 };
    let half = (1.5 * far).clamp(1.5, f64::MAX / 64.0);
    (-half, half)
}

/// The range after a place, reached from the last two.
fn follow(range: Range, place: f64, last: [f64; 2]) -> Range {
    let Range { low, high, .. } = range;
    let outside = (low - place).max(place - high);
    // NaN is not outside either.
    if !place.is_finite() || outside.is_nan() || outside <= 0.0 {
        return range;
    }
    let width = high - low;
    if outside > width && !settles(place, last) {
        return range;
    }
    let air = 0.05 * (width + outside);
    axis::range(
        low.min(place - air),
        high.max(place + air),
        Scale::Linear,
        TICKS_ACROSS,
    )
}

/// Whether the step to this place was shorter than the one before it.
fn settles(place: f64, [first, second]: [f64; 2]) -> bool {
    (place - second).abs() < (second - first).abs()
}

/// The part of the value's axis for a curve sampled over the window, and the
/// iterates in it (parameter, value).
///
/// It shows all but the highest eighth of the curve, so that a steep rise at
/// the edges or a pole does not press the rest flat, and every iterate that
/// lies less than half of that height outside.
pub fn heights(samples: &[(f64, f64)], window: Range, iterates: &[(f64, f64)]) -> Range {
    let mut values: Vec<_> = samples.iter().map(|sample| sample.1).collect();
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let part = |part: f64| values.get((part * (values.len().max(1) - 1) as f64) as usize);
    let (Some(&least), Some(&low), Some(&high)) = (part(0.01), part(0.12), part(0.88)) else {
        return axis::range(0.0, 1.0, Scale::Linear, TICKS_UP);
    };
    // The bottom of a valley is shown, but not the depth of a pole.
    let pole = low - least > 2.0 * (high - low);
    let low = if pole { low } else { least };
    let near = 0.5 * (high - low);
    let seen = iterates.iter().filter(|(x, y)| {
        (window.low..=window.high).contains(x) && (low - near..=high + near).contains(y)
    });
    let (low, high) = seen.fold((low, high), |(low, high), &(_, y)| {
        (low.min(y), high.max(y))
    });
    axis::range(low, high, Scale::Linear, TICKS_UP)
}

/// The branches of a sampled curve: parts without a gap and without a pole.
///
/// A sample that is not finite ends a branch. So does a jump against the
/// course of the curve on both its sides: 1/x falls before 0 and behind it,
/// but from its last sample before 0 to the first behind it rises.
pub(crate) fn branches(samples: &[(f64, f64)]) -> Vec<&[(f64, f64)]> {
    let finite = |sample: &(f64, f64)| sample.1.is_finite();
    samples
        .split(|sample| !finite(sample))
        .flat_map(|part| {
            let mut rest = part;
            let mut branches = Vec::new();
            let mut at = 2;
            while at + 1 < rest.len() {
                if is_pole([rest[at - 2].1, rest[at - 1].1, rest[at].1, rest[at + 1].1]) {
                    let (branch, behind) = rest.split_at(at);
                    branches.push(branch);
                    rest = behind;
                    at = 1;
                }
                at += 1;
            }
            branches.push(rest);
            branches
        })
        .filter(|branch| !branch.is_empty())
        .collect()
}

/// Whether a pole lies between the middle two of four values in a row.
fn is_pole(values: [f64; 4]) -> bool {
    let [before, jump, behind] = [0, 1, 2].map(|index| values[index + 1] - values[index]);
    let against = before * jump < 0.0 && behind * jump < 0.0;
    against && jump.abs() > 2.5 * before.abs().min(behind.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of gradient descent on y = 4x² from 2.
    fn run(rate: f64, steps: usize) -> Vec<f64> {
        let places = std::iter::successors(Some(2.0), |x| Some(x - rate * 8.0 * x));
        places.take(steps + 1).collect()
    }

    /// What is shown of a run that has been at these places.
    fn window(places: &[f64]) -> Range {
        let mut windows = Windows::new(0, places[0]);
        for (step, &place) in (1..).zip(&places[1..]) {
            windows.push(step, place);
        }
        windows.at(places.len() as u64 - 1)
    }

    fn ends(range: Range) -> (f64, f64) {
        (range.low, range.high)
    }

    #[test]
    fn the_view_stays_home_while_the_run_does() {
        for rate in [0.01, 0.1, 0.24, 0.25] {
            let places = run(rate, 100);
            for step in 0..places.len() {
                assert_eq!(ends(window(&places[..=step])), (-3.0, 3.0));
            }
        }
    }

    #[test]
    fn a_run_that_leaps_out_is_left_to_the_rim() {
        assert_eq!(ends(window(&run(1.0, 50))), (-3.0, 3.0));
    }

    #[test]
    fn a_run_that_creeps_out_is_followed_by_whole_ticks() {
        let places = run(0.26, 60);
        let mut before = window(&places[..1]);
        let mut changes = 0;
        for step in 1..places.len() {
            let now = window(&places[..=step]);
            assert!(now.low <= before.low && now.high >= before.high);
            assert!((now.low..=now.high).contains(&places[step]));
            changes += usize::from(now != before);
            before = now;
        }
        assert!(changes < 30, "{changes} changes over a growth of 100 times");
    }

    #[test]
    fn a_run_that_settles_far_away_is_followed() {
        // y = (x − 500)² from 0 with η = 0.1: the first step leaps to 100.
        let places = std::iter::successors(Some(0.0), |x| Some(x - 0.2 * (x - 500.0)));
        let places: Vec<f64> = places.take(40).collect();
        assert_eq!(ends(window(&places[..2])), (-1.5, 1.5));
        let range = window(&places);
        assert!(range.low <= 0.0 && (500.0..=800.0).contains(&range.high));
    }

    #[test]
    fn not_finite_places_change_nothing() {
        assert_eq!(window(&[2.0, f64::NAN, f64::INFINITY]), window(&[2.0]));
        assert_eq!(ends(window(&[f64::NAN])), (-1.5, 1.5));
        let far = window(&[f64::MAX]);
        assert!((far.high - far.low).is_finite());
    }

    #[test]
    fn an_earlier_step_is_seen_as_it_was() {
        let places = run(0.26, 60);
        let mut windows = Windows::new(0, places[0]);
        for (step, &place) in (1..).zip(&places[1..]) {
            windows.push(step, place);
        }
        for step in 0..places.len() {
            assert_eq!(windows.at(step as u64), window(&places[..=step]));
        }
        let last = windows.at(60);
        windows.truncate(30, [places[29], places[30]]);
        assert_eq!(windows.at(60), window(&places[..=30]));
        for (step, &place) in (31..).zip(&places[31..]) {
            windows.push(step, place);
        }
        assert_eq!(windows.at(60), last, "going on again ends the same");
    }

    #[test]
    fn a_run_of_any_length_takes_little_memory() {
        let mut windows = Windows::new(0, 2.0);
        for step in 1..1_000_000 {
            windows.push(step, if step % 2 == 0 { 2.0 } else { -2.0 });
        }
        assert_eq!(windows.changes.len(), 1);
    }

    fn sampled(function: fn(f64) -> f64) -> Vec<(f64, f64)> {
        let places = (0..=600).map(|index| -3.0 + f64::from(index) / 100.0);
        places.map(|x| (x, function(x))).collect()
    }

    const WINDOW: Range = Range {
        low: -3.0,
        high: 3.0,
        step: 1.0,
    };

    #[test]
    fn a_pole_does_not_press_the_curve_flat() {
        let range = heights(&sampled(|x| 1.0 / x), WINDOW, &[]);
        assert_eq!(ends(range), (-2.0, 2.0));
        let range = heights(&sampled(|x| 4.0 * x * x), WINDOW, &[(2.0, 16.0)]);
        assert_eq!(ends(range), (0.0, 30.0));
    }

    #[test]
    fn iterates_nearby_are_in_sight_and_far_ones_are_not() {
        let samples = sampled(|x| 4.0 * x * x);
        let near = heights(&samples, WINDOW, &[(2.9, 33.64)]);
        assert_eq!(ends(near), (0.0, 40.0));
        let far = heights(&samples, WINDOW, &[(-14.0, 784.0)]);
        assert_eq!(ends(far), (0.0, 30.0));
        let none = heights(&[(0.0, f64::NAN)], WINDOW, &[]);
        assert_eq!(ends(none), (0.0, 1.0));
    }

    #[test]
    fn curves_part_at_gaps_and_poles_alone() {
        let parts = |samples: Vec<(f64, f64)>| branches(&samples).len();
        assert_eq!(parts(sampled(|x| 4.0 * x * x)), 1);
        assert_eq!(parts(sampled(f64::abs)), 1);
        assert_eq!(parts(sampled(f64::sqrt)), 1, "undefined below 0");
        assert_eq!(parts(sampled(|x| 1.0 / x)), 2, "infinite at a sample");
        // Poles between samples, in the middle and close to one of them.
        for offset in [0.005, 0.0003, 0.0097] {
            let samples = (0..=600).map(|index| -3.0 + f64::from(index) / 100.0);
            let samples: Vec<_> = samples.map(|x| (x, 1.0 / (x + offset))).collect();
            assert_eq!(branches(&samples).len(), 2, "offset {offset}");
        }
        assert_eq!(parts(Vec::new()), 0);
    }

    #[test]
    fn every_sample_is_in_one_branch() {
        let samples = sampled(|x| libm::tan(3.0 * x));
        let count: usize = branches(&samples).iter().map(|branch| branch.len()).sum();
        assert_eq!(count, samples.len());
        assert_eq!(branches(&samples).len(), 7);
    }
}
