//! Random programs: their values against an evaluator that knows nothing of
//! graphs, their gradients against central differences, the terms of
//! these, and their numbers after an edit.

#[path = "programs/derived.rs"]
mod derived;
#[path = "programs/differences.rs"]
mod differences;
#[path = "programs/read.rs"]
mod read;
#[path = "programs/terms.rs"]
mod terms;

use std::fmt::Write as _;

use chalkgrad::graph::{Graph, NodeKind};
use chalkgrad::matrix::Matrix;
use chalkgrad::notation::{apply, parse, set_number};
use chalkgrad::tape::Tape;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use derived::check_derivations;
use differences::gradients_and_differences;
use read::read;
use terms::check_paths;

/// An expression of numbers and earlier names, whose value and slopes stay
/// small and have no kinks: differences say nothing where they haven't.
#[derive(Clone, Debug)]
enum Tree {
    Number(f64),
    /// One of the names before, whichever these are.
    Name(Index),
    Call(&'static str, Box<Tree>),
    Infix(&'static str, Box<Tree>, Box<Tree>),
    /// a / (2 + b²)
    Quotient(Box<Tree>, Box<Tree>),
    /// (1 + a²)^b
    Power(Box<Tree>, Box<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        1 => (1..40_u8).prop_map(|tenths| Tree::Number(f64::from(tenths) / 10.0)),
        4 => any::<Index>().prop_map(Tree::Name),
    ];
    leaf.prop_recursive(4, 12, 2, |inner| {
        let calls = ["tanh", "sin", "cos", "sigmoid", "softplus", "silu", "gelu", "-", "half", "square"];
        let boxed = inner.prop_map(Box::new).boxed();
        let pair = (boxed.clone(), boxed.clone());
        prop_oneof![
            4 => (select(calls.to_vec()), boxed).prop_map(|(name, of)| Tree::Call(name, of)),
            4 => (select(vec!["+", "-", "*"]), pair.clone()).prop_map(|(sign, (a, b))| Tree::Infix(sign, a, b)),
            1 => pair.clone().prop_map(|(a, b)| Tree::Quotient(a, b)),
            1 => pair.prop_map(|(a, b)| Tree::Power(a, b)),
        ]
    })
}

/// What `half` and `square` stand for; the second uses its argument twice.
const FUNCTIONS: &str = "fn half(u) = u / 2\nfn square(u) = half(u * u) * 2\n";

impl Tree {
    fn write(&self, names: &[String]) -> String {
        match self {
            Self::Number(value) => value.to_string(),
            Self::Name(index) => index.get(names).clone(),
            Self::Call(name, of) => format!("{name}({})", of.write(names)),
            Self::Infix(sign, a, b) => format!("({} {sign} {})", a.write(names), b.write(names)),
            Self::Quotient(a, b) => format!("{} / (2 + ({})²)", a.write(names), b.write(names)),
            Self::Power(a, b) => format!("(1 + ({})^2)^({} - 1)", a.write(names), b.write(names)),
        }
    }

    fn value(&self, values: &[f64]) -> f64 {
        match self {
            Self::Number(value) => *value,
            Self::Name(index) => *index.get(values),
            Self::Call(name, of) => call(name, of.value(values)),
            Self::Infix("+", a, b) => a.value(values) + b.value(values),
            Self::Infix("-", a, b) => a.value(values) - b.value(values),
            Self::Infix(_, a, b) => a.value(values) * b.value(values),
            Self::Quotient(a, b) => a.value(values) / (2.0 + b.value(values) * b.value(values)),
            Self::Power(a, b) => libm::pow(
                1.0 + a.value(values) * a.value(values),
                b.value(values) - 1.0,
            ),
        }
    }
}

fn call(name: &str, x: f64) -> f64 {
    let sigmoid = |x: f64| 1.0 / (1.0 + libm::exp(-x));
    match name {
        "tanh" => libm::tanh(x),
        "sin" => libm::sin(x),
        "cos" => libm::cos(x),
        "sigmoid" => sigmoid(x),
        "softplus" => libm::log(1.0 + libm::exp(x)),
        "silu" => x * sigmoid(x),
        "gelu" => x * 0.5 * (1.0 + libm::erf(x / 2f64.sqrt())),
        "-" => -x,
        "half" => x / 2.0,
        "square" => x * x,
        other => panic!("no function {other}"),
    }
}

/// Lines that bind a name anew or again, each tamed by a tanh, some repeated.
fn lines() -> impl Strategy<Value = Vec<(&'static str, Tree, usize)>> {
    let name = select(vec!["a", "b", "c", "损失", "W₁"]);
    let times = prop_oneof![4 => Just(1_usize), 1 => 2..4_usize];
    vec((name, tree(), times), 1..7)
}

/// A program with these lines, and the loss as it should be. The names that a
/// line can use are those bound before it.
fn program(heads: &str, names: &[&str], lines: &[(&str, Tree, usize)]) -> String {
    let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut text = format!("{FUNCTIONS}{heads}");
    for (name, tree, times) in lines {
        let line = format!("{name} = tanh({})", tree.write(&names));
        match times {
            1 => writeln!(text, "{line}"),
            _ => writeln!(text, "repeat {times} {{ {line} }}"),
        }
        .expect("a string");
        if !names.iter().any(|known| known == name) {
            names.push((*name).to_owned());
        }
    }
    text
}

/// The last line's value, by names alone.
fn naive(start: &[(&str, f64)], lines: &[(&str, Tree, usize)]) -> f64 {
    let (mut names, mut values): (Vec<&str>, Vec<f64>) = start.iter().copied().unzip();
    let mut last = f64::NAN;
    for (name, tree, times) in lines {
        // Within a repetition a name is only known once the line is through.
        let known = values.len();
        for _ in 0..*times {
            last = libm::tanh(tree.value(&values[..known]));
            match names.iter().position(|other| other == name) {
                Some(at) => values[at] = last,
                None => {
                    names.push(name);
                    values.push(last);
                }
            }
        }
    }
    last
}

/// The loss for these values of the parameters.
fn loss(graph: &Graph, params: &[f64]) -> f64 {
    let mut tape = Tape::compile(graph);
    tape.write_params(params);
    tape.forward();
    tape.loss()
}

fn close(found: f64, expected: f64, error: f64) -> bool {
    (found - expected).abs() <= error * (1.0 + expected.abs())
}

proptest! {
    #[test]
    fn values_are_those_of_a_naive_evaluator(
        x in -2.0..2.0_f64,
        y in -2.0..2.0_f64,
        lines in lines(),
    ) {
        let heads = format!("param x = {x}\ndata y = {y}\n");
        let program = program(&heads, &["x", "y"], &lines);
        let graph = read(&program);
        let (found, expected) = (loss(&graph, &[x]), naive(&[("x", x), ("y", y)], &lines));
        prop_assert!(close(found, expected, 1e-11), "{found} for {expected} in\n{program}");
    }

    #[test]
    fn gradients_are_those_of_central_differences(
        numbers in vec(-1.5..1.5_f64, 6),
        lines in lines(),
    ) {
        let [x, y, p, q, r, s] = numbers[..] else { unreachable!("as many as asked for") };
        let heads = format!("param x = {x}\ndata D = [{y}; -0.5]\nparam R = [{p}, {q}; {r}, {s}]\n");
        let program = program(&heads, &["x", "D", "R"], &lines) + "loss = mean(";
        let last = lines.last().map_or("x", |line| line.0);
        let program = format!("{program}{last} * R + x)\nminimize loss");
        let graph = read(&program);
        for (entry, (found, expected)) in gradients_and_differences(&graph).into_iter().enumerate() {
            prop_assert!(close(found, expected, 1e-6), "{found} for {expected}, entry {entry} of\n{program}");
        }
    }

    #[test]
    fn terms_and_derivations_come_to_the_gradients(
        x in -2.0..2.0_f64,
        y in -2.0..2.0_f64,
        lines in lines(),
    ) {
        let heads = format!("param x = {x}\ndata y = {y}\n");
        let program = program(&heads, &["x", "y"], &lines);
        let graph = read(&program);
        check_paths(&graph, &program);
        check_derivations(&graph, &program);
    }

    #[test]
    fn a_number_that_is_set_is_read_with_all_its_bits(
        value in prop_oneof![any::<f64>(), select(vec![-0.0, 5e-324, f64::MAX, f64::INFINITY, f64::NEG_INFINITY])],
        written in select(vec!["2", "-2.5e3", "(7)", "（－７）", "- 1"]),
        around in select(vec!["", " # a note", "; z = 2", "\r\n\n"]),
    ) {
        let text = format!("param w = 1{around}\nparam x = {written}{around}\ny = 4x^2 # x = 2\n");
        let edit = set_number(&parse(&text).program, "x", value).expect("a number is written there");
        let (before, after) = (&text[..edit.span.start as usize], &text[edit.span.end as usize..]);
        let edited = apply(&text, std::slice::from_ref(&edit));
        prop_assert_eq!(&edited, &format!("{before}{}{after}", edit.text), "nothing else changes");
        let graph = read(&edited);
        let x = graph.find("x").expect("bound");
        let NodeKind::Param(found) = &graph.node(x).kind else { panic!("a parameter") };
        let bits = |matrix: &Matrix| matrix.as_scalar().map(f64::to_bits);
        let same = bits(found) == Some(value.to_bits()) || value.is_nan() && found.data()[0].is_nan();
        prop_assert!(same, "{value:?} as {edited}");
    }
}
