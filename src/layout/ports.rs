//! Where edges leave and enter the rows, and which room the texts beside them
//! take, once the order of the rows is known.

use super::NONE;
use super::ordered::{Ordered, STEM};
use super::rows::Link;
use super::scene::{Form, Operator, Size};

/// Between two edges that enter an operator from the same side.
const PORT_GAP: f64 = 12.0;
/// Most edges that enter a circle from above, or from below.
const MOST_PORTS: usize = 3;
/// Around everything that is placed: half of what lies between two of them.
const AROUND: f64 = 9.0;
/// For an arrow's head, where edges enter a row from above or below.
const ARROW: f64 = 12.0;
/// Between a text and what it belongs to.
const BESIDE: f64 = 4.0;
/// How far to the side of an edge its text begins.
const ASIDE: f64 = 9.0;
/// From the middle of a node's right side to where edges leave it for other rows.
const SIDE_PORT: f64 = 14.0;
/// From the end of its upper or lower side to there.
pub const NEAR_END: f64 = 14.0;

/// How an edge goes from its row into an operator of another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry {
    /// It doesn't.
    None,
    /// Straight from above or below, this far right of the operator's middle.
    Upright(f64),
    /// Through the gutter, then from the left, this far below the middle.
    Left(f64),
}

/// How edges go from a node to rows above it, or to rows below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Exit {
    /// From the middle of its upper or lower side.
    Middle,
    /// From near the end of that side.
    End,
    /// From its right side and through the gutter, this far below the middle.
    Right(f64),
}

/// Room above and below a row's line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Room {
    pub up: f64,
    pub down: f64,
}

/// A text's rectangle: its left and upper side seen from the middle of the
/// operator, or of the node, that it stands at.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    pub x: f64,
    pub y: f64,
    pub size: Size,
}

/// How all edges leave and enter.
pub struct Ports {
    /// For each node.
    pub nodes: Vec<AtNode>,
    /// For each link.
    pub links: Vec<AtLink>,
}

/// What a node's edges and texts need.
#[derive(Clone, Copy, Debug)]
pub struct AtNode {
    /// To rows above, and to rows below.
    pub exits: [Exit; 2],
    /// The farthest rows that it has exits to, by their places.
    pub reach: [usize; 2],
    /// Its text, seen from its upper left corner.
    pub note: Option<Text>,
    /// What it takes of its column, with its operator and texts.
    pub room: Room,
    /// What its operator's texts take of the gutter before it.
    pub gutter_room: Room,
    /// How far texts reach to the left of its operator's border.
    pub overhang: f64,
    /// How far its column reaches right of its operator's middle, or of its own
    /// left side if it has none.
    pub right: f64,
}

/// How an edge enters, and its text, seen from the middle of the operator.
#[derive(Clone, Copy, Debug)]
pub struct AtLink {
    pub entry: Entry,
    pub label: Option<Text>,
}

/// What already stands around a node and its operator.
struct Zones {
    /// How far it reaches above and below the line.
    held: [f64; 2],
    /// Whether edges enter from there.
    entered: [bool; 2],
    /// Where texts may begin right of those edges.
    aside: [f64; 2],
    /// Where such texts end.
    end: f64,
}

impl Zones {
    /// A text beyond what a zone holds, beginning this far right of the middle.
    fn add(&mut self, side: usize, x: f64, size: Size) -> Text {
        let near = self.held[side] + BESIDE;
        self.held[side] = near + size.height;
        let y = if side == 1 { near } else { -self.held[side] };
        self.end = self.end.max(x + size.width);
        Text { x, y, size }
    }
}

impl Ports {
    pub fn of(given: &Ordered) -> Self {
        let none = AtNode {
            exits: [Exit::Middle; 2],
            reach: [NONE; 2],
            note: None,
            room: Room::default(),
            gutter_room: Room::default(),
            overhang: 0.0,
            right: 0.0,
        };
        let straight = AtLink {
            entry: Entry::None,
            label: None,
        };
        let mut ports = Self {
            nodes: vec![none; given.scene.nodes.len()],
            links: vec![straight; given.rows.links.len()],
        };
        for link in given.rows.links.iter().filter(|link| link.exits) {
            let side = given.side(link.source, link.row);
            let place = given.place[link.row];
            let known = &mut ports.nodes[link.source].reach[side];
            if *known == NONE || (*known < place) == (side == 1) {
                *known = place;
            }
        }
        for node in 0..ports.nodes.len() {
            ports.arrange(given, node);
        }
        ports
    }

