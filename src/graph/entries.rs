//! Matrices that are written entry by entry, and entries that are taken out.

use std::rc::Rc;

use crate::matrix::{Matrix, Shape};
use crate::notation::{ExprId, Index, Span};
use crate::ops::{self, ALL, Written};

use super::elaborate::Elaborator;
use super::fault::ElaborationFaultKind as Kind;
use super::scope::Value;

impl<'a> Elaborator<'a> {
    /// A matrix of its entries: constants where all of them are known, else
    /// rows set side by side and then stacked.
    pub(super) fn matrix(&mut self, rows: &[Vec<ExprId>], of: impl Fn(ExprId) -> Value) -> Value {
        let columns = rows.first().map_or(0, Vec::len);
        let mut entries = Vec::with_capacity(rows.len() * columns);
        for row in rows {
            if row.len() != columns && !row.is_empty() {
                let (first, found) = (columns, row.len());
                self.fault(self.span_of(row), Kind::Ragged { first, found });
                return Value::Faulty;
            }
            for &entry in row {
                let value = of(entry);
                match self.shape_of(&value) {
                    None => return Value::Faulty,
                    Some(shape) if !shape.is_scalar() => {
                        self.fault(self.exprs[entry].span, Kind::NotScalar(shape));
                        return Value::Faulty;
                    }
                    Some(_) => entries.push(value),
                }
            }
        }
        let numbers = entries.iter().map(|entry| match entry {
            Value::Known(matrix) => matrix.as_scalar(),
            _ => None,
        });
        if let Some(numbers) = numbers.collect::<Option<Vec<f64>>>() {
            let shape = Shape::new(rows.len(), columns);
            let matrix = Matrix::new(shape, numbers);
            return matrix.map_or(Value::Faulty, |matrix| Value::Known(Rc::new(matrix)));
        }
        let mut built = Vec::with_capacity(rows.len());
        for (row, values) in rows.iter().zip(entries.chunks(columns)) {
            built.push(self.join("hcat", self.span_of(row), values));
        }
        let all = match (rows.first(), rows.last()) {
            (Some(first), Some(last)) => self.span_of(first).to(self.span_of(last)),
            _ => return Value::Faulty,
        };
        self.join("vcat", all, &built)
    }

    /// Values set together; one alone is itself.
    fn join(&mut self, operator: &'static str, span: Span, values: &[Value]) -> Value {
        match values {
            [value] => value.clone(),
            _ => {
                let operator = ops::named(operator).expect("a row of the table");
                self.apply(span, operator, operator.name, values, &[])
            }
        }
    }

    fn span_of(&self, row: &[ExprId]) -> Span {
        let (first, last) = (row[0], row[row.len() - 1]);
        self.exprs[first].span.to(self.exprs[last].span)
    }

    /// The shape of a value, unless it is faulty.
    pub(super) fn shape_of(&self, value: &Value) -> Option<Shape> {
        match value {
            Value::Known(matrix) => Some(matrix.shape()),
            Value::Node(node) => self.builder.shape(*node),
            Value::Faulty => None,
        }
    }

    /// `A[2, :]`, or `x[3]` of a row or a column.
    pub(super) fn index(
        &mut self,
        span: Span,
        indexed: Value,
        first: &Index,
        second: Option<&Index>,
        of: impl Fn(ExprId) -> Value,
    ) -> Value {
        let Some(shape) = self.shape_of(&indexed) else {
            return Value::Faulty;
        };
        let places = match (second, shape.rows, shape.columns) {
            (Some(second), ..) => [Some(first), Some(second)],
            (None, 1, _) => [None, Some(first)],
            (None, _, 1) => [Some(first), None],
            _ => {
                self.fault(span, Kind::OneIndex(shape));
                return Value::Faulty;
            }
        };
        let mut constants = [ALL; 2];
        let sides = places.into_iter().zip([shape.rows, shape.columns]);
        for (constant, (place, size)) in constants.iter_mut().zip(sides) {
            if let Some(Index::At(at)) = place {
                let here = self.exprs[*at].span;
                let Some(number) = self.number(&of(*at), here) else {
                    return Value::Faulty;
                };
                if number.fract() != 0.0 || !(1.0..=size as f64).contains(&number) {
                    self.fault(here, Kind::Beyond { number, size });
                    return Value::Faulty;
                }
                *constant = number;
            }
        }
        let operator = ops::written(Written::Index).expect("a row of the table");
        self.apply(span, operator, operator.name, &[indexed], &constants)
    }
}
