//! Program to graph: names are looked up, functions inlined, repetitions
//! unrolled.
//!
//! Expressions are walked in the post-order in which they are stored, with a
//! stack of values: chains of any length need no recursion. Only calls of a
//! program's own functions recurse, to a bounded depth.

use std::rc::Rc;

use crate::matrix::{Matrix, Shape};
use crate::notation::{
    ExprId, ExprKind, Exprs, Integer, Line, LineKind, Name, Names, Program, Role, Setting, Span,
    nearest,
};
use crate::ops::{self, Written};

use super::builder::{BuildFault, GraphBuilder};
use super::expression::Site;
use super::fault::{ElaborationFault, ElaborationFaultKind as Kind};
use super::scope::{Function, Meaning, Scope, Value};
use super::{Graph, NodeId};

/// Most expression nodes, assignments and calls that are visited.
pub const MAX_VISITS: u32 = 200_000;
/// How deep functions may call functions.
pub const MAX_CALLS: usize = 128;
/// How often a block may be repeated.
pub const MAX_REPEAT: u64 = 1_000;

/// The graph of a program, or everything that is wrong with it.
pub fn elaborate(program: &Program) -> Result<Graph, Vec<ElaborationFault>> {
    let mut elaborator = Elaborator::new(&program.exprs);
    for name in &program.lost {
        let unknown = Meaning::Value(Value::Faulty);
        elaborator.scope.bind(&name.text, unknown);
    }
    elaborator.lines(&program.lines);
    elaborator.choose_loss(program);
    elaborator.finish()
}

/// A program on its way to a graph. What its expressions come to stands in
/// `expression.rs`.
pub(super) struct Elaborator<'a> {
    pub(super) exprs: &'a Exprs,
    pub(super) builder: GraphBuilder,
    pub(super) scope: Scope,
    pub(super) functions: Vec<Function>,
    /// Values that are known before the graph runs, of data and of constants:
    /// at their nodes' numbers.
    pub(super) given: Vec<Option<Rc<Matrix>>>,
    /// `t` of each repetition around the line at hand.
    pub(super) counters: Vec<u64>,
    pub(super) minimize: Option<&'a Name>,
    pub(super) last_scalar: Option<NodeId>,
    pub(super) visits: u32,
    pub(super) calls: usize,
    pub(super) faults: Vec<ElaborationFault>,
    /// Places of faults that are reported, in order.
    pub(super) reported: Vec<Span>,
    pub(super) stopped: bool,
}

impl<'a> Elaborator<'a> {
    fn new(exprs: &'a Exprs) -> Self {
        Self {
            exprs,
            builder: GraphBuilder::new(),
            scope: Scope::default(),
            functions: Vec::new(),
            given: Vec::new(),
            counters: Vec::new(),
            minimize: None,
            last_scalar: None,
            visits: 0,
            calls: 0,
            faults: Vec::new(),
            reported: Vec::new(),
            stopped: false,
        }
    }

    fn finish(self) -> Result<Graph, Vec<ElaborationFault>> {
        if self.faults.is_empty() {
            // Only a loss can be missing now, and then a fault was reported.
            self.builder.build().map_err(|_| self.faults)
        } else {
            Err(self.faults)
        }
    }

    fn choose_loss(&mut self, program: &Program) {
        if self.stopped {
            return;
        }
        let Some(name) = self.minimize else {
            match self.last_scalar {
                // A 1×1 node can be minimized.
                Some(node) => self.builder.minimize(node).unwrap_or_default(),
                None if self.faults.is_empty() => {
                    let last = program.lines.last();
                    let span = last.map_or(Span { start: 0, end: 0 }, |line| line.span);
                    self.fault(span, Kind::NoLoss);
                }
                None => {}
            }
            return;
        };
        let node = match self.scope.get(&name.text) {
            Some(Meaning::Value(Value::Node(node))) => *node,
            Some(Meaning::Value(_)) => return,
            Some(Meaning::Function(_)) => {
                return self.fault(name.span, Kind::FunctionUsed(name.text.to_string()));
            }
            None => return self.unknown_name(name.span, &name.text),
        };
        if let Err(BuildFault::LossNotScalar(shape)) = self.builder.minimize(node) {
            let name_of = name.text.to_string();
            self.fault(
                name.span,
                Kind::LossNotScalar {
                    name: name_of,
                    shape,
                },
            );
        }
    }

    fn lines(&mut self, lines: &'a [Line]) {
        for line in lines {
            if self.stopped {
                return;
            }
            self.line(line);
        }
    }

    fn line(&mut self, line: &'a Line) {
        match &line.kind {
            LineKind::Declare { role, names, value } => self.declare(*role, names, *value),
            LineKind::Assign { name, value } => self.assign(name, *value),
            LineKind::Minimize { name } if self.minimize.is_some() => {
                self.fault(
                    Span {
                        start: line.span.start,
                        end: name.span.end,
                    },
                    Kind::SecondMinimize,
                );
            }
            LineKind::Minimize { name } => self.minimize = Some(name),
            LineKind::Repeat { count, body } => self.repeat(count, body),
            LineKind::Define { name, params, body } => self.define(name, params, *body),
            LineKind::Setting {
                setting: Setting::Seed,
                ..
            } => {}
            LineKind::Setting {
                setting: Setting::Batch,
                ..
            } => {
                self.fault(line.span, Kind::BatchWithoutDataSet);
            }
        }
    }

