//! Tokens as the parser sees them.
//!
//! Spaces, comments and line ends are no tokens of their own here: each word
//! knows what stands before it. Brackets know their partners, which is what
//! recovery goes by.

use super::place::Span;
use super::token::{Bracket, Token, TokenKind};

/// A token that means something, or the end of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub kind: TokenKind,
    pub span: Span,
    pub before: Gap,
    /// The partner of a bracket that has one.
    pub pair: Option<usize>,
    /// Whether it looks like the first word of a line: a keyword, or a name
    /// with `=` behind it, after a line end.
    pub begins_line: bool,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// Space or a comment.
    pub space: bool,
    /// A line end.
    pub newline: bool,
    /// Unknown characters in the line of the word before.
    pub unknown_after_last: bool,
    /// Unknown characters in the line of this word.
    pub unknown_before_this: bool,
}

impl Gap {
    /// Whether unknown characters stand in a line of either word.
    pub fn unknown(self) -> bool {
        self.unknown_after_last || self.unknown_before_this
    }

    fn add(&mut self, kind: TokenKind) {
        match kind {
            TokenKind::Newline => {
                self.newline = true;
                self.unknown_before_this = false;
            }
            TokenKind::Unknown => {
                self.unknown_after_last |= !self.newline;
                self.unknown_before_this = true;
            }
            _ => self.space = true,
        }
    }
}

/// The words of a text. The last stands for the end of the text and has the
/// kind [`TokenKind::Newline`].
pub(super) fn words(tokens: &[Token]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut before = Gap::default();
    let mut push = |kind, span, before| {
        words.push(Word {
            kind,
            span,
            before,
            pair: None,
            begins_line: false,
        });
    };
    for &Token { span, kind } in tokens {
        match kind {
            TokenKind::Space | TokenKind::Comment | TokenKind::Newline | TokenKind::Unknown => {
                before.add(kind);
            }
            _ => push(kind, span, std::mem::take(&mut before)),
        }
    }
    let end = tokens.last().map_or(0, |token| token.span.end);
    before.newline = true;
    push(TokenKind::Newline, Span::new(end, end), before);
    pair_brackets(&mut words);
    find_line_beginnings(&mut words);
    words
}

/// Gives brackets their partners. A closing bracket closes the innermost open
/// one of its form; what was opened inside that one is never closed.
fn pair_brackets(words: &mut [Word]) {
    let mut open: Vec<(usize, Bracket)> = Vec::new();
    let mut count = [0_usize; 3];
    for at in 0..words.len() {
        match words[at].kind {
            TokenKind::Open(bracket) => {
                open.push((at, bracket));
                count[bracket as usize] += 1;
            }
            TokenKind::Close(bracket) if count[bracket as usize] > 0 => {
                while let Some((opened, form)) = open.pop() {
                    count[form as usize] -= 1;
                    if form == bracket {
                        words[opened].pair = Some(at);
                        words[at].pair = Some(opened);
                        break;
                    }
                }
            }
            _ => {}
        }
    }
}

fn find_line_beginnings(words: &mut [Word]) {
    use TokenKind::{Equals, Keyword, Name, Number, Open, Semicolon};
    for at in 1..words.len() {
        let next = words.get(at + 1).map(|word| word.kind);
        let after_newline = words[at].before.newline;
        let after_sign = matches!(words[at - 1].kind, Semicolon | Open(Bracket::Curly));
        words[at].begins_line = match words[at].kind {
            Name => (after_newline || after_sign) && next == Some(Equals),
            Keyword(_) => after_newline || after_sign && matches!(next, Some(Name | Number)),
            _ => false,
        };
    }
}
