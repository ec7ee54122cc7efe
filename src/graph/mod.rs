//! Program to graph: data nodes and the operators between them.
//!
//! A [`Graph`] is made by the [`GraphBuilder`] alone, which checks every
//! shape; a graph that exists is valid. It is never changed: an edit makes a
//! new one.

mod builder;
mod call;
mod elaborate;
mod entries;
mod expression;
mod fault;
mod inlined;
mod read;
mod scope;
mod write;

use std::iter;

use crate::matrix::{Matrix, Shape};
use crate::notation::Span;
use crate::ops::Operator;

pub use builder::{
    BuildFault, GraphBuilder, MAX_ENTRIES, MAX_NUMBERS, MAX_OPERATORS, MAX_PAGE_OPERATIONS,
};
pub use elaborate::elaborate;
pub use fault::{ElaborationFault, ElaborationFaultKind};
pub use inlined::Inlined;
pub use read::{Fault, Read, read, read_within};
pub use write::{Unwritable, write};

/// Names a node of one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The node's place in [`Graph::nodes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The node at a place of [`Graph::nodes`].
    pub(crate) fn at(index: usize) -> Self {
        Self(u32::try_from(index).expect("a graph has at most 2^32 nodes"))
    }
}

/// A computation graph, its nodes in an order in which operands come first.
#[derive(Clone, Debug)]
pub struct Graph {
    nodes: Vec<Node>,
    bindings: Vec<Binding>,
    /// For each node the first binding that names it.
    first_binding: Vec<Option<usize>>,
    calls: Vec<Inlined>,
    /// For each node the innermost call that computed it.
    call_of: Vec<Option<usize>>,
    loss: NodeId,
}

/// A data node, with the operator that makes its value.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where its value comes from.
    pub kind: NodeKind,
    /// Rows and columns of its value.
    pub shape: Shape,
    /// Where the text made it, if a text did.
    pub span: Option<Span>,
}

/// Where a node's value comes from.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// Written as a number in an expression.
    Constant(Matrix),
    /// Given: `data`.
    Data(Matrix),
    /// Trained: `param`, with the value it starts from.
    Param(Matrix),
    /// Computed by an operator.
    Computed(Application),
}

/// An operator with its operands.
#[derive(Clone, Debug)]
pub struct Application {
    /// The row of the table.
    pub operator: &'static Operator,
    /// One node for each operand slot; a node may fill several.
    pub operands: Box<[NodeId]>,
    /// The operator's constants.
    pub constants: Box<[f64]>,
}

/// A name that was given to a node. A name may be bound again: the earlier
/// binding stays, under the key `name#1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name as written.
    pub name: String,
    /// `name` for the last binding of a name, `name#1`, `name#2`, … for the
    /// earlier ones in order.
    pub key: String,
    /// What it names.
    pub node: NodeId,
}

impl Graph {
    /// The nodes, operands before what is computed from them.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// One node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// All nodes' names for indexing, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + Clone + use<> {
        (0..self.nodes.len()).map(NodeId::at)
    }

    /// The 1×1 node that is minimized.
    pub fn loss(&self) -> NodeId {
        self.loss
    }

    /// Every name that was given, in order.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// The node of this key (`x`, or `c#1` for an earlier binding).
    pub fn find(&self, key: &str) -> Option<NodeId> {
        let binding = self.bindings.iter().find(|binding| binding.key == key)?;
        Some(binding.node)
    }

    /// The first name given to a node.
    pub fn binding_of(&self, id: NodeId) -> Option<&Binding> {
        Some(&self.bindings[self.first_binding[id.index()]?])
    }

    /// The calls of the program's own functions that made an operator, a call
    /// before the ones within it.
    pub fn calls(&self) -> &[Inlined] {
        &self.calls
    }

    /// The innermost call that computed a node, by its place in
    /// [`calls`](Self::calls); nothing for what no function made.
    pub fn call_of(&self, id: NodeId) -> Option<usize> {
        self.call_of[id.index()]
    }

    /// The calls in whose bodies a node's operator was made, from the innermost
    /// outwards.
    pub fn calls_around(&self, id: NodeId) -> impl Iterator<Item = usize> + '_ {
        iter::successors(self.call_of(id), |&call| self.calls[call].parent)
    }

    /// What a node is computed from, slot by slot; nothing where it is given.
    pub fn operands(&self, id: NodeId) -> &[NodeId] {
        let made = self.node(id).application();
        made.map_or(&[], |made| &made.operands)
    }

    /// For every node whether it is a parameter or computed from one.
    pub fn trained(&self) -> Vec<bool> {
        let mut trained: Vec<bool> = Vec::new();
        for id in self.ids() {
            let is_param = matches!(self.node(id).kind, NodeKind::Param(_));
            let mut operands = self.operands(id).iter();
            trained.push(is_param || operands.any(|operand| trained[operand.index()]));
        }
        trained
    }

    /// The nodes that are trained, in order.
    pub fn params(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.ids()
            .filter(|&id| matches!(self.node(id).kind, NodeKind::Param(_)))
    }

    /// Whether anybody sees a node's gradient: that of a number which was
    /// written in an expression and has no name is not computed.
    pub fn has_gradient(&self, id: NodeId) -> bool {
        !matches!(self.node(id).kind, NodeKind::Constant(_)) || self.binding_of(id).is_some()
    }

    /// For every node whether the loss depends on it.
    pub fn reaches_loss(&self) -> Vec<bool> {
        let mut reaches = vec![false; self.nodes.len()];
        reaches[self.loss.index()] = true;
        for id in self.ids().rev() {
            if let (true, NodeKind::Computed(made)) = (reaches[id.index()], &self.node(id).kind) {
                for operand in &made.operands {
                    reaches[operand.index()] = true;
                }
            }
        }
        reaches
    }
}

impl Node {
    /// The application that computes this node, if one does.
    pub fn application(&self) -> Option<&Application> {
        match &self.kind {
            NodeKind::Computed(application) => Some(application),
            _ => None,
        }
    }

    /// The value it is given, if it isn't computed.
    pub fn given(&self) -> Option<&Matrix> {
        match &self.kind {
            NodeKind::Constant(value) | NodeKind::Data(value) | NodeKind::Param(value) => {
                Some(value)
            }
            NodeKind::Computed(_) => None,
        }
    }
}

/// Whether a node is a number that was written in an expression: it is drawn
/// within its operator.
pub fn is_hidden(graph: &Graph, id: NodeId) -> bool {
    let node = graph.node(id);
    matches!(node.kind, NodeKind::Constant(_))
        && node.shape.is_scalar()
        && graph.binding_of(id).is_none()
}
