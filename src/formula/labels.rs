//! The formulas of a graph: what nodes and operators are called.

use crate::graph::{Application, Graph, Node, NodeId, NodeKind, is_hidden};

use super::runs::{characters, superscript};
use super::{Formula, Kind, Label, Run, Stands, label, plain};

/// Most characters of what stands for a node without a name; what is longer is
/// an ellipsis.
const LONGEST: usize = 28;

/// The formulas of a graph's nodes, from which all others are made.
#[derive(Clone, Debug)]
pub struct Labels {
    pub(super) formulas: Vec<Formula>,
}

impl Labels {
    /// Every node's: its name, or the expression that makes it.
    pub fn of(graph: &Graph) -> Self {
        let mut labels = Self {
            formulas: Vec::with_capacity(graph.nodes().len()),
        };
        for id in graph.ids() {
            let node = graph.node(id);
            let formula = match graph.binding_of(id) {
                Some(binding) => Formula::name(&binding.key),
                None => labels.unnamed(node),
            };
            let formula = formula.shaped(node.shape);
            labels
                .formulas
                .push(formula.standing_for(Stands::Value(id)));
        }
        labels
    }

    /// A node's formula.
    pub fn formula(&self, id: NodeId) -> &Formula {
        &self.formulas[id.index()]
    }

    /// The same as a label.
    pub fn node(&self, id: NodeId) -> Label {
        label(self.formula(id))
    }

    /// The same as plain text, for reading out.
    pub fn plain(&self, id: NodeId) -> String {
        plain(&self.node(id))
    }

    /// A node with what it is computed from: `y = 4x²`. Only the label where it
    /// has no name of its own, or is not computed.
    pub fn equation(&self, graph: &Graph, id: NodeId) -> Label {
        let mut equation = self.node(id);
        let node = graph.node(id);
        if graph.binding_of(id).is_some() && node.application().is_some() {
            equation.push(Run::upright(" = "));
            equation.extend(label(&self.unnamed(node)));
        }
        equation
    }

    /// What an operator's circle shows: its symbol, with the number that it
    /// was written with.
    pub fn operator(&self, graph: &Graph, made: &Application) -> String {
        let hidden = |slot: usize| {
            let operand = *made.operands.get(slot)?;
            is_hidden(graph, operand).then(|| self.plain(operand))
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

    fn unnamed(&self, node: &Node) -> Formula {
        match &node.kind {
            NodeKind::Computed(made) => self.computed(made).shortened(),
            NodeKind::Constant(value) | NodeKind::Data(value) | NodeKind::Param(value) => value
                .as_scalar()
                .map_or_else(|| Formula::text(&node.shape.to_string()), Formula::number),
        }
    }

    fn computed(&self, made: &Application) -> Formula {
        let operands: Vec<Formula> = made
            .operands
            .iter()
            .map(|operand| self.formula(*operand).clone())
            .collect();
        Formula::applied(made.operator, &operands, &made.constants)
    }
}

impl Formula {
    /// The formula, or an ellipsis where it is too long for a picture.
    pub(super) fn shortened(self) -> Self {
        if characters(&label(&self)) <= LONGEST {
            return self;
        }
        Self {
            kind: Kind::Text("…".into()),
            ..self
        }
    }
}
