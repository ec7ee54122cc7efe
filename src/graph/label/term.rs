//! Terms: pieces of a label that know how strongly they bind.

use crate::matrix::Shape;
use crate::number;
use crate::ops::{self, Operator, Written};

use super::{Label, Run, RunStyle, plain};

/// Most characters of a label; what is longer is drawn as an ellipsis.
const LONGEST: usize = 28;

/// Most characters of a name in a picture; of a longer one the beginning stands.
pub const MOST_CHARACTERS: usize = 12;

/// Of numbers.
const SCALAR: Shape = Shape {
    rows: 1,
    columns: 1,
};

/// How strongly a term's own operator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// Sums, and numbers below 0.
    Sum,
    /// What has a minus sign before it.
    Negative,
    /// Products.
    Product,
    /// Powers, and what can be a factor beside others.
    Power,
    /// All else.
    Atom,
}

/// A label that is still being put together.
#[derive(Clone, Debug)]
pub struct Term {
    /// What is written.
    pub runs: Label,
    /// How strongly it binds.
    pub binding: Binding,
    /// Its value, where it is a number.
    pub number: Option<f64>,
    /// Rows and columns of what it stands for.
    pub shape: Shape,
    /// Whether it is a gradient, which has a stroke of its own (∂L/∂h), or a
    /// matrix product with one.
    pub is_gradient: bool,
}

impl Term {
    pub fn atom(text: String, style: RunStyle) -> Self {
        Self {
            runs: vec![Run { text, style }],
            binding: Binding::Atom,
            number: None,
            shape: SCALAR,
            is_gradient: false,
        }
    }

    /// The same, standing for a matrix of this shape.
    pub fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    pub fn number(value: f64) -> Self {
        let binding = if value < 0.0 {
            Binding::Sum
        } else {
            Binding::Atom
        };
        Self {
            number: Some(value),
            binding,
            ..Self::atom(number::short(value), RunStyle::Upright)
        }
    }

    /// A name: digits at its end go below the line, an earlier binding's
    /// number above it.
    pub fn name(key: &str) -> Self {
        let (name, binding) = key
            .split_once('#')
            .map_or((key, None), |(n, b)| (n, Some(b)));
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || ('₀'..='₉').contains(&c));
        let stem = if stem.is_empty() { name } else { stem };
        let mut term = Self::atom(shortened(stem), RunStyle::Italic);
        let below: String = name[stem.len()..].chars().map(level).collect();
        term.add(&below, RunStyle::Subscript);
        if let Some(binding) = binding {
            term.add(&format!("({binding})"), RunStyle::Superscript);
        }
        term
    }

    pub fn add(&mut self, text: &str, style: RunStyle) {
        if !text.is_empty() {
            self.runs.push(Run {
                text: text.to_string(),
                style,
            });
        }
    }

    /// The term as an operand of something that binds as strongly as this.
    pub fn within(&self, binding: Binding) -> Label {
        if self.binding >= binding {
            self.runs.clone()
        } else {
            self.bracketed()
        }
    }

    /// The term as the first factor of a product, and how that binds: a minus
    /// sign before the factor is one before the product.
    fn first_factor(&self) -> (Label, Binding) {
        match self.binding {
            Binding::Negative => (self.runs.clone(), Binding::Negative),
            _ => (self.within(Binding::Product), Binding::Product),
        }
    }

    fn bracketed(&self) -> Label {
        let mut runs = vec![Run::upright("(")];
        runs.extend(self.runs.iter().cloned());
        runs.push(Run::upright(")"));
        runs
    }

    /// The call of the function that this is the name of.
    pub fn call<'a>(mut self, operands: impl Iterator<Item = &'a Self>) -> Self {
        self.add("(", RunStyle::Upright);
        for (index, operand) in operands.enumerate() {
            if index > 0 {
                self.add(", ", RunStyle::Upright);
            }
            self.runs.extend(operand.runs.iter().cloned());
        }
        self.add(")", RunStyle::Upright);
        self
    }

    /// What stands at these places of it.
    pub fn indexed(&self, places: &str) -> Self {
        let mut term = Self {
            runs: self.within(Binding::Atom),
            ..Self::name("")
        };
        term.add(&format!("[{places}]"), RunStyle::Upright);
        term
    }

    fn starts_with_digit(&self) -> bool {
        let first = self.runs.first().and_then(|run| run.text.chars().next());
        first.is_some_and(|c| c.is_ascii_digit())
    }

    pub fn shortened(self) -> Self {
        let characters: usize = self.runs.iter().map(|run| run.text.chars().count()).sum();
        if characters <= LONGEST {
            self
        } else {
            Self::atom("…".into(), RunStyle::Upright)
        }
    }
}

