//! What can be wrong with a program that reads well, and how it is said.

use std::fmt::Display;

use crate::matrix::Shape;
use crate::notation::{Explain, Span};
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

    fn tell(&self, say: &mut dyn FnMut(&str, &str, &[&dyn Display])) {
        use ElaborationFaultKind as Kind;

        match &self.kind {
            Kind::UnknownName { name, nearest } => say(
                "Nothing is called “{0}” here.\n这里还没有名为“{0}”的量。",
                match nearest {
                    Some(_) => MEANT,
                    None => {
                        "Give it a value in an earlier line: “param {0} = 1”.\n\
                         请在前面的行里给它一个值：“param {0} = 1”。"
                    }
                },
                &[name, &nearest.as_deref().unwrap_or_default()],
            ),
            Kind::UnknownFunction { name, nearest } => say(
                "No function is called “{0}” here.\n这里没有名为“{0}”的函数。",
                match nearest {
                    Some(_) => MEANT,
                    None => {
                        "Define it in an earlier line: “fn {0}(x) = …”.\n\
                         请在前面的行里定义它：“fn {0}(x) = …”。"
                    }
                },
                &[name, &nearest.as_deref().unwrap_or_default()],
            ),
            Kind::ValueCalled(name) => say(
                "“{0}” is a value, not a function.\n“{0}”是一个量，不是函数。",
                "To multiply, write “{0} * (…)”.\n要相乘，请写“{0} * (…)”。",
                &[name],
            ),
            Kind::FunctionUsed(name) => say(
                "“{0}” is a function and needs its arguments.\n“{0}”是函数，缺少参数。",
                "Write “{0}(…)”.\n请写“{0}(…)”。",
                &[name],
            ),
            Kind::Recursion(name) => say(
                "“{0}” would call itself.\n“{0}”会调用它自己。",
                "Write “repeat 10 { … }” to do something again and again.\n\
                 要反复计算，请写“repeat 10 { … }”。",
                &[name],
            ),
            Kind::SameParameters(name) => say(
                "Two parameters are called “{0}”.\n有两个参数都叫“{0}”。",
                ANOTHER_NAME,
                &[name],
            ),
            Kind::Arguments {
                function,
                least,
                most,
                found,
            } => say(
                match (least == most, *most) {
                    (_, usize::MAX) => {
                        "“{0}” takes {1} arguments or more, not {3}.\n\
                         “{0}”需要 {1} 个或更多参数，这里有 {3} 个。"
                    }
                    (true, 1) => {
                        "“{0}” takes {2} argument, not {3}.\n\
                         “{0}”需要 {2} 个参数，这里有 {3} 个。"
                    }
                    (true, _) => {
                        "“{0}” takes {2} arguments, not {3}.\n\
                         “{0}”需要 {2} 个参数，这里有 {3} 个。"
                    }
                    (false, 1) => {
                        "“{0}” takes {1} to {2} argument, not {3}.\n\
                         “{0}”需要 {1} 到 {2} 个参数，这里有 {3} 个。"
                    }
                    (false, _) => {
                        "“{0}” takes {1} to {2} arguments, not {3}.\n\
                         “{0}”需要 {1} 到 {2} 个参数，这里有 {3} 个。"
                    }
                },
                "",
                &[function, least, most, found],
            ),
            Kind::NamedFirst { function, first } => say(
                "“{0}” begins with a value, without a name and “=”.\n\
                 “{0}”的第一个参数是值，前面不带名称和“=”。",
                "Write “{0}(x, {1} = …)”.\n请写“{0}(x, {1} = …)”。",
                &[function, first],
            ),
            Kind::UnknownArgument { function, name } => say(
                "“{0}” has no argument to be given by the name “{1}”.\n\
                 “{0}”没有可以用名称“{1}”给出的参数。",
                "Leave out “{1} =”, or choose another name.\n请去掉“{1} =”，或换一个名称。",
                &[function, name],
            ),
            Kind::NotConstant(name) => say(
                "“{0}” is not known before the graph runs, and a number is needed here.\n\
                 这里需要一个数，而“{0}”要到计算图运行时才知道。",
                "Use numbers, “data” and names for such.\n请用数、“data”或由它们得到的名称。",
                &[name],
            ),
            Kind::NotScalar(shape) => say(
                "A number is needed here; this is {0}.\n这里需要一个数，而它的形状是 {0}。",
                "",
                &[shape],
            ),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Broadcast { left, right },
            } => say(
                "“{0}” can't join {1} and {2}.\n“{0}”不能把 {1} 与 {2} 合在一起。",
                "Rows must agree or be 1, and so must columns.\n行数须相等或其一为 1，列数也一样。",
                &[sign, left, right],
            ),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Product { left, right },
            } => say(
                "“{0}” can't multiply {1} by {2}.\n“{0}”不能把 {1} 与 {2} 相乘。",
                "The left one needs as many columns as the right one has rows.\n\
                 左边的列数须等于右边的行数。",
                &[sign, left, right],
            ),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Differ { left, right },
            } => say(
                "“{0}” needs two values of one shape, not {1} and {2}.\n\
                 “{0}”需要两个形状相同的量，而不是 {1} 与 {2}。",
                "",
                &[sign, left, right],
            ),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Columns { first, other },
            } => say(
                "“{0}” can't stack {1} and {2}.\n“{0}”不能把 {1} 与 {2} 上下相接。",
                "All must have as many columns.\n列数必须相同。",
                &[sign, first, other],
            ),
            Kind::Shapes {
                sign,
                fault: ShapeFault::Rows { first, other },
            } => say(
                "“{0}” can't set {1} and {2} side by side.\n“{0}”不能把 {1} 与 {2} 左右相接。",
                "All must have as many rows.\n行数必须相同。",
                &[sign, first, other],
            ),
            Kind::Shapes {
                fault: ShapeFault::Beyond { index, size },
                ..
            } => say(BEYOND, "", &[index, size]),
            Kind::Beyond { number, size } => say(BEYOND, "", &[&short(*number), size]),
            Kind::OneIndex(shape) => say(
                "One index picks from a row or a column; this is {0}.\n\
                 单个下标只能用于行或列，而这里是 {0}。",
                "Write two: “[1, :]” is the first row, “[:, 1]” the first column.\n\
                 请写两个：“[1, :]”是第一行，“[:, 1]”是第一列。",
                &[shape],
            ),
            Kind::GeneratorElsewhere(name) => say(
                "“{0}” makes numbers for “data” and “param” only.\n\
                 “{0}”只能为“data”和“param”生成数。",
                "Give them a name first: “param w = {0}(…)”.\n请先起个名称：“param w = {0}(…)”。",
                &[name],
            ),
            Kind::Size(number) => say(
                "A number of rows or columns is a whole number from 1, not {0}.\n\
                 行数和列数是从 1 起的整数，不能是 {0}。",
                "",
                &[&short(*number)],
            ),
            Kind::TimesBetweenMatrices { left, right } => say(
                "Between matrices, here {0} and {1}, “×” could mean two things.\n\
                 矩阵（这里是 {0} 与 {1}）之间的“×”有两种意思。",
                "Write “@” for the matrix product, “*” entry by entry.\n\
                 矩阵乘法请写“@”，逐元素相乘请写“*”。",
                &[left, right],
            ),
            Kind::Ragged { first, found } => say(
                "This row has another number of entries than the first one: {1}, not {0}.\n\
                 这一行有 {1} 个元素，而第一行有 {0} 个。",
                "End a row with “;” and an entry with “,”.\n行末写“;”，元素之间写“,”。",
                &[first, found],
            ),
            Kind::BuiltIn(name) => say(
                "“{0}” is built in and can't be given another meaning.\n“{0}”是内置的，不能另作他用。",
                ANOTHER_NAME,
                &[name],
            ),
            Kind::ValueAndFunction(name) => say(
                "“{0}” can't be both a value and a function.\n“{0}”不能既是量又是函数。",
                ANOTHER_NAME,
                &[name],
            ),
            Kind::TwoNames => say(
                "Two names on the left need a data set on the right.\n\
                 左边有两个名称，右边就必须是一个数据集。",
                "",
                &[],
            ),
            Kind::BatchWithoutDataSet => say(
                "“batch” takes its samples from a data set, and there is none.\n\
                 “batch”要从数据集中取样本，而这里没有数据集。",
                "",
                &[],
            ),
            Kind::RepeatCount(found) => say(
                "A block can be repeated 1 to {0} times, not {1}.\n\
                 重复次数应为 1 到 {0}，不能是 {1}。",
                "",
                &[&MAX_REPEAT, found],
            ),
            Kind::SecondMinimize => say(
                "Only one value can be minimized.\n只能对一个量求最小。",
                "Add what is to be small: “L = a + b”.\n把要变小的量加起来：“L = a + b”。",
                &[],
            ),
            Kind::LossNotScalar { name, shape } => say(
                "Only a 1×1 value can be minimized, and “{0}” is {1}.\n\
                 只能对 1×1 的量求最小，而“{0}”是 {1}。",
                "Make one number of it: “L = sum({0})”.\n请先把它变成一个数：“L = sum({0})”。",
                &[name, shape],
            ),
            Kind::NoLoss => say(
                "There is no 1×1 value that could be minimized.\n没有可以求最小的 1×1 的量。",
                "End with a line such as “L = …”, or with “minimize L”.\n\
                 请以“L = …”或“minimize L”这样的行结尾。",
                &[],
            ),
            Kind::MatrixTooLarge(shape) => say(
                "A matrix of {0} has more than {1} numbers.\n{0} 的矩阵超过了 {1} 个数。",
                "",
                &[shape, &MAX_ENTRIES],
            ),
            Kind::GraphTooLarge => say(
                "All matrices together need more than 256 MiB.\n所有矩阵合起来超过了 256 MiB。",
                "",
                &[],
            ),
            Kind::TooManyOperators => say(
                "The graph has more than {0} operators from here on.\n\
                 从这里起，计算图超过了 {0} 个操作。",
                "",
                &[&MAX_OPERATORS],
            ),
            Kind::TooManyOperations {
                operator,
                shape,
                operations,
                most,
            } => say(
                "With this “{0}” to {1}, the program takes {2} multiply-adds, more than {3}.\n\
                 加上这里得到 {1} 的“{0}”，这个程序需要 {2} 次乘加，超过了 {3} 次。",
                "Make the matrices smaller; the command line has no such bound.\n\
                 请缩小矩阵；命令行没有这个限制。",
                &[operator, shape, operations, most],
            ),
            Kind::TooMuchWork => say(
                "Unrolled, the program has more than {0} pieces from here on.\n\
                 展开后，程序从这里起超过了 {0} 项。",
                "",
                &[&MAX_VISITS],
            ),
            Kind::CallsTooDeep => say(
                "Calls are nested more than {0} deep.\n函数调用嵌套超过了 {0} 层。",
                "",
                &[&MAX_CALLS],
            ),
        }
    }
}

const BEYOND: &str = "An index is a whole number from 1 to {1} here, not {0}.\n\
                      这里的下标是 1 到 {1} 的整数，不能是 {0}。";
const MEANT: &str = "Did you mean “{1}”?\n是否想写“{1}”？";
const ANOTHER_NAME: &str = "Choose another name.\n请换一个名称。";
