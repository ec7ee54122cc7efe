//! The paths from the loss to a node, and the terms of its gradient.

#[path = "programs/read.rs"]
mod read;
#[path = "programs/terms.rs"]
mod terms;

use std::fmt::Write as _;

use chalkgrad::formula::Labels;
use chalkgrad::graph::{Graph, NodeId};
use chalkgrad::paths::{MAX_LISTED, Path, counts, list};
use chalkgrad::tape::Tape;
use serde_json::Value;

use read::read;
use terms::check_paths;

const PERCEPTRON: &str = include_str!("programs/perceptron.txt");
const REFERENCE: &str = include_str!("reference/gradients.jsonl");

/// The reference's programs by name.
fn reference() -> impl Iterator<Item = (String, String)> {
    REFERENCE.lines().map(|line| {
        let entry: Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |key: &str| entry[key].as_str().expect("a text").to_owned();
        (text("name"), text("program"))
    })
}

fn named(name: &str) -> String {
    let mut programs = reference();
    programs.find(|(other, _)| other == name).expect("known").1
}

fn node(graph: &Graph, key: &str) -> NodeId {
    graph.find(key).unwrap_or_else(|| panic!("no {key}"))
}

/// A tape after its forward and backward pass.
fn passed(graph: &Graph) -> Tape {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    tape
}

fn count(program: &str, key: &str) -> String {
    let graph = read(program);
    counts(&graph)[node(&graph, key).index()].to_string()
}

/// `y0 x²1`: through y by its slot 0, and on through x² by its slot 1.
fn written(labels: &Labels, path: &Path) -> String {
    let uses = path.iter();
    let uses = uses.map(|of| format!("{}{}", labels.plain(of.node), of.slot));
    uses.collect::<Vec<_>>().join(" ")
}

/// The paths to a node, of which there are no others.
#[track_caller]
fn assert_paths(program: &str, key: &str, expected: &[&str]) {
    let (graph, labels) = (read(program), Labels::of(&read(program)));
    let paths = list(&graph, node(&graph, key));
    let found: Vec<String> = paths.iter().map(|path| written(&labels, path)).collect();
    assert_eq!(found, expected, "to {key}");
    assert_eq!(count(program, key), expected.len().to_string(), "to {key}");
    check_paths(&graph, program);
}

/// The terms of all paths, which are so many, and the gradient.
#[track_caller]
fn terms_of(program: &str, key: &str) -> (Vec<Vec<f64>>, Vec<f64>) {
    let graph = read(program);
    let (tape, node) = (passed(&graph), node(&graph, key));
    let paths = list(&graph, node);
    let terms = chalkgrad::paths::terms(&tape, &paths, u64::MAX);
    (terms.collect(), tape.gradient(node).to_vec())
}

#[test]
fn a_product_with_itself_has_two_paths() {
    assert_paths("param x = 3\ny = x * x", "x", &["y0", "y1"]);
    let (terms, gradient) = terms_of("param x = 3\ny = x * x", "x");
    assert_eq!((terms, gradient), (vec![vec![3.0]; 2], vec![6.0]));
}

#[test]
fn the_perceptron_has_one_path_to_each_node() {
    for (key, path) in [
        ("L", ""),
        ("o", "L0"),
        ("y", "L1"),
        ("W2", "L0 o0"),
        ("h", "L0 o1"),
        ("z", "L0 o1 h0"),
        ("W1", "L0 o1 h0 z0"),
        ("x", "L0 o1 h0 z1"),
    ] {
        assert_paths(PERCEPTRON, key, &[path]);
        let bits = |numbers: &[f64]| numbers.iter().map(|n| n.to_bits()).collect::<Vec<_>>();
        let (terms, gradient) = terms_of(PERCEPTRON, key);
        assert_eq!(bits(&terms[0]), bits(&gradient), "{key}");
    }
}

#[test]
fn a_weight_used_twice_has_a_path_for_each_use() {
    let program = "data x = [1; -0.5]\ndata y = [0.5; 1]\nparam W = [0.3, -0.2; 0.7, 0.4]\n\
                   z = W @ x\nh = tanh(z)\no = W @ h\nL = mse(o, y)";
    assert_paths(program, "W", &["L0 o0", "L0 o1 h0 z0"]);
    assert_paths(program, "h", &["L0 o1"]);
    // Each is what the gradient would be if that use were of a matrix of its own.
    let (terms, _) = terms_of(program, "W");
    let (z, upstream) = ([0.4, 0.5], |o: f64, y: f64| o - y);
    let h = z.map(libm::tanh);
    let u = [
        upstream(0.3 * h[0] - 0.2 * h[1], 0.5),
        upstream(0.7 * h[0] + 0.4 * h[1], 1.0),
    ];
    assert_close(
        &terms[0],
        &[u[0] * h[0], u[0] * h[1], u[1] * h[0], u[1] * h[1]],
    );
    let v = [
        (0.3 * u[0] + 0.7 * u[1]) * (1.0 - h[0] * h[0]),
        (-0.2 * u[0] + 0.4 * u[1]) * (1.0 - h[1] * h[1]),
    ];
    assert_close(&terms[1], &[v[0], -0.5 * v[0], v[1], -0.5 * v[1]]);
}

