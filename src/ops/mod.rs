//! The table of operators.
//!
//! An operator is one row in one file: its name, how it is written, its shape
//! rule, its value and its vector–Jacobian product. Everything else (the
//! notation, the tape, the page) finds it here.

#[cfg(test)]
mod dual;
mod elementwise;
#[cfg(test)]
mod forward_mode;
mod kernel;
mod loss;
mod math;
mod matrix;
mod reduce;
mod scalar;
mod shape;

use std::fmt;

use crate::matrix::{Matrix, Shape};

pub use kernel::{Call, Slot};
pub use shape::ALL;

/// One row of the table.
pub struct Operator {
    /// What a program calls it: `tanh`, `add`.
    pub name: &'static str,
    /// How a program writes it.
    pub written: Written,
    /// What the graph draws in its circle.
    pub symbol: &'static str,
    /// How many operands it takes.
    pub arity: Arity,
    /// Constants that shape it, such as the slope of `leaky_relu`: written
    /// after the operands, each with a default.
    pub constants: &'static [Constant],
    /// What the derivative is computed from.
    pub reads: Reads,
    /// The derivative for each operand as it is written. A test evaluates each
    /// of them against the product below.
    pub formula: Formula,
    /// What holds where the derivative has no value of its own.
    pub convention: Option<Convention>,
    /// The output's shape, from the operands' and the constants.
    pub shape: fn(&[Shape], &[f64]) -> Result<Shape, ShapeFault>,
    /// About how many multiply-adds computing the output takes, from the
    /// operands' shapes and its own. A product for one operand takes as many.
    pub work: fn(&[Shape], Shape) -> usize,
    /// Writes the output, row by row.
    pub forward: fn(&Call<'_>, &mut [f64]),
    /// The same with derivatives carried forward, for tests.
    #[cfg(test)]
    pub(crate) dual: fn(&Call<'_, dual::Dual>, &mut [dual::Dual]),
    /// The vector–Jacobian product: adds to the gradient of one operand what
    /// the gradient of the output (the upstream gradient) contributes to it.
    pub vjp: fn(&Call<'_>, usize, Upstream<'_>, &mut [f64]),
}

/// How many operands an operator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// Just so many.
    Exactly(usize),
    /// So many or more.
    AtLeast(usize),
}

impl Arity {
    /// The fewest.
    pub const fn least(self) -> usize {
        match self {
            Self::Exactly(count) | Self::AtLeast(count) => count,
        }
    }

    /// Whether so many are right.
    pub const fn takes(self, count: usize) -> bool {
        match self {
            Self::Exactly(exactly) => count == exactly,
            Self::AtLeast(least) => count >= least,
        }
    }
}

/// A written derivative, in the project's own notation, for each operand (of
/// any number of operands for all alike). `a` and `b` are the operands, `y` the
/// output, `u` its gradient (the upstream gradient), `c` the constant, `m` and
/// `n` the rows and columns of the operand that is asked for. Empty where it is
/// a distinction of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// The derivative of an entry of the output by the entry of the operand: the
    /// contribution is `u` times this, summed over what was broadcast.
    Entry(&'static [&'static str]),
    /// The whole contribution to the operand's gradient.
    Whole(&'static [&'static str]),
}

/// How a program writes an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Between its two operands: `a + b`.
    Infix(&'static str),
    /// Before its operand: `-a`.
    Prefix(&'static str),
    /// Behind its operand: `a'`.
    Postfix(&'static str),
    /// In square brackets behind its operand: `a[2, :]`.
    Index,
    /// As a call: `tanh(a)`.
    Function,
}

/// What a derivative is computed from: a tape that keeps only what is read
/// later can forget the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Neither operands nor output.
    Nothing,
    /// The operands.
    Operands,
    /// The output alone.
    Output,
    /// Both.
    Both,
}

/// A constant of an operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constant {
    /// Its name in a call.
    pub name: &'static str,
    /// What holds where a program leaves it out.
    pub default: f64,
}

/// What a derivative is taken to be at a kink or an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// 0 where the operand is 0.
    ZeroAtZero,
    /// The constant where the operand is 0.
    ConstantAtZero,
    /// ½ for each operand where both are equal.
    HalfAtTies,
    /// Infinity where the operand is 0.
    InfiniteAtZero,
    /// 0 where both operands are equal.
    ZeroAtEqual,
    /// 0 at the edge beyond which the loss is 0.
    ZeroAtEdge,
    /// 0·log 0 is 0.
    ZeroTimesLogZero,
    /// For a power: ∂(aᵇ)/∂a is 0 where b = 0; ∂(aᵇ)/∂b is 0 where a = 0 and
    /// b ≥ 0, and NaN where a < 0.
    Power,
}

