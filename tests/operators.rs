//! Every row of the table: its product against central differences at random
//! points and shapes, its written derivative against its product, and what it
//! does at kinks and edges.

use chalkgrad::graph::{self, Graph, GraphBuilder};
use chalkgrad::matrix::{Matrix, Shape};
use chalkgrad::ops::{self, Operator};
use chalkgrad::tape::Tape;
use proptest::prelude::*;

/// Σ k ⊙ operator(operands): every entry's gradient counts with its own weight.
fn weighted(operator: &'static Operator, operands: &[Matrix], weights: &Matrix) -> Option<Graph> {
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
    let output = builder.compute(operator, &nodes, &[]).ok()?;
    let weights = builder.constant(weights.clone()).expect("fits");
    let product = builder.apply("multiply", &[output, weights], &[]).ok()?;
    let loss = builder.apply("sum", &[product], &[]).expect("any shape");
    builder.minimize(loss).expect("1×1");
    Some(builder.build().expect("a loss"))
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

/// Shapes that broadcast together in every way there is.
fn shapes() -> impl Strategy<Value = (Shape, Shape)> {
    (1usize..4, 1usize..4, any::<[bool; 4]>()).prop_map(|(rows, columns, one)| {
        let side = |size: usize, one: bool| if one { 1 } else { size };
        (
            Shape::new(side(rows, one[0]), side(columns, one[1])),
            Shape::new(side(rows, one[2]), side(columns, one[3])),
        )
    })
}

/// Away from kinks, edges and poles, where differences say nothing: numbers
/// between 0.2 and 1.2, all of them distinct.
fn points(count: usize) -> impl Strategy<Value = Vec<f64>> {
    let fractions = proptest::collection::vec(0.0..0.4, count);
    (fractions, any::<u64>()).prop_map(move |(fractions, order)| {
        let place = |index: usize| (index as u64).wrapping_mul(order | 1) % count as u64;
        let numbers = fractions.iter().enumerate();
        numbers
            .map(|(index, fraction)| {
                0.2 + (index as f64 + fraction) / count as f64
                    + 1e-4 * place(index) as f64 / count as f64
            })
            .collect()
    })
}

fn cut(numbers: &mut impl Iterator<Item = f64>, shape: Shape) -> Matrix {
    let data: Vec<f64> = numbers.by_ref().take(shape.len()).collect();
    Matrix::new(shape, data).expect("enough numbers")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_product_agrees_with_central_differences(
        (left, right) in shapes(),
        numbers in points(27),
        sign in prop_oneof![Just(1.0), Just(-1.0)],
    ) {
        const STEP: f64 = 1e-6;
        for operator in ops::table() {
            // Powers, logarithms and roots are at home above 0.
            let signed = !matches!(operator.name, "power" | "log" | "sqrt");
            let mut numbers = numbers.iter().map(|x| if signed { sign * x } else { *x });
            let mut operands = vec![cut(&mut numbers, left)];
            if operator.operands == 2 {
                operands.push(cut(&mut numbers, right));
            }
            let shapes: Vec<Shape> = operands.iter().map(Matrix::shape).collect();
            let output = (operator.shape)(&shapes).expect("they broadcast");
            let weights = cut(&mut numbers, output);
            let graph = weighted(operator, &operands, &weights).expect("a graph");
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
                        "{} of {left} and {right}, operand {operand}, entry {entry}: {found} for {difference}",
                        operator.name,
                    );
                }
            }
        }
    }
}

/// The gradient of a program's loss by `x`.
fn gradient(program: &str) -> f64 {
    let graph = graph::read(program)
        .graph
        .unwrap_or_else(|| panic!("{program}"));
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
fn a_written_derivative_is_the_one_that_is_computed() {
    let (a, b) = (0.7, 1.3);
    let mut checked = 0;
    for operator in ops::table() {
        let mut builder = GraphBuilder::new();
        let mut operands = vec![builder.param("a", Matrix::scalar(a)).expect("fits")];
        if operator.operands == 2 {
            operands.push(builder.param("b", Matrix::scalar(b)).expect("fits"));
        }
        let output = builder.compute(operator, &operands, &[]).expect("scalars");
        builder.minimize(output).expect("1×1");
        let graph = builder.build().expect("a loss");
        let mut tape = Tape::compile(&graph);
        tape.forward();
        tape.backward();
        assert_eq!(
            operator.derivative.len(),
            operator.operands,
            "{}",
            operator.name
        );
        for (&operand, written) in operands.iter().zip(operator.derivative) {
            if written.is_empty() {
                continue;
            }
            let y = tape.value(output)[0];
            let program = format!("data a = {a}\ndata b = {b}\ndata y = {y:e}\nd = 0a + {written}");
            let graph = graph::read(&program)
                .graph
                .unwrap_or_else(|| panic!("{program}"));
            let mut by_hand = Tape::compile(&graph);
            by_hand.forward();
            let (found, expected) = (by_hand.loss(), tape.gradient(operand)[0]);
            assert!(
                (found - expected).abs() <= 1e-12 * expected.abs().max(1.0),
                "{}: {written}",
                operator.name
            );
            checked += 1;
        }
    }
    assert!(checked >= 20, "only {checked} derivatives are written");
}

#[test]
fn nan_goes_through_every_operator() {
    for operator in ops::table() {
        let operands = vec![Matrix::scalar(f64::NAN); operator.operands];
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
