//! What holds for every text.

#[path = "notation/holds.rs"]
mod holds;
#[path = "notation/sexp.rs"]
mod sexp;

use std::thread;

use chalkgrad::notation::{
    Argument, BinaryOperator, Edit, Explain, ExprId, ExprKind, Exprs, Index, Language, LineKind,
    MAX_TEXT, Name, Span, TokenKind, apply, parse, print,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Pieces of the notation, right and wrong ones.
const PIECES: &[&str] = &[
    "data ",
    "param ",
    "minimize ",
    "repeat ",
    "fn ",
    "seed ",
    "batch ",
    "x",
    "y",
    "f",
    "W₁",
    "损失",
    " = ",
    "=",
    "2",
    "0.5",
    "1e3",
    "1e999",
    "e",
    "+",
    "-",
    " -",
    "*",
    "·",
    "×",
    "/",
    "@",
    "^",
    "'",
    "ᵀ",
    "²",
    "⁻¹",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    "\n",
    "\n",
    "\r\n",
    " ",
    "# note",
    "\u{feff}",
    "\u{3000}",
    "２",
    "（",
    "【",
    "$",
    "、",
    ".",
    "x = (1 +\n",
    "y = f(x, a = 2)\n",
];

fn any_text() -> impl Strategy<Value = String> {
    let pieces = vec(prop::sample::select(PIECES), 0..40);
    prop_oneof![
        3 => pieces.prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// A line without a fault, in one line of the text.
fn good_line() -> impl Strategy<Value = String> {
    let lines = [
        "data x = [1, 2; 3, 4]",
        "param W1 = normal(3, std = 2)",
        "data x, y = circle(250, noise = 0.1)",
        "y = 4x^2 - (a + [b, c])[1]'",
        "h = tanh(W1 @ x + b)",
        "minimize y",
        "fn f(a, b) = a^-b",
        "seed 7",
    ];
    prop::sample::select(lines.to_vec()).prop_map(str::to_owned)
}

/// An expression, to be built and written.
#[derive(Clone, Debug)]
enum Tree {
    Number(f64),
    Name(&'static str),
    Negate(Box<Tree>),
    Transpose(Box<Tree>),
    Binary(BinaryOperator, Box<Tree>, Box<Tree>),
    Call(&'static str, Vec<(Option<&'static str>, Tree)>),
    Index(Box<Tree>, Option<Box<Tree>>, Option<Option<Box<Tree>>>),
    Matrix(Vec<Vec<Tree>>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let names = prop::sample::select(["x", "e", "e3", "E", "损失", "W₁", "exp"].as_slice());
    let numbers = prop_oneof![
        prop::sample::select([0.0, 1.0, 2.5, 1e300, 5e-324, 1e21].as_slice()),
        (0.0..1e9_f64)
    ];
    let leaf = prop_oneof![
        numbers.prop_map(Tree::Number),
        names.clone().prop_map(Tree::Name)
    ];
    let operators = prop::sample::select(
        [
            BinaryOperator::Add,
            BinaryOperator::Sub,
            BinaryOperator::Mul,
            BinaryOperator::Mul,
            BinaryOperator::Times,
            BinaryOperator::Div,
            BinaryOperator::MatMul,
            BinaryOperator::Pow,
        ]
        .as_slice(),
    );
    leaf.prop_recursive(6, 40, 4, move |inner| {
        let boxed = inner.clone().prop_map(Box::new).boxed();
        let argument = (prop::option::of(names.clone()), inner.clone());
        prop_oneof![
            1 => boxed.clone().prop_map(Tree::Negate),
            1 => boxed.clone().prop_map(Tree::Transpose),
            4 => (operators.clone(), boxed.clone(), boxed.clone())
                .prop_map(|(operator, left, right)| Tree::Binary(operator, left, right)),
            1 => (names.clone(), vec(argument, 0..3)).prop_map(|(name, list)| Tree::Call(name, list)),
            1 => (
                boxed.clone(),
                prop::option::of(boxed.clone()),
                prop::option::of(prop::option::of(boxed)),
            )
                .prop_map(|(of, first, second)| Tree::Index(of, first, second)),
            1 => vec(vec(inner, 1..3), 1..3).prop_map(Tree::Matrix),
        ]
    })
}

fn build(tree: &Tree, exprs: &mut Exprs) -> ExprId {
    let nowhere = Span::default();
    let index = |index: &Option<Box<Tree>>, exprs: &mut Exprs| match index {
        Some(index) => Index::At(build(index, exprs)),
        None => Index::All(nowhere),
    };
    let name = |name: &str| Name {
        span: nowhere,
        text: name.into(),
    };
    let kind = match tree {
        Tree::Number(value) => ExprKind::Number(*value),
        Tree::Name(name) => ExprKind::Name((*name).into()),
        Tree::Negate(of) => ExprKind::Negate(build(of, exprs)),
        Tree::Transpose(of) => ExprKind::Transpose(build(of, exprs)),
        Tree::Binary(operator, left, right) => ExprKind::Binary {
            operator: *operator,
            at: nowhere,
            left: build(left, exprs),
            right: build(right, exprs),
        },
        Tree::Call(function, arguments) => {
            let arguments = arguments.iter().map(|(argument, value)| Argument {
                name: argument.map(name),
                value: build(value, exprs),
            });
            ExprKind::Call {
                function: name(function),
                arguments: arguments.collect(),
            }
        }
        Tree::Index(of, first, second) => {
            let of = build(of, exprs);
            let first = index(first, exprs);
            let second = second.as_ref().map(|second| index(second, exprs));
            ExprKind::Index { of, first, second }
        }
        Tree::Matrix(rows) => {
            let rows = rows
                .iter()
                .map(|row| row.iter().map(|entry| build(entry, exprs)).collect());
            ExprKind::Matrix {
                rows: rows.collect(),
            }
        }
    };
    exprs.push(kind, nowhere)
}

/// The text with what `gaps` say put in where a bracket is open and space is
/// allowed whatever follows.
fn spread(text: &str, gaps: &[&str]) -> String {
    use TokenKind::{At, Caret, Close, Comma, Minus, Open, Plus, Semicolon, Slash, Star, Times};
    let mut gaps = gaps.iter().cycle();
    let mut depth = 0;
    let mut spread = String::new();
    for token in parse(text).tokens {
        spread.push_str(token.span.of(text));
        match token.kind {
            Open(_) => depth += 1,
            Close(_) => depth -= 1,
            _ => {}
        }
        let free = matches!(
            token.kind,
            Open(_) | Comma | Semicolon | Plus | Minus | Star | Times | Slash | At | Caret
        );
        if free && depth > 0 {
            spread.push_str(gaps.next().unwrap());
        }
    }
    spread
}

proptest! {
    #[test]
    fn any_text_is_read(text in any_text()) {
        holds::for_any_text(&text);
        let parsed = parse(&text);
        for line in &parsed.program.lines {
            if let LineKind::Assign { value, .. } = line.kind {
                let written = print(&parsed.program.exprs, value);
                let expected = format!("(= y {})", sexp::of(&parsed.program.exprs, value));
                prop_assert_eq!(sexp::lines(&format!("y = {written}")), [expected]);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_again(tree in tree()) {
        let mut exprs = Exprs::default();
        let root = build(&tree, &mut exprs);
        let text = print(&exprs, root);
        let expected = format!("(= y {})", sexp::of(&exprs, root));
        prop_assert_eq!(sexp::lines(&format!("y = {text}")), [expected]);
    }

    #[test]
    fn layout_in_brackets_changes_nothing(
        tree in tree(),
        gaps in vec(prop::sample::select(["", " ", "\n", "\r\n  ", " # (note\n\n"].as_slice()), 1..8),
    ) {
        let mut exprs = Exprs::default();
        let root = build(&tree, &mut exprs);
        let text = format!("y = 1\nz = ({})\nw = 2", print(&exprs, root));
        let expected = ["(= y 1)".into(), format!("(= z {})", sexp::of(&exprs, root)), "(= w 2)".into()];
        prop_assert_eq!(sexp::lines(&spread(&text, &gaps)), expected);
    }

    #[test]
    fn a_line_with_a_fault_leaves_the_others(
        before in vec(good_line(), 0..4),
        junk in vec(prop::sample::select(PIECES), 1..8),
        after in vec(good_line(), 0..4),
    ) {
        let junk: String = junk.concat().chars().filter(|c| !"\r\n{}".contains(*c)).collect();
        let text = [&before[..], &[junk], &after[..]].concat().join("\n");
        let mut read = sexp::of_lines(&parse(&text).program).into_iter();
        for line in before.iter().chain(&after) {
            let expected = &sexp::lines(line)[0];
            prop_assert!(read.any(|line| line == *expected), "{:?} in {:?}", line, text);
        }
    }

    #[test]
    fn edits_do_what_replacing_from_the_right_does(
        text in any_text(),
        edits in vec((any::<prop::sample::Index>(), "[a-c]{0,3}"), 0..6),
    ) {
        let tokens = parse(&text).tokens;
        let mut chosen: Vec<Edit> = Vec::new();
        for (index, text) in edits {
            if let Some(token) = tokens.get(index.index(tokens.len().max(1))) {
                chosen.retain(|edit| edit.span != token.span);
                chosen.push(Edit { span: token.span, text });
            }
        }
        let mut expected = text.clone();
        let mut ordered = chosen.clone();
        ordered.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        for edit in &ordered {
            let range = edit.span.start as usize..edit.span.end as usize;
            expected.replace_range(range, &edit.text);
        }
        prop_assert_eq!(apply(&text, &chosen), expected);
    }
}

/// A text of the greatest length, made of this piece.
fn full(before: &str, piece: &str) -> String {
    let times = (MAX_TEXT - before.len()) / piece.len();
    format!("{before}{}", piece.repeat(times))
}

/// Runs on a stack as small as the one in the browser.
fn on_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(1 << 20).spawn(run);
    thread.unwrap().join().unwrap();
}

#[test]
fn chains_of_any_length_are_read_written_and_dropped() {
    for (before, piece) in [
        ("y = x", " + 1"),
        ("y = x", "-1"),
        ("y = x", "*x"),
        ("y = x", "'"),
        ("y = x", "² "),
        ("y = x", "[1]"),
        ("y = x", " @ f(x)"),
        ("y = f(x", ",x"),
    ] {
        on_small_stack(move || {
            let mut text = full(before, piece);
            if before.contains('(') {
                text.pop();
                text.pop();
                text.push(')');
            }
            let parsed = parse(&text);
            assert_eq!(parsed.faults, [], "{piece}");
            let LineKind::Assign { value, .. } = parsed.program.lines[0].kind else {
                panic!("an assignment");
            };
            let mut written = print(&parsed.program.exprs, value);
            if piece != "² " {
                written.retain(|character| character != ' ');
            }
            let again = parse(&format!("y = {written}"));
            assert_eq!(
                again.program.exprs.len(),
                parsed.program.exprs.len(),
                "{piece}"
            );
            drop((parsed, again));
        });
    }
}

#[test]
fn a_sum_of_twenty_thousand_terms() {
    let terms = vec!["x"; 20_000];
    let parsed = parse(&format!("y = {}", terms.join("+")));
    assert_eq!(parsed.faults, []);
    assert_eq!(parsed.program.exprs.len(), 39_999);
}

#[test]
fn any_text_of_full_size_is_read_whatever_is_wrong() {
    for piece in [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "()",
        "[]",
        "{}",
        "'",
        "^-",
        "^",
        "-",
        "+",
        "=",
        ",",
        ";",
        ":",
        "f(",
        "x[",
        "2^",
        "x ",
        "1 ",
        "$",
        "$ ",
        "x=(",
        "x=(\n",
        "x=(1 2,\n",
        "x=f(a,\n",
        "x=[1;\n",
        "x=(1]\n",
        "(]",
        "[)",
        "repeat 1{",
        "repeat 1{\n",
        "repeat 1{}",
        "repeat n{\n",
        "data x=\n",
        "fn f(",
        "fn f(x\n",
        "x,",
        "x y\n",
        "²",
        "1e999 ",
        "f(x=",
        "f(x=(\n",
        "x={",
        "x=(}\n",
        "{x=(1}",
        "x = A[1:2, 3, 4\n",
        "W₁ W1\n",
        "parm x\n",
        "(x = 1)\n",
        "x=(1;y=",
        "'\n",
        "\n",
        "#\n",
    ] {
        for tail in ["", ")", "]}"] {
            let text = full("", piece);
            let text = format!("{}{tail}", &text[..text.floor_char_boundary(MAX_TEXT - 2)]);
            on_small_stack(move || {
                let parsed = parse(&text);
                for fault in &parsed.faults {
                    fault.message(Language::Zh.sentences());
                }
                assert!(parsed.faults.len() <= 101);
            });
        }
    }
}
