//! How much a formula takes to be worked out.

use std::ops::AddAssign;

use crate::formula::{Formula, Kind, Stands};
use crate::graph::NodeId;
use crate::matrix::Shape;
use crate::ops::Written;

/// A count of arithmetic. Divisions count as multiplications, differences as
/// additions; what functions such as exp take inside is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Multiplications.
    pub multiplications: u128,
    /// Additions.
    pub additions: u128,
}

impl AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.multiplications = self.multiplications.saturating_add(other.multiplications);
        self.additions = self.additions.saturating_add(other.additions);
    }
}

impl Work {
    /// So many additions.
    pub(super) fn of_additions(additions: usize) -> Self {
        Self {
            multiplications: 0,
            additions: additions as u128,
        }
    }

    fn of_multiplications(multiplications: usize) -> Self {
        Self {
            multiplications: multiplications as u128,
            additions: 0,
        }
    }

    /// The same so many times.
    pub(super) fn times(self, count: u128) -> Self {
        Self {
            multiplications: self.multiplications.saturating_mul(count),
            additions: self.additions.saturating_mul(count),
        }
    }
}

/// What it takes to work out a formula, or as many rows and columns of it: values are
/// known from the forward pass; of each upstream gradient `need` is told how many rows
/// and columns have to be at hand.
pub fn work(formula: &Formula, region: Shape, need: &mut impl FnMut(NodeId, Shape)) -> Work {
    let mut done = Work::default();
    // The pieces that are still to be worked out, each with how much of it.
    let mut left = vec![(formula, region)];
    while let Some((formula, region)) = left.pop() {
        let gradient = formula.stands.iter().find_map(|stands| match *stands {
            Stands::Gradient(node) | Stands::Upstream(node) => Some(Some(node)),
            Stands::Value(_) => Some(None),
            Stands::Local { .. } => None,
        });
        match gradient {
            Some(Some(node)) => need(node, region),
            Some(None) => {}
            None => done += step(formula, region, &mut left),
        }
    }
    done
}

/// The last operator of a formula, and how much it needs of its operands.
fn step<'f>(formula: &'f Formula, region: Shape, left: &mut Vec<(&'f Formula, Shape)>) -> Work {
    match &formula.kind {
        Kind::Summed(of) => {
            let all = Shape::new(
                if formula.shape.rows == 1 {
                    of.shape.rows
                } else {
                    region.rows
                },
                if formula.shape.columns == 1 {
                    of.shape.columns
                } else {
                    region.columns
                },
            );
            left.push((of, all));
            Work::of_additions(all.len() - region.len())
        }
        Kind::Picked { of, .. } => {
            left.push((of, region));
            Work::default()
        }
        Kind::Terms { terms, .. } => {
            left.extend(terms.iter().map(|term| (term, region)));
            Work::of_additions((terms.len() - 1) * region.len())
        }
        Kind::Applied {
            operator, operands, ..
        } => applied(operator.written, operator.name, operands, region, left),
        _ => Work::default(),
    }
}

fn applied<'f>(
    written: Written,
    name: &str,
    operands: &'f [Formula],
    region: Shape,
    left: &mut Vec<(&'f Formula, Shape)>,
) -> Work {
    let entries = region.len();
    match (written, operands) {
        (Written::Infix("@"), [a, b]) => {
            let inner = a.shape.columns;
            left.push((a, Shape::new(region.rows, inner)));
            left.push((b, Shape::new(inner, region.columns)));
            let sums = Work::of_additions(entries * (inner - 1));
            match (only_moves(a), only_moves(b)) {
                (Moves::Picks, _) | (_, Moves::Picks) => Work::default(),
                (Moves::Adds, _) | (_, Moves::Adds) => sums,
                _ => {
                    let mut both = Work::of_multiplications(entries * inner);
                    both += sums;
                    both
                }
            }
        }
        (Written::Postfix(_), [of]) => {
            left.push((of, Shape::new(region.columns, region.rows)));
            Work::default()
        }
        (Written::Infix("^"), [base, exponent]) => {
            left.push((base, clipped(base, region)));
            match exponent.as_number() {
                Some(power) if power.fract() == 0.0 && (2.0..=64.0).contains(&power) => {
                    Work::of_multiplications(entries * (power as usize - 1))
                }
                _ => Work::default(),
            }
        }
        (Written::Function, [of])
            if matches!(name, "sum" | "mean" | "sum_rows" | "sum_cols" | "softmax") =>
        {
            let all = Shape::new(
                if name == "sum_cols" {
                    region.rows
                } else {
                    of.shape.rows
                },
                if matches!(name, "sum_rows" | "softmax") {
                    region.columns
                } else {
                    of.shape.columns
                },
            );
            left.push((of, all));
            match name {
                "softmax" => Work::default(),
                _ => Work::of_additions(all.len() - entries),
            }
        }
        _ => {
            left.extend(
                operands
                    .iter()
                    .map(|operand| (operand, clipped(operand, region))),
            );
            match written {
                Written::Infix("*" | "/") => Work::of_multiplications(entries),
                Written::Infix("+" | "-") => Work::of_additions(entries),
                _ => Work::default(),
            }
        }
    }
}

/// How a factor of a matrix product spares multiplications.
enum Moves {
    /// Entries are picked by a unit vector.
    Picks,
    /// Entries are added up by ones.
    Adds,
    Neither,
}

fn only_moves(formula: &Formula) -> Moves {
    match &formula.kind {
        Kind::Unit(_) => Moves::Picks,
        Kind::Ones => Moves::Adds,
        Kind::Applied {
            operator, operands, ..
        } if matches!(operator.written, Written::Postfix(_)) => {
            operands.first().map_or(Moves::Neither, only_moves)
        }
        _ => Moves::Neither,
    }
}

/// As much of an operand as a part of the output needs.
fn clipped(operand: &Formula, region: Shape) -> Shape {
    Shape::new(
        region.rows.min(operand.shape.rows),
        region.columns.min(operand.shape.columns),
    )
}
