//! Graph to paths: the ways along which a gradient comes from the loss.
//!
//! A *use* is one operand slot that a node fills; a *path* is a way from the loss
//! to a node along uses, so that `x * x` has two to x. The gradient passed along
//! one path alone is a *term*: the product of the path's local derivatives. There
//! are as many terms as paths, and they sum to the gradient, because every
//! vector–Jacobian product is linear in the upstream gradient. Backpropagation
//! needs no path: it sums at each node before it goes on, which is why a graph
//! with 2²⁰ paths takes twenty operators' work.

use std::fmt;
use std::slice;

use crate::graph::{Graph, NodeId};
use crate::tape::Tape;

/// Most paths that are listed.
pub const MAX_LISTED: usize = 64;

/// Most multiply-adds that the page spends on the terms of one node.
pub const MAX_PAGE_TERM_WORK: u64 = 200_000_000;

/// Most numbers that the page is given of one node's terms.
pub const MAX_PAGE_TERM_NUMBERS: usize = 4_000_000;

/// One operand slot of an operator, by which a path goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// What the operator computes.
    pub node: NodeId,
    /// The slot by which it is left, from 0.
    pub slot: usize,
}

/// The uses from the loss to a node, the loss's own first. From the loss to itself
/// there is one path, the empty one.
pub type Path = Vec<Use>;

/// A count, of paths or of work, that is exact to 2⁶⁴.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(u128);

impl Count {
    const MOST: u128 = 1 << 64;

    /// Of so many.
    pub fn of(count: u128) -> Self {
        Self(count.min(Self::MOST + 1))
    }

    /// The number; nothing where it is over 2⁶⁴.
    pub fn exact(self) -> Option<u128> {
        (self.0 <= Self::MOST).then_some(self.0)
    }

    /// The number, or one above 2⁶⁴ where it is over that.
    pub fn saturating(self) -> u128 {
        self.0
    }

    fn plus(self, other: Self) -> Self {
        Self((self.0 + other.0).min(Self::MOST + 1))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Writing a u128 would bring a table of digits into what the page loads.
        match u64::try_from(self.0) {
            Ok(count) => count.fmt(out),
            Err(_) if self.0 == Self::MOST => out.write_str("18446744073709551616"),
            Err(_) => out.write_str("over 2^64"),
        }
    }
}

/// For every node how many paths there are from the loss to it, without listing
/// any: as many as there are to all that it is used by, counted by use.
pub fn counts(graph: &Graph) -> Vec<Count> {
    let mut counts = vec![Count::default(); graph.nodes().len()];
    counts[graph.loss().index()] = Count(1);
    for id in graph.ids().rev() {
        let count = counts[id.index()];
        for &operand in graph.operands(id) {
            let of = &mut counts[operand.index()];
            *of = of.plus(count);
        }
    }
    counts
}

/// The first [`MAX_LISTED`] paths from the loss to a node, in the order of the
/// slots by which they go, the first slots before the later ones.
pub fn list(graph: &Graph, node: NodeId) -> Vec<Path> {
    let leads = leads_to(graph, node);
    let mut paths = Vec::new();
    let mut path = Path::new();
    // Where the path has come to, and the first slot that it may go on by.
    let (mut at, mut from) = (graph.loss(), 0);
    while paths.len() < MAX_LISTED {
        if at == node {
            paths.push(path.clone());
        }
        let onward = graph.operands(at).iter().enumerate().skip(from);
        let mut onward = onward.filter(|(_, operand)| leads[operand.index()]);
        if let Some((slot, &operand)) = onward.next() {
            path.push(Use { node: at, slot });
            (at, from) = (operand, 0);
        } else if let Some(last) = path.pop() {
            (at, from) = (last.node, last.slot + 1);
        } else {
            break;
        }
    }
    paths
}

/// For every node whether it is this one or computed from it.
fn leads_to(graph: &Graph, node: NodeId) -> Vec<bool> {
    let mut leads = vec![false; graph.nodes().len()];
    leads[node.index()] = true;
    for id in graph.ids().skip(node.index() + 1) {
        let mut operands = graph.operands(id).iter();
        leads[id.index()] = operands.any(|operand| leads[operand.index()]);
    }
    leads
}

/// The terms of paths that were [listed](list), in their order: the gradient
/// passed along each alone, row by row, from the values of the tape's last forward
/// pass. Their node has to be one whose gradient anybody sees. At most so many
/// multiply-adds are done: beyond, there are fewer terms than paths.
///
/// What consecutive paths have in common is passed along once.
pub fn terms<'a>(tape: &'a Tape, paths: &'a [Path], work: u64) -> Terms<'a> {
    Terms {
        tape,
        paths: paths.iter(),
        last: &[],
        gradients: vec![vec![1.0]],
        work: Some(work),
    }
}

/// The terms of paths, one after the other.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    tape: &'a Tape,
    paths: slice::Iter<'a, Path>,
    last: &'a [Use],
    /// What was passed along the last path: the loss's own gradient, then one for
    /// each use.
    gradients: Vec<Vec<f64>>,
    /// How many multiply-adds may still be done; nothing once they were too few.
    work: Option<u64>,
}

impl Iterator for Terms<'_> {
    type Item = Vec<f64>;

    fn next(&mut self) -> Option<Vec<f64>> {
        let path = self.paths.next()?;
        let pairs = self.last.iter().zip(path);
        let shared = pairs.take_while(|(last, now)| last == now).count();
        let onward = &path[shared..];
        let work = onward
            .iter()
            .map(|of| self.tape.contribution_work(of.node).max(1));
        self.work = self.work?.checked_sub(work.sum());
        self.work?;
        self.gradients.truncate(shared + 1);
        for of in onward {
            let upstream = self.gradients.last()?;
            let passed = self.tape.contribution(of.node, of.slot, upstream);
            self.gradients.push(passed);
        }
        self.last = path;
        self.gradients.last().cloned()
    }
}
