//! What a row's functions see of memory, and the loops they share.
//!
//! A row says what happens to one entry; the loops here carry it over whole
//! matrices, broadcast, and accumulate. They take the row's functions as
//! pointers: one loop for all rows is less to load than a loop for each.

use crate::matrix::Shape;

use super::scalar::Scalar;
use super::{ShapeFault, Upstream};

/// Where a matrix lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Index of its first number.
    pub offset: usize,
    /// Its shape; it takes `shape.len()` numbers.
    pub shape: Shape,
}

impl Slot {
    /// The indices it takes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.offset..self.offset + self.shape.len()
    }
}

/// One application of an operator, as its functions see it.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a, T = f64> {
    memory: &'a [T],
    slots: &'a [Slot],
    constants: &'a [f64],
    shape: Shape,
}

impl<'a, T> Call<'a, T> {
    /// A call whose operands lie in `memory` at `slots`, with the operator's
    /// constants and the shape of its output.
    pub fn new(memory: &'a [T], slots: &'a [Slot], constants: &'a [f64], shape: Shape) -> Self {
        Self {
            memory,
            slots,
            constants,
            shape,
        }
    }

    /// The numbers of one operand, row by row.
    pub fn operand(&self, index: usize) -> &'a [T] {
        &self.memory[self.slots[index].range()]
    }

    /// How many operands there are.
    pub fn operands(&self) -> usize {
        self.slots.len()
    }

    /// The shape of one operand.
    pub fn shape_of(&self, index: usize) -> Shape {
        self.slots[index].shape
    }

    /// A constant, or 0 where the operator has none.
    pub fn constant(&self, index: usize) -> f64 {
        self.constants.get(index).copied().unwrap_or(0.0)
    }

    /// How far one operand moves for each row and column of the output:
    /// nothing along a side that is broadcast.
    fn strides(&self, index: usize) -> (usize, usize) {
        let Shape { rows, columns } = self.slots[index].shape;
        let row = if rows == 1 { 0 } else { columns };
        (row, usize::from(columns != 1))
    }

    /// Calls `visit` with the index into the output and into both operands,
    /// row by row: the one order of summation.
    #[inline]
    fn each_pair(&self, mut visit: impl FnMut(usize, usize, usize)) {
        let ((a_row, a_column), (b_row, b_column)) = (self.strides(0), self.strides(1));
        let mut at = 0;
        for row in 0..self.shape.rows {
            for column in 0..self.shape.columns {
                visit(
                    at,
                    row * a_row + column * a_column,
                    row * b_row + column * b_column,
                );
                at += 1;
            }
        }
    }
}

/// The shape rule of a unary element-wise operator.
pub fn same(shapes: &[Shape], _: &[f64]) -> Result<Shape, ShapeFault> {
    Ok(shapes[0])
}

/// The shape rule of a binary element-wise operator.
pub fn broadcast(shapes: &[Shape], _: &[f64]) -> Result<Shape, ShapeFault> {
    let (left, right) = (shapes[0], shapes[1]);
    left.broadcast(right)
        .ok_or(ShapeFault::Broadcast { left, right })
}

/// The work of an operator that looks at every entry about once.
pub fn entries(shapes: &[Shape], output: Shape) -> usize {
    let sizes = shapes.iter().map(|shape| shape.len());
    sizes.fold(output.len(), usize::max)
}

/// Forward, one operand: `value(x, constant)` for each entry.
pub fn map<T: Scalar>(call: &Call<'_, T>, out: &mut [T], value: fn(T, f64) -> T) {
    let constant = call.constant(0);
    for (y, &x) in out.iter_mut().zip(call.operand(0)) {
        *y = value(x, constant);
    }
}

/// Backward, one operand: adds upstream × `slope(x, y, constant)`.
pub fn map_vjp(
    call: &Call<'_>,
    upstream: Upstream<'_>,
    into: &mut [f64],
    slope: fn(f64, f64, f64) -> f64,
) {
    let constant = call.constant(0);
    let entries = call.operand(0).iter().zip(upstream.output);
    for ((into, u), (&x, &y)) in into.iter_mut().zip(upstream.gradient).zip(entries) {
        *into += u * slope(x, y, constant);
    }
}

/// Forward, two operands: `value(a, b)` for each entry of the output.
pub fn zip<T: Scalar>(call: &Call<'_, T>, out: &mut [T], value: fn(T, T) -> T) {
    let (a, b) = (call.operand(0), call.operand(1));
    if a.len() == out.len() && b.len() == out.len() {
        for (y, (&a, &b)) in out.iter_mut().zip(a.iter().zip(b)) {
            *y = value(a, b);
        }
    } else {
        call.each_pair(|at, i, j| out[at] = value(a[i], b[j]));
    }
}

/// Backward, two operands: adds upstream × `slope(a, b, y)` to the gradient of
/// the operand that is asked for, summed over what was broadcast.
pub fn zip_vjp(
    call: &Call<'_>,
    operand: usize,
    upstream: Upstream<'_>,
    into: &mut [f64],
    slope: fn(f64, f64, f64) -> f64,
) {
    let (a, b, y) = (call.operand(0), call.operand(1), upstream.output);
    call.each_pair(|at, i, j| {
        into[if operand == 0 { i } else { j }] += upstream.gradient[at] * slope(a[i], b[j], y[at]);
    });
}
