//! The one way to make a graph. It checks every shape and every bound.

use std::fmt;

use crate::matrix::{Matrix, Shape};
use crate::notation::{Names, Span};
use crate::ops::{self, Operator, ShapeFault};

use super::inlined::Calls;
use super::{Application, Binding, Graph, Node, NodeId, NodeKind};

/// Most operators in a graph.
pub const MAX_OPERATORS: usize = 20_000;
/// Most numbers in one matrix.
pub const MAX_ENTRIES: usize = 1_000_000;
/// Most numbers in a graph: values and gradients take 256 MiB.
pub const MAX_NUMBERS: usize = 256 * 1024 * 1024 / 16;

/// Most multiply-adds of a page's program: one forward and backward pass, and
/// what is worked out before. On the command line there is no such bound.
pub const MAX_PAGE_OPERATIONS: u64 = 100_000_000;

/// Builds a [`Graph`] node by node.
///
/// ```
/// use chalkgrad::graph::GraphBuilder;
/// use chalkgrad::matrix::Matrix;
///
/// let mut builder = GraphBuilder::new();
/// let x = builder.param("x", Matrix::scalar(2.0))?;
/// let two = builder.constant(Matrix::scalar(2.0))?;
/// let square = builder.apply("power", &[x, two], &[])?;
/// builder.name("y", square);
/// builder.minimize(square)?;
/// let graph = builder.build()?;
/// assert_eq!(graph.find("y"), Some(square));
/// # Ok::<(), chalkgrad::graph::BuildFault>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct GraphBuilder {
    nodes: Vec<Node>,
    names: Vec<(String, NodeId)>,
    loss: Option<NodeId>,
    calls: Calls,
    call_of: Vec<Option<usize>>,
    operators: usize,
    numbers: usize,
    /// Multiply-adds so far, and the most of them.
    operations: u64,
    most_operations: Option<u64>,
    span: Option<Span>,
}

/// Why a graph can't be built.
#[derive(Clone, Debug, PartialEq)]
pub enum BuildFault {
    /// No operator has this name.
    UnknownOperator(String),
    /// The operator takes another number of operands.
    Operands {
        /// The operator's name.
        operator: &'static str,
        /// How many it takes.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// The operator has fewer constants.
    Constants {
        /// The operator's name.
        operator: &'static str,
        /// How many it has.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// A node of another builder.
    UnknownNode,
    /// The operands' shapes don't go together.
    Shape {
        /// The operator.
        operator: &'static Operator,
        /// What does not fit.
        fault: ShapeFault,
    },
    /// Only a 1×1 node can be minimized.
    LossNotScalar(Shape),
    /// Nothing was said to be minimized.
    NoLoss,
    /// One matrix is larger than [`MAX_ENTRIES`].
    MatrixTooLarge(Shape),
    /// All matrices together are larger than [`MAX_NUMBERS`].
    GraphTooLarge,
    /// More than [`MAX_OPERATORS`].
    TooManyOperators,
    /// More multiply-adds than were allowed.
    TooManyOperations {
        /// What brings them over.
        operator: &'static str,
        /// Shape of what it makes.
        shape: Shape,
        /// How many there are with it.
        operations: u64,
        /// How many there may be.
        most: u64,
    },
}

impl fmt::Display for BuildFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOperator(name) => write!(out, "no operator is called “{name}”"),
            Self::Operands {
                operator,
                expected,
                found,
            } => {
                write!(out, "“{operator}” takes {expected} operands, not {found}")
            }
            Self::Constants {
                operator,
                expected,
                found,
            } => {
                write!(out, "“{operator}” has {expected} constants, not {found}")
            }
            Self::UnknownNode => write!(out, "that node is not of this graph"),
            Self::Shape { operator, fault } => {
                let name = operator.name;
                match fault.shapes() {
                    Some((one, other)) => write!(out, "“{name}” can't join {one} and {other}"),
                    None => write!(out, "“{name}” reaches beyond the matrix"),
                }
            }
            Self::LossNotScalar(shape) => {
                write!(
                    out,
                    "only a 1×1 value can be minimized, this one is {shape}"
                )
            }
            Self::NoLoss => write!(out, "nothing is minimized"),
            Self::MatrixTooLarge(shape) => {
                write!(
                    out,
                    "a matrix of {shape} has more than {MAX_ENTRIES} numbers"
                )
            }
            Self::GraphTooLarge => write!(out, "all matrices together need more than 256 MiB"),
            Self::TooManyOperators => {
                write!(out, "the graph has more than {MAX_OPERATORS} operators")
            }
            Self::TooManyOperations {
                operator,
                shape,
                operations,
                most,
            } => {
                write!(
                    out,
                    "with “{operator}” to {shape} there are {operations} multiply-adds, more than {most}"
                )
            }
        }
    }
}

