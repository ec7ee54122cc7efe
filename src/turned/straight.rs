//! Where the value that an expression had is needed again, not its transpose: by
//! what works down each column, and by products that have to keep their order.

use crate::notation::{BinaryOperator, ExprId, ExprKind, Span, TokenKind};

use super::operand::Operand;
use super::rules::{Rule, rule};
use super::writer::{Side, Writer};

impl Writer<'_> {
    /// Whether an expression has its transpose only as its value and a `'` behind
    /// that, which another `'` takes away again.
    pub fn has_mark(&self, id: ExprId) -> bool {
        match &self.exprs[id].kind {
            // Both would draw from one stream of random numbers, in this order.
            ExprKind::Binary {
                operator: BinaryOperator::MatMul,
                left,
                right,
                ..
            } => self.draws_of(*left) > 0 && self.draws_of(*right) > 0,
            ExprKind::Call {
                function,
                arguments,
            } => match rule(&function.text) {
                Rule::DownColumns => true,
                Rule::Drawn => {
                    let is_one = |id: ExprId| matches!(self.exprs[id].kind, ExprKind::Number(1.0));
                    !arguments.iter().take(2).all(|side| is_one(side.value))
                }
                _ => false,
            },
            ExprKind::Matrix { rows } => {
                let is_line = rows.len() == 1 || rows[0].len() == 1;
                !is_line && self.draws_of(id) > 1
            }
            _ => false,
        }
    }

    /// Whether an expression has its value without a further `'`.
    pub fn has_straight(&self, id: ExprId) -> bool {
        let by_rule = |name: &str| match rule(name) {
            Rule::DownColumns | Rule::DownColumnsToOne => true,
            Rule::Sides | Rule::Symmetric | Rule::Drawn => true,
            Rule::Stays | Rule::Renamed(_) => false,
        };
        match &self.exprs[id].kind {
            ExprKind::Number(_) | ExprKind::Matrix { .. } => true,
            ExprKind::Call { function, .. } => by_rule(&function.text),
            _ => self.has_mark(id),
        }
    }

    fn draws_of(&self, id: ExprId) -> u32 {
        self.draws.within(self.exprs, id)
    }

    /// The value that an operand had: with a `'`, or without the one that it has.
    /// Where it stands `alone` between commas, it needs no brackets.
    pub fn straight(&mut self, operand: Operand, alone: bool) {
        let Some(id) = operand.expr else { return };
        match self.exprs[id].kind {
            ExprKind::Transpose(inner) => {
                let of = self.layout.operand(inner);
                self.source(Span::new(operand.outer.start, of.outer.start));
                if self.has_straight(inner) && !self.has_mark(inner) {
                    self.operand(of, Side::Straight);
                    self.source(Span::new(of.outer.end, operand.span.end));
                } else {
                    let alone = alone || self.has_mark(inner);
                    self.unbracketed(of, alone, Side::Transposed);
                    self.without_mark(of, operand.span);
                }
                self.source(Span::new(operand.span.end, operand.outer.end));
            }
            _ if self.has_straight(id) => self.operand(operand, Side::Straight),
            ExprKind::Name(_) | ExprKind::Call { .. } | ExprKind::Index { .. } => {
                self.operand(operand, Side::Transposed);
                self.put("'");
            }
            _ => {
                self.bracketed(operand);
                self.put("'");
            }
        }
    }

    /// A product of the values that its sides had, in `bracketed` form where a `'`
    /// follows.
    pub fn product_in_order(&mut self, left: Operand, right: Operand, bracketed: bool) {
        if bracketed {
            self.put("(");
        }
        self.straight(left, false);
        self.source(Span::new(left.outer.end, right.outer.start));
        self.straight(right, false);
        if bracketed {
            self.put(")");
        }
    }

    /// What stands behind an operand but for the `'`.
    pub fn without_mark(&mut self, of: Operand, span: Span) {
        let behind = Span::new(of.outer.end, span.end);
        if let Some(mark) = self.layout.find(behind, |kind| kind == TokenKind::Prime) {
            self.source(Span::new(behind.start, mark.span.start));
        }
    }
}
