//! How faults are told, whichever phase found them.

use std::fmt::{Display, Formatter, Result, Write as _};

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

/// To whom a fault is told, as in [`Explain::tell`].
pub type Say<'a> = &'a mut dyn FnMut(&str, &str, &[&dyn Display]);

/// How a fault or a warning of any phase is told: where, what is wrong, and
/// what would be right. The place itself, "line 3", is the presenter's.
pub trait Explain {
    /// The piece of the text that is marked.
    fn span(&self) -> Span;

    /// A second piece that explains the first: where a bracket was opened.
    fn related(&self) -> Option<Span> {
        None
    }

    /// Hands over, once, what is wrong, what would be right (empty where that
    /// can't be guessed), and what is filled into both.
    ///
    /// Each has a line in English and one in Chinese, with places `{0}`, `{1}`
    /// and so on for the pieces.
    fn tell(&self, say: Say);

    /// What is wrong, in one sentence.
    fn message(&self, language: Language) -> String {
        let mut text = String::new();
        self.tell(&mut |message, _, pieces| fill(&mut text, message, pieces, language));
        text
    }

    /// What would be right, where that can be guessed.
    fn remedy(&self, language: Language) -> Option<String> {
        let mut text = String::new();
        self.tell(&mut |_, remedy, pieces| fill(&mut text, remedy, pieces, language));
        (!text.is_empty()).then_some(text)
    }
}

/// A piece that has another form in each language. It is asked for the Chinese
/// one by the alternate form, `{:#}`.
pub(super) struct Both {
    /// In English.
    pub en: &'static str,
    /// In Chinese.
    pub zh: &'static str,
}

impl Display for Both {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        out.write_str(if out.alternate() { self.zh } else { self.en })
    }
}

/// Writes the language's line with its places filled in. A brace that begins
/// no place stands for itself.
fn fill(text: &mut String, sentence: &str, pieces: &[&dyn Display], language: Language) {
    let line = sentence.split('\n').nth(language as usize);
    let mut parts = line.unwrap_or_default().split('{');
    text.extend(parts.next());
    for part in parts {
        let Some((piece, rest)) = place(part, pieces) else {
            text.push('{');
            text.push_str(part);
            continue;
        };
        // Writing to a string doesn't fail.
        let _ = match language {
            Language::En => write!(text, "{piece}{rest}"),
            Language::Zh => write!(text, "{piece:#}{rest}"),
        };
    }
}

/// The piece that belongs in front of a text such as `0} after this`, and what
/// comes after its place.
fn place<'a>(text: &'a str, pieces: &[&'a dyn Display]) -> Option<(&'a dyn Display, &'a str)> {
    let rest = text.get(1..)?.strip_prefix('}')?;
    let number = text.as_bytes().first()?.wrapping_sub(b'0');
    Some((*pieces.get(usize::from(number))?, rest))
}