    /// One node with its operator.
    fn arrange(&mut self, given: &Ordered, node: usize) {
        let half = given.half(node);
        let mut zones = Zones {
            held: [half; 2],
            entered: [false; 2],
            aside: [ASIDE; 2],
            end: 0.0,
        };
        if let Some(operator) = given.operator(node) {
            for side in [0, 1] {
                self.enter(given, node, operator, side, &mut zones);
            }
            self.label_straight(given, node, operator, &mut zones);
        }
        self.leave(given, node, zones.end);
        let end = zones.end;
        let width = self.annotate(given, node, &mut zones);
        let [up, down] = [0, 1].map(|side| {
            let arrow = if zones.entered[side] { ARROW } else { 0.0 };
            zones.held[side].max(half + arrow) + AROUND
        });
        let at = &mut self.nodes[node];
        at.room = Room { up, down };
        at.right = end.max(given.stem(node) + width);
    }

    /// The edges that enter an operator from one side, with their texts.
    fn enter(
        &mut self,
        given: &Ordered,
        node: usize,
        operator: &Operator,
        side: usize,
        zones: &mut Zones,
    ) {
        let links = given.rows.links_into(given.strands, node);
        let first = given.rows.first_link[given.strands.at[node].maker];
        let mut entering: Vec<usize> = (0..links.len()).collect();
        entering.retain(|&at| links[at].enters && given.side(node, links[at].row) == side);
        if entering.is_empty() {
            return;
        }
        nearest_first(&mut entering, given, links, node);
        let form = operator.form.size();
        let most = match operator.form {
            Form::Circle(_) => MOST_PORTS,
            Form::Box(size) => (size.width / PORT_GAP).max(1.0) as usize,
        };
        let is_free = |at: &&usize| given.is_free(node, given.place[links[**at].row]);
        let free = entering.iter().take_while(is_free).count();
        let count = free.min(most);
        let step = PORT_GAP.min(0.7 * form.width / count as f64);
        let spread = (count as f64 - 1.0).max(0.0) / 2.0 * step;
        // The middle of the left side is kept for what comes from there.
        let is_kept = zones.entered[0] || links.iter().any(|link| !link.enters);
        let lefts = (entering.len() - count) as f64;
        let down = if side == 1 { 1.0 } else { -1.0 };
        let (mut upright, mut left) = (0.0, 0.0);
        zones.entered[side] = true;
        zones.aside[side] = spread + ASIDE;
        for (index, &at) in entering.iter().enumerate() {
            // A satellite is the last that is free, and has no other way.
            let entry = if index + 1 < count || index + 1 == free {
                upright += 1.0;
                Entry::Upright((upright - 1.0) * step - spread)
            } else {
                left += 1.0;
                let share = if is_kept {
                    0.3 + 0.6 * left / (lefts + 1.0)
                } else {
                    0.9 * (left - 1.0) / lefts
                };
                Entry::Left(down * share * form.height / 2.0)
            };
            let label = operator.operands[at].label;
            let label = label.map(|size| zones.add(side, zones.aside[side], size));
            self.links[first + at] = AtLink { entry, label };
        }
    }

