//! What programs mean, sentence by sentence, and the bounds of what they may
//! ask for.

#[path = "programs/read.rs"]
mod read;

use std::fmt::Write as _;

use chalkgrad::graph::{self, MAX_OPERATORS, NodeKind};
use chalkgrad::notation::{Explain, Language, LineIndex, MAX_FAULTS};
use chalkgrad::tape::Tape;

use read::read;

/// The loss of a program, and the values of its bindings by their keys.
#[track_caller]
fn check(program: &str, loss: f64, expected: &[(&str, &[f64])]) {
    let graph = read(program);
    let mut tape = Tape::compile(&graph);
    tape.forward();
    for (key, value) in expected {
        let node = graph.find(key).unwrap_or_else(|| panic!("no {key}"));
        assert_eq!(tape.value(node), *value, "{key} of\n{program}");
    }
    assert_eq!(tape.loss(), loss, "the loss of\n{program}");
}

/// `line:column message` of each fault.
fn faults(program: &str) -> Vec<String> {
    let index = LineIndex::new(program);
    let faults = graph::read(program).faults;
    let told = faults.iter().map(|fault| {
        let place = index.place(fault.span());
        format!(
            "{}:{} {}",
            place.line,
            place.column,
            fault.message(Language::En.sentences())
        )
    });
    told.collect()
}

/// How many operators a program's graph has.
fn operators(program: &str) -> usize {
    let graph = read(program);
    let nodes = graph.nodes().iter();
    nodes.filter(|node| node.application().is_some()).count()
}

#[test]
fn built_in_numbers_and_the_sign_of_the_sigmoid_yield_to_a_binding() {
    let pi = std::f64::consts::PI;
    check("y = pi + π\ne = 3\nz = e + 0y", 3.0, &[("y", &[2.0 * pi])]);
    check(
        "pi = 3\nπ = pi + 1\nσ = π + 1\ny = σ",
        5.0,
        &[("pi", &[3.0])],
    );
    check("fn σ(a, b) = a - b\nparam x = 5\ny = σ(x, 2x)", -5.0, &[]);
    check("fn e(x) = 2x\ny = e(2)", 4.0, &[]);
    check("y = σ(0)", 0.5, &[]);
}

#[test]
fn parameters_hide_outer_names() {
    check("a = 5\nfn f(a, b) = a - b\ny = f(1, a)", -4.0, &[]);
    check("fn f(pi, sin) = pi * sin\ny = f(2, 3)", 6.0, &[]);
}

#[test]
fn a_function_has_the_bindings_of_its_line() {
    check(
        "a = 1\nfn f(x) = x + a\na = 10\ny = f(a)",
        11.0,
        &[("a#1", &[1.0]), ("a", &[10.0])],
    );
    let later = "fn f(x) = 2x\nfn g(x) = f(x)\nfn f(x) = 3x\ny = g(1) + f(1)";
    check(later, 5.0, &[]);
}

#[test]
fn earlier_bindings_are_numbered_and_minimize_means_the_last() {
    let program = "param c = 1\nd = 10c\nc = 2c\nminimize c\nc = 3c\nlast = c + 1";
    let expected: &[(&str, &[f64])] = &[
        ("c#1", &[1.0]),
        ("c#2", &[2.0]),
        ("c", &[6.0]),
        ("d", &[10.0]),
        ("last", &[7.0]),
    ];
    check(program, 6.0, expected);
}

#[test]
fn another_name_makes_no_node_and_a_declaration_makes_one() {
    let graph = read("data x = 2\ny = x\nparam w = x\nz = y * w");
    assert_eq!(graph.find("y"), graph.find("x"));
    assert_ne!(graph.find("w"), graph.find("x"));
    assert_eq!(graph.nodes().len(), 3);
}

#[test]
fn a_declarations_right_side_leaves_no_operator() {
    let program =
        "data a = 3\nk = 2\nfn f(u) = u^2 - a\ndata b = f(a) * k + tanh(0)\nparam w = -b\ny = w";
    check(program, -12.0, &[("b", &[12.0])]);
    assert_eq!(operators(program), 0);
}

#[test]
fn constants_are_numbers_t_data_and_names_for_such() {
    check(
        "data s = 0.5\nk = 2s\nparam x = -1\ny = leaky_relu(x, slope = k + s)",
        -1.5,
        &[],
    );
    check(
        "param x = -1\nrepeat 2 { y = elu(x, t) }",
        2.0 * libm::expm1(-1.0),
        &[],
    );
    check(
        "param x = -1\nfn f(u, s) = leaky_relu(u, s / 2)\ny = f(x, 3)",
        -1.5,
        &[],
    );
}

