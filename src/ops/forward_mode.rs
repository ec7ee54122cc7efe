//! Tests: every vector–Jacobian product of the table against derivatives that
//! dual numbers carry forward through the table's own values.

use super::dual::Dual;
use super::{Arity, Call, Operator, Shape, Slot, Upstream, table};

/// A small linear congruential generator: tests need no better.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() * bound as f64) as usize
    }

    /// Away from 0, 1 and −1, where kinks and edges are.
    fn point(&mut self, operator: &Operator) -> f64 {
        let size = 0.1 + 0.8 * self.next();
        let positive = ["power", "log", "sqrt", "bce"].contains(&operator.name);
        if positive || self.next() < 0.5 {
            size
        } else {
            -size - f64::from(self.next() < 0.3)
        }
    }
}

/// Operands' shapes and constants that fit an operator.
fn case(operator: &Operator, numbers: &mut Numbers) -> (Vec<Shape>, Vec<f64>) {
    loop {
        let operands = match operator.arity {
            Arity::Exactly(count) => count,
            Arity::AtLeast(least) => least + numbers.below(3),
        };
        let mut side = || 1 + numbers.below(3);
        let shapes: Vec<Shape> = (0..operands).map(|_| Shape::new(side(), side())).collect();
        let constants: Vec<f64> = match operator.name {
            "index" => vec![numbers.below(4) as f64, numbers.below(4) as f64],
            _ => operator
                .defaults()
                .map(|constant| constant + 0.25)
                .collect(),
        };
        if (operator.shape)(&shapes, &constants).is_ok() {
            return (shapes, constants);
        }
    }
}

fn slots(shapes: &[Shape]) -> Vec<Slot> {
    let mut offset = 0;
    let slots = shapes.iter().map(|&shape| {
        let slot = Slot { offset, shape };
        offset += shape.len();
        slot
    });
    slots.collect()
}

#[test]
fn products_are_what_dual_numbers_carry_forward() {
    for operator in table() {
        for seed in 0..40 {
            let mut numbers = Numbers(seed * 77 + 1);
            let (shapes, constants) = case(operator, &mut numbers);
            check(operator, &shapes, &constants, &mut numbers);
        }
    }
}

fn check(operator: &Operator, shapes: &[Shape], constants: &[f64], numbers: &mut Numbers) {
    let slots = slots(shapes);
    let count = shapes.iter().map(|shape| shape.len()).sum();
    let point: Vec<f64> = (0..count).map(|_| numbers.point(operator)).collect();
    let shape = (operator.shape)(shapes, constants).expect("a case that fits");
    let call = Call::new(&point, &slots, constants, shape);
    let mut output = vec![0.0; shape.len()];
    (operator.forward)(&call, &mut output);
    let gradient: Vec<f64> = output.iter().map(|_| numbers.next() - 0.5).collect();
    let upstream = Upstream {
        output: &output,
        gradient: &gradient,
    };
    for (operand, slot) in slots.iter().enumerate() {
        let mut found = vec![0.0; slot.shape.len()];
        (operator.vjp)(&call, operand, upstream, &mut found);
        for (entry, &found) in found.iter().enumerate() {
            let mut seeded: Vec<Dual> = point.iter().map(|&x| x.into()).collect();
            seeded[slot.offset + entry].derivative = 1.0;
            let call = Call::new(&seeded, &slots, constants, shape);
            let mut carried: Vec<Dual> = vec![0.0.into(); shape.len()];
            (operator.dual)(&call, &mut carried);
            let expected: f64 = carried
                .iter()
                .zip(&gradient)
                .map(|(dual, u)| dual.derivative * u)
                .sum();
            assert!(
                (found - expected).abs() <= 1e-12 * (1.0 + expected.abs()),
                "{} of {shapes:?} {constants:?}, operand {operand}, entry {entry}: {found} for {expected}",
                operator.name,
            );
            for (dual, value) in carried.iter().zip(&output) {
                let near = (dual.value - value).abs() <= 1e-15 * (1.0 + value.abs());
                assert!(near, "{}: {} for {value}", operator.name, dual.value);
            }
        }
    }
}
