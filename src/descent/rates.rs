//! What a run does with each learning rate of the slider's scale: the η map.

use crate::graph::Graph;
use crate::tape::Tape;

use super::outcome::{Kind, WATCHED_STEPS, Watch};
use super::{Method, Updater};

/// Rates on the map.
pub const CELLS: usize = 200;

/// First every so many cells, over the whole scale.
const COARSE: usize = 8;

/// More multiply-adds than these are not spent on a map: then some of its cells stay
/// unknown.
const MOST_WORK: u64 = 2_000_000_000;

/// A cell of the map: what a run with its rate does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The kind of its outcome.
    pub kind: Kind,
    /// Whether its steps change direction each time.
    pub swinging: bool,
    /// How fast the gradient falls, from 0 to 1.
    pub speed: f64,
}

/// The map: the same start and method with [`CELLS`] constant rates, each for
/// [`WATCHED_STEPS`] steps.
///
/// It is made in slices: first in coarse strides over the whole scale, then cell by
/// cell outwards from where the focus is.
#[derive(Clone, Debug)]
pub struct RateMap {
    lowest: f64,
    highest: f64,
    start: Box<[f64]>,
    tape: Tape,
    updater: Updater,
    /// What the method keeps before its first step.
    fresh: Box<[f64]>,
    watch: Watch,
    cells: [Option<Cell>; CELLS],
    focus: usize,
    /// The cell whose run is under way.
    running: Option<usize>,
    spent: u64,
}

impl RateMap {
    /// A map of the rates from 10^`lowest` to 10^`highest`, of which nothing is known.
    pub fn new(graph: &Graph, method: Method, lowest: f64, highest: f64) -> Self {
        let tape = Tape::compile(graph);
        let params = tape.params_len();
        let updater = Updater::new(method, params);
        Self {
            lowest,
            highest,
            start: tape.read_params().collect(),
            fresh: updater.memory().into(),
            updater,
            watch: Watch::new(params, WATCHED_STEPS),
            tape,
            cells: [None; CELLS],
            focus: 0,
            running: None,
            spent: 0,
        }
    }

    /// The cells from the lowest rate to the highest; those that are not known, or
    /// never will be, are nothing.
    pub fn cells(&self) -> &[Option<Cell>; CELLS] {
        &self.cells
    }

    /// The rate of a cell's run: the middle of the cell on the logarithmic scale.
    pub fn rate(&self, cell: usize) -> f64 {
        let share = (cell as f64 + 0.5) / CELLS as f64;
        libm::pow(10.0, self.lowest + share * (self.highest - self.lowest))
    }

    /// The cell in which a rate lies, or the one at the end of the scale behind which
    /// it lies.
    pub fn cell_of(&self, rate: f64) -> usize {
        let share = (libm::log10(rate) - self.lowest) / (self.highest - self.lowest);
        ((share * CELLS as f64) as usize).min(CELLS - 1)
    }

    /// From now on what is nearest to this rate is found out first.
    pub fn focus(&mut self, rate: f64) {
        self.focus = self.cell_of(rate);
    }

    /// Goes on for about so many multiply-adds, and at least one step. Whether there
    /// is more to be found out.
    pub fn work(&mut self, budget: u64) -> bool {
        let cost = self.tape.operations().max(1);
        let run = cost.saturating_mul(WATCHED_STEPS);
        let mut left = (budget / cost).max(1);
        while left > 0 {
            let Some(cell) = self.running.or_else(|| self.begin(run)) else {
                return false;
            };
            left -= 1;
            self.spent += cost;
            self.tape.forward();
            self.tape.backward();
            match self.watch.take(&self.tape, &self.updater) {
                Some(outcome) => {
                    self.cells[cell] = Some(Cell {
                        kind: outcome.kind,
                        swinging: outcome.swinging,
                        speed: outcome.speed,
                    });
                    self.running = None;
                }
                None => {
                    let rate = self.rate(cell);
                    self.updater.update(&mut self.tape, rate);
                }
            }
        }
        self.running.is_some() || self.next(run).is_some()
    }

    /// Puts the next run at its start.
    fn begin(&mut self, run: u64) -> Option<usize> {
        let cell = self.next(run)?;
        self.tape.write_params(&self.start);
        self.updater.restore(0, &self.fresh);
        self.watch.restart();
        self.running = Some(cell);
        self.running
    }

