//! How faults and warnings are told, by the keys of their sentences in
//! `sentences/en.txt` and the other languages' like it.

use super::{
    Found, SyntaxFault, SyntaxFaultKind as Fault, SyntaxWarning, SyntaxWarningKind as Warning,
};
use crate::notation::diagnostic::{Explain, Say};
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
                say("sign-in-row", "sign-in-row", &[written, two, one])
            }
            Warning::AlikeNames { first, second } => {
                say("alike-names", "alike-names", &[first, second])
            }
        }
    }
}

fn tell(fault: &Fault, say: Say) {
    match fault {
        Fault::TextTooLong { bytes } => say("text-too-long", "", &[bytes, &MAX_TEXT]),
        Fault::TooDeep => say("too-deep", "too-deep", &[&MAX_DEPTH]),
        Fault::TooManyFaults => say("too-many-faults", "", &[&MAX_FAULTS]),
        Fault::UnknownCharacter { character } => {
            let (instead, remedy) = match instead_of(*character) {
                Some(instead) => (instead, "unknown-character"),
                None => ("", ""),
            };
            say("unknown-character", remedy, &[&shown(*character), &instead]);
        }
        Fault::NameTooLong { characters } => {
            say("name-too-long", "name-too-long", &[characters, &MAX_NAME])
        }
        Fault::NumberOutOfRange {
            number,
            small: false,
        } => say("number-too-large", "number-too-large", &[number]),
        Fault::NumberOutOfRange {
            number,
            small: true,
        } => say("number-too-small", "number-too-small", &[number]),
        Fault::IntegerTooLarge => say("integer-too-large", "integer-too-large", &[&u64::MAX]),

        Fault::KeywordAsName { keyword, bound } => say(
            "keyword-as-name",
            match keyword {
                Keyword::Seed | Keyword::Batch if *bound => "setting",
                Keyword::Minimize if *bound => "minimize-name",
                _ => "another-name",
            },
            &[&keyword.text()],
        ),
        Fault::MisspeltKeyword { word, keyword } => {
            say("misspelt-keyword", "meant", &[word, &keyword.text()])
        }
        Fault::ExpectedLine { found } => say("expected-line", "expected-line", &[&found.word()]),
        Fault::UnnamedValue => say("unnamed-value", "unnamed-value", &[]),
        Fault::MissingEquals { after, found } => expected(&"“=”", after, found, "equals", say),
        Fault::SecondEquals => say("second-equals", "second-equals", &[]),
        Fault::MissingFn { head } => say("missing-fn", "missing-fn", &[head]),
        Fault::AssignedEntry { name } => say("assigned-entry", "assigned-entry", &[name]),
        Fault::MissingRole => say("missing-role", "missing-role", &[]),
        Fault::MissingLineEnd { found } => {
            say("missing-line-end", "missing-line-end", &[&found.word()])
        }
        Fault::ExpectedName { after, found } => {
            expected(&Named("name"), after, found, "", say);
        }
        Fault::ExpectedInteger { keyword, found } => {
            expected(
                &Named("whole-number"),
                keyword.text(),
                found,
                "whole-number",
                say,
            );
        }
        Fault::ExpectedOpen {
            bracket,
            after,
            found,
        } => {
            let remedy = match bracket {
                Bracket::Curly => "repeat-block",
                _ => "function-head",
            };
            let open = format_args!("“{}”", bracket.open());
            expected(&open, after, found, remedy, say);
        }
        Fault::MinimizeExpression => say("minimize-expression", "minimize-expression", &[]),
        Fault::NotInRepeat { keyword } => say("not-in-repeat", "not-in-repeat", &[&keyword.text()]),

        Fault::ExpectedValue { after, found } => {
            let remedy = match (&**after, found.word()) {
                ("*", "*") => "power-sign",
                ("=", "=") => "single-equals",
                ("(" | "[", ")" | "]") => "empty-brackets",
                ("," | ";", ")" | "]") => "empty-place",
                (_, "{") => "matrix-brackets",
                _ => "",
            };
            expected(&Named("value"), after, found, remedy, say);
        }
        Fault::SideBySide { left, right } => say("side-by-side", "side-by-side", &[left, right]),
        Fault::MissingComma { before } => say("missing-comma", "missing-comma", &[before]),
        Fault::RowNotEnded { found } => say("row-not-ended", "row-not-ended", &[found]),
        Fault::SecondSign { sign } => say("second-sign", "second-sign", &[sign]),
        Fault::LeadingPlus => say("leading-plus", "leading-plus", &[]),
        Fault::AfterPower { power, mark } => say("after-power", "after-power", &[power, mark]),
        Fault::NumberTransposed { number } => {
            say("number-transposed", "number-transposed", &[number])
        }
        Fault::IndexRange => say("index-range", "index-range", &[]),
        Fault::ThirdIndex => say("third-index", "", &[]),

        Fault::Unclosed { bracket } => {
            say("unclosed", "unclosed", &[&bracket.open(), &bracket.close()])
        }
        Fault::Mismatched { open, close } => say(
            "mismatched",
            "mismatched",
            &[&open.open(), &close.close(), &open.close()],
        ),
        Fault::Stray { bracket } => say("stray", "stray", &[&bracket.open(), &bracket.close()]),
        Fault::ExpectedClose { bracket, found } => say(
            match found {
                Found::LineEnd => "expected-close-end",
                Found::Word(_) => "expected-close",
            },
            match (bracket, found.word()) {
                (Bracket::Round, ",") => "matrix-entries",
                _ => "",
            },
            &[&bracket.close(), &found.word()],
        ),
        Fault::Unexpected { found } => say(
            "unexpected",
            match found.word() {
                "," | "{" => "matrix-entries",
                _ => "",
            },
            &[&found.word()],
        ),
    }
}

/// Tells that something belongs here. In the remedy `{1}` is what comes before.
fn expected(what: &dyn Piece, after: &str, found: &Found, remedy: &str, say: Say) {
    let message = match (after, found) {
        ("", Found::LineEnd) => "expected-end",
        (_, Found::LineEnd) => "expected-after-end",
        ("", Found::Word(_)) => "expected",
        (_, Found::Word(_)) => "expected-after",
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
