//! Reads expressions: one function a rule of the grammar.

use super::fault::{SyntaxFaultKind, SyntaxWarning, SyntaxWarningKind};
use super::lexer::{canonical, superscript};
use super::parser::Parser;
use super::place::Span;
use super::token::{Bracket, TokenKind};
use super::tree::{BinaryOperator, ExprId, ExprKind};

impl Parser<'_> {
    /// `expr = product { ( "+" | "-" ) product }`
    pub fn expr(&mut self) -> ExprId {
        let start = self.start();
        let mut left = self.product();
        loop {
            let operator = match self.peek() {
                TokenKind::Plus => BinaryOperator::Add,
                TokenKind::Minus => BinaryOperator::Sub,
                _ => return left,
            };
            if operator == BinaryOperator::Sub {
                self.row_goes_on();
            }
            let like_two_entries = self.sign_in_row();
            let before = self.since(start);
            let at = self.bump();
            let right = self.product();
            if like_two_entries {
                self.warn_of_sign_in_row(before, at);
            }
            left = self.binary(start, operator, at, left, right);
        }
    }

    /// `product = factor { ( "*" | "/" | "@" ) factor }`, where factors side by
    /// side are told and multiplied.
    fn product(&mut self) -> ExprId {
        let start = self.start();
        let mut left = self.factor();
        let mut last = start;
        let mut told = false;
        loop {
            let operator = match self.peek() {
                TokenKind::Star => BinaryOperator::Mul,
                TokenKind::Times => BinaryOperator::Times,
                TokenKind::Slash => BinaryOperator::Div,
                TokenKind::At => BinaryOperator::MatMul,
                kind if kind.begins_value() && !self.argument_or_line_begins() => {
                    if !std::mem::replace(&mut told, true) {
                        self.side_by_side(last);
                    }
                    let at = self.gap();
                    last = self.start();
                    let right = self.factor();
                    left = self.binary(start, BinaryOperator::Mul, at, left, right);
                    continue;
                }
                _ => return left,
            };
            let at = self.bump();
            last = self.start();
            let right = self.factor();
            left = self.binary(start, operator, at, left, right);
        }
    }

    /// `factor = [ "-" ] juxtaposed`
    fn factor(&mut self) -> ExprId {
        let start = self.start();
        let negative = self.sign();
        let value = self.juxtaposed();
        if negative {
            self.exprs.push(ExprKind::Negate(value), self.since(start))
        } else {
            value
        }
    }

    /// `[ "-" ]`, where other signs are told.
    fn sign(&mut self) -> bool {
        if self.peek() == TokenKind::Plus {
            self.fault_here(SyntaxFaultKind::LeadingPlus);
            self.bump();
        }
        let negative = self.eat(TokenKind::Minus);
        while matches!(self.peek(), TokenKind::Minus | TokenKind::Plus) {
            let sign = self.quote(self.word().span);
            self.fault_here(SyntaxFaultKind::SecondSign { sign });
            self.bump();
        }
        negative
    }

    /// `juxtaposed = number ( atom rest | numrest ) | ( atom | matrix ) rest`
    fn juxtaposed(&mut self) -> ExprId {
        if self.peek() != TokenKind::Number {
            return self.complete_power();
        }
        let start = self.start();
        let number = self.number();
        let multiplies = matches!(
            self.peek(),
            TokenKind::Name | TokenKind::Open(Bracket::Round)
        );
        if multiplies && !self.argument_or_line_begins() {
            self.row_goes_on();
            let at = self.gap();
            let right = self.complete_power();
            self.binary(start, BinaryOperator::Mul, at, number, right)
        } else {
            let power = self.numrest(start, number);
            self.end_power(start, power);
            power
        }
    }

    /// A power, and what some people write behind it.
    fn complete_power(&mut self) -> ExprId {
        let start = self.start();
        let power = self.power();
        self.end_power(start, power);
        power
    }

    /// Tells of `W^2'` and `2'`.
    fn end_power(&mut self, start: u32, power: ExprId) {
        let is_mark = |kind| matches!(kind, TokenKind::Prime | TokenKind::Superscript);
        if !is_mark(self.peek()) {
            return;
        }
        let read = self.quote(self.since(start));
        let mark = self.quote(self.word().span);
        self.fault_here(match self.exprs[power].kind {
            ExprKind::Binary { .. } => SyntaxFaultKind::AfterPower { power: read, mark },
            _ => SyntaxFaultKind::NumberTransposed { number: read },
        });
        while is_mark(self.peek()) {
            self.bump();
        }
    }

    /// `power = number numrest | ( atom | matrix ) rest`
    fn power(&mut self) -> ExprId {
        let start = self.start();
        if self.peek() == TokenKind::Number {
            let number = self.number();
            self.numrest(start, number)
        } else {
            let base = self.atom();
            let base = self.marks(start, base);
            self.exponent(start, base)
        }
    }

    /// `numrest = [ superscripts ] [ exponent ]`
    fn numrest(&mut self, start: u32, number: ExprId) -> ExprId {
        let base = if self.peek() == TokenKind::Superscript {
            self.superscript(start, number)
        } else {
            number
        };
        self.exponent(start, base)
    }

    /// `{ "'" | "[" index [ "," index ] "]" | superscripts }`
    fn marks(&mut self, start: u32, mut of: ExprId) -> ExprId {
        loop {
            of = match self.peek() {
                TokenKind::Prime => {
                    self.bump();
                    self.exprs.push(ExprKind::Transpose(of), self.since(start))
                }
                TokenKind::Superscript => self.superscript(start, of),
                TokenKind::Open(Bracket::Square) if self.nest() => self.index(start, of),
                _ => return of,
            };
        }
    }

    fn superscript(&mut self, start: u32, base: ExprId) -> ExprId {
        let at = self.bump();
        let (digits, negative) = superscript(at.of(self.text));
        let value = self.value(at, &digits);
        let mut power = self.exprs.push(ExprKind::Number(value), at);
        if negative {
            power = self.exprs.push(ExprKind::Negate(power), at);
        }
        self.binary(start, BinaryOperator::Pow, at, base, power)
    }

    /// `exponent = "^" [ "-" ] power`
    fn exponent(&mut self, start: u32, base: ExprId) -> ExprId {
        if self.peek() != TokenKind::Caret || !self.nest() {
            return base;
        }
        let at = self.bump();
        self.exponents += 1;
        let right_start = self.start();
        let negative = self.sign();
        let mut right = self.power();
        if negative {
            let span = self.since(right_start);
            right = self.exprs.push(ExprKind::Negate(right), span);
        }
        self.exponents -= 1;
        self.binary(start, BinaryOperator::Pow, at, base, right)
    }

    fn binary(
        &mut self,
        start: u32,
        operator: BinaryOperator,
        at: Span,
        left: ExprId,
        right: ExprId,
    ) -> ExprId {
        let kind = ExprKind::Binary {
            operator,
            at,
            left,
            right,
        };
        self.exprs.push(kind, self.since(start))
    }

    /// Where the sign is in a juxtaposition: nowhere, behind the last word.
    fn gap(&self) -> Span {
        let end = self.previous().map_or(self.start(), |word| word.span.end);
        Span::new(end, end)
    }

    /// Whether `name =` comes next, which is no value but a named argument or
    /// the next line.
    fn argument_or_line_begins(&self) -> bool {
        self.peek() == TokenKind::Name && self.second() == TokenKind::Equals
    }

    /// Tells that a value follows another, which starts at `left`.
    fn side_by_side(&mut self, left: u32) {
        let word = self.word();
        if self.in_square() && word.before.newline {
            self.row_goes_on();
        } else {
            let left = self.quote(self.since(left));
            let end = word.pair.map_or(word, |pair| self.words[pair]);
            let right = self.quote(word.span.to(end.span));
            self.fault_here(SyntaxFaultKind::SideBySide { left, right });
        }
    }

    /// Tells if, inside [ ], the next word begins a line and yet would go on
    /// with the row above.
    pub fn row_goes_on(&mut self) {
        let word = self.word();
        if self.in_square() && word.before.newline {
            let found = self.quote(word.span);
            let above = self.previous().map(|word| word.span);
            self.fault_here_with(above, SyntaxFaultKind::RowNotEnded { found });
        }
    }

    /// Whether the sign that comes next could be meant for the entry behind
    /// it alone: `[1 -2]` is one entry, −1.
    fn sign_in_row(&self) -> bool {
        let (sign, next) = (self.word(), self.words.get(self.at + 1));
        let spaced = sign.before.space && !sign.before.newline;
        let attached = next.is_some_and(|next| next.span.start == sign.span.end);
        self.in_square() && spaced && attached
    }

    fn warn_of_sign_in_row(&mut self, left: Span, sign: Span) {
        let span = left.to(self.since(sign.start));
        let left = self.quote(left);
        let right = self.quote(Span::new(sign.end, span.end));
        let sign = canonical(sign.of(self.text));
        let unary = if &*sign == "-" { "-" } else { "" };
        self.warnings.add(SyntaxWarning {
            span,
            related: None,
            kind: SyntaxWarningKind::SignInRow {
                written: self.quote(span),
                two: format!("{left}, {unary}{right}").into(),
                one: format!("{left} {sign} {right}").into(),
            },
        });
    }
}
