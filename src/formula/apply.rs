//! Formulas from operators: applied to formulas, and derivatives as the table of
//! operators writes them.

use crate::matrix::{Matrix, Shape};
use crate::notation::{self, ExprId, ExprKind, Exprs, LineKind};
use crate::ops::{self, Operator, Written};

use super::{Formula, Kind};

impl Formula {
    /// An operator applied to operands that go together.
    pub(super) fn applied(
        operator: &'static Operator,
        operands: &[Self],
        constants: &[f64],
    ) -> Self {
        let shapes: Vec<Shape> = operands.iter().map(|operand| operand.shape).collect();
        // The operands are those of a graph, or of the table's derivatives.
        let shape = (operator.shape)(&shapes, constants).unwrap_or(Shape::SCALAR);
        let kind = Kind::Applied {
            operator,
            operands: operands.to_vec(),
            constants: constants.into(),
        };
        Self::new(kind, shape)
    }

    /// The same of an operator without constants that is written like this, with
    /// numbers worked out, factors and exponents of 1 left out, and powers of 0
    /// as 1.
    pub(super) fn simplified(how: Written, operands: &[Self]) -> Self {
        let Some(operator) = ops::written(how) else {
            return Self::text("");
        };
        let numbers: Option<Vec<Matrix>> = operands
            .iter()
            .map(|operand| operand.as_number().map(Matrix::scalar))
            .collect();
        if let Some(numbers) = numbers {
            let known: Vec<&Matrix> = numbers.iter().collect();
            let value = operator.evaluate(&known, &[]).ok();
            return Self::number(
                value
                    .and_then(|value| value.as_scalar())
                    .unwrap_or(f64::NAN),
            );
        }
        let is = |operand: &Self, number| operand.as_number() == Some(number);
        match (how, operands) {
            (Written::Infix("*" | "@"), [factor, other]) if is(factor, 1.0) => other.clone(),
            (Written::Infix("*" | "@" | "/" | "^"), [other, factor]) if is(factor, 1.0) => {
                other.clone()
            }
            (Written::Infix("*"), [factor, other] | [other, factor]) if is(factor, -1.0) => {
                Self::simplified(Written::Prefix("-"), std::slice::from_ref(other))
            }
            (Written::Infix("^"), [_, exponent]) if is(exponent, 0.0) => Self::number(1.0),
            (Written::Postfix(_), [operand]) if operand.shape.is_scalar() => operand.clone(),
            _ => Self::applied(operator, operands, &[]),
        }
    }

    /// The product with another one, entry by entry.
    pub(super) fn times(self, other: Self) -> Self {
        Self::simplified(Written::Infix("*"), &[self, other])
    }

    /// A derivative as the table writes it, each piece of it `finish`ed; nothing
    /// where it writes none.
    pub(super) fn written(
        text: &str,
        name: impl Fn(&str) -> Self,
        finish: fn(Self) -> Self,
    ) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let parsed = notation::parse(&format!("d = {text}"));
        let LineKind::Assign { value, .. } = &parsed.program.lines.first()?.kind else {
            return None;
        };
        let make = Self::simplified;
        expression(&parsed.program.exprs, *value, name, make, finish)
    }

    /// An assignment as the table of update rules writes it, `v = β * v + g`: the name,
    /// and what it becomes, with nothing worked out. Nothing where it is none.
    pub(crate) fn assigned(line: &str, name: impl Fn(&str) -> Self) -> Option<(String, Self)> {
        let parsed = notation::parse(line);
        let LineKind::Assign { name: left, value } = &parsed.program.lines.first()?.kind else {
            return None;
        };
        let make = |how, operands: &[Self]| match ops::written(how) {
            Some(operator) => Self::applied(operator, operands, &[]),
            None => Self::text(""),
        };
        let becomes = expression(&parsed.program.exprs, *value, name, make, |formula| formula)?;
        Some((left.text.to_string(), becomes))
    }

    /// What operators on nothing but numbers come to.
    pub(crate) fn value(&self) -> Option<f64> {
        match &self.kind {
            Kind::Number(value) => Some(*value),
            Kind::Applied {
                operator,
                operands,
                constants,
            } => {
                let values = operands.iter().map(|of| of.value().map(Matrix::scalar));
                let values: Vec<Matrix> = values.collect::<Option<_>>()?;
                let known: Vec<&Matrix> = values.iter().collect();
                operator.evaluate(&known, constants).ok()?.as_scalar()
            }
            _ => None,
        }
    }
}

fn expression(
    exprs: &Exprs,
    root: ExprId,
    name: impl Fn(&str) -> Formula,
    make: impl Fn(Written, &[Formula]) -> Formula,
    finish: fn(Formula) -> Formula,
) -> Option<Formula> {
    let first = exprs[root].first.index();
    let mut made: Vec<Formula> = Vec::new();
    for (_, expr) in exprs.subtree(root) {
        let of = |id: ExprId| made[id.index() - first].clone();
        let formula = match &expr.kind {
            ExprKind::Number(value) => Formula::number(*value),
            ExprKind::Name(text) => name(text),
            ExprKind::Negate(operand) => make(Written::Prefix("-"), &[of(*operand)]),
            ExprKind::Transpose(operand) => make(Written::Postfix("'"), &[of(*operand)]),
            ExprKind::Binary {
                operator,
                left,
                right,
                ..
            } => make(Written::Infix(operator.sign()), &[of(*left), of(*right)]),
            ExprKind::Call {
                function,
                arguments,
            } => {
                let arguments = arguments.iter();
                let operands: Vec<Formula> = arguments.map(|argument| of(argument.value)).collect();
                match ops::function(&function.text) {
                    Some(operator) => Formula::applied(operator, &operands, &[]),
                    None => ones(&operands),
                }
            }
            ExprKind::Index { .. } | ExprKind::Matrix { .. } => return None,
        };
        made.push(finish(formula));
    }
    made.pop()
}

/// The one generator that the table's derivatives have: a matrix of ones.
fn ones(sides: &[Formula]) -> Formula {
    let side = |at: usize| sides.get(at).and_then(Formula::as_number);
    let side = |at: usize| side(at).unwrap_or(1.0) as usize;
    let shape = Shape::new(side(0), side(1));
    if shape.is_scalar() {
        return Formula::number(1.0);
    }
    Formula::new(Kind::Ones, shape)
}
