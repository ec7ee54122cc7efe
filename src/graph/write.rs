//! Graph to text: a program that is read as the same graph.

use std::collections::HashMap;
use std::fmt;

use crate::matrix::Matrix;
use crate::notation::{
    Argument, BinaryOperator, ExprId, ExprKind, Exprs, Index, LineKind, MAX_TEXT, Name, Span,
    parse, print,
};
use crate::ops::{ALL, Written};

use super::scope::is_reserved;
use super::{Application, Graph, NodeId, NodeKind};

/// How deep the brackets of one line are nested at most: far below what the
/// notation allows, so that the line can still be read.
const MAX_NESTING: u32 = 32;

/// A program that [`read`](super::read()) makes the same graph of: the same data
/// nodes with the same bits, the same operators on the same operands in the
/// same order, the same bindings under the same keys, the same loss. So its
/// values and gradients have the same bits, too.
///
/// A node without a name stands where it is used, if it is used once and the
/// order of the operators stays; else it gets a line and a name of its own
/// (`v1`, `v2`, …, none that the graph has). So does a number that an operator
/// works on together with nothing but numbers, which would else be worked out
/// at once and leave no operator. An earlier binding that is used after a later
/// one of the same name gets a second name in time. Such names are the only
/// thing that the graph of the text has in addition. Two things it has not: the
/// place of a constant among the nodes, and which of all NaNs a NaN is.
///
/// ```
/// use chalkgrad::graph::{GraphBuilder, read, write};
/// use chalkgrad::matrix::Matrix;
///
/// let mut builder = GraphBuilder::new();
/// let x = builder.param("x", Matrix::scalar(2.0))?;
/// let two = builder.constant(Matrix::scalar(2.0))?;
/// let square = builder.apply("power", &[x, two], &[])?;
/// let loss = builder.apply("add", &[square, square], &[])?;
/// builder.minimize(loss)?;
/// let text = write(&builder.build()?)?;
/// assert_eq!(text, "param x = 2\nv1 = x^2\nv2 = v1 + v1\nminimize v2\n");
/// assert!(read(&text).graph.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Where the builder was given a name that the notation hasn't, or the text
/// would be longer than a program may be. Nothing else makes a graph
/// unwritable: infinities are written as `1 / 0`, and however deep its
/// operators are nested, no line's brackets are.
pub fn write(graph: &Graph) -> Result<String, Unwritable> {
    if let Some(binding) = graph.bindings().iter().find(|it| !is_name(&it.name)) {
        return Err(Unwritable::Name(binding.name.clone()));
    }
    let mut writer = Writer::new(graph);
    for node in graph.ids() {
        writer.node(node);
        writer.bind_what_exists();
        if writer.text.len() > MAX_TEXT {
            return Err(Unwritable::TooLong);
        }
    }
    writer.line("minimize ", graph.loss());
    match writer.text.len() {
        0..=MAX_TEXT => Ok(writer.text),
        _ => Err(Unwritable::TooLong),
    }
}

/// Why there is no program for a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritable {
    /// A name that can't stand in a program: no identifier, too long, a
    /// keyword, or that of a function.
    Name(String),
    /// The program would be longer than [`MAX_TEXT`].
    TooLong,
}

impl fmt::Display for Unwritable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(out, "a program can't call a value “{name}”"),
            Self::TooLong => write!(out, "the program would have more than {MAX_TEXT} bytes"),
        }
    }
}

impl std::error::Error for Unwritable {}

/// Whether a program can give a value this name, and reads it as it stands.
fn is_name(name: &str) -> bool {
    let parsed = parse(&format!("{name} = 0"));
    let reads_back = match &parsed.program.lines[..] {
        [line] => matches!(&line.kind, LineKind::Assign { name: read, .. } if *read.text == *name),
        _ => false,
    };
    reads_back && parsed.faults.is_empty() && !is_reserved(name)
}

