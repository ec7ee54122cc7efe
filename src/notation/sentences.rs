//! The sentences in which faults and warnings are told, a catalogue a language.
//!
//! An entry of a catalogue is a key, what is wrong, and what would be right:
//!
//! ```text
//! [side-by-side]
//! “{0}” and “{1}” stand side by side.
//! > Write “,” or “*” between them.
//! ```
//!
//! Either sentence may be missing. Every catalogue has its entries in the order of
//! [`Key`], and is looked into by it: the names of the keys are for who reads or
//! writes one, and are in no WebAssembly. The page, which hardly ever tells a fault,
//! fetches the catalogue of its language when it does; whoever asks for
//! [`Language::sentences`] has both at hand.

use std::fmt::{Display, Write as _};

use super::diagnostic::Language;
use super::key::Key;

/// A catalogue. Where it has no sentence, none is told: the default is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sentences<'a> {
    text: &'a str,
}

impl Language {
    /// The language's own catalogue.
    pub fn sentences(self) -> Sentences<'static> {
        Sentences::new(match self {
            Self::En => include_str!("sentences/en.txt"),
            Self::Zh => include_str!("sentences/zh.txt"),
        })
    }
}

impl<'a> Sentences<'a> {
    /// The catalogue of this text.
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The name of every key, in the order of the text.
    pub fn keys(self) -> impl Iterator<Item = &'a str> {
        self.text.lines().filter_map(key_of)
    }

    /// What is wrong; empty where there is none.
    pub fn message(self, key: Key) -> &'a str {
        let message = self.entry(key).find(|line| !line.starts_with('>'));
        message.unwrap_or_default()
    }

    /// What would be right; empty where there is none.
    pub fn remedy(self, key: Key) -> &'a str {
        let remedy = self.entry(key).find_map(|line| line.strip_prefix("> "));
        remedy.unwrap_or_default()
    }

    /// The lines below a key.
    fn entry(self, key: Key) -> impl Iterator<Item = &'a str> {
        let mut lines = self.text.lines();
        for _ in 0..=key as usize {
            lines.by_ref().find(|line| line.starts_with('['));
        }
        lines.take_while(|line| !line.is_empty())
    }
}

fn key_of(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

/// What fills a place of a sentence.
pub trait Piece {
    /// Writes it, in the language of the sentences.
    fn write(&self, text: &mut String, sentences: Sentences);
}

impl<T: Display + ?Sized> Piece for T {
    fn write(&self, text: &mut String, _: Sentences) {
        // Writing to a string doesn't fail.
        let _ = write!(text, "{self}");
    }
}

/// A piece that has a word of its own in every language: the message of a key.
pub(super) struct Named(pub Key);

impl Piece for Named {
    fn write(&self, text: &mut String, sentences: Sentences) {
        text.push_str(sentences.message(self.0));
    }
}

/// A sentence with its places filled in. A brace that begins no place stands
/// for itself.
pub(super) fn fill(sentence: &str, pieces: &[&dyn Piece], sentences: Sentences) -> String {
    let mut text = String::new();
    let mut parts = sentence.split('{');
    text.extend(parts.next());
    for part in parts {
        if let Some((piece, rest)) = place(part, pieces) {
            piece.write(&mut text, sentences);
            text.push_str(rest);
        } else {
            text.push('{');
            text.push_str(part);
        }
    }
    text
}

/// The piece that belongs in front of a text such as `0} after this`, and what
/// comes after its place.
fn place<'a>(text: &'a str, pieces: &[&'a dyn Piece]) -> Option<(&'a dyn Piece, &'a str)> {
    let rest = text.get(1..)?.strip_prefix('}')?;
    let number = text.as_bytes().first()?.wrapping_sub(b'0');
    Some((*pieces.get(usize::from(number))?, rest))
}
