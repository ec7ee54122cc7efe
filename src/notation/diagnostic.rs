//! How faults are told, whichever phase found them.

use super::key::Key;
use super::place::Span;
use super::sentences::{Piece, Sentences, fill};

/// The languages in which Chalkgrad speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Simplified Chinese, 简体中文.
    Zh,
}

impl Language {
    /// The language's code, as in a link.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

/// To whom a fault is told, as in [`Explain::tell`].
pub type Say<'a> = &'a mut dyn FnMut(Key, Key, &[&dyn Piece]);

/// How a fault or a warning of any phase is told: where, what is wrong, and
/// what would be right. The place itself, "line 3", is the presenter's.
pub trait Explain {
    /// The piece of the text that is marked.
    fn span(&self) -> Span;

    /// A second piece that explains the first: where a bracket was opened.
    fn related(&self) -> Option<Span> {
        None
    }

    /// Hands over, once, the entry whose message says what is wrong, the one
    /// whose remedy says what would be right (if it has one: that can't always
    /// be guessed), and what fills the places `{0}`, `{1}` and so on of both.
    fn tell(&self, say: Say);

    /// What is wrong, in one sentence; empty where the catalogue has none.
    fn message(&self, sentences: Sentences) -> String {
        let mut text = String::new();
        self.tell(&mut |message, _, pieces| {
            text = fill(sentences.message(message), pieces, sentences);
        });
        text
    }

    /// What would be right, where that can be guessed.
    fn remedy(&self, sentences: Sentences) -> Option<String> {
        let mut text = String::new();
        self.tell(&mut |_, remedy, pieces| {
            text = fill(sentences.remedy(remedy), pieces, sentences);
        });
        (!text.is_empty()).then_some(text)
    }
}
