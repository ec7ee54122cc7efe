//! In which order the rows stand, from top to bottom.
//!
//! Each row begins next to the one that it leads to, those that end further
//! left nearer to it, so that branches of a tree nest. Then each is tried at
//! every place (sifting): only what passes two neighbours decides whether they
//! had better change places, so a whole tour costs no more than its edges.

use super::NONE;
use super::rows::{Link, Rows};
use super::strands::Strands;

/// What a crossing costs.
const CROSSING: i64 = 10;
/// An edge that would meet a box has to go round it.
const DETOUR: i64 = 16;
/// A satellite's edge is straight, whatever it costs.
const NEVER: i64 = 1_000_000;
/// What is near and might have to make room.
const NEAR: i64 = 1;
const NEAR_SLOTS: usize = 4;
/// A side that is not its own.
const WRONG_SIDE: i64 = 8;
/// What a move must gain: what is about as good stays where it is.
const WORTH: i64 = 4;
/// How many beginnings are tried where rows times edges are not more than this.
const VARIANTS: usize = 8;
const MOST_TO_VARY: usize = 30_000;
/// How many comparisons a tour and all tours together may take.
const MOST_IN_TOUR: usize = 20_000_000;
const MOST: usize = 60_000_000;
const MOST_TOURS: usize = 5;

/// An edge's vertical part, seen from one of the two rows that it connects.
#[derive(Clone, Copy)]
struct Wire {
    slot: usize,
    other: usize,
    /// The node from which it goes to a row, or to whose operator it goes.
    node: usize,
    is_satellite: bool,
}

/// The rows from top to bottom. In small pictures the branches of the chain are
/// begun on several combinations of sides; another than the first has to spare a
/// crossing at least, so that a small edit seldom turns the picture over.
pub fn order(rows: &Rows, strands: &Strands) -> Vec<usize> {
    let mut sifting = Sifting::of(rows, strands);
    let mut best = nested(rows, strands, 0);
    sifting.sift(&mut best);
    if rows.rows.len() * rows.links.len() > MOST_TO_VARY {
        return best;
    }
    let mut least = sifting.cost(&best);
    for variant in 1..VARIANTS {
        let mut order = nested(rows, strands, variant);
        sifting.sift(&mut order);
        let cost = sifting.cost(&order);
        if cost + CROSSING <= least {
            least = cost;
            best = order;
        }
    }
    best
}

/// A list in which rows can be put next to others.
struct List {
    above: Vec<usize>,
    below: Vec<usize>,
}

impl List {
    /// Puts a row right above or below another one.
    fn put(&mut self, row: usize, anchor: usize, is_above: bool) {
        let (near, far) = if is_above {
            (&mut self.above, &mut self.below)
        } else {
            (&mut self.below, &mut self.above)
        };
        let next = near[anchor];
        near[anchor] = row;
        far[row] = anchor;
        near[row] = next;
        if next != NONE {
            far[next] = row;
        }
    }

    /// The highest or the lowest of those around a row.
    fn end(&self, mut row: usize, is_above: bool) -> usize {
        let next = if is_above { &self.above } else { &self.below };
        while next[row] != NONE {
            row = next[row];
        }
        row
    }

    /// All around a row, from top to bottom.
    fn from(&self, row: usize) -> Vec<usize> {
        let mut row = self.end(row, true);
        let mut order = Vec::with_capacity(self.above.len());
        while row != NONE {
            order.push(row);
            row = self.below[row];
        }
        order
    }
}

/// The two rows that an edge makes stand next to the one that it leads to.
fn feeders(rows: &Rows, link: &Link) -> [usize; 2] {
    [link.row, rows.row_of[link.source]]
}

/// On which side of the chain each row begins: its own; where others that the
/// same rail leads to are; or where there are fewer up to there from the left, so
/// that what is added at the end changes nothing before it. A variant has the
/// other side for some.
fn sides(rows: &Rows, strands: &Strands, variant: usize) -> Vec<bool> {
    let mut known: Vec<Option<bool>> = vec![None; rows.rows.len()];
    let mut branch = 0_u32;
    let mut load = [0_usize; 2];
    for &node in rows.nodes(rows.chain) {
        for link in rows.links_into(strands, node) {
            for row in feeders(rows, link) {
                if row == rows.chain || known[row].is_some() || strands.at[link.source].is_satellite
                {
                    continue;
                }
                let above = match rows.rows[row].side {
                    0 => {
                        branch += 1;
                        let is_other = variant >> (branch % 3) & 1 == 1;
                        let rails = || rails(rows, strands, row);
                        let shared = rails().find_map(|rail| known[rail]);
                        let above = shared.unwrap_or(load[0] < load[1]) != is_other;
                        for rail in rails() {
                            known[rail].get_or_insert(above);
                        }
                        above
                    }
                    side => side < 0,
                };
                known[row] = Some(above);
                load[usize::from(!above)] += 1;
            }
        }
    }
    let rows = rows.rows.iter().zip(known);
    rows.map(|(row, known)| known.unwrap_or(row.side < 0))
        .collect()
}

