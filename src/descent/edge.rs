//! The largest learning rate with which a run stays finite.

use crate::number::rounded;
use crate::tape::Tape;

use super::{Growth, Run};

/// Steps of a trial.
const STEPS: u64 = 400;
/// From one try to the next on the way down to a rate that holds.
const STRIDE: f64 = 4.0;
/// Tries on that way: down to a millionth of the rate that diverged.
const MOST_STRIDES: u32 = 10;
/// Where the rate that holds and the one that doesn't are this close, three
/// digits are known.
const CLOSE: f64 = 1.002;
/// What is taken for growth from quarter to quarter, not for rounding.
const GROWTH: f64 = 1e-9;
/// More multiply-adds than these are not spent on an answer.
const MOST_WORK: u64 = 2_000_000_000;

/// A search for the largest learning rate with which gradient descent from the
/// program's own start stays finite, given one with which it doesn't.
///
/// A trial of 400 steps *holds* if no value is infinite or NaN and the
/// largest size of the loss does not grow from each quarter to the next, which
/// even a growth too slow to overflow within the trial does. On a quadratic
/// function the edge is exact: 2/c, where the factor 1 − ηc is −1.
#[derive(Clone, Debug)]
pub struct EdgeSearch {
    start: Box<[f64]>,
    tape: Tape,
    /// Diverges.
    high: f64,
    /// Holds; 0 until one is found.
    low: f64,
    strides: u32,
    stage: Stage,
    trial: Trial,
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
    /// The largest size of the loss in each quarter.
    largest: [f64; 4],
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Call again.
    Searching,
    /// The rate, or nothing where every rate diverges or it takes too long.
    Done(Option<f64>),
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
            start: run.start.clone(),
            tape: run.tape().clone(),
            high,
            low: 0.0,
            strides: 0,
            stage,
            trial: Trial::new(edge.unwrap_or(high / STRIDE)),
        }
    }

    /// Goes on with the search, for about so many multiply-adds.
    pub fn work(&mut self, budget: u64) -> Progress {
        let cost = self.tape.operations().max(1);
        let trials = 2 * u64::from(MOST_STRIDES);
        if cost.saturating_mul(STEPS * trials) > MOST_WORK {
            return Progress::Done(None);
        }
        let mut steps = (budget / cost).max(1);
        loop {
            match self.follow(&mut steps) {
                None => return Progress::Searching,
                Some(holds) => {
                    if let Some(answer) = self.conclude(holds) {
                        return Progress::Done(answer);
                    }
                }
            }
        }
    }

    /// Follows the trial for at most so many steps; says whether it holds, once
    /// that is known.
    fn follow(&mut self, steps: &mut u64) -> Option<bool> {
        if self.trial.step == 0 {
            self.tape.write_params(&self.start);
        }
        while *steps > 0 {
            *steps -= 1;
            self.tape.forward();
            self.tape.backward();
            if self.tape.not_finite().is_some() {
                return Some(false);
            }
            if self.trial.take(self.tape.loss()) == STEPS {
                return Some(self.trial.holds());
            }
            self.tape.descend(self.trial.rate);
        }
        None
    }

    /// What follows from a trial: the answer, or the next trial.
    fn conclude(&mut self, holds: bool) -> Option<Option<f64>> {
        let rate = self.trial.rate;
        match self.stage {
            Stage::Exact | Stage::Rounded if holds => return Some(Some(rate)),
            Stage::Exact => self.stage = Stage::Between,
            Stage::Rounded => {
                self.trial = Trial::new(rounded(rate * 0.995, 3));
                return (self.trial.rate <= 0.0 || self.trial.rate >= rate).then_some(None);
            }
            Stage::Between if holds => self.low = rate,
            Stage::Between => self.high = rate,
        }
        let next = if self.low == 0.0 {
            self.strides += 1;
            if self.strides > MOST_STRIDES {
                return Some(None);
            }
            self.high / STRIDE
        } else if self.high / self.low > CLOSE {
            libm::sqrt(self.low) * libm::sqrt(self.high)
        } else {
            self.stage = Stage::Rounded;
            rounded(self.low, 3)
        };
        self.trial = Trial::new(next);
        None
    }
}

impl Trial {
    fn new(rate: f64) -> Self {
        Self {
            rate,
            step: 0,
            largest: [0.0; 4],
        }
    }

    /// Takes note of the loss at the next step; says how many there were.
    fn take(&mut self, loss: f64) -> u64 {
        let quarter = &mut self.largest[(self.step * 4 / STEPS) as usize];
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
    use crate::graph;

    /// The edge below a rate with which a program diverges.
    fn edge(program: &str, rate: &str) -> Option<f64> {
        let graph = graph::read(program).graph.expect(program);
        let mut run = Run::new(&graph, rate.parse().expect(rate));
        run.advance(100_000);
        assert!(run.stopped().is_some(), "{program} with {rate} diverges");
        let growth = run.growth();
        let mut search = EdgeSearch::new(&run, growth);
        loop {
            if let Progress::Done(edge) = search.work(5000) {
                return edge;
            }
        }
    }

    // The factor 1 − ηc is −1 at η = 2/c.
    #[test]
    fn on_a_quadratic_the_edge_is_exact() {
        assert_eq!(edge("param x = 2\ny = 4x^2", "0.26"), Some(0.25));
        assert_eq!(edge("param x = 2\ny = 4x^2", "1"), Some(0.25));
        assert_eq!(edge("param x = 7\ny = (x - 3)^2 + 100", "1.5"), Some(1.0));
        assert_eq!(
            edge("param a = 1\nparam b = 1\nL = a^2 + 5b^2", "0.3"),
            Some(0.2)
        );
    }

    // x ← x − 4ηx³ keeps the size of x where 4ηx² = 2; from 2 that is η = 1/8.
    #[test]
    fn elsewhere_it_has_three_digits() {
        let edge = edge("param x = 2\ny = x^4", "0.5").expect("an edge");
        assert!((0.124..=0.125).contains(&edge), "{edge}");
    }

    #[test]
    fn where_no_rate_holds_there_is_none() {
        assert_eq!(edge("param x = 1\ny = -x^2", "0.5"), None);
    }
}
