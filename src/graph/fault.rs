//! What can be wrong with a program that reads well, and how it is said.

use crate::matrix::Shape;
use crate::notation::{Explain, Key, Say, Span};
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
                Key::UnknownName,
                match nearest {
                    Some(_) => Key::Meant,
                    None => Key::UnknownName,
                },
                &[name, &nearest.as_deref().unwrap_or_default()],
            ),
            Kind::UnknownFunction { name, nearest } => say(
                Key::UnknownFunction,
                match nearest {
                    Some(_) => Key::Meant,
                    None => Key::UnknownFunction,
                },
                &[name, &nearest.as_deref().unwrap_or_default()],
            ),
            Kind::ValueCalled(name) => say(Key::ValueCalled, Key::ValueCalled, &[name]),
            Kind::FunctionUsed(name) => say(Key::FunctionUsed, Key::FunctionUsed, &[name]),
            Kind::Recursion(name) => say(Key::Recursion, Key::Recursion, &[name]),
            Kind::SameParameters(name) => say(Key::SameParameters, Key::AnotherName, &[name]),
            Kind::Arguments {
                function,
                least,
                most,
                found,
            } => say(
                match (least == most, *most) {
                    (_, usize::MAX) => Key::ArgumentsOrMore,
                    (true, 1) => Key::OneArgument,
                    (true, _) => Key::Arguments,
                    (false, 1) => Key::ToOneArgument,
                    (false, _) => Key::ToArguments,
                },
                Key::Arguments,
                &[function, least, most, found],
            ),
            Kind::NamedFirst { function, first } => {
                say(Key::NamedFirst, Key::NamedFirst, &[function, first])
            }
            Kind::UnknownArgument { function, name } => say(
                Key::UnknownArgument,
                Key::UnknownArgument,
                &[function, name],
            ),
            Kind::NotConstant(name) => say(Key::NotConstant, Key::NotConstant, &[name]),
            Kind::NotScalar(shape) => say(Key::NotScalar, Key::NotScalar, &[shape]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Broadcast { left, right },
            } => say(Key::Broadcast, Key::Broadcast, &[sign, left, right]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Product { left, right },
            } => say(Key::Product, Key::Product, &[sign, left, right]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Differ { left, right },
            } => say(Key::Differ, Key::Differ, &[sign, left, right]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Columns { first, other },
            } => say(Key::Columns, Key::Columns, &[sign, first, other]),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Rows { first, other },
            } => say(Key::Rows, Key::Rows, &[sign, first, other]),
            Kind::Shapes {
                fault: ShapeFault::Beyond { index, size },
                ..
            } => say(Key::Beyond, Key::Beyond, &[index, size]),
            Kind::Beyond { number, size } => {
                say(Key::Beyond, Key::Beyond, &[&short(*number), size])
            }
            Kind::OneIndex(shape) => say(Key::OneIndex, Key::OneIndex, &[shape]),
            Kind::GeneratorElsewhere(name) => {
                say(Key::GeneratorElsewhere, Key::GeneratorElsewhere, &[name])
            }
            Kind::Size(number) => say(Key::Size, Key::Size, &[&short(*number)]),
            Kind::TimesBetweenMatrices { left, right } => say(
                Key::TimesBetweenMatrices,
                Key::TimesBetweenMatrices,
                &[left, right],
            ),
            Kind::Ragged { first, found } => say(Key::Ragged, Key::Ragged, &[first, found]),
            Kind::BuiltIn(name) => say(Key::BuiltIn, Key::AnotherName, &[name]),
            Kind::ValueAndFunction(name) => say(Key::ValueAndFunction, Key::AnotherName, &[name]),
            Kind::TwoNames => say(Key::TwoNames, Key::TwoNames, &[]),
            Kind::BatchWithoutDataSet => {
                say(Key::BatchWithoutDataSet, Key::BatchWithoutDataSet, &[])
            }
            Kind::RepeatCount(found) => {
                say(Key::RepeatCount, Key::RepeatCount, &[&MAX_REPEAT, found])
            }
            Kind::SecondMinimize => say(Key::SecondMinimize, Key::SecondMinimize, &[]),
            Kind::LossNotScalar { name, shape } => {
                say(Key::LossNotScalar, Key::LossNotScalar, &[name, shape])
            }
            Kind::NoLoss => say(Key::NoLoss, Key::NoLoss, &[]),
            Kind::MatrixTooLarge(shape) => say(
                Key::MatrixTooLarge,
                Key::MatrixTooLarge,
                &[shape, &MAX_ENTRIES],
            ),
            Kind::GraphTooLarge => say(Key::GraphTooLarge, Key::GraphTooLarge, &[]),
            Kind::TooManyOperators => say(
                Key::TooManyOperators,
                Key::TooManyOperators,
                &[&MAX_OPERATORS],
            ),
            Kind::TooManyOperations {
                operator,
                shape,
                operations,
                most,
            } => say(
                Key::TooManyOperations,
                Key::TooManyOperations,
                &[operator, shape, operations, most],
            ),
            Kind::TooMuchWork => say(Key::TooMuchWork, Key::TooMuchWork, &[&MAX_VISITS]),
            Kind::CallsTooDeep => say(Key::CallsTooDeep, Key::CallsTooDeep, &[&MAX_CALLS]),
        }
    }
}
