//! How long the engine takes: a program to a tape, and one forward and backward
//! pass of networks of three sizes.
//!
//! `cargo xtask bench` runs it, with the optimization for size that the page's
//! engine has.

use std::hint::black_box;

use chalkgrad::graph;
use chalkgrad::notation;
use chalkgrad::tape::Tape;
use criterion::{Criterion, criterion_group, criterion_main};

/// The lecture's three-layer perceptron.
const PERCEPTRON: &str = include_str!("../tests/programs/perceptron.txt");

/// 2-64-64-1 with 32 samples.
const NETWORK: &str = "\
data  x  = normal(2, 32)
data  y  = normal(1, 32)
param W1 = glorot(64, 2)
param b1 = zeros(64, 1)
param W2 = glorot(64, 64)
param b2 = zeros(64, 1)
param W3 = glorot(1, 64)
param b3 = zeros(1, 1)
h = tanh(W1 @ x + b1)
g = tanh(W2 @ h + b2)
o = tanh(W3 @ g + b3)
L = mse(o, y)
minimize L
";

/// 1,000 operators between numbers: two weights, each used 250 times.
const SCALARS: &str = "\
param w = 0.9
param b = 0.1
param x = 0.5
repeat 250 { x = sin(tanh(w * x + b)) }
minimize x
";

/// 5,000 lines with an operator each, and a name that most of them bind anew.
fn long_program() -> String {
    let mut program = String::from("param w = 0.9\nparam b = 0.1\nx = 0.5\n");
    for line in 0..1250 {
        program += &format!("u{line} = w * x\nz = u{line} + b\nh = tanh(z)\nx = sin(h)\n");
    }
    program
}

fn reading(c: &mut Criterion) {
    let text = long_program();
    let program = notation::parse(&text).program;
    let graph = graph::elaborate(&program).expect("no faults");
    let operators = graph.nodes().iter();
    let operators = operators.filter(|node| node.application().is_some());
    assert_eq!(operators.count(), 5000);

    let mut group = c.benchmark_group("5,000 operators");
    group.bench_function("parse", |b| b.iter(|| notation::parse(black_box(&text))));
    group.bench_function("elaborate and compile", |b| {
        b.iter(|| {
            let graph = graph::elaborate(black_box(&program)).expect("no faults");
            Tape::compile(&graph)
        });
    });
    group.finish();
}

fn passes(c: &mut Criterion) {
    let mut group = c.benchmark_group("forward and backward");
    for (name, program) in [
        ("perceptron", PERCEPTRON),
        ("2-64-64-1, 32 samples", NETWORK),
        ("1,000 operators between numbers", SCALARS),
    ] {
        let graph = graph::read(program).graph.expect("no faults");
        let mut tape = Tape::compile(&graph);
        group.bench_function(name, |b| {
            b.iter(|| {
                tape.forward();
                tape.backward();
                black_box(tape.gradients());
            });
        });
        assert!(tape.not_finite().is_none());
    }
    group.finish();
}

criterion_group!(benches, reading, passes);
criterion_main!(benches);
