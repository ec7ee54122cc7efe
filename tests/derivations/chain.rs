//! The value of products from dense Jacobians, each by central differences of its
//! operator alone: what knows nothing of vector–Jacobian products.

use chalkgrad::derivation;
use chalkgrad::formula::{Formula, Joint, Kind, Stands};
use chalkgrad::graph::{Graph, NodeId};
use chalkgrad::matrix::Matrix;
use chalkgrad::tape::Tape;

use crate::assert_close;

/// The value of an equation's last side. Where that has products of local derivatives
/// it is made of Jacobians; they are exact to about 1e-10, so that it is rounded to the
/// engine's where it is as near as that.
pub fn value(equation: &Formula, graph: &Graph, tape: &Tape) -> Vec<f64> {
    let Kind::Equation(sides) = &equation.kind else {
        panic!("an equation");
    };
    let (left, right) = (&sides[0], sides.last().expect("two sides"));
    let exact = derivation::value(left, graph, tape).expect("the gradient");
    let found = of(right, graph, tape);
    let largest = exact
        .data()
        .iter()
        .fold(1.0_f64, |most, number| most.max(number.abs()));
    let pairs = found.iter().zip(exact.data());
    let round = |(&found, &exact): (&f64, &f64)| {
        if (found - exact).abs() < 1e-8 * largest {
            exact
        } else {
            found
        }
    };
    pairs.map(round).collect()
}

/// Checks that all sides of an equation have one value.
#[track_caller]
pub fn check_sides(equation: &Formula, graph: &Graph, tape: &Tape, what: &str) {
    let Kind::Equation(sides) = &equation.kind else {
        panic!("an equation");
    };
    let values = sides
        .iter()
        .map(|side| derivation::value(side, graph, tape).expect(what));
    let values: Vec<Matrix> = values.collect();
    for value in &values[1..] {
        assert_close(value.data(), values[0].data(), what);
    }
}

fn of(formula: &Formula, graph: &Graph, tape: &Tape) -> Vec<f64> {
    match &formula.kind {
        Kind::Terms { terms, .. } => {
            let mut sum = vec![0.0; formula.shape.len()];
            for term in terms {
                for (sum, term) in sum.iter_mut().zip(of(term, graph, tape)) {
                    *sum += term;
                }
            }
            sum
        }
        Kind::Known(made, _) => of(made, graph, tape),
        Kind::Product(factors, _) => {
            let mut row = match jacobian(&factors[0], graph, tape) {
                Some(row) => row.concat(),
                None => of(&factors[0], graph, tape),
            };
            for factor in flat(&factors[1..]) {
                let jacobian = jacobian(factor, graph, tape).expect("a local derivative");
                row = product(&row, &jacobian);
            }
            row
        }
        _ => {
            let value = derivation::value(formula, graph, tape).expect("a value");
            value.data().to_vec()
        }
    }
}

/// The factors with those of inner lists in their places.
fn flat(factors: &[Formula]) -> Vec<&Formula> {
    let inner = factors.iter().flat_map(|factor| match &factor.kind {
        Kind::Product(inner, Joint::Comma) => flat(inner),
        _ => vec![factor],
    });
    inner.collect()
}

/// A row times a matrix.
fn product(row: &[f64], matrix: &[Vec<f64>]) -> Vec<f64> {
    let width = matrix[0].len();
    let column = |at: usize| -> f64 { row.iter().zip(matrix).map(|(a, b)| a * b[at]).sum() };
    (0..width).map(column).collect()
}

/// ∂output/∂operand of one use, a row for each entry of the output.
fn jacobian(factor: &Formula, graph: &Graph, tape: &Tape) -> Option<Vec<Vec<f64>>> {
    let (output, slot) = factor.stands.iter().find_map(|stands| match *stands {
        Stands::Local { output, slot } => Some((output, slot)),
        _ => None,
    })?;
    let made = graph.node(output).application()?;
    let operands: Vec<Matrix> = made
        .operands
        .iter()
        .map(|&id| matrix(graph, tape, id))
        .collect();
    let evaluate = |entry: usize, change: f64| {
        let mut changed = operands.clone();
        changed[slot].data_mut()[entry] += change;
        let changed: Vec<&Matrix> = changed.iter().collect();
        made.operator
            .evaluate(&changed, &made.constants)
            .expect("fits")
    };
    let step = 1e-4;
    let columns: Vec<Vec<f64>> = (0..operands[slot].shape().len())
        .map(|entry| {
            // Of fourth order: the error is about step⁴ and 1e-16/step.
            let [far, near, back, back_far] =
                [2.0, 1.0, -1.0, -2.0].map(|by| evaluate(entry, by * step));
            let difference = |at: usize| {
                let near = near.data()[at] - back.data()[at];
                let far = far.data()[at] - back_far.data()[at];
                (8.0 * near - far) / (12.0 * step)
            };
            (0..near.shape().len()).map(difference).collect()
        })
        .collect();
    let rows = columns[0].len();
    let row = |at: usize| columns.iter().map(|column| column[at]).collect();
    Some((0..rows).map(row).collect())
}

fn matrix(graph: &Graph, tape: &Tape, id: NodeId) -> Matrix {
    Matrix::new(graph.node(id).shape, tape.value(id)).expect("its shape")
}
