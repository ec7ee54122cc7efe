//! Derivations as TypeScript sees them.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::derivation::{self, Derivations};
use crate::formula::{Formula, Kind, aligned, key, latex, mathml, text};
use crate::graph::{Graph, NodeId};
use crate::ops::Written;
use crate::paths::Count;

use crate::web::engine::Engine;
use crate::web::object::{ToJs, record};
use crate::web::refused;
use crate::web::stepper::Stepper;

/// Of more steps the list has `prod` in place of full chains, which would be megabytes.
const MOST_FULL: usize = 200;

/// The form in which all steps are listed.
fn listed(derivations: &Derivations, form: derivation::Form) -> derivation::Form {
    match form {
        derivation::Form::Full if derivations.steps().len() > MOST_FULL => derivation::Form::Prod,
        form => form,
    }
}

/// The form of this name.
fn form(name: &str) -> Result<derivation::Form, JsError> {
    let mut forms = derivation::Form::ALL.into_iter();
    let found = forms.find(|form| form.name() == name);
    found.ok_or_else(|| refused("no form has this name"))
}

/// One gradient, in the order of the backward pass.
#[derive(Clone, Debug, Tsify)]
pub struct DerivationStep {
    /// The node.
    pub node: usize,
    /// The place in `Engine.walk()` of the move that completes it.
    pub made: usize,
    /// Why it is what it is, as `<math>` elements with what their factors stand for
    /// in `data-of`: `v3` for the value of node 3, `g3` for its gradient, `d3.1`
    /// for the local derivative of what computes it, for its operand slot 1.
    pub mathml: String,
    /// The same as plain text.
    pub plain: String,
    /// The shapes: `5×1 = 5×3 · 3×1`.
    pub shapes: String,
}

record!(DerivationStep {
    node,
    made,
    mathml,
    plain,
    shapes
});

impl DerivationStep {
    /// Every step of a graph in a form.
    pub fn all(derivations: &Derivations, form: derivation::Form) -> Vec<Self> {
        let form = listed(derivations, form);
        let steps = derivations.steps().iter();
        let steps = steps.map(|step| {
            let equation = derivations.equation(step.node, form);
            Self {
                node: step.node.index(),
                made: step.made,
                mathml: mathml(&equation),
                plain: text(&equation),
                shapes: derivations.shapes(step.node),
            }
        });
        steps.collect()
    }
}

/// Why the gradient of one node is what it is.
#[derive(Clone, Debug, Tsify)]
pub struct Derivation {
    /// The node.
    pub node: usize,
    /// Its place in the steps, from 0; none for data and the loss.
    pub step: Option<usize>,
    /// The place in `Engine.walk()` of the move that completes the gradient; none
    /// for the same.
    pub made: Option<usize>,
    /// The equation, as `<math>` elements.
    pub mathml: String,
    /// The same as LaTeX.
    pub latex: String,
    /// The shapes: `5×1 = 5×3 · 3×1`.
    pub shapes: String,
    /// What the equation leaves open, as `<math>` elements: what products come to,
    /// and derivatives of activation functions.
    pub notes: Vec<String>,
    /// The explicit equation piece by piece.
    pub factors: Vec<FactorView>,
    /// Whether it is a sum of more than these.
    pub cut: bool,
    /// What is taken over.
    pub reused: Vec<ReusedView>,
}

record!(Derivation {
    node,
    step,
    made,
    mathml,
    latex,
    shapes,
    notes,
    factors,
    cut,
    reused
});

/// A piece of an equation that has a value of its own.
#[derive(Clone, Debug, Tsify)]
pub struct FactorView {
    /// The sign before it; `×` is a matrix product.
    pub before: String,
    /// The piece, as a `<math>` element.
    pub mathml: String,
    /// What it stands for, as in `data-of`; empty where it has no name of its own.
    pub of: String,
    /// Whether it is what it stands for with rows and columns exchanged.
    pub turned: bool,
    /// Rows of its value.
    pub rows: usize,
    /// Columns of its value.
    pub columns: usize,
    /// Where its numbers begin in `Stepper.figures()`, row by row.
    pub offset: usize,
}

record!(FactorView {
    before,
    mathml,
    of,
    turned,
    rows,
    columns,
    offset
});

/// A gradient that is taken over.
#[derive(Clone, Debug, Tsify)]
pub struct ReusedView {
    /// The node.
    pub node: usize,
    /// The step that has made it, from 0.
    pub step: usize,
    /// How many multiplications it would take to make it from the loss anew; none where
    /// that is not counted.
    pub multiplications: Option<String>,
}

record!(ReusedView {
    node,
    step,
    multiplications
});

