//! Expression to text.

use super::lexer::is_superscript_digit;
use super::place::Span;
use super::tree::{BinaryOperator, ExprId, ExprKind, Exprs, Index};
use crate::number::{self, superscript};

/// An expression in the notation, without brackets that it doesn't need. Read
/// again it is the same tree.
///
/// ```
/// use chalkgrad::notation::{LineKind, parse, print};
///
/// let program = parse("y = ((4)*(x^(2)))").program;
/// let LineKind::Assign { value, .. } = program.lines[0].kind else { unreachable!() };
/// assert_eq!(print(&program.exprs, value), "4x^2");
/// ```
pub fn print(exprs: &Exprs, root: ExprId) -> String {
    let mut printer = Printer {
        exprs,
        pending: vec![Piece::Expr(root, Level::Sum)],
    };
    let mut text = String::new();
    while let Some(piece) = printer.pending.pop() {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Number(value) => text.push_str(&literal(value)),
            Piece::Superscript(exponent) => {
                // Two in a row would be one number.
                if text.chars().next_back().is_some_and(is_superscript_digit) {
                    text.push(' ');
                }
                text.push_str(&superscript(exponent));
            }
            Piece::Expr(id, least) => printer.expand(id, least),
        }
    }
    text
}

/// The shortest text that reads back as this number: `2.5`, `-3`, `1e300`. What
/// is not finite, and has no literal, is written as a quotient.
pub(super) fn literal(value: f64) -> String {
    if value.is_nan() {
        "0 / 0".to_owned()
    } else if value.is_infinite() {
        format!("{}1 / 0", if value < 0.0 { "-" } else { "" })
    } else {
        number::literal(value)
    }
}

/// How tightly an expression holds together as it is written. It needs brackets
/// where something tighter belongs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    Factor,
    Juxtaposed,
    Power,
    Number,
    Marked,
}

enum Piece<'e> {
    Text(&'e str),
    Number(f64),
    Superscript(i32),
    Expr(ExprId, Level),
}

struct Printer<'e> {
    exprs: &'e Exprs,
    /// What is still to be written, the next last.
    pending: Vec<Piece<'e>>,
}

impl<'e> Printer<'e> {
    /// Puts the pieces of an expression in its place.
    fn expand(&mut self, id: ExprId, least: Level) {
        let from = self.pending.len();
        if let (true, Some((base, exponent))) = (least > Level::Power, self.superscripted(id)) {
            self.pending.push(Piece::Superscript(exponent));
            self.expr(base, Level::Marked);
            return;
        }
        let bracketed = self.level(id) < least;
        if bracketed {
            self.text("(");
        }
        let exprs = self.exprs;
        match &exprs[id].kind {
            ExprKind::Number(value) => self.pending.push(Piece::Number(*value)),
            ExprKind::Name(name) => self.text(name),
            ExprKind::Negate(of) => {
                self.text("-");
                self.expr(*of, Level::Juxtaposed);
            }
            ExprKind::Binary {
                operator,
                left,
                right,
                ..
            } => self.binary(id, *operator, *left, *right),
            ExprKind::Transpose(of) => {
                self.expr(*of, Level::Marked);
                self.text("'");
            }
            ExprKind::Call {
                function,
                arguments,
            } => {
                self.text(&function.text);
                self.text("(");
                for (place, argument) in arguments.iter().enumerate() {
                    self.separator(place, ", ");
                    if let Some(name) = &argument.name {
                        self.text(&name.text);
                        self.text(" = ");
                    }
                    self.expr(argument.value, Level::Sum);
                }
                self.text(")");
            }
            ExprKind::Index { of, first, second } => {
                self.expr(*of, Level::Marked);
                self.text("[");
                for (place, index) in [Some(first), second.as_ref()]
                    .into_iter()
                    .flatten()
                    .enumerate()
                {
                    self.separator(place, ", ");
                    match index {
                        Index::All(Span { .. }) => self.text(":"),
                        Index::At(expr) => self.expr(*expr, Level::Sum),
                    }
                }
                self.text("]");
            }
            ExprKind::Matrix { rows } => {
                self.text("[");
                for (place, row) in rows.iter().enumerate() {
                    self.separator(place, "; ");
                    for (place, entry) in row.iter().enumerate() {
                        self.separator(place, ", ");
                        self.expr(*entry, Level::Sum);
                    }
                }
                self.text("]");
            }
        }
        if bracketed {
            self.text(")");
        }
        self.pending[from..].reverse();
    }

