//! Edits: replacements of pieces of a text. Whatever they don't touch, comments
//! and layout included, stays as it is.

use super::place::Span;
use super::print::literal;
use super::tree::{ExprKind, LineKind, Program, Role};

/// A replacement of a piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The piece that goes; empty where something is only put in.
    pub span: Span,
    /// What takes its place.
    pub text: String,
}

/// The text after some edits, whose spans are all of the text before them. An
/// edit that overlaps one further left, or doesn't lie on whole characters of
/// the text, is left out.
///
/// ```
/// use chalkgrad::notation::{apply, parse, set_number};
///
/// let text = "param x = 2 # start\ny = 4x^2\n";
/// let edit = set_number(&parse(text).program, "x", -0.5).unwrap();
/// assert_eq!(apply(text, &[edit]), "param x = -0.5 # start\ny = 4x^2\n");
/// ```
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if let (Some(kept), Some(_)) = (text.get(done..start), text.get(start..end)) {
            result.push_str(kept);
            result.push_str(&edit.text);
            done = end;
        }
    }
    result.push_str(&text[done..]);
    result
}

/// The edit that gives the parameter of this name another number to start from;
/// nothing where its value isn't written as a number. Of several declarations
/// it is the last.
pub fn set_number(program: &Program, name: &str, value: f64) -> Option<Edit> {
    let written = program
        .lines
        .iter()
        .rev()
        .find_map(|line| match &line.kind {
            LineKind::Declare {
                role: Role::Param,
                names,
                value,
            } if names.len() == 1 && &*names[0].text == name => Some(*value),
            _ => None,
        })?;
    let exprs = &program.exprs;
    let number = match exprs[written].kind {
        ExprKind::Negate(of) => of,
        _ => written,
    };
    matches!(exprs[number].kind, ExprKind::Number(_)).then(|| Edit {
        span: exprs[written].span,
        text: literal(value),
    })
}