/// The rows of sources that lead to a row's operators and to others.
fn rails<'a>(rows: &'a Rows, strands: &'a Strands, row: usize) -> impl Iterator<Item = usize> + 'a {
    let nodes = rows.nodes(row).iter();
    let links = nodes.flat_map(|&node| rows.links_into(strands, node));
    let is_rail = |link: &&Link| strands.is_source(link.source) && strands.at[link.source].uses > 1;
    let rails = links.filter(is_rail).map(|link| link.row);
    rails.filter(move |&rail| rail != rows.chain && rail != row)
}

/// Each row next to the one that it leads to.
fn nested(rows: &Rows, strands: &Strands, variant: usize) -> Vec<usize> {
    let count = rows.rows.len();
    if count == 0 {
        return Vec::new();
    }
    let mut list = List {
        above: vec![NONE; count],
        below: vec![NONE; count],
    };
    let mut is_above = sides(rows, strands, variant);
    let mut is_placed = vec![false; count];
    is_placed[rows.chain] = true;
    let mut queue = vec![rows.chain];
    let mut done = 0;
    let mut unplaced = 0..count;
    let mut end = rows.chain;
    loop {
        while let Some(&row) = queue.get(done) {
            done += 1;
            // Satellites last, so that they stand nearest.
            for want_satellite in [false, true] {
                for &node in rows.nodes(row).iter().rev() {
                    let links = rows.links_into(strands, node).iter();
                    let is_wanted =
                        |link: &&Link| strands.at[link.source].is_satellite == want_satellite;
                    for feeder in links.filter(is_wanted).flat_map(|link| feeders(rows, link)) {
                        if is_placed[feeder] {
                            continue;
                        }
                        is_placed[feeder] = true;
                        // A branch of a branch is further out.
                        if !want_satellite && row != rows.chain {
                            is_above[feeder] = is_above[row];
                        }
                        list.put(feeder, row, is_above[feeder]);
                        queue.push(feeder);
                    }
                }
            }
        }
        // What doesn't reach the loss stands below all that does, or above it.
        let Some(row) = unplaced.find(|&row| !is_placed[row]) else {
            return list.from(rows.chain);
        };
        is_placed[row] = true;
        is_above[row] = variant > VARIANTS / 2;
        end = list.end(end, is_above[row]);
        list.put(row, end, is_above[row]);
        queue.push(row);
    }
}

/// The wires of every row.
fn wires(rows: &Rows, strands: &Strands) -> Vec<Vec<Wire>> {
    let mut wires = vec![Vec::new(); rows.rows.len()];
    let mut connect = |node: usize, slot: usize, row: usize, is_satellite: bool| {
        let home = rows.row_of[node];
        for (own, other) in [(row, home), (home, row)] {
            wires[own].push(Wire {
                slot,
                other,
                node,
                is_satellite,
            });
        }
    };
    for link in &rows.links {
        if link.exits {
            let slot = 2 * strands.at[link.source].column + 2;
            connect(link.source, slot, link.row, false);
        }
        if link.enters {
            let slot = 2 * strands.at[link.target].column + 1;
            let is_satellite = strands.at[link.source].is_satellite;
            connect(link.target, slot, link.row, is_satellite);
        }
    }
    wires
}

/// What is known while rows are tried at other places.
struct Sifting<'a> {
    rows: &'a Rows,
    wires: Vec<Vec<Wire>>,
    /// For each row the first and the last slot of its wires.
    spans: Vec<(usize, usize)>,
    place: Vec<usize>,
}

impl<'a> Sifting<'a> {
    fn of(rows: &'a Rows, strands: &Strands) -> Self {
        let wires = wires(rows, strands);
        let slots = |wires: &Vec<Wire>| {
            let slots = wires.iter().map(|wire| wire.slot);
            slots.fold((NONE, 0), |(first, last), slot| {
                (slot.min(first), slot.max(last))
            })
        };
        Self {
            rows,
            spans: wires.iter().map(slots).collect(),
            place: vec![0; wires.len()],
            wires,
        }
    }

