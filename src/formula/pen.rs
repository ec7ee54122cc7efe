//! The one way through a formula, whatever it is written as: which signs and
//! brackets stand where.

use crate::number;
use crate::ops::{self, Operator, Written};

use super::binding::{Binding, binding, is_beside, is_wide};
use super::{Formula, Joint, Kind, Stands};

/// What the notation calls a matrix of ones.
pub const ONES: &str = "ones";

/// What writes a formula.
pub trait Pen {
    /// Whether quotients stand above each other, and roots and strokes enclose
    /// what they are of: then brackets are not needed.
    const STACKS: bool;

    fn text(&mut self, text: &str, style: Style);
    fn number(&mut self, value: f64) {
        self.text(&number::short(value), Style::Number);
    }
    fn sign(&mut self, sign: Sign);
    /// Here a group begins. Of a group with two parts the first.
    fn open(&mut self, group: Group);
    /// Here the second part of a group begins.
    fn next(&mut self, group: Group);
    fn close(&mut self, group: Group);
    /// What is written until [`stood`](Self::stood) stands for this.
    fn stand(&mut self, _stands: &[Stands]) {}
    fn stood(&mut self, _stands: &[Stands]) {}
    /// Here a line may end.
    fn may_break(&mut self) {}
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Name,
    Number,
    /// Which of several it is.
    Place,
    /// Functions, and what else is upright.
    Word,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
    Negative,
    Entrywise,
    Dot,
    /// Between a number and what it multiplies.
    Beside,
    /// Between the factors of a matrix product of which one would seem to go on in the
    /// other.
    Space,
    Over,
    Equals,
    Becomes,
    Comma,
    Sum,
    Prime,
    Transposed,
    Differential,
    OverDifferential,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Brackets,
    /// Something, and what is raised beside it.
    Above,
    /// Something, and what is lowered beside it.
    Below,
    Fraction,
    Root,
    /// Between strokes: the absolute value.
    Strokes,
    /// Something with a brace, and what stands below that.
    Brace,
}

/// Writes a formula.
pub fn write<P: Pen>(formula: &Formula, pen: &mut P) {
    if !formula.stands.is_empty() {
        pen.stand(&formula.stands);
    }
    write_kind(formula, pen);
    if !formula.stands.is_empty() {
        pen.stood(&formula.stands);
    }
}

/// Writes a formula as a factor beside others; a number as it is.
pub fn write_factor<P: Pen>(formula: &Formula, pen: &mut P) {
    match formula.as_number() {
        Some(_) => write(formula, pen),
        None => within(formula, Binding::Product, pen),
    }
}

