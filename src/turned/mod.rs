//! Samples as columns, `z = W1 @ x`, or as rows, `z = x @ W1`: a program
//! written the other way.
//!
//! Every matrix is transposed, so all numbers stay what they are: sides of `@`
//! are exchanged, since (A B)ᵀ = Bᵀ Aᵀ, and so are rows and columns of literals,
//! generators, indices and sums along one side. What works down each column,
//! `softmax` and `cross_entropy`, works on a transpose. Shapes are not asked for:
//! the rules hold for whatever the names stand for. All that they don't touch,
//! comments and layout included, stays as it is.

mod draws;
mod exchange;
mod operand;
mod rules;
mod straight;
mod writer;

use crate::graph::{Graph, MAX_PAGE_OPERATIONS, NodeKind, read_within};
use crate::matrix::Shape;
use crate::notation::{Edit, ExprId, Line, LineKind, Program, apply, parse};
use crate::ops::Written;

use writer::Writer;

/// How a program has its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// A sample is a column, features × samples: `W @ x`.
    Columns,
    /// A sample is a row, samples × features: `x @ W`.
    Rows,
}

/// A program written the other way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// How the given program has its samples.
    pub samples: Samples,
    /// The program in which every value is the transposed one.
    pub text: String,
}

/// The program with every matrix transposed. Each name has the same numbers as
/// before, and so has its gradient, bit for bit but where a sum runs over
/// several rows and columns (`sum`, `mean`, the losses of matrices) or a gradient
/// has several contributions: there the order of summation may be another.
/// Turned again, it is a program with the same graph, but for two transposes of
/// which one undoes the other, and with the same text, but for brackets that aren't
/// needed and how the rows of a matrix were set out.
///
/// Nothing where the program has a fault or takes more multiply-adds than a page
/// gives it ([`MAX_PAGE_OPERATIONS`]), where no parameter stands directly beside
/// the `@` of something that is none, or where the turned program would be longer
/// or its brackets nested deeper (by a chain of more than some hundred `@`) than
/// the notation allows.
///
/// ```
/// use chalkgrad::turned::{Samples, turned};
///
/// let program = "data x = [1; 2] # a column\nparam W = normal(3, 2)\nL = sum(W @ x)\n";
/// let other = turned(program).unwrap();
/// assert_eq!(other.samples, Samples::Columns);
/// assert_eq!(other.text, "data x = [1, 2] # a column\nparam W = normal(3, 2)'\nL = sum(x @ W)\n");
/// assert_eq!(turned(&other.text).unwrap().text, program);
/// ```
pub fn turned(text: &str) -> Option<Turned> {
    let graph = read_within(text, MAX_PAGE_OPERATIONS).graph?;
    let samples = samples(&graph)?;
    let parsed = parse(text);
    let mut writer = Writer::new(text, &parsed);
    let roots = roots(&parsed.program);
    let edits: Vec<Edit> = roots.into_iter().map(|root| writer.edit(root)).collect();
    let text = apply(text, &edits);
    let other = read_within(&text, MAX_PAGE_OPERATIONS).graph?;
    is_transposed(&graph, &other).then_some(Turned { samples, text })
}

/// How a program has its samples: by the first parameter that is one side of an
/// `@` whose other side is none, and the first such `@`. Parameters keep their
/// order when a program is turned; the two sides of a line's `@` don't.
fn samples(graph: &Graph) -> Option<Samples> {
    let is_param = |node| matches!(graph.node(node).kind, NodeKind::Param(_));
    let mut found: Vec<Option<Samples>> = vec![None; graph.nodes().len()];
    for made in graph.nodes().iter().filter_map(|node| node.application()) {
        let (Written::Infix("@"), &[left, right]) = (made.operator.written, &*made.operands) else {
            continue;
        };
        let (param, samples) = match (is_param(left), is_param(right)) {
            (true, false) => (left, Samples::Columns),
            (false, true) => (right, Samples::Rows),
            _ => continue,
        };
        found[param.index()].get_or_insert(samples);
    }
    found.into_iter().flatten().next()
}

/// The expressions of a program that stand in no other.
fn roots(program: &Program) -> Vec<ExprId> {
    let mut roots = Vec::new();
    let mut todo: Vec<&Line> = program.lines.iter().collect();
    while let Some(line) = todo.pop() {
        match &line.kind {
            LineKind::Declare { value, .. } | LineKind::Assign { value, .. } => roots.push(*value),
            LineKind::Define { body, .. } => roots.push(*body),
            LineKind::Repeat { body, .. } => todo.extend(body),
            LineKind::Minimize { .. } | LineKind::Setting { .. } => {}
        }
    }
    roots
}

/// Whether a graph has the names of another, with the shapes turned round.
fn is_transposed(graph: &Graph, other: &Graph) -> bool {
    let named = |graph: &Graph| -> Vec<(String, Shape)> {
        let bindings = graph.bindings().iter();
        bindings
            .map(|it| (it.key.clone(), graph.node(it.node).shape))
            .collect()
    };
    let mut transposed = named(graph);
    for (_, shape) in &mut transposed {
        *shape = Shape::new(shape.columns, shape.rows);
    }
    transposed == named(other)
}
