//! What reuse saves.

use crate::formula::{Activation, Formula};
use crate::graph::{NodeId, NodeKind};
use crate::matrix::Shape;
use crate::paths::{self, Use};

use super::{Derivations, Work, work};

/// Most uses that are gone through to count what no reuse would cost.
const MOST_VISITS: usize = 2_000_000;

/// What one backward pass takes, and what it would without reuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many numbers are trained.
    pub numbers: usize,
    /// The backward pass to all of them.
    pub done: Work,
    /// Each of them by itself, from the loss anew: of every gradient on the way only
    /// the rows and columns that it needs. Nothing where counting would take too long.
    pub anew: Option<Work>,
    /// The same along each path by itself.
    pub by_path: Option<Work>,
}

/// A gradient that is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reused {
    /// The node.
    pub node: NodeId,
    /// The place of the step that has made it.
    pub step: usize,
    /// What it would take to make it from the loss anew.
    pub saved: Work,
}

impl Derivations<'_> {
    /// The gradients that a node's gradient takes over, and what that saves.
    pub fn reused(&self, node: NodeId) -> Vec<Reused> {
        let nodes = self.taken_over(node).into_iter();
        let reused = nodes.filter_map(|node| {
            Some(Reused {
                node,
                step: self.step_of(node)?,
                saved: self.all_the_way(node),
            })
        });
        reused.collect()
    }

    /// What the backward pass takes, and what it would without reuse.
    pub fn tally(&self) -> Tally {
        let graph = self.graph;
        let trained = self.trained();
        let mut done = Work::default();
        for node in graph.ids().filter(|node| trained[node.index()]) {
            done += self.step_work(node);
        }
        let params: Vec<NodeId> = graph.params().collect();
        let numbers = params.iter().map(|&param| graph.node(param).shape.len());
        let uses: usize = self.uses.iter().map(Vec::len).sum();
        let mut tally = Tally {
            numbers: numbers.sum(),
            done,
            anew: None,
            by_path: None,
        };
        if params.len().saturating_mul(uses) <= MOST_VISITS {
            let contributions = self.contributions(&trained);
            let (mut anew, mut by_path) = (Work::default(), Work::default());
            for param in params {
                let entries = graph.node(param).shape.len() as u128;
                anew += self.anew(param, &contributions).times(entries);
                by_path += self.by_path(param, &contributions).times(entries);
            }
            (tally.anew, tally.by_path) = (Some(anew), Some(by_path));
        }
        tally
    }

    /// For every node whether it is a parameter or computed from one.
    fn trained(&self) -> Vec<bool> {
        let mut trained: Vec<bool> = Vec::new();
        for node in self.graph.nodes() {
            let operands = node.application().map(|made| &made.operands);
            let mut operands = operands.into_iter().flatten();
            let is_param = matches!(node.kind, NodeKind::Param(_));
            trained.push(is_param || operands.any(|operand| trained[operand.index()]));
        }
        trained
    }

    /// For each use of such nodes what it contributes.
    fn contributions(&self, trained: &[bool]) -> Vec<Vec<Formula>> {
        let nodes = self.uses.iter().zip(trained);
        let of = |(uses, is_trained): (&Vec<Use>, &bool)| {
            let uses = uses.iter().filter(|_| *is_trained);
            uses.map(|&of| self.contribution(of)).collect()
        };
        nodes.map(of).collect()
    }

    fn contribution(&self, of: Use) -> Formula {
        let (graph, labels) = (self.graph, self.labels);
        labels.contribution(graph, of.node, of.slot, Activation::Explicit)
    }

    /// A node's gradient from its upstream gradients.
    fn step_work(&self, node: NodeId) -> Work {
        let count = || self.graph.ids().map(|node| self.count(node)).collect();
        self.works.get_or_init(count)[node.index()]
    }

    fn count(&self, node: NodeId) -> Work {
        let uses = self.uses(node);
        let shape = self.graph.node(node).shape;
        let mut done = Work::of_additions(uses.len().saturating_sub(1) * shape.len());
        for &of in uses {
            done += work(&self.contribution(of), shape, &mut |_, _| {});
        }
        done
    }

    /// A node's gradient from the loss, each gradient on the way once.
    fn all_the_way(&self, node: NodeId) -> Work {
        let mut is_needed = vec![false; self.uses.len()];
        is_needed[node.index()] = true;
        let mut done = Work::default();
        // Whatever uses a node stands behind it.
        for node in self.graph.ids().skip(node.index()) {
            if is_needed[node.index()] {
                done += self.step_work(node);
                for of in self.uses(node) {
                    is_needed[of.node.index()] = true;
                }
            }
        }
        done
    }

    /// One entry of a parameter's gradient from the loss. Of each gradient on the way
    /// as many rows and columns are counted as the use that needs most of it.
    fn anew(&self, param: NodeId, contributions: &[Vec<Formula>]) -> Work {
        let mut needed: Vec<Option<Shape>> = vec![None; self.uses.len()];
        needed[param.index()] = Some(Shape::SCALAR);
        let mut done = Work::default();
        for node in self.graph.ids().skip(param.index()) {
            let Some(region) = needed[node.index()] else {
                continue;
            };
            let of = &contributions[node.index()];
            done += Work::of_additions(of.len().saturating_sub(1) * region.len());
            for contribution in of {
                done += work(contribution, region, &mut |node, region| {
                    let needed = &mut needed[node.index()];
                    *needed = Some(needed.map_or(region, |so_far| larger(so_far, region)));
                });
            }
        }
        done
    }

    /// One entry of a parameter's gradient from the loss, along each path by itself:
    /// what paths have in common is worked out for each of them.
    fn by_path(&self, param: NodeId, contributions: &[Vec<Formula>]) -> Work {
        let onward = paths::counts(self.graph);
        // From the parameter on: how many ways lead there, by how much of the gradient
        // they need.
        let mut ways: Vec<Vec<(Shape, u128)>> = vec![Vec::new(); self.uses.len()];
        ways[param.index()].push((Shape::SCALAR, 1));
        let all = onward[param.index()].saturating();
        let mut done = Work::of_additions(1).times(all.saturating_sub(1));
        for node in self.graph.ids().skip(param.index()) {
            let here = std::mem::take(&mut ways[node.index()]);
            for (of, contribution) in self.uses(node).iter().zip(&contributions[node.index()]) {
                for &(region, count) in &here {
                    let paths = count.saturating_mul(onward[of.node.index()].saturating());
                    let mut needed: Option<Shape> = None;
                    let passed = work(contribution, region, &mut |_, region| {
                        needed = Some(needed.map_or(region, |so_far| larger(so_far, region)));
                    });
                    if let Some(region) = needed {
                        let ways = &mut ways[of.node.index()];
                        match ways.iter_mut().find(|(shape, _)| *shape == region) {
                            Some((_, so_far)) => *so_far = so_far.saturating_add(count),
                            None => ways.push((region, count)),
                        }
                    }
                    done += passed.times(paths);
                }
            }
        }
        done
    }
}

/// As many rows and columns as either has.
fn larger(a: Shape, b: Shape) -> Shape {
    Shape::new(a.rows.max(b.rows), a.columns.max(b.columns))
}