    fn declare(&mut self, role: Role, names: &'a [Name], value: ExprId) {
        let known = self.expression(value, Site::DECLARATION);
        if let [_, .., last] = names {
            let span = Span {
                start: names[0].span.start,
                end: last.span.end,
            };
            self.fault(span, Kind::TwoNames);
        }
        for name in names {
            let span = name.span;
            let Value::Known(matrix) = &known else {
                self.bind(name, Value::Faulty);
                continue;
            };
            self.builder.at(span);
            let declared = match role {
                Role::Data => self.builder.data(&name.text, (**matrix).clone()),
                Role::Param => self.builder.param(&name.text, (**matrix).clone()),
            };
            let value = self.built(span, declared);
            if let (Role::Data, Value::Node(node)) = (role, &value) {
                self.give(*node, Rc::clone(matrix));
            }
            self.bind(name, value);
        }
    }

    fn assign(&mut self, name: &'a Name, expr: ExprId) {
        if !self.visit(name.span) {
            return;
        }
        let value = match self.expression(expr, Site::LINE) {
            Value::Known(matrix) => self.node(self.exprs[expr].span, matrix),
            other => other,
        };
        if let Value::Node(node) = value {
            self.builder.name(&name.text, node);
            if self.builder.shape(node).is_some_and(Shape::is_scalar) {
                self.last_scalar = Some(node);
            }
        }
        self.bind(name, value);
    }

    fn repeat(&mut self, count: &Integer, body: &'a [Line]) {
        if !(1..=MAX_REPEAT).contains(&count.value) {
            return self.fault(count.span, Kind::RepeatCount(count.value));
        }
        for t in 1..=count.value {
            self.counters.push(t);
            self.lines(body);
            self.counters.pop();
        }
    }

    fn define(&mut self, name: &'a Name, params: &'a [Name], body: ExprId) {
        let mut function = Function {
            name: name.text.clone(),
            params: params.iter().map(|param| param.text.clone()).collect(),
            body,
            captured: Names::default(),
        };
        for (_, expr) in self.exprs.subtree(body) {
            let (used, span, is_call) = match &expr.kind {
                ExprKind::Name(used) => (used, expr.span, false),
                ExprKind::Call { function, .. } => (&function.text, function.span, true),
                _ => continue,
            };
            if *used == name.text && !function.params.contains(used) {
                self.fault(span, Kind::Recursion(used.to_string()));
            } else if let Some(meaning) = self.scope.get(used) {
                function.captured.insert(used, meaning.clone());
            } else if !function.params.contains(used) && !is_call && self.built_in(used).is_none() {
                self.unknown_name(span, used);
            } else if is_call && ops::function(used).is_none() && !function.params.contains(used) {
                self.unknown_function(span, used);
            }
        }
        if self.may_bind(name, true) {
            self.scope
                .bind(&name.text, Meaning::Function(self.functions.len()));
            self.functions.push(function);
        }
    }

    fn bind(&mut self, name: &Name, value: Value) {
        if self.may_bind(name, false) {
            self.scope.bind(&name.text, Meaning::Value(value));
        }
    }

    /// Whether a name can take this meaning; reports why not.
    fn may_bind(&mut self, name: &Name, as_function: bool) -> bool {
        let text = &*name.text;
        let kind = if text != "σ" && ops::function(text).is_some()
            || text == "t" && !self.counters.is_empty()
        {
            Kind::BuiltIn(text.into())
        } else {
            match self.scope.get(text) {
                Some(Meaning::Function(_)) if !as_function => Kind::ValueAndFunction(text.into()),
                Some(Meaning::Value(_)) if as_function => Kind::ValueAndFunction(text.into()),
                _ => return true,
            }
        };
        self.fault(name.span, kind);
        false
    }

    /// Counts a piece of work; past the bound, the rest is given up.
    pub(super) fn visit(&mut self, span: Span) -> bool {
        self.visits += 1;
        if self.visits > MAX_VISITS && !self.stopped {
            self.stop(span, Kind::TooMuchWork);
        }
        !self.stopped
    }

    pub(super) fn stop(&mut self, span: Span, kind: Kind) -> Value {
        self.fault(span, kind);
        self.stopped = true;
        Value::Faulty
    }

    pub(super) fn unknown_name(&mut self, span: Span, name: &str) {
        let nearest = nearest(name, self.scope.values()).map(str::to_string);
        self.fault(
            span,
            Kind::UnknownName {
                name: name.into(),
                nearest,
            },
        );
    }

    pub(super) fn unknown_function(&mut self, span: Span, name: &str) {
        let built_in = ops::table()
            .filter(|row| row.written == Written::Function)
            .map(|row| row.name);
        let nearest = nearest(name, built_in.chain(self.scope.functions())).map(str::to_string);
        self.fault(
            span,
            Kind::UnknownFunction {
                name: name.into(),
                nearest,
            },
        );
    }

    /// Keeps the value of a node that is known before the graph runs.
    pub(super) fn give(&mut self, node: NodeId, matrix: Rc<Matrix>) {
        let count = self.given.len().max(node.index() + 1);
        self.given.resize(count, None);
        self.given[node.index()] = Some(matrix);
    }

    /// Reports a fault once a place: a body that is repeated has it once.
    pub(super) fn fault(&mut self, span: Span, kind: Kind) {
        if let Err(place) = self.reported.binary_search(&span) {
            self.reported.insert(place, span);
            self.faults.push(ElaborationFault { span, kind });
        }
    }
}
