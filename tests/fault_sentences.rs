//! Each fault and each warning is told in both languages, with the same places
//! to fill in.

use std::collections::BTreeSet;
use std::fmt::Display;

use chalkgrad::graph::{ElaborationFault, ElaborationFaultKind};
use chalkgrad::matrix::Shape;
use chalkgrad::notation::{
    Bracket, Explain, Found, Keyword, Language, Span, SyntaxFault, SyntaxFaultKind, SyntaxWarning,
    SyntaxWarningKind,
};
use chalkgrad::ops::ShapeFault;

const NOWHERE: Span = Span { start: 0, end: 0 };

#[test]
fn syntax_faults_are_told_in_both_languages() {
    for kind in syntax_faults() {
        check(&SyntaxFault {
            span: NOWHERE,
            related: None,
            kind,
        });
    }
}

#[test]
fn syntax_warnings_are_told_in_both_languages() {
    use SyntaxWarningKind as Kind;

    let row = Kind::SignInRow {
        written: "1 -2".into(),
        two: "1, -2".into(),
        one: "1 - 2".into(),
    };
    let names = Kind::AlikeNames {
        first: "W1".into(),
        second: "W₁".into(),
    };
    for kind in [row, names] {
        // Another one belongs into the list above.
        match kind {
            Kind::SignInRow { .. } | Kind::AlikeNames { .. } => {}
        }
        check(&SyntaxWarning {
            span: NOWHERE,
            related: None,
            kind,
        });
    }
}

#[test]
fn elaboration_faults_are_told_in_both_languages() {
    for kind in elaboration_faults() {
        check(&ElaborationFault {
            span: NOWHERE,
            kind,
        });
    }
}

#[test]
fn braces_and_backslashes_of_the_text_stay_as_they_are() {
    let fault = SyntaxFault {
        span: NOWHERE,
        related: None,
        kind: SyntaxFaultKind::SideBySide {
            left: "{1}".into(),
            right: "{\n\\n".into(),
        },
    };
    assert_eq!(
        fault.message(Language::En),
        "“{1}” and “{\n\\n” stand side by side."
    );
    assert_eq!(fault.message(Language::Zh), "“{1}”和“{\n\\n”并列在一起。");
}

fn check(fault: &dyn Explain) {
    let mut told = 0;
    fault.tell(&mut |message, remedy, pieces| {
        told += 1;
        check_sentence(message, pieces);
        if !remedy.is_empty() {
            check_sentence(remedy, pieces);
        }
        assert_eq!(
            fault.remedy(Language::En).is_some(),
            !remedy.is_empty(),
            "{message}"
        );
    });
    assert_eq!(told, 1, "a fault is told once");
}

fn check_sentence(sentence: &str, pieces: &[&dyn Display]) {
    let lines: Vec<&str> = sentence.split('\n').collect();
    let [english, chinese] = lines[..] else {
        panic!("one line in English and one in Chinese: {sentence}");
    };
    let is_chinese = |text: &str| text.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    assert!(!english.is_empty() && !is_chinese(english), "{sentence}");
    assert!(is_chinese(chinese), "{sentence}");
    assert_eq!(places(english), places(chinese), "{sentence}");
    for place in places(english) {
        assert!(place < pieces.len(), "{{{place}}} has no piece: {sentence}");
    }
}

/// The numbers in braces.
fn places(sentence: &str) -> BTreeSet<usize> {
    let parts = sentence.split('{').skip(1);
    let inside = parts.filter_map(|part| part.split_once('}'));
    inside.filter_map(|(place, _)| place.parse().ok()).collect()
}

