//! Derivatives of operators with the names at hand, all of them from the table of
//! operators: as a factor, and as the contribution to an operand's gradient.

use crate::matrix::{Matrix, Shape};
use crate::notation::{self, ExprId, ExprKind, Exprs, LineKind};
use crate::ops::{self, Formula, Written};

use super::term::{Binding, Term, combine};
use super::{Label, Labels, Run, RunStyle};
use crate::graph::expression::sign_of;
use crate::graph::{Application, Graph, NodeId};

/// Most contributions of one operator to one operand that are written out.
const MOST_TERMS: usize = 4;

impl Labels {
    /// The local derivative of an operator for one operand, as a factor: `2x` for
    /// a square, `(1 − h²)` for tanh; empty where it is a distinction of cases.
    pub fn local(&self, made: &Application, output: NodeId, slot: usize) -> Label {
        let written = match made.operator.formula {
            Formula::Entry(of) => of.get(slot).copied().unwrap_or(""),
            Formula::Whole(_) => "",
        };
        let upstream = Term::name("u");
        let Some(term) = self.written(written, made, output, slot, upstream, Term::shortened)
        else {
            return Label::new();
        };
        match term.number {
            Some(_) => term.runs,
            None => term.within(Binding::Product),
        }
    }

    /// The gradient of a node: `∂L/∂h`, `∂y/∂(x²)`.
    pub fn gradient(&self, graph: &Graph, node: NodeId) -> Label {
        self.gradient_term(graph, node).runs
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
        made: &Application,
        output: NodeId,
        slot: usize,
    ) -> Label {
        self.contribution_term(graph, made, output, slot).runs
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
        let mut label = self.gradient(graph, operand);
        let Some(made) = graph.node(output).application() else {
            return label;
        };
        label.push(Run::upright(" = "));
        for (place, &slot) in slots.iter().take(MOST_TERMS).enumerate() {
            if place > 0 {
                label.push(Run::upright(" + "));
            }
            let term = self.contribution_term(graph, made, output, slot);
            label.extend(match slots {
                [_] => term.runs,
                _ => term.within(Binding::Product),
            });
        }
        if slots.len() > MOST_TERMS {
            label.push(Run::upright(" + …"));
        }
        label
    }

    /// Where the backward pass begins: `∂L/∂L = 1`.
    pub fn loss_equation(&self, graph: &Graph) -> Label {
        let mut label = self.gradient(graph, graph.loss());
        label.push(Run::upright(" = 1"));
        label
    }

    /// A parameter's update: `W₂ ← W₂ − η ∂L/∂W₂`.
    pub fn update(&self, graph: &Graph, param: NodeId) -> Label {
        let mut label = self.node(param).clone();
        label.push(Run::upright(" ← "));
        label.extend(self.node(param).iter().cloned());
        label.push(Run::upright(" − "));
        label.push(Run::italic("η"));
        label.push(Run::upright(" "));
        label.extend(self.gradient(graph, param));
        label
    }

    fn gradient_term(&self, graph: &Graph, node: NodeId) -> Term {
        let (loss, of) = (&self.terms[graph.loss().index()], &self.terms[node.index()]);
        let mut runs = vec![Run::italic("∂")];
        runs.extend(loss.within(Binding::Atom));
        runs.push(Run::italic("/∂"));
        runs.extend(of.within(Binding::Atom));
        Term {
            runs,
            binding: Binding::Power,
            number: None,
            shape: of.shape,
            is_gradient: true,
        }
    }

    fn contribution_term(
        &self,
        graph: &Graph,
        made: &Application,
        output: NodeId,
        slot: usize,
    ) -> Term {
        let upstream = if output == graph.loss() {
            Term::number(1.0)
        } else {
            self.gradient_term(graph, output)
        };
        let operand = &self.terms[made.operands[slot].index()];
        let (Formula::Entry(all) | Formula::Whole(all)) = made.operator.formula;
        // One formula holds for any number of operands.
        let formula = all.get(slot).or(all.first()).copied().unwrap_or("");
        let written = self.written(formula, made, output, slot, upstream.clone(), |term| term);
        match (made.operator.formula, written) {
            (Formula::Whole(_), Some(term)) => term,
            (Formula::Whole(_), None) => self.picked(made, slot, upstream),
            (Formula::Entry(_), written) => {
                let shape = self.terms[output.index()].shape;
                let local = written.unwrap_or_else(|| self.cases(made, slot, shape));
                match local.number {
                    _ if operand.shape == shape => times(upstream, local),
                    Some(_) => times(summed(upstream), local),
                    None => summed(times(upstream, local)),
                }
            }
        }
    }

    /// A derivative that the table writes, with the names at hand; nothing where
    /// it writes none.
    fn written(
        &self,
        formula: &str,
        made: &Application,
        output: NodeId,
        slot: usize,
        upstream: Term,
        finish: fn(Term) -> Term,
    ) -> Option<Term> {
        if formula.is_empty() {
            return None;
        }
        let parsed = notation::parse(&format!("d = {formula}"));
        let LineKind::Assign { value, .. } = &parsed.program.lines.first()?.kind else {
            return None;
        };
        let operand = |slot: usize| &self.terms[made.operands[slot].index()];
        let Shape { rows, columns } = operand(slot).shape;
        let name = |name: &str| match name {
            "a" => operand(0).clone(),
            "b" => operand(1).clone(),
            "y" => self.terms[output.index()].clone(),
            "u" => upstream.clone(),
            "c" => Term::number(made.constants[0]),
            "m" => Term::number(rows as f64),
            "n" => Term::number(columns as f64),
            other => Term::name(other),
        };
        Some(expression(&parsed.program.exprs, *value, name, finish))
    }

