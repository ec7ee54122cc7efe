//! Where the columns stand, and in the gutters between them the upright parts
//! of the edges that can't go straight up or down.

use super::NONE;
use super::ordered::Ordered;
use super::ports::{Entry, Exit, Ports};

/// Least width of a gutter: an arrow's length.
const GUTTER: f64 = 34.0;
/// From a column's end to the first upright part, and from the last one to the
/// next column.
const BEFORE: f64 = 16.0;
const BEHIND: f64 = 20.0;
/// Between two of them.
const APART: f64 = 14.0;
/// More upright parts than these in one gutter are not put in order.
const MOST_ORDERED: usize = 200;
/// More upright parts than these don't share places.
const MOST_SHARING: usize = 2000;

/// A column: where it starts, where its operators' middles are, where it ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Column {
    pub start: f64,
    pub middle: f64,
    pub end: f64,
}

/// The columns, and where edges run through gutters.
pub struct Columns {
    pub columns: Vec<Column>,
    /// For each link that enters from the left.
    pub entry: Vec<f64>,
    /// For each node what goes from its right side to rows above, and below.
    pub exit: Vec<[f64; 2]>,
}

/// An upright part: its ends as places of rows, where it is joined from the
/// left, and where it goes on to the right.
struct Upright {
    top: f64,
    bottom: f64,
    from: f64,
    to: Vec<f64>,
    track: usize,
    of: Of,
}

#[derive(Clone, Copy)]
enum Of {
    Entry(usize),
    Exit(usize, usize),
}

impl Columns {
    pub fn of(given: &Ordered, ports: &Ports) -> Self {
        let Ordered { scene, strands, .. } = *given;
        let count = strands.columns();
        let mut gutters: Vec<Vec<Upright>> = (0..count).map(|_| Vec::new()).collect();
        add_exits(given, ports, &mut gutters);
        add_entries(given, ports, &mut gutters);

        // What each column needs before and behind its operators' middles.
        let mut needs = vec![(0.0_f64, 0.0_f64, 0.0_f64); count];
        let mut overhang = vec![0.0_f64; count];
        for node in 0..scene.nodes.len() {
            let column = strands.at[node].column;
            let (before, behind, whole) = &mut needs[column];
            match given.operator(node) {
                Some(operator) => {
                    *before = before.max(operator.form.size().width / 2.0);
                    *behind = behind.max(ports.nodes[node].right);
                    overhang[column] = overhang[column].max(ports.nodes[node].overhang);
                }
                None => *whole = whole.max(ports.nodes[node].right),
            }
        }
        let mut placed = Self {
            columns: Vec::with_capacity(count),
            entry: vec![0.0; given.rows.links.len()],
            exit: vec![[0.0; 2]; scene.nodes.len()],
        };
        let mut end = 0.0;
        for (index, mut uprights) in gutters.into_iter().enumerate() {
            arrange(&mut uprights);
            let tracks = uprights.iter().map(|upright| upright.track + 1).max();
            let width = match tracks {
                Some(tracks) => BEFORE + (tracks - 1) as f64 * APART + BEHIND,
                None => 0.0,
            };
            for upright in uprights {
                let x = end + BEFORE + upright.track as f64 * APART;
                match upright.of {
                    Of::Entry(link) => placed.entry[link] = x,
                    Of::Exit(node, side) => placed.exit[node][side] = x,
                }
            }
            let (before, behind, whole) = needs[index];
            let gutter = if index == 0 { 0.0 } else { GUTTER };
            let start = end + gutter.max(width + overhang[index]);
            let column = Column {
                start,
                middle: start + before,
                end: start + (before + behind).max(whole),
            };
            end = column.end;
            placed.columns.push(column);
        }
        placed
    }
}

fn add_exits(given: &Ordered, ports: &Ports, gutters: &mut [Vec<Upright>]) {
    let mut trunk = vec![[NONE; 2]; given.scene.nodes.len()];
    for link in given.rows.links.iter().filter(|link| link.exits) {
        let side = given.side(link.source, link.row);
        let Exit::Right(port) = ports.nodes[link.source].exits[side] else {
            continue;
        };
        let from = given.place_of(link.source) as f64 + port / 1000.0;
        let to = given.place[link.row] as f64;
        let Some(gutter) = gutters.get_mut(given.strands.at[link.source].column + 1) else {
            continue;
        };
        let known = &mut trunk[link.source][side];
        if *known == NONE {
            *known = gutter.len();
            gutter.push(Upright {
                top: from,
                bottom: from,
                from,
                to: Vec::new(),
                track: 0,
                of: Of::Exit(link.source, side),
            });
        }
        let upright = &mut gutter[*known];
        upright.top = upright.top.min(to);
        upright.bottom = upright.bottom.max(to);
        upright.to.push(to);
    }
}

fn add_entries(given: &Ordered, ports: &Ports, gutters: &mut [Vec<Upright>]) {
    for (index, link) in given.rows.links.iter().enumerate() {
        let Entry::Left(port) = ports.links[index].entry else {
            continue;
        };
        let from = given.place[link.row] as f64;
        let to = given.place_of(link.target) as f64 + port / 1000.0;
        gutters[given.strands.at[link.target].column].push(Upright {
            top: from.min(to),
            bottom: from.max(to),
            from,
            to: vec![to],
            track: 0,
            of: Of::Entry(index),
        });
    }
}

/// How often two upright parts' edges cross if the first stands to the left.
fn crossings(left: &Upright, right: &Upright) -> usize {
    let within = |at: f64, of: &Upright| of.top < at && at < of.bottom;
    let behind = left.to.iter().filter(|&&to| within(to, right)).count();
    behind + usize::from(within(right.from, left))
}

/// Puts those that cross less the other way round the other way round, then
/// gives each a track right of all it would touch.
fn arrange(uprights: &mut [Upright]) {
    if uprights.len() <= MOST_ORDERED {
        for end in 1..uprights.len() {
            let mut at = end;
            while at > 0
                && crossings(&uprights[at], &uprights[at - 1])
                    < crossings(&uprights[at - 1], &uprights[at])
            {
                uprights.swap(at, at - 1);
                at -= 1;
            }
        }
    }
    for index in 0..uprights.len() {
        let (before, rest) = uprights.split_at_mut(index);
        let own = &mut rest[0];
        own.track = if index > MOST_SHARING {
            index
        } else {
            let touching = before
                .iter()
                .filter(|other| other.top <= own.bottom && own.top <= other.bottom);
            touching.map(|other| other.track + 1).max().unwrap_or(0)
        };
    }
}
