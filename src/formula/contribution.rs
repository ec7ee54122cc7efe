//! Derivatives of operators with the names at hand, all of them from the table of
//! operators: as a factor, and as the contribution to an operand's gradient.

use crate::graph::{Application, Graph, NodeId};
use crate::matrix::Shape;
use crate::ops::{self, Formula as Derivative, Written};

use super::runs::factor;
use super::{Formula, Joint, Kind, Label, Labels, Stands, label};

/// Most contributions of one operator to one operand that are written out.
const MOST_TERMS: usize = 4;

/// The functions that a network's layers end in.
const ACTIVATIONS: [&str; 8] = [
    "tanh",
    "sigmoid",
    "relu",
    "leaky_relu",
    "elu",
    "softplus",
    "silu",
    "gelu",
];

/// How the derivative of an activation function is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// As a function of its own: `φ′(z)` where it is the only one of the graph,
    /// else `tanh′(z)`.
    Primed {
        /// Whether it is the only one.
        is_only: bool,
    },
    /// As the table of operators has it: `1 − h²`.
    Explicit,
}

impl Activation {
    /// Primed, as it suits the activation functions of a graph.
    pub fn primed(graph: &Graph) -> Self {
        let made = graph.nodes().iter().filter_map(|node| node.application());
        let mut all = made.filter_map(|made| Some((activation(made)?, &made.constants)));
        let first = all.next();
        let is_only = all.all(|other| Some(other) == first) && graph.find("φ").is_none();
        Self::Primed { is_only }
    }
}

/// The activation function that an operator is.
fn activation(made: &Application) -> Option<&'static str> {
    let name = made.operator.name;
    ACTIVATIONS.contains(&name).then_some(name)
}

impl Labels {
    /// The local derivative of an operator for one operand, as a factor: `2x` for
    /// a square, `(1 − h²)` for tanh; empty where it is a distinction of cases.
    pub fn local(&self, made: &Application, output: NodeId, slot: usize) -> Label {
        let written = match made.operator.formula {
            Derivative::Entry(of) => of.get(slot).copied().unwrap_or(""),
            Derivative::Whole(_) => "",
        };
        let name = |name: &str| self.named(name, made, output, slot, None);
        match Formula::written(written, name, Formula::shortened) {
            Some(local) => factor(&local),
            None => Label::new(),
        }
    }

    /// The gradient of a node: `∂L/∂h`, `∂y/∂(x²)`.
    pub fn gradient(&self, graph: &Graph, node: NodeId) -> Formula {
        self.derivative(graph.loss(), node, None)
            .standing_for(Stands::Gradient(node))
    }

    /// The gradient of a node in what is made from it, later in the backward pass.
    pub fn upstream(&self, graph: &Graph, node: NodeId) -> Formula {
        self.derivative(graph.loss(), node, None)
            .standing_for(Stands::Upstream(node))
    }

    /// The local derivative of an operator for one operand as it is asked for, not
    /// worked out: `∂h/∂z`; where the operand fills several of its slots for which
    /// of them, `(∂y/∂x)₂`.
    pub fn asked(&self, graph: &Graph, output: NodeId, slot: usize) -> Formula {
        let operands = graph.operands(output);
        let node = operands[slot];
        let uses = operands.iter().filter(|&&operand| operand == node).count();
        let formula = self.derivative(output, node, (uses > 1).then_some(slot));
        formula.standing_for(Stands::Local { output, slot })
    }

    fn derivative(&self, of: NodeId, by: NodeId, slot: Option<usize>) -> Formula {
        let plain = |node: NodeId| {
            let mut formula = self.formula(node).clone();
            formula.stands.clear();
            Box::new(formula)
        };
        let (of, by) = (plain(of), plain(by));
        let shape = by.shape;
        Formula::new(Kind::Derivative { of, by, slot }, shape)
    }

