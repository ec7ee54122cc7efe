//! Operators that add up entries.

use crate::matrix::Shape;

use super::kernel::{Call, entries};
use super::matrix::row;
use super::scalar::Scalar;
use super::{Arity, Formula, Operator, Reads, Upstream, Written};

/// The rows.
pub static OPERATORS: &[Operator] = &[
    row!(
        "sum", Written::Function, "Σ", Arity::Exactly(1), Nothing, ["u * ones(m, n)"],
        shape: |_, _| Ok(Shape::SCALAR), work: entries, forward: sum,
        vjp: |_, _, upstream, into| add_to_all(into, upstream.gradient[0]),
    ),
    row!(
        "mean", Written::Function, "mean", Arity::Exactly(1), Nothing, ["u * ones(m, n) / (m * n)"],
        shape: |_, _| Ok(Shape::SCALAR), work: entries, forward: mean,
        vjp: |_, _, upstream, into| add_to_all(into, upstream.gradient[0] / into.len() as f64),
    ),
    row!(
        "sum_rows", Written::Function, "Σ↓", Arity::Exactly(1), Nothing, ["ones(m, 1) @ u"],
        shape: |shapes, _| Ok(Shape::new(1, shapes[0].columns)), work: entries, forward: sum_rows,
        vjp: sum_rows_vjp,
    ),
    row!(
        "sum_cols", Written::Function, "Σ→", Arity::Exactly(1), Nothing, ["u @ ones(1, n)"],
        shape: |shapes, _| Ok(Shape::new(shapes[0].rows, 1)), work: entries, forward: sum_cols,
        vjp: sum_cols_vjp,
    ),
];

/// The sum in the order of the entries.
pub(super) fn total<T: Scalar>(entries: impl Iterator<Item = T>) -> T {
    entries.fold(T::from(0.0), |sum, entry| sum + entry)
}

fn sum<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    out[0] = total(call.operand(0).iter().copied());
}

fn mean<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let entries = call.operand(0);
    out[0] = total(entries.iter().copied()) / T::from(entries.len() as f64);
}

fn sum_rows<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    out.fill(T::from(0.0));
    for row in call.operand(0).chunks_exact(out.len()) {
        for (sum, &entry) in out.iter_mut().zip(row) {
            *sum = *sum + entry;
        }
    }
}

fn sum_rows_vjp(call: &Call<'_>, _: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    for row in into.chunks_exact_mut(call.shape_of(0).columns) {
        for (into, u) in row.iter_mut().zip(upstream.gradient) {
            *into += u;
        }
    }
}

fn sum_cols<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let rows = call.operand(0).chunks_exact(call.shape_of(0).columns);
    for (sum, row) in out.iter_mut().zip(rows) {
        *sum = total(row.iter().copied());
    }
}

fn sum_cols_vjp(call: &Call<'_>, _: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let rows = into.chunks_exact_mut(call.shape_of(0).columns);
    for (row, &u) in rows.zip(upstream.gradient) {
        add_to_all(row, u);
    }
}

fn add_to_all(into: &mut [f64], amount: f64) {
    for entry in into {
        *entry += amount;
    }
}
