//! What tokens there are.

use super::place::Span;

/// A piece of a text that has no parts. A text's tokens, one after the other,
/// are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is, however it was typed: full-width forms (U+FF01–FF5E and
/// U+3000) are their ASCII selves, and so are the signs named below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Space of any kind, a byte-order mark included, but no line end.
    Space,
    /// LF, CR LF or CR.
    Newline,
    /// From `#` to the end of the line.
    Comment,
    /// `2`, `.5`, `1e-3`. An exponent is read only if digits follow: `2e` is a
    /// number and a name.
    Number,
    /// `x`, `W₁`, `损失`: a Unicode identifier without `ᵀ` and `·`, with
    /// subscript digits and `_`.
    Name,
    /// A word that can't be a name.
    Keyword(Keyword),
    /// `²`, `⁻¹`.
    Superscript,
    /// `'`, `‘`, `’`, `′`, `ᵀ`
    Prime,
    /// `+`
    Plus,
    /// `-`, `−` (U+2212)
    Minus,
    /// `*`, `·`, `⊙`
    Star,
    /// `×`
    Times,
    /// `/`
    Slash,
    /// `@`
    At,
    /// `^`
    Caret,
    /// `=`
    Equals,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `(`, `[`, `【`, `{`
    Open(Bracket),
    /// `)`, `]`, `】`, `}`
    Close(Bracket),
    /// The same character, once or more, that means nothing.
    Unknown,
}

impl TokenKind {
    /// Whether a value can begin with it, signs aside.
    pub(super) fn begins_value(self) -> bool {
        use Bracket::{Round, Square};
        matches!(self, Self::Number | Self::Name | Self::Open(Round | Square))
    }
}

/// A pair of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracket {
    /// `( )`
    Round,
    /// `[ ]`
    Square,
    /// `{ }`
    Curly,
}

impl Bracket {
    /// The opening one.
    pub fn open(self) -> &'static str {
        match self {
            Self::Round => "(",
            Self::Square => "[",
            Self::Curly => "{",
        }
    }

    /// The closing one.
    pub fn close(self) -> &'static str {
        match self {
            Self::Round => ")",
            Self::Square => "]",
            Self::Curly => "}",
        }
    }
}

/// A word that can't be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    /// `data`
    Data,
    /// `param`
    Param,
    /// `minimize`
    Minimize,
    /// `repeat`
    Repeat,
    /// `fn`
    Fn,
    /// `seed`
    Seed,
    /// `batch`
    Batch,
}

impl Keyword {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Data,
        Self::Param,
        Self::Minimize,
        Self::Repeat,
        Self::Fn,
        Self::Seed,
        Self::Batch,
    ];

    /// As it is written.
    pub fn text(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Param => "param",
            Self::Minimize => "minimize",
            Self::Repeat => "repeat",
            Self::Fn => "fn",
            Self::Seed => "seed",
            Self::Batch => "batch",
        }
    }

    /// The keyword that is written so, if one is.
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keyword| keyword.text() == text)
    }
}
