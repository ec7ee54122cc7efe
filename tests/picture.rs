//! How a graph is written and where it stands.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::graph::{self, Labels, PlacedNode, is_hidden, layout};

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
        let text = graph::plain(&equation);
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
        graph::plain(&label)
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

#[test]
fn the_way_to_the_loss_is_one_straight_line() {
    let placed = layout(&read("param x = 2\ny = 4x^2"));
    assert_eq!((placed.nodes.len(), placed.operators.len()), (3, 2));
    let heights = placed.nodes.iter().map(|node| node.y + node.height / 2.0);
    let heights = heights.chain(placed.operators.iter().map(|operator| operator.y));
    for height in heights {
        assert_eq!(height, placed.operators[0].y);
    }
}

#[test]
fn no_nodes_overlap_and_all_lie_inside() {
    for program in [
        "param x = 2\ny = 4x^2",
        "param x = 0.7\nu = sin(x)\ny = exp(u)",
        "param x = -1.2\nparam y = 1\nz = (1 - x)^2 + 100(y - x^2)^2",
        "param x = 0.8\nparam y = -0.6\nz = 3exp(-(x^2 + y^2)) + 0.2x*y",
        "param a = 1\nparam b = 2\nparam c = 3\ndata d = 4\nL = (a + b + c + d) * (a - b)",
        "data x = [1; 2; 3]\nparam W = normal(8, 3)\nparam b = zeros(8, 1)\nL = sum(tanh(W @ x + b)^2)",
        "data x = ones(32, 5)\nparam W = he(64, 32)\nparam u = [1, 2, 3]\nL = sum(W @ x) + sum(2 @ u)",
    ] {
        let graph = read(program);
        let placed = layout(&graph);
        let drawn = graph.ids().filter(|&id| !is_hidden(&graph, id)).count();
        assert_eq!(placed.nodes.len(), drawn, "{program}");
        let apart = |a: &PlacedNode, b: &PlacedNode| {
            a.x + a.width <= b.x
                || b.x + b.width <= a.x
                || a.y + a.height <= b.y
                || b.y + b.height <= a.y
        };
        for (index, node) in placed.nodes.iter().enumerate() {
            assert!(
                node.x >= 0.0 && node.x + node.width <= placed.width,
                "{program}"
            );
            assert!(
                node.y >= 0.0 && node.y + node.height <= placed.height,
                "{program}"
            );
            for other in &placed.nodes[index + 1..] {
                assert!(apart(node, other), "{program}: {node:?} on {other:?}");
            }
        }
    }
}

#[test]
fn a_matrix_has_room_for_its_cells_and_a_large_one_is_bounded() {
    let node = |shape: &str| {
        let graph = read(&format!("param W = ones({shape})\nL = sum(W)"));
        let placed = layout(&graph);
        placed.nodes[0]
    };
    for (shape, rows, columns, least) in [
        ("4, 1", 4, 1, 112.0),
        ("2, 3", 2, 3, 336.0),
        ("5, 4", 5, 4, 112.0),
        ("8, 8", 8, 8, 224.0),
        ("64, 32", 8, 8, 224.0),
        ("1, 9", 1, 8, 224.0),
    ] {
        let node = node(shape);
        assert_eq!((node.shown.rows, node.shown.columns), (rows, columns));
        assert!(node.width > least, "{shape}: {}", node.width);
        assert!(node.height > 14.0 * rows as f64, "{shape}: {}", node.height);
        assert!(node.width <= 400.0 && node.height <= 180.0, "{shape}");
    }
}
