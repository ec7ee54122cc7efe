//! What programs in JavaScript ask beside the page.

use wasm_bindgen::prelude::*;

use crate::web::engine::Engine;
use crate::web::stepper::Stepper;

#[wasm_bindgen]
impl Engine {
    /// Every node's value, at its `offset`.
    pub fn values(&self) -> Vec<f64> {
        self.tape.values().to_vec()
    }

    /// Every node's gradient, at its `offset`.
    pub fn gradients(&self) -> Vec<f64> {
        self.tape.gradients().to_vec()
    }

    /// The value of a named node, row by row; nothing where there is none of
    /// this name.
    pub fn value(&self, name: &str) -> Option<Vec<f64>> {
        let node = self.graph.find(name)?;
        Some(self.tape.value(node).to_vec())
    }

    /// The gradient of a named node, row by row; nothing where there is none
    /// of this name.
    pub fn gradient(&self, name: &str) -> Option<Vec<f64>> {
        let node = self.graph.find(name)?;
        Some(self.tape.gradient(node).to_vec())
    }

    /// The names of all nodes that have one, earlier bindings as `c#1`.
    pub fn names(&self) -> Vec<String> {
        let bindings = self.graph.bindings().iter();
        bindings.map(|binding| binding.key.clone()).collect()
    }
}

#[wasm_bindgen]
impl Stepper {
    /// Updates made.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> f64 {
        self.run.step() as f64
    }

    /// The furthest step reached.
    #[wasm_bindgen(getter)]
    pub fn head(&self) -> f64 {
        self.run.head() as f64
    }
}
