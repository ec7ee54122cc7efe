//! How faults and warnings are told, by the keys of their sentences in
//! `sentences/en.txt` and the other languages' like it.

use super::{
    Found, SyntaxFault, SyntaxFaultKind as Fault, SyntaxWarning, SyntaxWarningKind as Warning,
};
use crate::notation::diagnostic::{Explain, Say};
use crate::notation::key::Key;
use crate::notation::place::Span;
use crate::notation::sentences::{Named, Piece};
use crate::notation::token::{Bracket, Keyword};
use crate::notation::{MAX_DEPTH, MAX_FAULTS, MAX_NAME, MAX_TEXT};

impl Explain for SyntaxFault {
    fn span(&self) -> Span {
        self.span
    }

    fn related(&self) -> Option<Span> {
        self.related
    }

    fn tell(&self, say: Say) {
        tell(&self.kind, say);
    }
}

impl Explain for SyntaxWarning {
    fn span(&self) -> Span {
        self.span
    }

    fn related(&self) -> Option<Span> {
        self.related
    }

    fn tell(&self, say: Say) {
        match &self.kind {
            Warning::SignInRow { written, two, one } => {
                say(Key::SignInRow, Key::SignInRow, &[written, two, one])
            }
            Warning::AlikeNames { first, second } => {
                say(Key::AlikeNames, Key::AlikeNames, &[first, second])
            }
        }
    }
}