    /// What an operator contributes to the gradient of one operand, with its own
    /// gradient (the upstream gradient) in it: `W₂ᵀ ∂L/∂o`, `∂L/∂h ⊙ (1 − h²)`. At
    /// the loss, whose gradient is 1, that factor is left out.
    ///
    /// `Σ` is the sum over what was broadcast. A derivative that is a distinction
    /// of cases is written `relu′(z)`, or `max′₁(a, b)` with the operand's place. A
    /// piece of a concatenation's gradient is `(∂L/∂y)[1:3]`, from the first to the
    /// last entry; an upright e₂ is a unit vector, a column.
    pub fn contribution(
        &self,
        graph: &Graph,
        output: NodeId,
        slot: usize,
        activation: Activation,
    ) -> Formula {
        let Some(made) = graph.node(output).application() else {
            return Formula::number(0.0);
        };
        let upstream = match output == graph.loss() {
            true => Formula::number(1.0),
            false => self.upstream(graph, output),
        };
        let operand = self.formula(made.operands[slot]).shape;
        let written = || self.entry(made, output, slot, Some(&upstream));
        let stands = Stands::Local { output, slot };
        if let Derivative::Whole(_) = made.operator.formula {
            let whole = written().unwrap_or_else(|| self.picked(made, output, slot, &upstream));
            return standing_beside(whole, &upstream, stands);
        }
        let shape = self.formula(output).shape;
        let local = self.primed(made, activation, shape).or_else(written);
        let local = local.unwrap_or_else(|| self.cases(made, slot, shape));
        let local = local.standing_for(stands);
        let of_number = local.as_number().is_some();
        match of_number {
            _ if operand == shape => upstream.times(local),
            true => summed(upstream, operand).times(local),
            false => summed(upstream.times(local), operand),
        }
    }

    /// What the derivative of an activation function comes to, where it is written as
    /// a function of its own: `φ′(z) = tanh′(z) = 1 − h²`. Nothing for other operators,
    /// and where that says no more.
    pub fn slope(&self, graph: &Graph, output: NodeId, how: Activation) -> Option<Formula> {
        let made = graph.node(output).application()?;
        let shape = self.formula(output).shape;
        let stands = Stands::Local { output, slot: 0 };
        let primed = self.primed(made, how, shape)?.standing_for(stands);
        let own = match how {
            Activation::Primed { is_only: true } => {
                primed.equals(self.cases(made, 0, shape).standing_for(stands))
            }
            _ => primed,
        };
        match (self.entry(made, output, 0, None), &own.kind) {
            (Some(explicit), _) => Some(own.equals(explicit.standing_for(stands))),
            (None, Kind::Equation(_)) => Some(own),
            (None, _) => None,
        }
    }

    /// What an operator contributes to the gradient of an operand that fills these
    /// slots, as an equation: `∂L/∂h = W₂ᵀ ∂L/∂o`. Where there are several slots it
    /// is their sum, of which the first few terms stand there.
    pub fn contribution_equation(
        &self,
        graph: &Graph,
        output: NodeId,
        operand: NodeId,
        slots: &[usize],
    ) -> Label {
        let term = |&slot: &usize| self.contribution(graph, output, slot, Activation::Explicit);
        let terms = slots.iter().take(MOST_TERMS).map(term).collect();
        let sum = Formula::sum(terms, slots.len() > MOST_TERMS);
        label(&self.gradient(graph, operand).equals(sum))
    }

    /// Where the backward pass begins: `∂L/∂L = 1`.
    pub fn loss_equation(&self, graph: &Graph) -> Label {
        let gradient = self.gradient(graph, graph.loss());
        label(&gradient.equals(Formula::number(1.0)))
    }

    /// A parameter's update: `W₂ ← W₂ − η ∂L/∂W₂`.
    pub fn update(&self, graph: &Graph, param: NodeId) -> Label {
        let factors = vec![Formula::name("η"), self.gradient(graph, param)];
        let step = Formula::product(factors, Joint::Space);
        let minus = Formula::simplified(Written::Infix("-"), &[self.formula(param).clone(), step]);
        let kind = Kind::Update(Box::new(self.formula(param).clone()), Box::new(minus));
        label(&Formula::new(kind, self.formula(param).shape))
    }

    /// A derivative as the table writes it; nothing where it writes none.
    fn entry(
        &self,
        made: &Application,
        output: NodeId,
        slot: usize,
        upstream: Option<&Formula>,
    ) -> Option<Formula> {
        // One formula holds for any number of operands.
        let (Derivative::Entry(all) | Derivative::Whole(all)) = made.operator.formula;
        let written = all.get(slot).or(all.first())?;
        let name = |name: &str| self.named(name, made, output, slot, upstream);
        Formula::written(written, name, |formula| formula)
    }

