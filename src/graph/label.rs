//! How nodes, operators and local derivatives are written in a picture.
//!
//! A label is a row of runs, each with its style, so that whoever draws it
//! parses nothing.

use crate::matrix::Matrix;
use crate::notation::{self, ExprId, ExprKind, Exprs, LineKind};
use crate::number;
use crate::ops::{self, Formula, Operator, Written};

use super::expression::sign_of;
use super::{Application, Graph, Node, NodeId, NodeKind};

/// Most characters of a label; what is longer is drawn as an ellipsis.
const LONGEST: usize = 28;

/// Most characters of a name in a picture; of a longer one the beginning stands.
pub(super) const MOST_CHARACTERS: usize = 12;

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

/// A label: its runs from left to right.
pub type Label = Vec<Run>;

/// How strongly a term's own operator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Power,
    Atom,
}

/// A label that is still being put together.
#[derive(Clone, Debug)]
struct Term {
    runs: Label,
    binding: Binding,
    number: Option<f64>,
}

/// The labels of a graph.
#[derive(Clone, Debug)]
pub struct Labels {
    terms: Vec<Term>,
}

impl Labels {
    /// The labels of every node: its name, or the expression that makes it.
    pub fn of(graph: &Graph) -> Self {
        let mut labels = Self {
            terms: Vec::with_capacity(graph.nodes().len()),
        };
        for id in graph.ids() {
            let term = match graph.binding_of(id) {
                Some(binding) => Term::name(&binding.key),
                None => labels.unnamed(graph.node(id)),
            };
            labels.terms.push(term);
        }
        labels
    }

    /// A node's label.
    pub fn node(&self, id: NodeId) -> &Label {
        &self.terms[id.index()].runs
    }

    /// The same as plain text, for reading out.
    pub fn plain(&self, id: NodeId) -> String {
        plain(self.node(id))
    }

    /// A node with what it is computed from: `y = 4x²`. Only the label where it
    /// has no name of its own, or is not computed.
    pub fn equation(&self, graph: &Graph, id: NodeId) -> Label {
        let mut equation = self.node(id).clone();
        let node = graph.node(id);
        if graph.binding_of(id).is_some() && node.application().is_some() {
            let term = self.unnamed(node);
            equation.push(Run {
                text: " = ".into(),
                style: RunStyle::Upright,
            });
            equation.extend(term.runs);
        }
        equation
    }

    /// What an operator's circle shows: its symbol, with the number that it
    /// was written with.
    pub fn operator(&self, graph: &Graph, made: &Application) -> String {
        let hidden = |slot: usize| {
            let operand = *made.operands.get(slot)?;
            is_hidden(graph, operand).then(|| plain(self.node(operand)))
        };
        let is_matrix = |operand: &NodeId| !graph.node(*operand).shape.is_scalar();
        let symbol = match made.operator.name {
            // The board has a sign of its own for entry by entry.
            "multiply" if made.operands.iter().all(is_matrix) => "⊙",
            _ => made.operator.symbol,
        };
        match (made.operator.name, hidden(0), hidden(1)) {
            ("power", _, Some(exponent)) => format!("( · ){}", superscript(&exponent)),
            ("power", Some(base), _) => format!("{base}⁽ ⁾"),
            (_, Some(left), _) => format!("{left} {symbol}"),
            (_, _, Some(right)) => format!("{symbol} {right}"),
            _ => symbol.to_string(),
        }
    }

