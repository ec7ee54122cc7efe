//! How long it takes to place a graph: the lecture's perceptron, and random
//! graphs of 500, 5,000 and 20,000 operators, the most that a program has.

use std::hint::black_box;

use chalkgrad::graph::{self, Graph};
use chalkgrad::layout::{Options, Scene, place};
use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../tests/layout/random.rs"]
mod random;

const PERCEPTRON: &str = include_str!("../tests/programs/perceptron.txt");

fn placing(c: &mut Criterion) {
    let perceptron = graph::read(PERCEPTRON).graph.expect("no faults");
    let mut group = c.benchmark_group("place");
    let mut bench = |name: &str, graph: &Graph| {
        let scene = Scene::of(graph);
        group.bench_function(name, |b| {
            b.iter(|| place(black_box(&scene), Options::default()));
        });
    };
    bench("perceptron", &perceptron);
    bench("500 operators", &random::graph(500, 1));
    bench("5,000 operators", &random::graph(5000, 1));
    bench("20,000 operators", &random::graph(20_000, 1));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = placing
}
criterion_main!(benches);
