//! Every row of the table: its product against central differences at random
//! points and shapes, its written derivative against its product, and what it
//! does at kinks and edges.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::graph::{self, Graph, GraphBuilder};
use chalkgrad::matrix::{Matrix, Shape};
use chalkgrad::ops::{self, Arity, Formula, Operator};
use chalkgrad::tape::Tape;
use proptest::prelude::*;
use proptest::sample::Index;

use read::read;

/// Σ k ⊙ operator(operands): every entry's gradient counts with its own weight.
/// The names are p0, p1, …, and `y` for the output.
fn weighted(
    operator: &'static Operator,
    operands: &[Matrix],
    constants: &[f64],
    weights: &Matrix,
) -> Graph {
    let mut builder = GraphBuilder::new();
    let nodes: Vec<_> = operands
        .iter()
        .enumerate()
        .map(|(index, operand)| {
            builder
                .param(&format!("p{index}"), operand.clone())
                .expect("fits")
        })
        .collect();
    let output = builder
        .compute(operator, &nodes, constants)
        .expect("a case that fits");
    builder.name("y", output);
    let weights = builder.constant(weights.clone()).expect("fits");
    let product = builder
        .apply("multiply", &[output, weights], &[])
        .expect("the same shape");
    let loss = builder.apply("sum", &[product], &[]).expect("any shape");
    builder.minimize(loss).expect("1×1");
    builder.build().expect("a loss")
}

fn run(graph: &Graph, operands: &[Matrix]) -> Tape {
    let mut tape = Tape::compile(graph);
    let numbers: Vec<f64> = operands
        .iter()
        .flat_map(|operand| operand.data())
        .copied()
        .collect();
    tape.write_params(&numbers);
    tape.forward();
    tape.backward();
    tape
}

/// Operands' shapes and constants that fit an operator.
#[derive(Clone, Debug)]
struct Case {
    shapes: Vec<Shape>,
    constants: Vec<f64>,
    output: Shape,
}

/// Every case of an operator with up to three operands and sides up to 3.
fn cases(operator: &Operator) -> Vec<Case> {
    let sides = 1..=3;
    let all: Vec<Shape> = sides
        .clone()
        .flat_map(|rows| sides.clone().map(move |columns| Shape::new(rows, columns)))
        .collect();
    let counts = match operator.arity {
        Arity::Exactly(count) => count..=count,
        Arity::AtLeast(least) => least..=least + 1,
    };
    let constants: Vec<Vec<f64>> = match operator.name {
        "index" => (0..16)
            .map(|at| vec![f64::from(at / 4), f64::from(at % 4)])
            .collect(),
        _ => vec![
            operator
                .defaults()
                .map(|constant| constant + 0.25)
                .collect(),
        ],
    };
    let mut cases = Vec::new();
    for count in counts {
        for index in 0..all.len().pow(count as u32) {
            let digit = |place: usize| all[index / all.len().pow(place as u32) % all.len()];
            let shapes: Vec<Shape> = (0..count).map(digit).collect();
            for constants in &constants {
                if let Ok(output) = (operator.shape)(&shapes, constants) {
                    cases.push(Case {
                        shapes: shapes.clone(),
                        constants: constants.clone(),
                        output,
                    });
                }
            }
        }
    }
    cases
}

/// Away from kinks, edges and poles, where differences say nothing: numbers
/// between 0.1 and 0.9, all of them distinct.
fn points(count: usize) -> impl Strategy<Value = Vec<f64>> {
    let fractions = proptest::collection::vec(0.0..0.4, count);
    (fractions, any::<u64>()).prop_map(move |(fractions, order)| {
        let place = |index: usize| (index as u64).wrapping_mul(order | 1) % count as u64;
        let numbers = fractions.iter().enumerate();
        numbers
            .map(|(index, fraction)| 0.1 + 0.8 * (place(index) as f64 + fraction) / count as f64)
            .collect()
    })
}

/// How far the operands of an operator may reach: powers, logarithms, roots and
/// probabilities are at home between 0 and 1.
fn is_signed(operator: &Operator) -> bool {
    !matches!(operator.name, "power" | "log" | "sqrt" | "bce")
}

fn cut(numbers: &mut impl Iterator<Item = f64>, shape: Shape) -> Matrix {
    let data: Vec<f64> = numbers.by_ref().take(shape.len()).collect();
    Matrix::new(shape, data).expect("enough numbers")
}

