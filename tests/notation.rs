//! How texts are read.

#[path = "notation/sexp.rs"]
mod sexp;

use std::fs;

use chalkgrad::notation::{ExprKind, LineKind, SyntaxFaultKind, parse};

/// The tree of an expression, as an S-expression.
#[track_caller]
fn check(expression: &str, expected: &str) {
    let lines = sexp::lines(&format!("y = {expression}"));
    assert_eq!(lines, [format!("(= y {expected})")]);
}

/// The lines of a program, as S-expressions.
#[track_caller]
fn check_lines(text: &str, expected: &[&str]) {
    assert_eq!(sexp::lines(text), expected);
}

#[test]
fn a_number_multiplies_what_follows() {
    check("4x^2", "(* 4 (^ x 2))");
    check("1/2x", "(/ 1 (* 2 x))");
    check("2 x", "(* 2 x)");
    check("2(x + 1)^2", "(* 2 (^ (+ x 1) 2))");
    check("100(y - x^2)^2", "(* 100 (^ (- y (^ x 2)) 2))");
    check(
        "3exp(-(x^2 + y^2)) + 0.2x*y",
        "(+ (* 3 (exp (- (+ (^ x 2) (^ y 2))))) (* (* 0.2 x) y))",
    );
    check("2x'", "(* 2 (' x))");
    check("2x[1]", "(* 2 ([] x 1))");
    check("2f (x)", "(* 2 (f x))");
    check("2x²", "(* 2 (^ x 2))");
}

#[test]
fn signs_bind_looser_than_powers() {
    check("-x^2", "(- (^ x 2))");
    check("2^-x", "(^ 2 (- x))");
    check("2^-x^2", "(^ 2 (- (^ x 2)))");
    check("-2x", "(- (* 2 x))");
    check("-x * -y", "(* (- x) (- y))");
    check("a - -b", "(- a (- b))");
    check("- x", "(- x)");
}

#[test]
fn powers_go_from_right_to_left() {
    check("x^y^z", "(^ x (^ y z))");
    check("2^3^4", "(^ 2 (^ 3 4))");
    check("x^2.5", "(^ x 2.5)");
    check("W^x'", "(^ W (' x))");
    check("x^f(y)[1]", "(^ x ([] (f y) 1))");
    check("x^2 * y", "(* (^ x 2) y)");
}

#[test]
fn other_operators_go_from_left_to_right() {
    check("a - b + c", "(+ (- a b) c)");
    check("a / b * c @ d", "(@ (* (/ a b) c) d)");
    check("a + b * c", "(+ a (* b c))");
    check("a @ b'", "(@ a (' b))");
}

#[test]
fn superscripts_bind_like_a_prime() {
    check("W²ᵀ", "(' (^ W 2))");
    check("x²³", "(^ x 23)");
    check("x² ³", "(^ (^ x 2) 3)");
    check("x⁻¹", "(^ x (- 1))");
    check("W'²", "(^ (' W) 2)");
    check("x²^3", "(^ (^ x 2) 3)");
    check("2²", "(^ 2 2)");
    check("2^3²", "(^ 2 (^ 3 2))");
    check("sin(x)²", "(^ (sin x) 2)");
    check("(a + b)⁰", "(^ (+ a b) 0)");
}

#[test]
fn an_exponent_is_read_only_if_digits_follow() {
    check("2e", "(* 2 e)");
    check("2e-1", "0.2");
    check("2E+1", "20");
    check("2e - 1", "(- (* 2 e) 1)");
    check("2e-x", "(- (* 2 e) x)");
    check("2exp(x)", "(* 2 (exp x))");
    check("1.", "1");
    check(".5", "0.5");
    check("1.e1", "10");
    check("1.x", "(* 1 x)");
    check("2e3x", "(* 2000 x)");
}

#[test]
fn calls_take_named_arguments() {
    check("f()", "(f)");
    check("f (x)", "(f x)");
    check("f(x, slope = 0.1)", "(f x slope=0.1)");
    check("f(g(x), y = h(z = 1))", "(f (g x) y=(h z=1))");
    check("f(\n  x,\n  y = 2\n)", "(f x y=2)");
}

#[test]
fn indices_are_places_or_all() {
    check("A[2, :]", "([] A 2 :)");
    check("A[:, 1]'", "(' ([] A : 1))");
    check("x[k + 1]", "([] x (+ k 1))");
    check("(R @ v)[1, 1] * y", "(* ([] (@ R v) 1 1) y)");
    check("[1, 2][1]", "([] [1 2] 1)");
    check("A[1][2]", "([] ([] A 1) 2)");
}

#[test]
fn matrices_have_rows() {
    check("[1; 0.5; -1; 2]", "[1; 0.5; (- 1); 2]");
    check(
        "[cos(x), -sin(x); sin(x), cos(x)]",
        "[(cos x) (- (sin x)); (sin x) (cos x)]",
    );
    check("[1 - 2]", "[(- 1 2)]");
    check("[1 -2]", "[(- 1 2)]");
    check("[1, 2; 3]", "[1 2; 3]");
    check("[[1, 2], x]", "[[1 2] x]");
}

