//! Shapes and matrices: every value is a matrix of `f64`, a scalar is 1×1.

use std::fmt;

/// Rows and columns of a matrix, each from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
}

impl Shape {
    /// The shape of a scalar.
    pub const SCALAR: Self = Self::new(1, 1);

    /// A shape of so many rows and columns.
    pub const fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns }
    }

    /// How many numbers a matrix of this shape holds.
    pub const fn len(self) -> usize {
        self.rows * self.columns
    }

    /// Whether a matrix of this shape would hold nothing. No valid shape does.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether this is 1×1.
    pub const fn is_scalar(self) -> bool {
        self.len() == 1
    }

    /// The shape that two operands broadcast to, as in NumPy in two
    /// dimensions: sizes agree or one of them is 1.
    pub fn broadcast(self, other: Self) -> Option<Self> {
        let side = |a: usize, b: usize| match (a, b) {
            _ if a == b => Some(a),
            (1, size) | (size, 1) => Some(size),
            _ => None,
        };
        Some(Self::new(
            side(self.rows, other.rows)?,
            side(self.columns, other.columns)?,
        ))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}×{}", self.rows, self.columns)
    }
}

/// A matrix of numbers, stored row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    shape: Shape,
    data: Box<[f64]>,
}

impl Matrix {
    /// A matrix of `shape` with its numbers row by row, or nothing where their
    /// count is not the shape's or a side is 0.
    pub fn new(shape: Shape, data: impl Into<Box<[f64]>>) -> Option<Self> {
        let data = data.into();
        let fits = shape.rows.checked_mul(shape.columns) == Some(data.len());
        (fits && !data.is_empty()).then_some(Self { shape, data })
    }

    /// A 1×1 matrix.
    pub fn scalar(value: f64) -> Self {
        Self {
            shape: Shape::SCALAR,
            data: Box::new([value]),
        }
    }

    /// A matrix of zeros.
    pub fn zeros(shape: Shape) -> Self {
        Self {
            shape,
            data: vec![0.0; shape.len()].into(),
        }
    }

    /// Rows and columns.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The numbers, row by row.
    pub fn data(&self) -> &[f64] {
        &self.data
    }

    /// The numbers, row by row, to be changed in place.
    pub fn data_mut(&mut self) -> &mut [f64] {
        &mut self.data
    }

    /// The number itself where this is 1×1.
    pub fn as_scalar(&self) -> Option<f64> {
        self.shape.is_scalar().then(|| self.data[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_broadcast_where_sizes_agree_or_one_is_1() {
        let shape = Shape::new;
        assert_eq!(shape(3, 1).broadcast(shape(1, 4)), Some(shape(3, 4)));
        assert_eq!(shape(3, 4).broadcast(Shape::SCALAR), Some(shape(3, 4)));
        assert_eq!(shape(3, 4).broadcast(shape(4, 3)), None);
        assert_eq!(shape(2, 1).broadcast(shape(3, 1)), None);
    }

    #[test]
    fn a_matrix_has_as_many_numbers_as_its_shape_says() {
        assert!(Matrix::new(Shape::new(2, 2), [1.0, 2.0, 3.0]).is_none());
        assert!(Matrix::new(Shape::new(0, 2), []).is_none());
        assert!(Matrix::new(Shape::new(usize::MAX, 2), [1.0, 2.0]).is_none());
        assert!(Matrix::new(Shape::new(1, 2), [1.0, 2.0]).is_some());
    }
}