fn syntax_faults() -> Vec<SyntaxFaultKind> {
    use SyntaxFaultKind as Kind;

    let mut all = vec![
        Kind::UnknownCharacter { character: '。' },
        Kind::UnknownCharacter {
            character: '\u{200b}',
        },
        Kind::NumberOutOfRange {
            number: "1e-999".into(),
            small: true,
        },
        Kind::MissingEquals {
            after: "".into(),
            found: Found::LineEnd,
        },
        Kind::MissingEquals {
            after: "".into(),
            found: word("2"),
        },
        Kind::ExpectedName {
            after: "fn".into(),
            found: Found::LineEnd,
        },
        Kind::ExpectedClose {
            bracket: Bracket::Round,
            found: Found::LineEnd,
        },
        Kind::ExpectedClose {
            bracket: Bracket::Round,
            found: word(","),
        },
        Kind::Unexpected { found: word(",") },
        Kind::ExpectedOpen {
            bracket: Bracket::Curly,
            after: "repeat 3".into(),
            found: word("x"),
        },
    ];
    for keyword in Keyword::ALL {
        for bound in [false, true] {
            all.push(Kind::KeywordAsName { keyword, bound });
        }
    }
    for (after, found) in [("*", "*"), ("=", "="), ("(", ")"), (",", ")"), ("=", "{")] {
        all.push(Kind::ExpectedValue {
            after: after.into(),
            found: word(found),
        });
    }
    let mut next = Some(Kind::TextTooLong { bytes: 70_000 });
    while let Some(kind) = next {
        next = syntax_fault_after(&kind);
        all.push(kind);
    }
    all
}

/// One of the next kind. No kind can be left out: the match has them all.
fn syntax_fault_after(kind: &SyntaxFaultKind) -> Option<SyntaxFaultKind> {
    use SyntaxFaultKind as Kind;

    let (a, b) = (Box::<str>::from("a"), Box::<str>::from("b"));
    let found = word("c");
    let (keyword, bracket) = (Keyword::Repeat, Bracket::Round);
    Some(match kind {
        Kind::TextTooLong { .. } => Kind::TooDeep,
        Kind::TooDeep => Kind::TooManyFaults,
        Kind::TooManyFaults => Kind::UnknownCharacter { character: '?' },
        Kind::UnknownCharacter { .. } => Kind::NameTooLong { characters: 70 },
        Kind::NameTooLong { .. } => Kind::NumberOutOfRange {
            number: a,
            small: false,
        },
        Kind::NumberOutOfRange { .. } => Kind::IntegerTooLarge,
        Kind::IntegerTooLarge => Kind::KeywordAsName {
            keyword,
            bound: false,
        },
        Kind::KeywordAsName { .. } => Kind::MisspeltKeyword { word: a, keyword },
        Kind::MisspeltKeyword { .. } => Kind::ExpectedLine { found },
        Kind::ExpectedLine { .. } => Kind::UnnamedValue,
        Kind::UnnamedValue => Kind::MissingEquals { after: a, found },
        Kind::MissingEquals { .. } => Kind::SecondEquals,
        Kind::SecondEquals => Kind::MissingFn { head: a },
        Kind::MissingFn { .. } => Kind::AssignedEntry { name: a },
        Kind::AssignedEntry { .. } => Kind::MissingRole,
        Kind::MissingRole => Kind::MissingLineEnd { found },
        Kind::MissingLineEnd { .. } => Kind::ExpectedName { after: a, found },
        Kind::ExpectedName { .. } => Kind::ExpectedInteger { keyword, found },
        Kind::ExpectedInteger { .. } => Kind::ExpectedOpen {
            bracket,
            after: a,
            found,
        },
        Kind::ExpectedOpen { .. } => Kind::MinimizeExpression,
        Kind::MinimizeExpression => Kind::NotInRepeat { keyword },
        Kind::NotInRepeat { .. } => Kind::ExpectedValue { after: a, found },
        Kind::ExpectedValue { .. } => Kind::SideBySide { left: a, right: b },
        Kind::SideBySide { .. } => Kind::MissingComma { before: a },
        Kind::MissingComma { .. } => Kind::RowNotEnded { found: a },
        Kind::RowNotEnded { .. } => Kind::SecondSign { sign: a },
        Kind::SecondSign { .. } => Kind::LeadingPlus,
        Kind::LeadingPlus => Kind::AfterPower { power: a, mark: b },
        Kind::AfterPower { .. } => Kind::NumberTransposed { number: a },
        Kind::NumberTransposed { .. } => Kind::IndexRange,
        Kind::IndexRange => Kind::ThirdIndex,
        Kind::ThirdIndex => Kind::Unclosed { bracket },
        Kind::Unclosed { .. } => Kind::Mismatched {
            open: bracket,
            close: Bracket::Square,
        },
        Kind::Mismatched { .. } => Kind::Stray { bracket },
        Kind::Stray { .. } => Kind::ExpectedClose { bracket, found },
        Kind::ExpectedClose { .. } => Kind::Unexpected { found },
        Kind::Unexpected { .. } => return None,
    })
}

