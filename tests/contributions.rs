//! What an operator contributes to the gradients of its operands, as it is written.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::formula::{self, Activation, Label, Labels, RunStyle};
use chalkgrad::graph::{Graph, GraphBuilder, NodeId};
use chalkgrad::matrix::{Matrix, Shape};
use chalkgrad::ops;

use read::read;

const PERCEPTRON: &str = "data x = [1; 0.5; -1; 2]\nparam W1 = normal(5, 4)\n\
    param W2 = normal(3, 5)\ndata y = [1; 0; 0]\nz = W1 @ x\nh = tanh(z)\no = W2 @ h\n\
    L = squared_error(o, y)";

/// A label as plain text, with an underscore before what is below the line.
fn text(label: &Label) -> String {
    let runs = label.iter().map(|run| match run.style {
        RunStyle::Subscript => format!("_{}", run.text),
        _ => formula::plain(std::slice::from_ref(run)),
    });
    runs.collect()
}

/// The contributions of the operator that computes this node: to each operand.
fn of(graph: &Graph, output: NodeId) -> Vec<String> {
    let labels = Labels::of(graph);
    let made = graph.node(output).application().expect("computed");
    let slots = 0..made.operands.len();
    slots
        .map(|slot| labels.contribution(graph, output, slot, Activation::Explicit))
        .map(|contribution| text(&formula::label(&contribution)))
        .collect()
}

#[track_caller]
fn check(program: &str, expected: &[(&str, &[&str])]) {
    let graph = read(program);
    for (key, contributions) in expected {
        let output = graph.find(key).expect("a name");
        assert_eq!(of(&graph, output), *contributions, "{key} of {program}");
    }
}

/// The contributions of `y = …` to its operands, at a place where y's gradient is
/// not 1.
#[track_caller]
fn check_one(expression: &str, expected: &[&str]) {
    let program = format!(
        "param x = 2\nparam z = 3\nparam A = ones(2, 3)\nparam B = ones(2, 3)\n\
         param r = ones(1, 3)\nparam v = ones(3, 1)\ny = {expression}\nL = 3sum(y)"
    );
    check(&program, &[("y", expected)]);
}

#[test]
fn the_perceptrons_are_those_of_the_textbook() {
    check(
        PERCEPTRON,
        &[
            ("L", &["o − y", "y − o"]),
            ("o", &["∂L/∂o hᵀ", "W_2ᵀ ∂L/∂o"]),
            ("h", &["∂L/∂h ⊙ (1 − h²)"]),
            ("z", &["∂L/∂z xᵀ", "W_1ᵀ ∂L/∂z"]),
        ],
    );
}

#[test]
fn a_batch_with_biases_sums_over_its_samples() {
    check(
        "data x = ones(4, 8)\nparam W1 = normal(5, 4)\nparam b = zeros(5, 1)\n\
         data y = ones(5, 8)\nu = W1 @ x\nz = u + b\nh = sigmoid(z)\nL = mse(h, y)",
        &[
            ("L", &["2(h − y)/40", "2(y − h)/40"]),
            ("h", &["∂L/∂h ⊙ h ⊙ (1 − h)"]),
            ("z", &["∂L/∂z", "Σ ∂L/∂z"]),
            ("u", &["∂L/∂u xᵀ", "W_1ᵀ ∂L/∂u"]),
        ],
    );
}

#[test]
fn unnamed_nodes_stand_in_brackets() {
    let graph = read("param x = 2\ny = 4x^2");
    let square = graph.node(graph.loss()).application().expect("×").operands[1];
    assert_eq!(of(&graph, graph.loss()), ["x²", "4"]);
    assert_eq!(of(&graph, square)[0], "∂y/∂(x²) · 2x");
    let graph = read("param W1 = ones(2, 2)\ndata x = [1; 2]\nL = sum(tanh(W1 @ x))");
    let labels = Labels::of(&graph);
    let gradients: Vec<String> = graph
        .ids()
        .map(|id| text(&formula::label(&labels.gradient(&graph, id))))
        .collect();
    assert_eq!(
        gradients,
        ["∂L/∂W_1", "∂L/∂x", "∂L/∂(W_1x)", "∂L/∂tanh(W_1x)", "∂L/∂L"]
    );
}

