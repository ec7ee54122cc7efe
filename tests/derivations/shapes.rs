//! The pieces of the explicit form: their shapes, and the numbers put in.

use chalkgrad::derivation::{Derivations, value};
use chalkgrad::formula::{Labels, text};

use crate::passed;
use crate::read::read;

const PERCEPTRON: &str = include_str!("../programs/perceptron.txt");

/// The pieces of a node's equation and their shapes, in two lines.
#[track_caller]
fn check(program: &str, key: &str, pieces: &str, shapes: &str) {
    let graph = read(program);
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let node = graph.find(key).expect("a name");
    let factors = derivations.factors(node).into_iter();
    let told = factors.map(|factor| [factor.before, text(&factor.formula)].concat());
    assert_eq!(told.collect::<Vec<_>>().join(" "), pieces);
    assert_eq!(derivations.shapes(node), shapes);
}

#[test]
fn an_equation_comes_to_pieces_at_its_signs() {
    check(PERCEPTRON, "o", "∂L/∂o =o −y", "3×1 = 3×1 − 3×1");
    check(PERCEPTRON, "W2", "∂L/∂W2 =∂L/∂o ×hᵀ", "3×5 = 3×1 · 1×5");
    check(PERCEPTRON, "h", "∂L/∂h =W2ᵀ ×∂L/∂o", "5×1 = 5×3 · 3×1");
    check(PERCEPTRON, "z", "∂L/∂z =∂L/∂h ⊙φ′(z)", "5×1 = 5×1 ⊙ 5×1");
    check(PERCEPTRON, "W1", "∂L/∂W1 =∂L/∂z ×xᵀ", "5×4 = 5×1 · 1×4");
}

#[test]
fn sums_and_what_was_broadcast_have_their_signs() {
    let program = "param A = ones(2, 3)\nparam b = [1; 2]\nparam s = 2\nz = A + b\ny = z * s\n\
                   L = sum(y - z)";
    check(program, "b", "∂L/∂b = Σ∂L/∂z", "2×1 = Σ 2×3");
    check(program, "s", "∂L/∂s = Σ∂L/∂y ⊙z", "1×1 = Σ 2×3 ⊙ 2×3");
    check(
        program,
        "z",
        "∂L/∂z = −∂L/∂(y − z) +∂L/∂y ·s",
        "2×3 = − 2×3 + 2×3 · 1×1",
    );
}

#[test]
fn what_is_no_product_stays_whole() {
    let program = "param o = ones(3, 4)\ndata y = ones(3, 4)\nL = mse(o, y)";
    check(program, "o", "∂L/∂o =2(o − y)/12", "3×4 = 3×4");
    let program = "param o = ones(3, 1)\np = softmax(o)\nL = sum(p^2)";
    check(
        program,
        "o",
        "∂L/∂o =p ⊙∂L/∂p − sum_rows(∂L/∂p ⊙ p)",
        "3×1 = 3×1 ⊙ 3×1",
    );
}

/// A sum of many is cut at whole terms, and says so.
#[test]
fn a_long_sum_ends_in_an_ellipsis() {
    let program = "param w = 2\nparam a = 1\nh = a\nrepeat 9 { h = w * h }\nL = h^2";
    let graph = read(program);
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let node = graph.find("w").expect("w");
    assert!(derivations.is_cut(node));
    assert_eq!(derivations.factors(node).len(), 1 + 8 * 2);
    let shapes = derivations.shapes(node);
    assert!(shapes.ends_with(" + 1×1 · 1×1 + …"), "{shapes}");
    assert!(!derivations.is_cut(graph.find("a").expect("a")));
}

/// The pieces' own numbers make the gradient.
#[test]
fn the_pieces_of_a_product_multiply_to_the_gradient() {
    let graph = read(PERCEPTRON);
    let (tape, labels) = (passed(&graph), Labels::of(&graph));
    let derivations = Derivations::of(&graph, &labels);
    let numbers = |key: &str| {
        let node = graph.find(key).expect("a name");
        let factors = derivations.factors(node).into_iter();
        let values = factors.map(|factor| value(&factor.formula, &graph, &tape).expect("a value"));
        values.collect::<Vec<_>>()
    };
    let [gradient, upstream, slope] = &numbers("z")[..] else {
        panic!("three pieces");
    };
    for at in 0..5 {
        assert_eq!(gradient.data()[at], upstream.data()[at] * slope.data()[at]);
    }
    let [gradient, weights, upstream] = &numbers("h")[..] else {
        panic!("three pieces");
    };
    assert_eq!((weights.shape().rows, weights.shape().columns), (5, 3));
    for row in 0..5 {
        let products = (0..3).map(|at| weights.data()[row * 3 + at] * upstream.data()[at]);
        let sum: f64 = products.sum();
        assert!((gradient.data()[row] - sum).abs() < 1e-14);
    }
}
