//! Programs that the tests know to be without faults.

use chalkgrad::graph::{self, Graph};
use chalkgrad::notation::{Explain, Language};

/// The graph of a program; where there is none, the test fails with its faults.
#[track_caller]
pub fn read(program: &str) -> Graph {
    let read = graph::read(program);
    let faults = read.faults.iter();
    let told: Vec<String> = faults
        .map(|fault| fault.message(Language::En.sentences()))
        .collect();
    read.graph.unwrap_or_else(|| panic!("{told:?}\n{program}"))
}