#[test]
fn weight_decay_is_a_path_of_its_own() {
    let decayed = PERCEPTRON.replace(
        "L = squared_error(o, y)",
        "E = squared_error(o, y)\nL = E + 0.01 sum(W1^2)",
    );
    assert!(decayed.contains("0.01"), "the perceptron's loss is known");
    let paths = ["L0 E0 o1 h0 z0", "L1 0.01sum(W1²)1 sum(W1²)0 W1²0"];
    assert_paths(&decayed, "W1", &paths);
    assert_paths(&decayed, "W2", &["L0 E0 o0"]);
    let graph = read(&decayed);
    let weights = passed(&graph).value(node(&graph, "W1")).to_vec();
    let decay: Vec<f64> = weights.iter().map(|w| 0.02 * w).collect();
    assert_close(&terms_of(&decayed, "W1").0[1], &decay);
}

#[test]
fn a_name_three_times_in_an_expression_has_three_paths() {
    let program = "param x = 2\ny = x * x + sin(x)";
    assert_paths(program, "x", &["y0 x · x0", "y0 x · x1", "y1 sin(x)0"]);
    let (terms, _) = terms_of(program, "x");
    assert_eq!(terms, [[2.0], [2.0], [libm::cos(2.0)]]);
}

#[test]
fn batches_and_classifiers_have_one_path_to_each_parameter() {
    let batch = named("perceptron-batch-bias");
    assert_paths(&batch, "b2", &["L0 o1"]);
    assert_paths(&batch, "W2", &["L0 o0 W2h0"]);
    assert_paths(&batch, "b1", &["L0 o0 W2h1 h0 W1x + b11"]);
    assert_paths(&batch, "W1", &["L0 o0 W2h1 h0 W1x + b10 W1x0"]);
    let classifier = named("softmax-classifier");
    assert_paths(&classifier, "W", &["L0 z0 Wx0"]);
    assert_paths(&classifier, "b", &["L0 z1"]);
    assert_paths(&classifier, "y", &["L1"]);
}

/// hₜ = tanh(U hₜ₋₁ + w): the term of U's use at t is
/// ((∏ₛ₌ₜ₊₁ Uᵀ diag(1 − hₛ²)) applied to ∂L/∂h₈, ⊙ (1 − hₜ²)) hₜ₋₁ᵀ.
#[test]
fn a_recurrent_net_has_a_term_for_each_time() {
    const TIMES: usize = 8;
    const U: [f64; 4] = [0.9, -0.4, 0.3, 0.7];
    let program = "param U = [0.9, -0.4; 0.3, 0.7]\ndata w = [0.2; -0.1]\ndata h = [0.5; -1]\n\
                   repeat 8 { h = tanh(U @ h + w) }\nL = sum(h)";
    let (terms, gradient) = terms_of(program, "U");
    assert_eq!(terms.len(), TIMES);
    let mut states = vec![[0.5, -1.0]];
    for _ in 0..TIMES {
        let [a, b] = states[states.len() - 1];
        let z = [U[0] * a + U[1] * b + 0.2, U[2] * a + U[3] * b - 0.1];
        states.push(z.map(libm::tanh));
    }
    let mut upstream = [1.0, 1.0];
    // The way from the loss comes to the last use first; the product's left slot, U,
    // comes before its right one.
    for (term, time) in terms.iter().zip((1..=TIMES).rev()) {
        let ([now, next], [a, b]) = (states[time], states[time - 1]);
        let [u, v] = [
            upstream[0] * (1.0 - now * now),
            upstream[1] * (1.0 - next * next),
        ];
        assert_close(term, &[u * a, u * b, v * a, v * b]);
        upstream = [U[0] * u + U[2] * v, U[1] * u + U[3] * v];
    }
    let sums = (0..4).map(|entry| terms.iter().map(|term| term[entry]).sum());
    assert_close(&sums.collect::<Vec<f64>>(), &gradient);
    check_paths(&read(program), program);
}

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let error = (found - expected).abs();
        assert!(
            error <= 1e-12 * expected.abs() + 1e-14,
            "{found} for {expected}"
        );
    }
}

/// x₀ = 1, and so many times the double of the one before.
fn doublings(times: usize) -> String {
    let mut program = String::from("param x0 = 1\n");
    for time in 1..=times {
        writeln!(program, "x{time} = x{0} + x{0}", time - 1).expect("a string");
    }
    program
}

