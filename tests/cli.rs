//! The command line, as a shell would call it.
#![cfg(feature = "cli")]

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

struct Outcome {
    code: i32,
    out: String,
    err: String,
}

fn chalkgrad(arguments: &[&str], input: &str) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chalkgrad"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    // A command that refuses its arguments doesn't read.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Outcome {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

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
fn train_prints_the_loss_by_step() {
    let done = chalkgrad(
        &["train", "-", "--steps", "2", "--lr", "1", "--csv"],
        PARABOLA,
    );
    assert_eq!(
        done.out,
        "step,loss,x\n0,16.0,2.0\n1,784.0,-14.0\n2,38416.0,98.0\n"
    );
    let done = chalkgrad(
        &["train", "-", "--steps", "5", "--every", "2", "--csv"],
        PARABOLA,
    );
    let steps: Vec<&str> = done
        .out
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').next())
        .collect();
    assert_eq!(steps, ["0", "2", "4", "5"]);
}

#[test]
fn divergence_is_told_and_is_no_failure() {
    let done = chalkgrad(
        &["train", "-", "--steps", "1000", "--lr", "1", "--json"],
        PARABOLA,
    );
    assert_eq!(done.code, 0);
    assert!(done.err.contains("y is ∞"), "{}", done.err);
    let rows: Value = serde_json::from_str(&done.out).expect("JSON");
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.last().expect("a row")["loss"], "Infinity");
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
