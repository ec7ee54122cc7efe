//! How the parser goes on after a fault.
//!
//! Where the words around a fault leave no doubt, reading goes on at once.
//! Elsewhere it goes on where the open bracket is closed, or where the next
//! line begins: after a line end outside brackets, and inside of them only
//! before a keyword or `name =`. None of this is asked before there is a
//! fault, so a text without faults is read by the grammar alone. Words are
//! only ever skipped forwards, each once, which keeps reading linear.

use super::fault::SyntaxFaultKind;
use super::parser::{MAX_DEPTH, Parser};
use super::token::{Bracket, TokenKind};
use super::words::Word;

impl Parser<'_> {
    /// Whether one more bracket, call or exponent may be opened. If not, the
    /// line is given up.
    pub fn nest(&mut self) -> bool {
        let too_deep = self.too_deep();
        if too_deep {
            self.skip_line();
            self.next_line = Some(self.at);
        }
        !too_deep
    }

    /// Tells if what opens here is nested too deep.
    pub fn too_deep(&mut self) -> bool {
        let too_deep = self.open.len() + self.exponents >= MAX_DEPTH;
        if too_deep {
            self.fault_here(SyntaxFaultKind::TooDeep);
            self.abandoned = true;
        }
        too_deep
    }

    /// Whether the bracket comes that opens a function's parameters or a
    /// block. One in the next line is told, and taken.
    pub fn expect_open(&mut self, bracket: Bracket) -> bool {
        let follows = self.word().kind == TokenKind::Open(bracket);
        if self.peek() != TokenKind::Open(bracket) {
            let (after, found) = (self.previous_text(), self.found());
            self.fault_here(SyntaxFaultKind::ExpectedOpen {
                bracket,
                after,
                found,
            });
            if !follows {
                self.skip_line();
            }
        }
        follows
    }

    /// The end of the innermost bracket, which is of this form.
    pub fn close(&mut self, bracket: Bracket) {
        if !self.eat(TokenKind::Close(bracket)) && !self.abandoned {
            self.close_anyway(bracket);
        }
        self.open.pop();
    }

    /// Finds an end for the innermost bracket where it should be closed and
    /// isn't.
    fn close_anyway(&mut self, bracket: Bracket) {
        let Some(&open) = self.open.last() else {
            return;
        };
        let Word { span, pair, .. } = self.words[open];
        match self.peek() {
            // The next line begins inside a bracket that has a partner only if
            // another fault was told there.
            TokenKind::Newline if pair.is_some() => {}
            TokenKind::Newline => self.unclosed(open),
            TokenKind::Close(other) if self.is_open(other) => self.unclosed(open),
            TokenKind::Close(close) => {
                let (open, related) = (bracket, Some(span));
                self.fault_here_with(related, SyntaxFaultKind::Mismatched { open, close });
                self.bump();
                if pair.is_some() {
                    self.skip_bracket(pair);
                }
            }
            _ if self.line_begins_in_bracket() => self.end_line_in_bracket(),
            _ => {
                let found = self.found();
                let kind = SyntaxFaultKind::ExpectedClose { bracket, found };
                self.fault_here_with(Some(span), kind);
                self.skip_bracket(pair);
            }
        }
    }

    /// Whether the next word looks like the first of a line, though the
    /// bracket around it is closed later.
    pub fn line_begins_in_bracket(&self) -> bool {
        let (word, innermost) = (self.word(), self.innermost());
        let closed_later = innermost
            .is_some_and(|(bracket, open)| bracket != Bracket::Curly && open.pair.is_some());
        closed_later && word.begins_line && word.before.newline
    }

    /// Takes the innermost bracket as closed before the next word, with which
    /// the next line begins.
    pub fn end_line_in_bracket(&mut self) {
        if let Some(&open) = self.open.last() {
            self.unclosed(open);
        }
        self.next_line = Some(self.at);
    }

    /// Tells that a bracket is never closed.
    pub fn unclosed(&mut self, open: usize) {
        let word = self.words[open];
        if let (TokenKind::Open(bracket), false) = (word.kind, self.abandoned) {
            self.fault(word.span, SyntaxFaultKind::Unclosed { bracket });
        }
        self.told_at = Some(self.at);
    }

    fn is_open(&self, bracket: Bracket) -> bool {
        let kind = TokenKind::Open(bracket);
        self.open.iter().any(|&open| self.words[open].kind == kind)
    }

    /// Goes behind the partner of the innermost bracket, or to where the next
    /// line begins before that.
    fn skip_bracket(&mut self, pair: Option<usize>) {
        while !matches!(self.peek(), TokenKind::Newline) {
            if pair == Some(self.at) {
                self.bump();
                return;
            }
            let block_ends = self.peek() == TokenKind::Close(Bracket::Curly);
            let line_begins = self.word().before.newline && self.next_line_begins(pair);
            if line_begins || block_ends && self.is_open(Bracket::Curly) {
                self.next_line = Some(self.at);
                return;
            }
            self.bump();
        }
    }

    /// Goes to the end of the line, at least one word ahead if the line has
    /// just begun.
    pub fn skip_line(&mut self) {
        let is_bracket = |&&open: &&usize| self.words[open].kind != TokenKind::Open(Bracket::Curly);
        let brackets = self.open.iter().filter(is_bracket);
        let mut depth = brackets.clone().count();
        let mut closed = brackets.filter_map(|&open| self.words[open].pair).max();
        while self.word().kind != TokenKind::Newline {
            let word = self.word();
            let another = depth == 0 && word.before.newline || self.next_line_begins(closed);
            if another && self.at > self.line_start {
                return;
            }
            match word.kind {
                TokenKind::Semicolon if depth == 0 => return,
                TokenKind::Close(Bracket::Curly) if self.is_open(Bracket::Curly) => return,
                TokenKind::Open(Bracket::Curly) => self.at = word.pair.unwrap_or(self.at),
                TokenKind::Open(_) => {
                    depth += 1;
                    closed = closed.max(word.pair);
                }
                TokenKind::Close(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.bump();
        }
    }

    /// Goes behind a block that is not read.
    pub fn skip_block(&mut self) {
        let end = self.words.len() - 1;
        self.at = self.word().pair.map_or(end, |pair| pair + 1);
    }

    /// Whether the next word looks like the first of a line, and not like the
    /// name of an argument in a bracket that is `closed` later.
    fn next_line_begins(&self, closed: Option<usize>) -> bool {
        let word = self.word();
        let before = self.at.checked_sub(1).map(|at| self.words[at].kind);
        let argument = closed > Some(self.at)
            && word.kind == TokenKind::Name
            && matches!(
                before,
                Some(TokenKind::Comma | TokenKind::Open(Bracket::Round))
            );
        word.begins_line && !argument
    }

    /// Tells that a name is missing here.
    pub fn expected_name(&mut self) {
        let (after, found) = (self.previous_text(), self.found());
        self.fault_here(SyntaxFaultKind::ExpectedName { after, found });
    }

    /// Tells that `,` is missing before the next word.
    pub fn missing_comma(&mut self) {
        let before = self.quote(self.word().span);
        self.fault_here(SyntaxFaultKind::MissingComma { before });
    }
}