struct Writer<'g> {
    graph: &'g Graph,
    text: String,
    /// How often each node is still referred to: as an operand, by a binding,
    /// as the loss.
    uses: Vec<usize>,
    /// Nodes that stand where they are used.
    inlined: Vec<bool>,
    /// How deep the brackets of an inlined node are nested.
    nesting: Vec<u32>,
    /// Inlined operators whose own operator hasn't come yet, in order.
    pending: Vec<NodeId>,
    /// How many bindings are written.
    bound: usize,
    /// What each name stands for now.
    in_force: HashMap<&'g str, NodeId>,
    /// The graph's own names for each node, some of which may stand for other
    /// nodes by now.
    names: Vec<Vec<&'g str>>,
    /// The name that was made up for a node.
    made_up: Vec<Option<String>>,
    prefix: String,
    made: usize,
}

impl<'g> Writer<'g> {
    fn new(graph: &'g Graph) -> Self {
        let count = graph.nodes().len();
        let mut uses = vec![0; count];
        let operands = graph.nodes().iter().filter_map(|node| node.application());
        for operand in operands.clone().flat_map(|made| &made.operands) {
            uses[operand.index()] += 1;
        }
        let used_once: Vec<bool> = uses.iter().map(|&uses| uses == 1).collect();
        for binding in graph.bindings() {
            uses[binding.node.index()] += 1;
        }
        uses[graph.loss().index()] += 1;
        let mut inlined: Vec<bool> = (0..count)
            .map(|at| used_once[at] && uses[at] == 1)
            .collect();
        for made in operands {
            let folds = |&operand: &NodeId| {
                let is_constant = matches!(graph.node(operand).kind, NodeKind::Constant(_));
                is_constant && inlined[operand.index()]
            };
            if made.operands.iter().all(folds) {
                inlined[made.operands[0].index()] = false;
            }
        }
        Self {
            graph,
            text: String::new(),
            uses,
            inlined,
            nesting: vec![0; count],
            pending: Vec::new(),
            bound: 0,
            in_force: HashMap::new(),
            names: vec![Vec::new(); count],
            made_up: vec![None; count],
            prefix: free_prefix(graph),
            made: 0,
        }
    }

    /// Writes the line of a node, unless it will stand where it is used.
    fn node(&mut self, node: NodeId) {
        match &self.graph.node(node).kind {
            NodeKind::Data(_) => self.define(node, "data "),
            NodeKind::Param(_) => self.define(node, "param "),
            NodeKind::Constant(_) if self.inlined[node.index()] => {}
            NodeKind::Constant(_) => self.define(node, ""),
            NodeKind::Computed(made) => self.computed(node, made),
        }
    }

    /// The operators of a line are made in post-order. So the operands that
    /// stand in it must be those that came last, in their order.
    fn computed(&mut self, node: NodeId, made: &Application) {
        let inside =
            |operand: &&NodeId| self.inlined[operand.index()] && self.is_operator(**operand);
        let inside: Vec<NodeId> = made.operands.iter().filter(inside).copied().collect();
        if self.pending.ends_with(&inside) {
            self.pending.truncate(self.pending.len() - inside.len());
        } else {
            self.define_pending();
        }
        let nesting = self.nesting_of(made);
        self.nesting[node.index()] = nesting;
        if nesting > MAX_NESTING {
            self.inlined[node.index()] = false;
        }
        if self.inlined[node.index()] {
            self.pending.push(node);
        } else {
            self.define(node, "");
        }
    }

    /// How deep the brackets are nested where this is written, or more.
    fn nesting_of(&self, made: &Application) -> u32 {
        let of = |(slot, operand): (usize, &NodeId)| {
            let inner = self.nesting[operand.index()];
            let operator = self.graph.node(*operand).application();
            let sums = operator
                .is_some_and(|inner| matches!(inner.operator.written, Written::Infix("+" | "-")));
            let bare = match (made.operator.written, slot) {
                (Written::Infix("+" | "-"), 0) => true,
                (Written::Infix("*" | "/" | "@"), 0) => !sums,
                _ => false,
            };
            match self.inlined[operand.index()] {
                true => inner + u32::from(!bare),
                false => 0,
            }
        };
        made.operands.iter().enumerate().map(of).max().unwrap_or(0)
    }

