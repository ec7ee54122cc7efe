//! How faults and warnings are told in English.

use super::fault::{
    Found, SyntaxFaultKind as Fault, SyntaxWarningKind as Warning, instead_of, shown,
};
use super::token::{Bracket, Keyword};
use super::{MAX_DEPTH, MAX_FAULTS, MAX_NAME, MAX_TEXT};

/// What is wrong.
pub(super) fn message(fault: &Fault) -> String {
    match fault {
        Fault::TextTooLong { bytes } => {
            format!("The program has {bytes} bytes; at most {MAX_TEXT} can be read.")
        }
        Fault::TooDeep => {
            format!("Brackets, blocks, calls and “^” are nested more than {MAX_DEPTH} deep here.")
        }
        Fault::TooManyFaults => {
            format!("More faults follow from here on; the first {MAX_FAULTS} are listed.")
        }
        Fault::UnknownCharacter { character } => {
            format!("“{}” means nothing here.", shown(*character))
        }
        Fault::NameTooLong { characters } => {
            format!("This name has {characters} characters; a name has at most {MAX_NAME}.")
        }
        Fault::NumberOutOfRange {
            number,
            small: false,
        } => {
            format!("“{number}” is too large for a float64.")
        }
        Fault::NumberOutOfRange {
            number,
            small: true,
        } => {
            format!("“{number}” is too small for a float64; it would become 0.")
        }
        Fault::IntegerTooLarge => "This whole number is too large.".into(),
        Fault::KeywordAsName { keyword, .. } => {
            format!("“{}” is a keyword and can't be a name.", keyword.text())
        }
        Fault::MisspeltKeyword { word, .. } => format!("“{word}” is not a keyword."),
        Fault::ExpectedLine { found } => format!("No line begins with “{}”.", found.word()),
        Fault::UnnamedValue => "This value has no name: “=” is missing.".into(),
        Fault::MissingEquals { after, found } => expected("“=”", after, found),
        Fault::SecondEquals => "A line has only one “=”.".into(),
        Fault::MissingFn { .. } => "A function is defined with “fn”.".into(),
        Fault::AssignedEntry { name } => format!("Single entries of “{name}” can't be set."),
        Fault::MissingRole => "Only “data” and “param” bind several names at once.".into(),
        Fault::MissingLineEnd { found } => {
            format!("A new line must begin before “{}”.", found.word())
        }
        Fault::ExpectedName { after, found } => expected("a name", after, found),
        Fault::ExpectedInteger { keyword, found } => {
            expected("a whole number", keyword.text(), found)
        }
        Fault::ExpectedOpen {
            bracket,
            after,
            found,
        } => expected(&format!("“{}”", bracket.open()), after, found),
        Fault::MinimizeExpression => "“minimize” takes one name and nothing else.".into(),
        Fault::NotInRepeat { keyword } => {
            format!("A “{}” line can't stand inside “repeat”.", keyword.text())
        }
        Fault::ExpectedValue { after, found } => expected("a value", after, found),
        Fault::SideBySide { left, right } => {
            format!("“{left}” and “{right}” stand side by side.")
        }
        Fault::MissingComma { before } => format!("“,” is missing before “{before}”."),
        Fault::RowNotEnded { .. } => "Inside “[ ]” a new line doesn't end the row.".into(),
        Fault::SecondSign { sign } => format!("“{sign}” is a second sign before one value."),
        Fault::LeadingPlus => "A value can't have “+” before it.".into(),
        Fault::AfterPower { power, mark } => {
            format!("“{mark}” can't follow the power “{power}”.")
        }
        Fault::NumberTransposed { number } => {
            format!("“{number}” is a number and can't be transposed.")
        }
        Fault::IndexRange => "A range such as “1:3” can't be an index.".into(),
        Fault::ThirdIndex => "A matrix has at most two indices: row and column.".into(),
        Fault::Unclosed { bracket } => format!("This “{}” is never closed.", bracket.open()),
        Fault::Mismatched { open, close } => {
            format!("“{}” can't be closed by “{}”.", open.open(), close.close())
        }
        Fault::Stray { bracket } => {
            format!(
                "This “{}” closes nothing: no “{}” is open.",
                bracket.close(),
                bracket.open()
            )
        }
        Fault::ExpectedClose { bracket, found } => match found {
            Found::LineEnd => format!("Expected “{}”, but the line ends.", bracket.close()),
            Found::Word(word) => format!("Expected “{}”, found “{word}”.", bracket.close()),
        },
        Fault::Unexpected { found } => format!("“{}” can't stand here.", found.word()),
    }
}

