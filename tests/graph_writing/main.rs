//! Graph → text → graph: what the builder made is written, and read back to the
//! same graph.

#[path = "../programs/read.rs"]
mod programs;
mod random;
mod same;

use std::thread;

use chalkgrad::graph::{Graph, GraphBuilder, NodeId, Unwritable, read, write};
use chalkgrad::matrix::{Matrix, Shape};
use chalkgrad::notation::MAX_TEXT;
use chalkgrad::ops::{self, Operator};

use same::assert_same;

#[track_caller]
fn check(graph: &Graph, expected: &str) {
    let text = write(graph).expect("it can be written");
    assert_eq!(text, expected);
    assert_same(graph, &programs::read(&text), &text);
}

/// A text whose graph is written as this very text.
#[track_caller]
fn check_text(text: &str) {
    check(&programs::read(text), text);
}

#[track_caller]
fn scalar(builder: &mut GraphBuilder, value: f64) -> NodeId {
    builder.constant(Matrix::scalar(value)).expect("fits")
}

#[track_caller]
fn apply(builder: &mut GraphBuilder, operator: &str, operands: &[NodeId]) -> NodeId {
    builder.apply(operator, operands, &[]).expect("they fit")
}

#[track_caller]
fn build(mut builder: GraphBuilder, loss: NodeId) -> Graph {
    builder.minimize(loss).expect("1×1");
    builder.build().expect("a loss")
}

#[test]
fn the_lectures_function_is_written_as_on_the_board() {
    check_text("param x = 2\ny = 4x^2\nminimize y\n");
}

#[test]
fn programs_are_written_line_by_line() {
    check_text(
        "data x = [1, -2; 0.5, 1e-300]\nparam w = -0.25\nz = -w * x + 2^-x - (x - w / (3 - x))\n\
         a = leaky_relu(z)\nb = leaky_relu(z, -0.5) + max(a, z)\nL = mean(b)^2\nminimize L\n",
    );
}

#[test]
fn an_earlier_binding_that_is_still_used_gets_a_second_name() {
    let mut builder = GraphBuilder::new();
    let first = builder.param("c", Matrix::scalar(1.0)).expect("fits");
    let second = builder.param("c", Matrix::scalar(2.0)).expect("fits");
    let loss = apply(&mut builder, "subtract", &[second, first]);
    builder.name("c", loss);
    let graph = build(builder, loss);
    check(
        &graph,
        "param c = 1\nv1 = c\nparam c = 2\nc = c - v1\nminimize c\n",
    );
}

#[test]
fn a_loss_whose_name_was_taken_is_minimized_by_another() {
    let mut builder = GraphBuilder::new();
    let loss = builder.param("x", Matrix::scalar(1.0)).expect("fits");
    let other = apply(&mut builder, "exp", &[loss]);
    builder.name("x", other);
    check(
        &build(builder, loss),
        "param x = 1\nv1 = x\nx = exp(x)\nminimize v1\n",
    );
}

#[test]
fn one_node_of_several_names_keeps_them_all() {
    check_text("param x = 2\ny = x\nx = y\nx = x\nL = exp(x)\nL = L\nminimize L\n");
}

#[test]
fn an_operator_on_numbers_alone_is_not_worked_out() {
    let mut builder = GraphBuilder::new();
    let (two, three) = (scalar(&mut builder, 2.0), scalar(&mut builder, -3.0));
    let sum = apply(&mut builder, "add", &[two, three]);
    let loss = apply(&mut builder, "negate", &[sum]);
    check(
        &build(builder, loss),
        "v1 = 2\nv2 = -(v1 + -3)\nminimize v2\n",
    );
}

#[test]
fn a_node_used_twice_and_one_used_never_get_names() {
    let mut builder = GraphBuilder::new();
    let x = builder.param("x", Matrix::scalar(1.0)).expect("fits");
    scalar(&mut builder, 5.0);
    let shared = scalar(&mut builder, 7.0);
    let a = apply(&mut builder, "add", &[x, shared]);
    apply(&mut builder, "exp", &[a]);
    let loss = apply(&mut builder, "multiply", &[shared, x]);
    check(
        &build(builder, loss),
        "param x = 1\nv1 = 5\nv2 = 7\nv3 = exp(x + v2)\nv4 = v2 * x\nminimize v4\n",
    );
}

/// The order of the operators is the order in which gradients are summed.
#[test]
fn operators_that_would_change_places_get_names() {
    let mut builder = GraphBuilder::new();
    let x = builder.param("x", Matrix::scalar(1.0)).expect("fits");
    let first = apply(&mut builder, "exp", &[x]);
    let second = apply(&mut builder, "sin", &[x]);
    let loss = apply(&mut builder, "divide", &[second, first]);
    builder.name("y", loss);
    check(
        &build(builder, loss),
        "param x = 1\nv1 = exp(x)\nv2 = sin(x)\ny = v2 / v1\nminimize y\n",
    );
}

