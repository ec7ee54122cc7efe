//! Reads what operators work on, brackets and what is in them included.

use super::fault::SyntaxFaultKind;
use super::lexer::canonical;
use super::parser::Parser;
use super::place::Span;
use super::token::{Bracket, TokenKind};
use super::tree::{Argument, ExprId, ExprKind, Index};
use crate::number;

impl Parser<'_> {
    /// `atom = name [ "(" … ")" ] | "(" expr ")"`, or a matrix.
    pub fn atom(&mut self) -> ExprId {
        match self.peek() {
            _ if self.line_begins_in_bracket() => {
                self.end_line_in_bracket();
                self.missing()
            }
            TokenKind::Name => self.name_or_call(),
            TokenKind::Keyword(keyword) => {
                let bound = false;
                self.fault_here(SyntaxFaultKind::KeywordAsName { keyword, bound });
                self.name_or_call()
            }
            TokenKind::Open(Bracket::Round) if self.nest() => self.group(),
            TokenKind::Open(Bracket::Square) if self.nest() => self.matrix(),
            _ => {
                let (after, found) = (self.previous_text(), self.found());
                self.fault_here(SyntaxFaultKind::ExpectedValue { after, found });
                self.missing()
            }
        }
    }

    fn group(&mut self) -> ExprId {
        self.open.push(self.at);
        self.bump();
        let value = self.expr();
        self.close(Bracket::Round);
        value
    }

    fn name_or_call(&mut self) -> ExprId {
        let start = self.start();
        let name = self.bump_name();
        if self.peek() != TokenKind::Open(Bracket::Round) {
            return self.exprs.push(ExprKind::Name(name.text), name.span);
        }
        self.row_goes_on();
        let arguments = if self.nest() {
            self.arguments()
        } else {
            Vec::new()
        };
        let kind = ExprKind::Call {
            function: name,
            arguments,
        };
        self.exprs.push(kind, self.since(start))
    }

    /// `"(" [ argument { "," argument } ] ")"`
    fn arguments(&mut self) -> Vec<Argument> {
        self.open.push(self.at);
        self.bump();
        let mut arguments = Vec::new();
        if self.peek() != TokenKind::Close(Bracket::Round) {
            loop {
                arguments.push(self.argument());
                match self.peek() {
                    TokenKind::Comma => {
                        self.bump();
                    }
                    TokenKind::Name if !self.line_begins_in_bracket() => self.missing_comma(),
                    _ => break,
                }
            }
        }
        self.close(Bracket::Round);
        arguments
    }

    /// `argument = [ name "=" ] expr`
    fn argument(&mut self) -> Argument {
        let named = self.peek() == TokenKind::Name && self.second() == TokenKind::Equals;
        let name = named.then(|| {
            let name = self.bump_name();
            self.bump();
            name
        });
        let value = self.expr();
        Argument { name, value }
    }

    /// `"[" index [ "," index ] "]"`
    pub fn index(&mut self, start: u32, of: ExprId) -> ExprId {
        self.open.push(self.at);
        self.bump();
        let first = self.one_index();
        let second = self.eat(TokenKind::Comma).then(|| self.one_index());
        if self.peek() == TokenKind::Comma {
            self.fault_here(SyntaxFaultKind::ThirdIndex);
            while self.eat(TokenKind::Comma) {
                self.discard(|parser| {
                    parser.one_index();
                });
            }
        }
        self.close(Bracket::Square);
        let kind = ExprKind::Index { of, first, second };
        self.exprs.push(kind, self.since(start))
    }

    /// `index = ":" | expr`
    fn one_index(&mut self) -> Index {
        let index = match self.peek() {
            TokenKind::Colon => Index::All(self.bump()),
            _ => Index::At(self.expr()),
        };
        let ranges = self.peek() == TokenKind::Colon;
        if ranges || matches!(index, Index::All(_)) && self.peek().begins_value() {
            self.fault_here(SyntaxFaultKind::IndexRange);
            self.eat(TokenKind::Colon);
            if self.peek().begins_value() {
                self.discard(|parser| {
                    parser.expr();
                });
            }
        }
        index
    }

    /// `matrix = "[" row { ";" row } "]"`
    fn matrix(&mut self) -> ExprId {
        let start = self.start();
        self.open.push(self.at);
        self.bump();
        let mut rows = vec![self.row()];
        while self.eat(TokenKind::Semicolon) {
            rows.push(self.row());
        }
        self.close(Bracket::Square);
        let kind = ExprKind::Matrix { rows };
        self.exprs.push(kind, self.since(start))
    }

    /// `row = expr { "," expr }`
    fn row(&mut self) -> Vec<ExprId> {
        let mut row = vec![self.expr()];
        while self.eat(TokenKind::Comma) {
            row.push(self.expr());
        }
        row
    }

    pub fn number(&mut self) -> ExprId {
        let span = self.bump();
        let value = self.value(span, &canonical(span.of(self.text)));
        self.exprs.push(ExprKind::Number(value), span)
    }

    /// The value of a number, which float64 must be able to hold: 1e999 is
    /// infinite there, and 1e-999 is 0.
    pub fn value(&mut self, span: Span, digits: &str) -> f64 {
        let value = number::parse(digits).unwrap_or(f64::INFINITY);
        let mantissa = digits.split(['e', 'E']).next().unwrap_or_default();
        let vanishes = value == 0.0 && mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        if vanishes || value.is_infinite() {
            let number = self.quote(span);
            let small = vanishes;
            self.fault(span, SyntaxFaultKind::NumberOutOfRange { number, small });
        }
        value
    }
}
