//! What can be wrong with a program that reads well, and how it is said.

use crate::matrix::Shape;
use crate::notation::{Explain, Language, Span};
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
    /// A sign that no operator of the table is written with.
    UnknownSign(&'static str),
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
    /// Rows of a matrix with different numbers of entries.
    Ragged {
        /// How many the first row has.
        first: usize,
        /// How many this row has.
        found: usize,
    },
    /// An entry of a matrix that is not a number.
    ComputedEntry,
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

    fn message(&self, language: Language) -> String {
        let (en, zh) = self.kind.sentence();
        choose(language, en, zh)
    }

    fn remedy(&self, language: Language) -> Option<String> {
        let (en, zh) = self.kind.remedy()?;
        Some(choose(language, en, zh))
    }
}

fn choose(language: Language, en: String, zh: String) -> String {
    match language {
        Language::En => en,
        Language::Zh => zh,
    }
}

/// A sentence in English and in Chinese.
type Said = (String, String);

fn said(en: impl Into<String>, zh: impl Into<String>) -> Said {
    (en.into(), zh.into())
}

impl ElaborationFaultKind {
    fn sentence(&self) -> Said {
        match self {
            Self::UnknownName { name, .. } => said(
                format!("nothing is called “{name}” here"),
                format!("这里还没有名为“{name}”的量"),
            ),
            Self::UnknownFunction { name, .. } => said(
                format!("no function is called “{name}”"),
                format!("没有名为“{name}”的函数"),
            ),
            Self::UnknownSign(sign) => said(
                format!("no operator is written “{sign}”"),
                format!("没有写作“{sign}”的操作"),
            ),
            Self::ValueCalled(name) => said(
                format!("“{name}” is a value, not a function"),
                format!("“{name}”是一个量，不是函数"),
            ),
            Self::FunctionUsed(name) => said(
                format!("“{name}” is a function and needs its arguments"),
                format!("“{name}”是函数，缺少参数"),
            ),
            Self::Recursion(name) => said(
                format!("“{name}” would call itself"),
                format!("“{name}”会调用它自己"),
            ),
            Self::Arguments {
                function,
                least,
                most,
                found,
            } => {
                let (en, zh) = count(*least, *most);
                said(
                    format!("“{function}” takes {en}, not {found}"),
                    format!("“{function}”需要 {zh} 个参数，这里有 {found} 个"),
                )
            }
            Self::UnknownArgument { function, name } => said(
                format!("“{function}” has no argument called “{name}”"),
                format!("“{function}”没有名为“{name}”的参数"),
            ),
            Self::NotConstant(name) => said(
                format!("“{name}” is not known before the graph runs, and a number is needed here"),
                format!("这里需要一个数，而“{name}”要到计算图运行时才知道"),
            ),
            Self::NotScalar(shape) => said(
                format!("a number is needed here, this is {shape}"),
                format!("这里需要一个数，而它的形状是 {shape}"),
            ),
            Self::Shapes {
                sign,
                fault: ShapeFault::Broadcast { left, right },
            } => said(
                format!("“{sign}” can't join {left} and {right}"),
                format!("“{sign}”不能把 {left} 与 {right} 合在一起"),
            ),
            Self::Ragged { first, found } => said(
                format!("this row has {found} entries, the first one has {first}"),
                format!("这一行有 {found} 个元素，第一行有 {first} 个"),
            ),
            Self::ComputedEntry => said("an entry must be a number", "矩阵的元素必须是数"),
            Self::BuiltIn(name) => said(
                format!("“{name}” is built in and can't be given another meaning"),
                format!("“{name}”是内置的，不能另作他用"),
            ),
            Self::ValueAndFunction(name) => said(
                format!("“{name}” can't be both a value and a function"),
                format!("“{name}”不能既是量又是函数"),
            ),
            Self::TwoNames => said(
                "two names on the left need a data set on the right",
                "左边有两个名字，右边就必须是一个数据集",
            ),
            Self::BatchWithoutDataSet => said(
                "“batch” takes its samples from a data set, and there is none",
                "“batch”要从数据集中取样本，而这里没有数据集",
            ),
            Self::RepeatCount(found) => said(
                format!("a block can be repeated 1 to {MAX_REPEAT} times, not {found}"),
                format!("重复次数应为 1 到 {MAX_REPEAT}，不能是 {found}"),
            ),
            Self::SecondMinimize => said("only one value can be minimized", "只能对一个量求最小"),
            Self::LossNotScalar { name, shape } => said(
                format!("only a 1×1 value can be minimized, “{name}” is {shape}"),
                format!("只能对 1×1 的量求最小，而“{name}”是 {shape}"),
            ),
            Self::NoLoss => said(
                "there is no 1×1 value that could be minimized",
                "没有可以求最小的 1×1 的量",
            ),
            Self::MatrixTooLarge(shape) => said(
                format!("a matrix of {shape} has more than {MAX_ENTRIES} numbers"),
                format!("{shape} 的矩阵超过了 {MAX_ENTRIES} 个数"),
            ),
            Self::GraphTooLarge => said(
                "all matrices together need more than 256 MiB",
                "所有矩阵合起来超过了 256 MiB",
            ),
            Self::TooManyOperators => said(
                format!("the graph has more than {MAX_OPERATORS} operators from here on"),
                format!("从这里起，计算图超过了 {MAX_OPERATORS} 个操作"),
            ),
            Self::TooMuchWork => said(
                format!("unrolled, the program has more than {MAX_VISITS} pieces from here on"),
                format!("展开后，程序从这里起超过了 {MAX_VISITS} 项"),
            ),
            Self::CallsTooDeep => said(
                format!("calls are nested more than {MAX_CALLS} deep"),
                format!("函数调用嵌套超过了 {MAX_CALLS} 层"),
            ),
        }
    }

