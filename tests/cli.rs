//! The command line, as a shell would call it.
#![cfg(feature = "cli")]

#[path = "cli/shell.rs"]
mod shell;

use serde_json::{Value, json};
use shell::chalkgrad;

const PARABOLA: &str = "param x = 2\ny = 4x^2\n";

#[test]
fn eval_prints_the_shape_of_the_reference() {
    let done = chalkgrad(&["eval", "-", "--json"], PARABOLA);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let found: Value = serde_json::from_str(&done.out).expect("JSON");
    let number = |value: f64| json!({ "shape": [1, 1], "data": [value] });
    assert_eq!(
        found,
        json!({
            "loss": 16.0,
            "values": { "x": number(2.0), "y": number(16.0) },
            "gradients": { "x": number(16.0), "y": number(1.0) },
        })
    );
}

#[test]
fn not_finite_numbers_are_strings_in_json() {
    let done = chalkgrad(
        &["eval", "-", "--json"],
        "param x = 0\nz = log(x)\ny = z - z",
    );
    let found: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(found["values"]["z"]["data"][0], "-Infinity");
    assert_eq!(found["loss"], "NaN");
    assert_eq!(found["gradients"]["x"]["data"][0], "NaN");
    let done = chalkgrad(
        &["eval", "-", "--json"],
        "data A = [1e200, -1e200]\nz = A * A * A\ny = sum(z)",
    );
    let found: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(
        found["values"]["z"]["data"],
        json!(["Infinity", "-Infinity"])
    );
}

