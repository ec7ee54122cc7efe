//! Lines that are none of the grammar's, and what was meant by them.

use super::fault::{Found, SyntaxFaultKind};
use super::nearest::nearest;
use super::parser::Parser;
use super::place::Span;
use super::token::{Bracket, Keyword, TokenKind};
use super::tree::LineKind;

impl Parser<'_> {
    /// The keyword that was meant by `parm x = 2`, `minimise L`, `for 3 { … }`.
    pub fn misspelt_keyword(&self) -> Option<Keyword> {
        let second = self.words[self.at + 1];
        let by_itself = matches!(second.kind, TokenKind::Name | TokenKind::Number);
        if !by_itself || second.before.newline {
            return None;
        }
        match self.word().span.of(self.text) {
            "for" | "loop" | "while" => Some(Keyword::Repeat),
            "def" | "func" | "function" => Some(Keyword::Fn),
            word => nearest(word, Keyword::ALL.map(Keyword::text)).and_then(Keyword::of),
        }
    }

    /// A line that begins with a name, but not with `name =`.
    pub fn without_equals(&mut self) -> Option<LineKind> {
        let start = self.start();
        let next = self.words[self.at + 1];
        let bound = next
            .pair
            .filter(|&pair| self.words[pair + 1].kind == TokenKind::Equals);
        match (next.kind, bound) {
            (TokenKind::Open(Bracket::Round), Some(pair)) => {
                let head = self.quote(Span::new(start, self.words[pair].span.end));
                self.fault_here(SyntaxFaultKind::MissingFn { head });
                self.at = pair + 2;
                self.expr();
            }
            (TokenKind::Open(Bracket::Square), Some(pair)) => {
                let name = self.quote(self.word().span);
                self.fault_here(SyntaxFaultKind::AssignedEntry { name });
                self.at = pair + 2;
                self.expr();
            }
            (TokenKind::Comma, _) => {
                self.fault_here(SyntaxFaultKind::MissingRole);
                self.skip_line();
            }
            (TokenKind::Number | TokenKind::Name, _) if !next.before.newline => {
                return Some(self.assign_without_equals());
            }
            (TokenKind::Open(Bracket::Square), _) if next.before.space => {
                return Some(self.assign_without_equals());
            }
            _ => self.unnamed_value(),
        }
        None
    }

    /// `y 4x^2`.
    fn assign_without_equals(&mut self) -> LineKind {
        let name = self.bump_name();
        let value = self.equals_value();
        if !self.at_line_end() && !self.at_next_line() {
            self.skip_line();
        }
        LineKind::Assign { name, value }
    }

    /// A line that begins neither with a keyword nor with a name.
    pub fn nameless_line(&mut self) -> Option<LineKind> {
        match self.peek() {
            TokenKind::Minus => self.unnamed_value(),
            kind if kind.begins_value() => self.unnamed_value(),
            TokenKind::Close(bracket) => {
                // One with a partner was told at that, which was taken as
                // closed before.
                if self.word().pair.is_none() {
                    self.fault_here(SyntaxFaultKind::Stray { bracket });
                }
                self.skip_line();
            }
            _ => {
                let found = Found::Word(self.quote(self.word().span));
                self.fault_here(SyntaxFaultKind::ExpectedLine { found });
                self.skip_line();
            }
        }
        None
    }

    /// An expression that is a line. It is marked whole, unless a fault was
    /// told inside.
    fn unnamed_value(&mut self) {
        let start = self.start();
        self.expr();
        if !self.faulty && !self.word().before.unknown_after_last {
            self.fault(self.since(start), SyntaxFaultKind::UnnamedValue);
            self.told_at = Some(self.at);
        }
        self.faulty = true;
    }
}
