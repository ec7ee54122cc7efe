//! Tokens, places, edits, what is written, and the bounds of a text.

use std::fs;

use chalkgrad::notation::{
    Edit, Explain, Keyword, Language, LineIndex, LineKind, MAX_TEXT, Place, Span, SyntaxFaultKind,
    TokenKind, apply, nearest, parse, print, set_number,
};

#[test]
fn tokens_are_the_text() {
    use TokenKind::{
        Comment, Equals, Keyword as Key, Name, Newline, Number, Prime, Space, Unknown,
    };
    let text = "\u{feff}data x=２e\t# Öl\r\n$$?ᵀ";
    let parsed = parse(text);
    let kinds: Vec<TokenKind> = parsed.tokens.iter().map(|token| token.kind).collect();
    let expected = [
        Space,
        Key(Keyword::Data),
        Space,
        Name,
        Equals,
        Number,
        Name,
        Space,
        Comment,
        Newline,
        Unknown,
        Unknown,
        Prime,
    ];
    assert_eq!(kinds, expected);
    assert_eq!(parsed.text(), text);
}

#[test]
fn lines_and_columns_count_from_one_in_characters() {
    let index = LineIndex::new("\u{feff}aé损\r\nb\rc\n");
    let place = |start, end| {
        let Place {
            line,
            column,
            end_line,
            end_column,
        } = index.place(Span::new(start, end));
        (line, column, end_line, end_column)
    };
    assert_eq!(place(3, 4), (1, 1, 1, 2));
    assert_eq!(place(6, 9), (1, 3, 1, 4));
    assert_eq!(place(11, 14), (2, 1, 3, 2));
    assert_eq!(place(15, 15), (4, 1, 4, 1));
    assert_eq!(
        [1, 2, 3, 4, 5, 0].map(|line| index.line(line)),
        ["aé损", "b", "c", "", "", ""]
    );
    assert_eq!(index.marked(Span::new(4, 6)), "é");
}

#[test]
fn edits_are_replacements() {
    let edit = |start, end, text: &str| Edit {
        span: Span::new(start, end),
        text: text.into(),
    };
    assert_eq!(apply("abc", &[]), "abc");
    assert_eq!(apply("abc", &[edit(2, 3, "C"), edit(0, 1, "AA")]), "AAbC");
    assert_eq!(apply("abc", &[edit(1, 1, "-"), edit(3, 3, "!")]), "a-bc!");
    // One that overlaps, one beyond the end, one inside a character.
    assert_eq!(
        apply(
            "abé",
            &[
                edit(0, 2, ""),
                edit(1, 2, "x"),
                edit(9, 9, "y"),
                edit(3, 4, "z")
            ]
        ),
        "é"
    );
}

#[test]
fn a_parameters_number_is_set_in_its_place() {
    let text = "param x = 2.0  # start\nparam y = (-1)\nparam z = 2x\ndata w = 3\n";
    let program = parse(text).program;
    let set = |name, value| set_number(&program, name, value).map(|edit| apply(text, &[edit]));
    let found = set("x", 0.1 + 0.2).unwrap();
    assert!(found.starts_with("param x = 0.30000000000000004  # start\n"));
    assert!(set("y", -1e300).unwrap().contains("param y = (-1e300)\n"));
    assert_eq!(
        [set("z", 1.0), set("w", 1.0), set("v", 1.0)],
        [None, None, None]
    );
}

#[test]
fn an_expression_is_written_with_the_brackets_it_needs() {
    for (expression, expected) in [
        ("((4)*(x^(2)))", "4x^2"),
        ("1/(2x)", "1 / 2x"),
        ("1/2*x", "1 / 2 * x"),
        ("(a + b) - (c - d)", "a + b - (c - d)"),
        ("-(x^2) + (-x)^2", "-x^2 + (-x)^2"),
        ("-(x*y)", "-(x * y)"),
        ("(x^y)^z^-w", "(x^y)^z^-w"),
        ("2^(-2x)", "2^(-2x)"),
        ("2*(x + 1)*(2)'", "2(x + 1) * (2)'"),
        ("2*3x + 2*-x + 2*(x/y)", "2 * 3x + 2 * -x + 2(x / y)"),
        ("2*e3 + 2*e + 2*e^2", "2 * e3 + 2e + 2e^2"),
        ("2*[1,2;3,4]'", "2 * [1, 2; 3, 4]'"),
        ("2*x'[1, :]²", "2x'[1, :]^2"),
        ("2*(W^2)'*3*([1, 2]^2)'", "2W²' * 3 * [1, 2]²'"),
        ("((x^2)^-3)^(4)", "x² ⁻³^4"),
        ("(x^2.5)' + (2^2)' + (x^-0)'", "(x^2.5)' + (2^2)' + (x^-0)'"),
        ("f(a, b=1)×g()@h", "f(a, b = 1) × g() @ h"),
        ("1e300 * 1e-9", "1e300 * 1e-9"),
    ] {
        let program = parse(&format!("y = {expression}")).program;
        let LineKind::Assign { value, .. } = program.lines[0].kind else {
            panic!("an assignment");
        };
        assert_eq!(print(&program.exprs, value), expected);
    }
}