fn write_kind<P: Pen>(formula: &Formula, pen: &mut P) {
    match &formula.kind {
        Kind::Number(value) => pen.number(*value),
        Kind::Name {
            stem,
            below,
            binding,
        } => write_name(stem, below, binding, pen),
        Kind::Text(text) => pen.text(text, Style::Word),
        Kind::Applied {
            operator,
            operands,
            constants,
        } => write_applied(operator, operands, constants, pen),
        // Only walks and derivations have the others.
        _ if !cfg!(feature = "whole") => pen.text("…", Style::Word),
        Kind::Primed {
            name,
            slot,
            operands,
        } => {
            open_below(*slot, pen);
            // A letter stands for a function as a name does.
            let is_letter = name.chars().count() == 1;
            pen.text(name, if is_letter { Style::Name } else { Style::Word });
            pen.sign(Sign::Prime);
            close_below(*slot, pen);
            write_arguments(operands, pen);
        }
        Kind::Ones if P::STACKS => {
            pen.open(Group::Below);
            pen.text(ONES, Style::Word);
            pen.next(Group::Below);
            pen.text(&formula.shape.to_string(), Style::Word);
            pen.close(Group::Below);
        }
        Kind::Ones => {
            let size = |count: usize| Formula::number(count as f64);
            pen.text(ONES, Style::Word);
            write_arguments(
                &[size(formula.shape.rows), size(formula.shape.columns)],
                pen,
            );
        }
        Kind::Unit(place) => {
            open_below(Some(*place), pen);
            pen.text("e", Style::Word);
            close_below(Some(*place), pen);
        }
        Kind::Picked { of, rows, columns } => {
            within(of, Binding::Atom, pen);
            let piece = |range: &std::ops::Range<usize>| match range.len() {
                1 => range.end.to_string(),
                _ => format!("{}:{}", range.start + 1, range.end),
            };
            let all = |range: &std::ops::Range<usize>, size| match range.len() == size {
                true => ":".into(),
                false => piece(range),
            };
            let places = match (of.shape.rows, of.shape.columns) {
                (_, 1) => piece(rows),
                (1, _) => piece(columns),
                (height, width) => format!("{}, {}", all(rows, height), all(columns, width)),
            };
            pen.text(&format!("[{places}]"), Style::Word);
        }
        Kind::Summed(of) => {
            pen.sign(Sign::Sum);
            within::<P>(of, Binding::Product, pen);
        }
        Kind::Derivative { of, by, slot } => {
            open_below(*slot, pen);
            write_derivative(of, by, slot.is_some(), pen);
            close_below(*slot, pen);
        }
        Kind::Product(factors, joint) => write_product(factors, *joint, pen),
        Kind::Known(of, known) => {
            pen.open(Group::Brace);
            write(of, pen);
            pen.next(Group::Brace);
            write(known, pen);
            pen.close(Group::Brace);
        }
        Kind::Terms { terms, has_more } => {
            for (at, term) in terms.iter().enumerate() {
                if at > 0 {
                    pen.may_break();
                    pen.sign(Sign::Plus);
                }
                match terms.len() {
                    1 => write(term, pen),
                    _ => within(term, Binding::Product, pen),
                }
            }
            if *has_more {
                pen.sign(Sign::Plus);
                pen.text("…", Style::Word);
            }
        }
        Kind::Equation(sides) => {
            for (at, side) in sides.iter().enumerate() {
                if at > 1 {
                    pen.may_break();
                }
                if at > 0 {
                    pen.sign(Sign::Equals);
                }
                write(side, pen);
            }
        }
        Kind::Update(left, right) => {
            write(left, pen);
            pen.sign(Sign::Becomes);
            write(right, pen);
        }
    }
}

fn write_name<P: Pen>(stem: &str, below: &str, binding: &str, pen: &mut P) {
    if !binding.is_empty() {
        pen.open(Group::Above);
    }
    if !below.is_empty() {
        pen.open(Group::Below);
    }
    pen.text(stem, Style::Name);
    for (text, group) in [(below, Group::Below), (binding, Group::Above)] {
        if !text.is_empty() {
            pen.next(group);
            pen.text(text, Style::Number);
            pen.close(group);
        }
    }
}

fn write_applied<P: Pen>(
    operator: &Operator,
    operands: &[Formula],
    constants: &[f64],
    pen: &mut P,
) {
    match (operator.written, operands) {
        (Written::Infix("^"), [base, exponent]) => {
            pen.open(Group::Above);
            within(base, Binding::Atom, pen);
            pen.next(Group::Above);
            write(exponent, pen);
            pen.close(Group::Above);
        }
        (Written::Infix("*"), [left, right]) => {
            let beside = is_beside(left, right);
            first_factor(left, pen);
            pen.sign(match (left.shape.is_scalar(), right.shape.is_scalar()) {
                _ if beside => Sign::Beside,
                (false, false) => Sign::Entrywise,
                _ => Sign::Dot,
            });
            let least = if beside {
                Binding::Power
            } else {
                Binding::Product
            };
            within(right, least, pen);
        }
        (Written::Infix("@"), [left, right]) => {
            let is_wide = is_wide(left) || is_wide(right);
            within(left, Binding::Product, pen);
            pen.sign(if is_wide { Sign::Space } else { Sign::Beside });
            within(right, Binding::Power, pen);
        }
        (Written::Infix("/"), [above, below]) if P::STACKS => {
            pen.open(Group::Fraction);
            write(above, pen);
            pen.next(Group::Fraction);
            write(below, pen);
            pen.close(Group::Fraction);
        }
        (Written::Infix("/"), [left, right]) => {
            match left.is_derivative() {
                true => bracketed(left, pen),
                false => first_factor(left, pen),
            }
            pen.sign(Sign::Over);
            within(right, Binding::Power, pen);
        }
        (Written::Infix(sign), [left, right]) => {
            within(left, Binding::Sum, pen);
            pen.sign(if sign == "+" { Sign::Plus } else { Sign::Minus });
            within(right, Binding::Product, pen);
        }
        (Written::Prefix(_), [operand]) => {
            pen.sign(Sign::Negative);
            within(operand, Binding::Product, pen);
        }
        (Written::Postfix(_), [operand]) => {
            pen.open(Group::Above);
            within(operand, Binding::Atom, pen);
            pen.next(Group::Above);
            pen.sign(Sign::Transposed);
            pen.close(Group::Above);
        }
        (Written::Index, [operand]) => {
            within(operand, Binding::Atom, pen);
            let place = |&at: &f64| match at {
                ops::ALL => String::from(":"),
                at => number::short(at),
            };
            let places: Vec<String> = constants.iter().map(place).collect();
            pen.text(&format!("[{}]", places.join(", ")), Style::Word);
        }
        (_, [operand]) if P::STACKS && matches!(operator.name, "sqrt" | "abs") => {
            let group = if operator.name == "sqrt" {
                Group::Root
            } else {
                Group::Strokes
            };
            pen.open(group);
            write(operand, pen);
            pen.close(group);
        }
        _ => {
            pen.text(operator.name, Style::Word);
            write_arguments(operands, pen);
        }
    }
}

