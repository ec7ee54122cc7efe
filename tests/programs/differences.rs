//! Gradients against central differences.

use chalkgrad::graph::Graph;
use chalkgrad::tape::Tape;

/// For every entry of the parameters, in order: the gradient of the loss that the
/// engine has, and (L(p + h) − L(p − h)) / 2h.
pub fn gradients_and_differences(graph: &Graph) -> Vec<(f64, f64)> {
    const STEP: f64 = 1e-5;
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    let params: Vec<f64> = tape.read_params().collect();
    let gradients: Vec<f64> = graph
        .params()
        .flat_map(|node| tape.gradient(node).to_vec())
        .collect();
    assert_eq!(gradients.len(), params.len());
    let mut loss = |entry: usize, step: f64| {
        let mut moved = params.clone();
        moved[entry] += step;
        tape.write_params(&moved);
        tape.forward();
        tape.loss()
    };
    let entries = gradients.into_iter().enumerate();
    entries
        .map(|(entry, gradient)| {
            let difference = (loss(entry, STEP) - loss(entry, -STEP)) / (2.0 * STEP);
            (gradient, difference)
        })
        .collect()
}