    /// The cell that is to be found out next: in coarse strides, then all.
    fn next(&self, run: u64) -> Option<usize> {
        if self.spent.saturating_add(run) > MOST_WORK {
            return None;
        }
        let unknown = |cell: &usize| self.cells[*cell].is_none();
        let nearest = |cell: &usize| cell.abs_diff(self.focus);
        let coarse = (COARSE / 2..CELLS).step_by(COARSE).filter(unknown);
        let coarse = coarse.min_by_key(nearest);
        coarse.or_else(|| (0..CELLS).filter(unknown).min_by_key(nearest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph;

    const LECTURE: &str = "param x = 2\ny = 4x^2";

    fn map(program: &str, method: &str) -> RateMap {
        let graph = graph::read(program).graph.expect(program);
        let method = Method::named(method).expect(method);
        RateMap::new(&graph, method, -4.0, 1.0)
    }

    fn finished(program: &str, method: &str) -> RateMap {
        let mut map = map(program, method);
        while map.work(1000) {}
        map
    }

    /// Behind the last cell that does not diverge.
    fn edge(map: &RateMap) -> usize {
        let diverges = |cell: &Option<Cell>| cell.unwrap().kind == Kind::Diverges;
        let edge = map.cells().iter().position(diverges).unwrap();
        assert!(map.cells()[edge..].iter().all(diverges));
        edge
    }

    #[test]
    fn the_edges_of_the_lectures_function_are_within_a_cell() {
        for (method, rate) in [("gd", 0.25), ("momentum", 0.475), ("nesterov", 3.8 / 22.4)] {
            let map = finished(LECTURE, method);
            let (edge, expected) = (edge(&map), map.cell_of(rate));
            assert!(
                edge.abs_diff(expected) <= 1,
                "{method}: {edge}, not {expected}"
            );
        }
    }

    #[test]
    fn below_half_the_edge_it_falls_without_swinging() {
        let map = finished(LECTURE, "gd");
        let half = map.cell_of(0.125);
        for (cell, found) in map.cells().iter().enumerate().take(map.cell_of(0.25)) {
            let swinging = found.unwrap().swinging;
            assert!(swinging == (cell > half) || cell == half, "{cell}");
        }
        assert_eq!(map.cells()[0].unwrap().kind, Kind::Slow);
    }

    #[test]
    fn what_is_near_the_focus_is_known_first() {
        let mut map = map(LECTURE, "gd");
        map.focus(0.1);
        let cost = map.tape.operations() * (WATCHED_STEPS + 1);
        map.work(cost * (CELLS / COARSE) as u64 * 2);
        let cells = map.cells();
        assert!(
            cells
                .iter()
                .skip(COARSE / 2)
                .step_by(COARSE)
                .all(Option::is_some)
        );
        let focus = map.cell_of(0.1);
        assert!(cells[focus - 4..focus + 5].iter().all(Option::is_some));
        assert!(cells[0].is_none());
    }

    #[test]
    fn rates_beyond_the_scale_are_at_its_ends() {
        let map = map(LECTURE, "gd");
        for (rate, cell) in [
            (1e-9, 0),
            (1e9, CELLS - 1),
            (1e-4, 0),
            (f64::MAX, CELLS - 1),
        ] {
            assert_eq!(map.cell_of(rate), cell);
        }
        for cell in 0..CELLS {
            assert_eq!(map.cell_of(map.rate(cell)), cell);
        }
    }

    #[test]
    fn of_what_takes_too_long_some_stays_unknown() {
        let mut map = map(LECTURE, "gd");
        map.spent = MOST_WORK - map.tape.operations() * (WATCHED_STEPS + 1) * 2;
        while map.work(u64::MAX) {}
        let known = map.cells().iter().flatten().count();
        assert!((1..CELLS).contains(&known), "{known}");
    }

    #[test]
    fn in_slices_it_is_the_same_map() {
        let mut whole = map(LECTURE, "adam");
        while whole.work(u64::MAX) {}
        assert_eq!(whole.cells(), finished(LECTURE, "adam").cells());
    }
}
