//! Each fault and each warning is told in both languages, with the same places
//! to fill in.

#[path = "faults/kinds.rs"]
mod kinds;

use std::collections::BTreeSet;
use std::fmt::Display;

use chalkgrad::graph::ElaborationFault;
use chalkgrad::notation::{
    Explain, Language, Span, SyntaxFault, SyntaxFaultKind, SyntaxWarning, SyntaxWarningKind,
};

use kinds::{elaboration_faults, syntax_faults};

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
