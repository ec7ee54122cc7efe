//! What changes places: the sides of `@`, rows and columns of a matrix, the two
//! of a generator or an index.

use crate::notation::{BinaryOperator, ExprId, ExprKind, Span, TokenKind};

use super::operand::Operand;
use super::writer::{Side, Writer};

impl Writer<'_> {
    /// (A B)ᵀ = Bᵀ Aᵀ. Brackets that say what is multiplied first change sides.
    pub fn exchanged_product(&mut self, left: Operand, right: Operand) {
        let is_product = |operand: Operand| match operand.expr.map(|id| &self.exprs[id].kind) {
            Some(ExprKind::Binary { operator, at, .. }) => match operator {
                BinaryOperator::Mul => at.start < at.end,
                BinaryOperator::Times | BinaryOperator::Div | BinaryOperator::MatMul => true,
                BinaryOperator::Add | BinaryOperator::Sub | BinaryOperator::Pow => false,
            },
            _ => false,
        };
        let (turned, left_is_product) = (Side::Transposed, is_product(left));
        self.unbracketed(right, is_product(right), turned);
        self.source(Span::new(left.outer.end, right.outer.start));
        match left_is_product {
            true => self.bracketed(left),
            false => self.operand(left, turned),
        }
    }

    /// A piece of the text in which two operands change places, and others behind
    /// them stay.
    pub fn exchanged(
        &mut self,
        span: Span,
        first: Operand,
        second: Operand,
        others: impl IntoIterator<Item = ExprId>,
    ) {
        self.source(Span::new(span.start, first.outer.start));
        self.operand(second, Side::Transposed);
        self.source(Span::new(first.outer.end, second.outer.start));
        self.operand(first, Side::Transposed);
        self.in_place(Span::new(second.outer.end, span.end), others);
    }

    /// A matrix of entries: a row becomes a column.
    pub fn transposed_matrix(&mut self, span: Span, rows: &[Vec<ExprId>]) {
        let entries: Vec<Operand> = (rows.iter().flatten())
            .map(|&entry| self.layout.operand(entry))
            .collect();
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            return;
        };
        let columns = rows[0].len();
        let between =
            |index: usize| Span::new(entries[index].outer.end, entries[index + 1].outer.start);
        let gaps: Vec<Span> = (0..entries.len() - 1).map(between).collect();
        // What stands between entries stays where a comment is in it, or all of it
        // is between rows, or columns; else it looks as between the first ones.
        let is_line = rows.len() == 1 || columns == 1;
        let stay = is_line || gaps.iter().any(|&gap| self.layout.has_comment(gap));
        self.source(Span::new(span.start, first.outer.start));
        for place in 0..entries.len() {
            let (row, column) = (place / rows.len(), place % rows.len());
            self.operand(entries[column * columns + row], Side::Transposed);
            let ends_row = column + 1 == rows.len();
            match gaps.get(place) {
                Some(&gap) if stay => self.separator(gap, ends_row),
                Some(_) if ends_row => self.source(gaps[columns - 1]),
                Some(_) => self.source(gaps[0]),
                None => {}
            }
        }
        self.source(Span::new(last.outer.end, span.end));
    }

    /// What stands between two entries, with the sign that belongs there now.
    fn separator(&mut self, gap: Span, ends_row: bool) {
        let (kind, sign) = match ends_row {
            true => (TokenKind::Semicolon, ";"),
            false => (TokenKind::Comma, ","),
        };
        let separates = |kind| matches!(kind, TokenKind::Comma | TokenKind::Semicolon);
        match self.layout.find(gap, separates) {
            Some(token) if token.kind != kind => {
                self.source(Span::new(gap.start, token.span.start));
                self.put(sign);
                self.source(Span::new(token.span.end, gap.end));
            }
            _ => self.source(gap),
        }
    }
}
