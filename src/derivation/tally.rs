//! What reuse saves.

use crate::formula::{Activation, Formula};
use crate::graph::NodeId;
use crate::paths::{self, Count, Use};

use super::{Derivations, Region, Work, work};

/// Most uses that are gone through to count what no reuse would cost.
const MOST_VISITS: usize = 2_000_000;

/// Most regions of one gradient that paths are told apart by.
const MOST_REGIONS: usize = 64;

/// Of so many gradients it is counted what taking them over saves, and only in graphs of
/// so many nodes: each takes a look at all that follows.
const MOST_COUNTED: usize = 8;
const MOST_NODES: usize = 5_000;

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
    /// What it would take to make it from the loss anew; nothing where that is not
    /// counted.
    pub saved: Option<Work>,
}

impl Derivations<'_> {
    /// The gradients that a node's gradient takes over, and what that saves.
    pub fn reused(&self, node: NodeId) -> Vec<Reused> {
        let nodes = self.taken_over(node).into_iter().enumerate();
        let is_small = self.uses.len() <= MOST_NODES;
        let reused = nodes.filter_map(|(at, node)| {
            Some(Reused {
                node,
                step: self.step_of(node)?,
                saved: (is_small && at < MOST_COUNTED).then(|| self.all_the_way(node)),
            })
        });
        reused.collect()
    }

    /// What the backward pass takes, and what it would without reuse.
    pub fn tally(&self) -> Tally {
        let graph = self.graph;
        let trained = graph.trained();
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
            let onward = paths::counts(graph);
            let (mut anew, mut by_path) = (Work::default(), Some(Work::default()));
            for param in params {
                let entries = graph.node(param).shape.len() as u128;
                anew += self.anew(param, &contributions).times(entries);
                by_path = by_path.and_then(|mut so_far| {
                    so_far += self.by_path(param, &contributions, &onward)?.times(entries);
                    Some(so_far)
                });
            }
            (tally.anew, tally.by_path) = (Some(anew), by_path);
        }
        tally
    }

    /// For each use of trained nodes what it contributes.
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
            done += work(&self.contribution(of), Region::all(shape), &mut |_, _| {});
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

    /// One entry of a parameter's gradient from the loss: of each gradient on the way the
    /// rows and columns between the first and the last that its uses need.
    fn anew(&self, param: NodeId, contributions: &[Vec<Formula>]) -> Work {
        let mut needed: Vec<Option<Region>> = vec![None; self.uses.len()];
        needed[param.index()] = Some(Region::first());
        let mut done = Work::default();
        for node in self.graph.ids().skip(param.index()) {
            let Some(region) = needed[node.index()].take() else {
                continue;
            };
            let of = &contributions[node.index()];
            done += Work::of_additions(of.len().saturating_sub(1) * region.len());
            for contribution in of {
                done += work(contribution, region.clone(), &mut |node, region| {
                    let needed = &mut needed[node.index()];
                    *needed = Some(joined(needed.as_ref(), region));
                });
            }
        }
        done
    }

    /// One entry of a parameter's gradient from the loss, along each path by itself:
    /// what paths have in common is worked out for each of them. Nothing where they need
    /// too many different regions.
    fn by_path(
        &self,
        param: NodeId,
        contributions: &[Vec<Formula>],
        onward: &[Count],
    ) -> Option<Work> {
        // From the parameter on: how many ways lead there, by what of the gradient they
        // need.
        let mut ways: Vec<Vec<(Region, u128)>> = vec![Vec::new(); self.uses.len()];
        ways[param.index()].push((Region::first(), 1));
        let all = onward[param.index()];
        let sums = all
            .exact()
            .map_or(all.saturating(), |all| all.saturating_sub(1));
        let mut done = Work::of_additions(1).times(sums);
        for node in self.graph.ids().skip(param.index()) {
            let here = std::mem::take(&mut ways[node.index()]);
            if here.len() > MOST_REGIONS {
                return None;
            }
            for (of, contribution) in self.uses(node).iter().zip(&contributions[node.index()]) {
                for (region, count) in &here {
                    let paths = count.saturating_mul(onward[of.node.index()].saturating());
                    let mut needed: Option<Region> = None;
                    let passed = work(contribution, region.clone(), &mut |_, region| {
                        needed = Some(joined(needed.as_ref(), region));
                    });
                    if let Some(region) = needed {
                        let ways = &mut ways[of.node.index()];
                        match ways.iter_mut().find(|(other, _)| *other == region) {
                            Some((_, so_far)) => *so_far = so_far.saturating_add(*count),
                            None => ways.push((region, *count)),
                        }
                    }
                    done += passed.times(paths);
                }
            }
        }
        Some(done)
    }
}

/// A region, and what is needed so far.
fn joined(so_far: Option<&Region>, region: Region) -> Region {
    so_far.map_or(region.clone(), |so_far| so_far.hull(&region))
}
