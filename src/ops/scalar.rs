//! What an entry of a matrix can be: a float64, or in tests a dual number.
//!
//! The rows of the table are written once for both, so that a test can carry
//! derivatives forward through the very expressions that compute the values
//! and hold the written vector–Jacobian products against them.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number that the table's values are computed with.
pub trait Scalar:
    Copy
    + From<f64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// Its value, by which cases are told apart.
    fn value(self) -> f64;
    /// |x|.
    fn abs(self) -> Self;
    /// eˣ.
    fn exp(self) -> Self;
    /// eˣ − 1.
    fn expm1(self) -> Self;
    /// The natural logarithm.
    fn log(self) -> Self;
    /// log(1 + x).
    fn log1p(self) -> Self;
    /// √x.
    fn sqrt(self) -> Self;
    /// The sine.
    fn sin(self) -> Self;
    /// The cosine.
    fn cos(self) -> Self;
    /// The tangent.
    fn tan(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The complementary error function.
    fn erfc(self) -> Self;
    /// xʸ.
    fn pow(self, exponent: Self) -> Self;
}

impl Scalar for f64 {
    fn value(self) -> f64 {
        self
    }
    fn abs(self) -> Self {
        f64::abs(self)
    }
    fn exp(self) -> Self {
        libm::exp(self)
    }
    fn expm1(self) -> Self {
        libm::expm1(self)
    }
    fn log(self) -> Self {
        libm::log(self)
    }
    fn log1p(self) -> Self {
        libm::log1p(self)
    }
    fn sqrt(self) -> Self {
        libm::sqrt(self)
    }
    fn sin(self) -> Self {
        libm::sin(self)
    }
    fn cos(self) -> Self {
        libm::cos(self)
    }
    fn tan(self) -> Self {
        libm::tan(self)
    }
    fn tanh(self) -> Self {
        libm::tanh(self)
    }
    fn erfc(self) -> Self {
        libm::erfc(self)
    }
    fn pow(self, exponent: Self) -> Self {
        libm::pow(self, exponent)
    }
}
