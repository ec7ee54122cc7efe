//! Writes the transpose of an expression, in which every name stands for the
//! transpose of what it stood for.

use crate::notation::{BinaryOperator, Edit, ExprId, ExprKind, Exprs, Index, Parsed, Span};

use super::draws::Draws;
use super::operand::{Layout, Operand};
use super::rules::{Rule, rule};

enum Piece {
    /// What stood there before.
    Source(Span),
    /// What is put in.
    Text(&'static str),
    /// An expression that is written anew.
    Expr(ExprId, Side),
}

/// What is wanted of an expression, now that its names stand for the transposes of
/// what they stood for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The transpose of the value that it had.
    Transposed,
    /// The value that it had, of what has that without a further `'`
    /// ([`Writer::has_straight`]).
    Straight,
}

/// Writes expressions piece by piece.
pub struct Writer<'p> {
    text: &'p str,
    /// The program's expressions.
    pub exprs: &'p Exprs,
    /// How they are set out.
    pub layout: Layout<'p>,
    /// Which of them draw random numbers.
    pub draws: Draws,
    /// The one that is being written, which stands in no other.
    root: Option<ExprId>,
    /// What is still to be written, the next last.
    pending: Vec<Piece>,
}

impl<'p> Writer<'p> {
    /// A writer for the expressions of a program.
    pub fn new(text: &'p str, parsed: &'p Parsed) -> Self {
        Self {
            text,
            exprs: &parsed.program.exprs,
            layout: Layout::of(parsed),
            draws: Draws::of(&parsed.program),
            root: None,
            pending: Vec::new(),
        }
    }

    /// What puts the transpose in the place of an expression.
    pub fn edit(&mut self, root: ExprId) -> Edit {
        let mut text = String::new();
        self.root = Some(root);
        self.pending.push(Piece::Expr(root, Side::Transposed));
        while let Some(piece) = self.pending.pop() {
            match piece {
                Piece::Source(span) => text.push_str(span.of(self.text)),
                Piece::Text(piece) => text.push_str(piece),
                Piece::Expr(id, side) => {
                    let from = self.pending.len();
                    self.expand(id, side);
                    self.pending[from..].reverse();
                }
            }
        }
        let span = self.exprs[root].span;
        Edit { span, text }
    }

