//! Why gradients are what they are: each formula in each form against what is written
//! out, and its value, from its own factors, against the engine's.

mod chain;
#[path = "../programs/read.rs"]
mod read;
mod shapes;
mod writers;

use chalkgrad::derivation::{Derivations, Form, value};
use chalkgrad::formula::{Labels, text};
use chalkgrad::graph::Graph;
use chalkgrad::paths::{Count, counts};
use chalkgrad::tape::Tape;

use read::read;

/// Programs, with what is expected of each step below a line of dashes: the node, and
/// its equation's right side in each form.
const PROGRAMS: [(&str, &str); 4] = [
    ("perceptron", include_str!("perceptron.txt")),
    ("batch", include_str!("batch.txt")),
    ("recurrent", include_str!("recurrent.txt")),
    ("softmax", include_str!("softmax.txt")),
];

/// The tape of a graph after both passes.
fn passed(graph: &Graph) -> Tape {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    tape
}

/// Whether two lists of numbers are the same, to 1e-12 of the largest.
#[track_caller]
fn assert_close(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let largest = expected
        .iter()
        .fold(0.0_f64, |most, number| most.max(number.abs()));
    for (found, expected) in found.iter().zip(expected) {
        let is_close = (found - expected).abs() <= 1e-12 * largest + 1e-14;
        assert!(is_close, "{found} for {expected}: {what}");
    }
}

/// The steps of a program, written as the expectations are.
fn written(graph: &Graph) -> String {
    let labels = Labels::of(graph);
    let derivations = Derivations::of(graph, &labels);
    let mut told = String::new();
    for step in derivations.steps() {
        told += &format!("{}\n", text(&labels.gradient(graph, step.node)));
        for form in Form::ALL {
            let equation = text(&derivations.equation(step.node, form));
            let (_, right) = equation.split_once(" = ").expect("two sides");
            told += &format!("  {:8} {right}\n", form.name());
        }
        for note in derivations.notes(step.node, Form::Explicit) {
            told += &format!("  {:8} {}\n", "note", text(&note));
        }
    }
    told
}

#[test]
fn every_formula_is_the_one_that_is_expected() {
    for (name, file) in PROGRAMS {
        let (program, expected) = file.split_once("---\n").expect("a line of dashes");
        assert_eq!(written(&read(program)), expected, "{name}");
    }
}

#[test]
fn every_formula_has_the_value_that_the_engine_computes() {
    for (name, file) in PROGRAMS {
        let (program, _) = file.split_once("---\n").expect("a line of dashes");
        let graph = read(program);
        let (tape, labels) = (passed(&graph), Labels::of(&graph));
        let derivations = Derivations::of(&graph, &labels);
        for node in graph.ids().filter(|&node| graph.has_gradient(node)) {
            for form in Form::ALL {
                let equation = derivations.equation(node, form);
                let what = format!("{name}: {}", text(&equation));
                let found = value(&equation, &graph, &tape).expect(&what);
                assert_close(found.data(), tape.gradient(node), &what);
                let found = chain::value(&equation, &graph, &tape);
                assert_close(&found, tape.gradient(node), &what);
            }
            for note in derivations.notes(node, Form::Prod) {
                let what = format!("{name}: {}", text(&note));
                chain::check_sides(&note, &graph, &tape, &what);
            }
        }
    }
}

#[test]
fn a_gradient_is_taken_over_from_the_step_that_made_it() {
    let graph = read(include_str!("../programs/perceptron.txt"));
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let find = |key: &str| graph.find(key).expect("a name");
    let order: Vec<_> = derivations.steps().iter().map(|step| step.node).collect();
    assert_eq!(order, ["o", "W2", "h", "z", "W1"].map(find));
    let reused = |key: &str| {
        let reused = derivations.reused(find(key)).into_iter();
        let told = reused.map(|it| (it.node, it.step, it.saved.expect("counted").multiplications));
        told.collect::<Vec<_>>()
    };
    assert_eq!(reused("o"), []);
    // 3 entries of o − y take no multiplication.
    assert_eq!(reused("W2"), [(find("o"), 0, 0)]);
    // W₂ᵀ ∂L/∂o takes 5×3 of them, and (1 − h²) with its product 5 + 5 more.
    assert_eq!(reused("z"), [(find("h"), 2, 15)]);
    assert_eq!(reused("W1"), [(find("z"), 3, 25)]);
    assert_eq!(derivations.step_of(find("x")), None);
    assert_eq!(reused("x"), [(find("z"), 3, 25)]);
}