/// What would be right.
pub(super) fn remedy(fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::TooDeep => "Give the inner part a name on a line of its own.".into(),
        Fault::UnknownCharacter { character } => {
            format!("Write “{}”.", instead_of(*character)?)
        }
        Fault::NameTooLong { .. } => "Choose a shorter one.".into(),
        Fault::NumberOutOfRange { small: false, .. } => {
            "The largest number is about 1.8e308.".into()
        }
        Fault::NumberOutOfRange { small: true, .. } => {
            "Write 0, or a number of at least 5e-324.".into()
        }
        Fault::IntegerTooLarge => format!("The largest is {}.", u64::MAX),
        Fault::KeywordAsName { keyword, bound } => match keyword {
            Keyword::Seed | Keyword::Batch if *bound => format!(
                "Write “{} 7” without “=”, or choose another name.",
                keyword.text()
            ),
            Keyword::Minimize if *bound => "Write “minimize L” without “=”.".into(),
            _ => "Choose another name.".into(),
        },
        Fault::MisspeltKeyword { keyword, .. } => format!("Did you mean “{}”?", keyword.text()),
        Fault::ExpectedLine { .. } => "Write “name = value”, or begin with “data”, “param”, \
            “fn”, “repeat”, “minimize”, “seed” or “batch”."
            .into(),
        Fault::UnnamedValue => "Write “y =” before it.".into(),
        Fault::MissingEquals { .. } => "Write “=” between the name and its value.".into(),
        Fault::SecondEquals => "Put the second one on a line of its own.".into(),
        Fault::MissingFn { head } => format!("Write “fn {head} = …”."),
        Fault::AssignedEntry { name } => format!("Give the whole a new value: “{name} = [ … ]”."),
        Fault::MissingRole => "Write “data” before the first name.".into(),
        Fault::MissingLineEnd { .. } => "Put it on a line of its own.".into(),
        Fault::ExpectedInteger { keyword, .. } => format!("For example “{} 10”.", keyword.text()),
        Fault::ExpectedOpen {
            bracket: Bracket::Curly,
            ..
        } => "Write “repeat 10 { … }”, with “{” in the same line.".into(),
        Fault::ExpectedOpen { .. } => "Write “fn f(x) = …”.".into(),
        Fault::MinimizeExpression => {
            "Give the value a name first: “L = …”, then “minimize L”.".into()
        }
        Fault::NotInRepeat { .. } => "Move it out of the block.".into(),
        Fault::ExpectedValue { after, found } => match (&**after, found.word()) {
            ("*", "*") => "Write “^” for a power.".into(),
            ("=", "=") => "Write a single “=”.".into(),
            ("(" | "[", ")" | "]") => "Write a value between the brackets.".into(),
            ("," | ";", ")" | "]") => format!("Leave out “{after}”, or write a value behind it."),
            (_, "{") => "A matrix is written with “[ ]”.".into(),
            _ => return None,
        },
        Fault::SideBySide { .. } => "Write “,” or “*” between them.".into(),
        Fault::MissingComma { .. } => "Write “,” between the two.".into(),
        Fault::RowNotEnded { found } => {
            format!("End the row with “;”, or write “{found}” in the line above.")
        }
        Fault::SecondSign { .. } => "Write one sign, or brackets: “-(-x)”.".into(),
        Fault::LeadingPlus => "Leave out “+”.".into(),
        Fault::AfterPower { power, mark } => format!("Write “({power}){mark}”."),
        Fault::NumberTransposed { .. } => "Leave out “'”.".into(),
        Fault::IndexRange => "Write one place, or “:” alone for all of them.".into(),
        Fault::Unclosed { bracket } | Fault::Mismatched { open: bracket, .. } => {
            format!("Write “{}”.", bracket.close())
        }
        Fault::Stray { .. } => "Leave it out.".into(),
        Fault::ExpectedClose {
            bracket: Bracket::Round,
            found,
        } if found.word() == "," => "A matrix is written with “[ ]”: “[1, 2]”.".into(),
        Fault::Unexpected { found } if matches!(found.word(), "," | "{") => {
            "A matrix is written with “[ ]”: “[1, 2]”.".into()
        }
        Fault::TextTooLong { .. }
        | Fault::TooManyFaults
        | Fault::ExpectedName { .. }
        | Fault::ThirdIndex
        | Fault::ExpectedClose { .. }
        | Fault::Unexpected { .. } => return None,
    })
}

/// What is suspicious.
pub(super) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::SignInRow { written, .. } => format!("“{written}” is one entry, not two."),
        Warning::AlikeNames { first, second } => {
            format!("“{second}” and “{first}” are two different names.")
        }
    }
}

/// What would be clearer.
pub(super) fn clearer(warning: &Warning) -> String {
    match warning {
        Warning::SignInRow { two, one, .. } => {
            format!("Write “{two}” for two entries, “{one}” for one.")
        }
        Warning::AlikeNames { .. } => "Spell them alike if they are meant to be one.".into(),
    }
}

fn expected(what: &str, after: &str, found: &Found) -> String {
    let place = match after {
        "" => String::new(),
        after => format!(" after “{after}”"),
    };
    match found {
        Found::LineEnd => format!("Expected {what}{place}, but the line ends."),
        Found::Word(word) => format!("Expected {what}{place}, found “{word}”."),
    }
}
