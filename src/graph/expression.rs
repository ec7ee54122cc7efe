//! The value of an expression: numbers where all of it is known before the
//! graph runs, else a node.

use std::rc::Rc;

use crate::datasets::generator;
use crate::matrix::{Matrix, Shape};
use crate::notation::{Argument, BinaryOperator, Expr, ExprId, ExprKind, Index, Name, Span};
use crate::ops::{self, Arity, Operator, Written};

use super::NodeId;
use super::builder::{BuildFault, MAX_ENTRIES};
use super::elaborate::Elaborator;
use super::fault::ElaborationFaultKind as Kind;
use super::scope::{Function, Meaning, Value, built_in_number, is_function};

/// Where an expression stands: which names it sees, and whether it must be
/// known before the graph runs.
#[derive(Clone, Copy)]
pub struct Site<'f> {
    pub(super) call: Option<(&'f Function, &'f [Value])>,
    pub(super) known_only: bool,
}

impl Site<'_> {
    /// On the right of `name =`.
    pub const LINE: Self = Self {
        call: None,
        known_only: false,
    };
    /// On the right of `data name =` or `param name =`.
    pub const DECLARATION: Self = Self {
        call: None,
        known_only: true,
    };
}

impl<'a> Elaborator<'a> {
    /// The value of an expression.
    pub(super) fn expression(&mut self, root: ExprId, site: Site<'_>) -> Value {
        let exprs = self.exprs;
        let first = exprs[root].first;
        let known_only = self.constant_parts(root);
        let mut values: Vec<Value> = Vec::with_capacity(root.index() - first.index() + 1);
        for (id, expr) in exprs.subtree(root) {
            if !self.visit(expr.span) {
                return Value::Faulty;
            }
            let at = id.index() - first.index();
            let site = Site {
                known_only: site.known_only || known_only.as_ref().is_some_and(|known| known[at]),
                ..site
            };
            let value = self.piece(expr, site, |of| values[of.index() - first.index()].clone());
            values.push(value);
        }
        values.pop().unwrap_or(Value::Faulty)
    }

    /// For each piece of an expression whether it is an index or an operator's
    /// constant, which must be known before the graph runs.
    fn constant_parts(&self, root: ExprId) -> Option<Vec<bool>> {
        let first = self.exprs[root].first.index();
        let mut parts = None;
        let mut add = |of: ExprId| {
            let parts = parts.get_or_insert_with(|| vec![false; root.index() - first + 1]);
            for (part, _) in self.exprs.subtree(of) {
                parts[part.index() - first] = true;
            }
        };
        for (_, expr) in self.exprs.subtree(root) {
            match &expr.kind {
                ExprKind::Index { first, second, .. } => {
                    for index in [Some(first), second.as_ref()].into_iter().flatten() {
                        if let Index::At(at) = index {
                            add(*at);
                        }
                    }
                }
                ExprKind::Call {
                    function,
                    arguments,
                } => {
                    let Some(operator) = ops::function(&function.text) else {
                        continue;
                    };
                    let Arity::Exactly(operands) = operator.arity else {
                        continue;
                    };
                    // Told elsewhere: a name stands where an operand belongs.
                    if arguments.iter().take(operands).any(|it| it.name.is_some()) {
                        continue;
                    }
                    let constants = arguments.iter().skip(operands);
                    for argument in constants.take(operator.constants.len()) {
                        add(argument.value);
                    }
                }
                _ => {}
            }
        }
        parts
    }