    fn binary(&mut self, id: ExprId, operator: BinaryOperator, left: ExprId, right: ExprId) {
        let (sign, least_left, least_right) = match operator {
            BinaryOperator::Add => (" + ", Level::Sum, Level::Product),
            BinaryOperator::Sub => (" - ", Level::Sum, Level::Product),
            BinaryOperator::Mul if self.level(id) == Level::Juxtaposed => {
                ("", Level::Number, Level::Power)
            }
            BinaryOperator::Mul => (" * ", Level::Product, Level::Factor),
            BinaryOperator::Times => (" × ", Level::Product, Level::Factor),
            BinaryOperator::Div => (" / ", Level::Product, Level::Factor),
            BinaryOperator::MatMul => (" @ ", Level::Product, Level::Factor),
            BinaryOperator::Pow => ("^", Level::Number, Level::Power),
        };
        self.expr(left, least_left);
        self.text(sign);
        match self.exprs[right].kind {
            ExprKind::Negate(of)
                if operator == BinaryOperator::Pow && self.level(of) >= Level::Power =>
            {
                self.text("-");
                self.expr(of, Level::Power);
            }
            _ => self.expr(right, least_right),
        }
    }

    fn text(&mut self, text: &'e str) {
        self.pending.push(Piece::Text(text));
    }

    fn expr(&mut self, id: ExprId, least: Level) {
        self.pending.push(Piece::Expr(id, least));
    }

    fn separator(&mut self, place: usize, text: &'e str) {
        if place > 0 {
            self.text(text);
        }
    }

    fn level(&self, id: ExprId) -> Level {
        match self.exprs[id].kind {
            ExprKind::Binary {
                operator: BinaryOperator::Mul,
                left,
                right,
                ..
            } if self.juxtaposes(left, right) => Level::Juxtaposed,
            _ => self.rough_level(id),
        }
    }

    /// The level but for juxtaposition, whose is [`Level::Product`] here.
    fn rough_level(&self, id: ExprId) -> Level {
        match &self.exprs[id].kind {
            ExprKind::Number(value) if !value.is_finite() => Level::Product,
            ExprKind::Number(value) if value.is_sign_negative() => Level::Factor,
            ExprKind::Number(_) => Level::Number,
            ExprKind::Negate(_) => Level::Factor,
            ExprKind::Binary { operator, .. } => match operator {
                BinaryOperator::Add | BinaryOperator::Sub => Level::Sum,
                BinaryOperator::Pow => Level::Power,
                _ => Level::Product,
            },
            ExprKind::Name(_)
            | ExprKind::Transpose(_)
            | ExprKind::Call { .. }
            | ExprKind::Index { .. }
            | ExprKind::Matrix { .. } => Level::Marked,
        }
    }

    /// Whether a product can be written as `2x`: a number, and what begins with
    /// a name or a round bracket.
    fn juxtaposes(&self, left: ExprId, right: ExprId) -> bool {
        let is_number = matches!(self.exprs[left].kind, ExprKind::Number(_))
            && self.rough_level(left) == Level::Number;
        is_number && self.begins_like_atom(right)
    }

    fn begins_like_atom(&self, id: ExprId) -> bool {
        let mut head = id;
        let mut least = Level::Power;
        loop {
            if let (true, Some((base, _))) = (least > Level::Power, self.superscripted(head)) {
                (head, least) = (base, Level::Marked);
                continue;
            }
            let level = self.rough_level(head);
            if level < least {
                // `2 * 3x` and `2 * -x` do without brackets.
                return least > Level::Power
                    || level != Level::Factor && !self.is_coefficient(head);
            }
            (head, least) = match &self.exprs[head].kind {
                ExprKind::Name(name) => return !continues_number(name),
                ExprKind::Call { function, .. } => return !continues_number(&function.text),
                ExprKind::Transpose(of) | ExprKind::Index { of, .. } => (*of, Level::Marked),
                ExprKind::Binary { left, .. } => (*left, Level::Number),
                _ => return false,
            };
        }
    }

    /// Base and exponent of a power that can be written as `W²`, to which marks
    /// may be added without brackets. Numbers take none.
    fn superscripted(&self, id: ExprId) -> Option<(ExprId, i32)> {
        let ExprKind::Binary {
            operator: BinaryOperator::Pow,
            left,
            right,
            ..
        } = self.exprs[id].kind
        else {
            return None;
        };
        let (sign, size) = match self.exprs[right].kind {
            ExprKind::Negate(of) => (-1, of),
            _ => (1, right),
        };
        let is_number = matches!(self.exprs[left].kind, ExprKind::Number(_));
        match self.exprs[size].kind {
            ExprKind::Number(size) if !is_number => Some((left, sign * whole(size, sign)?)),
            _ => None,
        }
    }

    /// Whether this is a product that a number leads.
    fn is_coefficient(&self, id: ExprId) -> bool {
        match self.exprs[id].kind {
            ExprKind::Binary {
                operator: BinaryOperator::Mul,
                left,
                ..
            } => matches!(self.exprs[left].kind, ExprKind::Number(_)),
            _ => false,
        }
    }
}

/// A number as a superscript with this sign, where that reads back the same.
fn whole(size: f64, sign: i32) -> Option<i32> {
    let whole = size as i32;
    let same = f64::from(whole) == size && size.is_sign_positive();
    (same && (whole > 0 || sign > 0)).then_some(whole)
}

/// `e3` behind `2` would be read as an exponent.
fn continues_number(name: &str) -> bool {
    let mut characters = name.chars();
    matches!(characters.next(), Some('e' | 'E'))
        && characters.next().is_some_and(|next| next.is_ascii_digit())
}