#[test]
fn a_pass_takes_fewer_multiplications_than_starting_anew() {
    let tally = |program: &str| {
        let graph = read(program);
        let labels = Labels::of(&graph);
        let tally = Derivations::of(&graph, &labels).tally();
        let [done, anew, by_path] = [Some(tally.done), tally.anew, tally.by_path]
            .map(|work| work.expect("counted").multiplications);
        (tally.numbers, done, anew, by_path)
    };
    // ∂L/∂W₂: 15 products, each of them by itself. ∂L/∂W₁: 20 entries, and each takes 3
    // for its row of ∂L/∂h, 1 for h², 1 for φ′ and 1 for x.
    let perceptron = include_str!("../programs/perceptron.txt");
    assert_eq!(tally(perceptron), (35, 15 + 15 + 10 + 20, 15 + 20 * 6, 135));
    // 2 · x² and · 2x along one path; 3 · x · x and · for each of two.
    assert_eq!(tally("param x = 2\ny = (x^2)^2"), (1, 1 + 2, 3, 3));
    let twice = "param x = 2\nz = x^3\ny = z * z";
    assert_eq!(tally(twice), (1, 3, 3, 2 * 3));
    // Additions alone.
    let doubling = "param x = 1\nrepeat 20 { x = x + x }\nL = 3x";
    assert_eq!(tally(doubling), (1, 0, 0, 0));
}

/// Pieces of a node may be asked for by several uses, each another one.
#[test]
fn one_number_by_itself_takes_what_all_take() {
    for program in [
        "param a = 3\nv = hcat(a, a, a)\nw = v^2\nL = sum(w @ [1; 2; 3])",
        "param a = 2\nv = vcat(a, a)\nh = hcat(v, v)\nq = h[2, 1]\nr = h[:, 1]\nL = q * sum(r^2)",
        "param x = 2\nu = x^2\ny = u * sin(u) + u",
        "param a = 1\nv = [a, 2a; 3a, a]\nL = sum(softmax(v @ v)^2)",
    ] {
        let graph = read(program);
        let labels = Labels::of(&graph);
        let tally = Derivations::of(&graph, &labels).tally();
        assert_eq!(tally.numbers, 1);
        let anew = tally.anew.expect("counted");
        assert!(
            anew.multiplications <= tally.done.multiplications,
            "{program}"
        );
        if !program.contains('[') {
            assert_eq!(anew, tally.done, "{program}");
        }
    }
}

/// Beyond 2⁶⁴ nothing is told as if it were exact.
#[test]
fn work_beyond_2_to_the_64_is_over_it() {
    let graph = read("param x = 1\ns = x\nrepeat 65 { s = s + s }\nminimize s");
    let labels = Labels::of(&graph);
    let by_path = Derivations::of(&graph, &labels).tally().by_path;
    let additions = by_path.expect("counted").additions;
    assert_eq!(Count::of(additions).to_string(), "over 2^64");
}

/// At kinks a derivative has the value that the operator takes there.
#[test]
fn factors_at_kinks_multiply_to_the_gradient() {
    for (program, local) in [
        ("param x = 0\ny = abs(x)\nL = 3y", 0.0),
        ("param x = 0\ny = x^0\nL = 2y", 0.0),
    ] {
        let graph = read(program);
        let (tape, labels) = (passed(&graph), Labels::of(&graph));
        let x = graph.find("x").expect("x");
        let factors = Derivations::of(&graph, &labels).factors(x);
        let last = value(&factors.last().expect("pieces").formula, &graph, &tape);
        assert_eq!(
            last.and_then(|last| last.as_scalar()),
            Some(local),
            "{program}"
        );
    }
    let graph = read("param o = [1; 0]\ndata y = [1; 0]\nL = bce(o, y)");
    let (tape, labels) = (passed(&graph), Labels::of(&graph));
    let o = graph.find("o").expect("o");
    let equation = Derivations::of(&graph, &labels).equation(o, Form::Explicit);
    let found = value(&equation, &graph, &tape).expect("a value");
    assert_eq!(found.data(), tape.gradient(o));
}

