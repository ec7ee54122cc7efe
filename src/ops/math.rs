//! Elementary functions that give the same bits on every platform, and the
//! few combinations of them that the table needs in more than one row.

use std::cmp::Ordering;

use super::scalar::Scalar;

/// eˣ.
pub fn exp<T: Scalar>(x: T) -> T {
    x.exp()
}

/// eˣ − 1, without loss near 0.
pub fn expm1<T: Scalar>(x: T) -> T {
    x.expm1()
}

/// The natural logarithm.
pub fn log<T: Scalar>(x: T) -> T {
    x.log()
}

/// √x.
pub fn sqrt<T: Scalar>(x: T) -> T {
    x.sqrt()
}

/// The sine.
pub fn sin<T: Scalar>(x: T) -> T {
    x.sin()
}

/// The cosine.
pub fn cos<T: Scalar>(x: T) -> T {
    x.cos()
}

/// The tangent.
pub fn tan<T: Scalar>(x: T) -> T {
    x.tan()
}

/// The hyperbolic tangent.
pub fn tanh<T: Scalar>(x: T) -> T {
    x.tanh()
}

/// 1/(1 + e⁻ˣ), without overflow on either side.
pub fn sigmoid<T: Scalar>(x: T) -> T {
    let one = T::from(1.0);
    if x.value() >= 0.0 {
        one / (one + exp(-x))
    } else {
        let e = exp(x);
        e / (one + e)
    }
}

/// log(1 + eˣ), without overflow and without loss for very negative x.
pub fn softplus<T: Scalar>(x: T) -> T {
    larger(x, T::from(0.0)) + exp(-x.abs()).log1p()
}

/// The standard normal distribution function Φ.
pub fn normal_cdf<T: Scalar>(x: T) -> T {
    T::from(0.5) * (-x * T::from(std::f64::consts::FRAC_1_SQRT_2)).erfc()
}

/// The standard normal density φ.
pub fn normal_pdf(x: f64) -> f64 {
    const ONE_OVER_SQRT_TAU: f64 = 0.398_942_280_401_432_7;
    ONE_OVER_SQRT_TAU * exp(-0.5 * x * x)
}

/// The larger of two, NaN where either is.
pub fn larger<T: Scalar>(a: T, b: T) -> T {
    if a.value() > b.value() || a.value().is_nan() {
        a
    } else {
        b
    }
}

/// The smaller of two, NaN where either is.
pub fn smaller<T: Scalar>(a: T, b: T) -> T {
    if a.value() < b.value() || a.value().is_nan() {
        a
    } else {
        b
    }
}

/// `over` where x > 0, `at` where it is 0, `under` where x < 0, NaN for NaN:
/// what a function with a kink at 0 is made of.
pub fn above<T: Scalar>(x: T, over: T, at: T, under: T) -> T {
    match x.value().partial_cmp(&0.0) {
        Some(Ordering::Greater) => over,
        Some(Ordering::Equal) => at,
        Some(Ordering::Less) => under,
        None => T::from(f64::NAN),
    }
}

/// |x|.
pub fn abs<T: Scalar>(x: T) -> T {
    x.abs()
}

/// x above 0, else 0.
pub fn relu<T: Scalar>(x: T) -> T {
    larger(x, T::from(0.0))
}

/// x above 0, else cx.
pub fn leaky_relu<T: Scalar>(x: T, c: f64) -> T {
    above(x, x, T::from(0.0), T::from(c) * x)
}

/// x above 0, else c(eˣ − 1).
pub fn elu<T: Scalar>(x: T, c: f64) -> T {
    above(x, x, T::from(0.0), T::from(c) * expm1(x))
}

/// −1 below 0, 0 at 0, 1 above.
pub fn sign(x: f64) -> f64 {
    above(x, 1.0, 0.0, -1.0)
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
pub fn power<T: Scalar>(a: T, b: T) -> T {
    if b.value() == 2.0 { a * a } else { a.pow(b) }
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

/// `share · factor`, and 0 where the share is 0: 0·log 0 counts nothing.
pub fn weighed<T: Scalar>(share: T, factor: impl FnOnce() -> T) -> T {
    if share.value() == 0.0 {
        T::from(0.0)
    } else {
        share * factor()
    }
}
