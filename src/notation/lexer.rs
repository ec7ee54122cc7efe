//! Text to tokens, without losing a byte.

use super::letters::{is_continue, is_start};
use super::place::{BYTE_ORDER_MARK, Span};
use super::token::{Bracket, Keyword, Token, TokenKind};

/// The tokens of a text. Concatenated they are the text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(first) = lexer.peek() {
        let start = lexer.at;
        let kind = lexer.token(first);
        tokens.push(Token {
            span: Span::new(start as u32, lexer.at as u32),
            kind,
        });
    }
    tokens
}

/// The character that this one is read as: full-width forms are their ASCII
/// selves, and a few signs have an ASCII spelling.
fn fold(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        '\u{3000}' => ' ',
        '【' => '[',
        '】' => ']',
        '‘' | '’' | '′' | 'ᵀ' => '\'',
        '·' | '⊙' => '*',
        '−' => '-',
        other => other,
    }
}

/// A name or a number as it is read, with full-width forms folded.
pub(super) fn canonical(text: &str) -> Box<str> {
    if text.is_ascii() {
        text.into()
    } else {
        text.chars().map(fold).collect::<String>().into()
    }
}

/// The value of the superscripts' digits, and whether `⁻` leads them.
pub(super) fn superscript(text: &str) -> (String, bool) {
    let digits = text.strip_prefix('⁻').unwrap_or(text);
    let plain = digits.chars().filter_map(superscript_digit);
    (plain.collect(), digits.len() < text.len())
}

/// Whether this is one of ⁰–⁹.
pub(super) fn is_superscript_digit(character: char) -> bool {
    superscript_digit(character).is_some()
}

fn superscript_digit(character: char) -> Option<char> {
    let value = match character {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => u32::from(character) - u32::from('⁰'),
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// The digit that a subscript stands for.
pub(super) fn subscript_digit(character: char) -> Option<char> {
    match character {
        '₀'..='₉' => char::from_digit(u32::from(character) - u32::from('₀'), 10),
        _ => None,
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        match self.peek() {
            Some(character) if wanted(character) => {
                self.at += character.len_utf8();
                true
            }
            _ => false,
        }
    }

    /// Takes characters as long as they are wanted; says whether any was.
    fn eat_all(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        let start = self.at;
        while self.eat(&wanted) {}
        self.at > start
    }

    fn digits(&mut self) -> bool {
        self.eat_all(|character| fold(character).is_ascii_digit())
    }

    /// Takes the token that begins with `first`.
    fn token(&mut self, first: char) -> TokenKind {
        use Bracket::{Curly, Round, Square};
        use TokenKind::{
            At, Caret, Close, Colon, Comma, Comment, Equals, Minus, Name, Newline, Number, Open,
            Plus, Prime, Semicolon, Slash, Space, Star, Superscript, Times, Unknown,
        };
        let start = self.at;
        self.at += first.len_utf8();
        match fold(first) {
            '\r' => {
                self.eat(|next| next == '\n');
                Newline
            }
            '\n' => Newline,
            '#' => {
                self.eat_all(|next| !matches!(next, '\r' | '\n'));
                Comment
            }
            '0'..='9' => {
                self.digits();
                if self.eat(|next| fold(next) == '.') {
                    self.digits();
                }
                self.exponent();
                Number
            }
            '.' if self.digits() => {
                self.exponent();
                Number
            }
            folded if is_start(folded) || folded == '_' => {
                self.eat_all(|next| is_continue(fold(next)) || subscript_digit(next).is_some());
                Keyword::of(&canonical(&self.text[start..self.at])).map_or(Name, TokenKind::Keyword)
            }
            '⁻' if self.eat_all(is_superscript_digit) => Superscript,
            folded if is_superscript_digit(folded) => {
                self.eat_all(is_superscript_digit);
                Superscript
            }
            '\'' => Prime,
            '+' => Plus,
            '-' => Minus,
            '*' => Star,
            '×' => Times,
            '/' => Slash,
            '@' => At,
            '^' => Caret,
            '=' => Equals,
            ',' => Comma,
            ';' => Semicolon,
            ':' => Colon,
            '(' => Open(Round),
            ')' => Close(Round),
            '[' => Open(Square),
            ']' => Close(Square),
            '{' => Open(Curly),
            '}' => Close(Curly),
            folded if is_space(folded) => {
                self.eat_all(|next| is_space(fold(next)));
                Space
            }
            _ => {
                self.eat_all(|next| next == first);
                Unknown
            }
        }
    }

    /// Takes the exponent of a number, if digits follow its letter: `2e` is a
    /// number and a name.
    fn exponent(&mut self) {
        let before = self.at;
        let letter = self.eat(|next| matches!(fold(next), 'e' | 'E'));
        if letter {
            self.eat(|next| matches!(fold(next), '+' | '-'));
            if !self.digits() {
                self.at = before;
            }
        }
    }
}

fn is_space(character: char) -> bool {
    let space = character.is_whitespace() || character == BYTE_ORDER_MARK;
    space && !matches!(character, '\r' | '\n')
}
