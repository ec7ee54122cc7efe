//! How long the map of the learning rates takes: 200 rates, 200 steps each.
//!
//! `cargo xtask bench` runs it, with the optimization for size that the page's
//! engine has.

use std::hint::black_box;

use chalkgrad::descent::{Method, RateMap};
use chalkgrad::graph;
use criterion::{Criterion, criterion_group, criterion_main};

/// The lecture's three-layer perceptron.
const PERCEPTRON: &str = include_str!("../tests/programs/perceptron.txt");

fn maps(c: &mut Criterion) {
    let mut group = c.benchmark_group("map of 200 rates, 200 steps each");
    group.sample_size(10);
    for (name, program) in [
        ("y = 4x²", "param x = 2\ny = 4x^2"),
        ("perceptron", PERCEPTRON),
    ] {
        let graph = graph::read(program).graph.expect("no faults");
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut map = RateMap::new(&graph, Method::default(), -4.0, 1.0);
                map.focus(0.1);
                while map.work(u64::MAX) {}
                assert!(map.cells().iter().all(Option::is_some));
                black_box(map)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, maps);
criterion_main!(benches);
