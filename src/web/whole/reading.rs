//! What is wrong with a text, as TypeScript sees it.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::graph::Read;
use crate::notation::{Explain, LineIndex, Sentences};
use crate::web::engine::read_program;
use crate::web::object::{ToJs, record, words};

/// What a text was found to be.
#[derive(Clone, Debug, Tsify)]
pub struct Reading {
    /// Faults and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

record!(Reading { diagnostics });

/// Something wrong, or doubtful, at a place of the text.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Whether the program can run all the same.
    pub severity: Severity,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column behind the end.
    pub end_column: u32,
    /// The line, or of a long one what is around the marked piece.
    pub excerpt: String,
    /// The column of the excerpt's first character.
    pub excerpt_column: u32,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    #[tsify(optional)]
    pub remedy: Option<String>,
}

record!(Diagnostic {
    severity,
    line,
    column,
    end_line,
    end_column,
    excerpt,
    excerpt_column,
    message,
    remedy
});

/// Whether a program can run all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// It can't.
    Fault,
    /// It can.
    Warning,
}

words!(Severity {
    Fault: "fault",
    Warning: "warning"
});

/// What is wrong with a program, or doubtful, with its places, told in the
/// sentences of a catalogue: the text of `sentences/en.txt` or of another
/// language's. Without one there are no sentences.
#[wasm_bindgen]
pub fn read(program: &str, sentences: Option<String>) -> Ts<Reading> {
    let sentences = Sentences::new(sentences.as_deref().unwrap_or_default());
    let diagnostics = diagnostics(program, &read_program(program), sentences);
    Reading { diagnostics }.to_ts()
}

fn diagnostics(program: &str, read: &Read, sentences: Sentences) -> Vec<Diagnostic> {
    let lines = LineIndex::new(program);
    let faults = read.faults.iter();
    let mut all: Vec<Diagnostic> = faults
        .map(|fault| diagnostic(Severity::Fault, fault, &lines, sentences))
        .collect();
    let warnings = read.warnings.iter();
    let warnings =
        warnings.map(|warning| diagnostic(Severity::Warning, warning, &lines, sentences));
    // Both are in the order of the text already.
    for warning in warnings {
        let place = (warning.line, warning.column);
        let index = all.partition_point(|other| (other.line, other.column) <= place);
        all.insert(index, warning);
    }
    all
}

fn diagnostic(
    severity: Severity,
    explained: &impl Explain,
    lines: &LineIndex,
    sentences: Sentences,
) -> Diagnostic {
    let place = lines.place(explained.span());
    let (excerpt, excerpt_column) = excerpt(lines.line(place.line), place.column);
    Diagnostic {
        severity,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        excerpt: excerpt.into(),
        excerpt_column,
        message: explained.message(sentences),
        remedy: explained.remedy(sentences),
    }
}

/// Characters shown of a line before a fault, and in all.
const BEFORE: usize = 40;
const SHOWN: usize = 100;

/// What is shown of a line around a column, and the column it begins at: a
/// hundred faults of one line of 64 KiB must not be a hundred such lines.
fn excerpt(line: &str, column: u32) -> (&str, u32) {
    let start = (column as usize - 1).saturating_sub(BEFORE);
    let mut places = line.char_indices().map(|(at, _)| at);
    let from = places.nth(start).unwrap_or(line.len());
    let to = places.nth(SHOWN - 1).unwrap_or(line.len());
    (&line[from..to], start as u32 + 1)
}
