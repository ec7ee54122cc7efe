//! A graph built call by call, from JavaScript.

use wasm_bindgen::prelude::*;

use crate::graph::{self, MAX_PAGE_OPERATIONS, NodeId};
use crate::matrix::{Matrix, Shape};

use crate::web::engine::Engine;
use crate::web::refused;

/// Builds a computation graph node by node. Every method that makes a node
/// returns its number.
///
/// ```js
/// const builder = new GraphBuilder();
/// const x = builder.param("x", 1, 1, [2]);
/// const square = builder.apply("power", [x, builder.constant(2)]);
/// const y = builder.apply("multiply", [builder.constant(4), square]);
/// builder.name("y", y);
/// builder.minimize(y);
/// const engine = builder.build();
/// engine.gradient("x"); // Float64Array [16]
/// ```
#[wasm_bindgen]
pub struct GraphBuilder {
    inner: graph::GraphBuilder,
}

#[wasm_bindgen]
impl GraphBuilder {
    /// A builder with nothing in it.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "it is made in JavaScript")]
    pub fn new() -> Self {
        Self {
            inner: graph::GraphBuilder::within(MAX_PAGE_OPERATIONS),
        }
    }

    /// A given matrix under a name: `values` row by row. Throws where their
    /// count is not `rows` × `columns`.
    pub fn data(
        &mut self,
        name: &str,
        rows: usize,
        columns: usize,
        values: Vec<f64>,
    ) -> Result<usize, JsError> {
        let value = matrix(rows, columns, values)?;
        index(self.inner.data(name, value))
    }

    /// A trained matrix under a name, with the values it starts from. Throws
    /// where their count is not `rows` × `columns`.
    pub fn param(
        &mut self,
        name: &str,
        rows: usize,
        columns: usize,
        values: Vec<f64>,
    ) -> Result<usize, JsError> {
        let value = matrix(rows, columns, values)?;
        index(self.inner.param(name, value))
    }

    /// A number that an expression contains.
    pub fn constant(&mut self, value: f64) -> Result<usize, JsError> {
        index(self.inner.constant(Matrix::scalar(value)))
    }

    /// The result of an operator, called by its name in the table (`add`,
    /// `tanh`, …). Throws where there is none of this name, or the operands
    /// do not fit, or a forward and a backward pass would take too long.
    pub fn apply(
        &mut self,
        operator: &str,
        operands: Vec<usize>,
        constants: Option<Vec<f64>>,
    ) -> Result<usize, JsError> {
        let nodes = operands
            .into_iter()
            .map(|operand| self.node(operand))
            .collect::<Result<Vec<_>, _>>()?;
        index(
            self.inner
                .apply(operator, &nodes, &constants.unwrap_or_default()),
        )
    }

    /// Gives a node a name.
    pub fn name(&mut self, name: &str, node: usize) -> Result<(), JsError> {
        let node = self.node(node)?;
        self.inner.name(name, node);
        Ok(())
    }

    /// Says which node is minimized; throws where it isn't 1×1.
    pub fn minimize(&mut self, node: usize) -> Result<(), JsError> {
        let node = self.node(node)?;
        self.inner.minimize(node).map_err(refused)
    }

    /// The engine of the graph; throws where nothing is minimized. The builder
    /// can be built on and built from again.
    pub fn build(&self) -> Result<Engine, JsError> {
        let graph = self.inner.clone().build().map_err(refused)?;
        Ok(Engine::of(graph))
    }

    fn node(&self, index: usize) -> Result<NodeId, JsError> {
        self.inner
            .node(index)
            .ok_or_else(|| refused(graph::BuildFault::UnknownNode))
    }
}

fn matrix(rows: usize, columns: usize, values: Vec<f64>) -> Result<Matrix, JsError> {
    let found = values.len();
    Matrix::new(Shape::new(rows, columns), values).ok_or_else(|| {
        refused(format!(
            "{rows}×{columns} needs {rows} times {columns} numbers, not {found}"
        ))
    })
}

fn index(made: Result<NodeId, graph::BuildFault>) -> Result<usize, JsError> {
    made.map(NodeId::index).map_err(refused)
}
