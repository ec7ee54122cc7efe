//! What a formula comes to, from its own factors.

use crate::formula::{Formula, Joint, Kind, Stands};
use crate::graph::{Graph, NodeId};
use crate::matrix::{Matrix, Shape};
use crate::ops::{Call, Slot, Upstream};
use crate::tape::Tape;

/// The value of a formula of this graph: what stands for a node's value or gradient
/// is taken from the tape, after a forward and a backward pass, and all else is
/// computed from that as it is written. Of an equation it is the value of the last
/// side. Nothing where pieces of it are not written out.
///
/// In a product of a gradient with local derivatives each of these takes the gradient
/// of an output to what it contributes to the operand's.
pub fn value(formula: &Formula, graph: &Graph, tape: &Tape) -> Option<Matrix> {
    Valuer { graph, tape }.value(formula)
}

struct Valuer<'a> {
    graph: &'a Graph,
    tape: &'a Tape,
}

impl Valuer<'_> {
    /// At kinks and edges, where what is written has no value of its own, the one that
    /// the operator takes there.
    fn value(&self, formula: &Formula) -> Option<Matrix> {
        let mut value = self.written(formula)?;
        let is_odd = value.data().iter().any(|number| !number.is_finite());
        let at_edge = local(formula).filter(|&(output, _)| {
            let made = self.graph.node(output).application();
            is_odd && made.is_some_and(|made| made.operator.convention.is_some())
        });
        if let Some((output, slot)) = at_edge {
            let slopes = self.slopes(output, slot, formula.shape)?;
            for (number, slope) in value.data_mut().iter_mut().zip(slopes.data()) {
                if !number.is_finite() {
                    *number = *slope;
                }
            }
        }
        Some(value)
    }

    fn written(&self, formula: &Formula) -> Option<Matrix> {
        let known = |numbers: &[f64]| Matrix::new(formula.shape, numbers);
        for stands in &formula.stands {
            match (*stands, &formula.kind) {
                (Stands::Value(node), _) => return known(self.tape.value(node)),
                (Stands::Gradient(node) | Stands::Upstream(node), Kind::Derivative { .. }) => {
                    return known(self.tape.gradient(node));
                }
                _ => {}
            }
        }
        match &formula.kind {
            Kind::Number(value) => Matrix::new(formula.shape, vec![*value; formula.shape.len()]),
            Kind::Name { .. } | Kind::Text(_) | Kind::Update(..) => None,
            Kind::Applied {
                operator,
                operands,
                constants,
            } => {
                let operands = operands.iter().map(|operand| self.value(operand));
                let operands: Vec<Matrix> = operands.collect::<Option<_>>()?;
                let operands: Vec<&Matrix> = operands.iter().collect();
                operator.evaluate(&operands, constants).ok()
            }
            Kind::Primed { .. } => {
                let (output, slot) = local(formula)?;
                self.slopes(output, slot, formula.shape)
            }
            Kind::Derivative { .. } => self.passed(Matrix::scalar(1.0), formula),
            Kind::Ones => Matrix::new(formula.shape, vec![1.0; formula.shape.len()]),
            Kind::Unit(place) => {
                let mut unit = Matrix::zeros(formula.shape);
                unit.data_mut()[*place] = 1.0;
                Some(unit)
            }
            Kind::Picked { of, rows, columns } => {
                let whole = self.value(of)?;
                let width = of.shape.columns;
                let rows = rows
                    .clone()
                    .flat_map(|row| columns.clone().map(move |column| row * width + column));
                let picked: Vec<f64> = rows.map(|at| whole.data()[at]).collect();
                Matrix::new(formula.shape, picked)
            }
            Kind::Summed(of) => Some(summed(&self.value(of)?, formula.shape)),
            Kind::Product(factors, _) => {
                let mut factors = factors.iter();
                let first = self.value(factors.next()?)?;
                factors.try_fold(first, |gradient, factor| self.passed(gradient, factor))
            }
            Kind::Known(of, _) => self.value(of),
            Kind::Terms { has_more: true, .. } => None,
            Kind::Terms { terms, .. } => {
                let mut terms = terms.iter();
                let mut sum = self.value(terms.next()?)?;
                for term in terms {
                    let term = self.value(term)?;
                    for (sum, term) in sum.data_mut().iter_mut().zip(term.data()) {
                        *sum += term;
                    }
                }
                Some(sum)
            }
            Kind::Equation(sides) => self.value(sides.last()?),
        }
    }

    /// What a local derivative makes of the gradient of its operator's output.
    fn passed(&self, gradient: Matrix, factor: &Formula) -> Option<Matrix> {
        if let Kind::Product(factors, Joint::Comma) = &factor.kind {
            let mut factors = factors.iter();
            return factors.try_fold(gradient, |gradient, factor| self.passed(gradient, factor));
        }
        let (output, slot) = local(factor)?;
        let contribution = self.tape.contribution(output, slot, gradient.data());
        Matrix::new(factor.shape, contribution)
    }

    /// The derivative of an operator's entries by an operand's, one for each entry of
    /// this shape: of the operand, or of an output over which it was spread.
    fn slopes(&self, output: NodeId, slot: usize, shape: Shape) -> Option<Matrix> {
        let made = self.graph.node(output).application()?;
        let whole = self.graph.node(output).shape;
        let ones = vec![1.0; whole.len()];
        if self.graph.node(made.operands[slot]).shape == shape {
            return Matrix::new(shape, self.tape.contribution(output, slot, &ones));
        }
        let mut memory = Vec::new();
        let mut slots = Vec::new();
        for &operand in &made.operands {
            let offset = memory.len();
            let of = self.graph.node(operand).shape;
            memory.extend(spread(self.tape.value(operand), of, shape));
            slots.push(Slot { offset, shape });
        }
        let call = Call::new(&memory, &slots, &made.constants, shape);
        let upstream = Upstream {
            output: self.tape.value(output),
            gradient: &ones,
        };
        let mut slopes = Matrix::zeros(shape);
        (made.operator.vjp)(&call, slot, upstream, slopes.data_mut());
        Some(slopes)
    }
}

fn local(formula: &Formula) -> Option<(NodeId, usize)> {
    formula.stands.iter().find_map(|stands| match *stands {
        Stands::Local { output, slot } => Some((output, slot)),
        _ => None,
    })
}

/// The entries of a matrix as they are spread over another shape.
fn spread(numbers: &[f64], from: Shape, to: Shape) -> impl Iterator<Item = f64> + '_ {
    (0..to.len()).map(move |at| {
        let (row, column) = (at / to.columns, at % to.columns);
        let row = if from.rows == 1 { 0 } else { row };
        let column = if from.columns == 1 { 0 } else { column };
        numbers[row * from.columns + column]
    })
}

/// The sum over what was broadcast from this shape.
fn summed(whole: &Matrix, shape: Shape) -> Matrix {
    let mut sum = Matrix::zeros(shape);
    let columns = whole.shape().columns;
    for (at, number) in whole.data().iter().enumerate() {
        let row = if shape.rows == 1 { 0 } else { at / columns };
        let column = if shape.columns == 1 { 0 } else { at % columns };
        sum.data_mut()[row * shape.columns + column] += number;
    }
    sum
}
