//! Programs with samples as columns, written with samples as rows, and back.

#[path = "../graph_writing/same.rs"]
mod graphs;
#[path = "../programs/read.rs"]
mod programs;
mod random;
mod same;

use std::thread;

use chalkgrad::graph::Graph;
use chalkgrad::matrix::Shape;
use chalkgrad::turned::{Samples, turned};
use serde_json::Value;

use programs::read;
use same::{assert_returns, assert_transposed, check, turn};

const PERCEPTRON: &str = include_str!("../programs/perceptron.txt");

fn shape_of(graph: &Graph, name: &str) -> (usize, usize) {
    let node = graph.find(name).expect("a name of the program");
    let Shape { rows, columns } = graph.node(node).shape;
    (rows, columns)
}

#[test]
fn the_lectures_perceptron_is_turned() {
    let rows = "\
# a three-layer perceptron
data  x  = [1, 0.5, -1, 2]
param W1 = normal(5, 4)'
param W2 = normal(3, 5)'
data  y  = [1, 0, 0]

z = x @ W1
h = tanh(z)
o = h @ W2
L = squared_error(o, y)
minimize L
";
    check(PERCEPTRON, rows);
    let graph = read(rows);
    let shapes = ["x", "W1", "z", "W2", "o"].map(|name| shape_of(&graph, name));
    assert_eq!(shapes, [(1, 4), (4, 5), (1, 5), (5, 3), (1, 3)]);
    assert!(assert_transposed(PERCEPTRON, rows), "bit for bit");
}

#[test]
fn a_batch_with_biases_is_turned() {
    check(
        "data x = [1, -2, 3; 0.5, 1, 2]\nparam W = normal(5, 2)\nparam b = zeros(5, 1)\n\
         param v = glorot(1, 5)\nparam c = 0.5\ndata y = [1, 0, 1]\n\
         h = tanh(W @ x + b)\no = v @ h + c\nL = mse(o, y)\n",
        "data x = [1, 0.5; -2, 1; 3, 2]\nparam W = normal(5, 2)'\nparam b = zeros(1, 5)\n\
         param v = glorot(1, 5)'\nparam c = 0.5\ndata y = [1; 0; 1]\n\
         h = tanh(x @ W + b)\no = h @ v + c\nL = mse(o, y)\n",
    );
}

#[test]
fn a_recurrent_net_is_turned() {
    let columns = "data x = [1; 0.5]\nparam U = normal(3, 3, 0.4)\nparam W = uniform(3, 2, lo = -0.5)\n\
         h = zeros_of(x)\nrepeat 4 {\n  h = tanh(U @ h + W @ x * t)  # a step\n}\nL = sum(h^2)\n";
    let rows = "data x = [1, 0.5]\nparam U = normal(3, 3, 0.4)'\nparam W = uniform(3, 2, lo = -0.5)'\n\
         h = zeros_of(x)\nrepeat 4 {\n  h = tanh(h @ U + x @ W * t)  # a step\n}\nL = sum(h^2)\n";
    let with_start = |text: &str, start: &str| text.replace("zeros_of(x)", start);
    check(
        &with_start(columns, "[0; 0; 0]"),
        &with_start(rows, "[0, 0, 0]"),
    );
}

#[test]
fn what_works_down_columns_works_on_the_transpose() {
    check(
        "data x = [1; 2]\nparam W = normal(3, 2)\ndata y = [1; 0; 0]\n\
         L = cross_entropy(W @ x, y)\n",
        "data x = [1, 2]\nparam W = normal(3, 2)'\ndata y = [1, 0, 0]\n\
         L = cross_entropy((x @ W)', y')\n",
    );
    check(
        "data x = [1; 2]\nparam W = normal(2, 2)\nL = cross_entropy(W @ x, [1, 0]') + cross_entropy(x', [2, 2])\n",
        "data x = [1, 2]\nparam W = normal(2, 2)'\nL = cross_entropy((x @ W)', [1, 0]') + cross_entropy(x, [2, 2])\n",
    );
    check(
        "data x = [1, 3; 2, 4]\nparam W = normal(3, 2)\nz = W @ x\np = softmax(z + [1; 2; 3])\n\
         q = softmax(z')'[2, :] ^ softmax([0; 0; 0])[1]\nL = sum(log(2softmax(z)²)) + sum(q)\n",
        "data x = [1, 2; 3, 4]\nparam W = normal(3, 2)'\nz = x @ W\np = softmax((z + [1, 2, 3])')'\n\
         q = softmax(z)[:, 2] ^ softmax([0; 0; 0])'[1]\nL = sum(log(2softmax(z')'²)) + sum(q)\n",
    );
}

#[test]
fn weight_decay_stays() {
    check(
        "data x = [1; 2]\nparam W = normal(3, 2)\nλ = 0.01\nL = sum((W @ x)^2) + λ / 2 * sum(W ⊙ W)\n",
        "data x = [1, 2]\nparam W = normal(3, 2)'\nλ = 0.01\nL = sum((x @ W)^2) + λ / 2 * sum(W ⊙ W)\n",
    );
}

