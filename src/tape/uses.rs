//! What is passed back through one use: an operator's operand slot, alone.

use super::{Instruction, Tape};
use crate::graph::NodeId;
use crate::matrix::Shape;
use crate::ops::{Call, Slot, Upstream};

impl Tape {
    /// What the operator that computes `output` contributes to the gradient of
    /// the operand in one slot, where its own gradient is `upstream` (numbers of
    /// the output's shape, row by row): its vector–Jacobian product, of the
    /// operand's shape, from the values of the last forward pass.
    ///
    /// # Panics
    /// Where no operator computes `output`, or it has no such slot, or `upstream`
    /// has not as many numbers as the output.
    pub fn contribution(&self, output: NodeId, slot: usize, upstream: &[f64]) -> Vec<f64> {
        let made = self.instruction(output).expect("an operator computes it");
        let operand = self.slots_of(made)[slot];
        let mut contribution = vec![0.0; operand.shape.len()];
        self.pass_back(made, slot, upstream, &mut contribution);
        contribution
    }

    /// Adds to the gradient of the operand in one slot what an operator
    /// contributes to it, whose own gradient is `upstream`.
    pub(super) fn pass_back(
        &self,
        made: &Instruction,
        slot: usize,
        upstream: &[f64],
        gradient: &mut [f64],
    ) {
        let constants = &self.constants[made.constants.clone()];
        let call = Call::new(
            &self.values,
            self.slots_of(made),
            constants,
            made.output.shape,
        );
        let upstream = Upstream {
            output: &self.values[made.output.range()],
            gradient: upstream,
        };
        (made.operator.vjp)(&call, slot, upstream, gradient);
    }

    /// Roughly how many multiply-adds such a contribution takes; nothing where
    /// no operator computes the node.
    pub fn contribution_work(&self, output: NodeId) -> u64 {
        self.instruction(output).map_or(0, |made| {
            let slots = self.slots_of(made).iter();
            let shapes: Vec<Shape> = slots.map(|slot| slot.shape).collect();
            (made.operator.work)(&shapes, made.output.shape) as u64
        })
    }

    /// The local derivative of the operator that computes a node, for one
    /// operand slot: nothing where operand or output isn't 1×1.
    pub fn local(&self, node: NodeId, slot: usize) -> Option<f64> {
        let made = self.instruction(node)?;
        let operand = self.slots_of(made).get(slot)?;
        let is_scalar = made.output.shape.is_scalar() && operand.shape.is_scalar();
        is_scalar.then(|| {
            let mut local = [0.0];
            self.pass_back(made, slot, &[1.0], &mut local);
            local[0]
        })
    }

    fn instruction(&self, node: NodeId) -> Option<&Instruction> {
        let offset = self.slot(node).offset;
        let place = self
            .instructions
            .binary_search_by_key(&offset, |made| made.output.offset);
        Some(&self.instructions[place.ok()?])
    }

    fn slots_of(&self, made: &Instruction) -> &[Slot] {
        &self.slots[made.operands.clone()]
    }
}
