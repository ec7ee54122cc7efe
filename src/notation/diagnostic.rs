//! How faults are told, whichever phase found them.

use super::place::Span;

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

/// How a fault or a warning of any phase is told: where, what is wrong, and
/// what would be right. The place itself, "line 3", is the presenter's.
pub trait Explain {
    /// The piece of the text that is marked.
    fn span(&self) -> Span;

    /// A second piece that explains the first: where a bracket was opened.
    fn related(&self) -> Option<Span> {
        None
    }

    /// What is wrong, in one sentence.
    fn message(&self, language: Language) -> String;

    /// What would be right, where that can be guessed.
    fn remedy(&self, language: Language) -> Option<String>;
}
