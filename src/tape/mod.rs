//! Graph to tape: the program that runs is data.
//!
//! A [`Tape`] is a list of instructions over one block of values and one of
//! gradients, laid out alike: operands lie before what is computed from them.
//! A forward pass goes down the list, a backward pass goes up. Neither
//! recurses, neither allocates, and a backward pass starts from zero each
//! time, so running it twice gives the same bits.

mod uses;

use std::mem;
use std::ops::ControlFlow;

use crate::graph::{Graph, NodeId, NodeKind};
use crate::matrix::Shape;
use crate::ops::{Call, Operator, Slot};

/// A compiled graph with its values and gradients.
#[derive(Clone, Debug)]
pub struct Tape {
    instructions: Vec<Instruction>,
    /// Operand slots of all instructions, one after the other.
    operands: Vec<Operand>,
    /// The same slots as the operators see them.
    slots: Vec<Slot>,
    constants: Vec<f64>,
    /// Where each node of the graph lies.
    nodes: Vec<Slot>,
    reaches_loss: Vec<bool>,
    trained: Vec<bool>,
    params: Vec<NodeId>,
    loss: Slot,
    values: Vec<f64>,
    gradients: Vec<f64>,
    operations: u64,
}

/// One operator of the graph.
#[derive(Clone, Debug)]
struct Instruction {
    operator: &'static Operator,
    operands: std::ops::Range<usize>,
    constants: std::ops::Range<usize>,
    output: Slot,
    /// Whether the backward pass goes through it: where the loss doesn't depend
    /// on it a gradient is 0, and nothing is multiplied to find that out (0 × ∞
    /// would be NaN); where no operand's gradient is wanted nothing is to be done.
    goes_back: bool,
}

/// What the backward pass does for one operand.
#[derive(Clone, Copy, Debug)]
struct Operand {
    slot: Slot,
    /// Numbers written in an expression have no gradient that anyone sees.
    wanted: bool,
}

/// A value or a gradient that is not finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotFinite {
    /// The node it belongs to.
    pub node: NodeId,
    /// Whether it is the node's gradient, not its value.
    pub in_gradient: bool,
    /// NaN, ∞ or −∞.
    pub value: f64,
    /// The node whose operator made it: the node itself, or for a gradient one
    /// that is computed from it. Nothing where the value was given, or set by
    /// an update.
    pub made_by: Option<NodeId>,
}

impl Tape {
    /// Compiles a graph; values of data and parameters are in place, nothing
    /// has been computed.
    pub fn compile(graph: &Graph) -> Self {
        let nodes = place(graph);
        let numbers = nodes.last().map_or(0, |slot| slot.range().end);
        let mut tape = Self {
            instructions: Vec::new(),
            operands: Vec::new(),
            slots: Vec::new(),
            constants: Vec::new(),
            params: graph.params().collect(),
            loss: nodes[graph.loss().index()],
            values: vec![0.0; numbers],
            gradients: vec![0.0; numbers],
            operations: 0,
            nodes,
            reaches_loss: graph.reaches_loss(),
            trained: graph.trained(),
        };
        for id in graph.ids() {
            let output = tape.nodes[id.index()];
            let node = graph.node(id);
            if let Some(value) = node.given() {
                tape.values[output.range()].copy_from_slice(value.data());
            }
            let NodeKind::Computed(made) = &node.kind else {
                continue;
            };
            let (first_operand, first_constant) = (tape.slots.len(), tape.constants.len());
            for &operand in &made.operands {
                let slot = tape.nodes[operand.index()];
                tape.slots.push(slot);
                tape.operands.push(Operand {
                    slot,
                    wanted: graph.has_gradient(operand),
                });
            }
            tape.constants.extend_from_slice(&made.constants);
            tape.instructions.push(Instruction {
                operator: made.operator,
                operands: first_operand..tape.slots.len(),
                constants: first_constant..tape.constants.len(),
                output,
                goes_back: tape.reaches_loss[id.index()]
                    && tape.operands[first_operand..]
                        .iter()
                        .any(|operand| operand.wanted),
            });
        }
        tape.operations = tape.count_operations();
        tape
    }