    /// The local derivative of an operator for one operand, as a factor: `2x` for
    /// a square, `(1 − h²)` for tanh; empty where it is a distinction of cases.
    pub fn local(&self, made: &Application, output: NodeId, slot: usize) -> Label {
        let written = match made.operator.formula {
            Formula::Entry(of) => of.get(slot).copied().unwrap_or(""),
            Formula::Whole(_) => "",
        };
        let parsed = notation::parse(&format!("d = {written}"));
        let Some(LineKind::Assign { value, .. }) =
            parsed.program.lines.first().map(|line| &line.kind)
        else {
            return Label::new();
        };
        let name = |name: &str| match name {
            "a" => self.terms[made.operands[0].index()].clone(),
            "b" => self.terms[made.operands[1].index()].clone(),
            "y" => self.terms[output.index()].clone(),
            "c" => Term::number(made.constants[0]),
            other => Term::name(other),
        };
        let term = expression(&parsed.program.exprs, *value, name);
        match term.number {
            Some(_) => term.runs,
            None => term.within(Binding::Product),
        }
    }

    fn unnamed(&self, node: &Node) -> Term {
        match &node.kind {
            NodeKind::Computed(made) => {
                let operands: Vec<Term> = made
                    .operands
                    .iter()
                    .map(|operand| self.terms[operand.index()].clone())
                    .collect();
                combine(made.operator, &operands, &made.constants)
            }
            NodeKind::Constant(value) | NodeKind::Data(value) | NodeKind::Param(value) => {
                value.as_scalar().map_or_else(
                    || Term::atom(node.shape.to_string(), RunStyle::Upright),
                    Term::number,
                )
            }
        }
    }
}

/// Whether a node is a number that was written in an expression: it is drawn
/// within its operator.
pub fn is_hidden(graph: &Graph, id: NodeId) -> bool {
    let node = graph.node(id);
    matches!(node.kind, NodeKind::Constant(_))
        && node.shape.is_scalar()
        && graph.binding_of(id).is_none()
}

/// A label without its styles.
pub fn plain(label: &[Run]) -> String {
    let pieces = label.iter().map(|run| match run.style {
        RunStyle::Superscript => superscript(&run.text),
        _ => run.text.clone(),
    });
    pieces.collect()
}

/// Text in superscript characters where all of it has them, else after `^`.
fn superscript(text: &str) -> String {
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
    raised.unwrap_or_else(|| format!("^{text}"))
}

impl Term {
    fn atom(text: String, style: RunStyle) -> Self {
        Self {
            runs: vec![Run { text, style }],
            binding: Binding::Atom,
            number: None,
        }
    }

