//! How far a run is from the minimum, step by step.

use crate::tape::Tape;

use super::updater::norm;
use super::{Curve, Kept, Run};

/// What one evaluation costs beyond its multiply-adds.
pub const OVERHEAD: u64 = 20;

/// The distance of a run's parameters from a place, in buckets as the loss is. It is
/// measured by replay once it is asked for, and whenever there is more to measure.
pub struct Distance {
    from: Box<[f64]>,
    /// The step that comes next.
    next: u64,
    curve: Curve,
    /// The last step that was replayed, if what was measured since has not been
    /// forgotten: each step is made once.
    replayed: Option<Kept>,
}

impl Distance {
    /// Measures on, by so many multiply-adds at most though always some. Whether there
    /// is more to measure.
    pub fn measure(kept: &mut Option<Self>, run: &mut Run, from: &[f64], budget: u64) -> bool {
        if kept.as_ref().is_some_and(|kept| *kept.from != *from) {
            *kept = None;
        }
        let kept = kept.get_or_insert_with(|| Self {
            from: from.into(),
            next: run.origin(),
            curve: Curve::new(run.origin()),
            replayed: None,
        });
        let count = (budget / (run.tape().operations() + OVERHEAD)).max(16);
        kept.push(run, count);
        kept.next <= run.head()
    }

    /// The distance at a step.
    pub fn of(&self, tape: &Tape) -> f64 {
        distance(&self.from, tape)
    }

    /// The distance by step.
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// Forgets what lies ahead of a run.
    pub fn truncate(&mut self, run: &Run) {
        let step = run.head();
        if self.next <= step + 1 {
            return;
        }
        self.next = step + 1;
        self.replayed = None;
        if let Some(first) = self.curve.truncate(step) {
            self.next = first;
        }
    }

    /// Replays `count` steps, with those before the next one to be measured.
    fn push(&mut self, run: &mut Run, count: u64) {
        let (from, curve, next) = (&self.from, &mut self.curve, &mut self.next);
        if *next > run.head() {
            return;
        }
        let replayed = self.replayed.get_or_insert_with(|| run.kept_before(*next));
        run.look_from(replayed, count, |step, tape| {
            if step >= *next {
                curve.push(distance(from, tape));
                *next = step + 1;
            }
        });
    }
}

/// The Euclidean distance.
fn distance(from: &[f64], tape: &Tape) -> f64 {
    let pairs = from.iter().zip(tape.read_params());
    norm(pairs.map(|(from, to)| to - from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::checkpoints::Checkpoints;
    use crate::descent::{Method, Timeline};
    use crate::graph::read;

    fn run(text: &str, rate: f64) -> Run {
        let graph = read(text).graph.unwrap();
        Run::new(&graph, Method::default(), Timeline::new(rate).unwrap())
    }

    fn measured(run: &mut Run, from: &[f64]) -> Distance {
        let mut kept = None;
        while Distance::measure(&mut kept, run, from, 1) {}
        kept.unwrap()
    }

    #[test]
    fn each_step_of_a_quarter_rate_stays_as_far_away() {
        let mut run = run("param x = 2\ny = 4x^2", 0.25);
        run.advance(100);
        let distance = measured(&mut run, &[0.0]);
        assert!(
            distance
                .curve()
                .buckets()
                .all(|(_, _, of)| (of.min, of.max) == (2.0, 2.0))
        );
        assert_eq!(distance.curve().steps(), 101);
    }

    #[test]
    fn what_lay_ahead_is_measured_anew() {
        let mut run = run("param x = 2\ny = 4x^2", 0.25);
        run.advance(5000);
        let mut kept = Some(measured(&mut run, &[0.0]));
        run.seek(2001, u64::MAX);
        run.set_learning_rate(0.125).unwrap();
        if let Some(kept) = &mut kept {
            kept.truncate(&run);
        }
        run.advance(7);
        while Distance::measure(&mut kept, &mut run, &[0.0], 1) {}
        let curve = kept.unwrap();
        assert_eq!(curve.curve().steps(), 2009);
        let last = curve.curve().buckets().last().unwrap();
        assert_eq!(last.2.min, 0.0);
    }

    #[test]
    fn it_goes_on_from_where_it_was_and_not_from_a_checkpoint() {
        let mut run = run("param x = 2\ny = 4x^2", 0.25);
        run.advance(1000);
        let mut kept = None;
        assert!(Distance::measure(&mut kept, &mut run, &[0.0], 1));
        run.checkpoints = Checkpoints::new(0, [f64::NAN].into());
        let mut calls = 1;
        while Distance::measure(&mut kept, &mut run, &[0.0], 1) {
            calls += 1;
        }
        let curve = kept.unwrap().curve;
        assert_eq!(curve.steps(), 1001);
        assert!(curve.buckets().all(|bucket| bucket.2.min == 2.0));
        // Sixteen steps a call, and the last one of the call before.
        assert_eq!(calls, 1001_u64.div_ceil(15) - 1);
    }

    #[test]
    fn the_way_to_the_next_step_is_paid_for_too() {
        let mut run = run("param x = 2\ny = 4x^2", 0.25);
        run.advance(5000);
        let mut kept = Some(measured(&mut run, &[0.0]));
        run.seek(2001, u64::MAX);
        run.set_learning_rate(0.125).unwrap();
        run.checkpoints = Checkpoints::new(0, [2.0].into());
        kept.as_mut().unwrap().truncate(&run);
        let before = kept.as_ref().unwrap().next;
        assert!(Distance::measure(&mut kept, &mut run, &[0.0], 1));
        assert_eq!(kept.as_ref().unwrap().next, before);
        while Distance::measure(&mut kept, &mut run, &[0.0], 1) {}
        let curve = kept.unwrap().curve;
        assert_eq!(curve.steps(), 2002);
        assert!(curve.buckets().all(|bucket| bucket.2.max == 2.0));
    }

    #[test]
    fn what_is_measured_at_once_and_bit_by_bit_is_the_same() {
        let graph = read("param a = 3\nparam b = -1\ny = (a - b)^2 + sin(a)")
            .graph
            .unwrap();
        let method = Method::named("adam").unwrap();
        let mut run = Run::new(&graph, method, "0.1,0.01@50".parse().unwrap());
        run.advance(3000);
        let mut at_once = None;
        assert!(!Distance::measure(
            &mut at_once,
            &mut run,
            &[0.0, 1.0],
            u64::MAX
        ));
        let bit_by_bit = measured(&mut run, &[0.0, 1.0]);
        assert!(
            bit_by_bit
                .curve
                .buckets()
                .eq(at_once.unwrap().curve.buckets())
        );
    }

    #[test]
    fn a_rate_set_at_the_last_step_counts_from_there() {
        let mut run = run("param x = 2\ny = 4x^2", 0.25);
        run.advance(100);
        let mut kept = Some(measured(&mut run, &[0.0]));
        run.set_learning_rate(0.125).unwrap();
        kept.as_mut().unwrap().truncate(&run);
        run.advance(1);
        assert!(!Distance::measure(&mut kept, &mut run, &[0.0], 1));
        let last = kept.unwrap().curve.buckets().last().unwrap();
        assert_eq!((last.1, last.2.min), (101, 0.0));
    }

    #[test]
    fn two_numbers_have_a_euclidean_distance() {
        let mut run = run("param a = 3e200\nparam b = 4e200\ny = a + b", 1.0);
        let distance = measured(&mut run, &[0.0, 0.0]);
        assert!((distance.of(run.tape()) / 5e200 - 1.0).abs() < 1e-15);
    }
}
