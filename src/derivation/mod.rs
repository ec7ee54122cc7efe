//! Graph to derivations: why a gradient is what it is.
//!
//! The gradient of a node is the sum of what its uses contribute. A contribution
//! is the upstream gradient times a local derivative, and the upstream gradient is
//! taken over from an earlier [`Step`]: it is not computed again from the loss.
//! [`Derivations::equation`] writes that in four [forms](Form), [`factors`] has the
//! explicit one piece by piece, each with its [value](value()), and [`work`](work()) counts
//! what was multiplied and what it would cost without reuse.
//!
//! [`factors`]: Derivations::factors

mod factors;
mod tally;
mod value;
mod work;

use std::cell::OnceCell;

use crate::formula::{Activation, Formula, Joint, Kind, Labels, Stands};
use crate::graph::{Graph, NodeId};
use crate::paths::{self, Use};
use crate::walk::{Move, walk};

pub use factors::Factor;
pub use tally::{Reused, Tally};
pub use value::value;
pub use work::{Region, Work, work};

/// Most terms of a sum that are written, and most factors of a chain.
const MOST_TERMS: usize = 8;
const MOST_FACTORS: usize = 12;
/// Most paths that the full chain of one use writes out.
const MOST_PATHS: usize = 4;

/// How contributions are written, from most to least of what they came from. For
/// the contribution of z = W₁x to the gradient of W₁:
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// prod(∂L/∂o, ∂o/∂h, ∂h/∂z, ∂z/∂W₁), with a brace below what is known as
    /// ∂L/∂z.
    Full,
    /// ∂L/∂z · ∂z/∂W₁.
    Chain,
    /// prod(∂L/∂z, ∂z/∂W₁).
    Prod,
    /// ∂L/∂z xᵀ.
    #[default]
    Explicit,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Full, Self::Chain, Self::Prod, Self::Explicit];

    /// What the command line and the page call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Chain => "chain",
            Self::Prod => "prod",
            Self::Explicit => "explicit",
        }
    }
}

/// A gradient that the backward pass has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whose gradient it is.
    pub node: NodeId,
    /// The place in the [`walk`](crate::walk::walk()) of the move that completes it.
    pub made: usize,
}

/// The derivations of a graph.
#[derive(Clone, Debug)]
pub struct Derivations<'a> {
    graph: &'a Graph,
    labels: &'a Labels,
    activation: Activation,
    /// For every node its uses by what the loss depends on, in the order in which
    /// the backward pass comes to them.
    uses: Vec<Vec<Use>>,
    steps: Vec<Step>,
    /// For every node its place in the steps.
    places: Vec<Option<usize>>,
    /// For every node what its gradient takes, from its upstream gradients.
    works: OnceCell<Vec<Work>>,
}

impl<'a> Derivations<'a> {
    /// Those of a graph with its labels.
    pub fn of(graph: &'a Graph, labels: &'a Labels) -> Self {
        let uses = uses(graph);
        let mut left: Vec<usize> = uses.iter().map(Vec::len).collect();
        let mut steps = Vec::new();
        let mut places = vec![None; graph.nodes().len()];
        let trained = graph.trained();
        let trains = trained.contains(&true);
        let is_step = |node: NodeId| {
            let is_computed = graph.node(node).application().is_some();
            graph.has_gradient(node) && (trained[node.index()] || !trains && is_computed)
        };
        for (made, of) in walk(graph).into_iter().enumerate() {
            let Move::Backward(output) = of else {
                continue;
            };
            for &node in graph.operands(output) {
                left[node.index()] = left[node.index()].saturating_sub(1);
                let is_whole = left[node.index()] == 0 && places[node.index()].is_none();
                if is_whole && is_step(node) {
                    places[node.index()] = Some(steps.len());
                    steps.push(Step { node, made });
                }
            }
        }
        Self {
            graph,
            labels,
            activation: Activation::primed(graph),
            uses,
            steps,
            places,
            works: OnceCell::new(),
        }
    }

    /// Every gradient that is made on the way to a parameter, in the order of the
    /// backward pass, the loss's own left out: by those of data, and of what is computed
    /// from data alone, nothing is trained. Where nothing is trained at all, those of
    /// all that is computed.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The place of a node's gradient in the steps, from 0.
    pub fn step_of(&self, node: NodeId) -> Option<usize> {
        self.places[node.index()]
    }

    /// The uses of a node that contribute to its gradient, in the order in which
    /// the backward pass comes to them.
    pub fn uses(&self, node: NodeId) -> &[Use] {
        &self.uses[node.index()]
    }

    /// Whether a node has more uses than are written: the sum ends in `…`.
    pub fn is_cut(&self, node: NodeId) -> bool {
        self.uses(node).len() > MOST_TERMS
    }

    /// Why the gradient of a node is what it is: `∂L/∂z = ∂L/∂h ⊙ φ′(z)`. The loss's
    /// own is 1, and that of a node on which the loss does not depend 0.
    pub fn equation(&self, node: NodeId, form: Form) -> Formula {
        let gradient = self.labels.gradient(self.graph, node);
        gradient.equals(self.sum(node, form))
    }