    fn number(value: f64) -> Self {
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
    fn name(key: &str) -> Self {
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

    fn add(&mut self, text: &str, style: RunStyle) {
        if !text.is_empty() {
            self.runs.push(Run {
                text: text.to_string(),
                style,
            });
        }
    }

    /// The term as an operand of something that binds as strongly as this.
    fn within(&self, binding: Binding) -> Label {
        if self.binding >= binding {
            return self.runs.clone();
        }
        let bracket = |text: &str| Run {
            text: text.into(),
            style: RunStyle::Upright,
        };
        let mut runs = vec![bracket("(")];
        runs.extend(self.runs.iter().cloned());
        runs.push(bracket(")"));
        runs
    }

    fn starts_with_digit(&self) -> bool {
        let first = self.runs.first().and_then(|run| run.text.chars().next());
        first.is_some_and(|c| c.is_ascii_digit())
    }

    fn shortened(self) -> Self {
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
fn combine(operator: &Operator, operands: &[Term], constants: &[f64]) -> Term {
    let upright = |text: &str| Run {
        text: text.into(),
        style: RunStyle::Upright,
    };
    let join = |left: Label, sign: &str, right: Label| [left, vec![upright(sign)], right].concat();
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
            let sign = if beside { "" } else { " · " };
            let (left, right) = (left.within(Binding::Product), right.within(binding));
            let mut runs = join(left, sign, right);
            runs.retain(|run| !run.text.is_empty());
            (runs, Binding::Product)
        }
        (Written::Infix("@"), [left, right]) => {
            let (left, right) = (left.within(Binding::Product), right.within(Binding::Power));
            ([left, right].concat(), Binding::Product)
        }
        (Written::Postfix(_), [operand]) => {
            let mut runs = operand.within(Binding::Atom);
            runs.push(upright("ᵀ"));
            (runs, Binding::Power)
        }
        (Written::Index, [operand]) => {
            let place = |&at: &f64| match at {
                ops::ALL => String::from(":"),
                at => number::short(at),
            };
            let places: Vec<String> = constants.iter().map(place).collect();
            let mut runs = operand.within(Binding::Atom);
            runs.push(upright(&format!("[{}]", places.join(", "))));
            (runs, Binding::Atom)
        }
        (Written::Infix("/"), [left, right]) => {
            let (left, right) = (left.within(Binding::Product), right.within(Binding::Power));
            (join(left, "/", right), Binding::Product)
        }
        (Written::Infix(sign), [left, right]) => {
            let sign = format!(" {} ", sign.replace('-', "−"));
            let (left, right) = (left.within(Binding::Sum), right.within(Binding::Product));
            (join(left, &sign, right), Binding::Sum)
        }
        (Written::Prefix(_), [operand]) => (
            join(Label::new(), "−", operand.within(Binding::Product)),
            Binding::Sum,
        ),
        _ => {
            let mut runs = vec![upright(operator.name), upright("(")];
            for (index, operand) in operands.iter().enumerate() {
                if index > 0 {
                    runs.push(upright(", "));
                }
                runs.extend(operand.runs.iter().cloned());
            }
            runs.push(upright(")"));
            (runs, Binding::Atom)
        }
    };
    Term {
        runs,
        binding,
        number: None,
    }
    .shortened()
}

/// The term of a written derivative, with its numbers worked out, factors and
/// exponents of 1 left out, and powers of 0 as 1.
fn expression(exprs: &Exprs, root: ExprId, name: impl Fn(&str) -> Term) -> Term {
    let first = exprs[root].first.index();
    let mut terms: Vec<Term> = Vec::new();
    for (_, expr) in exprs.subtree(root) {
        let of = |id: ExprId| terms[id.index() - first].clone();
        let term = match &expr.kind {
            ExprKind::Number(value) => Term::number(*value),
            ExprKind::Name(text) => name(text),
            ExprKind::Negate(operand) => simplified(Written::Prefix("-"), &[of(*operand)]),
            ExprKind::Binary {
                operator,
                left,
                right,
                ..
            } => simplified(Written::Infix(sign_of(*operator)), &[of(*left), of(*right)]),
            ExprKind::Call {
                function,
                arguments,
            } => {
                let operands: Vec<Term> = arguments
                    .iter()
                    .map(|argument| of(argument.value))
                    .collect();
                match ops::function(&function.text) {
                    Some(operator) => combine(operator, &operands, &[]),
                    None => Term::name(&function.text),
                }
            }
            _ => Term::name(""),
        };
        terms.push(term);
    }
    terms.pop().unwrap_or_else(|| Term::name(""))
}

fn simplified(how: Written, operands: &[Term]) -> Term {
    let Some(operator) = ops::written(how) else {
        return Term::name("");
    };
    let numbers: Option<Vec<Matrix>> = operands
        .iter()
        .map(|operand| operand.number.map(Matrix::scalar))
        .collect();
    if let Some(numbers) = numbers {
        let known: Vec<&Matrix> = numbers.iter().collect();
        let value = operator
            .evaluate(&known, &[])
            .ok()
            .and_then(|value| value.as_scalar());
        return Term::number(value.unwrap_or(f64::NAN));
    }
    match (how, operands) {
        (
            Written::Infix("*"),
            [
                Term {
                    number: Some(1.0), ..
                },
                other,
            ],
        )
        | (
            Written::Infix("*" | "^"),
            [
                other,
                Term {
                    number: Some(1.0), ..
                },
            ],
        ) => other.clone(),
        (
            Written::Infix("^"),
            [
                _,
                Term {
                    number: Some(0.0), ..
                },
            ],
        ) => Term::number(1.0),
        _ => combine(operator, operands, &[]),
    }
}
