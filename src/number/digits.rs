//! A float64's decimal digits.
//!
//! The standard library's writer is faster, and weighs 5 KB in what the page
//! loads before it shows anything. This one divides whole numbers of any size:
//! microseconds, for the few numbers that are shown at a time.

use std::cmp::Ordering;
use std::f64::consts::LOG10_2;

use super::natural::Natural;

/// A finite number in decimal.
pub struct Decimal {
    is_negative: bool,
    /// From 0 to 9, the first and the last not 0; none for the number 0.
    figures: Vec<u8>,
    /// The power of ten that the first figure counts.
    exponent: i32,
}

impl Decimal {
    /// The fewest digits that read back as the same number; of several such
    /// the nearest.
    pub fn shortest(value: f64) -> Self {
        let Some(mut left) = Left::of(value) else {
            return Self::of(value, Vec::new(), 0);
        };
        // What reads back reaches halfway to both neighbours, of which the
        // lower one is nearer at a power of two; to the half itself where the
        // number is the even one.
        let mut up = left.quarter.clone();
        up.times_plus(2, 0);
        let is_power_of_two = value.to_bits() << 12 == 0 && value.abs() > f64::MIN_POSITIVE;
        let mut down = if is_power_of_two {
            left.quarter.clone()
        } else {
            up.clone()
        };
        let is_even = value.to_bits().is_multiple_of(2);
        let reaches = |way: &Natural, gap: &Natural| match gap.cmp(way) {
            Ordering::Less => true,
            Ordering::Equal => is_even,
            Ordering::Greater => false,
        };
        // One digit more in front: 9.99… may be 10 in short.
        left.below.times_plus(10, 0);
        let exponent = left.exponent + 1;
        let mut figures = Vec::new();
        loop {
            let figure = left.take_figure();
            let mut gap = left.below.clone();
            gap.subtract(&left.above);
            let (cuts, rounds) = (reaches(&down, &left.above), reaches(&up, &gap));
            if cuts || rounds {
                let is_nearer_above = left.above.cmp(&gap) != Ordering::Less;
                let adds = rounds && (!cuts || is_nearer_above);
                figures.push(figure + u8::from(adds));
                return Self::of(value, figures, exponent);
            }
            figures.push(figure);
            for number in [&mut left.above, &mut up, &mut down] {
                number.times_plus(10, 0);
            }
        }
    }

    /// Rounded to a multiple of 10ˡᵃˢᵗ, from halfway to the even one.
    pub fn rounded(value: f64, last: i32) -> Self {
        let Some(mut left) = Left::of(value) else {
            return Self::of(value, Vec::new(), 0);
        };
        let mut exponent = left.exponent;
        if exponent + 1 < last {
            return Self::of(value, Vec::new(), 0);
        }
        let mut figures = Vec::new();
        for _ in last..=exponent {
            figures.push(left.take_figure());
            left.above.times_plus(10, 0);
        }
        // Out of ten are left over:
        let mut half = left.below;
        half.times_plus(5, 0);
        let is_odd = figures.last().is_some_and(|figure| figure % 2 == 1);
        let adds = match left.above.cmp(&half) {
            Ordering::Less => false,
            Ordering::Equal => is_odd,
            Ordering::Greater => true,
        };
        if adds {
            while figures.pop_if(|figure| *figure == 9).is_some() {}
            match figures.last_mut() {
                Some(figure) => *figure += 1,
                None => {
                    figures.push(1);
                    exponent += 1;
                }
            }
        }
        Self::of(value, figures, exponent)
    }

    /// Rounded to so many digits.
    pub fn with_digits(value: f64, digits: i32) -> Self {
        let exponent = Left::of(value).map_or(0, |left| left.exponent);
        Self::rounded(value, exponent - digits + 1)
    }

    fn of(value: f64, mut figures: Vec<u8>, mut exponent: i32) -> Self {
        while figures.pop_if(|figure| *figure == 0).is_some() {}
        match figures.first() {
            Some(0) => {
                figures.remove(0);
                exponent -= 1;
            }
            Some(_) => {}
            None => exponent = 0,
        }
        Self {
            is_negative: value.is_sign_negative(),
            figures,
            exponent,
        }
    }

    /// The power of ten that the first digit counts; 0 for 0.
    pub fn exponent(&self) -> i32 {
        self.exponent
    }

    /// Without a power of ten: `-0.00012`, `1200`.
    pub fn plain(&self) -> String {
        let last = self.exponent + 1 - self.figures.len() as i32;
        self.signed(self.exponent.max(0), last.min(0), 0)
    }

    /// One digit before the point: `-1.2`, whatever the power of ten.
    pub fn mantissa(&self) -> String {
        let last = self.exponent + 1 - self.figures.len() as i32;
        self.signed(self.exponent, last.min(self.exponent), self.exponent)
    }

    /// With a power of ten: `-1.2e-4`, `1e300`.
    pub fn exponential(&self) -> String {
        format!("{}e{}", self.mantissa(), self.exponent)
    }