    /// What the letters of a written derivative stand for.
    fn named(
        &self,
        name: &str,
        made: &Application,
        output: NodeId,
        slot: usize,
        upstream: Option<&Formula>,
    ) -> Formula {
        let operand = |slot: usize| self.formula(made.operands[slot]);
        let Shape { rows, columns } = operand(slot).shape;
        match (name, upstream) {
            ("a", _) => operand(0).clone(),
            ("b", _) => operand(1).clone(),
            ("y", _) => self.formula(output).clone(),
            ("u", Some(upstream)) => upstream.clone(),
            ("c", _) => Formula::number(made.constants[0]),
            ("m", _) => Formula::number(rows as f64),
            ("n", _) => Formula::number(columns as f64),
            _ => Formula::name(name),
        }
    }

    /// The derivative of an activation function as a function of its own.
    fn primed(&self, made: &Application, how: Activation, shape: Shape) -> Option<Formula> {
        let (name, Activation::Primed { is_only }) = (activation(made)?, how) else {
            return None;
        };
        let kind = Kind::Primed {
            name: if is_only { "φ" } else { name }.into(),
            slot: None,
            operands: vec![self.formula(made.operands[0]).clone()],
        };
        Some(Formula::new(kind, shape))
    }

    /// The derivative for an operand where it is a distinction of cases: `relu′(z)`.
    fn cases(&self, made: &Application, slot: usize, shape: Shape) -> Formula {
        let operands = made.operands.iter().map(|of| self.formula(*of).clone());
        let kind = Kind::Primed {
            name: made.operator.name.into(),
            slot: (made.operands.len() > 1).then_some(slot),
            operands: operands.collect(),
        };
        Formula::new(kind, shape)
    }

    /// The contribution of an operator that puts entries in other places, for which
    /// the table writes no formula.
    fn picked(
        &self,
        made: &Application,
        output: NodeId,
        slot: usize,
        upstream: &Formula,
    ) -> Formula {
        let shape_of = |of: &NodeId| self.formula(*of).shape;
        let shape = shape_of(&made.operands[slot]);
        let before = made.operands[..slot].iter().map(shape_of);
        let piece = |rows, columns| {
            let of = Box::new(upstream.clone());
            Formula::new(Kind::Picked { of, rows, columns }, shape)
        };
        match made.operator.name {
            "vcat" => {
                let first: usize = before.map(|shape| shape.rows).sum();
                piece(first..first + shape.rows, 0..shape.columns)
            }
            "hcat" => {
                let first: usize = before.map(|shape| shape.columns).sum();
                piece(0..shape.rows, first..first + shape.columns)
            }
            "index" => {
                let unit = |at: f64, size: usize| {
                    let picks = size > 1 && at.to_bits() != ops::ALL.to_bits();
                    let unit = || Formula::new(Kind::Unit(at as usize - 1), Shape::new(size, 1));
                    picks.then(unit)
                };
                let product =
                    |left, right| Formula::simplified(Written::Infix("@"), &[left, right]);
                let mut formula = upstream.clone();
                if let Some(row) = unit(made.constants[0], shape.rows) {
                    formula = product(row, formula);
                }
                if let Some(column) = unit(made.constants[1], shape.columns) {
                    let column = Formula::simplified(Written::Postfix("'"), &[column]);
                    formula = product(formula, column);
                }
                formula
            }
            _ => {
                let local = self.cases(made, slot, shape);
                let stands = Stands::Local { output, slot };
                upstream.clone().times(local.standing_for(stands))
            }
        }
    }
}

impl Formula {
    /// The sum of these terms, and of more than are written.
    pub(crate) fn sum(mut terms: Vec<Self>, has_more: bool) -> Self {
        if let (1, false) = (terms.len(), has_more) {
            return terms.remove(0);
        }
        let shape = terms.first().map_or(Shape::SCALAR, |term| term.shape);
        Self::new(Kind::Terms { terms, has_more }, shape)
    }
}

/// The sum of a formula over what was broadcast.
fn summed(of: Formula, shape: Shape) -> Formula {
    Formula::new(Kind::Summed(Box::new(of)), shape)
}

/// A contribution of which what stands beside the upstream gradient is the local
/// derivative; at the loss all of it is.
fn standing_beside(mut whole: Formula, upstream: &Formula, stands: Stands) -> Formula {
    if upstream.as_number().is_some() {
        return whole.standing_for(stands);
    }
    if let Kind::Applied { operands, .. } = &mut whole.kind
        && let [left, right] = &mut operands[..]
    {
        let beside = match (left == upstream, right == upstream) {
            (true, false) => Some(right),
            (false, true) => Some(left),
            _ => None,
        };
        if let Some(beside) = beside {
            beside.stands.insert(0, stands);
        }
    }
    whole
}