#[test]
fn the_nearest_name_is_one_that_could_be_meant() {
    let known = [
        "sigmoid", "softmax", "softplus", "tanh", "tan", "W₁", "x", "损失",
    ];
    for (name, expected) in [
        ("sigmod", Some("sigmoid")),
        ("sgimoid", Some("sigmoid")),
        ("Sigmoid", Some("sigmoid")),
        ("sofmax", Some("softmax")),
        ("tahn", Some("tanh")),
        ("W1", Some("W₁")),
        ("X", Some("x")),
        ("y", None),
        ("W2", None),
        ("perceptron", None),
        ("", None),
    ] {
        assert_eq!(nearest(name, known), expected, "{name}");
    }
}

#[test]
fn nesting_is_bounded() {
    let nested = [
        ("(", ")", "1"),
        ("[", "]", "1"),
        ("f(", ")", "1"),
        ("x[", "]", "1"),
        ("2^", "", "2"),
        ("2^-", "", "2"),
    ];
    for (open, close, inner) in nested {
        let deep = |depth: usize| {
            let text = format!(
                "y = {}{inner}{}\nz = 1",
                open.repeat(depth),
                close.repeat(depth)
            );
            let parsed = parse(&text);
            let lines = parsed.program.lines.len();
            (
                lines,
                parsed
                    .faults
                    .into_iter()
                    .map(|fault| fault.kind)
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(deep(128), (2, vec![]), "{open}");
        assert_eq!(deep(129), (1, vec![SyntaxFaultKind::TooDeep]), "{open}");
        assert_eq!(deep(5000), (1, vec![SyntaxFaultKind::TooDeep]), "{open}");
    }
}

#[test]
fn blocks_are_bounded() {
    for (depth, faults) in [(128, 0), (129, 1), (1000, 1)] {
        let (open, close) = ("repeat 1 {\n".repeat(depth), "}\n".repeat(depth));
        let parsed = parse(&format!("{open}{close}x = 1"));
        assert_eq!(parsed.faults.len(), faults, "{depth}");
        let last = parsed.program.lines.last().map(|line| &line.kind);
        assert!(matches!(last, Some(LineKind::Assign { .. })), "{depth}");
    }
    let kinds = parse(&"repeat 1 {\n".repeat(1000)).faults;
    assert_eq!(kinds.len(), 1);
    assert_eq!(kinds[0].kind, SyntaxFaultKind::TooDeep);
}

#[test]
fn a_long_text_is_refused() {
    let line = "x = 1 # é\n";
    let text = line.repeat(MAX_TEXT / line.len() + 1);
    let parsed = parse(&text);
    assert_eq!(parsed.faults.len(), 1);
    assert_eq!(
        parsed.faults[0].kind,
        SyntaxFaultKind::TextTooLong { bytes: text.len() }
    );
    assert!(parsed.program.lines.is_empty());
    assert_eq!(parsed.text(), text);
    assert_eq!(parse(&text[..MAX_TEXT - 1]).faults, []);
}

#[test]
fn at_most_a_hundred_faults_are_told() {
    let parsed = parse(&"x = 1 1\n".repeat(500));
    assert_eq!(parsed.faults.len(), 101);
    assert_eq!(parsed.faults[100].kind, SyntaxFaultKind::TooManyFaults);
    assert_eq!(
        LineIndex::new(&parsed.text())
            .place(parsed.faults[100].span)
            .line,
        101
    );
}

#[test]
fn every_sentence_has_both_languages() {
    let cases = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/faults/faults.txt"
    ));
    for case in cases.unwrap().split("===== ") {
        let lines: Vec<&str> = case
            .lines()
            .skip(1)
            .filter(|line| !line.starts_with('#'))
            .collect();
        for fault in parse(&lines.join("\n")).faults {
            assert!(
                fault
                    .message(Language::En.sentences())
                    .is_ascii_but_quotes(),
                "{fault:?}"
            );
            assert!(
                fault.message(Language::Zh.sentences()).ends_with('。'),
                "{fault:?}"
            );
            let remedies =
                [Language::En, Language::Zh].map(|language| fault.remedy(language.sentences()));
            assert_eq!(remedies[0].is_some(), remedies[1].is_some(), "{fault:?}");
        }
    }
}

trait QuotedAscii {
    fn is_ascii_but_quotes(&self) -> bool;
}

impl QuotedAscii for String {
    /// Whether all characters outside of “ ” are ASCII.
    fn is_ascii_but_quotes(&self) -> bool {
        let mut outside = self
            .split('“')
            .map(|part| part.split_once('”').map_or(part, |(_, rest)| rest));
        outside.all(str::is_ascii)
    }
}
