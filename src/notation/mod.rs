//! Text to program.
//!
//! ```text
#![doc = include_str!("grammar.ebnf")]
//! ```
//!
//! Space between tokens means nothing. The innermost bracket decides about
//! line ends: inside ( and [ a newline is space, inside { it ends the line.
//! `#` begins a comment. How numbers and names are spelt, and what is read
//! like an ASCII sign, is in [`TokenKind`].
//!
//! [`parse`] never fails: it yields the lines without a fault and tells what
//! is wrong with the others, so that the picture keeps working while someone
//! types. What names mean is not its business; neither are shapes.
//!
//! The parser is our own. Of the libraries that recover from faults, chumsky
//! weighs 26 KB (gzip, wasm-opt) for the expressions alone, against 9 KB for a
//! sketch by hand and our bound of 15 KB; winnow weighs 13 KB, but leaves
//! recovery to its user.

mod atom;
mod diagnostic;
mod earliest;
mod edit;
mod expression;
mod fault;
mod guess;
mod key;
mod letters;
mod lexer;
mod line;
mod names;
mod nearest;
mod parser;
mod place;
mod print;
mod recovery;
mod sentences;
mod token;
mod tree;
mod words;

pub use diagnostic::{Explain, Language, Say};
use earliest::Earliest;
pub use edit::{Edit, apply, set_number};
pub use fault::{Found, SyntaxFault, SyntaxFaultKind, SyntaxWarning, SyntaxWarningKind};
pub use key::Key;
pub use names::Names;
pub use nearest::nearest;
pub use parser::{MAX_DEPTH, MAX_NAME};
pub use place::{LineIndex, Place, Span};
pub use print::print;
pub use sentences::{Piece, Sentences};
pub use token::{Bracket, Keyword, Token, TokenKind};
pub use tree::{
    Argument, BinaryOperator, Expr, ExprId, ExprKind, Exprs, Index, Integer, Line, LineKind, Name,
    Program, Role, Setting,
};

/// Longest text, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// Most faults, and most warnings, that are told of one text.
pub const MAX_FAULTS: usize = 100;

/// What a text was read as.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The text in pieces.
    pub tokens: Vec<Token>,
    /// Its lines without a fault.
    pub program: Program,
    /// What is wrong, in the order of the text.
    pub faults: Vec<SyntaxFault>,
    /// What is probably not meant, in the order of the text.
    pub warnings: Vec<SyntaxWarning>,
    source: Box<str>,
}

impl Parsed {
    /// The text, written back token by token.
    pub fn text(&self) -> String {
        let pieces = self.tokens.iter().map(|token| token.span.of(&self.source));
        pieces.collect()
    }
}

/// Reads a text, in time linear in its length.
///
/// ```
/// let parsed = chalkgrad::notation::parse("param x = 2\ny = 4x^2 # a parabola\n");
/// assert!(parsed.faults.is_empty());
/// assert_eq!(parsed.program.lines.len(), 2);
/// assert_eq!(parsed.text(), "param x = 2\ny = 4x^2 # a parabola\n");
/// ```
pub fn parse(text: &str) -> Parsed {
    if text.len() > MAX_TEXT {
        return too_long(text);
    }
    let tokens = lexer::tokens(text);
    let words = words::words(&tokens);
    let read = parser::program(text, &words);

    let mut faults = read.faults;
    unknown_characters(text, &tokens, &mut faults);
    let mut warnings = read.warnings;
    alike_names(text, &tokens, &mut warnings);
    let mut faults = faults.into_vec();
    if let Some(next) = faults.get_mut(MAX_FAULTS) {
        next.related = None;
        next.kind = SyntaxFaultKind::TooManyFaults;
    }
    let mut warnings = warnings.into_vec();
    warnings.truncate(MAX_FAULTS);
    Parsed {
        tokens,
        program: read.program,
        faults,
        warnings,
        source: text.into(),
    }
}

/// A text beyond the bound isn't looked at: it is one token and one fault,
/// which marks what is too much.
fn too_long(text: &str) -> Parsed {
    let length = text.floor_char_boundary(u32::MAX as usize) as u32;
    let bound = text.floor_char_boundary(MAX_TEXT) as u32;
    Parsed {
        tokens: vec![Token {
            span: Span::new(0, length),
            kind: TokenKind::Unknown,
        }],
        program: Program::default(),
        faults: vec![SyntaxFault {
            span: Span::new(bound, length),
            related: None,
            kind: SyntaxFaultKind::TextTooLong { bytes: text.len() },
        }],
        warnings: Vec::new(),
        source: text.into(),
    }
}

fn unknown_characters(text: &str, tokens: &[Token], faults: &mut Earliest<SyntaxFault>) {
    for token in tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Unknown)
    {
        if let Some(character) = token.span.of(text).chars().next() {
            faults.add(SyntaxFault {
                span: token.span,
                related: None,
                kind: SyntaxFaultKind::UnknownCharacter { character },
            });
        }
    }
}

/// `W₁` and `W1` are two names, which is hardly ever meant. It is told once,
/// where the second one first appears.
fn alike_names(text: &str, tokens: &[Token], warnings: &mut Earliest<SyntaxWarning>) {
    if !text.contains(|character| lexer::subscript_digit(character).is_some()) {
        return;
    }
    // By the name with plain digits: the spelling that comes first, unless
    // another one was told already.
    let mut spellings: Names<Option<Name>> = Names::default();
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Name) {
        let span = token.span;
        let text = lexer::canonical(span.of(text));
        let digit = |character| lexer::subscript_digit(character).unwrap_or(character);
        let plain: String = text.chars().map(digit).collect();
        let own = Some(Name {
            span,
            text: text.clone(),
        });
        let spelling = spellings.get_or_insert(&plain, own);
        if let Some(first) = spelling.take_if(|first| first.text != text) {
            warnings.add(SyntaxWarning {
                span,
                related: Some(first.span),
                kind: SyntaxWarningKind::AlikeNames {
                    first: first.text,
                    second: text,
                },
            });
        }
    }
}
