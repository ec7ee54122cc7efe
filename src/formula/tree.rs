//! The tree that a formula is.

use std::ops::Range;

use crate::graph::NodeId;
use crate::matrix::Shape;
use crate::ops::Operator;

/// A formula, or a piece of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// What it is made of.
    pub kind: Kind,
    /// Rows and columns of its value; of an equation those of its left side.
    pub shape: Shape,
    /// What it stands for, the nearest meaning first: the `Wᵀ` in `Wᵀ ∂L/∂o` is a
    /// local derivative, the `W` in it a value.
    pub stands: Vec<Stands>,
}

/// What a factor stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stands {
    /// The value of a node.
    Value(NodeId),
    /// The gradient of the loss with respect to a node.
    Gradient(NodeId),
    /// The same, taken over from the step in which it was made.
    Upstream(NodeId),
    /// The local derivative of the operator that computes a node.
    Local {
        /// What it computes.
        output: NodeId,
        /// For which of its operands.
        slot: usize,
    },
}

/// What a formula is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number, in every entry.
    Number(f64),
    /// A name: its letters, the digits below the line, and which binding of the
    /// name it is, above it.
    Name {
        /// Its letters.
        stem: String,
        /// Below the line; may be empty.
        below: String,
        /// Above the line; may be empty.
        binding: String,
    },
    /// Something upright that has no name: `2×3` for a constant, `…` for what is
    /// too long to be written.
    Text(String),
    /// An operator of the table.
    Applied {
        /// Its row.
        operator: &'static Operator,
        /// Its operands.
        operands: Vec<Formula>,
        /// Its constants.
        constants: Vec<f64>,
    },
    /// The derivative of a function for an operand as a function of its own: `φ′(z)`,
    /// `max′₁(a, b)`.
    Primed {
        /// The function.
        name: String,
        /// The operand's place, where there are several.
        slot: Option<usize>,
        /// Its operands.
        operands: Vec<Formula>,
    },
    /// A matrix of ones.
    Ones,
    /// A unit vector, a column whose 1 stands at this place, from 0.
    Unit(usize),
    /// What stands in these rows and columns of something else, from 0.
    Picked {
        /// The whole.
        of: Box<Formula>,
        /// Rows.
        rows: Range<usize>,
        /// Columns.
        columns: Range<usize>,
    },
    /// The sum over what was broadcast.
    Summed(Box<Formula>),
    /// ∂ of something by something else, for one of its uses where there are
    /// several: `∂L/∂h`, `(∂y/∂x)₂`.
    Derivative {
        /// What is differentiated.
        of: Box<Formula>,
        /// By what.
        by: Box<Formula>,
        /// Which use, from 0.
        slot: Option<usize>,
    },
    /// The lecture's product of a gradient with local derivatives: multiply after
    /// whatever transposes or reorderings the shapes need.
    Product(Vec<Formula>, Joint),
    /// Something with a brace below it, and what it is known as.
    Known(Box<Formula>, Box<Formula>),
    /// A sum, of which only the first terms may be written.
    Terms {
        /// The terms.
        terms: Vec<Formula>,
        /// Whether there are more.
        has_more: bool,
    },
    /// Sides of equations.
    Equation(Vec<Formula>),
    /// An assignment: `W ← W − η ∂L/∂W`.
    Update(Box<Formula>, Box<Formula>),
}

/// How the factors of a product are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// `prod(a, b)`.
    Prod,
    /// `a · b`.
    Dot,
    /// `a, b`, within another `prod`.
    Comma,
    /// `a b`.
    Space,
}

impl Formula {
    /// A piece that stands for nothing.
    pub(crate) fn new(kind: Kind, shape: Shape) -> Self {
        Self {
            kind,
            shape,
            stands: Vec::new(),
        }
    }

    /// A number.
    pub(crate) fn number(value: f64) -> Self {
        Self::new(Kind::Number(value), Shape::SCALAR)
    }

    /// Nothing but zeros.
    pub(crate) fn zeros(shape: Shape) -> Self {
        Self::new(Kind::Number(0.0), shape)
    }

    /// Something upright without a name.
    pub(crate) fn text(text: &str) -> Self {
        Self::new(Kind::Text(text.into()), Shape::SCALAR)
    }

    /// A name in results: digits at its end go below the line, an earlier
    /// binding's number above it.
    pub(crate) fn name(key: &str) -> Self {
        let (name, binding) = match key.split_once('#') {
            Some((name, binding)) => (name, format!("({binding})")),
            None => (key, String::new()),
        };
        let is_digit = |c: char| c.is_ascii_digit() || ('₀'..='₉').contains(&c);
        let stem = match name.trim_end_matches(is_digit) {
            "" => name,
            stem => stem,
        };
        let below = name[stem.len()..].chars().map(level).collect();
        let kind = Kind::Name {
            stem: stem.into(),
            below,
            binding,
        };
        Self::new(kind, Shape::SCALAR)
    }

    /// The same, standing for a matrix of this shape.
    pub(super) fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    /// The same, standing for this before all that it stands for already.
    #[must_use]
    pub fn standing_for(mut self, stands: Stands) -> Self {
        self.stands.insert(0, stands);
        self
    }

    /// The product of a gradient with local derivatives.
    pub(crate) fn product(factors: Vec<Self>, joint: Joint) -> Self {
        let shape = factors.last().map_or(Shape::SCALAR, |last| last.shape);
        Self::new(Kind::Product(factors, joint), shape)
    }

    /// `left = right`.
    #[must_use]
    pub fn equals(self, right: Self) -> Self {
        let shape = self.shape;
        let sides = match self.kind {
            Kind::Equation(mut sides) => {
                sides.push(right);
                sides
            }
            _ => vec![self, right],
        };
        Self::new(Kind::Equation(sides), shape)
    }

    /// Its value, where it is a number.
    pub(crate) fn as_number(&self) -> Option<f64> {
        match self.kind {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is a derivative, which is written with a stroke.
    pub(super) fn is_derivative(&self) -> bool {
        matches!(self.kind, Kind::Derivative { .. })
    }
}

/// `₁` as the digit it stands for.
fn level(c: char) -> char {
    match c {
        '₀'..='₉' => char::from_digit(c as u32 - '₀' as u32, 10).unwrap_or(c),
        other => other,
    }
}