    fn is_operator(&self, node: NodeId) -> bool {
        self.graph.node(node).application().is_some()
    }

    /// Gives each operator that waits for its own a line after all.
    fn define_pending(&mut self) {
        for node in std::mem::take(&mut self.pending) {
            self.inlined[node.index()] = false;
            self.define(node, "");
        }
    }

    /// Writes the line that makes a node, under its first name.
    fn define(&mut self, node: NodeId, keyword: &str) {
        self.define_pending();
        let graph = self.graph;
        let value = self.expression(node);
        let next = graph.bindings().get(self.bound);
        match next.filter(|binding| binding.node == node) {
            Some(binding) => self.bind(&binding.name, node, keyword, &value),
            None => {
                let name = self.make_up(node);
                self.push(&[&name, " = ", &value, "\n"]);
            }
        }
    }

    /// Writes the bindings whose nodes are there already: `y = x`.
    fn bind_what_exists(&mut self) {
        let graph = self.graph;
        while let Some(binding) = graph.bindings().get(self.bound) {
            let node = binding.node;
            let Some(value) = self.name_of(node) else {
                return;
            };
            self.bind(&binding.name, node, "", &value);
        }
    }

    /// Writes `name = value`. What the name stood for gets another one, if it
    /// is still needed.
    fn bind(&mut self, name: &'g str, node: NodeId, keyword: &str, value: &str) {
        self.bound += 1;
        self.uses[node.index()] -= 1;
        let before = self.in_force.insert(name, node);
        if let Some(before) = before.filter(|&before| before != node) {
            let needed = self.uses[before.index()] > 0 && self.name_of(before).is_none();
            if needed {
                let other = self.make_up(before);
                self.push(&[&other, " = ", name, "\n"]);
            }
        }
        self.names[node.index()].push(name);
        self.push(&[keyword, name, " = ", value, "\n"]);
    }

    /// Writes a line that ends with the name of a node.
    fn line(&mut self, before: &str, node: NodeId) {
        let name = self.name_of(node).unwrap_or_default();
        self.push(&[before, &name, "\n"]);
    }

    /// A name that stands for a node now.
    fn name_of(&mut self, node: NodeId) -> Option<String> {
        let names = &mut self.names[node.index()];
        while let Some(&last) = names.last() {
            if self.in_force.get(last) == Some(&node) {
                return Some(last.to_owned());
            }
            names.pop();
        }
        self.made_up[node.index()].clone()
    }

    fn make_up(&mut self, node: NodeId) -> String {
        self.made += 1;
        let name = format!("{}{}", self.prefix, self.made);
        self.made_up[node.index()] = Some(name.clone());
        name
    }

    fn push(&mut self, pieces: &[&str]) {
        self.text.extend(pieces.iter().copied());
    }

    /// What makes a node, with all that stands in its line.
    fn expression(&mut self, root: NodeId) -> String {
        let mut exprs = Exprs::default();
        // Operands that are to be written, the next last; an operator comes
        // up a second time, when they are.
        let mut todo = vec![(root, false)];
        let mut written: Vec<ExprId> = Vec::new();
        while let Some((node, operands_written)) = todo.pop() {
            let by_name = node != root && !self.inlined[node.index()];
            let expr = match &self.graph.node(node).kind {
                _ if by_name => {
                    self.uses[node.index()] -= 1;
                    let name = self.name_of(node).unwrap_or_default();
                    exprs.push(ExprKind::Name(name.into()), NOWHERE)
                }
                NodeKind::Constant(value) | NodeKind::Data(value) | NodeKind::Param(value) => {
                    matrix(&mut exprs, value)
                }
                NodeKind::Computed(made) if operands_written => {
                    let operands = written.split_off(written.len() - made.operands.len());
                    application(&mut exprs, made, &operands)
                }
                NodeKind::Computed(made) => {
                    todo.push((node, true));
                    todo.extend(made.operands.iter().rev().map(|&operand| (operand, false)));
                    continue;
                }
            };
            written.push(expr);
        }
        print(&exprs, written[0])
    }
}