    fn remedy(&self) -> Option<Said> {
        Some(match self {
            Self::UnknownName {
                nearest: Some(nearest),
                ..
            }
            | Self::UnknownFunction {
                nearest: Some(nearest),
                ..
            } => said(
                format!("did you mean “{nearest}”?"),
                format!("是不是“{nearest}”？"),
            ),
            Self::UnknownName {
                name,
                nearest: None,
            } => said(
                format!("give it a value in an earlier line: param {name} = 1"),
                format!("请在前面的行里给它一个值：param {name} = 1"),
            ),
            Self::ValueCalled(name) => said(
                format!("to multiply, write {name} * (…)"),
                format!("要相乘，请写 {name} * (…)"),
            ),
            Self::FunctionUsed(name) => said(format!("write {name}(…)"), format!("请写 {name}(…)")),
            Self::NotConstant(_) => said(
                "use numbers, data and names for such",
                "请用数、data 或由它们得到的名字",
            ),
            Self::Shapes {
                fault: ShapeFault::Broadcast { .. },
                ..
            } => said(
                "rows must agree or be 1, and so must columns",
                "行数须相等或其一为 1，列数也一样",
            ),
            Self::BuiltIn(_) | Self::ValueAndFunction(_) => {
                said("choose another name", "请换一个名字")
            }
            Self::SecondMinimize => said(
                "add what is to be small: L = a + b",
                "把要变小的量加起来：L = a + b",
            ),
            Self::NoLoss => said(
                "end with a line such as L = …, or with minimize L",
                "请以 L = … 或 minimize L 这样的行结尾",
            ),
            Self::LossNotScalar { name, .. } => said(
                format!("make one number of it: L = sum({name})"),
                format!("请先把它变成一个数：L = sum({name})"),
            ),
            _ => return None,
        })
    }
}

/// How many arguments, in English with the word, in Chinese without.
fn count(least: usize, most: usize) -> Said {
    let plural = if most == 1 { "argument" } else { "arguments" };
    if least == most {
        said(format!("{least} {plural}"), format!("{least}"))
    } else {
        said(
            format!("{least} to {most} {plural}"),
            format!("{least} 到 {most}"),
        )
    }
}
