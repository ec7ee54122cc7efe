//! Random programs on matrices of random shapes: their gradients against central
//! differences, and the sum of their terms.

#[path = "programs/derived.rs"]
mod derived;
#[path = "programs/differences.rs"]
mod differences;
#[path = "programs/read.rs"]
mod read;
#[path = "programs/terms.rs"]
mod terms;

use std::fmt::Write as _;

use chalkgrad::matrix::Shape;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use derived::check_derivations;
use differences::gradients_and_differences;
use read::read;
use terms::check_paths;

/// What a line does to what was bound before. Choices are indices into what
/// fits: names of a shape that the operator takes, rows and columns that exist.
#[derive(Clone, Debug)]
struct Step {
    kind: Kind,
    /// Operands, rows and columns.
    choices: [Index; 4],
}

/// Those whose operands must fit look for one that does, and where there is
/// none make one.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// `a @ b`, b being transposed, or a row of weights before a column.
    Product,
    Transpose,
    /// `a + b`, `a - b`, `a * b`, broadcast.
    Infix(&'static str),
    /// `[a; b]` or `vcat(a, b, a)`.
    Stack,
    /// `[a, b]` or `hcat(a, b, a)`.
    Beside,
    /// `a[i, j]`, `a[i, :]`, `a[:, j]`.
    Entry,
    Row,
    Column,
    /// `[a[1, 1], b[i, j]; 1, s]`: a matrix of expressions.
    Entries,
    /// `f(a)`, of the same shape.
    Function(&'static str),
    /// `sum(a)`, `mean(a)`, `sum_rows(a)`, `sum_cols(a)`.
    Reduction(&'static str),
    /// `loss(a, b)` of one shape.
    Loss(&'static str),
}

const FUNCTIONS: [&str; 6] = ["tanh", "sigmoid", "softplus", "gelu", "sin", "softmax"];
const REDUCTIONS: [&str; 4] = ["sum", "mean", "sum_rows", "sum_cols"];
const LOSSES: [&str; 4] = ["mse", "squared_error", "bce_logits", "cross_entropy"];

fn step() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![
        3 => Just(Kind::Product),
        1 => Just(Kind::Transpose),
        3 => select(vec!["+", "-", "*"]).prop_map(Kind::Infix),
        1 => Just(Kind::Stack),
        1 => Just(Kind::Beside),
        1 => select(vec![Kind::Entry, Kind::Row, Kind::Column, Kind::Entries]),
        3 => select(FUNCTIONS.to_vec()).prop_map(Kind::Function),
        2 => select(REDUCTIONS.to_vec()).prop_map(Kind::Reduction),
        1 => select(LOSSES.to_vec()).prop_map(Kind::Loss),
    ];
    (kind, any::<[Index; 4]>()).prop_map(|(kind, choices)| Step { kind, choices })
}

/// A name that is bound, with its shape.
type Bound = (String, Shape);

/// The longest side a matrix may grow to.
const LONGEST: usize = 6;

impl Step {
    /// The expression of a line, with the shape that it should have; nothing
    /// where that would grow too large.
    fn write(&self, bound: &[Bound]) -> Option<(String, Shape)> {
        let [first, second, row, column] = self.choices;
        let (a, shape) = first.get(bound).clone();
        let Shape { rows, columns } = shape;
        let fitting = |fits: &dyn Fn(Shape) -> bool| {
            let all: Vec<&Bound> = bound.iter().filter(|(_, shape)| fits(*shape)).collect();
            (!all.is_empty()).then(|| (*second.get(&all)).clone())
        };
        let (i, j) = (row.index(rows) + 1, column.index(columns) + 1);
        let (text, made) = match self.kind {
            Kind::Product => {
                let (b, other) = fitting(&|other| other.rows == columns)
                    .unwrap_or_else(|| (format!("{a}'"), Shape::new(columns, rows)));
                (format!("{a} @ {b}"), Shape::new(rows, other.columns))
            }
            Kind::Transpose => (format!("{a}'"), Shape::new(columns, rows)),
            Kind::Infix(sign) => {
                let (b, other) = fitting(&|other| shape.broadcast(other).is_some())?;
                (format!("{a} {sign} {b}"), shape.broadcast(other)?)
            }
            Kind::Stack => {
                let (b, other) = fitting(&|other| other.columns == columns)?;
                let rows = rows + other.rows;
                (format!("vcat({a}, {b})"), Shape::new(rows, columns))
            }
            Kind::Beside => {
                let (b, other) = fitting(&|other| other.rows == rows)?;
                let columns = columns + columns + other.columns;
                (format!("hcat({a}, {b}, {a})"), Shape::new(rows, columns))
            }
            Kind::Entry => (format!("{a}[{i}, {j}]"), Shape::SCALAR),
            Kind::Row => (format!("{a}[{i}, :]"), Shape::new(1, columns)),
            Kind::Column => (format!("{a}[:, {j}]"), Shape::new(rows, 1)),
            Kind::Entries => {
                let (b, _) = second.get(bound);
                let entries = format!("[{a}[{i}, {j}], sum({b}); 0.5, mean({a})]");
                (entries, Shape::new(2, 2))
            }
            Kind::Function(name) => (format!("{name}({a})"), shape),
            Kind::Reduction(name) => {
                let made = match name {
                    "sum_rows" => Shape::new(1, columns),
                    "sum_cols" => Shape::new(rows, 1),
                    _ => Shape::SCALAR,
                };
                (format!("{name}({a})"), made)
            }
            Kind::Loss(name) => {
                let (b, _) = fitting(&|other| other == shape)?;
                (format!("{name}({a}, {b})"), Shape::SCALAR)
            }
        };
        let small = made.rows <= LONGEST && made.columns <= LONGEST;
        // What grows is tamed, so that differences say something.
        small.then(|| (format!("tanh({text} / 2)"), made))
    }
}

/// A program with three parameters and a data node of these sides, a line for
/// each step that fits, and what its names should be.
fn program(sides: [usize; 3], numbers: &[f64], steps: &[Step]) -> (String, Vec<Bound>) {
    let [m, k, n] = sides;
    let mut numbers = numbers.iter();
    let mut text = String::new();
    let mut bound: Vec<Bound> = Vec::new();
    let heads = [
        ("param", "W", m, k),
        ("param", "V", k, n),
        ("data", "x", k, n),
        ("param", "c", m, 1),
    ];
    for (role, name, rows, columns) in heads {
        let rows_of: Vec<String> = (0..rows)
            .map(|_| {
                let row = numbers.by_ref().take(columns).map(f64::to_string);
                row.collect::<Vec<_>>().join(", ")
            })
            .collect();
        writeln!(text, "{role} {name} = [{}]", rows_of.join("; ")).expect("a string");
        bound.push((name.into(), Shape::new(rows, columns)));
    }
    for (index, step) in steps.iter().enumerate() {
        if let Some((expression, shape)) = step.write(&bound) {
            let name = format!("h{index}");
            writeln!(text, "{name} = {expression}").expect("a string");
            bound.push((name, shape));
        }
    }
    // Every name counts, so that each line is on a way to the loss.
    let sums: Vec<String> = (1..)
        .zip(&bound)
        .map(|(weight, (name, _))| format!("mean({name}) * {weight} / 10"))
        .collect();
    writeln!(text, "L = {}\nminimize L", sums.join(" + ")).expect("a string");
    (text, bound)
}

/// Most numbers that three parameters and the data have.
const MOST_NUMBERS: usize = 30;

proptest! {
    #[test]
    fn gradients_are_those_of_central_differences(
        sides in [1..4_usize, 1..4_usize, 1..4_usize],
        numbers in proptest::collection::vec(-1.5..1.5_f64, MOST_NUMBERS),
        steps in proptest::collection::vec(step(), 1..12),
    ) {
        let (program, bound) = program(sides, &numbers, &steps);
        let graph = read(&program);
        for (name, shape) in &bound {
            let node = graph.find(name).expect("bound");
            prop_assert_eq!(graph.node(node).shape, *shape, "{} of\n{}", name, program);
        }
        for (entry, (found, expected)) in gradients_and_differences(&graph).into_iter().enumerate() {
            prop_assert!(
                (found - expected).abs() <= 1e-6 * (1.0 + expected.abs()),
                "{found} for {expected}, entry {entry} of\n{program}"
            );
        }
    }

    #[test]
    fn terms_and_derivations_come_to_the_gradients(
        sides in [1..4_usize, 1..4_usize, 1..4_usize],
        numbers in proptest::collection::vec(-1.5..1.5_f64, MOST_NUMBERS),
        steps in proptest::collection::vec(step(), 1..12),
    ) {
        let (program, _) = program(sides, &numbers, &steps);
        let graph = read(&program);
        check_paths(&graph, &program);
        check_derivations(&graph, &program);
    }
}