/// What the backward pass hands to a vector–Jacobian product.
#[derive(Clone, Copy, Debug)]
pub struct Upstream<'a> {
    /// The operator's output, row by row.
    pub output: &'a [f64],
    /// The loss's gradient with respect to that output.
    pub gradient: &'a [f64],
}

/// Operands whose shapes do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapeFault {
    /// Sizes neither agree nor is one of them 1.
    Broadcast {
        /// Shape of the left operand.
        left: Shape,
        /// Shape of the right operand.
        right: Shape,
    },
    /// The left operand has not as many columns as the right one has rows.
    Product {
        /// Shape of the left operand.
        left: Shape,
        /// Shape of the right operand.
        right: Shape,
    },
    /// Both operands must have one shape.
    Differ {
        /// Shape of the left operand.
        left: Shape,
        /// Shape of the right operand.
        right: Shape,
    },
    /// Stacked on each other, all must have as many columns.
    Columns {
        /// Shape of the first operand.
        first: Shape,
        /// Shape of the one that has another number.
        other: Shape,
    },
    /// Set side by side, all must have as many rows.
    Rows {
        /// Shape of the first operand.
        first: Shape,
        /// Shape of the one that has another number.
        other: Shape,
    },
    /// An index beyond the rows or columns.
    Beyond {
        /// The index.
        index: u64,
        /// How many there are.
        size: usize,
    },
}

impl ShapeFault {
    /// The two shapes that do not go together; none where there is but one.
    pub fn shapes(&self) -> Option<(Shape, Shape)> {
        match *self {
            Self::Broadcast { left, right }
            | Self::Product { left, right }
            | Self::Differ { left, right }
            | Self::Columns {
                first: left,
                other: right,
            }
            | Self::Rows {
                first: left,
                other: right,
            } => Some((left, right)),
            Self::Beyond { .. } => None,
        }
    }
}

impl fmt::Debug for Operator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Operator({})", self.name)
    }
}

impl PartialEq for Operator {
    /// Names are unique in the table.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Operator {
    /// The value for operands that are at hand as matrices, outside a tape.
    pub fn evaluate(&self, operands: &[&Matrix], constants: &[f64]) -> Result<Matrix, ShapeFault> {
        let shapes: Vec<Shape> = operands.iter().map(|operand| operand.shape()).collect();
        let shape = (self.shape)(&shapes, constants)?;
        let memory: Vec<f64> = operands.iter().flat_map(|m| m.data()).copied().collect();
        let slots: Vec<Slot> = shapes
            .iter()
            .scan(0, |offset, &shape| {
                let slot = Slot {
                    offset: *offset,
                    shape,
                };
                *offset += shape.len();
                Some(slot)
            })
            .collect();
        let mut output = Matrix::zeros(shape);
        let call = Call::new(&memory, &slots, constants, shape);
        (self.forward)(&call, output.data_mut());
        Ok(output)
    }

    /// About how many multiply-adds it takes to compute the output and to go
    /// back to each operand.
    pub fn passes(&self, operands: &[Shape], output: Shape) -> u64 {
        let work = (self.work)(operands, output) as u64;
        work.saturating_mul(operands.len() as u64 + 1)
    }

    /// The default of each constant.
    pub fn defaults(&self) -> impl Iterator<Item = f64> {
        self.constants.iter().map(|constant| constant.default)
    }
}

/// Every operator, in the order of the reference table. A start of the page, which opens
/// the first lesson alone, has the element-wise ones and no other.
pub fn table() -> impl Iterator<Item = &'static Operator> {
    let others = cfg!(feature = "whole").then(|| {
        [
            matrix::OPERATORS,
            shape::OPERATORS,
            reduce::OPERATORS,
            loss::OPERATORS,
        ]
    });
    let tables = [elementwise::OPERATORS].into_iter();
    tables.chain(others.into_iter().flatten()).flatten()
}

/// The operator of this name.
pub fn named(name: &str) -> Option<&'static Operator> {
    table().find(|operator| operator.name == name)
}

/// The function of this name as a program may call it; `σ` is `sigmoid`.
pub fn function(name: &str) -> Option<&'static Operator> {
    let name = if name == "σ" { "sigmoid" } else { name };
    named(name).filter(|operator| operator.written == Written::Function)
}

/// The operator that is written in this way.
pub fn written(how: Written) -> Option<&'static Operator> {
    table().find(|operator| operator.written == how)
}
