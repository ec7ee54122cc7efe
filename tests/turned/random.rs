//! Random programs with matrices, turned.

use chalkgrad::graph;
use chalkgrad::turned::turned;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::same::{assert_nearly_transposed, assert_returns};

/// What names there are before the lines at hand, all but `c` of two rows or
/// columns, so that many expressions fit.
const HEADS: &str = "fn f(u, v) = tanh(u @ v) + softmax(v)\nfn draw(n) = uniform(n, 2) @ [0.5, 1; -1, 2]\n\
    data x = [0.5, -2; 1, 0.25]\nparam W = normal(2, 2)\nparam b = [0.5; -1]\nparam c = 0.75\n";

fn expression() -> impl Strategy<Value = String> {
    let leaf = select(
        &[
            "x",
            "W",
            "b",
            "c",
            "z",
            "2",
            "0.5",
            "pi",
            "[1, -2]",
            "[1, 2; 3, 4]",
            "W[1, 2]",
            "x[:, 1]",
            "b[2]",
            "W'",
            "[c, 2; x[1, 2], -1]",
            "hcat(b, b)",
            "f(W, x)",
            "softmax(x')'",
        ][..],
    );
    leaf.prop_map(String::from).prop_recursive(4, 16, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        let call = select(&["tanh", "sin", "sum", "sum_cols", "sum_rows", "softmax", "sigmoid", "-"][..]);
        let of_two = select(&["mse", "cross_entropy", "hcat", "vcat", "f"][..]);
        let product = select(&[" @ ", "@", " * ", " / 3 @ "][..]);
        prop_oneof![
            4 => (inner.clone(), product, inner.clone()).prop_map(|(a, sign, b)| format!("{a}{sign}({b})")),
            2 => (inner.clone(), select(&[" @ ", " + ", " - "][..]), inner.clone()).prop_map(|(a, sign, b)| format!("({a}{sign}{b})")),
            2 => (call, inner.clone()).prop_map(|(name, of)| format!("{name}({of})")),
            1 => (of_two, pair).prop_map(|(name, (a, b))| format!("{name}({a}, {b})")),
            1 => inner.clone().prop_map(|of| format!("({of})'")),
            1 => inner.prop_map(|of| format!("({of} # a note\n)[1, :]")),
        ]
    })
}

/// The right side of a declaration.
fn drawn() -> impl Strategy<Value = String> {
    let leaf = select(
        &[
            "normal(2, 2)",
            "uniform(2, 2)",
            "he(2, 2)'",
            "ones(2, 2)",
            "eye(2)",
            "draw(2)",
            "x",
            "2",
            "[normal(1, 1), 2; uniform(1, 1), 3]",
        ][..],
    );
    leaf.prop_map(String::from).prop_recursive(3, 6, 2, |inner| {
        let sign = select(&[" @ ", " * ", " + "][..]);
        prop_oneof![
            3 => (inner.clone(), sign, inner.clone()).prop_map(|(a, sign, b)| format!("({a}){sign}({b})")),
            1 => inner.clone().prop_map(|of| format!("({of})'")),
            1 => inner.prop_map(|of| format!("softmax({of})")),
        ]
    })
}

fn program() -> impl Strategy<Value = String> {
    let line = (select(&["z", "x", "y"][..]), expression(), any::<bool>()).prop_map(
        |(name, value, again)| match again {
            false => format!("{name} = {value}\n"),
            true => format!("repeat 2 {{ {name} = {value} * t }}\n"),
        },
    );
    (drawn(), vec(line, 1..4)).prop_map(|(drawn, lines)| {
        let lines = lines.concat();
        format!("{HEADS}param D = {drawn}\nz = W @ x + D\n{lines}L = sum(z * z) + sum(sin(z))\nminimize L\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn a_turned_program_has_the_same_numbers(program in program()) {
        prop_assume!(graph::read(&program).graph.is_some());
        let other = turned(&program);
        prop_assert!(other.is_some(), "{program}");
        if let Some(other) = other {
            assert_nearly_transposed(&program, &other.text);
            assert_returns(&program, &other);
        }
    }

    #[test]
    fn any_text_is_turned_or_not(text in "[xW@()\\[\\];,'+ 2=\n]{0,40}") {
        let text = format!("data x = [1; 2]\nparam W = ones(2, 2)\nz = W @ x\nL = sum(z)\n{text}");
        if let Some(other) = turned(&text) {
            assert_nearly_transposed(&text, &other.text);
            assert_returns(&text, &other);
        }
    }
}