/// Most numbers that a case takes: three operands and as many weights.
const MOST_NUMBERS: usize = 54;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_product_agrees_with_central_differences(
        choice in any::<Index>(),
        numbers in points(MOST_NUMBERS),
        sign in prop_oneof![Just(1.0), Just(-1.0)],
    ) {
        const STEP: f64 = 1e-6;
        for operator in ops::table() {
            let cases = cases(operator);
            let case = choice.get(&cases);
            let sign = if is_signed(operator) { sign } else { 1.0 };
            let mut numbers = numbers.iter().map(|x| sign * x);
            let operands: Vec<Matrix> =
                case.shapes.iter().map(|&shape| cut(&mut numbers, shape)).collect();
            let weights = cut(&mut numbers, case.output);
            let graph = weighted(operator, &operands, &case.constants, &weights);
            let tape = run(&graph, &operands);
            for (node, operand) in graph.params().zip(0..) {
                for entry in 0..operands[operand].data().len() {
                    let loss = |step: f64| {
                        let mut moved = operands.clone();
                        moved[operand].data_mut()[entry] += step;
                        run(&graph, &moved).loss()
                    };
                    let difference = (loss(STEP) - loss(-STEP)) / (2.0 * STEP);
                    let found = tape.gradient(node)[entry];
                    prop_assert!(
                        (found - difference).abs() <= 1e-7 * (1.0 + found.abs()),
                        "{} of {case:?}, operand {operand}, entry {entry}: {found} for {difference}",
                        operator.name,
                    );
                }
            }
        }
    }

    #[test]
    fn a_written_derivative_is_the_one_that_is_computed(
        choice in any::<Index>(),
        numbers in points(MOST_NUMBERS),
    ) {
        for operator in ops::table() {
            let cases = cases(operator);
            check_written(operator, choice.get(&cases), &numbers)?;
        }
    }
}

fn check_written(
    operator: &'static Operator,
    case: &Case,
    numbers: &[f64],
) -> Result<(), TestCaseError> {
    let mut numbers = numbers.iter().copied();
    let operands: Vec<Matrix> = case
        .shapes
        .iter()
        .map(|&shape| cut(&mut numbers, shape))
        .collect();
    let weights = cut(&mut numbers, case.output);
    let graph = weighted(operator, &operands, &case.constants, &weights);
    let tape = run(&graph, &operands);
    let y = graph.find("y").expect("the output");
    for (operand, node) in graph.params().enumerate() {
        let Some(written) = contribution(operator, operand) else {
            continue;
        };
        let shape = case.shapes[operand];
        let mut program = String::new();
        for (name, shape, data) in [
            ("a", case.shapes[0], operands[0].data()),
            (
                "b",
                *case.shapes.last().expect("one"),
                operands[operands.len() - 1].data(),
            ),
            ("y", case.output, tape.value(y)),
            ("u", case.output, weights.data()),
        ] {
            program += &format!("data {name} = {}\n", literal(shape, data));
        }
        let (m, n) = (shape.rows, shape.columns);
        program +=
            &format!("data m = {m}\ndata n = {n}\ndata c = 0.25\ndata d = {written}\nL = sum(d)");
        let by_hand = graph::read(&program)
            .graph
            .unwrap_or_else(|| panic!("{}: {program}", operator.name));
        let d = by_hand.find("d").expect("a contribution");
        let contribution = by_hand.node(d).given().expect("data");
        let expected = tape.gradient(node);
        let found = summed_to(contribution, shape);
        for (found, expected) in found.iter().zip(expected) {
            prop_assert!(
                (found - expected).abs() <= 1e-11 * expected.abs().max(1.0),
                "{} of {case:?}, operand {operand}: {found} for {expected} by {written}",
                operator.name,
            );
        }
    }
    Ok(())
}

/// What a row writes for an operand, as an expression with `u` in it.
fn contribution(operator: &Operator, operand: usize) -> Option<String> {
    let written = match operator.formula {
        Formula::Entry(all) => format!("u * ({})", all.get(operand).filter(|it| !it.is_empty())?),
        Formula::Whole(all) => (*all.get(operand.min(all.len() - 1))?).to_owned(),
    };
    (!written.is_empty()).then_some(written)
}

/// Summed over the sides along which an operand was broadcast.
fn summed_to(matrix: &Matrix, shape: Shape) -> Vec<f64> {
    let mut sums = vec![0.0; shape.len()];
    let columns = matrix.shape().columns;
    for (at, entry) in matrix.data().iter().enumerate() {
        let (row, column) = (at / columns % shape.rows, at % columns % shape.columns);
        sums[row * shape.columns + column] += entry;
    }
    sums
}

fn literal(shape: Shape, data: &[f64]) -> String {
    let rows = data.chunks(shape.columns).map(|row| {
        let entries: Vec<String> = row.iter().map(|entry| format!("{entry:e}")).collect();
        entries.join(", ")
    });
    format!("[{}]", rows.collect::<Vec<_>>().join("; "))
}

