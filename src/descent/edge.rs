//! The largest learning rate with which a run stays finite.

use crate::number::{decade, power_of_ten, rounded};

use super::{Growth, Run, Stand};

/// Steps of a trial.
const STEPS: u64 = 400;
/// From one try to the next on the way down to a rate that holds.
const STRIDE: f64 = 4.0;
/// Tries on that way: down to a millionth of the rate that diverged.
const MOST_STRIDES: u32 = 10;
/// Where the rate that holds and the one that doesn't are this close, three
/// digits are known.
const CLOSE: f64 = 1.002;
/// Steps that an edge which is not exact is tried with in the end.
pub const TRIED_STEPS: u64 = 10_000;
/// What is taken for growth from quarter to quarter, not for rounding.
const GROWTH: f64 = 1e-9;
/// More multiply-adds than these are not spent on an answer.
const MOST_WORK: u64 = 2_000_000_000;

/// A search for the largest learning rate with which a run's method stays finite
/// from the program's own start, given one with which it doesn't.
///
/// A trial of 400 steps *holds* if no value is infinite or NaN and the
/// largest size of the loss does not grow from each quarter to the next, which
/// even a growth too slow to overflow within the trial does. For gradient descent
/// on a quadratic function the edge is exact: 2/c, where the factor 1 − ηc is −1.
/// Elsewhere, and for other methods, it is what the trials say, rounded down to
/// three digits, and holds for [`TRIED_STEPS`].
#[derive(Clone, Debug)]
pub struct EdgeSearch {
    /// The state of the first step.
    start: Box<[f64]>,
    stand: Stand,
    /// Diverges.
    high: f64,
    /// Holds; 0 until one is found.
    low: f64,
    strides: u32,
    stage: Stage,
    trial: Trial,
    answer: Option<Edge>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// The edge that follows from the curvature is tried.
    Exact,
    /// On the way down to a rate that holds, or between one and the other.
    Between,
    /// The answer's own digits are tried.
    Rounded,
}

/// A run with one rate, as far as it was followed.
#[derive(Clone, Copy, Debug)]
struct Trial {
    rate: f64,
    step: u64,
    /// How many steps it takes.
    steps: u64,
    /// The largest size of the loss in each quarter.
    largest: [f64; 4],
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Call again.
    Searching,
    /// Found.
    Done(Edge),
}

/// The largest rate that stays finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    /// It follows from the curvature.
    Exact(f64),
    /// It was found by trials: the largest of three digits that held.
    Tried(f64),
    /// Every rate diverges, as far as could be seen, or it takes too long.
    None,
}

impl EdgeSearch {
    /// A search below the rate of a run that has diverged.
    pub fn new(run: &Run, growth: Option<Growth>) -> Self {
        let high = run.learning_rate();
        let edge = match growth {
            Some(Growth::Steady { curvature, .. }) if curvature > 0.0 => {
                Some(rounded(2.0 / curvature, 9))
            }
            _ => None,
        };
        let stage = if edge.is_some() {
            Stage::Exact
        } else {
            Stage::Between
        };
        Self {
            start: run.fresh_state(),
            stand: run.here.clone(),
            high,
            low: 0.0,
            strides: 0,
            stage,
            trial: Trial::new(edge.unwrap_or(high / STRIDE), STEPS),
            answer: None,
        }
    }

    /// Goes on with the search, for about so many multiply-adds. What was found
    /// stays found.
    pub fn work(&mut self, budget: u64) -> Progress {
        let cost = self.stand.tape.operations().max(1);
        let trials = 2 * u64::from(MOST_STRIDES);
        if cost.saturating_mul(STEPS * trials + TRIED_STEPS) > MOST_WORK {
            return Progress::Done(Edge::None);
        }
        let mut steps = (budget / cost).max(1);
        loop {
            if let Some(edge) = self.answer {
                return Progress::Done(edge);
            }
            match self.follow(&mut steps) {
                None => return Progress::Searching,
                Some(holds) => self.answer = self.conclude(holds),
            }
        }
    }

    /// Follows the trial for at most so many steps; says whether it holds, once
    /// that is known.
    fn follow(&mut self, steps: &mut u64) -> Option<bool> {
        if self.trial.step == 0 {
            self.stand.restore(0, &self.start);
        }
        while *steps > 0 {
            *steps -= 1;
            self.stand.evaluate();
            let tape = &mut self.stand.tape;
            if tape.not_finite().is_some() {
                return Some(false);
            }
            if self.trial.take(tape.loss()) == self.trial.steps {
                return Some(self.trial.holds());
            }
            self.stand.updater.update(tape, self.trial.rate);
        }
        None
    }

