//! What is written of every gradient, against what the engine computes.

use chalkgrad::derivation::{Derivations, Form, value};
use chalkgrad::formula::{Labels, text};
use chalkgrad::graph::Graph;
use chalkgrad::tape::Tape;

/// Checks for every node whose gradient anybody sees that each form which is written out
/// has its value, from its own factors: to 1e-9 of the largest number that is added up,
/// since a written formula need not be computed as the operator is.
pub fn check_derivations(graph: &Graph, what: &str) {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    let labels = Labels::of(graph);
    let derivations = Derivations::of(graph, &labels);
    let numbers = tape.values().iter().chain(tape.gradients());
    let largest = numbers.fold(1.0_f64, |most, number| most.max(number.abs()));
    for node in graph.ids().filter(|&node| graph.has_gradient(node)) {
        for form in Form::ALL {
            let equation = derivations.equation(node, form);
            let Some(found) = value(&equation, graph, &tape) else {
                let is_cut = text(&equation).contains('…');
                assert!(is_cut, "{} of\n{what}", text(&equation));
                continue;
            };
            for (found, expected) in found.data().iter().zip(tape.gradient(node)) {
                let is_close = (found - expected).abs() <= 1e-9 * largest * largest;
                let told = text(&equation);
                assert!(is_close, "{found} for {expected}: {told} of\n{what}");
            }
        }
    }
}