#[test]
fn a_fault_is_shown_in_its_line() {
    let done = chalkgrad(&["eval", "-"], "param x = 2\ny = 4xx^2\n");
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(
        done.err
            .starts_with("-:2:6: Nothing is called “xx” here.\n  y = 4xx^2\n       ^^"),
        "{}",
        done.err
    );
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [
        &["eval"][..],
        &["train", "-"],
        &["train", "-", "--steps", "x"],
        &["train", "-", "--steps", "1", "--lr", "-1"],
        &["train", "-", "--steps", "1", "--every", "0"],
        &["paths", "-"],
        &["paths", "-", "q"],
        &["tray", "-"],
    ] {
        let done = chalkgrad(arguments, PARABOLA);
        assert_eq!(done.code, 2, "{arguments:?}: {}", done.err);
        assert!(!done.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_missing_file_is_told() {
    let done = chalkgrad(&["eval", "no-such-file"], "");
    assert_eq!(done.code, 1);
    assert!(done.err.starts_with("no-such-file: "), "{}", done.err);
}

#[test]
fn what_is_not_finite_is_told_with_its_operator() {
    let told = |arguments: &[&str], program: &str| {
        let done = chalkgrad(arguments, program);
        assert_eq!(done.code, 0, "a result all the same");
        done.err
    };
    let eval = ["eval", "-"];
    assert_eq!(
        told(&eval, "param x = -1\nu = log(x)\ny = 2u"),
        "u is NaN, from log\n"
    );
    assert_eq!(
        told(&eval, "param x = 0\nu = sqrt(x)\ny = u * u"),
        "the gradient of x is NaN, from √\n"
    );
    assert_eq!(told(&eval, "param x = -1\nu = log(x)\nminimize x"), "");
    let train = ["train", "-", "--steps", "1000", "--lr", "1"];
    let stopped = told(&train, "param x = 2\nu = x^2\ny = 4u");
    assert_eq!(stopped, "stopped at step 182: y is ∞, from 4 ×\n");
}

/// In the reference's own shape: data nodes and earlier bindings (`c#1`)
/// included, in any order.
#[test]
fn eval_prints_what_the_reference_has() {
    let reference = include_str!("reference/gradients.jsonl");
    assert!(reference.contains("#1\""), "earlier bindings");
    for line in reference.lines() {
        let entry: Value = serde_json::from_str(line).expect("JSON");
        let program = entry["program"].as_str().expect("a program");
        let done = chalkgrad(&["eval", "-", "--json"], program);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{program}");
        let found: Value = serde_json::from_str(&done.out).expect("JSON");
        let keys: Vec<&String> = found.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["loss", "values", "gradients"]);
        for key in keys {
            check_alike(&found[key], &entry[key], &format!("{key} of\n{program}"));
        }
    }
}

/// The same keys and shapes, and numbers that agree to 1e-12.
fn check_alike(found: &Value, expected: &Value, what: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            assert_eq!(found.len(), expected.len(), "{what}");
            for (key, expected) in expected {
                let found = found
                    .get(key)
                    .unwrap_or_else(|| panic!("no {key} in {what}"));
                check_alike(found, expected, &format!("{key} in {what}"));
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{what}");
            for (found, expected) in found.iter().zip(expected) {
                check_alike(found, expected, what);
            }
        }
        _ => {
            let number =
                |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{value}: {what}"));
            let (found, expected) = (number(found), number(expected));
            let error = (found - expected).abs();
            assert!(
                error <= 1e-12 * expected.abs() + 1e-14,
                "{found} for {expected}: {what}"
            );
        }
    }
}

#[test]
fn paths_are_printed_with_their_terms() {
    let done = chalkgrad(&["paths", "-", "x"], "param x = 3\ny = x * x");
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.out,
        "2 paths from y to x 1×1\n\n1: (∂y/∂x)₁\n  3\n\n2: (∂y/∂x)₂\n  3\n\n\
         sum of all terms\n  6\n\ngradient ∂y/∂x\n  6\n"
    );
    let rows = "data x = [1, 2; 3, 4]\nparam W = [2, -1; 0.5, 1]\nz = W * x\nL = sum(z)";
    let done = chalkgrad(&["paths", "-", "W"], rows);
    let term = "1 path from L to W 2×2\n\n1: ∂L/∂z · ∂z/∂W\n  1 2\n  3 4\n\nsum";
    assert!(done.out.starts_with(term), "{}", done.out);
    let done = chalkgrad(
        &["paths", "-", "z"],
        "param x = 2\ny = x^2\nz = y + 1\nminimize y",
    );
    let none = "0 paths from y to z 1×1\n\nsum of all terms\n  0\n\ngradient ∂y/∂z\n  0\n";
    assert_eq!(done.out, none);
    let twice = "x = x + x\n".repeat(70);
    let done = chalkgrad(&["paths", "-", "x#1"], &format!("param x = 1\n{twice}"));
    let first = "over 2^64 paths from x to x#1 1×1; the first 64 of them\n";
    assert!(done.out.starts_with(first), "{}", done.out);
    assert!(done.out.contains("sum of these terms\n  64\n"));
}

#[test]
fn paths_are_printed_as_json() {
    let json_of = |node: &str, program: &str| -> Value {
        let done = chalkgrad(&["paths", "-", node, "--json"], program);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{node}");
        serde_json::from_str(&done.out).expect("JSON")
    };
    let number = |value: f64| json!({ "shape": [1, 1], "data": [value] });
    assert_eq!(
        json_of("x", "param x = 3\nu = 2x\ny = u * u + x * u"),
        json!({ "count": "4", "paths": [
            { "through": [["y", 0], ["3:7", 0], ["u", 1]], "value": number(12.0) },
            { "through": [["y", 0], ["3:7", 1], ["u", 1]], "value": number(12.0) },
            { "through": [["y", 1], ["3:15", 0]], "value": number(6.0) },
            { "through": [["y", 1], ["3:15", 1], ["u", 1]], "value": number(6.0) },
        ] })
    );
    let bound_again = "param x = 3\nc = 2x\nc = c * x\nL = sum([c, 1; 0, c])";
    let found = json_of("c#1", bound_again);
    let through = json!([["L", 0], ["4:10", 0], ["4:10", 0], ["c", 0]]);
    assert_eq!(found["paths"][0]["through"], through);
    assert_eq!(found["count"], "2");
    assert_eq!(
        json_of("L", bound_again),
        json!({ "count": "1", "paths": [{ "through": [], "value": number(1.0) }] })
    );
    let twice = "x = x + x\n".repeat(70);
    let many = json_of("x#1", &format!("param x = 1\n{twice}"));
    assert_eq!(many["count"], "over 2^64");
    assert_eq!(many["paths"].as_array().map(Vec::len), Some(64));
    let done = chalkgrad(&["paths", "-", "x", "--json"], "param x = 0\ny = sqrt(x)");
    assert_eq!(done.err, "the gradient of x is ∞, from √\n");
    let found: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(found["paths"][0]["value"]["data"][0], "Infinity");
}

