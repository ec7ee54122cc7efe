//! Dual numbers, in tests: a value with its derivative along one direction.
//! Each function's derivative is written here once more, apart from the table.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::scalar::Scalar;

/// `value + derivative·ε`, with ε² = 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual {
    pub value: f64,
    pub derivative: f64,
}

fn dual(value: f64, derivative: f64) -> Dual {
    Dual { value, derivative }
}

impl From<f64> for Dual {
    fn from(value: f64) -> Self {
        dual(value, 0.0)
    }
}

impl Add for Dual {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        dual(self.value + other.value, self.derivative + other.derivative)
    }
}

impl Sub for Dual {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        dual(self.value - other.value, self.derivative - other.derivative)
    }
}

impl Mul for Dual {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        dual(
            self.value * other.value,
            self.derivative * other.value + self.value * other.derivative,
        )
    }
}

impl Div for Dual {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        dual(
            value,
            (self.derivative - value * other.derivative) / other.value,
        )
    }
}

impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        dual(-self.value, -self.derivative)
    }
}

impl Dual {
    fn chain(self, value: f64, slope: f64) -> Self {
        dual(value, slope * self.derivative)
    }
}

impl Scalar for Dual {
    fn value(self) -> f64 {
        self.value
    }
    fn abs(self) -> Self {
        self.chain(self.value.abs(), self.value.signum())
    }
    fn exp(self) -> Self {
        let value = libm::exp(self.value);
        self.chain(value, value)
    }
    fn expm1(self) -> Self {
        self.chain(libm::expm1(self.value), libm::exp(self.value))
    }
    fn log(self) -> Self {
        self.chain(libm::log(self.value), 1.0 / self.value)
    }
    fn log1p(self) -> Self {
        self.chain(libm::log1p(self.value), 1.0 / (1.0 + self.value))
    }
    fn sqrt(self) -> Self {
        let value = libm::sqrt(self.value);
        self.chain(value, 0.5 / value)
    }
    fn sin(self) -> Self {
        self.chain(libm::sin(self.value), libm::cos(self.value))
    }
    fn cos(self) -> Self {
        self.chain(libm::cos(self.value), -libm::sin(self.value))
    }
    fn tan(self) -> Self {
        let cos = libm::cos(self.value);
        self.chain(libm::tan(self.value), 1.0 / (cos * cos))
    }
    fn tanh(self) -> Self {
        let cosh = libm::cosh(self.value);
        self.chain(libm::tanh(self.value), 1.0 / (cosh * cosh))
    }
    fn erfc(self) -> Self {
        let slope = -2.0 / libm::sqrt(std::f64::consts::PI) * libm::exp(-self.value * self.value);
        self.chain(libm::erfc(self.value), slope)
    }
    fn pow(self, exponent: Self) -> Self {
        let value = libm::pow(self.value, exponent.value);
        let base = exponent.value * libm::pow(self.value, exponent.value - 1.0);
        let power = if exponent.derivative == 0.0 {
            0.0
        } else {
            value * libm::log(self.value)
        };
        dual(value, base * self.derivative + power * exponent.derivative)
    }
}
