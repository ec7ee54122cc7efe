//! What can be wrong with a program that reads well, and how it is said.

use crate::matrix::Shape;
use crate::notation::{Explain, Say, Span};
use crate::number::short;
use crate::ops::ShapeFault;

use super::builder::{MAX_ENTRIES, MAX_OPERATORS};
use super::elaborate::{MAX_CALLS, MAX_REPEAT, MAX_VISITS};

/// A fault with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct ElaborationFault {
    /// The piece of the text that is marked.
    pub span: Span,
    /// What is wrong.
    pub kind: ElaborationFaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum ElaborationFaultKind {
    /// A name that nothing has been bound to.
    UnknownName {
        /// The name.
        name: String,
        /// The known name that is nearest.
        nearest: Option<String>,
    },
    /// A call of something that doesn't exist.
    UnknownFunction {
        /// The name.
        name: String,
        /// The known function that is nearest.
        nearest: Option<String>,
    },
    /// A value called like a function.
    ValueCalled(String),
    /// A function used like a value.
    FunctionUsed(String),
    /// A function that calls itself.
    Recursion(String),
    /// A call with too few or too many arguments.
    Arguments {
        /// The function.
        function: String,
        /// The smallest number it takes.
        least: usize,
        /// The largest number it takes.
        most: usize,
        /// How many were written.
        found: usize,
    },
    /// Two parameters of one name.
    SameParameters(String),
    /// A call in which `name = value` stands where an operand belongs.
    NamedFirst {
        /// The function.
        function: String,
        /// The name.
        first: String,
    },
    /// `name = value` in a call of something that has no such argument.
    UnknownArgument {
        /// The function.
        function: String,
        /// The argument's name.
        name: String,
    },
    /// A value that is not known before the graph runs, where a number is
    /// needed.
    NotConstant(String),
    /// A 1×1 number is needed.
    NotScalar(Shape),
    /// Operands whose shapes don't go together.
    Shapes {
        /// The operator as it is written.
        sign: &'static str,
        /// What does not fit.
        fault: ShapeFault,
    },
    /// `×` between two matrices, where it could be `@` or `*`.
    TimesBetweenMatrices {
        /// Shape of the left one.
        left: Shape,
        /// Shape of the right one.
        right: Shape,
    },
    /// Rows of a matrix with different numbers of entries.
    Ragged {
        /// How many the first row has.
        first: usize,
        /// How many this row has.
        found: usize,
    },
    /// One index of something that is neither a row nor a column.
    OneIndex(Shape),
    /// An index that is no whole number, or beyond the rows or columns.
    Beyond {
        /// The index.
        number: f64,
        /// How many rows or columns there are.
        size: usize,
    },
    /// A generator that is not on the right side of a declaration.
    GeneratorElsewhere(String),
    /// A side of a matrix that is no whole number from 1.
    Size(f64),
    /// A name that the notation keeps for itself.
    BuiltIn(String),
    /// A name that was a function and becomes a value, or the reverse.
    ValueAndFunction(String),
    /// Two names on the left of something that is no data set.
    TwoNames,
    /// `batch` without a data set.
    BatchWithoutDataSet,
    /// A number of repetitions that is 0 or too large.
    RepeatCount(u64),
    /// A second `minimize`.
    SecondMinimize,
    /// What is minimized isn't 1×1.
    LossNotScalar {
        /// Its name.
        name: String,
        /// Its shape.
        shape: Shape,
    },
    /// Nothing could be minimized.
    NoLoss,
    /// A matrix with too many numbers.
    MatrixTooLarge(Shape),
    /// All matrices together are too large.
    GraphTooLarge,
    /// Too many operators.
    TooManyOperators,
    /// Too many multiply-adds for a page.
    TooManyOperations {
        /// What brings them over, as it is written.
        operator: &'static str,
        /// Shape of what it makes.
        shape: Shape,
        /// How many there are with it.
        operations: u64,
        /// How many there may be.
        most: u64,
    },
    /// Too much is unrolled and inlined.
    TooMuchWork,
    /// Calls within calls.
    CallsTooDeep,
}

impl ElaborationFault {
    /// Whether this is a fault of the program as a whole, which says nothing
    /// while some of its lines can't be read.
    pub fn is_of_whole(&self) -> bool {
        self.kind == ElaborationFaultKind::NoLoss
    }
}

