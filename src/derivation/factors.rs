//! The explicit form piece by piece, for the numbers to be put in.

use crate::formula::{Formula, Kind, Stands};
use crate::graph::NodeId;
use crate::ops::Written;

use super::{Derivations, Form};

/// A piece of an equation that has a value of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What stands before it: nothing, `=`, `+`, `−`, `⊙`, `·` beside a number, `×`
    /// between matrices, `Σ` for a sum over what was broadcast, or two of these.
    pub before: String,
    /// The piece.
    pub formula: Formula,
}

impl Derivations<'_> {
    /// The explicit equation of a node's gradient, piece by piece: the gradient, and
    /// each factor of what it equals, as far as that is [written](Self::is_cut).
    pub fn factors(&self, node: NodeId) -> Vec<Factor> {
        let mut factors = vec![Factor {
            before: String::new(),
            formula: self.labels.gradient(self.graph, node),
        }];
        flatten(&self.sum(node, Form::Explicit), "=", &mut factors);
        factors
    }

    /// The shapes of the explicit equation: `5×1 = 5×3 · 3×1`.
    pub fn shapes(&self, node: NodeId) -> String {
        let mut text = String::new();
        for factor in self.factors(node) {
            if !factor.before.is_empty() {
                let sign = factor.before.replace('×', "·");
                text += &format!(" {sign} ");
            }
            text += &factor.formula.shape.to_string();
        }
        if self.is_cut(node) {
            text += " + …";
        }
        text
    }
}

/// The factors of a formula, behind what stands before it. Sums within a product and local
/// derivatives stay whole.
fn flatten(formula: &Formula, before: &str, into: &mut Vec<Factor>) {
    match &formula.kind {
        Kind::Terms { terms, .. } => {
            for (at, term) in terms.iter().enumerate() {
                flatten(term, if at == 0 { before } else { "+" }, into);
            }
        }
        Kind::Summed(of) => product(of, &format!("{before} Σ"), into),
        Kind::Applied {
            operator, operands, ..
        } => match (operator.written, &operands[..]) {
            (Written::Infix("+"), [left, right]) => {
                flatten(left, before, into);
                flatten(right, "+", into);
            }
            (Written::Infix("-"), [left, right]) => {
                flatten(left, before, into);
                product(right, "−", into);
            }
            (Written::Prefix(_), [operand]) => product(operand, &format!("{before} −"), into),
            _ => product(formula, before, into),
        },
        _ => product(formula, before, into),
    }
}

fn product(formula: &Formula, before: &str, into: &mut Vec<Factor>) {
    let is_local = |stands: &Stands| matches!(stands, Stands::Local { .. });
    let is_whole = formula.stands.iter().any(is_local);
    if let (
        false,
        Kind::Applied {
            operator, operands, ..
        },
    ) = (is_whole, &formula.kind)
    {
        let is_number = |side: &Formula| side.shape.is_scalar();
        let joined = match (operator.written, &operands[..]) {
            (Written::Infix("*"), [left, right]) if is_number(left) || is_number(right) => {
                Some((left, "·", right))
            }
            (Written::Infix("*"), [left, right]) => Some((left, "⊙", right)),
            (Written::Infix("@"), [left, right]) => Some((left, "×", right)),
            _ => None,
        };
        if let Some((left, sign, right)) = joined {
            product(left, before, into);
            return product(right, sign, into);
        }
    }
    into.push(Factor {
        before: before.trim().into(),
        formula: formula.clone(),
    });
}