impl std::error::Error for BuildFault {}

impl GraphBuilder {
    /// A builder with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// A builder of a graph whose forward and backward pass take at most so
    /// many multiply-adds.
    pub fn within(operations: u64) -> Self {
        Self {
            most_operations: Some(operations),
            ..Self::default()
        }
    }

    /// Nodes made from now on come from this place of a text.
    pub fn at(&mut self, span: Span) {
        self.span = Some(span);
    }

    /// Operators made from now on are of a call of this function, until it is
    /// [left](Self::leave); a call entered before that stands in its body. The call's
    /// value is the last node that is computed in it.
    pub fn enter(&mut self, name: &str, span: Option<Span>) {
        self.calls.enter(name, span);
    }

    /// The call that was entered last is over.
    pub fn leave(&mut self) {
        self.calls.leave();
    }

    /// A given value under a name.
    pub fn data(&mut self, name: &str, value: Matrix) -> Result<NodeId, BuildFault> {
        self.declare(name, value, NodeKind::Data)
    }

    /// A trained value under a name, with what it starts from.
    pub fn param(&mut self, name: &str, value: Matrix) -> Result<NodeId, BuildFault> {
        self.declare(name, value, NodeKind::Param)
    }

    /// A number, or a matrix of numbers, that an expression contains.
    pub fn constant(&mut self, value: Matrix) -> Result<NodeId, BuildFault> {
        let shape = value.shape();
        self.push(NodeKind::Constant(value), shape)
    }

    /// The result of the operator of this name. Constants that are left out
    /// take their defaults.
    pub fn apply(
        &mut self,
        operator: &str,
        operands: &[NodeId],
        constants: &[f64],
    ) -> Result<NodeId, BuildFault> {
        let operator =
            ops::named(operator).ok_or_else(|| BuildFault::UnknownOperator(operator.into()))?;
        self.compute(operator, operands, constants)
    }

    /// [`apply`](Self::apply) with the operator's row at hand.
    pub fn compute(
        &mut self,
        operator: &'static Operator,
        operands: &[NodeId],
        constants: &[f64],
    ) -> Result<NodeId, BuildFault> {
        if !operator.arity.takes(operands.len()) {
            return Err(BuildFault::Operands {
                operator: operator.name,
                expected: operator.arity.least(),
                found: operands.len(),
            });
        }
        if constants.len() > operator.constants.len() {
            return Err(BuildFault::Constants {
                operator: operator.name,
                expected: operator.constants.len(),
                found: constants.len(),
            });
        }
        if self.operators == MAX_OPERATORS {
            return Err(BuildFault::TooManyOperators);
        }
        let shapes = operands
            .iter()
            .map(|&id| self.shape(id).ok_or(BuildFault::UnknownNode))
            .collect::<Result<Vec<_>, _>>()?;
        let defaults = operator.defaults().skip(constants.len());
        let constants: Box<[f64]> = constants.iter().copied().chain(defaults).collect();
        let shape = (operator.shape)(&shapes, &constants)
            .map_err(|fault| BuildFault::Shape { operator, fault })?;
        self.spend(operator.name, shape, operator.passes(&shapes, shape))?;
        let made = Application {
            operator,
            operands: operands.into(),
            constants,
        };
        let id = self.push(NodeKind::Computed(made), shape)?;
        self.call_of[id.index()] = self.calls.made(id);
        self.operators += 1;
        Ok(id)
    }