    /// Computes every value from the data and the parameters.
    pub fn forward(&mut self) {
        for instruction in &self.instructions {
            let (before, from) = self.values.split_at_mut(instruction.output.offset);
            let call = Call::new(
                before,
                &self.slots[instruction.operands.clone()],
                &self.constants[instruction.constants.clone()],
                instruction.output.shape,
            );
            let output = &mut from[..instruction.output.shape.len()];
            (instruction.operator.forward)(&call, output);
        }
    }

    /// Computes every gradient (adjoint) of the loss, from the values of the
    /// last forward pass. A node on which the loss does not depend has 0.
    pub fn backward(&mut self) {
        let mut gradients = mem::take(&mut self.gradients);
        self.propagate(&mut gradients, usize::MAX, |_, _, _| {
            ControlFlow::Continue(())
        });
        self.gradients = gradients;
    }

    /// What the gradients are in the midst of a backward pass, from the values
    /// of the last forward pass: after the loss's own and so many operators,
    /// counted from the last one that goes back to a gradient which anybody sees.
    /// A node that several operators use has the sum of the contributions so
    /// far. Laid out as [`gradients`](Self::gradients); after all operators they
    /// are those.
    pub fn gradients_after(&self, operators: usize) -> Vec<f64> {
        let mut gradients = vec![0.0; self.gradients.len()];
        self.propagate(&mut gradients, operators, |_, _, _| {
            ControlFlow::Continue(())
        });
        gradients
    }

    /// The backward pass through the first so many operators, into these
    /// gradients. After each contribution `contributed` is shown where the
    /// operator's output lies, the operand and the operand's gradient so far,
    /// and may end the pass.
    fn propagate(
        &self,
        gradients: &mut [f64],
        operators: usize,
        mut contributed: impl FnMut(Slot, Slot, &[f64]) -> ControlFlow<()>,
    ) {
        gradients.fill(0.0);
        gradients[self.loss.offset] = 1.0;
        let instructions = self.instructions.iter().rev();
        let passed = instructions.filter(|instruction| instruction.goes_back);
        for instruction in passed.take(operators) {
            let (before, from) = gradients.split_at_mut(instruction.output.offset);
            let upstream = &from[..instruction.output.shape.len()];
            let operands = &self.operands[instruction.operands.clone()];
            for (index, operand) in operands.iter().enumerate() {
                if operand.wanted {
                    let into = &mut before[operand.slot.range()];
                    self.pass_back(instruction, index, upstream, into);
                    if contributed(instruction.output, operand.slot, into).is_break() {
                        return;
                    }
                }
            }
        }
    }

    /// Shows each parameter's numbers, to be changed, with their gradients and the place
    /// of the first of them among [all parameters' numbers](Self::read_params).
    pub fn update_params(&mut self, mut update: impl FnMut(usize, &mut [f64], &[f64])) {
        let mut first = 0;
        for param in &self.params {
            let range = self.nodes[param.index()].range();
            let count = range.len();
            update(
                first,
                &mut self.values[range.clone()],
                &self.gradients[range],
            );
            first += count;
        }
    }

    /// The loss of the last forward pass.
    pub fn loss(&self) -> f64 {
        self.values[self.loss.offset]
    }

    /// A node's value, row by row.
    pub fn value(&self, node: NodeId) -> &[f64] {
        &self.values[self.slot(node).range()]
    }

    /// A node's gradient, row by row.
    pub fn gradient(&self, node: NodeId) -> &[f64] {
        &self.gradients[self.slot(node).range()]
    }

    /// All values; a node's lie at its [`slot`](Self::slot).
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// All gradients, laid out as the values are.
    pub fn gradients(&self) -> &[f64] {
        &self.gradients
    }

    /// Where a node lies.
    pub fn slot(&self, node: NodeId) -> Slot {
        self.nodes[node.index()]
    }

    /// The parameters, in the graph's order.
    pub fn params(&self) -> &[NodeId] {
        &self.params
    }

    /// How many numbers all parameters have.
    pub fn params_len(&self) -> usize {
        let lengths = self.params.iter().map(|&id| self.slot(id).shape.len());
        lengths.sum()
    }