/// A long name's beginning: a picture that made room for 64 letters would show
/// nothing else.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// `₁` as the digit it stands for.
fn level(c: char) -> char {
    match c {
        '₀'..='₉' => char::from_digit(c as u32 - '₀' as u32, 10).unwrap_or(c),
        other => other,
    }
}

/// The term of an operator over its operands' terms.
pub fn combine(operator: &Operator, operands: &[Term], constants: &[f64]) -> Term {
    let join =
        |left: Label, sign: &str, right: Label| [left, vec![Run::upright(sign)], right].concat();
    let (runs, binding) = match (operator.written, operands) {
        (Written::Infix("^"), [base, exponent]) => {
            let mut runs = base.within(Binding::Atom);
            let text = plain(&exponent.runs);
            runs.push(Run {
                text,
                style: RunStyle::Superscript,
            });
            (runs, Binding::Power)
        }
        (Written::Infix("*"), [left, right]) => {
            let beside = left.number.is_some() && !right.starts_with_digit();
            let binding = if beside {
                Binding::Power
            } else {
                Binding::Product
            };
            let sign = match (left.shape.is_scalar(), right.shape.is_scalar()) {
                _ if beside => "",
                (false, false) => " ⊙ ",
                _ => " · ",
            };
            let right = right.within(binding);
            let (left, binding) = left.first_factor();
            let mut runs = join(left, sign, right);
            runs.retain(|run| !run.text.is_empty());
            (runs, binding)
        }
        (Written::Infix("@"), [left, right]) => {
            // A stroke must not seem to go on below what stands beside it.
            let space = if left.is_gradient || right.is_gradient {
                " "
            } else {
                ""
            };
            let (left, right) = (left.within(Binding::Product), right.within(Binding::Power));
            let mut runs = join(left, space, right);
            runs.retain(|run| !run.text.is_empty());
            (runs, Binding::Product)
        }
        (Written::Postfix(_), [operand]) => {
            let mut runs = operand.within(Binding::Atom);
            runs.push(Run::upright("ᵀ"));
            (runs, Binding::Power)
        }
        (Written::Index, [operand]) => {
            let place = |&at: &f64| match at {
                ops::ALL => String::from(":"),
                at => number::short(at),
            };
            let places: Vec<String> = constants.iter().map(place).collect();
            (operand.indexed(&places.join(", ")).runs, Binding::Atom)
        }
        (Written::Infix("/"), [left, right]) => {
            let (left, binding) = if left.is_gradient {
                (left.bracketed(), Binding::Product)
            } else {
                left.first_factor()
            };
            (join(left, "/", right.within(Binding::Power)), binding)
        }
        (Written::Infix(sign), [left, right]) => {
            let sign = format!(" {} ", sign.replace('-', "−"));
            let (left, right) = (left.within(Binding::Sum), right.within(Binding::Product));
            (join(left, &sign, right), Binding::Sum)
        }
        (Written::Prefix(_), [operand]) => (
            join(Label::new(), "−", operand.within(Binding::Product)),
            Binding::Negative,
        ),
        _ => {
            let name = Term::atom(operator.name.into(), RunStyle::Upright);
            (name.call(operands.iter()).runs, Binding::Atom)
        }
    };
    let shapes: Vec<Shape> = operands.iter().map(|operand| operand.shape).collect();
    Term {
        runs,
        binding,
        number: None,
        // The operands are those of a graph, or of the table's derivatives.
        shape: (operator.shape)(&shapes, constants).unwrap_or(SCALAR),
        is_gradient: operator.written == Written::Infix("@")
            && operands.iter().any(|operand| operand.is_gradient),
    }
}
