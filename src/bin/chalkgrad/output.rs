//! Numbers and matrices on their way out, and what is said where one is not finite.

use std::fmt::Write as _;

use chalkgrad::formula::Labels;
use chalkgrad::graph::Graph;
use chalkgrad::matrix::Shape;
use chalkgrad::number;
use chalkgrad::tape::NotFinite;
use serde_json::{Value, json};

/// Numbers side by side, each the shortest that reads back.
pub fn list(numbers: &[f64]) -> String {
    let shown: Vec<String> = numbers.iter().map(|&value| number::full(value)).collect();
    shown.join(" ")
}

/// A matrix in the shape of the reference file, its numbers row by row.
pub fn json_matrix(shape: Shape, numbers: &[f64]) -> Value {
    let data: Vec<Value> = numbers.iter().map(|&value| json_number(value)).collect();
    json!({ "shape": [shape.rows, shape.columns], "data": data })
}

/// JSON has no NaN and no infinities: they are strings.
pub fn json_number(value: f64) -> Value {
    if value.is_finite() {
        json!(value)
    } else {
        json!(plain(value))
    }
}

/// The shortest text that reads back, in the characters that programs read.
pub fn plain(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 {
            "Infinity".into()
        } else {
            "-Infinity".into()
        }
    } else {
        // JSON's form has an exponent where plain digits would be many.
        json!(value).to_string()
    }
}

/// `the gradient of x is NaN, from ×`.
pub fn tell_not_finite(graph: &Graph, found: NotFinite) -> String {
    let labels = Labels::of(graph);
    let of = if found.in_gradient {
        "the gradient of "
    } else {
        ""
    };
    let (node, value) = (labels.plain(found.node), number::full(found.value));
    let made = found.made_by.and_then(|by| graph.node(by).application());
    let from = made.map_or_else(String::new, |made| {
        format!(", from {}", labels.operator(graph, made))
    });
    format!("{of}{node} is {value}{from}")
}

/// A heading, and the numbers of a matrix in a line a row.
pub fn write_matrix(text: &mut String, heading: &str, shape: Shape, numbers: &[f64]) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "\n{heading}");
    for row in numbers.chunks(shape.columns) {
        let _ = writeln!(text, "  {}", list(row));
    }
}
