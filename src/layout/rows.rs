//! What runs from left to right at one height: strands, and the bars by which
//! results from the middle of a strand reach other operators. And the edges
//! that lead along them.

use super::NONE;
use super::scene::{Role, Scene};
use super::strands::Strands;

/// Something at one height. It covers slots: slot 2c + 1 is column c, slot 2c
/// the gutter before it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The first of its nodes among `Rows::members`; one a column.
    pub first: usize,
    /// How many nodes it has; a bar has none.
    pub count: usize,
    /// The column of the first one.
    pub column: usize,
    /// The first slot that it covers.
    pub from: usize,
    /// The last slot that it covers.
    pub to: usize,
    /// The node that an edge leaves to run along it, if it begins so.
    pub start: usize,
    /// The node whose operator is the last that is entered from it.
    pub last: usize,
    /// The row above or below which it would rather stand, and on which side.
    pub home: usize,
    /// Above its home: −1; below: 1; or 0.
    pub side: i64,
}

/// An edge from a node to an operator.
#[derive(Clone, Debug)]
pub struct Link {
    pub operator: usize,
    /// Its place among the operator's operands.
    pub operand: usize,
    pub source: usize,
    /// The operator's output.
    pub target: usize,
    /// The row along which it runs.
    pub row: usize,
    /// Whether it has to leave its source's row for that row.
    pub exits: bool,
    /// Whether it has to leave that row for the target's.
    pub enters: bool,
}

/// Rows and links.
pub struct Rows {
    pub rows: Vec<Row>,
    /// The nodes of all strands, one strand after the other.
    pub members: Vec<usize>,
    /// For each node its row.
    pub row_of: Vec<usize>,
    /// The row of the loss.
    pub chain: usize,
    /// In the order of the operators and their operands.
    pub links: Vec<Link>,
    /// Where each operator's links begin, and where the last ones end.
    pub first_link: Vec<usize>,
}

impl Row {
    /// Whether it has a rectangle in a column.
    pub fn has_box(&self, column: usize) -> bool {
        column.wrapping_sub(self.column) < self.count
    }

    pub fn covers(&self, slot: usize) -> bool {
        self.from <= slot && slot <= self.to
    }
}

impl Rows {
    pub fn of(scene: &Scene, strands: &Strands) -> Self {
        let mut rows = Self {
            rows: Vec::new(),
            members: Vec::new(),
            row_of: vec![NONE; scene.nodes.len()],
            chain: 0,
            links: Vec::new(),
            first_link: vec![0],
        };
        for node in 0..scene.nodes.len() {
            if strands.at[node].before == NONE {
                rows.add_strand(strands, node);
            }
        }
        rows.chain = rows.row_of.get(scene.loss).copied().unwrap_or(0);
        rows.add_links(scene, strands);
        rows.choose_sides(scene, strands);
        rows
    }

    /// The nodes of a row.
    pub fn nodes(&self, row: usize) -> &[usize] {
        let Row { first, count, .. } = self.rows[row];
        &self.members[first..first + count]
    }

    /// The links of the operator that makes a node.
    pub fn links_into(&self, strands: &Strands, node: usize) -> &[Link] {
        match strands.at[node].maker {
            NONE => &[],
            maker => &self.links[self.first_link[maker]..self.first_link[maker + 1]],
        }
    }

    fn add_strand(&mut self, strands: &Strands, start: usize) {
        let first = self.members.len();
        let mut node = start;
        while node != NONE {
            self.members.push(node);
            self.row_of[node] = self.rows.len();
            node = strands.at[node].behind;
        }
        let count = self.members.len() - first;
        let column = strands.at[start].column;
        // An operator may be entered from the gutter before it.
        let from = 2 * column + usize::from(strands.is_source(start));
        let to = 2 * (column + count) - 1;
        self.rows.push(Row {
            first,
            count,
            column,
            from,
            to,
            start: NONE,
            last: NONE,
            home: 0,
            side: 0,
        });
    }

    fn add_links(&mut self, scene: &Scene, strands: &Strands) {
        let mut bar_of = vec![NONE; scene.nodes.len()];
        for (index, operator) in scene.operators.iter().enumerate() {
            let target = operator.output;
            let mut has_left = false;
            for (place, operand) in operator.operands.iter().enumerate() {
                let source = operand.node;
                let mut link = Link {
                    operator: index,
                    operand: place,
                    source,
                    target,
                    row: self.row_of[target],
                    exits: false,
                    enters: false,
                };
                let from = 2 * strands.at[source].column + 1;
                let to = 2 * strands.at[target].column + 1;
                if strands.at[target].before == source && !has_left {
                    has_left = true;
                } else if strands.at[source].behind == NONE {
                    link.row = self.row_of[source];
                    link.enters = true;
                } else if strands.at[target].before == NONE
                    && strands.at[target].main == source
                    && !has_left
                {
                    has_left = true;
                    link.exits = true;
                } else {
                    if bar_of[source] == NONE {
                        bar_of[source] = self.rows.len();
                        self.rows.push(Row {
                            first: 0,
                            count: 0,
                            column: 0,
                            from,
                            to: from,
                            start: NONE,
                            last: NONE,
                            home: 0,
                            side: 0,
                        });
                    }
                    link.row = bar_of[source];
                    link.exits = true;
                    link.enters = true;
                }
                let row = &mut self.rows[link.row];
                if link.exits {
                    row.start = source;
                }
                if link.enters && row.to < to {
                    row.last = target;
                }
                row.from = row.from.min(from);
                row.to = row.to.max(to);
                self.links.push(link);
            }
            self.first_link.push(self.links.len());
        }
    }

    /// Parameters enter from above, data from below; of two satellites at one
    /// operator the second goes where the first doesn't.
    fn choose_sides(&mut self, scene: &Scene, strands: &Strands) {
        for row in &mut self.rows {
            row.home = self.chain;
        }
        for node in 0..scene.nodes.len() {
            let row = &mut self.rows[self.row_of[node]];
            if strands.is_source(node) && row.count == 1 {
                let is_param = scene.nodes[node].role == Role::Param;
                row.side = if is_param { -1 } else { 1 };
            }
        }
        for operator in 0..scene.operators.len() {
            let mut taken = 0;
            for link in &self.links[self.first_link[operator]..self.first_link[operator + 1]] {
                if strands.at[link.source].is_satellite {
                    let row = &mut self.rows[link.row];
                    row.home = self.row_of[link.target];
                    if row.side == taken {
                        row.side = -taken;
                    }
                    taken = row.side;
                }
            }
        }
    }
}
