//! Whole numbers of any size, with just what reading and writing a float64 asks.

use std::cmp::Ordering;

/// A whole number of any size: 32 bits a place, the lowest first, the highest
/// of them not 0.
#[derive(Clone, Default)]
pub struct Natural(Vec<u32>);

impl Natural {
    pub fn from(mut number: u64) -> Self {
        let mut natural = Self::default();
        while number > 0 {
            natural.0.push(number as u32);
            number >>= 32;
        }
        natural
    }

    /// As a float64; exact where it has at most 53 bits.
    pub fn to_f64(&self) -> f64 {
        let places = self.0.iter().rev();
        places.fold(0.0, |number, &place| {
            number * (1_u64 << 32) as f64 + f64::from(place)
        })
    }

    /// Up to its highest bit that is set.
    pub fn bits(&self) -> usize {
        let last = self.0.last().map_or(0, |last| last.leading_zeros());
        32 * self.0.len() - last as usize
    }

    /// Times a factor, plus a summand.
    pub fn times_plus(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for place in &mut self.0 {
            carry += u64::from(*place) * u64::from(factor);
            *place = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Times 10ᵉˣᵖᵒⁿᵉⁿᵗ.
    pub fn times_power_of_ten(&mut self, exponent: u64) {
        for _ in 0..exponent / 9 {
            self.times_plus(1_000_000_000, 0);
        }
        for _ in 0..exponent % 9 {
            self.times_plus(10, 0);
        }
    }

    /// Times 2 so many times.
    pub fn shift(&mut self, bits: u32) {
        self.times_plus(1 << (bits % 32), 0);
        for _ in 0..bits / 32 {
            self.times_plus(1 << 31, 0);
            self.times_plus(2, 0);
        }
    }

    /// Less what is not larger.
    pub fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (index, place) in self.0.iter_mut().enumerate() {
            let less = other.0.get(index).copied().unwrap_or(0);
            (*place, borrow) = place.borrowing_sub(less, borrow);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Which of the two is larger.
    pub fn cmp(&self, other: &Self) -> Ordering {
        let places = self.0.len().cmp(&other.0.len());
        places.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}
