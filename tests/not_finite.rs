//! Where a value or a gradient first stops being finite: the node, and the
//! operator that made it.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::descent::{Method, Run, Timeline};
use chalkgrad::formula::Labels;
use chalkgrad::graph::Graph;
use chalkgrad::number;
use chalkgrad::tape::{NotFinite, Tape};

use read::read;

/// `value of node by operator`, with ∂ before a node whose gradient it is.
fn told(graph: &Graph, found: Option<NotFinite>) -> String {
    let Some(found) = found else {
        return "finite".into();
    };
    let labels = Labels::of(graph);
    let of = if found.in_gradient { "∂" } else { "" };
    let operator = match found.made_by {
        Some(by) => labels.operator(graph, graph.node(by).application().expect("computed")),
        None => "nothing".into(),
    };
    let (value, node) = (number::full(found.value), labels.plain(found.node));
    format!("{value} of {of}{node} by {operator}")
}

/// What matters to training, and what is found where every gradient counts.
#[track_caller]
fn check_both(program: &str, in_training: &str, anywhere: &str) {
    let graph = read(program);
    let mut tape = Tape::compile(&graph);
    tape.forward();
    tape.backward();
    let before: Vec<u64> = tape.gradients().iter().map(|g| g.to_bits()).collect();
    assert_eq!(told(&graph, tape.not_finite()), in_training, "{program}");
    assert_eq!(
        told(&graph, tape.not_finite_anywhere()),
        anywhere,
        "{program}"
    );
    let after: Vec<u64> = tape.gradients().iter().map(|g| g.to_bits()).collect();
    assert_eq!(before, after, "to look changes nothing");
}

#[track_caller]
fn check(program: &str, expected: &str) {
    check_both(program, expected, expected);
}

#[test]
fn forward_it_is_the_first_operator_on_the_way_to_the_loss() {
    check("param x = -1\nu = log(x)\ny = 2u", "NaN of u by log");
    check("param x = 800\ny = exp(x) * 0 + 1", "∞ of exp(x) by exp");
    check("param x = 1e200\ny = 3 + x * x", "∞ of x · x by ×");
    // The logarithm is infinite before 0 · −∞ is no number.
    check("param x = 0\nu = log(x)\ny = x * u", "−∞ of u by log");
    check(
        "data A = [1e308, 1; 1, 1]\nparam x = [10; 0]\nz = A @ x\ny = sum(z)",
        "∞ of z by ×",
    );
    check("param x = 1\ny = x", "finite");
}

#[test]
fn what_was_given_or_set_has_no_operator() {
    let graph = read("param x = 1\ny = 4x");
    let mut tape = Tape::compile(&graph);
    tape.write_params(&[f64::INFINITY]);
    tape.forward();
    tape.backward();
    assert_eq!(told(&graph, tape.not_finite()), "∞ of x by nothing");
}

#[test]
fn backward_it_is_the_operator_whose_product_made_it() {
    check("param x = 0\nu = sqrt(x)\ny = 3u", "∞ of ∂x by √");
    // 0 · ∞: the gradient of the root is 0, the root's own derivative infinite.
    check("param x = 0\nu = sqrt(x)\ny = u * u", "NaN of ∂x by √");
    // The first infinity goes on through two operators to x.
    check(
        "param x = 2\nv = x - 2\nu = sqrt(v)\ny = 3u",
        "∞ of ∂v by √",
    );
    // Two finite contributions overflow where the second is added.
    check(
        "param x = 1e-200\nu = 1e308 * x\nv = 1e308 * x\ny = u + v",
        "∞ of ∂x by 1×10³⁰⁸ ×",
    );
    // Of a quotient, the side that overflows.
    check(
        "param x = 1e-210\nparam w = 1e-105\ny = w / x",
        "−∞ of ∂x by ÷",
    );
    // Two losses, the later of which is infinite first.
    check(
        "param x = 0\nparam w = 0\na = sqrt(x)\nb = sqrt(w)\ny = a + b",
        "∞ of ∂w by √",
    );
}

#[test]
fn matrices_have_it_in_one_entry() {
    check(
        "param W = [1, 2; 0, 4]\ns = sqrt(W)\nL = sum(s)",
        "∞ of ∂W by √",
    );
    check(
        "param p = [0.5; 1]\ndata y = [1; 0]\nL = bce(p, y)",
        "∞ of L by bce",
    );
}

#[test]
fn what_does_not_reach_the_loss_is_not_reported() {
    check("param x = -1\nu = log(x)\ny = 2x\nminimize y", "finite");
    check("param x = 0\nu = sqrt(x)\ny = 2x\nminimize y", "finite");
}

/// A run goes on where only the gradient of a given value is infinite.
#[test]
fn a_gradient_that_trains_nothing_does_not_stop_a_run() {
    check_both(
        "data d = 0\nparam w = 3\ny = w * sqrt(d)",
        "finite",
        "∞ of ∂d by √",
    );
    // And what does stop it is told, not what came to infinity beside it.
    check_both(
        "param w = 0\na = sqrt(w)\ndata d = 0\nb = sqrt(d)\ny = a + b",
        "∞ of ∂w by √",
        "∞ of ∂d by √",
    );
}

#[test]
fn a_run_that_diverges_says_which_operator_overflowed() {
    let graph = read("param x = 2\ny = 4x^2");
    let mut run = Run::new(
        &graph,
        Method::default(),
        Timeline::new(1.0).expect("above 0"),
    );
    run.advance(1000);
    assert_eq!(told(&graph, run.stopped()), "∞ of y by 4 ×");

    let graph = read("param x = 1e200\ny = 0.5x");
    let mut run = Run::new(
        &graph,
        Method::default(),
        Timeline::new(f64::MAX).expect("above 0"),
    );
    run.advance(10);
    assert_eq!(told(&graph, run.stopped()), "−∞ of x by nothing");
}