fn write_arguments<P: Pen>(arguments: &[Formula], pen: &mut P) {
    pen.open(Group::Brackets);
    write_list(arguments, Sign::Comma, pen);
    pen.close(Group::Brackets);
}

fn write_list<P: Pen>(all: &[Formula], sign: Sign, pen: &mut P) {
    for (at, formula) in all.iter().enumerate() {
        if at > 0 {
            pen.sign(sign);
        }
        write(formula, pen);
    }
}

fn write_product<P: Pen>(factors: &[Formula], joint: Joint, pen: &mut P) {
    match joint {
        Joint::Prod => {
            pen.text("prod", Style::Word);
            write_arguments(factors, pen);
        }
        Joint::Dot => write_list(factors, Sign::Dot, pen),
        Joint::Comma => write_list(factors, Sign::Comma, pen),
        Joint::Space => write_list(factors, Sign::Space, pen),
    }
}

fn write_derivative<P: Pen>(of: &Formula, by: &Formula, is_marked: bool, pen: &mut P) {
    // What is lowered beside a fraction would seem to belong below its line.
    if is_marked {
        pen.open(Group::Brackets);
    }
    if P::STACKS {
        pen.open(Group::Fraction);
    }
    pen.sign(Sign::Differential);
    within(of, Binding::Atom, pen);
    if P::STACKS {
        pen.next(Group::Fraction);
        pen.sign(Sign::Differential);
    } else {
        pen.sign(Sign::OverDifferential);
    }
    within(by, Binding::Atom, pen);
    if P::STACKS {
        pen.close(Group::Fraction);
    }
    if is_marked {
        pen.close(Group::Brackets);
    }
}

/// Which of several it is goes below the line, counted from 1.
fn open_below<P: Pen>(place: Option<usize>, pen: &mut P) {
    if place.is_some() {
        pen.open(Group::Below);
    }
}

fn close_below<P: Pen>(place: Option<usize>, pen: &mut P) {
    if let Some(place) = place {
        pen.next(Group::Below);
        pen.text(&(place + 1).to_string(), Style::Place);
        pen.close(Group::Below);
    }
}

/// A formula as an operand of something that binds as strongly as this.
fn within<P: Pen>(formula: &Formula, least: Binding, pen: &mut P) {
    match binding::<P>(formula) >= least {
        true => write(formula, pen),
        false => bracketed(formula, pen),
    }
}

fn bracketed<P: Pen>(formula: &Formula, pen: &mut P) {
    pen.open(Group::Brackets);
    write(formula, pen);
    pen.close(Group::Brackets);
}

/// A formula as the first factor of a product: a minus sign before the factor is
/// one before the product.
fn first_factor<P: Pen>(formula: &Formula, pen: &mut P) {
    match binding::<P>(formula) {
        Binding::Negative => write(formula, pen),
        _ => within(formula, Binding::Product, pen),
    }
}