impl Explain for ElaborationFault {
    fn span(&self) -> Span {
        self.span
    }

    fn tell(&self, say: Say) {
        use ElaborationFaultKind as Kind;

        match &self.kind {
            Kind::UnknownName { name, nearest } => say(
                "unknown-name",
                match nearest {
                    Some(_) => "meant",
                    None => "unknown-name",
                },
                &[name, &nearest.as_deref().unwrap_or_default()],
            ),
            Kind::UnknownFunction { name, nearest } => say(
                "unknown-function",
                match nearest {
                    Some(_) => "meant",
                    None => "unknown-function",
                },
                &[name, &nearest.as_deref().unwrap_or_default()],
            ),
            Kind::ValueCalled(name) => say("value-called", "value-called", &[name]),
            Kind::FunctionUsed(name) => say("function-used", "function-used", &[name]),
            Kind::Recursion(name) => say("recursion", "recursion", &[name]),
            Kind::SameParameters(name) => say("same-parameters", "another-name", &[name]),
            Kind::Arguments {
                function,
                least,
                most,
                found,
            } => say(
                match (least == most, *most) {
                    (_, usize::MAX) => "arguments-or-more",
                    (true, 1) => "one-argument",
                    (true, _) => "arguments",
                    (false, 1) => "to-one-argument",
                    (false, _) => "to-arguments",
                },
                "",
                &[function, least, most, found],
            ),
            Kind::NamedFirst { function, first } => {
                say("named-first", "named-first", &[function, first])
            }
            Kind::UnknownArgument { function, name } => {
                say("unknown-argument", "unknown-argument", &[function, name])
            }
            Kind::NotConstant(name) => say("not-constant", "not-constant", &[name]),
            Kind::NotScalar(shape) => say("not-scalar", "", &[shape]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Broadcast { left, right },
            } => say("broadcast", "broadcast", &[sign, left, right]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Product { left, right },
            } => say("product", "product", &[sign, left, right]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Differ { left, right },
            } => say("differ", "", &[sign, left, right]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Columns { first, other },
            } => say("columns", "columns", &[sign, first, other]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Rows { first, other },
            } => say("rows", "rows", &[sign, first, other]),
            Kind::Shapes {
                fault: ShapeFault::Beyond { index, size },
                ..
            } => say("beyond", "", &[index, size]),
            Kind::Beyond { number, size } => say("beyond", "", &[&short(*number), size]),
            Kind::OneIndex(shape) => say("one-index", "one-index", &[shape]),
            Kind::GeneratorElsewhere(name) => {
                say("generator-elsewhere", "generator-elsewhere", &[name])
            }
            Kind::Size(number) => say("size", "", &[&short(*number)]),
            Kind::TimesBetweenMatrices { left, right } => say(
                "times-between-matrices",
                "times-between-matrices",
                &[left, right],
            ),
            Kind::Ragged { first, found } => say("ragged", "ragged", &[first, found]),
            Kind::BuiltIn(name) => say("built-in", "another-name", &[name]),
            Kind::ValueAndFunction(name) => say("value-and-function", "another-name", &[name]),
            Kind::TwoNames => say("two-names", "", &[]),
            Kind::BatchWithoutDataSet => say("batch-without-data-set", "", &[]),
            Kind::RepeatCount(found) => say("repeat-count", "", &[&MAX_REPEAT, found]),
            Kind::SecondMinimize => say("second-minimize", "second-minimize", &[]),
            Kind::LossNotScalar { name, shape } => {
                say("loss-not-scalar", "loss-not-scalar", &[name, shape])
            }
            Kind::NoLoss => say("no-loss", "no-loss", &[]),
            Kind::MatrixTooLarge(shape) => say("matrix-too-large", "", &[shape, &MAX_ENTRIES]),
            Kind::GraphTooLarge => say("graph-too-large", "", &[]),
            Kind::TooManyOperators => say("too-many-operators", "", &[&MAX_OPERATORS]),
            Kind::TooManyOperations {
                operator,
                shape,
                operations,
                most,
            } => say(
                "too-many-operations",
                "too-many-operations",
                &[operator, shape, operations, most],
            ),
            Kind::TooMuchWork => say("too-much-work", "", &[&MAX_VISITS]),
            Kind::CallsTooDeep => say("calls-too-deep", "", &[&MAX_CALLS]),
        }
    }
}
