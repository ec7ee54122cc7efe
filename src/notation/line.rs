//! Reads lines.

use super::fault::SyntaxFaultKind;
use super::lexer::canonical;
use super::parser::Parser;
use super::token::{Bracket, Keyword, TokenKind};
use super::tree::{ExprId, Integer, Line, LineKind, Name, Role, Setting};

impl Parser<'_> {
    /// Lines up to the end of the text, or of the block they are in.
    pub fn lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        let block = self.innermost();
        loop {
            self.line_start = self.at;
            self.next_line = None;
            self.told_at = None;
            match (self.peek(), block) {
                (TokenKind::Newline, _) | (TokenKind::Close(Bracket::Curly), Some(_)) => break,
                // A block that is never closed ends where a line follows that
                // can't be in it.
                (TokenKind::Keyword(keyword), Some((_, open)))
                    if open.pair.is_none() && keyword != Keyword::Repeat =>
                {
                    break;
                }
                (TokenKind::Semicolon, _) => {
                    self.bump();
                }
                _ => lines.extend(self.line()),
            }
        }
        lines
    }

    /// One line, unless it has a fault.
    fn line(&mut self) -> Option<Line> {
        let outer = std::mem::replace(&mut self.faulty, false);
        let kept = self.exprs.len();
        let (first, start) = (self.at, self.start());
        self.abandoned = false;
        let kind = match self.peek() {
            TokenKind::Keyword(keyword) => self.keyword_line(keyword),
            TokenKind::Name => self.name_line(),
            _ => self.nameless_line(),
        };
        let span = self.since(start);
        // The lines of a block have moved it.
        self.line_start = first;
        self.end_line();
        self.faulty |= self.at > first && self.word().before.unknown_after_last;
        if std::mem::replace(&mut self.faulty, outer) {
            self.exprs.truncate(kept);
            if let Some(kind) = kind {
                self.lose(kind);
            }
            return None;
        }
        Some(Line { span, kind: kind? })
    }

    /// Remembers the names that a line would have bound.
    fn lose(&mut self, kind: LineKind) {
        match kind {
            LineKind::Declare { names, .. } => self.lost.extend(names),
            LineKind::Assign { name, .. } | LineKind::Define { name, .. } => self.lost.push(name),
            LineKind::Repeat { body, .. } => {
                body.into_iter().for_each(|line| self.lose(line.kind));
            }
            LineKind::Minimize { .. } | LineKind::Setting { .. } => {}
        }
    }

    /// A line that begins with a keyword.
    fn keyword_line(&mut self, keyword: Keyword) -> Option<LineKind> {
        if self.second() == TokenKind::Equals {
            let bound = true;
            self.fault_here(SyntaxFaultKind::KeywordAsName { keyword, bound });
            self.bump();
            self.bump();
            self.expr();
            return None;
        }
        if !self.open.is_empty() && keyword != Keyword::Repeat {
            self.fault_here(SyntaxFaultKind::NotInRepeat { keyword });
        }
        self.bump();
        self.after_keyword(keyword)
    }

    /// What follows the keyword of a line.
    fn after_keyword(&mut self, keyword: Keyword) -> Option<LineKind> {
        match keyword {
            Keyword::Data => self.declare(Role::Data),
            Keyword::Param => self.declare(Role::Param),
            Keyword::Minimize => self.minimize(),
            Keyword::Repeat => self.repeat(),
            Keyword::Fn => self.define(),
            Keyword::Seed => Some(self.setting(Setting::Seed, keyword)),
            Keyword::Batch => Some(self.setting(Setting::Batch, keyword)),
        }
    }

    fn declare(&mut self, role: Role) -> Option<LineKind> {
        let mut names = vec![self.name()?];
        loop {
            let another = matches!(self.second(), TokenKind::Equals | TokenKind::Comma);
            match self.peek() {
                TokenKind::Comma => {
                    self.bump();
                }
                TokenKind::Name if another => self.missing_comma(),
                _ => break,
            }
            let Some(name) = self.name() else {
                self.lost.append(&mut names);
                return None;
            };
            names.push(name);
        }
        let value = self.equals_value();
        Some(LineKind::Declare { role, names, value })
    }

    fn minimize(&mut self) -> Option<LineKind> {
        let expression = self.peek().begins_value() || self.peek() == TokenKind::Minus;
        if expression && self.peek() != TokenKind::Name {
            self.fault_here(SyntaxFaultKind::MinimizeExpression);
            self.skip_line();
            return None;
        }
        let name = self.name()?;
        if !self.at_line_end() && !self.at_next_line() {
            self.fault_here(SyntaxFaultKind::MinimizeExpression);
            self.skip_line();
        }
        Some(LineKind::Minimize { name })
    }

    fn setting(&mut self, setting: Setting, keyword: Keyword) -> LineKind {
        let value = self.integer(keyword);
        LineKind::Setting { setting, value }
    }

    fn repeat(&mut self) -> Option<LineKind> {
        let count = self.integer(Keyword::Repeat);
        if !self.expect_open(Bracket::Curly) {
            return None;
        }
        if self.too_deep() {
            self.skip_block();
            return None;
        }
        let open = self.at;
        self.open.push(open);
        self.bump();
        let body = self.lines();
        if !self.eat(TokenKind::Close(Bracket::Curly)) {
            self.unclosed(open);
        }
        self.open.pop();
        Some(LineKind::Repeat { count, body })
    }

    fn define(&mut self) -> Option<LineKind> {
        let name = self.name()?;
        if !self.expect_open(Bracket::Round) || !self.nest() {
            self.lost.push(name);
            return None;
        }
        self.open.push(self.at);
        self.bump();
        let mut params = Vec::new();
        while self.peek() != TokenKind::Close(Bracket::Round) {
            match self.param() {
                Some(param) => params.push(param),
                None => break,
            }
            match self.peek() {
                TokenKind::Comma => {
                    self.bump();
                    if self.peek() == TokenKind::Close(Bracket::Round) {
                        self.expected_name();
                    }
                }
                TokenKind::Name => self.missing_comma(),
                _ => break,
            }
        }
        self.close(Bracket::Round);
        let body = self.equals_value();
        Some(LineKind::Define { name, params, body })
    }

    fn param(&mut self) -> Option<Name> {
        match self.peek() {
            TokenKind::Name | TokenKind::Keyword(_) => self.name(),
            _ => {
                self.expected_name();
                None
            }
        }
    }

    /// A line that begins with a name: `name = expr`, or what was meant by
    /// something else.
    fn name_line(&mut self) -> Option<LineKind> {
        if self.second() == TokenKind::Equals {
            let name = self.bump_name();
            self.bump();
            let value = self.expr();
            return Some(LineKind::Assign { name, value });
        }
        if let Some(keyword) = self.misspelt_keyword() {
            let word = self.quote(self.word().span);
            self.fault_here(SyntaxFaultKind::MisspeltKeyword { word, keyword });
            self.bump();
            return self.after_keyword(keyword);
        }
        self.without_equals()
    }

    /// `= expr`.
    pub fn equals_value(&mut self) -> ExprId {
        if !self.eat(TokenKind::Equals) {
            let (after, found) = (self.previous_text(), self.found());
            self.fault_here(SyntaxFaultKind::MissingEquals { after, found });
            if !self.peek().begins_value() {
                self.skip_line();
                return self.missing();
            }
        }
        self.expr()
    }

    /// The end of a line, or what stands there instead.
    fn end_line(&mut self) {
        if self.at_line_end() {
            return;
        }
        let found = self.found();
        if self.at_next_line() {
            self.fault_here(SyntaxFaultKind::MissingLineEnd { found });
            return;
        }
        self.fault_here(match self.peek() {
            TokenKind::Close(bracket) => SyntaxFaultKind::Stray { bracket },
            TokenKind::Equals => SyntaxFaultKind::SecondEquals,
            _ => SyntaxFaultKind::Unexpected { found },
        });
        self.skip_line();
    }

    /// Whether the line may end here.
    pub fn at_line_end(&self) -> bool {
        match self.peek() {
            TokenKind::Newline | TokenKind::Semicolon => true,
            TokenKind::Close(Bracket::Curly) => !self.open.is_empty(),
            _ => false,
        }
    }

    /// Whether another line begins here, though nothing ended this one.
    pub fn at_next_line(&self) -> bool {
        match self.peek() {
            TokenKind::Keyword(_) => true,
            TokenKind::Name => self.second() == TokenKind::Equals,
            _ => false,
        }
    }

    /// A name. Without one the line is given up.
    fn name(&mut self) -> Option<Name> {
        match self.peek() {
            TokenKind::Name => {}
            TokenKind::Keyword(keyword) => {
                let bound = false;
                self.fault_here(SyntaxFaultKind::KeywordAsName { keyword, bound });
            }
            _ => {
                self.expected_name();
                self.skip_line();
                return None;
            }
        }
        Some(self.bump_name())
    }

    /// The whole number behind a keyword.
    fn integer(&mut self, keyword: Keyword) -> Integer {
        let span = self.word().span;
        let digits = canonical(span.of(self.text));
        let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        let mut value = 0;
        if self.peek() == TokenKind::Number && whole {
            match digits.parse() {
                Ok(parsed) => value = parsed,
                Err(_) => self.fault(span, SyntaxFaultKind::IntegerTooLarge),
            }
            self.bump();
        } else {
            let found = self.found();
            self.fault_here(SyntaxFaultKind::ExpectedInteger { keyword, found });
            while self.peek() != TokenKind::Open(Bracket::Curly) && !self.at_line_end() {
                self.bump();
            }
        }
        Integer { span, value }
    }
}
