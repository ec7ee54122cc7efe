//! Which column each node stands in, and which nodes follow each other on one
//! straight line: a strand. The chain is the strand that leads to the loss.

use super::NONE;
use super::scene::{Operand, Role, Scene};

/// Columns and strands.
pub struct Strands {
    /// For each node.
    pub at: Vec<At>,
}

/// Where a node stands among the others.
#[derive(Clone, Copy)]
pub struct At {
    /// The operator that makes it.
    pub maker: usize,
    /// How many slots it fills.
    pub uses: usize,
    pub column: usize,
    /// The one before it on its strand.
    pub before: usize,
    /// The one behind it on its strand.
    pub behind: usize,
    /// The operand that its value mainly comes from.
    pub main: usize,
    /// Whether it stands above or below the operator that alone uses it, in its
    /// column, not before it.
    pub is_satellite: bool,
    /// How many operators the longest way from a source has.
    depth: usize,
    /// How well a chain begins with what its main operands begin with.
    start: usize,
    /// Whether the loss depends on it.
    reaches: bool,
}

impl Strands {
    pub fn of(scene: &Scene) -> Self {
        let unknown = At {
            maker: NONE,
            uses: 0,
            column: NONE,
            before: NONE,
            behind: NONE,
            main: NONE,
            is_satellite: false,
            depth: 0,
            start: 0,
            reaches: false,
        };
        let mut strands = Self {
            at: vec![unknown; scene.nodes.len()],
        };
        for (index, operator) in scene.operators.iter().enumerate() {
            strands.at[operator.output].maker = index;
            for operand in &operator.operands {
                strands.at[operand.node].uses += 1;
            }
        }
        strands.find_mains(scene);
        strands.find_columns(scene);
        strands.link(scene);
        strands.find_satellites(scene);
        strands
    }

    /// Whether a node is a given one.
    pub fn is_source(&self, node: usize) -> bool {
        self.at[node].maker == NONE
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        let columns = self.at.iter().map(|at| at.column + 1);
        columns.max().unwrap_or(0)
    }

    /// The main operand is the one with the longest way behind it. Of equal
    /// ones data come before parameters, and ways that begin with something
    /// used once before ways that begin at a rail.
    fn find_mains(&mut self, scene: &Scene) {
        for (item, at) in scene.nodes.iter().zip(&mut self.at) {
            at.start = match (item.role, at.uses) {
                (Role::Param, 1) => 2,
                (Role::Param, _) => 0,
                (_, 1) => 3,
                _ => 1,
            };
        }
        for operator in &scene.operators {
            let mut best = (0, false, 0);
            for &Operand { node, .. } in &operator.operands {
                let At { depth, start, .. } = self.at[node];
                let key = (depth + 1, scene.nodes[node].role != Role::Param, start);
                if key > best {
                    best = key;
                    self.at[operator.output].main = node;
                }
            }
            let made = &mut self.at[operator.output];
            made.depth = best.0.max(1);
            made.start = best.2;
        }
    }

    /// As far right as the loss allows; what doesn't reach it, as far left as
    /// its operands allow.
    fn find_columns(&mut self, scene: &Scene) {
        if let Some(loss) = self.at.get_mut(scene.loss) {
            loss.column = loss.depth;
            loss.reaches = true;
        }
        for operator in scene.operators.iter().rev() {
            let made = self.at[operator.output];
            for operand in operator.operands.iter().filter(|_| made.reaches) {
                let at = &mut self.at[operand.node];
                at.column = at.column.min(made.column.saturating_sub(1));
                at.reaches = true;
            }
        }
        for operator in &scene.operators {
            if !self.at[operator.output].reaches {
                let columns = operator.operands.iter().map(|operand| {
                    // A source has none yet.
                    self.at[operand.node].column.wrapping_add(1).max(1)
                });
                self.at[operator.output].column = columns.max().unwrap_or(1);
            }
        }
        for operator in &scene.operators {
            let column = self.at[operator.output].column;
            for operand in &operator.operands {
                let at = &mut self.at[operand.node];
                if at.maker == NONE && !at.reaches {
                    at.column = at.column.min(column.saturating_sub(1));
                }
            }
        }
        for at in self.at.iter_mut().filter(|at| at.column == NONE) {
            at.column = 0;
        }
    }

    /// The chain first; then each operator goes on behind its main operand, or
    /// another computed one, if that stands in the column before it and nothing
    /// goes on behind it yet. A source used often becomes a rail instead.
    fn link(&mut self, scene: &Scene) {
        let mut node = scene.loss;
        while let Some(&At { main, .. }) = self.at.get(node).filter(|at| at.main != NONE) {
            self.join(main, node);
            node = main;
        }
        for operator in &scene.operators {
            let output = operator.output;
            let made = self.at[output];
            if made.before != NONE || made.main == NONE {
                continue;
            }
            let is_free = |node: usize| {
                let at = self.at[node];
                let fits = at.maker != NONE || node == made.main && at.uses == 1;
                fits && at.behind == NONE && at.column + 1 == made.column
            };
            let mut operands = operator.operands.iter().map(|operand| operand.node);
            let chosen = if is_free(made.main) {
                Some(made.main)
            } else {
                operands.find(|&node| is_free(node))
            };
            if let Some(node) = chosen {
                self.join(node, output);
            }
        }
    }

    fn join(&mut self, before: usize, behind: usize) {
        self.at[before].behind = behind;
        self.at[behind].before = before;
    }

    /// One above and one below an operator may be satellites.
    fn find_satellites(&mut self, scene: &Scene) {
        for operator in &scene.operators {
            let column = self.at[operator.output].column;
            let mut count = 0;
            for operand in &operator.operands {
                let at = &mut self.at[operand.node];
                if at.maker == NONE && at.uses == 1 && at.behind == NONE && count < 2 {
                    at.is_satellite = true;
                    at.column = column;
                    count += 1;
                }
            }
        }
    }
}