    /// The digits from one power of ten down to another, with the point behind
    /// the one at `ones`.
    fn signed(&self, first: i32, last: i32, ones: i32) -> String {
        let mut text = String::from(if self.is_negative { "-" } else { "" });
        for place in (last..=first).rev() {
            let index = usize::try_from(self.exponent - place).ok();
            let figure = index.and_then(|index| self.figures.get(index));
            text.push(char::from(b'0' + figure.copied().unwrap_or(0)));
            if place == ones && last < ones {
                text.push('.');
            }
        }
        text
    }
}

/// What is left of a number while its digits are taken: above/below times
/// 10ᵉˣᵖᵒⁿᵉⁿᵗ, from 1 to below 10 at first.
struct Left {
    above: Natural,
    below: Natural,
    /// A quarter of the number's last bit, as a part of `below` too.
    quarter: Natural,
    exponent: i32,
}

impl Left {
    /// All of a finite number's size; nothing of 0.
    fn of(value: f64) -> Option<Self> {
        let bits = value.to_bits();
        let (stored, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
        let (mantissa, power_of_two) = match stored {
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, stored - 1075),
        };
        if mantissa == 0 {
            return None;
        }
        let mut above = Natural::from(4 * mantissa);
        let (mut below, mut quarter) = (Natural::from(1), Natural::from(1));
        let shift = power_of_two - 2;
        if shift < 0 {
            below.shift(shift.unsigned_abs());
        } else {
            above.shift(shift.unsigned_abs());
            quarter.shift(shift.unsigned_abs());
        }
        // As many bits tell the size to a factor of 4: of the power of ten, or
        // of the one below it.
        let least = above.bits() as i32 - below.bits() as i32 - 1;
        let mut exponent = (f64::from(least) * LOG10_2).floor() as i32;
        let power = exponent.unsigned_abs().into();
        if exponent < 0 {
            above.times_power_of_ten(power);
            quarter.times_power_of_ten(power);
        } else {
            below.times_power_of_ten(power);
        }
        let mut tenfold = below.clone();
        tenfold.times_plus(10, 0);
        if above.cmp(&tenfold) != Ordering::Less {
            below = tenfold;
            exponent += 1;
        }
        Some(Self {
            above,
            below,
            quarter,
            exponent,
        })
    }

    /// Takes the digit before the point away.
    fn take_figure(&mut self) -> u8 {
        let mut figure = 0;
        while self.above.cmp(&self.below) != Ordering::Less {
            self.above.subtract(&self.below);
            figure += 1;
        }
        figure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the standard library, in every form.
    fn check(value: f64) {
        let shortest = Decimal::shortest(value);
        assert_eq!(shortest.plain(), value.to_string());
        assert_eq!(shortest.exponential(), format!("{value:e}"));
        for digits in [1, 2, 4, 17, 25] {
            let rounded = Decimal::with_digits(value, digits);
            let standard = format!("{value:.*e}", digits as usize - 1);
            let (mantissa, exponent) = standard.split_once('e').unwrap();
            assert_eq!(rounded.exponent().to_string(), exponent, "{standard}");
            assert_eq!(rounded.mantissa(), without_zeros(mantissa), "{standard}");
        }
        for decimals in [0, 1, 3, 20] {
            let standard = format!("{value:.*}", decimals as usize);
            let rounded = Decimal::rounded(value, -decimals).plain();
            assert_eq!(rounded, without_zeros(&standard));
        }
    }

    fn without_zeros(text: &str) -> &str {
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.')
        } else {
            text
        }
    }

    #[test]
    fn as_the_standard_library_writes() {
        for value in [
            0.0,
            0.1,
            0.1 + 0.2,
            1.0 / 3.0,
            4.0,
            10.0,
            999.96,
            123456.0,
            1e21,
            1e22,
            1e23,
            9e15,
            9007199254740993.0,
            5e-324,
            f64::MIN_POSITIVE,
            f64::MAX,
            f64::EPSILON,
        ] {
            for value in [value, value.next_up(), value.next_down(), -value] {
                if value.is_finite() {
                    check(value);
                }
            }
        }
        // Powers of two, whose lower neighbour is nearer.
        for power in (0..2047).step_by(4) {
            check(f64::from_bits(power << 52));
        }
    }

    #[test]
    fn halves_go_to_the_even_digit() {
        for value in [
            0.5,
            1.5,
            2.5,
            0.25,
            0.75,
            9.5,
            99.5,
            0.125,
            0.0625,
            1e5 + 0.5,
        ] {
            check(value);
        }
    }

    /// Numbers of all sizes, as a fixed sequence of random bits has them.
    #[test]
    fn numbers_of_all_sizes() {
        let mut bits = 1_u64;
        for _ in 0..500 {
            bits = bits
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            let value = f64::from_bits(bits ^ (bits >> 29));
            if value.is_finite() {
                check(value);
            }
        }
    }
}