#[test]
fn names_that_are_made_up_are_not_like_the_graphs_own() {
    let mut builder = GraphBuilder::new();
    let v = builder.param("v₁", Matrix::scalar(1.0)).expect("fits");
    builder.name("v_2", v);
    let loss = apply(&mut builder, "exp", &[v]);
    let graph = build(builder, loss);
    check(
        &graph,
        "param v₁ = 1\nv_2 = v₁\nv__1 = exp(v_2)\nminimize v__1\n",
    );
    assert!(read(&write(&graph).expect("text")).warnings.is_empty());
}

#[test]
fn numbers_keep_their_bits() {
    let special = [
        0.0,
        -0.0,
        5e-324,
        -5e-324,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::MIN,
        1e21,
        1e-7,
        0.1 + 0.2,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    let mut builder = GraphBuilder::new();
    let row = Matrix::new(Shape::new(1, special.len()), special).expect("a row");
    builder.data("row", row).expect("fits");
    for value in special {
        builder.param("x", Matrix::scalar(value)).expect("fits");
        let (node, other) = (scalar(&mut builder, value), scalar(&mut builder, value));
        builder.name("k", node);
        let x = apply(&mut builder, "power", &[node, other]);
        builder.name("y", x);
    }
    let loss = builder.node(1).expect("a node");
    let graph = build(builder, loss);
    let text = write(&graph).expect("text");
    assert_same(&graph, &programs::read(&text), &text);
}

#[test]
fn names_that_no_program_has_are_refused() {
    for name in [
        "", " x", "x y", "2x", "x=1#", "data", "tanh", "a·b", "ｘ", "x\ny", "x;y",
    ] {
        let mut builder = GraphBuilder::new();
        let x = builder.param(name, Matrix::scalar(1.0)).expect("fits");
        let found = write(&build(builder, x));
        assert_eq!(found, Err(Unwritable::Name(name.into())), "{name:?}");
    }
    for name in ["x".repeat(64), "损".repeat(64), "σ".into(), "t".into()] {
        let mut builder = GraphBuilder::new();
        let x = builder.param(&name, Matrix::scalar(1.0)).expect("fits");
        let loss = apply(&mut builder, "sigmoid", &[x]);
        check(
            &build(builder, loss),
            &format!("param {name} = 1\nv1 = sigmoid({name})\nminimize v1\n"),
        );
    }
    let mut builder = GraphBuilder::new();
    let long = "x".repeat(65);
    let x = builder.param(&long, Matrix::scalar(1.0)).expect("fits");
    assert_eq!(write(&build(builder, x)), Err(Unwritable::Name(long)));
}

/// A chain of this operator, from `x` on.
fn chain(operator: &str, length: usize, right: bool) -> Graph {
    let mut builder = GraphBuilder::new();
    let x = builder.param("x", Matrix::scalar(0.5)).expect("fits");
    let mut last = x;
    for _ in 0..length {
        let operands = match (ops::named(operator).expect("a row").arity.least(), right) {
            (1, _) => vec![last],
            (_, false) => vec![last, x],
            (_, true) => vec![x, last],
        };
        last = apply(&mut builder, operator, &operands);
    }
    build(builder, last)
}

/// Runs on a stack as small as the one in the browser.
fn on_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(1 << 20).spawn(run);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn deep_graphs_are_written_in_lines_of_bounded_depth() {
    let stays_scalar = |row: &&Operator| {
        let shapes = vec![Shape::SCALAR; row.arity.least()];
        let constants: Vec<f64> = row.defaults().collect();
        (row.shape)(&shapes, &constants) == Ok(Shape::SCALAR)
    };
    for operator in ops::table().filter(stays_scalar) {
        for right in [false, true] {
            on_small_stack(move || {
                let graph = chain(operator.name, 3000, right);
                let text = write(&graph).expect(operator.name);
                assert_same(&graph, &programs::read(&text), "");
            });
        }
    }
}

#[test]
fn a_graph_whose_text_would_be_too_long_is_refused() {
    on_small_stack(|| {
        let longest = chain("add", 16_000, false);
        assert!(write(&longest).expect("it fits").len() <= MAX_TEXT);
        assert_eq!(
            write(&chain("add", 20_000, false)),
            Err(Unwritable::TooLong)
        );
        let mut builder = GraphBuilder::new();
        let large = Matrix::zeros(Shape::new(1000, 1000));
        let large = builder.data("x", large).expect("fits");
        let loss = apply(&mut builder, "sum", &[large]);
        assert_eq!(write(&build(builder, loss)), Err(Unwritable::TooLong));
    });
}