#[test]
fn every_operator_but_few_has_a_written_derivative() {
    let without: Vec<&str> = ops::table()
        .filter(|row| (0..row.arity.least()).any(|operand| contribution(row, operand).is_none()))
        .map(|row| row.name)
        .collect();
    let cases = [
        "relu",
        "leaky_relu",
        "elu",
        "gelu",
        "max",
        "min",
        "vcat",
        "hcat",
        "index",
        "hinge",
    ];
    assert_eq!(
        without, cases,
        "distinctions of cases, and what moves entries"
    );
}

/// The gradient of a program's loss by `x`.
fn gradient(program: &str) -> f64 {
    let graph = read(program);
    let mut tape = Tape::compile(&graph);
    tape.forward();
    tape.backward();
    tape.gradient(graph.find("x").expect("x"))[0]
}

fn at(x: &str, function: &str) -> f64 {
    gradient(&format!("param x = {x}\ny = {function}"))
}

#[test]
fn at_kinks_the_derivative_is_what_the_row_says() {
    for (x, function, expected) in [
        ("0", "relu(x)", 0.0),
        ("0", "abs(x)", 0.0),
        ("0", "leaky_relu(x)", 0.01),
        ("0", "leaky_relu(x, 0.2)", 0.2),
        ("0", "leaky_relu(x, slope = 0.3)", 0.3),
        ("0", "elu(x)", 1.0),
        ("0", "elu(x, 1.5)", 1.5),
        ("2", "max(x, 2)", 0.5),
        ("2", "min(2, x)", 0.5),
        ("2", "max(x, x)", 1.0),
        ("0", "sqrt(x)", f64::INFINITY),
        ("3", "x^0", 0.0),
        ("0", "x^0", 0.0),
        ("0", "0^x", 0.0),
        ("2", "0^x", 0.0),
    ] {
        assert_eq!(at(x, function), expected, "{function} at {x}");
    }
    assert!(
        at("2", "(-1)^x").is_nan(),
        "a negative base has no derivative by its exponent"
    );
    assert_eq!(
        at("-2", "x^3"),
        12.0,
        "a negative base with a whole exponent has one"
    );
}

#[test]
fn losses_keep_to_their_conventions() {
    for (x, function, expected) in [
        ("3", "mae(x, 3)", 0.0),
        ("2", "hinge(x, 0.5)", 0.0),
        ("4", "huber(x, 3)", 1.0),
        ("0", "bce(x, 0)", 1.0),
        ("1", "bce(x, 1)", -1.0),
        ("0.5", "bce(x, 1)", -2.0),
        ("0", "bce(x, 1)", f64::NEG_INFINITY),
        ("800", "bce_logits(x, 1)", 0.0),
        ("-800", "bce_logits(x, 1)", -1.0),
        ("1000", "cross_entropy([x; 0], [0; 1])", 1.0),
    ] {
        assert_eq!(at(x, function), expected, "{function} at {x}");
    }
    let loss = |program: &str| {
        let graph = read(program);
        let mut tape = Tape::compile(&graph);
        tape.forward();
        tape.loss()
    };
    assert_eq!(loss("param x = 0\ny = bce(x, 0)"), 0.0, "0 · log 0 is 0");
    assert_eq!(loss("param x = 1\ny = bce(x, 1)"), 0.0);
    assert_eq!(
        loss("param x = 1000\ny = cross_entropy([x; 0], [1; 0])"),
        0.0
    );
}

#[test]
fn softmax_and_its_kin_do_not_overflow() {
    let at = |x: &str| gradient(&format!("param x = {x}\ns = softmax([x; 0])\ny = s[1]"));
    assert_eq!((at("1e4"), at("-1e4"), at("0")), (0.0, 0.0, 0.25));
}

#[test]
fn nan_goes_through_every_operator() {
    for operator in ops::table() {
        let operands = vec![Matrix::scalar(f64::NAN); operator.arity.least()];
        let operands: Vec<&Matrix> = operands.iter().collect();
        let constants: Vec<f64> = operator.defaults().collect();
        let value = operator.evaluate(&operands, &constants).expect("scalars");
        assert!(value.data()[0].is_nan(), "{}", operator.name);
    }
}

#[test]
fn a_chain_of_twenty_thousand_operators_works() {
    let mut builder = GraphBuilder::new();
    let mut node = builder.param("x", Matrix::scalar(0.5)).expect("fits");
    for _ in 0..20_000 {
        node = builder.apply("negate", &[node], &[]).expect("fits");
    }
    assert_eq!(
        builder.apply("negate", &[node], &[]),
        Err(graph::BuildFault::TooManyOperators),
    );
    builder.minimize(node).expect("1×1");
    let graph = builder.build().expect("a loss");
    let mut tape = Tape::compile(&graph);
    tape.forward();
    tape.backward();
    assert_eq!(tape.loss(), 0.5);
    assert_eq!(tape.gradient(graph.find("x").expect("x")), [1.0]);
}
