//! How strongly formulas bind: where brackets, signs and spaces are needed.

use crate::number;
use crate::ops::Written;

use super::pen::Pen;
use super::{COMBINING_HAT, Formula, Joint, Kind};

/// How strongly a formula's own operator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// Sums, and numbers below 0.
    Sum,
    /// What has a minus sign before it.
    Negative,
    /// Products.
    Product,
    /// Powers, derivatives and fractions.
    Power,
    /// All else.
    Atom,
}

/// How strongly a formula binds as this pen writes it.
pub fn binding<P: Pen>(formula: &Formula) -> Binding {
    match &formula.kind {
        Kind::Number(value) if *value < 0.0 => Binding::Sum,
        // 4.2×10⁴ reads as a product; only updates raise such a number to a power.
        Kind::Number(value) if cfg!(feature = "whole") && number::short(*value).contains('×') => {
            Binding::Product
        }
        // The shape of a constant without a name reads as a product.
        Kind::Text(text) if text.contains('×') => Binding::Product,
        Kind::Applied {
            operator, operands, ..
        } => match (operator.written, &operands[..]) {
            (Written::Infix("^") | Written::Postfix(_), _) => Binding::Power,
            (Written::Infix("/"), _) if P::STACKS => Binding::Power,
            (Written::Infix("*" | "/"), [left, _]) => match binding::<P>(left) {
                Binding::Negative => Binding::Negative,
                _ => Binding::Product,
            },
            (Written::Infix("@"), _) => Binding::Product,
            (Written::Infix(_), _) => Binding::Sum,
            (Written::Prefix(_), _) => Binding::Negative,
            _ => Binding::Atom,
        },
        Kind::Derivative { .. } => Binding::Power,
        Kind::Summed(_) | Kind::Product(_, Joint::Dot | Joint::Space) => Binding::Product,
        Kind::Terms { .. } | Kind::Product(_, Joint::Comma) => Binding::Sum,
        _ => Binding::Atom,
    }
}

/// Whether a product needs no sign: a number before what begins with none.
pub fn is_beside(left: &Formula, right: &Formula) -> bool {
    left.as_number().is_some() && !starts_with_digit(right)
}

fn starts_with_digit(formula: &Formula) -> bool {
    match &formula.kind {
        // One below 0 stands in brackets, but would look like an argument.
        Kind::Number(_) => true,
        Kind::Text(text) => text.starts_with(|c: char| c.is_ascii_digit()),
        Kind::Applied {
            operator, operands, ..
        } => match operator.written {
            Written::Prefix(_) | Written::Function => false,
            _ => operands.first().is_some_and(starts_with_digit),
        },
        _ => false,
    }
}

/// Whether it would seem to go on in what stands beside it: what has a stroke, names of
/// several letters, functions, and products and powers of such.
pub fn is_wide(formula: &Formula) -> bool {
    match &formula.kind {
        Kind::Derivative { .. } => true,
        Kind::Name { stem, .. } => stem
            .chars()
            .nth(1)
            .is_some_and(|second| second != COMBINING_HAT),
        Kind::Applied {
            operator, operands, ..
        } => match operator.written {
            Written::Function => true,
            Written::Infix("@") | Written::Postfix(_) => operands.iter().any(is_wide),
            _ => false,
        },
        _ => false,
    }
}
