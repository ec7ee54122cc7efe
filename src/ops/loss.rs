//! Losses: two operands of one shape, the output `o` (or logits `z`) and the
//! label `y`, to one number.

use crate::matrix::Shape;

use super::kernel::{Call, entries};
use super::math::{above, abs, exp, larger, log, sigmoid, sign, weighed};
use super::matrix::largest_down;
use super::reduce::total;
use super::scalar::Scalar;
use super::{Arity, Convention, Formula, Operator, Reads, ShapeFault, Upstream, Written};

/// A loss that is a sum over pairs of entries, times a share of the whole.
macro_rules! pairs {
    (
        $name:literal, $symbol:literal, [$by_output:literal, $by_label:literal],
        |$o:pat_param, $y:pat_param| $value:expr,
        |$o0:pat_param, $y0:pat_param| $slope:expr,
        |$o1:pat_param, $y1:pat_param| $label_slope:expr,
        share: $share:ident
        $(, at_edges: $convention:ident)?
    ) => {
        Operator {
            name: $name,
            written: Written::Function,
            symbol: $symbol,
            arity: Arity::Exactly(2),
            constants: &[],
            reads: Reads::Operands,
            formula: Formula::Whole(&[$by_output, $by_label]),
            convention: pairs!(@convention $($convention)?),
            shape: one_shape,
            work: entries,
            forward: |call, out| add_pairs(call, out, |$o, $y| $value, $share),
            #[cfg(test)]
            dual: |call, out| add_pairs(call, out, |$o, $y| $value, $share),
            vjp: |call, operand, upstream, into| match operand {
                0 => add_slopes(call, upstream, into, |$o0, $y0| $slope, $share),
                _ => add_slopes(call, upstream, into, |$o1, $y1| $label_slope, $share),
            },
        }
    };
    (@convention) => { None };
    (@convention $convention:ident) => { Some(Convention::$convention) };
}

/// The rows.
#[rustfmt::skip]
pub static OPERATORS: &[Operator] = &[
    pairs!("mse", "mse", ["2 * u * (a - b) / (m * n)", "2 * u * (b - a) / (m * n)"],
        |o, y| (o - y) * (o - y), |o, y| 2.0 * (o - y), |o, y| 2.0 * (y - o), share: mean),
    pairs!("squared_error", "½‖·‖²", ["u * (a - b)", "u * (b - a)"],
        |o, y| (o - y) * (o - y), |o, y| 2.0 * (o - y), |o, y| 2.0 * (y - o), share: half),
    pairs!("mae", "mae", ["u * (a - b) / abs(a - b) / (m * n)", "u * (b - a) / abs(a - b) / (m * n)"],
        |o, y| abs(o - y), |o, y| sign(o - y), |o, y| sign(y - o), share: mean, at_edges: ZeroAtEqual),
    pairs!("huber", "huber", ["u * max(-1, min(1, a - b)) / (m * n)", "u * max(-1, min(1, b - a)) / (m * n)"],
        |o, y| huber(o - y), |o, y| (o - y).clamp(-1.0, 1.0), |o, y| (y - o).clamp(-1.0, 1.0), share: mean),
    pairs!("bce", "bce", ["u * (a - b) / (a * (1 - a)) / (m * n)", "u * (log(1 - a) - log(a)) / (m * n)"],
        |o, y| cross_entropy_of(o, y), |o, y| cross_entropy_slope(o, y), |o, _| log(1.0 - o) - log(o),
        share: mean, at_edges: ZeroTimesLogZero),
    pairs!("bce_logits", "bce", ["u * (sigmoid(a) - b) / (m * n)", "-u * a / (m * n)"],
        |z, y| logistic(z, y), |z, y| sigmoid(z) - y, |z, _| -z, share: mean),
    pairs!("hinge", "hinge", ["", ""],
        |o, y| hinge(o, y), |o, y| above(1.0 - y * o, -y, 0.0, 0.0), |o, y| above(1.0 - y * o, -o, 0.0, 0.0), share: mean, at_edges: ZeroAtEdge),
    Operator {
        name: "cross_entropy",
        written: Written::Function,
        symbol: "ce",
        arity: Arity::Exactly(2),
        constants: &[],
        reads: Reads::Operands,
        formula: Formula::Whole(&["u * (softmax(a) * sum_rows(b) - b) / n", "-u * log(softmax(a)) / n"]),
        convention: Some(Convention::ZeroTimesLogZero),
        shape: one_shape,
        work: entries,
        forward: cross_entropy,
        #[cfg(test)]
        dual: cross_entropy,
        vjp: cross_entropy_vjp,
    },
];