#[test]
fn the_innermost_bracket_decides_about_line_ends() {
    check("(1\n + 2)", "(+ 1 2)");
    check("[1,\n 2;\n 3, 4]", "[1 2; 3 4]");
    check("[(1\n - 2)]", "[(- 1 2)]");
    check("[1\n + 2]", "[(+ 1 2)]");
    check("[x\n ']", "[(' x)]");
    check_lines(
        "repeat 2 {\na = (1\n+ 2)\nb = 3\n}",
        &["(repeat 2 (= a (+ 1 2)) (= b 3))"],
    );
}

#[test]
fn other_spellings_are_read_alike() {
    check("a·b⊙c", "(* (* a b) c)");
    check("a − b", "(- a b)");
    check("a × b", "(× a b)");
    check("【１，２；３，４】", "[1 2; 3 4]");
    check("Ｗ１　＋　ｘ’", "(+ W1 (' x))");
    check("a‘ + a′ + aᵀ + a＇", "(+ (+ (+ (' a) (' a)) (' a)) (' a))");
    check("１．５ｅ−３", "0.0015");
    check_lines("ｄａｔａ ｘ ＝ ２ ＃ two", &["(data x 2)"]);
    check_lines("\u{feff}x = 1", &["(= x 1)"]);
    check_lines(
        "x = 1\r\ny = 2\rz = (\r\n3)",
        &["(= x 1)", "(= y 2)", "(= z 3)"],
    );
}

#[test]
fn names_are_unicode_identifiers() {
    check("损失 + θ * W₁", "(+ 损失 (* θ W₁))");
    check("_a_1", "_a_1");
    check("2π", "(* 2 π)");
    check("x·y", "(* x y)");
    let long = "x".repeat(64);
    check(&long, &long);
    let parsed = parse(&format!("y = {long}x"));
    let expected = SyntaxFaultKind::NameTooLong { characters: 65 };
    assert_eq!(parsed.faults[0].kind, expected);
}

#[test]
fn lines_of_every_kind() {
    check_lines(
        "data x = 2; param W, b = f(1)\n\n y = x # why\nminimize y\nseed 7\nbatch 32",
        &[
            "(data x 2)",
            "(param W b (f 1))",
            "(= y x)",
            "(minimize y)",
            "(seed 7)",
            "(batch 32)",
        ],
    );
    check_lines(
        "fn f(a, b) = a + b; fn g() = 1",
        &["(fn f (a b) (+ a b))", "(fn g () 1)"],
    );
    check_lines("repeat 3 { }", &["(repeat 3 )"]);
    check_lines(
        "repeat 2 { repeat 3 { x = t }; y = x }",
        &["(repeat 2 (repeat 3 (= x t)) (= y x))"],
    );
}

#[test]
fn spans_mark_what_was_read() {
    let text = "y = (a + b) * -f(c)[1]";
    let program = parse(text).program;
    let LineKind::Assign { name, value } = &program.lines[0].kind else {
        panic!("an assignment");
    };
    assert_eq!(name.span.of(text), "y");
    let spans: Vec<&str> = program
        .exprs
        .subtree(*value)
        .map(|(_, expr)| expr.span.of(text))
        .collect();
    assert_eq!(
        spans,
        [
            "a",
            "b",
            "a + b",
            "c",
            "f(c)",
            "1",
            "f(c)[1]",
            "-f(c)[1]",
            "(a + b) * -f(c)[1]"
        ]
    );
    let ExprKind::Binary { at, .. } = &program.exprs[*value].kind else {
        panic!("a product");
    };
    assert_eq!((at.of(text), at.start), ("*", 12));
}

#[test]
fn a_juxtaposition_has_an_empty_sign() {
    let program = parse("y = 2 x").program;
    let root = program.exprs.iter().last().map(|(id, _)| id);
    let ExprKind::Binary { at, .. } = program.exprs[root.unwrap()].kind else {
        panic!("a product");
    };
    assert_eq!((at.start, at.end), (5, 5));
}

#[test]
fn a_line_with_a_fault_leaves_the_others() {
    let parsed = parse("data x = 2\ny = 3 +\nz = (x\nw = 1; v = )\nu = x");
    assert_eq!(
        sexp::of_lines(&parsed.program),
        ["(data x 2)", "(= w 1)", "(= u x)"]
    );
    let lost: Vec<&str> = parsed.program.lost.iter().map(|name| &*name.text).collect();
    assert_eq!(lost, ["y", "z", "v"]);
}

#[test]
fn names_of_a_lost_block_are_remembered() {
    let parsed = parse("repeat n { x = 1; repeat 2 { y = 1 +; z = 2 } }");
    assert!(parsed.program.lines.is_empty());
    let mut lost: Vec<&str> = parsed.program.lost.iter().map(|name| &*name.text).collect();
    lost.sort_unstable();
    assert_eq!(lost, ["x", "y", "z"]);
}

#[test]
fn reference_programs_have_no_fault() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/reference/gradients.jsonl"
    );
    let file = fs::read_to_string(path).unwrap();
    let mut programs = 0;
    for line in file.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = case["program"].as_str().unwrap();
        let parsed = parse(text);
        assert_eq!(parsed.faults, [], "{}", case["name"]);
        assert_eq!(parsed.text(), text);
        programs += 1;
    }
    assert_eq!(programs, 48);
}
