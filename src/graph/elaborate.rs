//! Program to graph: names are looked up, functions inlined, repetitions
//! unrolled.
//!
//! Expressions are walked in the post-order in which they are stored, with a
//! stack of values: chains of any length need no recursion. Only calls of a
//! program's own functions recurse, to a bounded depth.

use std::rc::Rc;

use crate::datasets::{Pcg, generators};
use crate::matrix::{Matrix, Shape};
use crate::notation::{
    ExprId, ExprKind, Exprs, Integer, Line, LineKind, MAX_FAULTS, Name, Names, Program, Role,
    Setting, Span, nearest,
};
use crate::ops::{self, Written};

use super::builder::{BuildFault, GraphBuilder};
use super::expression::Site;
use super::fault::{ElaborationFault, ElaborationFaultKind as Kind};
use super::scope::{Function, Meaning, Scope, Value, is_function, is_reserved};
use super::{Graph, NodeId, NodeKind};

/// Most expression nodes, assignments and calls that are visited.
pub const MAX_VISITS: u32 = 200_000;
/// How deep functions may call functions.
pub const MAX_CALLS: usize = 128;
/// How often a block may be repeated.
pub const MAX_REPEAT: u64 = 1_000;

/// The graph of a program, or everything that is wrong with it.
pub fn elaborate(program: &Program) -> Result<Graph, Vec<ElaborationFault>> {
    elaborate_with(program, GraphBuilder::new())
}

/// The same by this builder, which may allow only so many multiply-adds.
pub(super) fn elaborate_with(
    program: &Program,
    builder: GraphBuilder,
) -> Result<Graph, Vec<ElaborationFault>> {
    let mut elaborator = Elaborator::new(&program.exprs, builder);
    for name in &program.lost {
        let unknown = Meaning::Value(Value::Faulty);
        elaborator.scope.bind(&name.text, unknown);
    }
    elaborator.seed = seed(program);
    elaborator.lines(&program.lines);
    elaborator.choose_loss(program);
    elaborator.finish()
}

/// What random numbers start from: the last `seed` of the program, else 1.
fn seed(program: &Program) -> u64 {
    let mut seeds = program.lines.iter().filter_map(|line| match &line.kind {
        LineKind::Setting {
            setting: Setting::Seed,
            value,
        } => Some(value.value),
        _ => None,
    });
    seeds.next_back().unwrap_or(1)
}

