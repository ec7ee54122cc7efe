//! Operands as they are written: with the brackets around them.

use crate::notation::{Bracket, ExprId, Exprs, Parsed, Span, Token, TokenKind};

/// What stands in an operand's place.
#[derive(Clone, Copy, Debug)]
pub struct Operand {
    /// The expression; nothing where a `:` stands.
    pub expr: Option<ExprId>,
    /// Where, without brackets around it.
    pub span: Span,
    /// Where, with them.
    pub outer: Span,
}

impl Operand {
    /// Whether there are brackets around it.
    pub fn is_bracketed(&self) -> bool {
        self.outer != self.span
    }
}

/// The tokens of a program.
pub struct Layout<'p> {
    tokens: &'p [Token],
    exprs: &'p Exprs,
}

impl<'p> Layout<'p> {
    /// The layout of a program.
    pub fn of(parsed: &'p Parsed) -> Self {
        let (tokens, exprs) = (&parsed.tokens[..], &parsed.program.exprs);
        Self { tokens, exprs }
    }

    /// An expression with the round brackets around it.
    pub fn operand(&self, id: ExprId) -> Operand {
        let span = self.exprs[id].span;
        let mut outer = span;
        while let Some(around) = self.brackets_around(outer) {
            outer = around;
        }
        Operand {
            expr: Some(id),
            span,
            outer,
        }
    }

    /// A piece of the text with the round brackets around it, if there are some
    /// that are not those of a call.
    fn brackets_around(&self, span: Span) -> Option<Span> {
        let close = self
            .after(span.end)
            .filter(|token| token.kind == TokenKind::Close(Bracket::Round))?;
        let open = self
            .before(span.start)
            .filter(|token| token.kind == TokenKind::Open(Bracket::Round))?;
        let called = self.before(open.span.start);
        let is_call = called.is_some_and(|token| token.kind == TokenKind::Name);
        (!is_call).then(|| open.span.to(close.span))
    }

    /// The first token of this kind in a piece of the text.
    pub fn find(&self, within: Span, is: impl Fn(TokenKind) -> bool) -> Option<Token> {
        let tokens = self.tokens_of(within);
        tokens.iter().copied().find(|token| is(token.kind))
    }

    /// Whether a comment stands in a piece of the text.
    pub fn has_comment(&self, within: Span) -> bool {
        self.find(within, |kind| kind == TokenKind::Comment)
            .is_some()
    }

    /// Whether a piece of the text is all on one line and without a comment: it
    /// needs no brackets to hold it together.
    pub fn is_one_line(&self, within: Span) -> bool {
        let ends = |kind| matches!(kind, TokenKind::Comment | TokenKind::Newline);
        self.find(within, ends).is_none()
    }

    fn tokens_of(&self, within: Span) -> &'p [Token] {
        let from = self.first_from(within.start);
        &self.tokens[from..self.first_from(within.end).max(from)]
    }

    /// The place of the first token that doesn't begin before this byte.
    fn first_from(&self, at: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < at)
    }

    /// The last token before this byte that means something.
    fn before(&self, at: u32) -> Option<Token> {
        let tokens = &self.tokens[..self.first_from(at)];
        tokens.iter().rev().copied().find(means_something)
    }

    /// The first token from this byte on that means something.
    fn after(&self, at: u32) -> Option<Token> {
        let tokens = &self.tokens[self.first_from(at)..];
        tokens.iter().copied().find(means_something)
    }
}

fn means_something(token: &Token) -> bool {
    use TokenKind::{Comment, Newline, Space};
    !matches!(token.kind, Space | Newline | Comment)
}
