//! The parser's state, and how it looks at words and tells faults.
//!
//! What it reads is in [`super::line`], [`super::expression`] and
//! [`super::atom`], how it goes on after a fault in [`super::recovery`]. It
//! never fails: where something is missing it puts a number in its place, and
//! the whole line is dropped once it is read.

use super::earliest::Earliest;
use super::fault::{Found, SyntaxFault, SyntaxFaultKind, SyntaxWarning};
use super::lexer::canonical;
use super::place::Span;
use super::token::{Bracket, TokenKind};
use super::tree::{ExprId, ExprKind, Exprs, Name, Program};
use super::words::Word;

/// Deepest nesting of brackets, blocks, calls and chained `^`.
pub const MAX_DEPTH: usize = 128;
/// Most characters in a name.
pub const MAX_NAME: usize = 64;
/// Most characters of the text that a sentence quotes.
const MAX_QUOTE: usize = 24;

/// A recursive-descent parser over the words of a text.
pub(super) struct Parser<'t> {
    pub text: &'t str,
    pub words: &'t [Word],
    /// The word that comes next.
    pub at: usize,
    /// The first word of the line: the line end before it is not its own.
    pub line_start: usize,
    /// Where recovery found that the next line begins, for the line at hand.
    pub next_line: Option<usize>,
    /// Whether the line at hand is given up, so that brackets it leaves open
    /// are no faults.
    pub abandoned: bool,
    /// The brackets that are open, outermost first.
    pub open: Vec<usize>,
    /// How many exponents are being read.
    pub exponents: usize,
    pub exprs: Exprs,
    /// Whether the line at hand has a fault.
    pub faulty: bool,
    /// The word at which a fault was last told, so that one is told only once.
    pub told_at: Option<usize>,
    pub faults: Earliest<SyntaxFault>,
    pub warnings: Earliest<SyntaxWarning>,
    /// Names that faulty lines would have bound.
    pub lost: Vec<Name>,
}

/// What the parser made of the words.
pub(super) struct Outcome {
    pub program: Program,
    pub faults: Earliest<SyntaxFault>,
    pub warnings: Earliest<SyntaxWarning>,
}

/// Reads a text of these words.
pub(super) fn program(text: &str, words: &[Word]) -> Outcome {
    let mut parser = Parser {
        text,
        words,
        at: 0,
        line_start: 0,
        next_line: None,
        abandoned: false,
        open: Vec::new(),
        exponents: 0,
        exprs: Exprs::default(),
        faulty: false,
        told_at: None,
        faults: Earliest::default(),
        warnings: Earliest::default(),
        lost: Vec::new(),
    };
    let lines = parser.lines();
    Outcome {
        program: Program {
            lines,
            exprs: parser.exprs,
            lost: parser.lost,
        },
        faults: parser.faults,
        warnings: parser.warnings,
    }
}

