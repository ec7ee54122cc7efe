//! Operators that reduce a matrix to a number.

use crate::matrix::Shape;

use super::{Operator, Reads, Written};

/// The rows.
pub static OPERATORS: &[Operator] = &[
    Operator {
        name: "sum",
        written: Written::Function,
        symbol: "Σ",
        operands: 1,
        constants: &[],
        reads: Reads::Nothing,
        derivative: &["1"],
        convention: None,
        shape: |_| Ok(Shape::SCALAR),
        forward: |call, out| out[0] = call.operand(0).iter().sum(),
        vjp: |_, _, upstream, into| add_to_all(into, upstream.gradient[0]),
    },
    Operator {
        name: "mean",
        written: Written::Function,
        symbol: "mean",
        operands: 1,
        constants: &[],
        reads: Reads::Nothing,
        derivative: &[""],
        convention: None,
        shape: |_| Ok(Shape::SCALAR),
        forward: |call, out| {
            let entries = call.operand(0);
            out[0] = entries.iter().sum::<f64>() / entries.len() as f64;
        },
        vjp: |_, _, upstream, into| {
            let share = upstream.gradient[0] / into.len() as f64;
            add_to_all(into, share);
        },
    },
];

fn add_to_all(into: &mut [f64], amount: f64) {
    for entry in into {
        *entry += amount;
    }
}