    /// The parameters' numbers, one parameter after the other.
    pub fn read_params(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.params.iter().flat_map(|&id| self.value(id)).copied()
    }

    /// Sets all parameters from numbers in that order.
    ///
    /// # Panics
    /// Where there are fewer than [`params_len`](Self::params_len).
    pub fn write_params(&mut self, numbers: &[f64]) {
        let mut rest = numbers;
        for param in &self.params {
            let range = self.nodes[param.index()].range();
            let (head, tail) = rest.split_at(range.len());
            self.values[range].copy_from_slice(head);
            rest = tail;
        }
    }

    /// Roughly how many multiply-adds a forward and a backward pass take.
    pub fn operations(&self) -> u64 {
        self.operations
    }

    /// Where the last passes first came to something that is not finite and
    /// matters to training: a value on which the loss depends, in the order of
    /// the forward pass; else, where a parameter's gradient is not finite, the
    /// gradient from which that comes, in the order of the backward pass.
    pub fn not_finite(&self) -> Option<NotFinite> {
        let found = self.value_not_finite();
        let mut params = self.params.iter();
        if found.is_some() || params.all(|&param| bad(self.gradient(param)).is_none()) {
            return found;
        }
        self.gradient_not_finite(|node| self.trained[node.index()])
    }

    /// The same of every node's value on which the loss depends, then of every
    /// node's gradient.
    pub fn not_finite_anywhere(&self) -> Option<NotFinite> {
        let found = self.value_not_finite();
        if found.is_some() || bad(&self.gradients).is_none() {
            return found;
        }
        self.gradient_not_finite(|_| true)
    }

    fn value_not_finite(&self) -> Option<NotFinite> {
        bad(&self.values)?;
        let live = (0..self.nodes.len()).filter(|&index| self.reaches_loss[index]);
        let mut nodes = live.map(NodeId::at);
        nodes.find_map(|node| {
            let value = bad(self.value(node))?;
            let slot = self.slot(node);
            let computed = self.instructions.iter().any(|made| made.output == slot);
            Some(NotFinite {
                node,
                in_gradient: false,
                value,
                made_by: computed.then_some(node),
            })
        })
    }

    /// The first gradient of these nodes that is not finite, from a second
    /// backward pass that looks at every contribution.
    fn gradient_not_finite(&self, of: impl Fn(NodeId) -> bool) -> Option<NotFinite> {
        let mut found = None;
        let mut gradients = vec![0.0; self.gradients.len()];
        self.propagate(&mut gradients, usize::MAX, |output, operand, gradient| {
            let Some(value) = bad(gradient) else {
                return ControlFlow::Continue(());
            };
            let node = self.node_at(operand);
            if !of(node) {
                return ControlFlow::Continue(());
            }
            found = Some(NotFinite {
                node,
                in_gradient: true,
                value,
                made_by: Some(self.node_at(output)),
            });
            ControlFlow::Break(())
        });
        found
    }

    /// The node that lies there.
    fn node_at(&self, slot: Slot) -> NodeId {
        NodeId::at(
            self.nodes
                .partition_point(|other| other.offset < slot.offset),
        )
    }

    fn count_operations(&self) -> u64 {
        let passes = self.instructions.iter().map(|instruction| {
            let slots = &self.slots[instruction.operands.clone()];
            let shapes: Vec<Shape> = slots.iter().map(|slot| slot.shape).collect();
            instruction
                .operator
                .passes(&shapes, instruction.output.shape)
        });
        passes.fold(self.params_len() as u64, u64::saturating_add)
    }
}

/// The first of these numbers that is not finite.
fn bad(numbers: &[f64]) -> Option<f64> {
    numbers.iter().copied().find(|value| !value.is_finite())
}

/// Lays the nodes out one after the other.
fn place(graph: &Graph) -> Vec<Slot> {
    let mut offset = 0;
    let slots = graph.nodes().iter().map(|node| {
        let shape = node.shape;
        let slot = Slot { offset, shape };
        offset += shape.len();
        slot
    });
    slots.collect()
}
