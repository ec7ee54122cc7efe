//! How a graph is written in a picture.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::formula::{self, Labels};

use read::read;

/// The label of the node that `y` is computed from last, as plain text.
fn label(expression: &str) -> String {
    let graph = read(&format!(
        "param x = 2\nparam W1 = 3\ny = relu({expression})"
    ));
    let loss = graph.node(graph.loss());
    let made = loss.application().expect("an operator");
    Labels::of(&graph).plain(made.operands[0])
}

#[test]
fn unnamed_results_are_labelled_by_their_expression() {
    for (written, expected) in [
        ("x^2", "x²"),
        ("4x^2", "4x²"),
        ("1 - x", "1 − x"),
        ("(1 - x)^2", "(1 − x)²"),
        ("x * W1", "x · W1"),
        ("x * 3", "x · 3"),
        ("-x", "−x"),
        ("2^-x", "2^−x"),
        ("x^-1", "x⁻¹"),
        ("1/2x", "1/(2x)"),
        ("x - (1 - x)", "x − (1 − x)"),
        ("x / (x * W1)", "x/(x · W1)"),
        ("tanh(x + 1)", "tanh(x + 1)"),
        ("max(x, 0.5)", "max(x, 0.5)"),
        ("x + x + x + x + x + x + x + x + x", "… + x"),
    ] {
        assert_eq!(label(written), expected, "{written}");
    }
}

#[test]
fn the_loss_is_written_with_what_it_is_computed_from() {
    for (program, expected) in [
        ("param x = 2\ny = 4x^2", "y = 4x²"),
        ("param x = 2\nz = x^2\ny = 4z", "y = 4z"),
        ("param x = 2\nminimize x", "x"),
        (
            "param a_rate_with_a_long_name = 2\ny = 2a_rate_with_a_long_name",
            "y = 2a_rate_with_…",
        ),
    ] {
        let graph = read(program);
        let equation = Labels::of(&graph).equation(&graph, graph.loss());
        let text = formula::plain(&equation);
        assert_eq!(text, expected);
    }
}

#[test]
fn an_operator_is_drawn_with_the_number_it_was_written_with() {
    let graph = read("param x = 2\nu = x^2\nv = 4u\nw = v - 1\ny = 2 / w");
    let labels = Labels::of(&graph);
    let drawn: Vec<String> = graph
        .nodes()
        .iter()
        .filter_map(|node| Some(labels.operator(&graph, node.application()?)))
        .collect();
    assert_eq!(drawn, ["( · )²", "4 ×", "− 1", "2 ÷"]);
}

#[test]
fn a_local_derivative_is_written_with_the_names_at_hand() {
    let local = |program: &str, slot: usize| {
        let graph = read(program);
        let made = graph.node(graph.loss()).application().expect("an operator");
        let label = Labels::of(&graph).local(made, graph.loss(), slot);
        formula::plain(&label)
    };
    for (expression, slot, expected) in [
        ("x^2", 0, "2x"),
        ("x^3", 0, "3x²"),
        ("x^1", 0, "1"),
        ("4x", 1, "4"),
        ("x * z", 0, "z"),
        ("x / z", 0, "1/z"),
        ("sin(x)", 0, "cos(x)"),
        ("exp(x)", 0, "y"),
        ("tanh(x)", 0, "(1 − y²)"),
        ("cos(x)", 0, "(−sin(x))"),
        ("x - z", 1, "−1"),
        ("relu(x)", 0, ""),
    ] {
        let program = format!("param x = 2\nparam z = 3\ny = {expression}");
        assert_eq!(local(&program, slot), expected, "{expression}");
    }
}