    /// What the equations of a form leave open: for each of a node's uses what the
    /// product comes to, `prod(∂L/∂z, ∂z/∂W₁) = ∂L/∂z xᵀ`, and what the derivative of
    /// an activation function is, `φ′(z) = 1 − h²`.
    pub fn notes(&self, node: NodeId, form: Form) -> Vec<Formula> {
        let uses = self.uses(node).iter().take(MOST_TERMS);
        let short = match form {
            Form::Full => Form::Prod,
            other => other,
        };
        let products = uses.clone().filter(|_| form != Form::Explicit);
        let products = products.filter(|of| of.node != self.graph.loss());
        let products = products.map(|&of| {
            let explicit = self.term(of, Form::Explicit);
            self.term(of, short).equals(explicit)
        });
        let slopes = uses.filter_map(|of| self.labels.slope(self.graph, of.node, self.activation));
        products.chain(slopes).collect()
    }

    /// The nodes whose gradients a node's gradient is made from, each once.
    pub fn taken_over(&self, node: NodeId) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = self.uses(node).iter().map(|of| of.node).collect();
        nodes.dedup();
        nodes.retain(|&node| node != self.graph.loss());
        nodes
    }

    /// The local derivatives along a path, whose product is its term.
    pub fn path(&self, path: &paths::Path) -> Formula {
        match path.is_empty() {
            true => Formula::number(1.0),
            false => self.chain(path, Joint::Dot),
        }
    }

    fn sum(&self, node: NodeId, form: Form) -> Formula {
        if node == self.graph.loss() {
            return Formula::number(1.0);
        }
        let uses = self.uses(node);
        if uses.is_empty() {
            return Formula::zeros(self.graph.node(node).shape);
        }
        let written = uses.iter().take(MOST_TERMS);
        let terms = written.map(|&of| self.term(of, form)).collect();
        Formula::sum(terms, self.is_cut(node))
    }

    /// The contribution of one use. The loss's own operator makes the first gradients
    /// from nothing else, so these are written out in every form.
    fn term(&self, of: Use, form: Form) -> Formula {
        let (graph, labels) = (self.graph, self.labels);
        if of.node == graph.loss() || form == Form::Explicit {
            return labels.contribution(graph, of.node, of.slot, self.activation);
        }
        let local = labels.asked(graph, of.node, of.slot);
        let upstream = labels.upstream(graph, of.node);
        match form {
            Form::Chain => Formula::product(vec![upstream, local], Joint::Dot),
            Form::Full => Formula::product(vec![self.known(of.node, upstream), local], Joint::Prod),
            Form::Prod | Form::Explicit => Formula::product(vec![upstream, local], Joint::Prod),
        }
    }

    /// An upstream gradient with all that it came from.
    fn known(&self, node: NodeId, upstream: Formula) -> Formula {
        let paths = self.paths_back(node, MOST_PATHS + 1);
        let made = match &paths[..] {
            [path] if path.len() < 2 => return upstream,
            [path] => self.chain(path, Joint::Comma),
            paths => {
                let written = paths.iter().take(MOST_PATHS);
                let terms = written.map(|path| self.chain(path, Joint::Prod)).collect();
                Formula::sum(terms, paths.len() > MOST_PATHS)
            }
        };
        let (shape, stands) = (upstream.shape, Stands::Upstream(node));
        Formula::new(Kind::Known(made.into(), upstream.into()), shape).standing_for(stands)
    }

    /// The first paths from the loss to a node, found from the node on: each of its uses
    /// leads to the loss.
    fn paths_back(&self, node: NodeId, most: usize) -> Vec<paths::Path> {
        let mut found = Vec::new();
        // The uses so far, and at each node the next one to be tried.
        let (mut path, mut next) = (paths::Path::new(), vec![0]);
        let mut at = node;
        while let Some(tried) = next.last_mut()
            && found.len() < most
        {
            let of = self.uses(at).get(*tried).copied();
            *tried += 1;
            if let Some(of) = of {
                path.push(of);
                next.push(0);
                at = of.node;
                continue;
            }
            // What uses the loss does not lead to it.
            if at == self.graph.loss() {
                found.push(path.iter().rev().copied().collect());
            }
            next.pop();
            path.pop();
            at = path.last().map_or(node, |of| of.node);
        }
        found
    }

    /// The local derivatives along a path; of many the first and the last.
    fn chain(&self, path: &paths::Path, joint: Joint) -> Formula {
        let factors = |uses: &[Use]| {
            let uses = uses.iter();
            uses.map(|of| self.labels.asked(self.graph, of.node, of.slot))
                .collect::<Vec<_>>()
        };
        let ends = MOST_FACTORS / 2;
        let mut all = match path.len() {
            0..=MOST_FACTORS => factors(path),
            length => {
                let last = factors(&path[length - ends..]);
                let first = factors(&path[..ends]).into_iter();
                first.chain([Formula::text("…")]).chain(last).collect()
            }
        };
        match all.len() {
            1 => all.remove(0),
            _ => Formula::product(all, joint),
        }
    }
}

/// For every node its uses by what the loss depends on, later operators first.
fn uses(graph: &Graph) -> Vec<Vec<Use>> {
    let mut uses = vec![Vec::new(); graph.nodes().len()];
    let reaches_loss = graph.reaches_loss();
    let outputs = graph.ids().rev().filter(|id| reaches_loss[id.index()]);
    for node in outputs {
        for (slot, operand) in graph.operands(node).iter().enumerate() {
            if graph.has_gradient(*operand) {
                uses[operand.index()].push(Use { node, slot });
            }
        }
    }
    uses
}
