//! At which height each row stands: the chain at 0, the others as near to it as
//! what stands between lets them.

use super::ordered::Ordered;
use super::ports::{Ports, Room};

/// Room above and below a line: two lanes, and air.
const LINE: f64 = 8.0;
/// How much further from the chain something is put to stand on one line with others.
const UNEVEN: f64 = 48.0;

/// The height of every row's line.
pub fn heights(given: &Ordered, ports: &Ports, order: &[usize]) -> Vec<f64> {
    let mut heights = vec![0.0; order.len()];
    if order.is_empty() {
        return heights;
    }
    let chain = given.rows.chain;
    let middle = given.place[chain];
    for is_down in [false, true] {
        let mut taken = vec![0.0_f64; 2 * given.strands.columns()];
        let stand = |row: usize, taken: &mut [f64]| {
            let slots = given.rows.rows[row].from..=given.rows.rows[row].to;
            let room = |slot: usize| {
                let Room { up, down } = room(given, ports, row, slot);
                if is_down { (up, down) } else { (down, up) }
            };
            let nearest = slots.clone().map(|slot| taken[slot] + room(slot).0);
            let height = if row == chain {
                0.0
            } else {
                nearest.fold(0.0, f64::max)
            };
            for slot in slots {
                taken[slot] = height + room(slot).1;
            }
            height
        };
        stand(chain, &mut taken);
        align(given, is_down, &mut taken);
        if is_down {
            for &row in &order[middle + 1..] {
                heights[row] = stand(row, &mut taken);
            }
        } else {
            for &row in order[..middle].iter().rev() {
                heights[row] = -stand(row, &mut taken);
            }
        }
    }
    heights
}

/// What stands above the chain's operators stands on one line where that takes
/// little more room.
fn align(given: &Ordered, is_down: bool, taken: &mut [f64]) {
    let chain = given.rows.chain;
    let is_own = |&row: &usize| {
        let of = &given.rows.rows[row];
        of.home == chain && of.from == of.to && (given.place[row] > given.place[chain]) == is_down
    };
    let slots = || {
        (0..given.rows.rows.len())
            .filter(is_own)
            .map(|row| given.rows.rows[row].from)
    };
    let most = slots().map(|slot| taken[slot]).fold(0.0, f64::max);
    for slot in slots() {
        if most - taken[slot] <= UNEVEN {
            taken[slot] = most;
        }
    }
}

/// What a row takes of a slot.
fn room(given: &Ordered, ports: &Ports, row: usize, slot: usize) -> Room {
    let line = Room {
        up: LINE,
        down: LINE,
    };
    let of = &given.rows.rows[row];
    let column = slot / 2;
    if !of.has_box(column) {
        return line;
    }
    let node = given.rows.members[of.first + column - of.column];
    let own = if slot % 2 == 1 {
        ports.nodes[node].room
    } else {
        ports.nodes[node].gutter_room
    };
    Room {
        up: own.up.max(LINE),
        down: own.down.max(LINE),
    }
}
