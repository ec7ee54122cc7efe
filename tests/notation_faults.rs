//! Faulty texts that carry what is expected of them.
//!
//! In the files of `tests/faults` a case begins with `===== ` and its title. A
//! line of its text that is wrong has below it
//!
//! ```text
//! #! 6-7 what is wrong with the columns 6 up to 7 of the line above
//! #> what would be right
//! #@ 1:5-6 where the second piece is: line 1, column 5 up to 6
//! #? 6-7 what is suspicious about them
//! ```
//!
//! and a text without such lines must be read without a fault. The columns are
//! `6-2:7` where the piece ends in another line. In `chinese.txt` the sentences
//! are the Chinese ones. The `meaning` files have what is wrong with texts that
//! can be read as well as what isn't. `UPDATE_FAULTS=1 cargo test --test notation_faults`
//! writes what is found into the files: look at the difference.

#[path = "faults/kinds.rs"]
mod kinds;

use std::collections::BTreeSet;
use std::fmt::{Debug, Write as _};
use std::path::PathBuf;

use chalkgrad::graph::{self, Fault, Read};
use chalkgrad::notation::{Explain, Language, LineIndex, Span, parse};

#[test]
fn faults_are_told_where_they_are() {
    check("faults.txt", Language::En);
}

#[test]
fn recovery_leaves_other_lines_intact() {
    check("recovery.txt", Language::En);
}

#[test]
fn what_is_no_fault_is_read() {
    let path = file("valid.txt");
    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains("\n#!"), "no faults in this file");
    check("valid.txt", Language::En);
}

#[test]
fn faults_are_told_in_chinese() {
    check("chinese.txt", Language::Zh);
}

#[test]
fn faults_of_meaning_are_told_where_they_are() {
    check_with("meaning.txt", Language::En, graph::read);
}

#[test]
fn faults_of_meaning_are_told_in_chinese() {
    check_with("meaning_chinese.txt", Language::Zh, graph::read);
}

/// What takes too long a text for these files: the bounds have their own tests.
const ELSEWHERE: &[&str] = &[
    "TextTooLong",
    "TooManyFaults",
    "CallsTooDeep",
    "MatrixTooLarge",
    "GraphTooLarge",
    "TooManyOperations",
];

#[test]
fn every_kind_of_fault_is_told_in_both_languages() {
    let syntax = names(&kinds::syntax_faults());
    for name in ["faults.txt", "chinese.txt"] {
        let cases = cases(name);
        let parsed = cases.iter().flat_map(|text| parse(text).faults);
        let found = parsed.map(|fault| fault.kind).collect::<Vec<_>>();
        assert_all(&syntax, &names(&found), name);
    }
    let meaning = names(&kinds::elaboration_faults());
    for name in ["meaning.txt", "meaning_chinese.txt"] {
        let cases = cases(name);
        let told = cases
            .iter()
            .filter_map(|text| graph::elaborate(&parse(text).program).err());
        let found = told.flatten().map(|fault| fault.kind).collect::<Vec<_>>();
        assert_all(&meaning, &names(&found), name);
    }
}

/// The names of the variants.
fn names(kinds: &[impl Debug]) -> BTreeSet<String> {
    let debug = kinds.iter().map(|kind| format!("{kind:?}"));
    let is_name = |c: char| c.is_ascii_alphanumeric();
    debug
        .map(|text| {
            text.split(|c| !is_name(c))
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[track_caller]
fn assert_all(wanted: &BTreeSet<String>, found: &BTreeSet<String>, file: &str) {
    let elsewhere = |name: &&String| ELSEWHERE.contains(&name.as_str());
    let missing: Vec<&String> = wanted
        .difference(found)
        .filter(|name| !elsewhere(name))
        .collect();
    assert!(
        missing.is_empty(),
        "tests/faults/{file} has no case of {missing:?}"
    );
}

/// The texts of a file's cases.
fn cases(name: &str) -> Vec<String> {
    let file = std::fs::read_to_string(file(name)).unwrap();
    let bodies = file
        .split("===== ")
        .skip(1)
        .filter_map(|case| case.split_once('\n'));
    bodies.map(|(_, body)| lines(body).join("\n")).collect()
}

fn check(name: &str, language: Language) {
    check_with(name, language, |text| {
        let parsed = parse(text);
        Read {
            graph: None,
            faults: parsed.faults.into_iter().map(Fault::Syntax).collect(),
            warnings: parsed.warnings,
        }
    });
}

fn check_with(name: &str, language: Language, read: fn(&str) -> Read) {
    let expected = std::fs::read_to_string(file(name)).unwrap();
    let mut found = String::new();
    for case in expected.split_inclusive("===== ").skip(1) {
        let case = case.strip_suffix("===== ").unwrap_or(case);
        let (title, body) = case.split_once('\n').unwrap();
        writeln!(found, "===== {title}").unwrap();
        found.push_str(&annotated(body, language, read));
    }
    if std::env::var_os("UPDATE_FAULTS").is_some() {
        std::fs::write(file(name), &found).unwrap();
        return;
    }
    for (line, (expected, found)) in expected.lines().zip(found.lines()).enumerate() {
        assert_eq!(found, expected, "tests/faults/{name}:{}", line + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

/// The lines of a case's text.
fn lines(body: &str) -> Vec<&str> {
    let is_note = |line: &&str| {
        ["#!", "#>", "#@", "#?"]
            .iter()
            .any(|mark| line.starts_with(mark))
    };
    body.lines().filter(|line| !is_note(line)).collect()
}

/// The text of a case with what is found written below its lines.
fn annotated(body: &str, language: Language, read: fn(&str) -> Read) -> String {
    let lines = lines(body);
    let text = lines.join("\n");
    assert_eq!(parse(&text).text(), text);
    let parsed = read(&text);

    let index = LineIndex::new(&text);
    let mut notes = vec![String::new(); lines.len()];
    for fault in &parsed.faults {
        let notes = &mut notes[index.place(fault.span()).line as usize - 1];
        let columns = columns(&index, fault.span());
        writeln!(
            notes,
            "#! {columns} {}",
            fault.message(language.sentences())
        )
        .unwrap();
        if let Some(remedy) = fault.remedy(language.sentences()) {
            writeln!(notes, "#> {remedy}").unwrap();
        }
        if let Some(related) = fault.related() {
            let line = index.place(related).line;
            writeln!(notes, "#@ {line}:{}", self::columns(&index, related)).unwrap();
        }
    }
    for warning in &parsed.warnings {
        let notes = &mut notes[index.place(warning.span).line as usize - 1];
        let columns = columns(&index, warning.span);
        writeln!(
            notes,
            "#? {columns} {}",
            warning.message(language.sentences())
        )
        .unwrap();
        writeln!(
            notes,
            "#> {}",
            warning.remedy(language.sentences()).unwrap()
        )
        .unwrap();
    }
    let lines = lines.into_iter().zip(notes);
    lines
        .map(|(line, notes)| format!("{line}\n{notes}"))
        .collect()
}

fn columns(index: &LineIndex, span: Span) -> String {
    let place = index.place(span);
    if place.line == place.end_line {
        format!("{}-{}", place.column, place.end_column)
    } else {
        format!("{}-{}:{}", place.column, place.end_line, place.end_column)
    }
}

fn file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "faults", name]
        .iter()
        .collect()
}
