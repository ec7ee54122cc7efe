//! The programs whose pictures are looked at.

use serde_json::Value;

const REFERENCE: &str = include_str!("../reference/gradients.jsonl");

/// The lecture's three-layer perceptron.
pub const PERCEPTRON: &str = include_str!("../programs/perceptron.txt");

/// The same for many samples, with biases.
pub const BATCH: &str = "\
data  x  = normal(2, 6)
data  y  = normal(1, 6)
param W1 = normal(4, 2)
param b1 = zeros(4, 1)
param W2 = normal(1, 4)
param b2 = 0.5
h = tanh(W1 @ x + b1)
o = W2 @ h + b2
L = mse(o, y)
minimize L
";

/// Five steps that share two weights.
pub const RECURRENT: &str = "\
data  x  = [0.5; 1]
param W  = normal(3, 2)
param U  = normal(3, 3)
data  h0 = [0; 0; 0]
data  y  = [1; 0; 0]
h = h0
repeat 5 { h = tanh(W @ x + U @ h) }
L = mse(h, y)
minimize L
";

/// The example of micrograd's README.
pub const MICROGRAD: &str = "\
param a = -4.0
param b = 2.0
c = a + b
d = a * b + b^3
c = c + (c + 1)
c = c + (1 + c + (-a))
d = d + (d * 2 + relu(b + a))
d = d + (3 * d + relu(b - a))
e = c - d
f = e^2
g = f / 2.0
g = g + 10.0 / f
minimize g
";

/// A number doubled twenty times.
pub fn doubled() -> String {
    format!("param x = 0.5\n{}minimize x\n", "x = x + x\n".repeat(20))
}

/// All programs with their names.
pub fn all() -> Vec<(String, String)> {
    let mut programs: Vec<(String, String)> = REFERENCE
        .lines()
        .map(|line| {
            let entry: Value = serde_json::from_str(line).expect("a line of JSON");
            let text = |key: &str| entry[key].as_str().expect("a text").to_owned();
            (text("name"), text("program"))
        })
        .collect();
    assert_eq!(programs.len(), 48);
    for (name, program) in [
        ("perceptron", PERCEPTRON),
        ("batch", BATCH),
        ("recurrent", RECURRENT),
        ("micrograd", MICROGRAD),
        (
            "sums of sums",
            "param a = 1\nparam b = 2\nparam c = 3\ndata d = 4\nL = (a + b + c + d) * (a - b)\n",
        ),
        (
            "large matrices",
            "data x = ones(32, 5)\nparam W = he(64, 32)\nparam u = [1, 2, 3]\nL = sum(W @ x) + sum(2 @ u)\n",
        ),
        ("no parameter", "data x = 2\ny = x^2 + sin(x)\nminimize y\n"),
        ("only a parameter", "param x = 2\nminimize x\n"),
        (
            "parts that don't reach the loss",
            "param w = 2\ndata x = 3\nparam unused = 1\ny = w * x\nu = sin(y)\nv = u * w + cos(u)\nL = y^2\nafter = L + u\nminimize L\n",
        ),
    ] {
        programs.push((name.to_owned(), program.to_owned()));
    }
    programs.push(("doubled".to_owned(), doubled()));
    programs
}
