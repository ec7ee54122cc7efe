//! Generators: what declarations are filled with.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::graph::Graph;

use read::read;

/// What a node was given.
fn given(graph: &Graph, name: &str) -> Vec<f64> {
    let node = graph.find(name).unwrap_or_else(|| panic!("{name}"));
    let value = graph.node(node).given().expect("a declaration");
    value.data().to_vec()
}

fn drawn(program: &str, name: &str) -> Vec<f64> {
    given(&read(&format!("{program}\nL = sum({name})")), name)
}

#[test]
fn sizes_and_contents_are_as_asked() {
    for (program, expected) in [
        ("data A = zeros(1, 3)", vec![0.0; 3]),
        ("data A = ones(2, 1)", vec![1.0; 2]),
        ("data A = eye(2)", vec![1.0, 0.0, 0.0, 1.0]),
        ("data A = 2eye(2) + ones(2, 2)", vec![3.0, 1.0, 1.0, 3.0]),
        ("data n = 2\ndata A = ones(1, n)", vec![1.0; 2]),
        ("data A = normal(1, 2, 0)", vec![0.0; 2]),
        ("data A = normal(1, 2, std = 0)", vec![0.0; 2]),
        ("data A = uniform(1, 2, 3, 3)", vec![3.0; 2]),
        ("data A = uniform(1, 2, hi = 3, lo = 3)", vec![3.0; 2]),
    ] {
        assert_eq!(drawn(program, "A"), expected, "{program}");
    }
}

#[test]
fn random_numbers_have_their_bounds_and_spread() {
    let within = |program: &str, low: f64, high: f64| {
        let numbers = drawn(program, "A");
        assert!(numbers.iter().all(|x| (low..high).contains(x)), "{program}");
        let span = (high - low) / 10.0;
        let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        assert!(least < low + span && largest > high - span, "{program}");
    };
    within("param A = uniform(20, 30)", -1.0, 1.0);
    within("param A = uniform(20, 30, 2, 5)", 2.0, 5.0);
    let bound = (6.0_f64 / 50.0).sqrt();
    within("param A = glorot(20, 30)", -bound, bound);
    let deviation = |program: &str| {
        let numbers = drawn(program, "A");
        (numbers.iter().map(|x| x * x).sum::<f64>() / numbers.len() as f64).sqrt()
    };
    assert!((deviation("param A = normal(50, 60)") - 1.0).abs() < 0.05);
    assert!((deviation("param A = normal(50, 60, std = 3)") - 3.0).abs() < 0.15);
    assert!((deviation("param A = he(50, 60)") - (2.0_f64 / 60.0).sqrt()).abs() < 0.01);
}

#[test]
fn an_inserted_line_changes_no_other_weight() {
    let before = read("param W1 = normal(2, 2)\nparam W2 = normal(2, 2)\nL = sum(W1 @ W2)");
    let after = read(
        "param b = normal(3, 1)\nparam W2 = normal(2, 2)\nparam W1 = normal(2, 2)\nL = sum(W1 @ W2) + sum(b)",
    );
    for name in ["W1", "W2"] {
        assert_eq!(given(&before, name), given(&after, name));
    }
    assert_ne!(given(&before, "W1"), given(&before, "W2"));
}

#[test]
fn a_name_that_is_declared_again_draws_anew() {
    let graph = read("data a = normal(1, 4)\ndata a = normal(1, 4)\nL = sum(a)");
    assert_ne!(given(&graph, "a#1"), given(&graph, "a"));
}

#[test]
fn the_seed_changes_every_number_and_1_is_the_one_that_holds() {
    let drawn = |program: &str| drawn(program, "w");
    let plain = drawn("param w = normal(1, 4)");
    assert_eq!(drawn("seed 1\nparam w = normal(1, 4)"), plain);
    let other = drawn("seed 2\nparam w = normal(1, 4)");
    assert!(other.iter().zip(&plain).all(|(one, two)| one != two));
    assert_eq!(
        drawn("param w = normal(1, 4)\nseed 2"),
        other,
        "it counts for the whole program"
    );
}

/// The very numbers: a link made today opens the same weights for ever.
#[test]
fn the_numbers_stay_as_they_are() {
    let bits =
        |program: &str| -> Vec<u64> { drawn(program, "W").into_iter().map(f64::to_bits).collect() };
    assert_eq!(bits("param W = normal(1, 2)"), NORMAL);
    assert_eq!(bits("param W = uniform(1, 2)"), UNIFORM);
}

const NORMAL: [u64; 2] = [13_814_869_977_660_608_354, 4_573_763_503_482_338_264];
const UNIFORM: [u64; 2] = [13_830_473_289_789_004_884, 13_804_989_940_356_346_240];
