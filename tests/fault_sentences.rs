//! Each fault and each warning is told in both languages, with the same places
//! to fill in, and no sentence is left over.

#[path = "faults/kinds.rs"]
mod kinds;

use std::collections::BTreeSet;

use chalkgrad::graph::ElaborationFault;
use chalkgrad::notation::{
    Explain, Key, Language, Sentences, Span, SyntaxFault, SyntaxFaultKind, SyntaxWarning,
    SyntaxWarningKind,
};

use kinds::{elaboration_faults, syntax_faults};

const NOWHERE: Span = Span { start: 0, end: 0 };

#[test]
fn each_fault_is_told_once_with_what_its_sentences_need() {
    every_fault().iter().for_each(|fault| check(fault.as_ref()));
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
        fault.message(Language::En.sentences()),
        "“{1}” and “{\n\\n” stand side by side."
    );
    assert_eq!(
        fault.message(Language::Zh.sentences()),
        "“{1}”和“{\n\\n”并列在一起。"
    );
}

#[test]
fn catalogues_have_the_same_keys_with_the_same_places() {
    let [english, chinese] = catalogues();
    let names: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    assert_eq!(english.keys().collect::<Vec<_>>(), names);
    assert_eq!(chinese.keys().collect::<Vec<_>>(), names);
    for &key in Key::ALL {
        check_sentence(key, english.message(key), chinese.message(key));
        check_sentence(key, english.remedy(key), chinese.remedy(key));
    }
}

/// Nothing in a catalogue is there for nobody, and all that is told is there.
#[test]
fn no_sentence_is_missing_and_none_is_unused() {
    // The words that fill a place of another sentence.
    let mut messages = BTreeSet::from([Key::Name, Key::Value, Key::WholeNumber]);
    let mut remedies = BTreeSet::new();
    let mut hear = |fault: &dyn Explain| {
        fault.tell(&mut |message, remedy, _| {
            messages.insert(message);
            remedies.insert(remedy);
        });
    };
    every_fault().iter().for_each(|fault| hear(fault.as_ref()));
    for catalogue in catalogues() {
        for key in Key::ALL {
            let has_message = !catalogue.message(*key).is_empty();
            assert_eq!(has_message, messages.contains(key), "{key:?}");
            let has_remedy = !catalogue.remedy(*key).is_empty();
            assert!(!has_remedy || remedies.contains(key), "{key:?}");
            assert!(has_message || has_remedy, "{key:?}");
        }
    }
}

#[test]
fn without_a_catalogue_faults_have_their_places_and_no_sentence() {
    for fault in every_fault() {
        assert_eq!(fault.message(Sentences::default()), "");
        assert_eq!(fault.remedy(Sentences::default()), None);
    }
}

fn catalogues() -> [Sentences<'static>; 2] {
    [Language::En, Language::Zh].map(Language::sentences)
}

fn every_fault() -> Vec<Box<dyn Explain>> {
    let mut all: Vec<Box<dyn Explain>> = Vec::new();
    for kind in syntax_faults() {
        all.push(Box::new(SyntaxFault {
            span: NOWHERE,
            related: None,
            kind,
        }));
    }
    for kind in syntax_warnings() {
        all.push(Box::new(SyntaxWarning {
            span: NOWHERE,
            related: None,
            kind,
        }));
    }
    for kind in elaboration_faults() {
        all.push(Box::new(ElaborationFault {
            span: NOWHERE,
            kind,
        }));
    }
    all
}

fn syntax_warnings() -> [SyntaxWarningKind; 2] {
    use SyntaxWarningKind as Kind;

    let all = [
        Kind::SignInRow {
            written: "1 -2".into(),
            two: "1, -2".into(),
            one: "1 - 2".into(),
        },
        Kind::AlikeNames {
            first: "W1".into(),
            second: "W₁".into(),
        },
    ];
    for kind in &all {
        // Another one belongs into the list above.
        match kind {
            Kind::SignInRow { .. } | Kind::AlikeNames { .. } => {}
        }
    }
    all
}

fn check(fault: &dyn Explain) {
    let mut told = 0;
    fault.tell(&mut |message, remedy, pieces| {
        told += 1;
        for catalogue in catalogues() {
            for sentence in [catalogue.message(message), catalogue.remedy(remedy)] {
                for place in places(sentence) {
                    assert!(place < pieces.len(), "{{{place}}} has no piece: {sentence}");
                }
            }
        }
    });
    assert_eq!(told, 1, "a fault is told once");
}

fn check_sentence(key: Key, english: &str, chinese: &str) {
    let is_chinese = |text: &str| text.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    assert_eq!(english.is_empty(), chinese.is_empty(), "{key:?}");
    assert!(!is_chinese(english), "{english}");
    assert!(chinese.is_empty() || is_chinese(chinese), "{chinese}");
    assert_eq!(places(english), places(chinese), "{key:?}");
}

/// The numbers in braces.
fn places(sentence: &str) -> BTreeSet<usize> {
    let parts = sentence.split('{').skip(1);
    let inside = parts.filter_map(|part| part.split_once('}'));
    inside.filter_map(|(place, _)| place.parse().ok()).collect()
}