#[test]
fn comments_and_layout_stay() {
    check(
        "\u{feff}# columns, W@x\r\ndata   x=[1;0.5 ;  # first\n -1] # a column\n\
         param W =［1，2，3；4，5，6］\n\nz = (W  # the weights\n   @ x)  # @ x\r\n\
         M = [\n  1, 2, 3;\n  4, 5, 6\n]\nL = sum( z ) + sum(M@ M');minimize L # W @ x",
        "\u{feff}# columns, W@x\r\ndata   x=[1,0.5 ,  # first\n -1] # a column\n\
         param W =［1，4；2，5；3，6］\n\nz = (x  # the weights\n   @ W)  # @ x\r\n\
         M = [\n  1, 4;\n  2, 5;\n  3, 6\n]\nL = sum( z ) + sum(M'@ M);minimize L # W @ x",
    );
    let commented =
        "data x = [1; 2]\nparam W = [1, # a\n 2; # b\n 3, 4; 5,6 # c\n]\nL = sum(W @ x)";
    let other = turn(commented);
    assert_eq!(
        other.text,
        "data x = [1, 2]\nparam W = [1, # a\n 3, # b\n 5; 2, 4,6 # c\n]\nL = sum(x @ W)"
    );
    assert_eq!(turn(&other.text).text, commented);
}

#[test]
fn rows_and_columns_change_names() {
    check(
        "data x = [1, 2; 3, 4]\nparam W = ones(3, 2)\nA = W @ x\n\
         r = sum_rows(A[ (2) , : ]) + sum_rows(vcat(A, eye(2))) \
         + hcat(A[1,1],x[1 , 2]) + A[:, 2][3]\nL = sum(r)\n"
            .replace("eye(2)", "x")
            .as_str(),
        "data x = [1, 3; 2, 4]\nparam W = ones(2, 3)\nA = x @ W\n\
         r = sum_cols(A[ : , (2) ]) + sum_cols(hcat(A, x)) \
         + vcat(A[1,1],x[2 , 1]) + A[2, :][3]\nL = sum(r)\n",
    );
}

#[test]
fn the_order_of_multiplications_stays() {
    let heads = "data x = [1; 2]\nparam A = normal(2, 2)\nh = A @ x\n";
    let turned_heads = "data x = [1, 2]\nparam A = normal(2, 2)'\nh = x @ A\n";
    for (columns, rows) in [
        ("A @ A @ x", "x @ (A @ A)"),
        ("A @ (A @ x)", "x @ A @ A"),
        ("A @ A @ A @ x", "x @ (A @ (A @ A))"),
        ("A @ (A @ A @ x)", "x @ (A @ A) @ A"),
        ("2 * A @ x", "x @ (2 * A)"),
        ("A @ x * 2", "x @ A * 2"),
        ("-A @ x / 2", "x @ -A / 2"),
        ("2A @ -x", "-x @ 2A"),
        ("A^2 @ (x + A @ x)", "(x + x @ A) @ A^2"),
        ("(A @ A)' @ x", "x @ (A @ A)'"),
        ("((A)) @ (x)", "(x) @ ((A))"),
        ("-(A @ x) @ (x' @ x)", "x @ x' @ -(x @ A)"),
        ("A @ ([1, 2; 3, 4] @ [1;2])", "[1,2] @ [1, 3; 2, 4] @ A"),
    ] {
        let program = format!("{heads}L = sum({columns})\n");
        check(&program, &format!("{turned_heads}L = sum({rows})\n"));
        assert_returns(&program, &turn(&program));
    }
    let redundant = format!("{heads}L = sum((A @ A) @ x)\n");
    let other = turn(&redundant);
    assert_eq!(other.text, format!("{turned_heads}L = sum(x @ (A @ A))\n"));
    assert_returns(&redundant, &other);
    let over_lines = format!("{heads}z = A @ (A\n @ x)\nL = sum(z)\n");
    let other = turn(&over_lines);
    assert_eq!(
        other.text,
        format!("{turned_heads}z = (x\n @ A) @ A\nL = sum(z)\n")
    );
    assert_returns(&over_lines, &other);
}

#[test]
fn functions_are_turned() {
    check(
        "data x = [1; 2]\nfn init(r, c) = normal(r, c) / sqrt(c)\nfn layer(W, b, u) = tanh(W @ u + b)\n\
         param W = init(3, 2)\nparam b = zeros(3, 1)\nL = sum(layer(W, b, x))\n",
        "data x = [1, 2]\nfn init(r, c) = normal(r, c)' / sqrt(c)\nfn layer(W, b, u) = tanh(u @ W + b)\n\
         param W = init(3, 2)\nparam b = zeros(1, 3)\nL = sum(layer(W, b, x))\n",
    );
}