    /// The texts of edges that come from the left stand under the operator, or
    /// above it where edges come from below.
    fn label_straight(
        &mut self,
        given: &Ordered,
        node: usize,
        operator: &Operator,
        zones: &mut Zones,
    ) {
        let form = operator.form.size();
        let first = given.rows.first_link[given.strands.at[node].maker];
        for (at, link) in given
            .rows
            .links_into(given.strands, node)
            .iter()
            .enumerate()
        {
            let Some(size) = operator.operands[at].label.filter(|_| !link.enters) else {
                continue;
            };
            let [from_above, from_below] = zones.entered;
            let side = usize::from(from_above || !from_below);
            let text = if zones.entered[side] {
                zones.add(side, zones.aside[side], size)
            } else if size.width > form.width + STEM {
                zones.add(side, -form.width / 2.0, size)
            } else {
                let half = form.height / 2.0;
                let mut near = Zones {
                    held: [half; 2],
                    ..*zones
                };
                let text = near.add(side, -size.width / 2.0, size);
                let held = near.held[side];
                zones.held[side] = zones.held[side].max(held);
                let own = &mut self.nodes[node];
                own.overhang = (size.width - form.width).max(0.0) / 2.0 + BESIDE;
                if side == 1 {
                    own.gutter_room.down = held + AROUND;
                } else {
                    own.gutter_room.up = held + AROUND;
                }
                text
            };
            self.links[first + at].label = Some(text);
        }
    }

    /// The exits of a node, right of the texts that end there.
    fn leave(&mut self, given: &Ordered, node: usize, end: f64) {
        let size = given.scene.nodes[node].size;
        let stem = given.stem(node);
        let at = &mut self.nodes[node];
        for side in [0, 1] {
            if at.reach[side] == NONE {
                continue;
            }
            let is_free = given.is_free(node, at.reach[side]);
            at.exits[side] = if is_free && end + BESIDE < stem + size.width / 2.0 {
                Exit::Middle
            } else if is_free && end + BESIDE < stem + size.width - NEAR_END {
                Exit::End
            } else {
                right_exit(size, side)
            };
        }
    }

    /// Puts a node's note beyond a satellite, or above or below another node where
    /// no edge leaves it. Next to a source that it would make much higher it
    /// stands in the direction of the row: a text where the picture goes down.
    /// Returns what both need in that direction.
    fn annotate(&mut self, given: &Ordered, node: usize, zones: &mut Zones) -> f64 {
        let item = &given.scene.nodes[node];
        let Size { width, height } = item.size;
        let Some(size) = item.note else {
            return width;
        };
        let row = given.rows.row_of[node];
        let at = &mut self.nodes[node];
        let is_satellite = given.strands.at[node].is_satellite;
        let is_source = given.operator(node).is_none();
        let side = if is_satellite {
            let home = given.rows.rows[row].home;
            usize::from(given.place[row] > given.place[home])
        } else {
            usize::from(at.reach[1] == NONE || at.reach[0] != NONE)
        };
        if is_source && size.height > size.width {
            let (x, y) = match (is_satellite, side) {
                (false, _) => (-BESIDE - size.width, (height - size.height) / 2.0),
                (true, 0) => (width + BESIDE, height - size.height),
                (true, _) => (width + BESIDE, 0.0),
            };
            for (held, far) in zones.held.iter_mut().zip([-y, y + size.height - height]) {
                *held = held.max(height / 2.0 + far);
            }
            at.note = Some(Text { x, y, size });
            return width + BESIDE + size.width;
        }
        if at.reach[side] != NONE {
            at.exits[side] = right_exit(item.size, side);
        }
        // What stands before an operator grows to the left, all else to the right.
        let x = if is_source && !is_satellite {
            (width - size.width).min(0.0)
        } else {
            0.0
        };
        let text = zones.add(side, x, size);
        at.note = Some(Text {
            y: text.y + height / 2.0,
            ..text
        });
        width.max(size.width)
    }
}

fn right_exit(size: Size, side: usize) -> Exit {
    let port = SIDE_PORT.min(size.height / 3.0);
    Exit::Right(if side == 1 { port } else { -port })
}

/// By the number of rows on the way; there are few.
fn nearest_first(entering: &mut [usize], given: &Ordered, links: &[Link], node: usize) {
    let own = given.place_of(node);
    let distance = |at: usize| given.place[links[at].row].abs_diff(own);
    for end in 1..entering.len() {
        let mut at = end;
        while at > 0 && distance(entering[at]) < distance(entering[at - 1]) {
            entering.swap(at, at - 1);
            at -= 1;
        }
    }
}
