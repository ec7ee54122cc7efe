//! The places and routes themselves, from rows, columns and ports.

use super::columns::Columns;
use super::ordered::Ordered;
use super::ports::{Entry, Exit, NEAR_END, Ports, Text};
use super::rows::Link;
use super::scene::Form;
use super::{Layout, PlacedEdge, PlacedNode, PlacedOperator, Point, Rectangle};

/// All that says where something is.
pub struct Router<'a> {
    pub given: &'a Ordered<'a>,
    pub ports: &'a Ports,
    pub columns: &'a Columns,
    /// The height of every row.
    pub heights: &'a [f64],
}

impl Router<'_> {
    /// Everything in its place, the chain at height 0.
    pub fn layout(&self) -> Layout {
        let scene = self.given.scene;
        let nodes: Vec<PlacedNode> = (0..scene.nodes.len()).map(|node| self.node(node)).collect();
        let operators = scene.operators.iter();
        let operators = operators.map(|operator| {
            let size = operator.form.size();
            PlacedOperator {
                at: Rectangle {
                    x: self.middle(operator.output) - size.width / 2.0,
                    y: self.height(operator.output) - size.height / 2.0,
                    width: size.width,
                    height: size.height,
                },
            }
        });
        let mut layout = Layout {
            width: 0.0,
            height: 0.0,
            operators: operators.collect(),
            edges: Vec::with_capacity(self.given.rows.links.len() + scene.operators.len()),
            nodes,
            hops: Vec::new(),
        };
        let links = &self.given.rows.links;
        let longest = self.longest();
        for (index, operator) in scene.operators.iter().enumerate() {
            let first = self.given.rows.first_link[index];
            for (at, link) in links
                .iter()
                .enumerate()
                .take(self.given.rows.first_link[index + 1])
                .skip(first)
            {
                let (points, shared) = self.route(&layout, at, longest[link.row] == at);
                layout.edges.push(PlacedEdge {
                    node: link.source,
                    operator: index,
                    slot: Some(operator.operands[link.operand].slot),
                    points,
                    shared,
                    label: self.ports.links[at].label.map(|text| {
                        self.text(text, self.middle(link.target), self.height(link.target))
                    }),
                });
            }
            let y = self.height(operator.output);
            let circle = layout.operators[index].at;
            layout.edges.push(PlacedEdge {
                node: operator.output,
                operator: index,
                slot: None,
                points: vec![
                    Point::new(circle.x + circle.width, y),
                    Point::new(layout.nodes[operator.output].at.x, y),
                ],
                shared: 0,
                label: None,
            });
        }
        layout
    }

    /// For each row the link that reaches furthest along it.
    fn longest(&self) -> Vec<usize> {
        let mut longest = vec![usize::MAX; self.heights.len()];
        let reach: Vec<f64> = (0..self.given.rows.links.len())
            .map(|at| self.reach(at))
            .collect();
        for (at, link) in self.given.rows.links.iter().enumerate() {
            if link.exits || link.enters {
                let known = &mut longest[link.row];
                if reach.get(*known).is_none_or(|&known| known < reach[at]) {
                    *known = at;
                }
            }
        }
        longest
    }

    /// Where a link leaves its row, or ends on it.
    fn reach(&self, at: usize) -> f64 {
        let link = &self.given.rows.links[at];
        match self.ports.links[at].entry {
            Entry::Upright(aside) => self.middle(link.target) + aside,
            Entry::Left(_) => self.columns.entry[at],
            Entry::None => self.middle(link.target),
        }
    }

    /// The middle of a node's operator, or where that would be.
    fn middle(&self, node: usize) -> f64 {
        self.columns.columns[self.given.strands.at[node].column].middle
    }

    fn height(&self, node: usize) -> f64 {
        self.heights[self.given.rows.row_of[node]]
    }

    fn text(&self, text: Text, x: f64, y: f64) -> Rectangle {
        Rectangle {
            x: x + text.x,
            y: y + text.y,
            width: text.size.width,
            height: text.size.height,
        }
    }

    fn node(&self, node: usize) -> PlacedNode {
        let size = self.given.scene.nodes[node].size;
        let column = self.columns.columns[self.given.strands.at[node].column];
        let x = match self.given.operator(node) {
            Some(_) => {
                let start = column.middle + self.given.stem(node);
                (start + column.end - size.width) / 2.0
            }
            None if self.given.strands.at[node].is_satellite => {
                column.start.max(column.middle - size.width / 2.0)
            }
            None => column.end - size.width,
        };
        let at = Rectangle {
            x,
            y: self.height(node) - size.height / 2.0,
            width: size.width,
            height: size.height,
        };
        let note = self.ports.nodes[node].note;
        PlacedNode {
            at,
            note: note.map(|text| self.text(text, at.x, at.y)),
        }
    }

    /// The route of a link, and the number of its corners up to which another
    /// link draws it.
    fn route(&self, layout: &Layout, at: usize, is_longest: bool) -> (Vec<Point>, usize) {
        let link = &self.given.rows.links[at];
        let Link {
            source,
            target,
            row,
            ..
        } = *link;
        let from = layout.nodes[source].at;
        let line = self.heights[row];
        let own = self.height(source);
        let side = self.given.side(source, row);
        let mut points = Vec::with_capacity(6);
        let mut shared = 0;
        if link.exits {
            let border = if side == 1 {
                from.y + from.height
            } else {
                from.y
            };
            let x = match self.ports.nodes[source].exits[side] {
                Exit::Middle => from.x + from.width / 2.0,
                Exit::End => from.x + from.width - NEAR_END,
                Exit::Right(_) => self.columns.exit[source][side],
            };
            match self.ports.nodes[source].exits[side] {
                Exit::Right(port) => {
                    points.push(Point::new(from.x + from.width, own + port));
                    points.push(Point::new(x, own + port));
                }
                _ => points.push(Point::new(x, border)),
            }
            if self.given.place[row] != self.ports.nodes[source].reach[side] {
                shared = points.len();
            }
            points.push(Point::new(x, line));
        } else if self.given.strands.at[source].is_satellite {
            let below = self.height(target) < own;
            let border = if below { from.y } else { from.y + from.height };
            points.push(Point::new(self.reach(at), border));
        } else {
            points.push(Point::new(from.x + from.width, own));
        }
        if !is_longest && link.enters && !self.given.strands.at[source].is_satellite {
            shared = points.len();
        }
        self.enter(at, line, &mut points);
        (points, shared)
    }

    /// The last part of a route: from its row into the operator.
    fn enter(&self, at: usize, line: f64, points: &mut Vec<Point>) {
        let link = &self.given.rows.links[at];
        let form = self.given.scene.operators[link.operator].form;
        let size = form.size();
        let (middle, height) = (self.middle(link.target), self.height(link.target));
        let x = self.reach(at);
        match self.ports.links[at].entry {
            Entry::Upright(aside) => {
                if !self.given.strands.at[link.source].is_satellite {
                    points.push(Point::new(x, line));
                }
                let border = match form {
                    Form::Circle(radius) => chord(radius, aside),
                    Form::Box(size) => size.height / 2.0,
                };
                let y = if line < height {
                    height - border
                } else {
                    height + border
                };
                points.push(Point::new(x, y));
            }
            Entry::Left(port) => {
                let border = match form {
                    Form::Circle(radius) => chord(radius, port),
                    Form::Box(size) => size.width / 2.0,
                };
                points.push(Point::new(x, line));
                points.push(Point::new(x, height + port));
                points.push(Point::new(middle - border, height + port));
            }
            Entry::None => points.push(Point::new(middle - size.width / 2.0, height)),
        }
    }
}

/// From a circle's middle line to its border, this far beside the middle.
fn chord(radius: f64, aside: f64) -> f64 {
    libm::sqrt((radius * radius - aside * aside).max(0.0))
}