    /// The value of one piece of an expression, its operands' being at hand.
    fn piece(&mut self, expr: &'a Expr, site: Site<'_>, of: impl Fn(ExprId) -> Value) -> Value {
        match &expr.kind {
            ExprKind::Number(value) => Value::Known(Rc::new(Matrix::scalar(*value))),
            ExprKind::Name(name) => self.name(name, expr.span, site),
            ExprKind::Negate(operand) => {
                self.sign(Written::Prefix("-"), "-", expr.span, &[of(*operand)])
            }
            ExprKind::Transpose(operand) => {
                self.sign(Written::Postfix("'"), "'", expr.span, &[of(*operand)])
            }
            ExprKind::Binary {
                operator,
                at,
                left,
                right,
            } => {
                let operands = [of(*left), of(*right)];
                if *operator == BinaryOperator::Times && self.joins_matrices(*at, &operands) {
                    return Value::Faulty;
                }
                let sign = operator.sign();
                self.sign(Written::Infix(sign), sign, expr.span, &operands)
            }
            ExprKind::Call {
                function,
                arguments,
            } => {
                let values: Vec<Value> = arguments
                    .iter()
                    .map(|argument| of(argument.value))
                    .collect();
                self.call(expr.span, function, arguments, values, site)
            }
            ExprKind::Index {
                of: indexed,
                first,
                second,
            } => self.index(expr.span, of(*indexed), first, second.as_ref(), of),
            ExprKind::Matrix { rows } => self.matrix(rows, of),
        }
    }

    fn name(&mut self, name: &str, span: Span, site: Site<'_>) -> Value {
        let meaning = match site.call {
            Some((function, arguments)) => {
                let index = function.params.iter().position(|param| **param == *name);
                match index {
                    Some(index) => Some(Meaning::Value(arguments[index].clone())),
                    None => function.captured.get(name).cloned(),
                }
            }
            // Inside a repetition `t` hides what it was before.
            None if name == "t" && !self.counters.is_empty() => None,
            None => self.scope.get(name).cloned(),
        };
        match meaning {
            Some(Meaning::Value(Value::Node(node))) if site.known_only => match self.known(node) {
                Some(matrix) => Value::Known(matrix),
                None => {
                    self.fault(span, Kind::NotConstant(name.into()));
                    Value::Faulty
                }
            },
            Some(Meaning::Value(value)) => value,
            Some(Meaning::Function(_)) => {
                self.fault(span, Kind::FunctionUsed(name.into()));
                Value::Faulty
            }
            None => match self.built_in(name) {
                Some(value) => Value::Known(Rc::new(Matrix::scalar(value))),
                None if is_function(name) => {
                    self.fault(span, Kind::FunctionUsed(name.into()));
                    Value::Faulty
                }
                None => {
                    self.unknown_name(span, name);
                    Value::Faulty
                }
            },
        }
    }

    /// A number that needs no binding: `t` in a repetition, π, e.
    pub(super) fn built_in(&self, name: &str) -> Option<f64> {
        let counter = self.counters.last().filter(|_| name == "t");
        counter.map(|&t| t as f64).or_else(|| built_in_number(name))
    }

    fn call(
        &mut self,
        span: Span,
        function: &Name,
        arguments: &[Argument],
        values: Vec<Value>,
        site: Site<'_>,
    ) -> Value {
        let meaning = match site.call {
            Some((caller, _)) => caller.captured.get(&function.text),
            None => self.scope.get(&function.text),
        };
        let is_param = site
            .call
            .is_some_and(|(caller, _)| caller.params.contains(&function.text));
        match meaning.cloned() {
            Some(Meaning::Function(index)) => {
                self.inline(span, function, index, arguments, values, site)
            }
            Some(Meaning::Value(Value::Faulty)) => Value::Faulty,
            Some(Meaning::Value(_)) => {
                self.fault(function.span, Kind::ValueCalled(function.text.to_string()));
                Value::Faulty
            }
            None if is_param => {
                self.fault(function.span, Kind::ValueCalled(function.text.to_string()));
                Value::Faulty
            }
            None => {
                if let Some(operator) = ops::function(&function.text) {
                    return self.apply_call(span, operator, function, arguments, values);
                }
                if let Some(generator) = generator(&function.text) {
                    return self.generate(span, generator, function, arguments, &values);
                }
                self.unknown_function(function.span, &function.text);
                Value::Faulty
            }
        }
    }

    /// Whether `×` stands between two matrices, which is reported.
    fn joins_matrices(&mut self, at: Span, operands: &[Value; 2]) -> bool {
        let matrix = |value| self.shape_of(value).filter(|shape| !shape.is_scalar());
        let (Some(left), Some(right)) = (matrix(&operands[0]), matrix(&operands[1])) else {
            return false;
        };
        self.fault(at, Kind::TimesBetweenMatrices { left, right });
        true
    }