/// A program on its way to a graph. What its expressions come to stands in
/// `expression.rs`.
pub(super) struct Elaborator<'a> {
    pub(super) exprs: &'a Exprs,
    pub(super) builder: GraphBuilder,
    pub(super) scope: Scope,
    pub(super) functions: Vec<Function>,
    /// For the first nodes whether they depend on a parameter.
    trained: Vec<bool>,
    /// The values of those that were asked for before the graph runs.
    values: Vec<Option<Rc<Matrix>>>,
    /// What random numbers start from.
    seed: u64,
    /// How often each name was declared.
    declared: Names<u64>,
    /// The random numbers of the declaration at hand.
    pub(super) pcg: Option<Pcg>,
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
    fn new(exprs: &'a Exprs, builder: GraphBuilder) -> Self {
        Self {
            exprs,
            builder,
            scope: Scope::default(),
            functions: Vec::new(),
            trained: Vec::new(),
            values: Vec::new(),
            seed: 1,
            declared: Names::default(),
            pcg: None,
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
                self.fault(line.span.to(name.span), Kind::SecondMinimize);
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
        self.pcg = names.first().map(|name| self.stream(&name.text));
        let known = self.expression(value, Site::DECLARATION);
        self.pcg = None;
        if let [_, .., last] = names {
            self.fault(names[0].span.to(last.span), Kind::TwoNames);
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
            self.bind(name, value);
        }
    }

    /// The random numbers of the next declaration of a name: a line that is put
    /// in elsewhere changes none of them.
    fn stream(&mut self, name: &str) -> Pcg {
        let declared = self.declared.get_or_insert(name, 0);
        *declared += 1;
        Pcg::of(self.seed, name, *declared - 1)
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
        for (at, param) in params.iter().enumerate() {
            if params[..at].iter().any(|other| other.text == param.text) {
                self.fault(param.span, Kind::SameParameters(param.text.to_string()));
            }
        }
        for (_, expr) in self.exprs.subtree(body) {
            let (used, span, called) = match &expr.kind {
                ExprKind::Name(used) => (used, expr.span, false),
                ExprKind::Call { function, .. } => (&function.text, function.span, true),
                _ => continue,
            };
            self.resolve(&mut function, used, span, called);
        }
        if self.may_bind(name, true) {
            self.scope
                .bind(&name.text, Meaning::Function(self.functions.len()));
            self.functions.push(function);
        }
    }

    /// Finds out what a name in a function's body stands for, at the function's
    /// own line.
    fn resolve(&mut self, function: &mut Function, used: &str, span: Span, called: bool) {
        let is_param = function.params.iter().any(|param| **param == *used);
        let kind = match self.scope.get(used) {
            _ if is_param && called => Kind::ValueCalled(used.into()),
            _ if is_param => return,
            _ if *used == *function.name => Kind::Recursion(used.into()),
            Some(meaning) => {
                function.captured.insert(used, meaning.clone());
                match meaning {
                    Meaning::Value(Value::Node(_)) if called => Kind::ValueCalled(used.into()),
                    Meaning::Function(_) if !called => Kind::FunctionUsed(used.into()),
                    _ => return,
                }
            }
            None if is_function(used) => {
                if called {
                    return;
                }
                Kind::FunctionUsed(used.into())
            }
            None if called => return self.unknown_function(span, used),
            None if self.built_in(used).is_some() => return,
            None => return self.unknown_name_among(span, used, &function.params),
        };
        self.fault(span, kind);
    }

    fn bind(&mut self, name: &Name, value: Value) {
        if self.may_bind(name, false) {
            self.scope.bind(&name.text, Meaning::Value(value));
        }
    }

    /// Whether a name can take this meaning; reports why not.
    fn may_bind(&mut self, name: &Name, as_function: bool) -> bool {
        let text = &*name.text;
        let kind = if is_reserved(text) || text == "t" && !self.counters.is_empty() {
            Kind::BuiltIn(text.into())
        } else {
            match self.scope.get(text) {
                Some(Meaning::Function(_)) if !as_function => Kind::ValueAndFunction(text.into()),
                // What a faulty line was to bind may have been a function.
                Some(Meaning::Value(Value::Node(_) | Value::Known(_))) if as_function => {
                    Kind::ValueAndFunction(text.into())
                }
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
        self.unknown_name_among(span, name, &[]);
    }

    /// Reports a name that is unknown where these are known as well.
    fn unknown_name_among(&mut self, span: Span, name: &str, params: &[Box<str>]) {
        let params = params.iter().map(|param| &**param);
        let known = params.chain(self.scope.values());
        let nearest = nearest(name, known).map(str::to_string);
        let name = name.into();
        self.fault(span, Kind::UnknownName { name, nearest });
    }

    pub(super) fn unknown_function(&mut self, span: Span, name: &str) {
        let built_in = ops::table()
            .filter(|row| row.written == Written::Function)
            .map(|row| row.name)
            .chain(generators().map(|row| row.name));
        let known = built_in.chain(self.scope.functions());
        let nearest = nearest(name, known).map(str::to_string);
        let name = name.into();
        self.fault(span, Kind::UnknownFunction { name, nearest });
    }

    /// The value of a node that is made of data and numbers alone. It is worked
    /// out where it is asked for, and once.
    pub(super) fn known(&mut self, wanted: NodeId) -> Option<Rc<Matrix>> {
        if self.is_trained(wanted) {
            return None;
        }
        let mut todo = vec![wanted];
        while let Some(&node) = todo.last() {
            if self.value(node).is_none() {
                let value = match &self.builder.made(node).kind {
                    NodeKind::Param(value) | NodeKind::Data(value) | NodeKind::Constant(value) => {
                        value.clone()
                    }
                    NodeKind::Computed(made) => {
                        let waiting = todo.len();
                        let unknown = |of: &&NodeId| self.value(**of).is_none();
                        todo.extend(made.operands.iter().filter(unknown));
                        if todo.len() > waiting {
                            continue;
                        }
                        let operands = made.operands.iter().filter_map(|&of| self.value(of));
                        let operands: Vec<&Matrix> = operands.map(|value| &**value).collect();
                        // Operands of a node that exists fit.
                        made.operator.evaluate(&operands, &made.constants).ok()?
                    }
                };
                self.values[node.index()] = Some(Rc::new(value));
            }
            todo.pop();
        }
        self.value(wanted).cloned()
    }

    fn value(&self, node: NodeId) -> Option<&Rc<Matrix>> {
        self.values[node.index()].as_ref()
    }

    /// Whether a node depends on a parameter.
    fn is_trained(&mut self, node: NodeId) -> bool {
        for next in self.trained.len()..=node.index() {
            let trained = match &self.builder.made(NodeId::at(next)).kind {
                NodeKind::Param(_) => true,
                NodeKind::Data(_) | NodeKind::Constant(_) => false,
                NodeKind::Computed(made) => {
                    let mut operands = made.operands.iter();
                    operands.any(|operand| self.trained[operand.index()])
                }
            };
            self.trained.push(trained);
            self.values.push(None);
        }
        self.trained[node.index()]
    }

    /// Reports a fault once a place: a body that is repeated has it once. With
    /// one more than are told, the rest is given up.
    pub(super) fn fault(&mut self, span: Span, kind: Kind) {
        if let (Err(place), false) = (self.reported.binary_search(&span), self.stopped) {
            self.reported.insert(place, span);
            self.faults.push(ElaborationFault { span, kind });
            self.stopped = self.faults.len() > MAX_FAULTS;
        }
    }
}
