//! Each fault and each warning is told in both languages, with the same places
//! to fill in, and no sentence is left over.

#[path = "faults/kinds.rs"]
mod kinds;

use std::collections::BTreeSet;

use chalkgrad::graph::ElaborationFault;
use chalkgrad::notation::{
    Explain, Language, Sentences, Span, SyntaxFault, SyntaxFaultKind, SyntaxWarning,
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
    let keys: Vec<&str> = english.keys().collect();
    assert_eq!(keys, chinese.keys().collect::<Vec<_>>());
    assert_eq!(keys.len(), keys.iter().collect::<BTreeSet<_>>().len());
    for key in keys {
        check_sentence(key, english.message(key), chinese.message(key));
        check_sentence(key, english.remedy(key), chinese.remedy(key));
    }
}

/// Nothing in a catalogue is there for nobody, and all that is told is there.
#[test]
fn no_key_is_missing_and_none_is_unused() {
    let mut told = [BTreeSet::new(), BTreeSet::new()];
    // The words that fill a place of another sentence.
    told[0].extend(["name", "value", "whole-number"].map(String::from));
    let mut hear = |fault: &dyn Explain| {
        fault.tell(&mut |message, remedy, _| {
            told[0].insert(message.to_owned());
            told[1].insert(remedy.to_owned());
        });
    };
    every_fault().iter().for_each(|fault| hear(fault.as_ref()));
    told[1].remove("");
    for catalogue in catalogues() {
        let there = [Sentences::message, Sentences::remedy].map(|sentence| {
            let keys = catalogue.keys();
            let keys = keys.filter(|key| !sentence(catalogue, key).is_empty());
            keys.map(String::from).collect::<BTreeSet<_>>()
        });
        assert_eq!(there, told);
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

fn check_sentence(key: &str, english: &str, chinese: &str) {
    let is_chinese = |text: &str| text.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    assert_eq!(english.is_empty(), chinese.is_empty(), "{key}");
    assert!(!is_chinese(english), "{english}");
    assert!(chinese.is_empty() || is_chinese(chinese), "{chinese}");
    assert_eq!(places(english), places(chinese), "{key}");
}

/// The numbers in braces.
fn places(sentence: &str) -> BTreeSet<usize> {
    let parts = sentence.split('{').skip(1);
    let inside = parts.filter_map(|part| part.split_once('}'));
    inside.filter_map(|(place, _)| place.parse().ok()).collect()
}