fn elaboration_faults() -> Vec<ElaborationFaultKind> {
    use ElaborationFaultKind as Kind;

    let mut all = vec![
        Kind::UnknownName {
            name: "a".into(),
            nearest: None,
        },
        Kind::UnknownFunction {
            name: "a".into(),
            nearest: None,
        },
    ];
    for (least, most) in [(0, 0), (1, 1), (0, 1), (1, 2)] {
        all.push(Kind::Arguments {
            function: "f".into(),
            least,
            most,
            found: 3,
        });
    }
    let mut next = Some(Kind::UnknownName {
        name: "a".into(),
        nearest: Some("b".into()),
    });
    while let Some(kind) = next {
        next = elaboration_fault_after(&kind);
        all.push(kind);
    }
    all
}

/// One of the next kind. No kind can be left out: the match has them all.
fn elaboration_fault_after(kind: &ElaborationFaultKind) -> Option<ElaborationFaultKind> {
    use ElaborationFaultKind as Kind;

    let (a, b) = (String::from("a"), String::from("b"));
    let shape = Shape::new(2, 3);
    Some(match kind {
        Kind::UnknownName { .. } => Kind::UnknownFunction {
            name: a,
            nearest: Some(b),
        },
        Kind::UnknownFunction { .. } => Kind::UnknownSign("×"),
        Kind::UnknownSign(_) => Kind::ValueCalled(a),
        Kind::ValueCalled(_) => Kind::FunctionUsed(a),
        Kind::FunctionUsed(_) => Kind::Recursion(a),
        Kind::Recursion(_) => Kind::Arguments {
            function: a,
            least: 2,
            most: 2,
            found: 3,
        },
        Kind::Arguments { .. } => Kind::UnknownArgument {
            function: a,
            name: b,
        },
        Kind::UnknownArgument { .. } => Kind::NotConstant(a),
        Kind::NotConstant(_) => Kind::NotScalar(shape),
        Kind::NotScalar(_) => Kind::Shapes {
            sign: "+",
            fault: ShapeFault::Broadcast {
                left: shape,
                right: shape,
            },
        },
        Kind::Shapes { .. } => Kind::Ragged { first: 2, found: 3 },
        Kind::Ragged { .. } => Kind::ComputedEntry,
        Kind::ComputedEntry => Kind::BuiltIn(a),
        Kind::BuiltIn(_) => Kind::ValueAndFunction(a),
        Kind::ValueAndFunction(_) => Kind::TwoNames,
        Kind::TwoNames => Kind::BatchWithoutDataSet,
        Kind::BatchWithoutDataSet => Kind::RepeatCount(0),
        Kind::RepeatCount(_) => Kind::SecondMinimize,
        Kind::SecondMinimize => Kind::LossNotScalar { name: a, shape },
        Kind::LossNotScalar { .. } => Kind::NoLoss,
        Kind::NoLoss => Kind::MatrixTooLarge(shape),
        Kind::MatrixTooLarge(_) => Kind::GraphTooLarge,
        Kind::GraphTooLarge => Kind::TooManyOperators,
        Kind::TooManyOperators => Kind::TooMuchWork,
        Kind::TooMuchWork => Kind::CallsTooDeep,
        Kind::CallsTooDeep => return None,
    })
}

fn word(text: &str) -> Found {
    Found::Word(text.into())
}