const NOWHERE: Span = Span { start: 0, end: 0 };

/// What made-up names begin with, so that none is, or looks like, one of the
/// graph's.
fn free_prefix(graph: &Graph) -> String {
    let mut prefix = String::from("v");
    let taken = |prefix: &str| {
        let rests = graph
            .bindings()
            .iter()
            .filter_map(|it| it.name.strip_prefix(prefix));
        rests.clone().any(|rest| rest.chars().all(char::is_numeric))
    };
    while taken(&prefix) {
        prefix.push('_');
    }
    prefix
}

fn application(exprs: &mut Exprs, made: &Application, operands: &[ExprId]) -> ExprId {
    let operator = made.operator;
    let kind = match operator.written {
        Written::Infix(sign) => ExprKind::Binary {
            operator: written(sign),
            at: NOWHERE,
            left: operands[0],
            right: operands[1],
        },
        Written::Postfix(_) => ExprKind::Transpose(operands[0]),
        Written::Index => {
            let mut place = |index: usize| match made.constants[index] {
                ALL => Index::All(NOWHERE),
                at => Index::At(number(exprs, at)),
            };
            ExprKind::Index {
                of: operands[0],
                first: place(0),
                second: Some(place(1)),
            }
        }
        Written::Prefix(_) => ExprKind::Negate(operands[0]),
        Written::Function => {
            let mut values = operands.to_vec();
            let defaults: Vec<f64> = operator.defaults().collect();
            let differs = |(a, b): (&f64, &f64)| a.to_bits() != b.to_bits();
            let pairs = made.constants.iter().zip(&defaults);
            let needed = pairs
                .rev()
                .position(differs)
                .map_or(0, |from| defaults.len() - from);
            values.extend(
                made.constants[..needed]
                    .iter()
                    .map(|&value| number(exprs, value)),
            );
            let arguments = values
                .into_iter()
                .map(|value| Argument { name: None, value });
            ExprKind::Call {
                function: Name {
                    span: NOWHERE,
                    text: operator.name.into(),
                },
                arguments: arguments.collect(),
            }
        }
    };
    exprs.push(kind, NOWHERE)
}

fn written(sign: &str) -> BinaryOperator {
    use BinaryOperator::{Add, Div, MatMul, Mul, Pow, Sub};
    let of_sign = |operator: &BinaryOperator| operator.sign() == sign;
    let found = [Add, Sub, Mul, Div, MatMul, Pow].into_iter().find(of_sign);
    found.expect("the notation has each sign of the table")
}

fn matrix(exprs: &mut Exprs, value: &Matrix) -> ExprId {
    if let Some(value) = value.as_scalar() {
        return number(exprs, value);
    }
    let rows = value.data().chunks(value.shape().columns);
    let rows = rows.map(|row| row.iter().map(|&value| number(exprs, value)).collect());
    let kind = ExprKind::Matrix {
        rows: rows.collect(),
    };
    exprs.push(kind, NOWHERE)
}

/// A number as it can be read: signs and what is not finite are worked out
/// while it is.
fn number(exprs: &mut Exprs, value: f64) -> ExprId {
    if value.is_finite() {
        let size = exprs.push(ExprKind::Number(value.abs()), NOWHERE);
        return match value.is_sign_negative() {
            true => exprs.push(ExprKind::Negate(size), NOWHERE),
            false => size,
        };
    }
    let above = if value.is_nan() {
        0.0
    } else {
        1f64.copysign(value)
    };
    let left = number(exprs, above);
    let right = number(exprs, 0.0);
    let kind = ExprKind::Binary {
        operator: BinaryOperator::Div,
        at: NOWHERE,
        left,
        right,
    };
    exprs.push(kind, NOWHERE)
}
