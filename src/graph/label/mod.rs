//! How nodes, operators and derivatives are written in a picture.
//!
//! A label is a row of runs, each with its style, so that whoever draws it
//! parses nothing.

mod derivative;
mod term;

use super::{Application, Graph, Node, NodeId, NodeKind};
use term::{Term, combine};

pub(crate) use term::MOST_CHARACTERS;

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
    fn upright(text: &str) -> Self {
        Self {
            text: text.into(),
            style: RunStyle::Upright,
        }
    }

    fn italic(text: &str) -> Self {
        Self {
            text: text.into(),
            style: RunStyle::Italic,
        }
    }
}

/// A label: its runs from left to right.
pub type Label = Vec<Run>;

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
            labels.terms.push(term.shaped(graph.node(id).shape));
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
            equation.push(Run::upright(" = "));
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

    fn unnamed(&self, node: &Node) -> Term {
        match &node.kind {
            NodeKind::Computed(made) => {
                let operands: Vec<Term> = made
                    .operands
                    .iter()
                    .map(|operand| self.terms[operand.index()].clone())
                    .collect();
                combine(made.operator, &operands, &made.constants).shortened()
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