#[test]
fn the_stroke_of_a_gradient_is_set_as_its_sign_is() {
    let graph = read(PERCEPTRON);
    let labels = Labels::of(&graph);
    let gradient = formula::label(&labels.gradient(&graph, graph.find("W1").expect("W1")));
    let runs: Vec<(&str, RunStyle)> = gradient
        .iter()
        .map(|run| (run.text.as_str(), run.style))
        .collect();
    let expected = [
        ("∂", RunStyle::Italic),
        ("L", RunStyle::Italic),
        ("/∂", RunStyle::Italic),
        ("W", RunStyle::Italic),
        ("1", RunStyle::Subscript),
    ];
    assert_eq!(runs, expected);
}

#[test]
fn losses_leave_out_their_own_gradient() {
    let of_loss = |call: &str, expected: &[&str]| {
        let program = format!("param o = ones(3, 2)\ndata y = ones(3, 2)\nL = {call}(o, y)");
        check(&program, &[("L", expected)]);
    };
    of_loss("squared_error", &["o − y", "y − o"]);
    of_loss(
        "cross_entropy",
        &["(softmax(o) ⊙ sum_rows(y) − y)/2", "−log(softmax(o))/2"],
    );
    of_loss("bce_logits", &["(sigmoid(o) − y)/6", "−o/6"]);
    of_loss("hinge", &["hinge′_1(o, y)", "hinge′_2(o, y)"]);
    check(
        "param o = ones(3, 1)\ndata y = [1; 0; 0]\np = softmax(o)\nL = cross_entropy(o, y)",
        &[
            ("L", &["softmax(o) · sum_rows(y) − y", "−log(softmax(o))"]),
            ("p", &["p ⊙ (∂L/∂p − sum_rows(∂L/∂p ⊙ p))"]),
        ],
    );
    check(
        "param A = ones(2, 3)\nL = mean(A)",
        &[("L", &["ones(2, 3)/6"])],
    );
    check("param x = 2\nL = sum(x)", &[("L", &["1"])]);
}

#[test]
fn a_recurrent_net_has_one_of_each_step() {
    check(
        "data x = [1; 2]\nparam U = ones(2, 2)\ndata h = zeros(2, 1)\n\
         repeat 2 { h = tanh(U @ h + x) }\nL = sum(h^2)",
        &[
            ("h#2", &["∂L/∂h⁽²⁾ ⊙ (1 − h⁽²⁾²)"]),
            ("h", &["∂L/∂h ⊙ (1 − h²)"]),
        ],
    );
}

#[test]
fn numbers_have_a_point_and_matrices_a_circle_between_them() {
    check_one("4x", &["∂L/∂y · x", "∂L/∂y · 4"]);
    check_one("x^3", &["∂L/∂y · 3x²", "∂L/∂y · y · log(x)"]);
    check_one("x / z", &["∂L/∂y · 1/z", "∂L/∂y · (−y/z)"]);
    check_one("A * B", &["∂L/∂y ⊙ B", "∂L/∂y ⊙ A"]);
    check_one("A / B", &["∂L/∂y ⊙ 1/B", "∂L/∂y ⊙ (−y/B)"]);
    check_one("cos(x)", &["∂L/∂y · (−sin(x))"]);
}

#[test]
fn a_factor_of_1_is_left_out() {
    check_one("x + z", &["∂L/∂y", "∂L/∂y"]);
    check_one("A - B", &["∂L/∂y", "−∂L/∂y"]);
    check_one("-A", &["−∂L/∂y"]);
    check_one("x'", &["∂L/∂y"]);
    check_one("sum(x)", &["∂L/∂y"]);
    check_one("A[:, :]", &["∂L/∂y"]);
}

#[test]
fn what_was_broadcast_is_summed() {
    check_one("A + r", &["∂L/∂y", "Σ ∂L/∂y"]);
    check_one("A - r", &["∂L/∂y", "−Σ ∂L/∂y"]);
    check_one("A * r", &["∂L/∂y ⊙ r", "Σ ∂L/∂y ⊙ A"]);
    check_one("x * A", &["Σ ∂L/∂y ⊙ A", "∂L/∂y · x"]);
    check_one("x / A", &["Σ ∂L/∂y ⊙ 1/A", "∂L/∂y ⊙ (−y/A)"]);
    check_one(
        "max(A, r)",
        &["∂L/∂y ⊙ max′_1(A, r)", "Σ ∂L/∂y ⊙ max′_2(A, r)"],
    );
}

