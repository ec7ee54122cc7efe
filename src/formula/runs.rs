//! Formulas in a picture: a row of runs, each with its style, so that whoever
//! draws it parses nothing.

use super::binding::{Binding, binding};
use super::pen::{Group, Pen, Sign, Style, write, write_factor};
use super::{Formula, MOST_CHARACTERS};

/// A piece of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its text.
    pub text: String,
    /// How it is set.
    pub style: RunStyle,
}

/// How a piece of a label is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStyle {
    /// Names.
    Italic,
    /// Numbers, signs and functions.
    Upright,
    /// Below the line.
    Subscript,
    /// Above the line.
    Superscript,
}

impl Run {
    pub(super) fn upright(text: &str) -> Self {
        Self {
            text: text.into(),
            style: RunStyle::Upright,
        }
    }
}

/// A label: its runs from left to right.
pub type Label = Vec<Run>;

/// A formula as a label.
pub fn label(formula: &Formula) -> Label {
    let mut pen = Runs::default();
    write(formula, &mut pen);
    pen.label
}

/// The same as a factor beside others.
pub(super) fn factor(formula: &Formula) -> Label {
    let mut pen = Runs::default();
    write_factor(formula, &mut pen);
    pen.label
}

/// A label without its styles.
pub fn plain(label: &[Run]) -> String {
    let pieces = label.iter().map(|run| match run.style {
        RunStyle::Superscript => superscript(&run.text),
        _ => run.text.clone(),
    });
    pieces.collect()
}

/// A formula as plain text, with whole names. Of a name digits stay on the line; which
/// of several something is stands below it, `(∂y/∂x)₂`.
pub fn text(formula: &Formula) -> String {
    let mut pen = Runs {
        is_text: true,
        ..Runs::default()
    };
    write(formula, &mut pen);
    plain(&pen.label)
}

/// A digit below the line.
fn lowered(digit: char) -> char {
    let lowered = digit
        .to_digit(10)
        .and_then(|digit| char::from_u32('₀' as u32 + digit));
    lowered.unwrap_or(digit)
}

/// Whether a formula stands in brackets below a stroke: `∂y/∂(x²)`, `∂y/∂tanh(x)`.
pub fn is_compound(formula: &Formula) -> bool {
    binding::<Runs>(formula) < Binding::Atom
}

/// How long a label is.
pub(super) fn characters(label: &[Run]) -> usize {
    label.iter().map(|run| run.text.chars().count()).sum()
}

/// A long name's beginning: a picture that made room for 64 letters would show
/// nothing else.
pub(super) fn shortened(name: &str) -> String {
    match name.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

#[derive(Default)]
struct Runs {
    label: Label,
    /// Where the text stands that is written now, off the line.
    off: Vec<RunStyle>,
    /// Whether it is to be plain text.
    is_text: bool,
}

impl Runs {
    fn push(&mut self, text: &str, style: RunStyle) {
        if text.is_empty() {
            return;
        }
        let style = self.off.first().copied().unwrap_or(style);
        let text = match self.off[..] {
            // There is one line above the line.
            [RunStyle::Superscript, RunStyle::Superscript, ..] => superscript(text),
            _ => text.into(),
        };
        match self.label.last_mut() {
            Some(last) if !self.off.is_empty() && last.style == style => last.text += &text,
            _ => self.label.push(Run { text, style }),
        }
    }
}

impl Pen for Runs {
    const STACKS: bool = false;

    fn text(&mut self, text: &str, style: Style) {
        match style {
            Style::Name if self.is_text => self.push(text, RunStyle::Italic),
            Style::Name => self.push(&shortened(text), RunStyle::Italic),
            Style::Place if self.is_text => {
                let text = text.chars().map(lowered).collect();
                let style = RunStyle::Upright;
                self.label.push(Run { text, style });
            }
            Style::Number | Style::Place | Style::Word => self.push(text, RunStyle::Upright),
        }
    }

    fn sign(&mut self, sign: Sign) {
        let text = match sign {
            Sign::Differential => return self.push("∂", RunStyle::Italic),
            Sign::OverDifferential => return self.push("/∂", RunStyle::Italic),
            // The letter is a raised one already.
            Sign::Transposed => return self.label.push(Run::upright("ᵀ")),
            Sign::Plus => " + ",
            Sign::Minus => " − ",
            Sign::Negative => "−",
            Sign::Entrywise => " ⊙ ",
            Sign::Dot => " · ",
            Sign::Beside => "",
            Sign::Space => " ",
            Sign::Over => "/",
            Sign::Equals => " = ",
            Sign::Becomes => " ← ",
            Sign::Comma => ", ",
            Sign::Sum => "Σ ",
            Sign::Prime => "′",
        };
        self.push(text, RunStyle::Upright);
    }

    fn open(&mut self, group: Group) {
        match group {
            Group::Brackets => self.push("(", RunStyle::Upright),
            Group::Brace => self.push("[", RunStyle::Upright),
            _ => {}
        }
    }

    fn next(&mut self, group: Group) {
        match group {
            Group::Above => self.off.push(RunStyle::Superscript),
            Group::Below => self.off.push(RunStyle::Subscript),
            Group::Brace => self.sign(Sign::Equals),
            _ => {}
        }
    }

    fn close(&mut self, group: Group) {
        match group {
            Group::Brackets => self.push(")", RunStyle::Upright),
            Group::Brace => self.push("]", RunStyle::Upright),
            Group::Above | Group::Below => {
                self.off.pop();
            }
            _ => {}
        }
    }
}

/// Text in superscript characters where all of it has them, else after `^`, in brackets
/// if it is more than one name or number.
pub(super) fn superscript(text: &str) -> String {
    const RAISED: [(char, char); 14] = [
        ('0', '⁰'),
        ('1', '¹'),
        ('2', '²'),
        ('3', '³'),
        ('4', '⁴'),
        ('5', '⁵'),
        ('6', '⁶'),
        ('7', '⁷'),
        ('8', '⁸'),
        ('9', '⁹'),
        ('−', '⁻'),
        ('(', '⁽'),
        (')', '⁾'),
        ('+', '⁺'),
    ];
    let raise = |c: char| RAISED.iter().find(|pair| pair.0 == c).map(|pair| pair.1);
    let raised: Option<String> = text.chars().map(raise).collect();
    // Operators of two operands stand between spaces, but for the stroke of a quotient.
    let is_one = !text.contains([' ', '/']);
    raised.unwrap_or_else(|| {
        if is_one {
            format!("^{text}")
        } else {
            format!("^({text})")
        }
    })
}