/// However long the way to it, and however often it is asked for.
#[test]
fn what_is_made_of_data_alone_is_worked_out_once() {
    let chain = "data s = 0.5\nk = 1\nrepeat 1000 { k = k + s }\n";
    let program =
        format!("{chain}repeat 1000 {{ y = leaky_relu(s - 1, k) }}\ndata c = k\nz = y * c");
    check(&program, -0.5 * 501.0 * 501.0, &[("c", &[501.0])]);
    assert_eq!(
        faults("param p = 1\nq = 2p\ndata s = q"),
        ["3:10 “q” is not known before the graph runs, and a number is needed here."]
    );
}

#[test]
fn numbers_are_worked_out_at_once() {
    assert_eq!(operators("param x = 2\ny = 2^-x / (3 - 1)"), 3);
    assert_eq!(operators("k = 2 * 3 + [1, 2] * 4\ny = 1 + 1"), 0);
}

#[test]
fn the_loss_is_the_last_1_by_1_node_with_a_name() {
    check("param x = 2\ny = 3x\nz = [1, 2] * y", 6.0, &[]);
    check("param x = 2\nrepeat 3 { x = 2x }", 16.0, &[("x#3", &[8.0])]);
    check("k = 7", 7.0, &[]);
    check("param x = 2\ny = x\nminimize x", 2.0, &[]);
}

#[test]
fn repetitions_are_unrolled_with_t_of_the_innermost() {
    let sums = "s = 0\nrepeat 3 {\n  s = s + 100t\n  repeat 2 { s = s + t }\n  s = s + 1000t\n}";
    check(sums, 6609.0, &[]);
    check(
        "t = 5\nrepeat 2 { y = 10t }\nz = y + t",
        25.0,
        &[("y#1", &[10.0])],
    );
    check(
        "t = 5\nfn f(x) = x + t\nrepeat 2 { y = f(t) }",
        7.0,
        &[("y#1", &[6.0])],
    );
    check("fn f(t) = 2t\nrepeat 2 { y = f(t) }", 4.0, &[]);
}

#[test]
fn a_cross_is_a_star_unless_both_sides_are_matrices() {
    check("param x = 2\ny = x × 3 × x", 12.0, &[]);
    check("data A = [1, 2]\ny = sum(A × 3 + 2 × A)", 15.0, &[]);
    let told = faults("data A = [1, 2]\ny = A × [1, 2, 3]");
    assert_eq!(told.len(), 1, "no shape fault as well: {told:?}");
    assert_eq!(
        faults("data A = [1, 2]\nfn f(a, b) = a × b\ny = f(2, A)\nz = f(A, A)"),
        ["2:16 Between matrices, here 1×2 and 1×2, “×” could mean two things."]
    );
}

#[test]
fn however_it_is_typed_it_is_the_same_program() {
    let plain = "data A = [1, 2; 3, 4]\nparam x1 = 1.5e-1\nfn f(u) = u^2 - 2u # two\ny = sum(f(A * x1)) - x1 * 2\nminimize y\n";
    let typed = [
        "\u{feff}data A = [1, 2; 3, 4]\r\nparam x1 = 1.5e-1\r\nfn f(u) = u² − 2u # two\r\ny = sum(f(A ⊙ x1)) − x1·2\r\nminimize y\r\n",
        "ｄａｔａ　Ａ＝【１，２；３，４】\nｐａｒａｍ　ｘ１　＝　１．５ｅ－１\nｆｎ　ｆ（ｕ）＝ｕ＾２－２ｕ＃　ｔｗｏ\nｙ＝ｓｕｍ（ｆ（Ａ＊ｘ１））－ｘ１×２；ｍｉｎｉｍｉｚｅ　ｙ\n",
    ];
    let written = |program| graph::write(&read(program)).expect("short");
    for other in typed {
        assert_eq!(written(other), written(plain));
        assert_eq!(read(other).bindings(), read(plain).bindings());
    }
}

/// é as one character and as two are two names, and so are W₁ and W1.
#[test]
fn names_are_not_normalised() {
    check(
        "é = 1\ne\u{301} = 2\nW₁ = 3\nW1 = 4\ny = é + 10e\u{301} + 100W₁ + 1000W1",
        4321.0,
        &[],
    );
    let warnings = graph::read("W₁ = 3\nW1 = 4").warnings;
    assert_eq!(warnings.len(), 1);
}