    /// What a wire costs that passes a row.
    fn passing(&self, wire: Wire, row: usize) -> i64 {
        let passed = &self.rows.rows[row];
        if !passed.covers(wire.slot) {
            let is_near =
                passed.from <= wire.slot + NEAR_SLOTS && wire.slot <= passed.to + NEAR_SLOTS;
            return if is_near { NEAR } else { 0 };
        }
        // Where both begin at one node, or end at one operator, they don't cross.
        let is_last = wire.slot == passed.to && wire.node == passed.last;
        let is_first = wire.slot == passed.from + 1 && wire.node == passed.start;
        if is_last || is_first {
            return NEAR;
        }
        let is_box = wire.slot % 2 == 1 && passed.has_box(wire.slot / 2);
        match (is_box, wire.is_satellite) {
            (true, true) => NEVER,
            (true, false) => DETOUR,
            (false, _) => CROSSING,
        }
    }

    /// What changes when one of two neighbours, `moved`, passes the other, which
    /// stands below it if `goes_down`.
    fn exchange(&self, moved: usize, passed: usize, goes_down: bool) -> i64 {
        let mut cost = 0;
        // A wire crosses the neighbour if it leads beyond it, before or after.
        for (own, other, was_upper) in [(moved, passed, goes_down), (passed, moved, !goes_down)] {
            let (first, last) = self.spans[own];
            let passed_row = &self.rows.rows[other];
            if passed_row.from > last + NEAR_SLOTS || first > passed_row.to + NEAR_SLOTS {
                continue;
            }
            for &wire in &self.wires[own] {
                if wire.other == other {
                    continue;
                }
                let leads_down = self.place[wire.other] > self.place[passed];
                let price = self.passing(wire, other);
                cost += if leads_down == was_upper {
                    -price
                } else {
                    price
                };
            }
        }
        let (row, neighbour) = (&self.rows.rows[moved], &self.rows.rows[passed]);
        let down = if goes_down { 1 } else { -1 };
        if row.home == passed {
            cost -= down * row.side * WRONG_SIDE;
        }
        if neighbour.home == moved {
            cost += down * neighbour.side * WRONG_SIDE;
        }
        cost
    }

    /// Where a row stands best, and what it gains there.
    fn best_place(&self, order: &[usize], row: usize, window: usize) -> (usize, i64) {
        let own = self.place[row];
        let mut best = (own, 0);
        for goes_down in [false, true] {
            let mut cost = 0;
            let mut at = own;
            for _ in 0..window {
                at = if goes_down {
                    at + 1
                } else {
                    at.wrapping_sub(1)
                };
                let Some(&passed) = order.get(at) else {
                    break;
                };
                cost += self.exchange(row, passed, goes_down);
                if cost < best.1 {
                    best = (at, cost);
                }
            }
        }
        best
    }

    /// What an order costs in all.
    fn cost(&self, order: &[usize]) -> i64 {
        let mut cost = 0;
        for (place, &row) in order.iter().enumerate() {
            for wire in &self.wires[row] {
                for &passed in order.get(place + 1..self.place[wire.other]).unwrap_or(&[]) {
                    cost += self.passing(*wire, passed);
                }
            }
            let of = &self.rows.rows[row];
            let side = if place > self.place[of.home] { 1 } else { -1 };
            if of.side == -side {
                cost += WRONG_SIDE;
            }
        }
        cost
    }

    /// Moves each row to where it stands best, in several tours.
    fn sift(&mut self, order: &mut [usize]) {
        for (place, &row) in order.iter().enumerate() {
            self.place[row] = place;
        }
        let work = order.len() + 4 * self.rows.links.len();
        let window = (MOST_IN_TOUR / work.max(1)).max(20);
        let tours = MOST / (work * window.min(order.len())).max(1);
        for _ in 0..tours.clamp(1, MOST_TOURS) {
            let mut is_better = false;
            for row in (0..order.len()).filter(|&row| row != self.rows.chain) {
                let own = self.place[row];
                let (best, gain) = self.best_place(order, row, window);
                if gain > -WORTH {
                    continue;
                }
                is_better = true;
                if best > own {
                    order[own..=best].rotate_left(1);
                } else {
                    order[best..=own].rotate_right(1);
                }
                let (from, to) = (own.min(best), own.max(best));
                for (place, &row) in order.iter().enumerate().take(to + 1).skip(from) {
                    self.place[row] = place;
                }
            }
            if !is_better {
                break;
            }
        }
    }
}