#[test]
fn a_distinction_of_cases_has_a_prime() {
    check_one("relu(A)", &["∂L/∂y ⊙ relu′(A)"]);
    check_one("leaky_relu(x)", &["∂L/∂y · leaky_relu′(x)"]);
    check_one("gelu(A)", &["∂L/∂y ⊙ gelu′(A)"]);
    check_one("abs(x)", &["∂L/∂y · x/abs(x)"]);
    check_one(
        "min(x, z)",
        &["∂L/∂y · min′_1(x, z)", "∂L/∂y · min′_2(x, z)"],
    );
}

#[test]
fn entries_that_are_moved_are_named_by_their_places() {
    check_one("vcat(A, r)", &["(∂L/∂y)[1:2, :]", "(∂L/∂y)[3, :]"]);
    check_one("hcat(A, [x; z])", &["(∂L/∂y)[:, 1:3]", "(∂L/∂y)[:, 4]"]);
    check_one("vcat(v, v)", &["(∂L/∂y)[1:3]", "(∂L/∂y)[4:6]"]);
    check_one("[x, z]", &["(∂L/∂y)[1]", "(∂L/∂y)[2]"]);
    check_one("A[2, :]", &["e_2 ∂L/∂y"]);
    check_one("A[:, 3]", &["∂L/∂y e_3ᵀ"]);
    check_one("A[1, 2]", &["e_1 ∂L/∂y e_2ᵀ"]);
    check_one("v[2]", &["e_2 ∂L/∂y"]);
    check_one("r[2]", &["∂L/∂y e_2ᵀ"]);
    check_one("A'", &["(∂L/∂y)ᵀ"]);
}

#[test]
fn sums_spread_their_gradient() {
    check_one("sum(A)", &["∂L/∂y · ones(2, 3)"]);
    check_one("mean(A)", &["∂L/∂y · ones(2, 3)/6"]);
    check_one("sum_rows(A)", &["ones(2, 1) ∂L/∂y"]);
    check_one("sum_cols(A)", &["∂L/∂y ones(1, 3)"]);
}

#[test]
fn an_operand_used_twice_gets_the_sum() {
    for (expression, count, expected) in [
        ("x * x", 2, "∂L/∂y · x + ∂L/∂y · x"),
        ("x - x", 2, "∂L/∂y + (−∂L/∂y)"),
        (
            "[x, x, x, x, x, x]",
            6,
            "(∂L/∂y)[1] + (∂L/∂y)[2] + (∂L/∂y)[3] + (∂L/∂y)[4] + …",
        ),
    ] {
        let graph = read(&format!("param x = 2\ny = {expression}\nL = 3sum(y)"));
        let labels = Labels::of(&graph);
        let [output, x] = ["y", "x"].map(|key| graph.find(key).expect("a name"));
        let slots: Vec<usize> = (0..count).collect();
        let sum = labels.contribution_equation(&graph, output, x, &slots);
        assert_eq!(text(&sum), format!("∂L/∂x = {expected}"));
    }
}

/// Every operator has a contribution that is written out, whether the table
/// writes its derivative or not.
#[test]
fn every_operator_has_a_contribution() {
    for operator in ops::table() {
        let mut builder = GraphBuilder::new();
        let operands: Vec<NodeId> = ["p", "q"][..operator.arity.least()]
            .iter()
            .map(|name| builder.param(name, Matrix::zeros(Shape::new(2, 2))))
            .collect::<Result<_, _>>()
            .expect("params");
        let output = builder.compute(operator, &operands, &[]).expect("fits");
        builder.name("y", output);
        let loss = builder.apply("sum", &[output], &[]).expect("fits");
        builder.minimize(loss).expect("1×1");
        let graph = builder.build().expect("a loss");
        for contribution in of(&graph, output) {
            assert!(
                contribution.contains("/∂y"),
                "{}: {contribution}",
                operator.name
            );
        }
    }
}
