//! What it means that a program is another one turned.

use chalkgrad::graph::{Graph, NodeId};
use chalkgrad::matrix::Shape;
use chalkgrad::ops::Written;
use chalkgrad::tape::Tape;
use chalkgrad::turned::{Samples, Turned, turned};

use super::graphs::assert_same;
use super::programs::read;

/// The program turned; the test fails where it can't be.
#[track_caller]
pub fn turn(program: &str) -> Turned {
    turned(program).unwrap_or_else(|| panic!("it can be turned:\n{program}"))
}

/// A program in columns and the same in rows: each is the other one turned.
#[track_caller]
pub fn check(columns: &str, rows: &str) {
    for (program, expected, samples) in [
        (columns, rows, Samples::Columns),
        (rows, columns, Samples::Rows),
    ] {
        let found = turn(program);
        assert_eq!(found.text, expected);
        assert_eq!(found.samples, samples, "{program}");
        assert_transposed(program, &found.text);
    }
}

fn run(graph: &Graph) -> Tape {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    tape
}

/// The transpose of a matrix, row by row.
fn transposed(data: &[f64], shape: Shape) -> Vec<f64> {
    let entry = |place: usize| data[place % shape.rows * shape.columns + place / shape.rows];
    (0..shape.len()).map(entry).collect()
}

/// Whether every name's value and gradient, and the loss, are those of the
/// program, transposed. Says whether they are so bit for bit.
#[track_caller]
pub fn assert_transposed(program: &str, other: &str) -> bool {
    compare(program, other, |_| 0.0)
}

/// The same of a program in which large numbers may cancel each other.
#[track_caller]
pub fn assert_nearly_transposed(program: &str, other: &str) {
    compare(program, other, |tape| {
        let numbers = tape.values().iter().chain(tape.gradients());
        let finite = numbers.filter(|it| it.is_finite());
        10.0 * finite.fold(1.0, |size: f64, it| size.max(it.abs()))
    });
}

#[track_caller]
fn compare(program: &str, other: &str, least_size: fn(&Tape) -> f64) -> bool {
    let (before, after) = (read(program), read(other));
    let (a, b) = (run(&before), run(&after));
    let least_size = least_size(&a);
    assert_eq!(before.bindings().len(), after.bindings().len(), "{other}");
    let mut is_exact = a.loss().to_bits() == b.loss().to_bits();
    for (x, y) in before.bindings().iter().zip(after.bindings()) {
        assert_eq!(x.key, y.key, "{other}");
        let (shape, turned) = (before.node(x.node).shape, after.node(y.node).shape);
        let expected = Shape::new(shape.columns, shape.rows);
        assert_eq!(turned, expected, "{} in\n{other}", x.key);
        for of in [Tape::value as fn(&Tape, NodeId) -> &[f64], Tape::gradient] {
            let expected = transposed(of(&a, x.node), shape);
            let size = expected
                .iter()
                .fold(least_size, |size: f64, it| size.max(it.abs()));
            for (found, expected) in of(&b, y.node).iter().zip(&expected) {
                is_exact &= found.to_bits() == expected.to_bits();
                let close = (found - expected).abs() <= 1e-12 * size + 1e-14;
                let alike = close || found.is_nan() && expected.is_nan() || found == expected;
                assert!(
                    alike,
                    "{found} for {expected} in {}:\n{program}\n{other}",
                    x.key
                );
            }
        }
    }
    is_exact
}

/// Whether a program turned twice has the graph and the bits that it had. Of two
/// transposes one after the other, which are nothing, the graph may have lost both.
#[track_caller]
pub fn assert_returns(program: &str, other: &Turned) {
    let back = turn(&other.text);
    let (before, after) = (read(program), read(&back.text));
    match has_double_transpose(&before) {
        true => assert_same_numbers(&before, &after, &back.text),
        false => assert_same(&before, &after, &back.text),
    }
    let mut texts = vec![back.text];
    for _ in 0..6 {
        texts.push(turn(&texts[texts.len() - 1]).text);
    }
    assert_eq!(texts[4], texts[6], "brackets don't pile up");
}

fn has_double_transpose(graph: &Graph) -> bool {
    let transposed = |node: NodeId| {
        let made = graph.node(node).application();
        let made = made.filter(|made| made.operator.written == Written::Postfix("'"));
        made.map(|made| made.operands[0])
    };
    let mut ids = graph.ids();
    ids.any(|node| transposed(node).and_then(transposed).is_some())
}

#[track_caller]
fn assert_same_numbers(before: &Graph, after: &Graph, text: &str) {
    let numbers = |graph: &Graph| -> Vec<(String, Vec<u64>)> {
        let tape = run(graph);
        let bits = |node| {
            [tape.value(node), tape.gradient(node)]
                .concat()
                .iter()
                .map(|it| it.to_bits())
                .collect()
        };
        let bindings = graph.bindings().iter();
        bindings.map(|it| (it.key.clone(), bits(it.node))).collect()
    };
    assert_eq!(numbers(before), numbers(after), "{text}");
}
