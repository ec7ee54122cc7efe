//! Programs on their way in, and what is said where one has faults.

use std::collections::HashMap;
use std::io::{self, Read as _};

use chalkgrad::graph::{self, Graph, NodeId};
use chalkgrad::notation::{Explain, ExprKind, Language, LineIndex, Span, parse};

use crate::Failure;

/// A program without faults.
pub struct Loaded {
    pub graph: Graph,
    /// Where in the text things stand.
    pub places: Places,
}

/// Where in a text its operators stand.
pub struct Places {
    lines: LineIndex,
    /// Of what has a sign, by where all of it stands, where the sign is.
    signs: HashMap<Span, Span>,
}

impl Places {
    fn of(text: &str, lines: LineIndex) -> Self {
        let exprs = parse(text).program.exprs;
        let signs = exprs.iter().filter_map(|(_, expr)| {
            let Span { end, .. } = expr.span;
            let sign = match &expr.kind {
                ExprKind::Binary { at, .. } => *at,
                ExprKind::Transpose(_) => Span::new(end - 1, end),
                ExprKind::Index { of, .. } => Span::new(exprs[*of].span.end, end),
                _ => return None,
            };
            Some((expr.span, sign))
        });
        Self {
            signs: signs.collect(),
            lines,
        }
    }

    /// A node's key, or where its operator is written: `line:column`.
    pub fn name(&self, graph: &Graph, id: NodeId) -> String {
        if let Some(binding) = graph.binding_of(id) {
            return binding.key.clone();
        }
        let span = graph.node(id).span.unwrap_or_default();
        let place = self
            .lines
            .place(self.signs.get(&span).copied().unwrap_or(span));
        format!("{}:{}", place.line, place.column)
    }
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
        Some(graph) => Ok(Loaded {
            places: Places::of(&text, lines),
            graph,
        }),
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
