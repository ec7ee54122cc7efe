//! An update written out: with names, and with numbers that are the engine's.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::descent::{RULES, Run};
use chalkgrad::formula::{Labels, latex, mathml, text};
use chalkgrad::graph::Graph;
use chalkgrad::share::RunSpec;
use chalkgrad::update::{Line, Update, memory};

use read::read;

const PARABOLA: &str = "param x = 2\ny = 4x^2";

fn run(graph: &Graph, text: &str, updates: u64) -> Run {
    let RunSpec { method, timeline } = text.parse().expect(text);
    let mut run = Run::new(graph, method, timeline);
    run.advance(updates);
    run
}

/// The lines of the last update of the first parameter's first number.
fn last(program: &str, text: &str, updates: u64) -> Vec<Line> {
    let graph = read(program);
    let mut run = run(&graph, text, updates);
    let param = graph.params().next().expect("a parameter");
    let update = Update::last(&graph, &Labels::of(&graph), &mut run, param, 0);
    assert_eq!(run.step(), updates);
    update.expect("a number").lines
}

#[track_caller]
fn check(method: &str, updates: u64, expected: &[(&str, &str)]) {
    check_of(PARABOLA, method, updates, expected);
}

#[track_caller]
fn check_of(program: &str, method: &str, updates: u64, expected: &[(&str, &str)]) {
    let lines = last(program, method, updates);
    let pairs = lines
        .iter()
        .map(|line| (text(&line.symbols), text(&line.figures)));
    let found: Vec<(String, String)> = pairs.collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_rule_is_written_with_names_and_with_numbers() {
    check(
        "gd:0.1",
        2,
        &[("x ← x − η · ∂y/∂x", "0.08 = 0.4 − 0.1 · 3.2")],
    );
    check(
        "momentum:0.1",
        2,
        &[
            ("v ← β · v + ∂y/∂x", "17.6 = 0.9 · 16 + 3.2"),
            ("x ← x − η · v", "−1.36 = 0.4 − 0.1 · 17.6"),
        ],
    );
    check(
        "nesterov:0.1",
        2,
        &[
            ("v ← β · v + ∂y/∂x", "6.08 = 0.9 · 16 + (−8.32)"),
            (
                "x ← x − η · (∂y/∂x + β · v)",
                "−0.7552 = −1.04 − 0.1 · (−8.32 + 0.9 · 6.08)",
            ),
        ],
    );
    check(
        "adagrad:0.1",
        2,
        &[
            ("s ← s + (∂y/∂x)²", "487 = 256 + 15.2²"),
            (
                "x ← x − η · ∂y/∂x/(sqrt(s) + ε)",
                "1.831 = 1.9 − 0.1 · 15.2/(sqrt(487) + 1×10⁻¹⁰)",
            ),
        ],
    );
    check(
        "rmsprop:0.1",
        2,
        &[
            (
                "s ← ρ · s + (1 − ρ) · (∂y/∂x)²",
                "41.18 = 0.9 · 25.6 + (1 − 0.9) · 13.47²",
            ),
            (
                "x ← x − η · ∂y/∂x/(sqrt(s) + ε)",
                "1.474 = 1.684 − 0.1 · 13.47/(sqrt(41.18) + 1×10⁻⁸)",
            ),
        ],
    );
    let adam = [
        (
            "m ← β1 · m + (1 − β1) · ∂y/∂x",
            "2.96 = 0.9 · 1.6 + (1 − 0.9) · 15.2",
        ),
        (
            "v ← β2 · v + (1 − β2) · (∂y/∂x)²",
            "0.4868 = 0.999 · 0.256 + (1 − 0.999) · 15.2²",
        ),
        ("m̂ ← m/(1 − β1^t)", "15.58 = 2.96/(1 − 0.9²)"),
        ("v̂ ← v/(1 − β2^t)", "243.5 = 0.4868/(1 − 0.999²)"),
        (
            "x ← x − η · m̂/(sqrt(v̂) + ε)",
            "1.8 = 1.9 − 0.1 · 15.58/(sqrt(243.5) + 1×10⁻⁸)",
        ),
    ];
    check("adam:0.1", 2, &adam);
    let [(m, _), (v, _), (m_hat, _), (v_hat, _), (x, _)] = adam;
    check(
        "adamw:0.1",
        2,
        &[
            ("x ← x − η · λ · x", "1.896 = 1.898 − 0.1 · 0.01 · 1.898"),
            (m, "2.958 = 0.9 · 1.6 + (1 − 0.9) · 15.18"),
            (v, "0.4863 = 0.999 · 0.256 + (1 − 0.999) · 15.18²"),
            (m_hat, "15.57 = 2.958/(1 − 0.9²)"),
            (v_hat, "243.3 = 0.4863/(1 − 0.999²)"),
            (x, "1.796 = 1.896 − 0.1 · 15.57/(sqrt(243.3) + 1×10⁻⁸)"),
        ],
    );
}

#[test]
fn options_are_lines_before_the_rule() {
    check(
        "gd:0.1;schedule=cosine/4",
        2,
        &[
            (
                "η ← (1 + cos(π · k/N))/2 · η0",
                "0.08536 = (1 + cos(3.142 · 1/4))/2 · 0.1",
            ),
            ("x ← x − η · ∂y/∂x", "0.1269 = 0.4 − 0.08536 · 3.2"),
        ],
    );
    check(
        "gd:0.1;schedule=step/2/0.5",
        3,
        &[
            ("η ← γ^(⌊k/2⌋) · η0", "0.05 = 0.5¹ · 0.1"),
            ("x ← x − η · ∂y/∂x", "0.048 = 0.08 − 0.05 · 0.64"),
        ],
    );
    check(
        "gd:0.1;schedule=exponential/0.5",
        2,
        &[
            ("η ← γ^k · η0", "0.05 = 0.5¹ · 0.1"),
            ("x ← x − η · ∂y/∂x", "0.24 = 0.4 − 0.05 · 3.2"),
        ],
    );
    check(
        "gd:0.1;schedule=warmup/4",
        1,
        &[
            (
                "η ← min(1, (k + 1)/N) · η0",
                "0.025 = min(1, (0 + 1)/4) · 0.1",
            ),
            ("x ← x − η · ∂y/∂x", "1.6 = 2 − 0.025 · 16"),
        ],
    );
    check(
        "momentum:0.1;clip=1;l1=0.5;l2=0.25",
        1,
        &[
            (
                "g ← min(1, c/(‖∇y‖ + 1×10⁻⁶)) · ∂y/∂x + λ2 · x + λ1 · sign x",
                "2 = min(1, 1/(16 + 1×10⁻⁶)) · 16 + 0.25 · 2 + 0.5 · 1",
            ),
            ("v ← β · v + g", "2 = 0.9 · 0 + 2"),
            ("x ← x − η · v", "1.8 = 2 − 0.1 · 2"),
        ],
    );
}

#[test]
fn a_letter_of_the_program_is_told_from_a_state() {
    check_of(
        "param v = 2\ny = 4v^2",
        "momentum:0.1",
        1,
        &[
            ("vv ← β · vv + ∂y/∂v", "16 = 0.9 · 0 + 16"),
            ("v ← v − η · vv", "0.4 = 2 − 0.1 · 16"),
        ],
    );
}

#[test]
fn of_a_matrix_the_names_are_matrices_and_the_numbers_those_of_an_entry() {
    check_of(
        "data x = [1; 2]\nparam W = [3, 4; 5, 6]\nL = sum((W @ x)^2)",
        "adagrad:0.5",
        1,
        &[
            ("s ← s + (∂L/∂W)²", "484 = 0 + 22²"),
            (
                "W ← W − η · ∂L/∂W/(sqrt(s) + ε)",
                "2.5 = 3 − 0.5 · 22/(sqrt(484) + 1×10⁻¹⁰)",
            ),
        ],
    );
}

#[test]
fn a_letter_with_a_hat_is_one_letter_in_every_writing() {
    let lines = last(PARABOLA, "adam:0.1", 1);
    let [_, _, m_hat, ..] = &lines[..] else {
        panic!("{lines:?}")
    };
    let expected = r"\hat{m} \leftarrow \frac{m}{1 - \beta_{1}^{t}}";
    assert_eq!(latex(&m_hat.symbols), expected);
    let expected = r#"<mover accent="true"><mi>m</mi><mo stretchy="false">^</mo></mover>"#;
    assert!(mathml(&m_hat.symbols).contains(expected));
    let clipped = last(PARABOLA, "gd:0.1;clip=1", 1);
    let expected = r"g \leftarrow \min \left(1, \frac{c}{\|\nabla y\| + 0.000001}\right) \cdot \frac{\partial y}{\partial x}";
    assert_eq!(latex(&clipped[0].symbols), expected);
}

#[test]
fn what_a_line_comes_to_is_what_the_engine_has() {
    let graph = read("param a = 3\nparam B = [1, -2]\nL = (a - 1)^2 * 3 + sum((B - a)^2)");
    let labels = Labels::of(&graph);
    let options = "clip=2;l1=0.01;l2=0.1;schedule=cosine/30";
    for rule in RULES {
        for text in [
            format!("{}:0.05", rule.name),
            format!("{}:0.05,0.01@3;{options}", rule.name),
        ] {
            let mut run = run(&graph, &text, 0);
            for step in 1..=12 {
                let next: Vec<f64> = run.next_params();
                let mut ahead = Vec::new();
                let mut reached = Vec::new();
                for param in graph.params() {
                    for entry in 0..graph.node(param).shape.len() {
                        let update = Update::next(&graph, &labels, &mut run, param, entry);
                        ahead.push(update.expect("a number").lines.last().expect("w").value);
                    }
                }
                assert_eq!(ahead, next, "{text} before step {step}");
                run.advance(1);
                for param in graph.params() {
                    let kept = memory(&run, param);
                    let count = graph.node(param).shape.len();
                    for entry in 0..count {
                        let update = Update::last(&graph, &labels, &mut run, param, entry);
                        let update = update.expect("a number");
                        assert_eq!(update.from, step - 1);
                        reached.push(update.lines.last().expect("w").value);
                        for (at, sign) in rule.states.iter().enumerate() {
                            let writes = |line: &&Line| {
                                chalkgrad::formula::text(&line.symbols)
                                    .starts_with(&format!("{sign} ←"))
                            };
                            let line = update.lines.iter().find(writes).expect("its line");
                            assert_eq!(line.value, kept[at * count + entry]);
                        }
                        for line in &update.lines {
                            holds(line, &text);
                        }
                    }
                }
                assert_eq!(reached, next, "{text} at step {step}");
            }
        }
    }
}

#[test]
fn a_step_that_is_sought_has_the_update_that_it_was_reached_by() {
    let graph = read("param a = 3\nparam b = -1\nL = (a - b)^2 + sin(a)");
    let labels = Labels::of(&graph);
    let param = graph.params().next().expect("a parameter");
    let mut run = run(&graph, "adam:0.01;clip=1", 0);
    let mut written = Vec::new();
    for _ in 0..600 {
        run.advance(1);
        written.push(Update::last(&graph, &labels, &mut run, param, 0));
    }
    for step in [512, 511, 256, 257, 600, 1, 128, 384] {
        run.seek(step, u64::MAX);
        let state: Vec<f64> = run.state().collect();
        let update = Update::last(&graph, &labels, &mut run, param, 0);
        assert_eq!(update, written[step as usize - 1], "at step {step}");
        assert!(
            run.step() == step && run.state().eq(state),
            "it isn't moved"
        );
    }
}

/// What stands on the right comes to what stands on the left.
fn holds(line: &Line, text: &str) {
    let figures = chalkgrad::formula::text(&line.figures);
    let computed = line.computed();
    let tolerance = 1e-12 * (1.0 + line.value.abs());
    assert!(
        (computed - line.value).abs() <= tolerance,
        "{text}: {figures}: {computed}"
    );
}
