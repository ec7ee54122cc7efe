//! Elementary functions that give the same bits on every platform, and the
//! few combinations of them that the table needs in more than one row.

use std::cmp::Ordering;

pub use libm::{cos, erfc, exp, expm1, log, log1p, sin, sqrt, tan, tanh};

/// 1/(1 + e⁻ˣ), without overflow on either side.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// log(1 + eˣ), without overflow and without loss for very negative x.
pub fn softplus(x: f64) -> f64 {
    larger(x, 0.0) + log1p(exp(-x.abs()))
}

/// The standard normal distribution function Φ.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The standard normal density φ.
pub fn normal_pdf(x: f64) -> f64 {
    const ONE_OVER_SQRT_TAU: f64 = 0.398_942_280_401_432_7;
    ONE_OVER_SQRT_TAU * exp(-0.5 * x * x)
}

/// The larger of two, NaN where either is.
pub fn larger(a: f64, b: f64) -> f64 {
    if a > b || a.is_nan() { a } else { b }
}

/// The smaller of two, NaN where either is.
pub fn smaller(a: f64, b: f64) -> f64 {
    if a < b || a.is_nan() { a } else { b }
}

/// `over` where x > 0, `at` where it is 0, `under` where x < 0, NaN for NaN:
/// what a function with a kink at 0 is made of.
pub fn above(x: f64, over: f64, at: f64, under: f64) -> f64 {
    match x.partial_cmp(&0.0) {
        Some(Ordering::Greater) => over,
        Some(Ordering::Equal) => at,
        Some(Ordering::Less) => under,
        None => f64::NAN,
    }
}

/// 1 where a > b, ½ where they are equal, 0 where a < b, NaN where either is.
pub fn wins(a: f64, b: f64) -> f64 {
    match a.partial_cmp(&b) {
        Some(Ordering::Greater) => 1.0,
        Some(Ordering::Equal) => 0.5,
        Some(Ordering::Less) => 0.0,
        None => f64::NAN,
    }
}

/// aᵇ. A square is a·a, which rounds once.
pub fn power(a: f64, b: f64) -> f64 {
    if b == 2.0 { a * a } else { libm::pow(a, b) }
}

/// ∂(aᵇ)/∂a = b aᵇ⁻¹, and 0 where b = 0.
pub fn power_by_base(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        0.0
    } else {
        b * power_of_less(a, b)
    }
}

/// ∂(aᵇ)/∂b = aᵇ log a, and 0 where a = 0 and b ≥ 0.
pub fn power_by_exponent(a: f64, b: f64, output: f64) -> f64 {
    if a == 0.0 && b >= 0.0 {
        0.0
    } else {
        output * log(a)
    }
}

/// aᵇ⁻¹, exact for a square.
fn power_of_less(a: f64, b: f64) -> f64 {
    if b == 2.0 { a } else { power(a, b - 1.0) }
}