    /// What follows from a trial: the answer, or the next trial.
    fn conclude(&mut self, holds: bool) -> Option<Edge> {
        let rate = self.trial.rate;
        match (self.stage, holds) {
            (Stage::Exact, true) => return Some(Edge::Exact(rate)),
            (Stage::Rounded, true) => return Some(Edge::Tried(rate)),
            // What holds for some hundred steps and not for thousands has no edge.
            (Stage::Rounded, false) => return Some(Edge::None),
            (Stage::Exact, false) => self.stage = Stage::Between,
            (Stage::Between, true) => self.low = rate,
            (Stage::Between, false) => self.high = rate,
        }
        self.trial = if self.low == 0.0 {
            self.strides += 1;
            if self.strides > MOST_STRIDES {
                return Some(Edge::None);
            }
            Trial::new(self.high / STRIDE, STEPS)
        } else if self.high / self.low > CLOSE {
            Trial::new(libm::sqrt(self.low) * libm::sqrt(self.high), STEPS)
        } else {
            self.stage = Stage::Rounded;
            Trial::new(rounded_down(self.low), TRIED_STEPS)
        };
        None
    }
}

/// The largest number of three digits up to this one.
fn rounded_down(rate: f64) -> f64 {
    let nearest = rounded(rate, 3);
    if nearest <= rate {
        nearest
    } else {
        rounded(nearest - power_of_ten(decade(rate) - 2), 3)
    }
}

impl Trial {
    fn new(rate: f64, steps: u64) -> Self {
        Self {
            rate,
            step: 0,
            steps,
            largest: [0.0; 4],
        }
    }

    /// Takes note of the loss at the next step; says how many there were.
    fn take(&mut self, loss: f64) -> u64 {
        let quarter = &mut self.largest[(self.step * 4 / self.steps) as usize];
        *quarter = quarter.max(loss.abs());
        self.step += 1;
        self.step
    }

    fn holds(&self) -> bool {
        let mut quarters = self.largest.windows(2);
        !quarters.all(|pair| pair[1] > pair[0] * (1.0 + GROWTH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::Method;
    use crate::graph;

    /// The edge below a rate with which a program diverges.
    fn edge(program: &str, rate: &str) -> Edge {
        edge_of(Method::default(), program, rate)
    }

    fn edge_of(method: Method, program: &str, rate: &str) -> Edge {
        let graph = graph::read(program).graph.expect(program);
        let mut run = Run::new(&graph, method, rate.parse().expect(rate));
        run.advance(100_000);
        assert!(run.stopped().is_some(), "{program} with {rate} diverges");
        let growth = run.growth();
        let mut search = EdgeSearch::new(&run, growth);
        loop {
            if let Progress::Done(edge) = search.work(5000) {
                assert_eq!(search.work(5000), Progress::Done(edge), "it stays found");
                return edge;
            }
        }
    }

    // The factor 1 − ηc is −1 at η = 2/c.
    #[test]
    fn on_a_quadratic_the_edge_is_exact() {
        assert_eq!(edge("param x = 2\ny = 4x^2", "0.26"), Edge::Exact(0.25));
        assert_eq!(edge("param x = 2\ny = 4x^2", "1"), Edge::Exact(0.25));
        assert_eq!(
            edge("param x = 7\ny = (x - 3)^2 + 100", "1.5"),
            Edge::Exact(1.0)
        );
        assert_eq!(
            edge("param a = 1\nparam b = 1\nL = a^2 + 5b^2", "0.3"),
            Edge::Exact(0.2)
        );
    }

    // x ← x − 4ηx³ keeps the size of x where 4ηx² = 2; from 2 that is η = 1/8.
    #[test]
    fn elsewhere_it_has_three_digits() {
        let Edge::Tried(edge) = edge("param x = 2\ny = x^4", "0.5") else {
            panic!("no edge");
        };
        assert!((0.124..=0.125).contains(&edge), "{edge}");
    }

    // On a quadratic of curvature c: momentum 2(1 + β)/c, Nesterov
    // 2(1 + β)/(c(1 + 2β)), and with λ₂ the curvature c + λ₂.
    #[test]
    fn other_methods_have_edges_by_trials() {
        let check = |method: Method, theory: f64| {
            let edge = edge_of(method, "param x = 2\ny = 4x^2", "1");
            let Edge::Tried(edge) = edge else {
                panic!("{edge:?}");
            };
            assert!(edge <= theory && edge > theory * 0.99, "{edge}, {theory}");
        };
        let named = |name: &str| Method::named(name).expect(name);
        check(named("momentum"), 0.475);
        check(named("nesterov"), 3.8 / 22.4);
        check(named("gd").with_l2(8.0).expect("λ₂"), 0.125);
    }

    #[test]
    fn what_holds_for_a_while_only_is_none() {
        assert_eq!(edge("param x = 1\ny = -x^2", "0.5"), Edge::None);
        assert_eq!(edge("param x = 2\ny = x^3", "1"), Edge::None);
        assert_eq!(edge("param x = 0.01\ny = sqrt(x)", "0.1"), Edge::None);
    }

    #[test]
    fn digits_are_rounded_down() {
        for (rate, down) in [
            (0.16666, 0.166),
            (0.125, 0.125),
            (0.99999, 0.999),
            (1e-300, 1e-300),
        ] {
            assert_eq!(rounded_down(rate), down);
        }
    }
}