fn tell(fault: &Fault, say: Say) {
    match fault {
        Fault::TextTooLong { bytes } => {
            say(Key::TextTooLong, Key::TextTooLong, &[bytes, &MAX_TEXT])
        }
        Fault::TooDeep => say(Key::TooDeep, Key::TooDeep, &[&MAX_DEPTH]),
        Fault::TooManyFaults => say(Key::TooManyFaults, Key::TooManyFaults, &[&MAX_FAULTS]),
        Fault::UnknownCharacter { character } => {
            let (instead, remedy) = match instead_of(*character) {
                Some(instead) => (instead, Key::Instead),
                None => ("", Key::UnknownCharacter),
            };
            say(
                Key::UnknownCharacter,
                remedy,
                &[&shown(*character), &instead],
            );
        }
        Fault::NameTooLong { characters } => {
            say(Key::NameTooLong, Key::NameTooLong, &[characters, &MAX_NAME])
        }
        Fault::NumberOutOfRange {
            number,
            small: false,
        } => say(Key::NumberTooLarge, Key::NumberTooLarge, &[number]),
        Fault::NumberOutOfRange {
            number,
            small: true,
        } => say(Key::NumberTooSmall, Key::NumberTooSmall, &[number]),
        Fault::IntegerTooLarge => say(Key::IntegerTooLarge, Key::IntegerTooLarge, &[&u64::MAX]),

        Fault::KeywordAsName { keyword, bound } => say(
            Key::KeywordAsName,
            match keyword {
                Keyword::Seed | Keyword::Batch if *bound => Key::Setting,
                Keyword::Minimize if *bound => Key::MinimizeName,
                _ => Key::AnotherName,
            },
            &[&keyword.text()],
        ),
        Fault::MisspeltKeyword { word, keyword } => {
            say(Key::MisspeltKeyword, Key::Meant, &[word, &keyword.text()])
        }
        Fault::ExpectedLine { found } => {
            say(Key::ExpectedLine, Key::ExpectedLine, &[&found.word()])
        }
        Fault::UnnamedValue => say(Key::UnnamedValue, Key::UnnamedValue, &[]),
        Fault::MissingEquals { after, found } => expected(&"“=”", after, found, Key::Equals, say),
        Fault::SecondEquals => say(Key::SecondEquals, Key::SecondEquals, &[]),
        Fault::MissingFn { head } => say(Key::MissingFn, Key::MissingFn, &[head]),
        Fault::AssignedEntry { name } => say(Key::AssignedEntry, Key::AssignedEntry, &[name]),
        Fault::MissingRole => say(Key::MissingRole, Key::MissingRole, &[]),
        Fault::MissingLineEnd { found } => {
            say(Key::MissingLineEnd, Key::MissingLineEnd, &[&found.word()])
        }
        Fault::ExpectedName { after, found } => {
            expected(&Named(Key::Name), after, found, Key::Name, say);
        }
        Fault::ExpectedInteger { keyword, found } => {
            expected(
                &Named(Key::WholeNumber),
                keyword.text(),
                found,
                Key::WholeNumber,
                say,
            );
        }
        Fault::ExpectedOpen {
            bracket,
            after,
            found,
        } => {
            let remedy = match bracket {
                Bracket::Curly => Key::RepeatBlock,
                _ => Key::FunctionHead,
            };
            let open = format_args!("“{}”", bracket.open());
            expected(&open, after, found, remedy, say);
        }
        Fault::MinimizeExpression => say(Key::MinimizeExpression, Key::MinimizeExpression, &[]),
        Fault::NotInRepeat { keyword } => {
            say(Key::NotInRepeat, Key::NotInRepeat, &[&keyword.text()])
        }

        Fault::ExpectedValue { after, found } => {
            let remedy = match (&**after, found.word()) {
                ("*", "*") => Key::PowerSign,
                ("=", "=") => Key::SingleEquals,
                ("(" | "[", ")" | "]") => Key::EmptyBrackets,
                ("," | ";", ")" | "]") => Key::EmptyPlace,
                (_, "{") => Key::MatrixBrackets,
                _ => Key::Value,
            };
            expected(&Named(Key::Value), after, found, remedy, say);
        }
        Fault::SideBySide { left, right } => say(Key::SideBySide, Key::SideBySide, &[left, right]),
        Fault::MissingComma { before } => say(Key::MissingComma, Key::MissingComma, &[before]),
        Fault::RowNotEnded { found } => say(Key::RowNotEnded, Key::RowNotEnded, &[found]),
        Fault::SecondSign { sign } => say(Key::SecondSign, Key::SecondSign, &[sign]),
        Fault::LeadingPlus => say(Key::LeadingPlus, Key::LeadingPlus, &[]),
        Fault::AfterPower { power, mark } => say(Key::AfterPower, Key::AfterPower, &[power, mark]),
        Fault::NumberTransposed { number } => {
            say(Key::NumberTransposed, Key::NumberTransposed, &[number])
        }
        Fault::IndexRange => say(Key::IndexRange, Key::IndexRange, &[]),
        Fault::ThirdIndex => say(Key::ThirdIndex, Key::ThirdIndex, &[]),

        Fault::Unclosed { bracket } => say(
            Key::Unclosed,
            Key::Unclosed,
            &[&bracket.open(), &bracket.close()],
        ),
        Fault::Mismatched { open, close } => say(
            Key::Mismatched,
            Key::Mismatched,
            &[&open.open(), &close.close(), &open.close()],
        ),
        Fault::Stray { bracket } => {
            say(Key::Stray, Key::Stray, &[&bracket.open(), &bracket.close()])
        }
        Fault::ExpectedClose { bracket, found } => say(
            match found {
                Found::LineEnd => Key::ExpectedCloseEnd,
                Found::Word(_) => Key::ExpectedClose,
            },
            match (bracket, found.word()) {
                (Bracket::Round, ",") => Key::MatrixEntries,
                _ => Key::ExpectedClose,
            },
            &[&bracket.close(), &found.word()],
        ),
        Fault::Unexpected { found } => say(
            Key::Unexpected,
            match found.word() {
                "," | "{" => Key::MatrixEntries,
                _ => Key::Unexpected,
            },
            &[&found.word()],
        ),
    }
}

/// Tells that something belongs here. In the remedy `{1}` is what comes before.
fn expected(what: &dyn Piece, after: &str, found: &Found, remedy: Key, say: Say) {
    let message = match (after, found) {
        ("", Found::LineEnd) => Key::ExpectedEnd,
        (_, Found::LineEnd) => Key::ExpectedAfterEnd,
        ("", Found::Word(_)) => Key::Expected,
        (_, Found::Word(_)) => Key::ExpectedAfter,
    };
    say(message, remedy, &[what, &after, &found.word()]);
}

/// What to write in place of an unknown character, where it resembles a known
/// sign.
fn instead_of(character: char) -> Option<&'static str> {
    Some(match character {
        '、' | '،' => ",",
        '。' => ".",
        '–' | '—' | '‐' | '‑' => "-",
        '÷' | '∕' => "/",
        '⋅' | '∙' | '•' | '∗' => "*",
        '⊗' => "@",
        '`' | '´' | '‛' => "'",
        '≔' | '←' => "=",
        '√' => "sqrt(x)",
        '|' | '∣' => "abs(x)",
        '∑' => "sum(x)",
        '⁻' => "^-",
        _ => return None,
    })
}

/// A character as a sentence shows it: by its number where there is nothing to
/// be seen.
fn shown(character: char) -> String {
    let invisible = character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    if invisible {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}
