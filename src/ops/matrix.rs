//! Operators of linear algebra: the product, the transpose, and what works on
//! each column as a whole.

use crate::matrix::Shape;

use super::kernel::{Call, entries, same};
use super::math::exp;
use super::scalar::Scalar;
use super::{Arity, Formula, Operator, Reads, ShapeFault, Upstream, Written};

/// Puts the same value for both kinds of numbers into a row.
macro_rules! row {
    (
        $name:literal, $written:expr, $symbol:literal, $arity:expr, $reads:ident, $formula:expr,
        shape: $shape:expr, work: $work:expr, forward: $forward:ident, vjp: $vjp:expr $(,)?
    ) => {
        Operator {
            name: $name,
            written: $written,
            symbol: $symbol,
            arity: $arity,
            constants: &[],
            reads: Reads::$reads,
            formula: Formula::Whole(&$formula),
            convention: None,
            shape: $shape,
            work: $work,
            forward: $forward,
            #[cfg(test)]
            dual: $forward,
            vjp: $vjp,
        }
    };
}
pub(super) use row;

/// The rows.
pub static OPERATORS: &[Operator] = &[
    row!(
        "matmul", Written::Infix("@"), "×", Arity::Exactly(2), Operands, ["u @ b'", "a' @ u"],
        shape: product, work: product_work, forward: multiply, vjp: multiply_vjp,
    ),
    row!(
        "transpose", Written::Postfix("'"), "ᵀ", Arity::Exactly(1), Nothing, ["u'"],
        shape: |shapes, _| Ok(flipped(shapes[0])), work: entries, forward: transpose,
        vjp: transpose_vjp,
    ),
    row!(
        "softmax", Written::Function, "softmax", Arity::Exactly(1), Output,
        ["y * (u - sum_rows(u * y))"],
        shape: same, work: entries, forward: softmax, vjp: softmax_vjp,
    ),
];

/// The transpose's shape.
fn flipped(Shape { rows, columns }: Shape) -> Shape {
    Shape::new(columns, rows)
}

fn product(shapes: &[Shape], _: &[f64]) -> Result<Shape, ShapeFault> {
    let (left, right) = (shapes[0], shapes[1]);
    if left.columns == right.rows {
        Ok(Shape::new(left.rows, right.columns))
    } else {
        Err(ShapeFault::Product { left, right })
    }
}

fn product_work(shapes: &[Shape], output: Shape) -> usize {
    output.len().saturating_mul(shapes[0].columns)
}

/// yᵢⱼ = Σₖ aᵢₖ bₖⱼ, each sum in the order of k.
fn multiply<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let (a, b) = (call.operand(0), call.operand(1));
    let (inner, columns) = (call.shape_of(0).columns, call.shape_of(1).columns);
    out.fill(T::from(0.0));
    for (a, y) in a.chunks_exact(inner).zip(out.chunks_exact_mut(columns)) {
        for (&a, b) in a.iter().zip(b.chunks_exact(columns)) {
            for (y, &b) in y.iter_mut().zip(b) {
                *y = *y + a * b;
            }
        }
    }
}

/// u bᵀ for the left operand, aᵀ u for the right one.
fn multiply_vjp(call: &Call<'_>, operand: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let (a, b, u) = (call.operand(0), call.operand(1), upstream.gradient);
    let (inner, columns) = (call.shape_of(0).columns, call.shape_of(1).columns);
    if operand == 0 {
        for (into, u) in into.chunks_exact_mut(inner).zip(u.chunks_exact(columns)) {
            for (into, b) in into.iter_mut().zip(b.chunks_exact(columns)) {
                *into += u.iter().zip(b).map(|(u, b)| u * b).sum::<f64>();
            }
        }
    } else {
        for (a, u) in a.chunks_exact(inner).zip(u.chunks_exact(columns)) {
            for (a, into) in a.iter().zip(into.chunks_exact_mut(columns)) {
                for (into, u) in into.iter_mut().zip(u) {
                    *into += a * u;
                }
            }
        }
    }
}

fn transpose<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let Shape { rows, columns } = call.shape_of(0);
    for (row, entries) in call.operand(0).chunks_exact(columns).enumerate() {
        for (column, &entry) in entries.iter().enumerate() {
            out[column * rows + row] = entry;
        }
    }
}

fn transpose_vjp(call: &Call<'_>, _: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let Shape { rows, columns } = call.shape_of(0);
    for (row, entries) in into.chunks_exact_mut(columns).enumerate() {
        for (column, entry) in entries.iter_mut().enumerate() {
            *entry += upstream.gradient[column * rows + row];
        }
    }
}

/// Down each column eˣ/Σeˣ, with the column's largest x taken off first.
fn softmax<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let columns = call.shape_of(0).columns;
    out.copy_from_slice(call.operand(0));
    for column in 0..columns {
        softmax_down(out, column, columns);
    }
}

/// Turns one column of logits into its softmax. Where a logit is NaN, all of
/// it is.
fn softmax_down<T: Scalar>(entries: &mut [T], column: usize, columns: usize) {
    let largest = largest_down(entries, column, columns);
    let mut sum = T::from(0.0);
    for entry in entries[column..].iter_mut().step_by(columns) {
        *entry = exp(*entry - T::from(largest));
        sum = sum + *entry;
    }
    for entry in entries[column..].iter_mut().step_by(columns) {
        *entry = *entry / sum;
    }
}

/// The largest value of a column. It is taken off before the exponentials, so
/// that none overflows; the result does not depend on it.
pub(super) fn largest_down<T: Scalar>(entries: &[T], column: usize, columns: usize) -> f64 {
    let values = entries[column..].iter().step_by(columns);
    values.fold(f64::NEG_INFINITY, |largest, entry| {
        super::math::larger(largest, entry.value())
    })
}

/// Down each column y ⊙ (u − Σ u y).
fn softmax_vjp(call: &Call<'_>, _: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let Upstream {
        output: y,
        gradient: u,
    } = upstream;
    let columns = call.shape_of(0).columns;
    for column in 0..columns {
        let places = || (column..y.len()).step_by(columns);
        let weighed: f64 = places().map(|at| u[at] * y[at]).sum();
        for at in places() {
            into[at] += y[at] * (u[at] - weighed);
        }
    }
}