#[test]
fn paths_of_what_is_not_there_are_refused() {
    let done = chalkgrad(&["paths", "-", "q"], "param x = 3\nc = 2x\nc = c * x");
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert_eq!(done.err, "-: no node is called “q”; there are x, c#1, c\n");
    let repeated = "param x = 1\nrepeat 100 { x = -x }";
    let done = chalkgrad(&["paths", "-", "q"], repeated);
    assert!(done.err.ends_with("x#40 and 61 more\n"), "{}", done.err);
    let done = chalkgrad(&["paths", "-", "x"], "param x = 2\ny = 4xx^2\n");
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.starts_with("-:2:6: "), "{}", done.err);
    assert!(
        done.err.contains("\n  y = 4xx^2\n       ^^"),
        "{}",
        done.err
    );
    let done = chalkgrad(&["paths", "no-such-file", "x"], "");
    assert_eq!(done.code, 1);
}

#[test]
fn ops_prints_the_table_of_operators() {
    let done = chalkgrad(&["ops"], "");
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(done.out.contains("\n| tanh | `tanh(a)` | as the operand |"));
    let done = chalkgrad(&["ops", "--json"], "");
    let rows: Value = serde_json::from_str(&done.out).expect("JSON");
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), chalkgrad::ops::table().count());
    let row = |name: &str| {
        let found = rows.iter().find(|row| row["name"] == name);
        found.unwrap_or_else(|| panic!("no {name}"))
    };
    let constants = json!([{ "name": "slope", "default": 0.01 }]);
    assert_eq!(row("leaky_relu")["constants"], constants);
    assert_eq!(row("vcat")["operands"], "2 or more");
    let matmul = &row("matmul")["derivatives"];
    assert_eq!(
        matmul[1]["explicit"],
        r"a^{\top} \frac{\partial L}{\partial y}"
    );
    let chain = r"\frac{\partial L}{\partial y} \cdot \frac{\partial y}{\partial b}";
    assert_eq!(matmul[1]["chain"], chain);
}

const LAYER: &str =
    "param w = 2\nparam b = 1\ndata x = 3\nu = w * x\nz = u + b\nh = tanh(z)\nL = h^2";