#[test]
fn a_million_paths_are_counted_and_sixty_four_listed() {
    let graph = read(&doublings(20));
    let paths = list(&graph, node(&graph, "x0"));
    assert_eq!(count(&doublings(20), "x0"), "1048576");
    assert_eq!(paths.len(), MAX_LISTED);
    // The path's number, in binary: the slots are its digits.
    for (number, path) in paths.iter().enumerate() {
        let digits = path.iter().map(|of| of.slot);
        assert_eq!(digits.fold(0, |sum, digit| 2 * sum + digit), number);
        assert_eq!(path.len(), 20);
    }
    let (terms, gradient) = terms_of(&doublings(20), "x0");
    assert_eq!(terms, [[1.0]; MAX_LISTED]);
    assert_eq!(gradient, [1_048_576.0]);
}

#[test]
fn counts_are_exact_to_the_bound() {
    assert_eq!(count(&doublings(63), "x0"), "9223372036854775808");
    assert_eq!(count(&doublings(64), "x0"), "18446744073709551616");
    assert_eq!(count(&doublings(70), "x0"), "over 2^64");
    let names: Vec<String> = (0..64).map(|time| format!("x{time}")).collect();
    let sum = names.join(" + ");
    let most = format!("{}y = {sum}\n", doublings(63));
    assert_eq!(count(&most, "x0"), "18446744073709551615");
    assert_eq!(
        count(&format!("{most}z = y + x0"), "x0"),
        "18446744073709551616"
    );
    let over = format!("{most}z = y + x0 + x0");
    assert_eq!(count(&over, "x0"), "over 2^64");
    assert_eq!(count(&over, "x63"), "1");
    let seventy = doublings(70);
    assert_eq!(terms_of(&seventy, "x0").0.len(), MAX_LISTED);
}

#[test]
fn the_loss_has_the_empty_path_and_what_it_does_not_depend_on_none() {
    let program = "param x = 2\ny = x^2\nz = y + 1\nparam p = 1\nminimize y";
    assert_paths(program, "y", &[""]);
    assert_eq!(terms_of(program, "y").0, [[1.0]]);
    for key in ["z", "p"] {
        assert_paths(program, key, &[]);
        assert_eq!(terms_of(program, key), (vec![], vec![0.0]));
    }
}

#[test]
fn deep_graphs_are_walked_without_recursion() {
    let chain = "param x = 1\nrepeat 1000 { repeat 20 { x = -x } }\n";
    assert_eq!(count(chain, "x#1"), "1");
    assert_eq!(terms_of(chain, "x#1").0, [[1.0]]);
    let graph = read(chain);
    let first = graph.find("x#1").expect("bound");
    assert_eq!(list(&graph, first)[0].len(), 20_000);
    let branching = chain.replace("-x", "x + x");
    assert_eq!(count(&branching, "x#1"), "over 2^64");
    assert_eq!(list(&read(&branching), first).len(), MAX_LISTED);
}

#[test]
fn what_does_not_lead_to_the_node_is_not_walked_into() {
    let program = "param x = 3\nparam d = 0.5\n\
                   repeat 1000 { d = d * d }\ny = d + d + d + x\n";
    let graph = read(program);
    let (labels, x) = (Labels::of(&graph), node(&graph, "x"));
    let paths = list(&graph, x);
    assert_eq!(written(&labels, &paths[0]), "y1");
    assert_eq!(paths.len(), 1);
    let wide = format!("{program}z = sum(hcat({}x))", "d, ".repeat(5000));
    let graph = read(&wide);
    let x = node(&graph, "x");
    assert_eq!(list(&graph, x).len(), 1);
    assert_eq!(list(&graph, x)[0][1].slot, 5000);
}

#[test]
fn beyond_the_work_there_are_fewer_terms() {
    let program = doublings(5);
    let graph = read(&program);
    let tape = passed(&graph);
    let paths = list(&graph, node(&graph, "x0"));
    let many = |work| chalkgrad::paths::terms(&tape, &paths, work).count();
    let growing: Vec<usize> = (0..70).map(many).collect();
    assert!(growing.is_sorted(), "{growing:?}");
    assert_eq!(growing[..6], [0, 0, 0, 0, 0, 1]);
    // 2 + 4 + … + 32 uses: what paths have in common is passed along once.
    assert_eq!(growing[61..64], [31, 32, 32]);
}

#[test]
fn terms_of_the_reference_sum_to_the_gradients() {
    for (name, program) in reference() {
        let graph = read(&program);
        for binding in graph.bindings() {
            if counts(&graph)[binding.node.index()].exact() <= Some(MAX_LISTED as u128) {
                let (terms, gradient) = terms_of(&program, &binding.key);
                let sums = (0..gradient.len()).map(|at| terms.iter().map(|term| term[at]).sum());
                let sums: Vec<f64> = sums.collect();
                for (sum, gradient) in sums.iter().zip(&gradient) {
                    let error = (sum - gradient).abs();
                    let most = 1e-12 * gradient.abs() + 1e-14;
                    assert!(
                        error <= most,
                        "{name}: {}: {sum} for {gradient}",
                        binding.key
                    );
                }
            }
        }
        check_paths(&graph, &name);
    }
}
