//! Programs on their way in, and what is said where one has faults.

use std::io::{self, Read as _};

use chalkgrad::graph::{self, Graph, NodeId};
use chalkgrad::notation::{Explain, Language, LineIndex};

use crate::Failure;

/// A program without faults.
pub struct Loaded {
    pub graph: Graph,
    /// Where in the text things stand.
    pub lines: LineIndex,
}

/// The graph of a file's program, or everything that is wrong with it.
pub fn load(file: &str) -> Result<Loaded, Failure> {
    let text = read_text(file).map_err(|error| Failure::Input(format!("{file}: {error}")))?;
    let read = graph::read(&text);
    let lines = LineIndex::new(&text);
    let told: Vec<String> = read
        .faults
        .iter()
        .map(|fault| tell(file, &lines, fault))
        .collect();
    for warning in &read.warnings {
        eprintln!("warning: {}", tell(file, &lines, warning));
    }
    match read.graph {
        Some(graph) => Ok(Loaded { graph, lines }),
        None => Err(Failure::Input(told.join("\n\n"))),
    }
}

/// `file:line:column: what is wrong`, the line with the piece underlined, and
/// what would be right.
fn tell(file: &str, lines: &LineIndex, fault: &dyn Explain) -> String {
    let place = lines.place(fault.span());
    let line = lines.line(place.line).trim_end();
    let before: String = line
        .chars()
        .take(place.column as usize - 1)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    let end = if place.end_line == place.line {
        place.end_column
    } else {
        line.chars().count() as u32 + 1
    };
    let marks = "^".repeat(end.saturating_sub(place.column).max(1) as usize);
    let message = fault.message(Language::En.sentences());
    let remedy = fault
        .remedy(Language::En.sentences())
        .map_or_else(String::new, |remedy| format!("\n  {remedy}"));
    format!(
        "{file}:{}:{}: {message}\n  {line}\n  {before}{marks}{remedy}",
        place.line, place.column
    )
}

fn read_text(file: &str) -> io::Result<String> {
    if file == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text)?;
        Ok(text)
    } else {
        std::fs::read_to_string(file)
    }
}

/// Most names that are told where the one asked for is unknown.
const MAX_NAMES_TOLD: usize = 40;

/// The node of a graph that is called this.
pub fn find(graph: &Graph, file: &str, name: &str) -> Result<NodeId, Failure> {
    graph.find(name).ok_or_else(|| {
        let keys = graph.bindings().iter().map(|binding| binding.key.as_str());
        let told: Vec<&str> = keys.take(MAX_NAMES_TOLD).collect();
        let more = match graph.bindings().len() - told.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let told = told.join(", ");
        Failure::Usage(format!(
            "{file}: no node is called “{name}”; there are {told}{more}"
        ))
    })
}
