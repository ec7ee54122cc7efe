//! What is written of a contribution has the value that the tape computes: its
//! text is read as a program over the same numbers.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::formula::{self, Activation, Labels, RunStyle};
use chalkgrad::graph::Graph;
use chalkgrad::tape::Tape;

use read::read;

/// The operands, at a place without kinks, and the unit vectors that are written
/// for what is picked from two rows and three columns.
const GIVEN: &str = "A = [1.5, -0.5, 2; 0.25, 1, -2]\nB = [0.5, 1.25, -1; 2, 0.75, 3]\n\
                     p = [0.3, 0.6, 0.2; 0.9, 0.5, 0.1]\nr = [1.5, 0.5, -2]\nv = [1; -2; 0.5]\n\
                     x = 1.5\nz = 0.75";

/// `GIVEN` as declarations.
fn declared(role: &str) -> String {
    let lines = GIVEN
        .lines()
        .map(|line| format!("{role} {}\n", line.trim()));
    lines.collect()
}

/// What is written of the contribution of `y`'s operator to an operand, in the
/// notation: `U` is the upstream gradient.
fn notation(graph: &Graph, slot: usize) -> String {
    let output = graph.find("y").expect("y");
    let contribution = Labels::of(graph).contribution(graph, output, slot, Activation::Explicit);
    let label = formula::label(&contribution);
    let runs = label.iter().map(|run| match run.style {
        RunStyle::Superscript => format!("^({})", run.text),
        _ => formula::plain(std::slice::from_ref(run)),
    });
    let mut text: String = runs.collect();
    for (written, read) in [
        ("∂L/∂y", "U"),
        // Summed up in the end, to the operand's shape.
        ("Σ ", ""),
        (" ⊙ ", "*"),
        (" · ", "*"),
        (" − ", "-"),
        (" + ", "+"),
        ("−", "-"),
        ("ᵀ", "'"),
        (", ", ","),
        // What is left are the spaces of matrix products.
        (" ", "@"),
    ] {
        text = text.replace(written, read);
    }
    text
}

/// A matrix in the notation.
fn matrix(numbers: &[f64], columns: usize) -> String {
    let rows = numbers.chunks(columns).map(|row| {
        let row: Vec<String> = row.iter().map(f64::to_string).collect();
        row.join(", ")
    });
    format!("[{}]", rows.collect::<Vec<_>>().join("; "))
}

/// The value of the node that is called this.
fn value(tape: &Tape, graph: &Graph, key: &str) -> (Vec<f64>, usize) {
    let node = graph.find(key).expect("a name");
    (tape.value(node).to_vec(), graph.node(node).shape.columns)
}

fn check(expression: &str) {
    let params = declared("param");
    // An upstream gradient of which no two entries are alike.
    let program = format!("{params}y = {expression}\nL = sum(sin(y) + y^2)");
    let graph = read(&program);
    let mut tape = Tape::compile(&graph);
    tape.forward();
    tape.backward();
    let output = graph.find("y").expect("y");
    let made = graph.node(output).application().expect("computed");
    let (y, columns) = value(&tape, &graph, "y");
    let given = format!(
        "{}data y = {}\ndata U = {}\ndata e1 = {}\ndata e2 = {}\ndata e3 = [0; 0; 1]\n",
        declared("data"),
        matrix(&y, columns),
        matrix(tape.gradient(output), columns),
        // Of two rows where two are picked from, of three columns else.
        if expression.contains("[1, ") {
            "[1; 0]"
        } else {
            "[1; 0; 0]"
        },
        if expression.contains("[2, ") {
            "[0; 1]"
        } else {
            "[0; 1; 0]"
        },
    );
    for (slot, &operand) in made.operands.iter().enumerate() {
        if !graph.has_gradient(operand) {
            continue;
        }
        let written = notation(&graph, slot);
        let shape = graph.node(operand).shape;
        let shaped = read(&format!("{given}data c = {written}\nL = sum(c)"));
        let mut evaluated = Tape::compile(&shaped);
        evaluated.forward();
        let node = shaped.find("c").expect("c");
        let whole = shaped.node(node).shape;
        let mut found = vec![0.0; shape.len()];
        for (at, number) in evaluated.value(node).iter().enumerate() {
            let (row, column) = (at / whole.columns, at % whole.columns);
            let row = if shape.rows == 1 { 0 } else { row };
            let column = if shape.columns == 1 { 0 } else { column };
            found[row * shape.columns + column] += number;
        }
        for (found, expected) in found.iter().zip(tape.gradient(operand)) {
            let close = (found - expected).abs() <= 1e-12 * expected.abs() + 1e-12;
            assert!(
                close,
                "{expression}, {slot}: {written}: {found} for {expected}"
            );
        }
    }
}

#[test]
fn what_is_written_is_what_is_computed() {
    for expression in [
        "A + B",
        "A - B",
        "A * B",
        "A / B",
        "A + r",
        "A - r",
        "A * r",
        "A - x",
        "A * x",
        "x * A",
        "x / A",
        "x * z",
        "x^z",
        "A^2",
        "x^3",
        "4x",
        "-A",
        "exp(A)",
        "log(p)",
        "sqrt(p)",
        "sin(A)",
        "cos(A)",
        "tan(x)",
        "tanh(A)",
        "sigmoid(A)",
        "softplus(A)",
        "silu(A)",
        "abs(A)",
        "A @ v",
        "B'",
        "hcat(x, z)",
        "vcat(r, A[1, :])",
        "A[2, :]",
        "A[:, 3]",
        "r[2]",
        "v[3]",
        "sum(A)",
        "mean(A)",
        "sum_rows(A)",
        "sum_cols(A)",
        "softmax(A)",
        "mse(A, B)",
        "squared_error(A, B)",
        "mae(A, B)",
        "huber(A, B)",
        "bce(p, A)",
        "bce_logits(A, B)",
        "cross_entropy(A, p)",
    ] {
        check(expression);
    }
}