#[test]
fn doubling_twenty_times_has_as_many_additions_as_paths() {
    let graph = read("param x = 1\ny = x\nrepeat 20 { y = y + y }\nminimize y");
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let tally = derivations.tally();
    let x = graph.find("x").expect("x");
    assert_eq!(counts(&graph)[x.index()].exact(), Some(1 << 20));
    assert_eq!(tally.done.additions, 20);
    assert_eq!(
        tally.by_path.map(|work| work.additions),
        Some((1 << 20) - 1)
    );
    let tape = passed(&graph);
    let equation = derivations.equation(x, Form::Full);
    assert_eq!(tape.gradient(x), [f64::from(1 << 20)]);
    // Not all of its chains are written out.
    assert!(text(&equation).contains('…'), "{}", text(&equation));
    assert_eq!(value(&equation, &graph, &tape), None);
}

#[test]
fn the_loss_and_what_it_does_not_depend_on_have_their_gradients_too() {
    let graph = read("param x = 2\nparam w = 3\nz = 2w\ny = x^2\nminimize y");
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let told = |key: &str| {
        let node = graph.find(key).expect("a name");
        text(&derivations.equation(node, Form::Full))
    };
    assert_eq!(told("y"), "∂y/∂y = 1");
    assert_eq!(told("w"), "∂y/∂w = 0");
    assert_eq!(told("z"), "∂y/∂z = 0");
    assert_eq!(told("x"), "∂y/∂x = 2x");
    assert_eq!(derivations.steps().len(), 1);
}

#[test]
fn a_matrix_that_the_loss_does_not_depend_on_has_zeros_of_its_shape() {
    let graph = read("data A = [1, 2; 3, 4]\ny = 0");
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let node = graph.find("A").expect("a name");
    assert_eq!(derivations.shapes(node), "2×2 = 2×2");
    for form in Form::ALL {
        let equation = derivations.equation(node, form);
        assert_eq!(text(&equation), "∂y/∂A = 0");
        let value = value(&equation, &graph, &passed(&graph)).expect("a value");
        assert_eq!(value.shape(), graph.node(node).shape);
        assert_eq!(value.data(), [0.0; 4]);
    }
}

#[test]
fn several_activation_functions_keep_their_names() {
    let graph = read(
        "param W = normal(3, 3)\ndata x = [1; 2; 3]\nz = W @ x\nh = tanh(z)\nr = relu(h)\n\
         L = sum(r)",
    );
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let told = |key: &str| {
        let node = graph.find(key).expect("a name");
        let notes = derivations.notes(node, Form::Explicit);
        let notes: Vec<String> = notes.iter().map(text).collect();
        (text(&derivations.equation(node, Form::Explicit)), notes)
    };
    assert_eq!(told("h"), ("∂L/∂h = ∂L/∂r ⊙ relu′(h)".into(), vec![]));
    // Two slopes make two functions, and a program's own φ is another one.
    for program in [
        "param x = 2\nh = leaky_relu(x, 0.1)\ny = leaky_relu(h, 0.3)",
        "param x = 2\nφ = 2x\ny = leaky_relu(φ)",
    ] {
        let graph = read(program);
        let labels = Labels::of(&graph);
        let derivations = Derivations::of(&graph, &labels);
        let written = derivations.steps().iter();
        let mut written =
            written.map(|step| text(&derivations.equation(step.node, Form::Explicit)));
        assert!(written.all(|text| !text.contains("φ′")), "{program}");
    }
    let expected = vec!["tanh′(z) = 1 − h²".into()];
    assert_eq!(told("z"), ("∂L/∂z = ∂L/∂h ⊙ tanh′(z)".into(), expected));
}

#[test]
fn what_is_computed_from_data_alone_is_no_step() {
    let order = |program: &str| {
        let graph = read(program);
        let labels = Labels::of(&graph);
        let derivations = Derivations::of(&graph, &labels);
        let steps = derivations.steps().iter();
        let told = steps.map(|step| labels.plain(step.node));
        told.collect::<Vec<_>>()
    };
    let decay = "param w = 2\ndata a = 0.1\nb = a / 2\nc = w^2\nL = b * c";
    assert_eq!(order(decay), ["c", "w"]);
    assert_eq!(order("data a = 2\nb = 3a\nL = b^2"), ["b"]);
}