#[test]
fn random_numbers_are_drawn_in_their_order() {
    let check = |columns: &str, rows: &str| {
        let line = |value: &str, product: &str| format!("param A = {value}\nL = sum({product})\n");
        let (ones, turned_ones) = ("A @ [1; 1]", "[1, 1] @ A");
        same::check(&line(columns, ones), &line(rows, turned_ones));
    };
    check("normal(3, 2) * 2", "normal(3, 2)' * 2");
    check("(normal(3, 2))", "(normal(3, 2)')");
    check("he(3, 2) @ eye(2)", "eye(2) @ he(3, 2)'");
    check(
        "[normal(1, 1), normal(1, 1)]",
        "[normal(1, 1); normal(1, 1)]",
    );
    check(
        "(normal(3, 4) @ normal(4, 2))",
        "((normal(3, 4) @ normal(4, 2))')",
    );
    check(
        "((normal(4, 3)' * 2) @ (normal(2, 4) + 1)')",
        "(((normal(4, 3) * 2)' @ (normal(2, 4)' + 1))')",
    );
    check(
        "[normal(1, 1), 2; 0, uniform(1, 1)]",
        "[normal(1, 1), 2; 0, uniform(1, 1)]'",
    );
    let both = "fn f(n) = normal(n, 2)\nparam A = f(3) @ f(2)\nL = sum(A @ [1; 2])\n";
    let other = turn(both);
    assert_transposed(both, &other.text);
    assert_returns(both, &other);
}

#[test]
fn the_first_parameter_beside_an_at_tells_how_samples_stand() {
    let samples = |text: &str| turned(text).map(|turned| turned.samples);
    let heads = "data x = [1, 2; 3, 4]\nparam V = normal(2, 2)\nparam W = normal(2, 2)\n";
    for (line, expected) in [
        ("W @ x", Some(Samples::Columns)),
        ("x @ W", Some(Samples::Rows)),
        ("V @ (x @ W)", Some(Samples::Columns)),
        ("x @ W + W @ x", Some(Samples::Rows)),
        ("x @ W + V @ x", Some(Samples::Columns)),
        ("V @ W + V @ V", None),
        ("W' @ x", None),
        ("W * x", None),
    ] {
        assert_eq!(
            samples(&format!("{heads}L = sum({line})")),
            expected,
            "{line}"
        );
    }
    assert_eq!(samples("param x = 2\ny = 4x^2"), None);
}

#[test]
fn a_program_with_faults_cannot_be_turned() {
    for text in [
        "",
        "data x = [1; 2]\nparam W = normal(3, 2)\nL = sum(W @ x",
        "data x = [1; 2]\nparam W = normal(3, 2)\nL = sum(x @ W)",
        "data x = [1; 2]\nparam W = normal(3, 2)\nL = W @ x",
        "data x = [1; 2]\nparam W = normal(3, 2)\nL = sum(W @ u)",
    ] {
        assert_eq!(turned(text), None, "{text}");
    }
}

/// Of 48 programs those with a parameter beside an `@`; the others have no samples.
#[test]
fn reference_programs_are_turned() {
    let (mut exact, mut rounded) = (Vec::new(), Vec::new());
    for line in include_str!("../reference/gradients.jsonl").lines() {
        let entry: Value = serde_json::from_str(line).expect("a line of JSON");
        let name = entry["name"].as_str().expect("a name").to_owned();
        let program = entry["program"].as_str().expect("a program");
        let Some(other) = turned(program) else {
            continue;
        };
        assert_returns(program, &other);
        assert_eq!(turn(&other.text).text, program, "{name}");
        match assert_transposed(program, &other.text) {
            true => exact.push(name),
            false => rounded.push(name),
        }
    }
    assert_eq!(exact.len(), 14, "{exact:?}");
    assert_eq!(rounded, ["random-11"], "of many contributions to ∂L/∂s");
}

#[test]
fn long_programs_need_no_deep_stack() {
    let heads = "data x = [1; 2]\nparam W = normal(2, 2)\n";
    let sum = format!("{heads}L = sum(W @ x{})\n", " + x".repeat(10_000));
    let product = format!("{heads}L = sum({}x)\n", "W @ ".repeat(10_000));
    let brackets = ["(", ")"].map(|bracket| bracket.repeat(100));
    let nested = format!("{heads}L = sum({}W @ x{})\n", brackets[0], brackets[1]);
    let small = thread::Builder::new().stack_size(256 * 1024);
    let run = small.spawn(move || {
        let other = turn(&sum);
        assert!(
            other
                .text
                .ends_with(&format!("sum(x @ W{})\n", " + x".repeat(10_000)))
        );
        assert_eq!(turn(&other.text).text, sum);
        assert_eq!(
            turned(&product),
            None,
            "brackets are nested 128 deep at most"
        );
        assert_eq!(turn(&turn(&nested).text).text, nested);
    });
    run.expect("a thread").join().expect("no overflow");
}
