//! Operators that put entries elsewhere and change none.

use crate::matrix::Shape;

use super::kernel::{Call, entries};
use super::matrix::row;
use super::scalar::Scalar;
use super::{Arity, Constant, Formula, Operator, Reads, ShapeFault, Upstream, Written};

/// The rows.
pub static OPERATORS: &[Operator] = &[
    row!(
        "vcat", Written::Function, "vcat", Arity::AtLeast(2), Nothing, [""],
        shape: stacked, work: entries, forward: stack, vjp: stack_vjp,
    ),
    row!(
        "hcat", Written::Function, "hcat", Arity::AtLeast(2), Nothing, [""],
        shape: side_by_side, work: entries, forward: set_side_by_side, vjp: set_side_by_side_vjp,
    ),
    Operator {
        name: "index",
        written: Written::Index,
        symbol: "[ ]",
        arity: Arity::Exactly(1),
        constants: &[
            Constant {
                name: "row",
                default: ALL,
            },
            Constant {
                name: "column",
                default: ALL,
            },
        ],
        reads: Reads::Nothing,
        formula: Formula::Whole(&[""]),
        convention: None,
        shape: indexed,
        work: entries,
        forward: index,
        #[cfg(test)]
        dual: index,
        vjp: index_vjp,
    },
];

/// The constant of `index` that stands for `:`; rows and columns count from 1.
pub const ALL: f64 = 0.0;

fn stacked(shapes: &[Shape], _: &[f64]) -> Result<Shape, ShapeFault> {
    let first = shapes[0];
    match shapes.iter().find(|shape| shape.columns != first.columns) {
        Some(&other) => Err(ShapeFault::Columns { first, other }),
        None => Ok(Shape::new(
            sum(shapes.iter().map(|shape| shape.rows)),
            first.columns,
        )),
    }
}

fn side_by_side(shapes: &[Shape], _: &[f64]) -> Result<Shape, ShapeFault> {
    let first = shapes[0];
    match shapes.iter().find(|shape| shape.rows != first.rows) {
        Some(&other) => Err(ShapeFault::Rows { first, other }),
        None => Ok(Shape::new(
            first.rows,
            sum(shapes.iter().map(|shape| shape.columns)),
        )),
    }
}

fn sum(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.fold(0, usize::saturating_add)
}

fn stack<T: Scalar>(call: &Call<'_, T>, mut out: &mut [T]) {
    for operand in 0..call.operands() {
        let entries = call.operand(operand);
        let (here, rest) = out.split_at_mut(entries.len());
        here.copy_from_slice(entries);
        out = rest;
    }
}

fn stack_vjp(call: &Call<'_>, operand: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let before: usize = (0..operand).map(|one| call.shape_of(one).len()).sum();
    for (into, u) in into.iter_mut().zip(&upstream.gradient[before..]) {
        *into += u;
    }
}

fn set_side_by_side<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let columns = |operand: usize| call.shape_of(operand).columns;
    let all: usize = (0..call.operands()).map(columns).sum();
    let mut before = 0;
    for operand in 0..call.operands() {
        let wide = columns(operand);
        let rows = call.operand(operand).chunks_exact(wide);
        for (row, out) in rows.zip(out.chunks_exact_mut(all)) {
            out[before..before + wide].copy_from_slice(row);
        }
        before += wide;
    }
}

fn set_side_by_side_vjp(call: &Call<'_>, operand: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let columns = |operand: usize| call.shape_of(operand).columns;
    let all: usize = (0..call.operands()).map(columns).sum();
    let before: usize = (0..operand).map(columns).sum();
    let rows = into.chunks_exact_mut(columns(operand));
    for (into, u) in rows.zip(upstream.gradient.chunks_exact(all)) {
        for (into, u) in into.iter_mut().zip(&u[before..]) {
            *into += u;
        }
    }
}

fn indexed(shapes: &[Shape], constants: &[f64]) -> Result<Shape, ShapeFault> {
    let side = |size: usize, index: usize| {
        let at = constants.get(index).copied().unwrap_or(ALL);
        if at.to_bits() == ALL.to_bits() {
            Ok(size)
        } else if at.fract() == 0.0 && (1.0..=size as f64).contains(&at) {
            Ok(1)
        } else {
            Err(ShapeFault::Beyond {
                index: at as u64,
                size,
            })
        }
    };
    Ok(Shape::new(
        side(shapes[0].rows, 0)?,
        side(shapes[0].columns, 1)?,
    ))
}

/// Calls `visit` with the index of each entry that is picked, in order.
fn each_picked<T>(call: &Call<'_, T>, mut visit: impl FnMut(usize)) {
    let Shape { rows, columns } = call.shape_of(0);
    let range = |index: usize, size: usize| match call.constant(index) {
        ALL => 0..size,
        at => at as usize - 1..at as usize,
    };
    for row in range(0, rows) {
        for column in range(1, columns) {
            visit(row * columns + column);
        }
    }
}

fn index<T: Scalar>(call: &Call<'_, T>, out: &mut [T]) {
    let mut out = out.iter_mut();
    each_picked(call, |at| {
        if let Some(out) = out.next() {
            *out = call.operand(0)[at];
        }
    });
}

fn index_vjp(call: &Call<'_>, _: usize, upstream: Upstream<'_>, into: &mut [f64]) {
    let mut gradient = upstream.gradient.iter();
    each_picked(call, |at| {
        into[at] += gradient.next().copied().unwrap_or(0.0);
    });
}
