//! A method at work.

use crate::tape::Tape;

use super::rules::{Bend, Numbers};
use super::{HAS_OPTIONS, Method};

/// What PyTorch adds to the norm by which it clips.
const CLIP_EPSILON: f64 = 1e-6;

/// A method at work, with what it keeps from one update to the next.
#[derive(Clone, Debug)]
pub struct Updater {
    method: Method,
    /// So many updates were made.
    made: u64,
    /// How many numbers the parameters have.
    params: usize,
    /// For each state of the rule as many numbers as the parameters have.
    memory: Box<[f64]>,
    /// The rate of the last update.
    rate: f64,
}

impl Updater {
    /// A method before its first update, for parameters of so many numbers.
    pub fn new(method: Method, params: usize) -> Self {
        let memory = vec![0.0; params * method.rule().states.len()].into();
        Self {
            method,
            made: 0,
            params,
            memory,
            rate: 0.0,
        }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// How many updates were made, by which it counts t and the schedule's steps.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// Updates the parameters of a tape, whose gradients are those of a backward pass,
    /// where the learning rate has been set to `eta`; the method's schedule changes
    /// it. Allocates nothing.
    pub fn update(&mut self, tape: &mut Tape, eta: f64) {
        let method = &self.method;
        let rate = method.rate(self.made, eta);
        self.made += 1;
        self.rate = rate;
        let (constants, bend) = if HAS_OPTIONS {
            let settings = method.settings();
            let scale = settings.clip.map_or(1.0, |most| clipping(tape, most));
            let (l1, l2) = (settings.l1, settings.l2);
            (settings.constants, Bend { scale, l1, l2 })
        } else {
            Default::default()
        };
        let (params, made) = (self.params, self.made as f64);
        let memory = &mut self.memory;
        tape.update_params(|first, values, gradients| {
            (method.rule().step)(Numbers {
                values,
                gradients,
                bend,
                rate,
                made,
                constants,
                memory,
                params,
                first,
            })
        });
    }

    /// The share of each parameter that decoupled decay took away in the last update.
    pub(super) fn decayed(&self) -> f64 {
        self.rate * self.method.decay()
    }

    /// What it keeps, one state after the other.
    pub fn memory(&self) -> &[f64] {
        &self.memory
    }

    /// Goes back, or on, to where so many updates had been made and this was kept.
    ///
    /// # Panics
    /// Where it is not as many numbers as [`memory`](Self::memory) has.
    pub fn restore(&mut self, made: u64, memory: &[f64]) {
        self.made = made;
        self.memory.copy_from_slice(memory);
    }
}

/// By which factor the gradient of all parameters is clipped: at most 1.
fn clipping(tape: &Tape, most: f64) -> f64 {
    (most / (gradient_norm(tape) + CLIP_EPSILON)).min(1.0)
}

/// The Euclidean norm of the gradient of all parameters.
pub fn gradient_norm(tape: &Tape) -> f64 {
    let params = tape.params().iter();
    norm(params.flat_map(|&param| tape.gradient(param)).copied())
}

/// The Euclidean norm, also where squares would overflow or vanish; NaN and infinity
/// stay what they are.
pub(super) fn norm(numbers: impl Iterator<Item = f64> + Clone) -> f64 {
    let squares: f64 = numbers.clone().map(|number| number * number).sum();
    if squares.is_normal() || squares.is_nan() {
        return libm::sqrt(squares);
    }
    let size = numbers
        .clone()
        .fold(0.0_f64, |size, one| size.max(one.abs()));
    if size == 0.0 || size.is_infinite() {
        return size;
    }
    let scaled = numbers.map(|number| (number / size) * (number / size));
    size * libm::sqrt(scaled.sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norms_neither_overflow_nor_vanish() {
        let norm_of = |numbers: [f64; 2]| norm(numbers.into_iter());
        assert_eq!(norm_of([3.0, 4.0]), 5.0);
        assert!((norm_of([3e200, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
        assert!((norm_of([3e-200, 4e-200]) / 5e-200 - 1.0).abs() < 1e-15);
        assert_eq!(norm_of([0.0, 0.0]), 0.0);
        assert!(norm_of([f64::NAN, 1.0]).is_nan());
    }
}
