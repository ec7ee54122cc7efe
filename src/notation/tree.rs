//! The syntax tree.
//!
//! Expressions lie in one arena in post-order: operands stand before their
//! operator, and a subtree is the contiguous range from its `first` node to
//! its root. A pass over an expression is therefore a loop over that range,
//! and a chain of sixty thousand operators is read, elaborated and dropped
//! without recursion.

use std::ops::Index as IndexBy;

use super::place::Span;

/// A program as written: its lines, and the expressions they contain.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The lines without a fault, in order.
    pub lines: Vec<Line>,
    /// The expressions of all lines.
    pub exprs: Exprs,
    /// Names that lines with a fault would have bound. To whoever looks for
    /// unknown names, these are known, though their values are not.
    pub lost: Vec<Name>,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// From its first token to its last.
    pub span: Span,
    /// What it says.
    pub kind: LineKind,
}

/// What a line says.
#[derive(Clone, Debug)]
pub enum LineKind {
    /// `data x = 2`, `param W = normal(3, 4)`, `data x, y = circle(250)`.
    Declare {
        /// Given or trained.
        role: Role,
        /// One name, or two for a data set.
        names: Vec<Name>,
        /// The value, or what makes it.
        value: ExprId,
    },
    /// `y = 4x^2`.
    Assign {
        /// What is bound.
        name: Name,
        /// To what.
        value: ExprId,
    },
    /// `minimize L`.
    Minimize {
        /// The loss.
        name: Name,
    },
    /// `repeat 5 { … }`.
    Repeat {
        /// How many times.
        count: Integer,
        /// Lines that are [`Assign`](Self::Assign) or [`Repeat`](Self::Repeat).
        body: Vec<Line>,
    },
    /// `fn f(x) = x^2`.
    Define {
        /// The function.
        name: Name,
        /// Its parameters.
        params: Vec<Name>,
        /// Its result.
        body: ExprId,
    },
    /// `seed 7`, `batch 32`.
    Setting {
        /// Which one.
        setting: Setting,
        /// Its value.
        value: Integer,
    },
}

/// What a declaration declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A given value.
    Data,
    /// A trained value.
    Param,
}

/// What a setting sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// What random numbers start from.
    Seed,
    /// How many samples an update looks at.
    Batch,
}

/// A name where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where.
    pub span: Span,
    /// Its characters, full-width forms folded to their ASCII selves.
    pub text: Box<str>,
}

/// A whole number where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integer {
    /// Where.
    pub span: Span,
    /// Its value.
    pub value: u64,
}

/// An expression, by its place in [`Exprs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExprId(u32);

impl ExprId {
    /// Its place in the arena, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An expression where it is written.
#[derive(Clone, Debug)]
pub struct Expr {
    /// From its first token to its last; brackets around it are not part of it.
    pub span: Span,
    /// The first expression of its subtree: itself if it has no operands.
    pub first: ExprId,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `2.5`; finite and not negative.
    Number(f64),
    /// `x`.
    Name(Box<str>),
    /// `-x`.
    Negate(ExprId),
    /// `a + b`. Juxtaposition is [`BinaryOperator::Mul`] and a superscript
    /// [`BinaryOperator::Pow`].
    Binary {
        /// Which.
        operator: BinaryOperator,
        /// Where its sign is; empty, between the two sides, in `2x`.
        at: Span,
        /// What stands before it.
        left: ExprId,
        /// What stands after it.
        right: ExprId,
    },
    /// `x'`.
    Transpose(ExprId),
    /// `f(x, slope = 0.1)`.
    Call {
        /// What is called.
        function: Name,
        /// With what.
        arguments: Vec<Argument>,
    },
    /// `A[2, :]`.
    Index {
        /// What entries are taken of.
        of: ExprId,
        /// Row, or place in a row or column if it is the only one.
        first: Index,
        /// Column.
        second: Option<Index>,
    },
    /// `[1, 2; 3, 4]`. Rows are never empty; their lengths may differ.
    Matrix {
        /// Row by row.
        rows: Vec<Vec<ExprId>>,
    },
}

/// An operator with a sign of its own between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`, and nothing at all in `2x`.
    Mul,
    /// `×`: like `*`, but it may not join two matrices.
    Times,
    /// `/`
    Div,
    /// `@`
    MatMul,
    /// `^`, and superscripts.
    Pow,
}

impl BinaryOperator {
    /// The sign under which the table of operators has it. `×` is `*` here: it is
    /// a fault only between two matrices.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul | Self::Times => "*",
            Self::Div => "/",
            Self::MatMul => "@",
            Self::Pow => "^",
        }
    }
}

/// One argument of a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The parameter it is for, where the call says so.
    pub name: Option<Name>,
    /// Its value.
    pub value: ExprId,
}

/// One index.
#[derive(Clone, Copy, Debug)]
pub enum Index {
    /// `:`, which stands here.
    All(Span),
    /// One place, from 1.
    At(ExprId),
}

/// The arena of expressions.
#[derive(Clone, Debug, Default)]
pub struct Exprs {
    nodes: Vec<Expr>,
}

impl Exprs {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All expressions, line after line.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ExprId, &Expr)> {
        let nodes = self.nodes.iter().enumerate();
        nodes.map(|(index, expr)| (ExprId(index as u32), expr))
    }

    /// The expressions of a subtree, operands before their operator, the root
    /// last.
    pub fn subtree(&self, root: ExprId) -> impl DoubleEndedIterator<Item = (ExprId, &Expr)> {
        let first = self[root].first;
        (first.0..=root.0).map(|id| (ExprId(id), &self.nodes[id as usize]))
    }

    /// Adds an expression whose operands are the subtrees added last, from
    /// left to right.
    ///
    /// # Panics
    /// In a debug build, where the operands are others: post-order is what
    /// everybody relies on.
    pub fn push(&mut self, kind: ExprKind, span: Span) -> ExprId {
        let id = ExprId(self.nodes.len() as u32);
        let mut next = id.0;
        kind.for_each_operand_from_the_right(|operand| {
            debug_assert_eq!(operand.0 + 1, next, "operands are pushed in post-order");
            next = self[operand].first.0;
        });
        self.nodes.push(Expr {
            span,
            first: ExprId(next),
            kind,
        });
        id
    }

    /// Drops all expressions but the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.nodes.truncate(len);
    }
}

impl IndexBy<ExprId> for Exprs {
    type Output = Expr;

    fn index(&self, id: ExprId) -> &Expr {
        &self.nodes[id.index()]
    }
}

impl ExprKind {
    fn for_each_operand_from_the_right(&self, mut visit: impl FnMut(ExprId)) {
        match self {
            Self::Number(_) | Self::Name(_) => {}
            Self::Negate(of) | Self::Transpose(of) => visit(*of),
            Self::Binary { left, right, .. } => {
                visit(*right);
                visit(*left);
            }
            Self::Call { arguments, .. } => {
                arguments
                    .iter()
                    .rev()
                    .for_each(|argument| visit(argument.value));
            }
            Self::Index { of, first, second } => {
                for index in [second.as_ref(), Some(first)].into_iter().flatten() {
                    if let Index::At(expr) = index {
                        visit(*expr);
                    }
                }
                visit(*of);
            }
            Self::Matrix { rows } => rows.iter().flatten().rev().for_each(|&entry| visit(entry)),
        }
    }
}
