//! How much a formula takes to be worked out.

use std::ops::{AddAssign, Range};

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

/// Some of the rows and columns of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Which rows, from 0.
    pub rows: Range<usize>,
    /// Which columns, from 0.
    pub columns: Range<usize>,
}

impl Region {
    /// All of a matrix.
    pub fn all(shape: Shape) -> Self {
        Self {
            rows: 0..shape.rows,
            columns: 0..shape.columns,
        }
    }

    /// The first entry.
    pub fn first() -> Self {
        Self::all(Shape::SCALAR)
    }

    /// How many entries it has.
    pub(super) fn len(&self) -> usize {
        self.rows.len() * self.columns.len()
    }

    /// The smallest one that has both.
    pub(super) fn hull(&self, other: &Self) -> Self {
        let hull = |a: &Range<usize>, b: &Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        Self {
            rows: hull(&self.rows, &other.rows),
            columns: hull(&self.columns, &other.columns),
        }
    }
}

/// What it takes to work out a formula, or a region of it: values are known from the
/// forward pass; of each upstream gradient `need` is told which region has to be at hand.
pub fn work(formula: &Formula, region: Region, need: &mut impl FnMut(NodeId, Region)) -> Work {
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

/// The last operator of a formula, and which region it needs of its operands.
fn step<'f>(formula: &'f Formula, region: Region, left: &mut Vec<(&'f Formula, Region)>) -> Work {
    match &formula.kind {
        Kind::Summed(of) => {
            let whole = Region::all(of.shape);
            let entries = region.len();
            let all = Region {
                rows: if formula.shape.rows == 1 {
                    whole.rows
                } else {
                    region.rows
                },
                columns: if formula.shape.columns == 1 {
                    whole.columns
                } else {
                    region.columns
                },
            };
            let additions = all.len() - entries;
            left.push((of, all));
            Work::of_additions(additions)
        }
        Kind::Picked { of, rows, columns } => {
            let moved = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
            let picked = Region {
                rows: moved(&region.rows, rows.start),
                columns: moved(&region.columns, columns.start),
            };
            left.push((of, picked));
            Work::default()
        }
        Kind::Terms { terms, .. } => {
            let additions = (terms.len() - 1) * region.len();
            left.extend(terms.iter().map(|term| (term, region.clone())));
            Work::of_additions(additions)
        }
        Kind::Applied {
            operator, operands, ..
        } => applied(operator.written, operator.name, operands, &region, left),
        _ => Work::default(),
    }
}

fn applied<'f>(
    written: Written,
    name: &str,
    operands: &'f [Formula],
    region: &Region,
    left: &mut Vec<(&'f Formula, Region)>,
) -> Work {
    let entries = region.len();
    let (rows, columns) = (region.rows.clone(), region.columns.clone());
    match (written, operands) {
        (Written::Infix("@"), [a, b]) => {
            let inner = a.shape.columns;
            let across = 0..inner;
            left.push((
                a,
                Region {
                    rows,
                    columns: across.clone(),
                },
            ));
            left.push((
                b,
                Region {
                    rows: across,
                    columns,
                },
            ));
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
            left.push((
                of,
                Region {
                    rows: columns,
                    columns: rows,
                },
            ));
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
            let whole = Region::all(of.shape);
            let all = Region {
                rows: if name == "sum_cols" { rows } else { whole.rows },
                columns: match name {
                    "sum_rows" | "softmax" => columns,
                    _ => whole.columns,
                },
            };
            let additions = match name {
                "softmax" => 0,
                _ => all.len() - entries,
            };
            left.push((of, all));
            Work::of_additions(additions)
        }
        _ => {
            let operands = operands.iter();
            left.extend(operands.map(|operand| (operand, clipped(operand, region))));
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

/// The region of an operand that one of the output needs: what is spread over the output
/// has only one row or column.
fn clipped(operand: &Formula, region: &Region) -> Region {
    let clip = |range: &Range<usize>, size: usize| match size {
        1 => 0..1,
        _ => range.clone(),
    };
    Region {
        rows: clip(&region.rows, operand.shape.rows),
        columns: clip(&region.columns, operand.shape.columns),
    }
}