impl Parser<'_> {
    /// What comes next; [`TokenKind::Newline`] where the line ends.
    pub fn peek(&self) -> TokenKind {
        if self.line_ends() {
            TokenKind::Newline
        } else {
            self.word().kind
        }
    }

    /// The next word, though it may be of the next line.
    pub fn word(&self) -> Word {
        self.words[self.at]
    }

    /// The kind of the word after the next, whatever is between them.
    pub fn second(&self) -> TokenKind {
        let second = self.words.get(self.at + 1);
        second.map_or(TokenKind::Newline, |word| word.kind)
    }

    /// The innermost open bracket decides about line ends: inside ( and [ a
    /// newline is space. One that is never closed lasts until the next line
    /// begins.
    fn line_ends(&self) -> bool {
        if self.at == self.line_start {
            return false;
        }
        let at_end = self.word().kind == TokenKind::Newline;
        if at_end || self.next_line.is_some_and(|next| self.at >= next) {
            return true;
        }
        match self.innermost() {
            None | Some((Bracket::Curly, _)) => self.word().before.newline,
            Some((_, word)) if word.pair.is_some() => false,
            Some(_) => {
                let ends = self.word().kind == TokenKind::Semicolon;
                self.word().begins_line || ends && self.words[self.at + 1].begins_line
            }
        }
    }

    /// The innermost open bracket.
    pub fn innermost(&self) -> Option<(Bracket, Word)> {
        let word = self.words[*self.open.last()?];
        match word.kind {
            TokenKind::Open(bracket) => Some((bracket, word)),
            _ => None,
        }
    }

    /// Whether line ends mean nothing because the innermost bracket is [.
    pub fn in_square(&self) -> bool {
        matches!(self.innermost(), Some((Bracket::Square, _)))
    }

    /// Takes the next word. The end of the text stays where it is.
    pub fn bump(&mut self) -> Span {
        let word = self.word();
        self.faulty |= word.before.unknown_before_this;
        self.at = (self.at + 1).min(self.words.len() - 1);
        word.span
    }

    /// Takes the next word if it is of this kind.
    pub fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.peek() == kind;
        if found {
            self.bump();
        }
        found
    }

    /// Where the next word starts.
    pub fn start(&self) -> u32 {
        self.word().span.start
    }

    /// From `start` to the end of the word taken last.
    pub fn since(&self, start: u32) -> Span {
        let end = self.previous().map_or(start, |word| word.span.end);
        Span::new(start, end.max(start))
    }

    /// The word taken last, where it is of the line at hand.
    pub fn previous(&self) -> Option<Word> {
        (self.at > self.line_start).then(|| self.words[self.at - 1])
    }

    /// The word taken last, for a sentence.
    pub fn previous_text(&self) -> Box<str> {
        self.previous()
            .map_or_else(Box::default, |word| self.quote(word.span))
    }

    /// Takes the next word as a name.
    pub fn bump_name(&mut self) -> Name {
        let span = self.bump();
        let text = canonical(span.of(self.text));
        let characters = text.chars().count();
        if characters > MAX_NAME {
            self.fault(span, SyntaxFaultKind::NameTooLong { characters });
        }
        Name { span, text }
    }

    /// A value where there is none. It goes away with its line.
    pub fn missing(&mut self) -> ExprId {
        let here = Span::new(self.start(), self.start());
        self.exprs.push(ExprKind::Number(0.0), here)
    }

    /// Reads on without keeping the expressions that are read.
    pub fn discard(&mut self, read: impl FnOnce(&mut Self)) {
        let kept = self.exprs.len();
        read(self);
        self.exprs.truncate(kept);
    }

    /// Tells a fault of any piece of the text.
    pub fn fault(&mut self, span: Span, kind: SyntaxFaultKind) {
        self.fault_with(span, None, kind);
    }

    /// Tells a fault that a second piece explains.
    pub fn fault_with(&mut self, span: Span, related: Option<Span>, kind: SyntaxFaultKind) {
        self.faulty = true;
        self.faults.add(SyntaxFault {
            span,
            related,
            kind,
        });
    }

    /// Tells a fault of the next word, or of the last one where the line ends.
    pub fn fault_here(&mut self, kind: SyntaxFaultKind) {
        self.fault_here_with(None, kind);
    }

    /// [`fault_here`](Self::fault_here) with a second piece. It is not told
    /// where one was told already, nor next to unknown characters: these were
    /// told, and what they stand for can't be known. Nor is it in a line that
    /// is given up.
    pub fn fault_here_with(&mut self, related: Option<Span>, kind: SyntaxFaultKind) {
        let gap = self.word().before;
        let (span, unknown) = match self.previous() {
            Some(previous) if self.line_ends() => (previous.span, gap.unknown_after_last),
            Some(_) => (self.word().span, gap.unknown()),
            None => (self.word().span, gap.unknown_before_this),
        };
        if unknown || self.abandoned || self.told_at == Some(self.at) {
            self.faulty = true;
        } else {
            self.told_at = Some(self.at);
            self.fault_with(span, related, kind);
        }
    }

    /// What comes next, for a sentence.
    pub fn found(&self) -> Found {
        match self.peek() {
            TokenKind::Newline => Found::LineEnd,
            _ => Found::Word(self.quote(self.word().span)),
        }
    }

    /// A piece of the text for a sentence, in one line and not too long.
    pub fn quote(&self, span: Span) -> Box<str> {
        let mut characters = span.of(self.text).chars();
        let quoted = characters.by_ref().take(MAX_QUOTE);
        let mut quoted: String = quoted
            .map(|character| {
                if character.is_control() {
                    ' '
                } else {
                    character
                }
            })
            .collect();
        if characters.next().is_some() {
            quoted.push('…');
        }
        quoted.into()
    }
}
