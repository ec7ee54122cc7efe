//! The engine against gradients made elsewhere: JAX in float64.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::graph;
use chalkgrad::ops;
use chalkgrad::tape::Tape;
use serde_json::Value;

use read::read;

const REFERENCE: &str = include_str!("reference/gradients.jsonl");

fn entries() -> Vec<Value> {
    let lines = REFERENCE.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs() + 1e-14
}

fn check(entry: &Value) {
    let name = &entry["name"];
    let program = entry["program"].as_str().expect("a program");
    let graph = read(program);
    let mut tape = Tape::compile(&graph);
    tape.forward();
    tape.backward();
    let loss = entry["loss"].as_f64().expect("a loss");
    assert!(
        close(tape.loss(), loss),
        "{name}: loss {} for {loss}",
        tape.loss()
    );
    for (what, of) in [
        ("values", Tape::value as fn(&Tape, graph::NodeId) -> &[f64]),
        ("gradients", Tape::gradient),
    ] {
        let expected = entry[what].as_object().expect("an object");
        assert_eq!(expected.len(), graph.bindings().len(), "{name}: names");
        for (key, matrix) in expected {
            let node = graph
                .find(key)
                .unwrap_or_else(|| panic!("{name}: no node {key}"));
            let shape = graph.node(node).shape;
            assert_eq!(matrix["shape"][0], shape.rows, "{name}: rows of {key}");
            assert_eq!(
                matrix["shape"][1], shape.columns,
                "{name}: columns of {key}"
            );
            let data = matrix["data"].as_array().expect("numbers");
            for (found, expected) in of(&tape, node).iter().zip(data) {
                let expected = expected.as_f64().expect("a number");
                assert!(
                    close(*found, expected),
                    "{name}: {what} of {key}: {found} for {expected}"
                );
            }
        }
    }
}

#[test]
fn every_program_agrees_with_the_reference() {
    let entries = entries();
    assert_eq!(entries.len(), 48);
    entries.iter().for_each(check);
}

#[test]
fn running_backward_twice_gives_the_same_bits() {
    for entry in entries() {
        let program = entry["program"].as_str().expect("a program");
        let graph = read(program);
        let mut tape = Tape::compile(&graph);
        tape.forward();
        tape.backward();
        let bits = |tape: &Tape| {
            tape.gradients()
                .iter()
                .map(|g| g.to_bits())
                .collect::<Vec<_>>()
        };
        let once = bits(&tape);
        tape.backward();
        assert_eq!(once, bits(&tape), "{}", entry["name"]);
    }
}

#[test]
fn names_in_the_table_are_unique() {
    let mut names: Vec<&str> = ops::table().map(|operator| operator.name).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}
