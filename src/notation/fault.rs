//! What can be wrong with a text. How it is told is in [`explain`].

mod explain;

use super::place::Span;
use super::token::{Bracket, Keyword};

/// Something that keeps a text from being a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxFault {
    /// The piece of the text that is marked.
    pub span: Span,
    /// A second piece that explains the first: where a bracket was opened.
    pub related: Option<Span>,
    /// What is wrong.
    pub kind: SyntaxFaultKind,
}

/// What is wrong with a text.
///
/// Pieces of the text that a sentence quotes are cut to a readable length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxFaultKind {
    /// The text is longer than [`MAX_TEXT`](super::MAX_TEXT).
    TextTooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// Brackets, blocks, calls and `^` are nested deeper than
    /// [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// More faults follow than are told.
    TooManyFaults,
    /// A character that means nothing.
    UnknownCharacter {
        /// Which.
        character: char,
    },
    /// A name of more than [`MAX_NAME`](super::MAX_NAME) characters.
    NameTooLong {
        /// How many it has.
        characters: usize,
    },
    /// A number that float64 can't hold.
    NumberOutOfRange {
        /// As it is written.
        number: Box<str>,
        /// Whether it is too small, not too large.
        small: bool,
    },
    /// A whole number that 64 bits can't hold.
    IntegerTooLarge,

    /// A keyword where a name belongs.
    KeywordAsName {
        /// Which.
        keyword: Keyword,
        /// Whether `=` follows, as if it were bound.
        bound: bool,
    },
    /// A line begins with a word that is nearly a keyword.
    MisspeltKeyword {
        /// The word.
        word: Box<str>,
        /// The keyword.
        keyword: Keyword,
    },
    /// A line begins with something with which no line begins.
    ExpectedLine {
        /// That.
        found: Found,
    },
    /// A line is an expression and binds no name.
    UnnamedValue,
    /// `=` belongs between a name and its value.
    MissingEquals {
        /// What comes before it.
        after: Box<str>,
        /// What is in its place.
        found: Found,
    },
    /// A line has a second `=`.
    SecondEquals,
    /// `f(x) = …` without `fn`.
    MissingFn {
        /// The line up to `=`.
        head: Box<str>,
    },
    /// `x[1] = …`.
    AssignedEntry {
        /// The name.
        name: Box<str>,
    },
    /// `x, y = …` without `data` or `param`.
    MissingRole,
    /// A line goes on where another one should begin.
    MissingLineEnd {
        /// What should begin the next line.
        found: Found,
    },
    /// A name belongs here.
    ExpectedName {
        /// What comes before it.
        after: Box<str>,
        /// What is in its place.
        found: Found,
    },
    /// A whole number belongs behind `repeat`, `seed` and `batch`.
    ExpectedInteger {
        /// Which.
        keyword: Keyword,
        /// What is in its place.
        found: Found,
    },
    /// `(` belongs behind the name of a function, `{` behind `repeat 3`.
    ExpectedOpen {
        /// Which.
        bracket: Bracket,
        /// What comes before it.
        after: Box<str>,
        /// What is in its place.
        found: Found,
    },
    /// `minimize` is followed by an expression.
    MinimizeExpression,
    /// A line that can't stand inside `repeat`.
    NotInRepeat {
        /// What it begins with.
        keyword: Keyword,
    },

    /// A value belongs here.
    ExpectedValue {
        /// What comes before it.
        after: Box<str>,
        /// What is in its place.
        found: Found,
    },
    /// Two values stand side by side.
    SideBySide {
        /// The first.
        left: Box<str>,
        /// What the second begins with.
        right: Box<str>,
    },
    /// Two arguments, parameters or names stand side by side.
    MissingComma {
        /// What the second begins with.
        before: Box<str>,
    },
    /// Inside `[ ]` a line begins with what would continue the one above.
    RowNotEnded {
        /// What it begins with.
        found: Box<str>,
    },
    /// Two signs before a value.
    SecondSign {
        /// The one too many.
        sign: Box<str>,
    },
    /// `+` before a value.
    LeadingPlus,
    /// `W^2'`.
    AfterPower {
        /// The power.
        power: Box<str>,
        /// What comes after it.
        mark: Box<str>,
    },
    /// `2'`.
    NumberTransposed {
        /// The number.
        number: Box<str>,
    },
    /// `A[1:3]`.
    IndexRange,
    /// `A[1, 2, 3]`.
    ThirdIndex,

    /// A bracket that is never closed, or not before the next line begins.
    Unclosed {
        /// Which.
        bracket: Bracket,
    },
    /// A bracket that is closed by one of another form.
    Mismatched {
        /// The opening one.
        open: Bracket,
        /// The closing one.
        close: Bracket,
    },
    /// A closing bracket where none is open.
    Stray {
        /// Which.
        bracket: Bracket,
    },
    /// Something else than the end of a bracket.
    ExpectedClose {
        /// Which bracket is open.
        bracket: Bracket,
        /// What is in the place of its end.
        found: Found,
    },
    /// Something that can't stand where it does.
    Unexpected {
        /// That.
        found: Found,
    },
}

/// What stands where something else belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing more: the line ends.
    LineEnd,
    /// This word.
    Word(Box<str>),
}

impl Found {
    /// The word, empty at the end of a line.
    pub fn word(&self) -> &str {
        match self {
            Self::LineEnd => "",
            Self::Word(word) => word,
        }
    }
}

/// Something that is a program, but hardly the one that was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxWarning {
    /// The piece of the text that is marked.
    pub span: Span,
    /// A second piece that explains the first.
    pub related: Option<Span>,
    /// What is suspicious.
    pub kind: SyntaxWarningKind,
}

/// What is suspicious in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxWarningKind {
    /// `[1 -2]` has one entry.
    SignInRow {
        /// As it is written.
        written: Box<str>,
        /// How two entries would be written.
        two: Box<str>,
        /// How one would be written.
        one: Box<str>,
    },
    /// `W₁` and `W1` are two names.
    AlikeNames {
        /// The one that comes first.
        first: Box<str>,
        /// The other one.
        second: Box<str>,
    },
}