/// The shape rule of a loss.
fn one_shape(shapes: &[Shape], _: &[f64]) -> Result<Shape, ShapeFault> {
    let (left, right) = (shapes[0], shapes[1]);
    if left == right {
        Ok(Shape::SCALAR)
    } else {
        Err(ShapeFault::Differ { left, right })
    }
}

fn mean(count: usize) -> f64 {
    1.0 / count as f64
}

fn half(_: usize) -> f64 {
    0.5
}

/// The sum of `value(o, y)` over all entries, divided or halved at the end.
fn add_pairs<T: Scalar>(
    call: &Call<'_, T>,
    out: &mut [T],
    value: fn(T, T) -> T,
    share: fn(usize) -> f64,
) {
    let (o, y) = (call.operand(0), call.operand(1));
    let sum = total(o.iter().zip(y).map(|(&o, &y)| value(o, y)));
    out[0] = sum * T::from(share(o.len()));
}

fn add_slopes(
    call: &Call<'_>,
    upstream: Upstream<'_>,
    into: &mut [f64],
    slope: fn(f64, f64) -> f64,
    share: fn(usize) -> f64,
) {
    let scale = upstream.gradient[0] * share(into.len());
    let pairs = call.operand(0).iter().zip(call.operand(1));
    for (into, (&o, &y)) in into.iter_mut().zip(pairs) {
        *into += scale * slope(o, y);
    }
}

/// ½ d² up to 1, then |d| − ½ (δ = 1).
fn huber<T: Scalar>(d: T) -> T {
    let half = T::from(0.5);
    if d.value().abs() <= 1.0 {
        half * d * d
    } else {
        abs(d) - half
    }
}

/// −y log o − (1 − y) log(1 − o), of a probability; not clamped.
fn cross_entropy_of<T: Scalar>(o: T, y: T) -> T {
    let one = T::from(1.0);
    -(weighed(y, || log(o)) + weighed(one - y, || log(one - o)))
}

/// Its derivative by o, of which a half with the weight 0 counts nothing.
fn cross_entropy_slope(o: f64, y: f64) -> f64 {
    weighed(1.0 - y, || 1.0 / (1.0 - o)) - weighed(y, || 1.0 / o)
}

/// The same of a logit: log(1 + eᶻ) − yz, without overflow.
fn logistic<T: Scalar>(z: T, y: T) -> T {
    larger(z, T::from(0.0)) - z * y + exp(-abs(z)).log1p()
}

fn hinge<T: Scalar>(o: T, y: T) -> T {
    larger(T::from(1.0) - y * o, T::from(0.0))
}

/// The mean over the columns of −Σ y log softmax(z).
fn cross_entropy<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let (z, y) = (call.operand(0), call.operand(1));
    let columns = call.shape_of(0).columns;
    let mut sum = T::from(0.0);
    for column in 0..columns {
        let normaliser = log_sum_exp(z, column, columns);
        let pairs = z[column..].iter().zip(&y[column..]).step_by(columns);
        sum = sum + total(pairs.map(|(&z, &y)| weighed(y, || normaliser - z)));
    }
    out[0] = sum / T::from(columns as f64);
}

/// log Σ eᶻ down a column.
fn log_sum_exp<T: Scalar>(z: &[T], column: usize, columns: usize) -> T {
    let largest = T::from(largest_down(z, column, columns));
    let parts = z[column..].iter().step_by(columns);
    largest + log(total(parts.map(|&z| exp(z - largest))))
}

/// By z: (softmax(z) Σ y − y)/n; by y: −log softmax(z)/n.
fn cross_entropy_vjp(call: &Call<'_>, operand: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let (z, y) = (call.operand(0), call.operand(1));
    let Shape { columns, .. } = call.shape_of(0);
    let share = upstream.gradient[0] / columns as f64;
    for column in 0..columns {
        let places = || (column..z.len()).step_by(columns);
        let normaliser = log_sum_exp(z, column, columns);
        let labels: f64 = places().map(|at| y[at]).sum();
        for at in places() {
            let slope = match operand {
                0 => exp(z[at] - normaliser) * labels - y[at],
                _ => normaliser - z[at],
            };
            into[at] += share * slope;
        }
    }
}
