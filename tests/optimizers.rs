//! Every optimizer against PyTorch's, and the lecture's runs against closed forms.

use chalkgrad::descent::{Method, RULES, Run, Timeline};
use chalkgrad::graph;
use chalkgrad::share::RunSpec;
use serde_json::Value;

const PARABOLA: &str = "param x = 2\ny = 4x^2";

fn run(program: &str, spec: &str) -> Run {
    let graph = graph::read(program).graph.expect(program);
    let RunSpec { method, timeline } = spec.parse().expect(spec);
    Run::new(&graph, method, timeline)
}

fn numbers(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().expect("numbers").iter();
    numbers.map(|one| one.as_f64().expect("a number")).collect()
}

/// A relative 10⁻¹⁰; of a parameter below 10⁻³ an absolute 10⁻¹³, since it is the
/// difference of larger numbers, whose rounding it keeps.
fn agrees(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-10 * expected.abs().max(1e-3)
}

#[test]
fn a_hundred_iterates_are_those_of_pytorch() {
    let mut lines = include_str!("optimizers/torch.jsonl").lines();
    let versions: Value = serde_json::from_str(lines.next().expect("a header")).expect("JSON");
    assert!(versions["torch"].is_string() && versions["python"].is_string());
    let mut seen = Vec::new();
    for line in lines {
        let entry: Value = serde_json::from_str(line).expect("JSON");
        let (program, spec) = (&entry["program"], &entry["run"]);
        let (program, spec) = (program.as_str().expect("it"), spec.as_str().expect("it"));
        let mut run = run(program, spec);
        let iterates = entry["iterates"].as_array().expect("iterates");
        assert_eq!(iterates.len(), 100);
        for (update, expected) in (1..).zip(iterates) {
            let next = run.next_params();
            assert_eq!(run.advance(1), 1);
            let found: Vec<f64> = run.tape().read_params().collect();
            assert_eq!(next, found, "what was foretold of {spec}");
            for (&found, expected) in found.iter().zip(numbers(expected)) {
                let right = agrees(found, expected);
                assert!(right, "{spec}, update {update}: {found}, not {expected}");
            }
        }
        seen.push(run.method().clone());
    }
    for rule in RULES {
        let tried = seen.iter().filter(|method| method.rule() == *rule);
        assert!(tried.count() >= 2, "{} is not tried", rule.name);
    }
}

// Iterates alone don't tell a smaller ε from a larger one beside a large root.
#[test]
fn the_usual_constants_are_those_of_the_textbooks() {
    let found: Vec<(&str, Vec<(&str, f64)>)> = RULES
        .iter()
        .map(|rule| {
            let constants = rule.constants.iter();
            let constants = constants.map(|constant| (constant.key, constant.usual));
            (rule.name, constants.collect())
        })
        .collect();
    let adam = [("beta1", 0.9), ("beta2", 0.999), ("eps", 1e-8)];
    let expected = [
        ("gd", vec![]),
        ("momentum", vec![("beta", 0.9)]),
        ("nesterov", vec![("beta", 0.9)]),
        ("adagrad", vec![("eps", 1e-10)]),
        ("rmsprop", vec![("rho", 0.9), ("eps", 1e-8)]),
        ("adam", adam.to_vec()),
        ("adamw", [&adam[..], &[("decay", 0.01)]].concat()),
    ];
    assert_eq!(found, expected);
}

/// Parameter and loss of the first steps.
fn walk(rate: f64, steps: usize) -> Vec<(f64, f64)> {
    let graph = graph::read(PARABOLA).graph.expect("a graph");
    let timeline = Timeline::new(rate).expect("above 0");
    let mut run = Run::new(&graph, Method::default(), timeline);
    let here = |run: &Run| {
        let x = run.tape().read_params().next().expect("x");
        (x, run.tape().loss())
    };
    let mut seen = vec![here(&run)];
    for _ in 0..steps {
        run.advance(1);
        seen.push(here(&run));
    }
    seen
}

// x ← x − η·8x = (1 − 8η)x, so after k steps x = 2(1 − 8η)ᵏ and y = 4x².
#[test]
fn the_lecture_s_runs_follow_their_closed_form() {
    for (rate, factor) in [
        (0.26, -1.08),
        (0.25, -1.0),
        (0.24, -0.92),
        (0.1, 0.2),
        (1.0, -7.0),
    ] {
        let mut size = 2.0;
        for (step, (x, y)) in walk(rate, 180).into_iter().enumerate() {
            let x_here = libm::pow(factor, step as f64) * 2.0;
            // Each step rounds, and so does the factor that is computed from η.
            let share = 1e-15 * (1.0 + 6.0 * step as f64);
            let near = |one: f64, other: f64| (one - other).abs() <= share * other.abs();
            assert!(near(x, x_here), "{rate}, step {step}: {x}, not {x_here}");
            let y_here = 4.0 * x_here * x_here;
            let near = |one: f64, other: f64| (one - other).abs() <= 2.0 * share * other.abs();
            assert!(near(y, y_here), "{rate}, step {step}: {y}, not {y_here}");
            size = x.abs();
        }
        assert_eq!(size > 2.0, rate > 0.25, "{rate}");
    }
}

#[test]
fn what_is_exact_on_the_board_is_exact_here() {
    for (step, (x, y)) in walk(0.25, 1000).into_iter().enumerate() {
        assert_eq!((x, y), (if step % 2 == 0 { 2.0 } else { -2.0 }, 16.0));
    }
    let climbing = walk(1.0, 2);
    assert_eq!(climbing, [(2.0, 16.0), (-14.0, 784.0), (98.0, 38416.0)]);
    // Whole numbers below 2⁵³ are exact: 2 · 7¹⁸.
    for (step, (x, _)) in walk(1.0, 18).into_iter().enumerate() {
        let size = 2.0 * 7_u64.pow(step as u32) as f64;
        assert_eq!(x, if step % 2 == 0 { size } else { -size });
    }
}