impl Derivation {
    /// That of a node, in a form.
    pub fn of(derivations: &Derivations, node: NodeId, form: derivation::Form) -> Self {
        let equation = derivations.equation(node, form);
        let step = derivations.step_of(node);
        let mut offset = 0;
        let factors = derivations.factors(node).into_iter().map(|factor| {
            let shape = factor.formula.shape;
            let view = FactorView {
                before: factor.before,
                mathml: mathml(&factor.formula),
                of: keys(&factor.formula),
                turned: turned(&factor.formula).is_some(),
                rows: shape.rows,
                columns: shape.columns,
                offset,
            };
            offset += shape.len();
            view
        });
        let factors = factors.collect();
        let reused = derivations.reused(node).into_iter();
        let reused = reused.map(|reused| ReusedView {
            node: reused.node.index(),
            step: reused.step,
            multiplications: reused
                .saved
                .map(|saved| Count::of(saved.multiplications).to_string()),
        });
        let notes = derivations.notes(node, form);
        Self {
            node: node.index(),
            step,
            made: step.map(|step| derivations.steps()[step].made),
            mathml: mathml(&equation),
            latex: latex(&equation),
            shapes: derivations.shapes(node),
            notes: notes.iter().map(mathml).collect(),
            factors,
            cut: derivations.is_cut(node),
            reused: reused.collect(),
        }
    }
}

/// A count of arithmetic, exact below 2⁶⁴.
#[derive(Clone, Debug, Tsify)]
pub struct WorkView {
    /// Multiplications.
    pub multiplications: String,
    /// Additions.
    pub additions: String,
}

record!(WorkView {
    multiplications,
    additions
});

impl WorkView {
    fn of(work: derivation::Work) -> Self {
        Self {
            multiplications: Count::of(work.multiplications).to_string(),
            additions: Count::of(work.additions).to_string(),
        }
    }
}

/// What one backward pass takes, and what it would without reuse.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// How many numbers are trained.
    pub numbers: usize,
    /// The backward pass to all of them.
    pub done: WorkView,
    /// Each of them by itself, from the loss anew; none where that takes too long
    /// to be counted.
    pub anew: Option<WorkView>,
    /// The same along each path by itself.
    pub by_path: Option<WorkView>,
}

record!(Tally {
    numbers,
    done,
    anew,
    by_path
});

impl Tally {
    /// The tally of a graph.
    pub fn of(derivations: &Derivations) -> Self {
        let tally = derivations.tally();
        Self {
            numbers: tally.numbers,
            done: WorkView::of(tally.done),
            anew: tally.anew.map(WorkView::of),
            by_path: tally.by_path.map(WorkView::of),
        }
    }
}

/// What a formula is the transposed of, if it is.
fn turned(formula: &Formula) -> Option<&Formula> {
    match &formula.kind {
        Kind::Applied {
            operator, operands, ..
        } if matches!(operator.written, Written::Postfix(_)) => operands.first(),
        _ => None,
    }
}

/// What a formula stands for; of a transposed one as well what it is made of.
fn keys(formula: &Formula) -> String {
    let inner = turned(formula).into_iter().flat_map(|of| &of.stands);
    let keys: Vec<String> = formula
        .stands
        .iter()
        .chain(inner)
        .map(|&stands| key(stands))
        .collect();
    keys.join(" ")
}

impl Engine {
    pub(super) fn derivations(&self) -> Derivations<'_> {
        Derivations::of(&self.graph, &self.labels)
    }
}

#[wasm_bindgen]
impl Engine {
    /// Every gradient in the order of the backward pass, in a form.
    pub fn steps(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Form")] form_name: &str,
    ) -> Result<Vec<Ts<DerivationStep>>, JsError> {
        let derivations = self.derivations();
        let steps = DerivationStep::all(&derivations, form(form_name)?);
        Ok(steps.iter().map(DerivationStep::to_ts).collect())
    }

    /// The same as LaTeX: the equations below each other, aligned.
    pub fn latex(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Form")] form_name: &str,
    ) -> Result<String, JsError> {
        let derivations = self.derivations();
        let form = listed(&derivations, form(form_name)?);
        let steps = derivations.steps().iter();
        let equations = steps.map(|step| derivations.equation(step.node, form));
        Ok(aligned(&equations.collect::<Vec<_>>()))
    }

    /// Why the gradient of a node, by its number, is what it is. Throws where there
    /// is none of this number whose gradient anybody sees.
    pub fn derive(
        &self,
        node: usize,
        #[wasm_bindgen(unchecked_param_type = "Form")] form_name: &str,
    ) -> Result<Ts<Derivation>, JsError> {
        let node = seen(&self.graph, node)?;
        let derivations = self.derivations();
        Ok(Derivation::of(&derivations, node, form(form_name)?).to_ts())
    }

    /// What one backward pass takes, and what it would without reuse.
    pub fn tally(&self) -> Ts<Tally> {
        Tally::of(&self.derivations()).to_ts()
    }
}

#[wasm_bindgen]
impl Stepper {
    /// The numbers of the factors that [`Engine::derive`] has of a node, each at its
    /// `offset`. Throws as that does.
    pub fn figures(&self, node: usize) -> Result<Vec<f64>, JsError> {
        let node = seen(&self.graph, node)?;
        let factors = Derivations::of(&self.graph, &self.labels).factors(node);
        let mut figures = Vec::new();
        for factor in factors {
            match derivation::value(&factor.formula, &self.graph, self.run.tape()) {
                Some(value) => figures.extend_from_slice(value.data()),
                None => return Err(refused("a factor is not written out")),
            }
        }
        Ok(figures)
    }
}

/// The node of this number, where anybody sees its gradient.
pub fn seen(graph: &Graph, node: usize) -> Result<NodeId, JsError> {
    let node = graph.ids().nth(node);
    let node = node.filter(|&node| graph.has_gradient(node));
    node.ok_or_else(|| refused("no node has this number"))
}