#[test]
fn every_step_is_derived_with_what_it_takes_over() {
    let done = chalkgrad(&["derive", "-"], LAYER);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let lines: Vec<&str> = done.out.lines().filter(|line| !line.is_empty()).collect();
    let expected = [
        "1. ∂L/∂h = 2h",
        "    1×1 = 1×1",
        "2. ∂L/∂z = ∂L/∂h · φ′(z)",
        "    the gradient of h is taken over from step 1: 1 multiplication saved",
        "    1×1 = 1×1 · 1×1",
        "3. ∂L/∂u = ∂L/∂z",
        "    the gradient of z is taken over from step 2: 3 multiplications saved",
        "    1×1 = 1×1",
        "4. ∂L/∂b = ∂L/∂z",
        "    the gradient of z is taken over from step 2: 3 multiplications saved",
        "    1×1 = 1×1",
        "5. ∂L/∂w = ∂L/∂u · x",
        "    the gradient of u is taken over from step 3: 3 multiplications saved",
        "    1×1 = 1×1 · 1×1",
        "one backward pass, 2 numbers trained: 4 multiplications, 1 addition",
        "each number from the loss anew: 7 multiplications, 2 additions",
        "path by path: 7 multiplications, 2 additions",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_node_is_derived_in_each_form_with_its_numbers() {
    for (form, expected) in [
        (
            "full",
            "5. ∂L/∂w = prod([∂L/∂h, ∂h/∂z, ∂z/∂u = ∂L/∂u], ∂u/∂w)\n",
        ),
        ("chain", "5. ∂L/∂w = ∂L/∂u · ∂u/∂w\n"),
        ("prod", "5. ∂L/∂w = prod(∂L/∂u, ∂u/∂w)\n"),
        ("explicit", "5. ∂L/∂w = ∂L/∂u · x\n"),
    ] {
        let done = chalkgrad(&["derive", "-", "w", "--form", form], LAYER);
        assert!(done.out.starts_with(expected), "{}", done.out);
        assert!(done.out.ends_with("\n· x\n  3\n"), "{}", done.out);
    }
    let done = chalkgrad(&["derive", "-", "w", "--latex"], LAYER);
    let latex = "\\frac{\\partial L}{\\partial w} = \\frac{\\partial L}{\\partial u} \\cdot x\n";
    assert_eq!(done.out, latex);
    let done = chalkgrad(&["derive", "-", "--latex"], LAYER);
    assert!(done.out.starts_with("\\begin{aligned}\n"), "{}", done.out);
    assert_eq!(done.out.matches("&=").count(), 5);
}

#[test]
fn derivations_are_printed_as_json() {
    let json_of = |arguments: &[&str]| -> Value {
        let done = chalkgrad(&[&["derive", "-", "--json"], arguments].concat(), PARABOLA);
        assert_eq!((done.code, done.err.as_str()), (0, ""));
        serde_json::from_str(&done.out).expect("JSON")
    };
    let number = |value: f64| json!({ "shape": [1, 1], "data": [value] });
    let work = |count: &str| json!({ "multiplications": count, "additions": "0" });
    let of_x = json!({
        "node": "x",
        "step": 2,
        "form": "explicit",
        "formula": "∂y/∂x = ∂y/∂(x²) · 2x",
        "latex": r"\frac{\partial y}{\partial x} = \frac{\partial y}{\partial (x^{2})} \cdot 2 x",
        "shapes": "1×1 = 1×1 · 1×1",
        "notes": [],
        "factors": [
            { "before": "", "formula": "∂y/∂x", "value": number(16.0) },
            { "before": "=", "formula": "∂y/∂(x²)", "value": number(4.0) },
            { "before": "·", "formula": "2x", "value": number(4.0) },
        ],
        "cut": false,
        "reused": [{ "node": "2:7", "step": 1, "saved": work("0") }],
    });
    assert_eq!(json_of(&["x"]), of_x);
    let all = json_of(&["--form", "explicit"]);
    assert_eq!(all["steps"][1], of_x);
    let tally = json!({
        "numbers": 1, "done": work("2"), "anew": work("2"), "byPath": work("2"),
    });
    assert_eq!(all["tally"], tally);
    let chain = json_of(&["x", "--form", "chain"]);
    assert_eq!(
        chain["notes"],
        json!(["∂y/∂(x²) · ∂(x²)/∂x = ∂y/∂(x²) · 2x"])
    );
}

#[test]
fn what_cannot_be_derived_is_refused() {
    let done = chalkgrad(&["derive", "-", "q"], PARABOLA);
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert_eq!(done.err, "-: no node is called “q”; there are x, y\n");
    let done = chalkgrad(&["derive", "-", "x", "--form", "short"], PARABOLA);
    assert_eq!(done.code, 2);
    let done = chalkgrad(&["derive", "-", "x"], "param x = 2\ny = 4xx^2\n");
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    let done = chalkgrad(&["derive", "-", "x", "--latex", "--json"], PARABOLA);
    assert_eq!(done.code, 2);
}
