//! Calls of a program's own functions, as the graph remembers them.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::formula::Labels;
use chalkgrad::graph::{Graph, GraphBuilder};
use chalkgrad::matrix::Matrix;

use read::read;

/// The calls, as `name(place) in parent = output`.
fn calls(graph: &Graph, text: &str) -> Vec<String> {
    let labels = Labels::of(graph);
    let calls = graph.calls().iter().map(|call| {
        let place = call.span.map_or("", |span| span.of(text));
        let parent = call.parent.map_or(String::new(), |at| format!(" in {at}"));
        format!("{place}{parent} = {}", labels.plain(call.output))
    });
    calls.collect()
}

/// Each operator with the call that made it: `x² 0`.
fn operators(graph: &Graph) -> Vec<String> {
    let labels = Labels::of(graph);
    let computed = graph
        .ids()
        .filter(|&id| graph.node(id).application().is_some());
    computed
        .map(|id| {
            let call = graph.call_of(id);
            let call = call.map_or("-".to_owned(), |call| call.to_string());
            format!("{} {call}", labels.plain(id))
        })
        .collect()
}

#[track_caller]
fn check(program: &str, expected: &[&str], made: &[&str]) {
    let graph = read(program);
    assert_eq!(calls(&graph, program), expected, "{program}");
    assert_eq!(operators(&graph), made, "{program}");
    for call in graph.calls() {
        assert!(graph.node(call.output).application().is_some(), "{program}");
    }
}

#[test]
fn a_program_without_functions_has_no_calls() {
    check("param x = 2\ny = 4x^2", &[], &["x² -", "y -"]);
}

#[test]
fn each_call_is_one_of_its_own_and_arguments_are_not_in_it() {
    check(
        "fn f(a) = 3a + 1\nparam x = 2\ny = f(x^2) * f(x)",
        &["f(x^2) = 3x² + 1", "f(x) = 3x + 1"],
        &["x² -", "3x² 0", "3x² + 1 0", "3x 1", "3x + 1 1", "y -"],
    );
}

#[test]
fn a_call_in_a_body_has_the_outer_one_as_its_parent() {
    check(
        "fn f(a) = a^2\nfn g(b) = f(b + 1) + f(b)\nparam x = 2\ny = g(x) * 2",
        &[
            "g(x) = (x + 1)² + x²",
            "f(b + 1) in 0 = (x + 1)²",
            "f(b) in 0 = x²",
        ],
        &["x + 1 0", "(x + 1)² 1", "x² 2", "(x + 1)² + x² 0", "y -"],
    );
    // A body of nothing but calls is still a box around theirs.
    check(
        "fn f(a) = a^2\nfn g(b) = f(f(b))\nparam x = 2\ny = g(x)",
        &["g(x) = y", "f(b) in 0 = x²", "f(f(b)) in 0 = y"],
        &["x² 1", "y 2"],
    );
}

#[test]
fn a_call_that_makes_no_operator_is_left_out() {
    for body in ["3", "a", "2^3", "[a]"] {
        check(
            &format!("fn f(a) = {body}\nparam x = 2\ny = x * f(x)"),
            &[],
            &["y -"],
        );
    }
    check(
        "fn f(a) = 3\nfn g(b) = b * f(b)\nparam x = 2\ny = g(x) + f(x)",
        &["g(x) = x · 3"],
        &["x · 3 0", "y -"],
    );
    // Worked out at once, as its arguments are numbers.
    check("fn f(a) = a^2\nparam x = 2\ny = x * f(3)", &[], &["y -"]);
}

#[test]
fn a_call_that_is_repeated_is_there_each_time() {
    let program = "fn f(a) = a^2\nparam x = 2\nc = x\nrepeat 3 { c = f(c) }\nminimize c";
    check(
        program,
        &["f(c) = c⁽²⁾", "f(c) = c⁽³⁾", "f(c) = c"],
        &["c⁽²⁾ 0", "c⁽³⁾ 1", "c 2"],
    );
}

#[test]
fn a_builder_takes_calls_without_a_text() {
    let mut builder = GraphBuilder::new();
    let x = builder.param("x", Matrix::scalar(2.0)).expect("fits");
    builder.enter("idle", None);
    builder.leave();
    builder.enter("f", None);
    let square = builder.apply("multiply", &[x, x], &[]).expect("fits");
    builder.enter("g", None);
    let sine = builder.apply("sin", &[square], &[]).expect("fits");
    builder.leave();
    builder.leave();
    // One more than were entered is none.
    builder.leave();
    let loss = builder.apply("exp", &[sine], &[]).expect("fits");
    builder.minimize(loss).expect("1×1");
    let graph = builder.build().expect("a loss");
    let calls: Vec<_> = graph
        .calls()
        .iter()
        .map(|call| (call.name.as_str(), call.span, call.parent, call.output))
        .collect();
    assert_eq!(calls, [("f", None, None, sine), ("g", None, Some(0), sine)]);
    let made = [x, square, sine, loss].map(|node| graph.call_of(node));
    assert_eq!(made, [None, Some(0), Some(1), None]);
}
