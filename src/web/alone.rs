//! What a start has in the place of runs beside the one at hand: none.

use crate::descent::Run;

use super::curve::Other;
use super::loss::Line;
use super::sheet::Sheet;

/// No run.
#[derive(Default)]
pub struct Beside {}

impl Beside {
    /// Nobody else goes on.
    pub fn advance(&mut self, _: u64) {}

    /// Nobody else is to be anywhere.
    pub fn seek(&mut self, _: u64, _: u64) -> u64 {
        0
    }

    /// Nobody else is anywhere else.
    pub fn align(&mut self, _: &mut Run) {}

    /// Nobody else begins anew.
    pub fn reset(&mut self) {}

    /// Nobody else shares what can be spent.
    pub fn share(&self, budget: u64) -> u64 {
        budget
    }

    /// Step and furthest step, and whether it has stopped.
    pub fn totals(&self, run: &Run) -> (u64, u64, bool) {
        (run.step(), run.head(), run.stopped().is_some())
    }

    /// The parameters.
    pub fn params(&self, run: &Run) -> Vec<f64> {
        run.tape().read_params().collect()
    }

    /// All that the run can be taken up with.
    pub fn states(&self, run: &Run) -> Vec<f64> {
        run.state().collect()
    }

    /// How many multiply-adds a replay takes.
    pub fn replay_cost(&self, run: &Run) -> u64 {
        run.replay_cost()
    }

    /// Where the run at hand stands among all.
    pub fn place(&self) -> usize {
        0
    }

    /// What lay ahead of the run at hand is dropped.
    pub fn truncate(&mut self, _: &Run) {}

    /// Distances are for whoever looks further.
    pub fn measure(&mut self, _: &mut Run, _: u64) -> bool {
        false
    }

    /// The line of the run at hand.
    pub fn lines<'a>(&'a self, run: &'a Run, sheet: &'a Sheet) -> Vec<Line<'a>> {
        vec![Line {
            place: 0,
            curve: run.curve(),
            now: (sheet.focus == run.step()).then(|| run.tape().loss()),
            dress: &sheet.dress,
            selected: true,
        }]
    }

    /// Nobody else is drawn.
    pub fn others(&mut self) -> Vec<Other<'_>> {
        Vec::new()
    }
}
