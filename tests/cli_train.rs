//! `chalkgrad train`, as a shell would call it.
#![cfg(feature = "cli")]

#[path = "cli/shell.rs"]
mod shell;

use serde_json::Value;
use shell::chalkgrad;

const PARABOLA: &str = "param x = 2\ny = 4x^2\n";

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
fn train_takes_every_optimizer_with_its_options() {
    let last = |arguments: &[&str]| {
        let all = [&["train", "-", "--steps", "2", "--csv"], arguments].concat();
        let done = chalkgrad(&all, PARABOLA);
        assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
        let x = done
            .out
            .trim_end()
            .rsplit(',')
            .next()
            .map(str::parse::<f64>);
        x.expect("a cell").expect("a number")
    };
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
    // 2 → 0.4, then v = 0.9 · 16 + 3.2.
    near(last(&["--optimizer", "momentum"]), 0.4 - 0.1 * 17.6);
    near(
        last(&["--optimizer", "momentum", "--set", "beta=0.5"]),
        0.4 - 0.1 * 11.2,
    );
    for rule in chalkgrad::descent::RULES {
        let x = last(&["--optimizer", rule.name]);
        assert!(x < 2.0, "{}: {x}", rule.name);
    }
    near(last(&["--schedule", "step/1/0.5"]), 0.4 - 0.05 * 3.2);
    near(last(&["--l2", "2"]), 0.2 - 0.1 * 2.0);
    near(last(&["--l1", "1"]), 0.3 - 0.1 * 3.4);
    let clipped = last(&["--clip", "1"]);
    assert!((clipped - 1.8).abs() < 1e-6, "{clipped}");
}

#[test]
fn a_wrong_option_is_told_with_what_would_be_right() {
    let told = |arguments: &[&str], expected: &str| {
        let all = [&["train", "-", "--steps", "1"], arguments].concat();
        let done = chalkgrad(&all, PARABOLA);
        assert_eq!((done.code, done.err.trim_end()), (2, expected));
    };
    told(
        &["--optimizer", "momentum", "--set", "beta=1"],
        "--set beta=1: beta takes a number from 0 to below 1",
    );
    told(
        &["--set", "beta=0.5"],
        "--set beta=0.5: gd has schedule, clip, l1, l2",
    );
    told(
        &["--l1", "1", "--set", "l1=2"],
        "--l1 1: l1 is given twice; once is enough",
    );
    told(&["--clip", "-1"], "--clip -1: clip takes a number above 0");
    told(&["--l2", "x"], "--l2 x: l2 takes a number of at least 0");
    told(
        &["--schedule", "sine"],
        "--schedule sine: schedule takes constant, step/30/0.1, exponential/0.99, cosine/100 \
         or warmup/10",
    );
    let done = chalkgrad(&["train", "-", "--steps", "1", "--optimizer", "sgd"], "");
    assert_eq!(done.code, 2);
    assert!(done.err.contains("adamw"), "{}", done.err);
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