#[test]
fn a_value_of_two_nearest_names_is_always_the_same() {
    let first = graph::read("paraa = 1\nparab = 2\nparac = 3\ny = parax").faults;
    let remedy = first[0].remedy(Language::En.sentences());
    assert_eq!(remedy.as_deref(), Some("Did you mean “paraa”?"));
}

#[test]
fn at_most_a_hundred_faults_are_told_of_both_phases_together() {
    let mut program = String::new();
    for line in 0..80 {
        writeln!(program, "a{line} = q{line}\nb{line} = 1 1").expect("a string");
    }
    let told = faults(&program);
    assert_eq!(told.len(), MAX_FAULTS + 1);
    assert_eq!(told[0], "1:6 Nothing is called “q0” here.");
    assert_eq!(told[99], "100:9 “1” and “1” stand side by side.");
    assert_eq!(
        told[100],
        "101:7 More faults follow from here on; the first 100 are listed."
    );
    let unknown: String = (0..2000)
        .map(|line| format!("a{line} = qqqqq{line}\n"))
        .collect();
    assert_eq!(faults(&unknown).len(), MAX_FAULTS + 1);
}

#[test]
fn calls_are_inlined_128_deep() {
    let program = |depth: usize| {
        let mut program = String::from("fn f1(x) = x + 1\n");
        for level in 2..=depth {
            writeln!(program, "fn f{level}(x) = f{}(x)", level - 1).expect("a string");
        }
        program + &format!("param x = 1\ny = f{depth}(x)")
    };
    check(&program(128), 2.0, &[]);
    assert_eq!(
        faults(&program(129)),
        ["2:12 Calls are nested more than 128 deep."]
    );
}

#[test]
fn a_call_in_a_call_is_no_deeper() {
    let nested = format!(
        "fn f(x) = x + 1\nparam x = 1\ny = {}x{}",
        "f(".repeat(120),
        ")".repeat(120)
    );
    check(&nested, 121.0, &[]);
}

#[test]
fn inlining_that_doubles_is_bounded() {
    let mut program = String::from("fn f0(x) = x + 1\n");
    for level in 1..60 {
        let last = level - 1;
        writeln!(program, "fn f{level}(x) = f{last}(f{last}(x))").expect("a string");
    }
    let program = program + "param x = 1\ny = f59(x)";
    let told = faults(&program);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].ends_with("has more than 20000 operators from here on."),
        "{told:?}"
    );
    let known = program
        .replace("param x = 1\n", "x = 1\n")
        .replace("y = f59(x)", "y = f59(2)");
    assert!(faults(&known)[0].ends_with("has more than 200000 pieces from here on."));
}

#[test]
fn operators_are_bounded_after_unrolling() {
    let program =
        |count: usize| format!("param x = 1\nrepeat 1000 {{ repeat {count} {{ x = -x }} }}");
    assert_eq!(operators(&program(20)), MAX_OPERATORS);
    assert_eq!(
        faults(&program(21)),
        ["2:31 The graph has more than 20000 operators from here on."]
    );
}

/// A column of so many numbers.
fn column(entries: usize) -> String {
    format!("[{}]", vec!["1"; entries].join(";"))
}

#[test]
fn a_matrix_and_all_of_them_are_bounded() {
    let row = |entries: usize| column(entries).replace(';', ",");
    let million = format!(
        "data a = {}\ndata b = {}\ny = sum(a + b)",
        column(1000),
        row(1000)
    );
    check(&million, 2e6, &[]);
    let larger = million.replace("[1;", "[1;1;");
    let message = "A matrix of 1001×1000 has more than 1000000 numbers.";
    assert_eq!(faults(&larger), [format!("3:9 {message}")]);
    // Known before the graph runs, it is no smaller.
    let known = larger.replace("y = sum(a + b)", "data c = a + b\ny = 1");
    assert_eq!(faults(&known), [format!("3:10 {message}")]);

    let all = format!(
        "{}\nc = a + b\nrepeat 20 {{ c = c + 1 }}",
        &million[..million.rfind('\n').expect("lines")]
    );
    assert_eq!(
        faults(&all),
        ["4:17 All matrices together need more than 256 MiB."]
    );
}

#[test]
fn data_and_constants_are_told_apart() {
    let graph = read("data d = 2\nk = 2\nparam p = 2\ny = d * k * p");
    let kind = |key| match graph.node(graph.find(key).expect("bound")).kind {
        NodeKind::Data(_) => "data",
        NodeKind::Constant(_) => "constant",
        NodeKind::Param(_) => "param",
        NodeKind::Computed(_) => "computed",
    };
    assert_eq!(
        ["d", "k", "p", "y"].map(kind),
        ["data", "constant", "param", "computed"]
    );
}