    fn sign(&mut self, how: Written, sign: &'static str, span: Span, operands: &[Value]) -> Value {
        let operator = ops::written(how).expect("the table has a row for each sign");
        self.apply(span, operator, sign, operands, &[])
    }

    /// An operator's result: at once where all operands are known, else a node.
    pub(super) fn apply(
        &mut self,
        span: Span,
        operator: &'static Operator,
        sign: &'static str,
        operands: &[Value],
        constants: &[f64],
    ) -> Value {
        let known: Option<Vec<&Matrix>> = operands
            .iter()
            .map(|operand| match operand {
                Value::Known(matrix) => Some(&**matrix),
                _ => None,
            })
            .collect();
        if let Some(known) = known {
            return self.evaluate(span, operator, sign, &known, constants);
        }
        self.builder.at(span);
        let mut nodes = Vec::with_capacity(operands.len());
        for operand in operands {
            match self.node_of(span, operand.clone()) {
                Some(node) => nodes.push(node),
                None => return Value::Faulty,
            }
        }
        let mut computed = self.builder.compute(operator, &nodes, constants);
        match &mut computed {
            Err(BuildFault::Shape { fault, .. }) => {
                let fault = fault.clone();
                self.fault(span, Kind::Shapes { sign, fault });
                return Value::Faulty;
            }
            Err(BuildFault::TooManyOperations { operator, .. }) => *operator = sign,
            _ => {}
        }
        self.built(span, computed)
    }

    fn evaluate(
        &mut self,
        span: Span,
        operator: &'static Operator,
        sign: &'static str,
        known: &[&Matrix],
        constants: &[f64],
    ) -> Value {
        let shapes: Vec<Shape> = known.iter().map(|matrix| matrix.shape()).collect();
        match (operator.shape)(&shapes, constants) {
            Ok(shape) if shape.rows.saturating_mul(shape.columns) > MAX_ENTRIES => {
                self.fault(span, Kind::MatrixTooLarge(shape));
                return Value::Faulty;
            }
            Ok(shape) if !self.spend(span, sign, shape, (operator.work)(&shapes, shape)) => {
                return Value::Faulty;
            }
            _ => {}
        }
        match operator.evaluate(known, constants) {
            Ok(matrix) => Value::Known(Rc::new(matrix)),
            Err(fault) => {
                self.fault(span, Kind::Shapes { sign, fault });
                Value::Faulty
            }
        }
    }

    /// Counts what is worked out before the graph runs; past the bound, the
    /// rest is given up.
    pub(super) fn spend(
        &mut self,
        span: Span,
        sign: &'static str,
        shape: Shape,
        work: usize,
    ) -> bool {
        let spent = self.builder.spend(sign, shape, work as u64);
        spent.map_err(|fault| self.refuse(span, fault)).is_ok()
    }

    /// The node of a value: numbers become a constant.
    fn node_of(&mut self, span: Span, value: Value) -> Option<NodeId> {
        let value = match value {
            Value::Known(matrix) => self.node(span, matrix),
            other => other,
        };
        match value {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }

    pub(super) fn node(&mut self, span: Span, matrix: Rc<Matrix>) -> Value {
        self.builder.at(span);
        let made = self.builder.constant((*matrix).clone());
        self.built(span, made)
    }

    /// What the builder made, or its fault at this place.
    pub(super) fn built(&mut self, span: Span, made: Result<NodeId, BuildFault>) -> Value {
        match made {
            Ok(node) => Value::Node(node),
            Err(fault) => self.refuse(span, fault),
        }
    }

    fn refuse(&mut self, span: Span, fault: BuildFault) -> Value {
        let kind = match fault {
            BuildFault::MatrixTooLarge(shape) => Kind::MatrixTooLarge(shape),
            BuildFault::TooManyOperators => Kind::TooManyOperators,
            BuildFault::TooManyOperations {
                operator,
                shape,
                operations,
                most,
            } => Kind::TooManyOperations {
                operator,
                shape,
                operations,
                most,
            },
            // The elaborator hands over operands that fit, of its own builder.
            _ => Kind::GraphTooLarge,
        };
        self.stop(span, kind)
    }
}
