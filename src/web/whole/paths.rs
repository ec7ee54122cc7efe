//! The paths from the loss to a node, as TypeScript sees them.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::derivation::Derivations;
use crate::formula::{mathml, text};
use crate::paths::{self, MAX_PAGE_TERM_NUMBERS, MAX_PAGE_TERM_WORK};

use super::derivation::seen;
use crate::web::engine::Engine;
use crate::web::object::{ToJs, record};
use crate::web::stepper::Stepper;

/// How many paths there are from the loss to a node, and the first of them.
#[derive(Clone, Debug, Tsify)]
pub struct Paths {
    /// Exact to 2⁶⁴, else `over 2^64`.
    pub count: String,
    /// The first 64, in the order of the slots by which they go.
    // To tsify a path is one in a file system.
    #[tsify(type = "Path[]")]
    pub paths: Vec<Path>,
}

record!(Paths { count, paths });

/// One way from the loss to a node.
#[derive(Clone, Debug, Tsify)]
pub struct Path {
    /// The nodes from the loss on, without the one that was asked for.
    pub through: Vec<usize>,
    /// The operand slot by which each of them is left, from 0.
    pub slots: Vec<usize>,
    /// The local derivatives along it, whose product is its term, as a `<math>`
    /// element.
    pub mathml: String,
    /// The same as plain text.
    pub plain: String,
}

record!(Path {
    through,
    slots,
    mathml,
    plain
});

impl Path {
    fn of(derivations: &Derivations, path: &paths::Path) -> Self {
        let uses = path.iter();
        let product = derivations.path(path);
        Self {
            through: uses.clone().map(|of| of.node.index()).collect(),
            slots: uses.map(|of| of.slot).collect(),
            mathml: mathml(&product),
            plain: text(&product),
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// The paths from the loss to a node, by its number. Throws where there is none
    /// of this number whose gradient anybody sees.
    pub fn paths(&self, node: usize) -> Result<Ts<Paths>, JsError> {
        let graph = &self.graph;
        let node = seen(graph, node)?;
        let derivations = self.derivations();
        let paths = paths::list(graph, node);
        let view = Paths {
            count: paths::counts(graph)[node.index()].to_string(),
            paths: paths
                .iter()
                .map(|path| Path::of(&derivations, path))
                .collect(),
        };
        Ok(view.to_ts())
    }
}

#[wasm_bindgen]
impl Stepper {
    /// The gradient of a node passed along each of the paths alone that
    /// [`Engine::paths`] lists, one after the other, each row by row; fewer where
    /// all would take too long. Throws as that does.
    pub fn terms(&self, node: usize) -> Result<Vec<f64>, JsError> {
        let node = seen(&self.graph, node)?;
        let paths = paths::list(&self.graph, node);
        let most = MAX_PAGE_TERM_NUMBERS / self.graph.node(node).shape.len();
        let terms = paths::terms(self.run.tape(), &paths, MAX_PAGE_TERM_WORK).take(most);
        Ok(terms.flatten().collect())
    }
}
