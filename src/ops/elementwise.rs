//! Element-wise operators: what happens to an entry, and its derivative.
//!
//! In a row, `x` is an operand's entry (`a` and `b` where there are two), `y`
//! the output's, `c` the operator's constant.

use super::kernel::{broadcast, entries, map, map_vjp, same, zip, zip_vjp};
use super::math::*;
use super::{Arity, Constant, Convention, Formula, Operator, Reads, Written};

/// One operand, one derivative.
macro_rules! unary {
    (
        $name:literal, $symbol:literal, $written:expr, $reads:ident,
        |$x:pat_param, $c:pat_param| $value:expr,
        |$dx:pat_param, $dy:pat_param, $dc:pat_param| $slope:expr,
        $derivative:literal
        $(, constant: $constant:literal = $default:literal)?
        $(, at_edges: $convention:ident)?
    ) => {
        Operator {
            name: $name,
            written: $written,
            symbol: $symbol,
            arity: Arity::Exactly(1),
            constants: &[$(Constant { name: $constant, default: $default })?],
            reads: Reads::$reads,
            formula: Formula::Entry(&[$derivative]),
            convention: unary!(@convention $($convention)?),
            shape: same,
            work: entries,
            forward: |call, out| map(call, out, |$x, $c| $value),
            #[cfg(test)]
            dual: |call, out| map(call, out, |$x, $c| $value),
            vjp: |call, _, upstream, into| map_vjp(call, upstream, into, |$dx, $dy, $dc| $slope),
        }
    };
    (@convention) => { None };
    (@convention $convention:ident) => { Some(Convention::$convention) };
}

/// Two operands, a derivative for each.
macro_rules! binary {
    (
        $name:literal, $symbol:literal, $written:expr, $reads:ident,
        |$a:pat_param, $b:pat_param| $value:expr,
        |$a0:pat_param, $b0:pat_param, $y0:pat_param| $first:expr,
        |$a1:pat_param, $b1:pat_param, $y1:pat_param| $second:expr,
        $derivative:expr
        $(, at_edges: $convention:ident)?
    ) => {
        Operator {
            name: $name,
            written: $written,
            symbol: $symbol,
            arity: Arity::Exactly(2),
            constants: &[],
            reads: Reads::$reads,
            formula: Formula::Entry(&$derivative),
            convention: unary!(@convention $($convention)?),
            shape: broadcast,
            work: entries,
            forward: |call, out| zip(call, out, |$a, $b| $value),
            #[cfg(test)]
            dual: |call, out| zip(call, out, |$a, $b| $value),
            vjp: |call, operand, upstream, into| match operand {
                0 => zip_vjp(call, 0, upstream, into, |$a0, $b0, $y0| $first),
                _ => zip_vjp(call, 1, upstream, into, |$a1, $b1, $y1| $second),
            },
        }
    };
}

use Written::{Function, Infix, Prefix};

/// The rows.
#[rustfmt::skip]
pub static OPERATORS: &[Operator] = &[
    binary!("add", "+", Infix("+"), Nothing, |a, b| a + b, |_, _, _| 1.0, |_, _, _| 1.0, ["1", "1"]),
    binary!("subtract", "−", Infix("-"), Nothing, |a, b| a - b, |_, _, _| 1.0, |_, _, _| -1.0, ["1", "-1"]),
    binary!("multiply", "×", Infix("*"), Operands, |a, b| a * b, |_, b, _| b, |a, _, _| a, ["b", "a"]),
    binary!("divide", "÷", Infix("/"), Both, |a, b| a / b, |_, b, _| 1.0 / b, |_, b, y| -y / b, ["1 / b", "-y / b"]),
    binary!("power", "^", Infix("^"), Both,
        |a, b| power(a, b), |a, b, _| power_by_base(a, b), |a, b, y| power_by_exponent(a, b, y),
        ["b * a^(b - 1)", "y * log(a)"], at_edges: Power),
    unary!("negate", "−", Prefix("-"), Nothing, |x, _| -x, |_, _, _| -1.0, "-1"),
    unary!("exp", "exp", Function, Output, |x, _| exp(x), |_, y, _| y, "y"),
    unary!("log", "log", Function, Operands, |x, _| log(x), |x, _, _| 1.0 / x, "1 / a"),
    unary!("sqrt", "√", Function, Output, |x, _| sqrt(x), |_, y, _| 0.5 / y, "1 / (2y)", at_edges: InfiniteAtZero),
    unary!("sin", "sin", Function, Operands, |x, _| sin(x), |x, _, _| cos(x), "cos(a)"),
    unary!("cos", "cos", Function, Operands, |x, _| cos(x), |x, _, _| -sin(x), "-sin(a)"),
    unary!("tan", "tan", Function, Output, |x, _| tan(x), |_, y, _| 1.0 + y * y, "1 + y^2"),
    unary!("tanh", "tanh", Function, Output, |x, _| tanh(x), |_, y, _| (1.0 - y) * (1.0 + y), "1 - y^2"),
    unary!("sigmoid", "σ", Function, Operands,
        |x, _| sigmoid(x), |x, _, _| sigmoid(x) * sigmoid(-x), "y * (1 - y)"),
    unary!("relu", "relu", Function, Operands, |x, _| relu(x), |x, _, _| above(x, 1.0, 0.0, 0.0), "", at_edges: ZeroAtZero),
    unary!("leaky_relu", "leaky relu", Function, Operands,
        |x, c| leaky_relu(x, c), |x, _, c| above(x, 1.0, c, c), "",
        constant: "slope" = 0.01, at_edges: ConstantAtZero),
    unary!("elu", "elu", Function, Operands,
        |x, c| elu(x, c), |x, _, c| above(x, 1.0, c, c * exp(x)), "",
        constant: "alpha" = 1.0, at_edges: ConstantAtZero),
    unary!("softplus", "softplus", Function, Operands, |x, _| softplus(x), |x, _, _| sigmoid(x), "sigmoid(a)"),
    unary!("silu", "silu", Function, Operands,
        |x, _| x * sigmoid(x), |x, _, _| sigmoid(x) * (1.0 + x * sigmoid(-x)), "sigmoid(a) * (1 + a * (1 - sigmoid(a)))"),
    unary!("gelu", "gelu", Function, Operands,
        |x, _| x * normal_cdf(x), |x, _, _| normal_cdf(x) + x * normal_pdf(x), ""),
    unary!("abs", "|·|", Function, Operands, |x, _| abs(x), |x, _, _| sign(x), "a / abs(a)", at_edges: ZeroAtZero),
    binary!("max", "max", Function, Operands,
        |a, b| larger(a, b), |a, b, _| wins(a, b), |a, b, _| wins(b, a), ["", ""], at_edges: HalfAtTies),
    binary!("min", "min", Function, Operands,
        |a, b| smaller(a, b), |a, b, _| wins(b, a), |a, b, _| wins(a, b), ["", ""], at_edges: HalfAtTies),
];