    /// Counts the multiply-adds of something that makes a matrix of this shape.
    pub(super) fn spend(
        &mut self,
        operator: &'static str,
        shape: Shape,
        operations: u64,
    ) -> Result<(), BuildFault> {
        let operations = self.operations.saturating_add(operations);
        match self.most_operations {
            Some(most) if operations > most => Err(BuildFault::TooManyOperations {
                operator,
                shape,
                operations,
                most,
            }),
            _ => {
                self.operations = operations;
                Ok(())
            }
        }
    }

    /// Gives a node a name. An earlier node of the same name keeps its own
    /// binding.
    ///
    /// # Panics
    /// Where the node is not of this builder.
    pub fn name(&mut self, name: &str, node: NodeId) {
        assert!(node.index() < self.nodes.len(), "a node of this builder");
        self.names.push((name.into(), node));
    }

    /// Says what is minimized.
    pub fn minimize(&mut self, node: NodeId) -> Result<(), BuildFault> {
        let shape = self.shape(node).ok_or(BuildFault::UnknownNode)?;
        if !shape.is_scalar() {
            return Err(BuildFault::LossNotScalar(shape));
        }
        self.loss = Some(node);
        Ok(())
    }

    /// The node that was made as the `index`th, from 0.
    pub fn node(&self, index: usize) -> Option<NodeId> {
        (index < self.nodes.len()).then(|| NodeId::at(index))
    }

    /// A node that was made before.
    pub(super) fn made(&self, node: NodeId) -> &Node {
        &self.nodes[node.index()]
    }

    /// The shape of a node of this builder.
    pub fn shape(&self, node: NodeId) -> Option<Shape> {
        Some(self.nodes.get(node.index())?.shape)
    }

    /// The graph, where something is minimized.
    pub fn build(self) -> Result<Graph, BuildFault> {
        let loss = self.loss.ok_or(BuildFault::NoLoss)?;
        let bindings = bindings(self.names);
        let mut first_binding = vec![None; self.nodes.len()];
        for (index, binding) in bindings.iter().enumerate().rev() {
            first_binding[binding.node.index()] = Some(index);
        }
        Ok(Graph {
            nodes: self.nodes,
            bindings,
            first_binding,
            calls: self.calls.finish(),
            call_of: self.call_of,
            loss,
        })
    }

    fn declare(
        &mut self,
        name: &str,
        value: Matrix,
        kind: fn(Matrix) -> NodeKind,
    ) -> Result<NodeId, BuildFault> {
        let shape = value.shape();
        let id = self.push(kind(value), shape)?;
        self.name(name, id);
        Ok(id)
    }

    fn push(&mut self, kind: NodeKind, shape: Shape) -> Result<NodeId, BuildFault> {
        let entries = shape.rows.saturating_mul(shape.columns);
        if entries > MAX_ENTRIES {
            return Err(BuildFault::MatrixTooLarge(shape));
        }
        if self.numbers + entries > MAX_NUMBERS {
            return Err(BuildFault::GraphTooLarge);
        }
        self.numbers += entries;
        let span = self.span;
        self.nodes.push(Node { kind, shape, span });
        self.call_of.push(None);
        Ok(NodeId::at(self.nodes.len() - 1))
    }
}

/// Numbers the earlier bindings of each name from 1; the last has the plain
/// name as its key.
fn bindings(names: Vec<(String, NodeId)>) -> Vec<Binding> {
    // How many bindings of each name there are, and how many were passed.
    let mut counts: Names<(usize, usize)> = Names::default();
    for (name, _) in &names {
        counts.get_or_insert(name, (0, 0)).0 += 1;
    }
    let keys: Vec<String> = names
        .iter()
        .map(|(name, _)| {
            let (all, passed) = counts.get_or_insert(name, (0, 0));
            *passed += 1;
            if passed == all {
                name.clone()
            } else {
                format!("{name}#{passed}")
            }
        })
        .collect();
    names
        .into_iter()
        .zip(keys)
        .map(|((name, node), key)| Binding { name, key, node })
        .collect()
}