    /// The derivative for an operand where it is a distinction of cases: `relu′(z)`.
    fn cases(&self, made: &Application, slot: usize, shape: Shape) -> Term {
        let mut prime = Term::atom(format!("{}′", made.operator.name), RunStyle::Upright);
        if made.operands.len() > 1 {
            prime.add(&(slot + 1).to_string(), RunStyle::Subscript);
        }
        let operands = made.operands.iter().map(|of| &self.terms[of.index()]);
        prime.call(operands).shaped(shape)
    }

    /// The contribution of an operator that puts entries in other places, for which
    /// the table writes no formula.
    fn picked(&self, made: &Application, slot: usize, upstream: Term) -> Term {
        let shape_of = |of: &NodeId| self.terms[of.index()].shape;
        let shape = shape_of(&made.operands[slot]);
        let before = made.operands[..slot].iter().map(shape_of);
        let piece = |first: usize, size: usize| match size {
            1 => (first + 1).to_string(),
            _ => format!("{}:{}", first + 1, first + size),
        };
        match made.operator.name {
            "vcat" => {
                let rows = piece(before.map(|shape| shape.rows).sum(), shape.rows);
                let rest = if shape.columns == 1 { "" } else { ", :" };
                upstream.indexed(&format!("{rows}{rest}")).shaped(shape)
            }
            "hcat" => {
                let columns = piece(before.map(|shape| shape.columns).sum(), shape.columns);
                let rest = if shape.rows == 1 { "" } else { ":, " };
                upstream.indexed(&format!("{rest}{columns}")).shaped(shape)
            }
            "index" => {
                let unit = |at: f64, size: usize| {
                    let mut unit = Term::atom("e".into(), RunStyle::Upright);
                    unit.add(&(at as usize).to_string(), RunStyle::Subscript);
                    let picks = size > 1 && at.to_bits() != ops::ALL.to_bits();
                    picks.then(|| unit.shaped(Shape::new(size, 1)))
                };
                let product = |left, right| simplified(Written::Infix("@"), &[left, right]);
                let mut term = upstream;
                if let Some(row) = unit(made.constants[0], shape.rows) {
                    term = product(row, term);
                }
                if let Some(column) = unit(made.constants[1], shape.columns) {
                    let column = simplified(Written::Postfix("'"), &[column]);
                    term = product(term, column);
                }
                term
            }
            _ => times(upstream, self.cases(made, slot, shape)),
        }
    }
}

fn times(left: Term, right: Term) -> Term {
    simplified(Written::Infix("*"), &[left, right])
}

/// The sum of a term over what was broadcast.
fn summed(term: Term) -> Term {
    let mut sum = Term::atom("Σ ".into(), RunStyle::Upright);
    sum.runs.extend(term.within(Binding::Product));
    sum.binding = Binding::Product;
    sum
}

/// The term of a written derivative, with its numbers worked out, factors and
/// exponents of 1 left out, and powers of 0 as 1.
fn expression(
    exprs: &Exprs,
    root: ExprId,
    name: impl Fn(&str) -> Term,
    finish: fn(Term) -> Term,
) -> Term {
    let first = exprs[root].first.index();
    let mut terms: Vec<Term> = Vec::new();
    for (_, expr) in exprs.subtree(root) {
        let of = |id: ExprId| terms[id.index() - first].clone();
        let term = match &expr.kind {
            ExprKind::Number(value) => Term::number(*value),
            ExprKind::Name(text) => name(text),
            ExprKind::Negate(operand) => simplified(Written::Prefix("-"), &[of(*operand)]),
            ExprKind::Transpose(operand) => simplified(Written::Postfix("'"), &[of(*operand)]),
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
                    None => ones(&operands),
                }
            }
            _ => Term::name(""),
        };
        terms.push(finish(term));
    }
    terms.pop().unwrap_or_else(|| Term::name(""))
}

/// The one generator that the table's derivatives have: a matrix of ones.
fn ones(sides: &[Term]) -> Term {
    let side = |at: usize| sides.get(at).and_then(|side| side.number).unwrap_or(1.0) as usize;
    let shape = Shape::new(side(0), side(1));
    if shape.is_scalar() {
        return Term::number(1.0);
    }
    let ones = Term::atom("ones".into(), RunStyle::Upright);
    ones.call(sides.iter()).shaped(shape)
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
    let one = |operand: &Term| operand.number == Some(1.0);
    let minus_one = |operand: &Term| operand.number == Some(-1.0);
    match (how, operands) {
        (Written::Infix("*" | "@"), [factor, other]) if one(factor) => other.clone(),
        (Written::Infix("*" | "@" | "/" | "^"), [other, factor]) if one(factor) => other.clone(),
        (Written::Infix("*"), [factor, other] | [other, factor]) if minus_one(factor) => {
            simplified(Written::Prefix("-"), std::slice::from_ref(other))
        }
        (Written::Infix("^"), [_, exponent]) if exponent.number == Some(0.0) => Term::number(1.0),
        (Written::Postfix(_), [operand]) if operand.shape.is_scalar() => operand.clone(),
        _ => combine(operator, operands, &[]),
    }
}