    /// Puts the pieces of an expression in its place.
    fn expand(&mut self, id: ExprId, side: Side) {
        let expr = &self.exprs[id];
        let mark = side == Side::Transposed && self.has_mark(id);
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Name(_) => self.source(expr.span),
            ExprKind::Negate(of) => self.in_place(expr.span, [*of]),
            ExprKind::Binary {
                operator: BinaryOperator::MatMul,
                left,
                right,
                ..
            } => {
                let [left, right] = [*left, *right].map(|side| self.layout.operand(side));
                match self.has_mark(id) {
                    true => self.product_in_order(left, right, mark),
                    false => self.exchanged_product(left, right),
                }
            }
            ExprKind::Binary { left, right, .. } => self.in_place(expr.span, [*left, *right]),
            ExprKind::Transpose(of) if self.has_mark(*of) => {
                let of = self.layout.operand(*of);
                let alone = self.root == Some(id) || self.layout.operand(id).is_bracketed();
                self.unbracketed(of, alone, Side::Straight);
                self.without_mark(of, expr.span);
            }
            ExprKind::Transpose(of) => self.in_place(expr.span, [*of]),
            ExprKind::Call {
                function,
                arguments,
            } => {
                let values = arguments.iter().map(|argument| argument.value);
                self.call(expr.span, function.span, rule(&function.text), values, side);
            }
            ExprKind::Index {
                of,
                first,
                second: None,
            } => self.in_place(expr.span, [Some(*of), at(first)].into_iter().flatten()),
            ExprKind::Index {
                of,
                first,
                second: Some(second),
            } => {
                let of = self.layout.operand(*of);
                self.source(Span::new(expr.span.start, of.outer.start));
                self.operand(of, Side::Transposed);
                let rest = Span::new(of.outer.end, expr.span.end);
                let [first, second] = [first, second].map(|index| self.index(index));
                self.exchanged(rest, first, second, []);
            }
            ExprKind::Matrix { rows } => match side {
                Side::Transposed if !mark => self.transposed_matrix(expr.span, rows),
                _ => self.in_place(expr.span, rows.iter().flatten().copied()),
            },
        }
        if mark {
            self.put("'");
        }
    }

    /// Puts the pieces of a call in its place.
    fn call(
        &mut self,
        span: Span,
        name: Span,
        rule: Rule,
        mut values: impl Iterator<Item = ExprId>,
        side: Side,
    ) {
        match rule {
            Rule::Renamed(other) => {
                self.put(other);
                self.in_place(Span::new(name.end, span.end), values);
            }
            Rule::DownColumns | Rule::DownColumnsToOne => {
                let mut done = span.start;
                for value in values {
                    let value = self.layout.operand(value);
                    self.source(Span::new(done, value.outer.start));
                    self.straight(value, true);
                    done = value.outer.end;
                }
                self.source(Span::new(done, span.end));
            }
            Rule::Sides if side == Side::Transposed => {
                if let (Some(rows), Some(columns)) = (values.next(), values.next()) {
                    let [rows, columns] = [rows, columns].map(|it| self.layout.operand(it));
                    self.exchanged(span, rows, columns, values);
                }
            }
            Rule::Sides | Rule::Stays | Rule::Symmetric | Rule::Drawn => {
                self.in_place(span, values);
            }
        }
    }

    /// A piece of the text whose operands stay where they are.
    pub fn in_place(&mut self, span: Span, operands: impl IntoIterator<Item = ExprId>) {
        let mut done = span.start;
        for operand in operands {
            let at = self.exprs[operand].span;
            self.source(Span::new(done, at.start));
            self.pending.push(Piece::Expr(operand, Side::Transposed));
            done = at.end;
        }
        self.source(Span::new(done, span.end));
    }

    /// An operand with the brackets around it.
    pub fn operand(&mut self, operand: Operand, side: Side) {
        let Operand { span, outer, .. } = operand;
        self.source(Span::new(outer.start, span.start));
        self.bare(operand, side);
        self.source(Span::new(span.end, outer.end));
    }

    /// An operand without the brackets around it.
    pub fn bare(&mut self, operand: Operand, side: Side) {
        match operand.expr {
            Some(id) => self.pending.push(Piece::Expr(id, side)),
            None => self.source(operand.span),
        }
    }

    /// An operand that needs no brackets where it stands `alone`. Those that hold
    /// several lines together, or have a comment in them, stay.
    pub fn unbracketed(&mut self, operand: Operand, alone: bool, side: Side) {
        match alone && self.layout.is_one_line(operand.outer) {
            true => self.bare(operand, side),
            false => self.operand(operand, side),
        }
    }

    /// An operand in brackets, its own if it has some.
    pub fn bracketed(&mut self, operand: Operand) {
        if operand.is_bracketed() {
            return self.operand(operand, Side::Transposed);
        }
        self.put("(");
        self.operand(operand, Side::Transposed);
        self.put(")");
    }

    fn index(&self, index: &Index) -> Operand {
        match *index {
            Index::At(id) => self.layout.operand(id),
            Index::All(span) => Operand {
                expr: None,
                span,
                outer: span,
            },
        }
    }

    /// A piece of the text as it was.
    pub fn source(&mut self, span: Span) {
        self.pending.push(Piece::Source(span));
    }

    /// A piece of text that was not there.
    pub fn put(&mut self, text: &'static str) {
        self.pending.push(Piece::Text(text));
    }
}

fn at(index: &Index) -> Option<ExprId> {
    match index {
        Index::At(id) => Some(*id),
        Index::All(_) => None,
    }
}
