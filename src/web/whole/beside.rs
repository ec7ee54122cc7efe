//! The runs beside the one at hand. All start together, and go on together.

use crate::charts::Windows;
use crate::descent::{Curve, Distance, Run};
use crate::tape::Tape;
use crate::web::curve::Other;
use crate::web::loss::Line;
use crate::web::sheet::{Dress, Sheet};

/// A run that is not at hand.
pub struct Lane {
    /// The run.
    pub run: Run,
    /// Which part of the function shows it, where that is of one number.
    pub windows: Option<Windows>,
    /// How far it is from the minimum, once that is asked for.
    pub distance: Option<Distance>,
    /// How it is drawn; not at all where there is nothing.
    pub dress: Option<Dress>,
}

/// All runs but the one at hand.
#[derive(Default)]
pub struct Beside {
    /// In their order.
    pub lanes: Vec<Lane>,
    /// The place of the run at hand among all.
    pub place: usize,
    /// How far the run at hand is from the minimum, once that is asked for.
    pub distance: Option<Distance>,
    /// The parameters at the minimum, where they are known.
    pub minimum: Option<Box<[f64]>>,
}

impl Beside {
    /// Has the others make up to so many updates.
    pub fn advance(&mut self, updates: u64) {
        for lane in &mut self.lanes {
            let windows = &mut lane.windows;
            lane.run
                .advance_watched(updates, |step, tape| note(windows, step, tape));
        }
    }

    /// Has the others go to a step, each by so many multiply-adds at most. How many
    /// updates are left to the one that is farthest from it.
    pub fn seek(&mut self, step: u64, budget: u64) -> u64 {
        let mut most = 0;
        for lane in &mut self.lanes {
            let windows = &mut lane.windows;
            let watch = |step, tape: &Tape| note(windows, step, tape);
            most = most.max(lane.run.seek_watched(step, budget, watch));
        }
        most
    }

    /// Where a seek that was broken off left the runs apart, has all that have not stopped
    /// stand where the hindmost of them does.
    pub fn align(&mut self, run: &mut Run) {
        let going = self.runs(run).filter(|run| run.stopped().is_none());
        let steps = going.map(Run::step);
        let (Some(least), Some(most)) = (steps.clone().min(), steps.max()) else {
            return;
        };
        if least < most {
            run.seek(least, u64::MAX);
            self.seek(least, u64::MAX);
        }
    }

    /// Has the others begin anew.
    pub fn reset(&mut self) {
        self.distance = None;
        for lane in &mut self.lanes {
            lane.run.reset();
            lane.distance = None;
            lane.windows = windows_of(&lane.run);
        }
    }

    /// What each run gets of what can be spent.
    pub fn share(&self, budget: u64) -> u64 {
        budget / (1 + self.lanes.len() as u64)
    }

    /// The step at which they stand, those apart that have stopped before, the
    /// furthest one, and whether all have stopped.
    pub fn totals(&self, run: &Run) -> (u64, u64, bool) {
        let first = (run.step(), run.head(), run.stopped().is_some());
        let others = self.lanes.iter().map(|lane| &lane.run);
        others.fold(first, |(step, head, still), run| {
            let has_stopped = run.stopped().is_some();
            (
                step.max(run.step()),
                head.max(run.head()),
                still && has_stopped,
            )
        })
    }

    /// The parameters of all runs, one run after another.
    pub fn params(&self, run: &Run) -> Vec<f64> {
        let runs = self.runs(run);
        runs.flat_map(|run| run.tape().read_params()).collect()
    }

    /// All that the runs can be taken up with, one run after another.
    pub fn states(&self, run: &Run) -> Vec<f64> {
        self.runs(run).flat_map(Run::state).collect()
    }

    /// How many multiply-adds a replay of all takes.
    pub fn replay_cost(&self, run: &Run) -> u64 {
        let costs = self.runs(run).map(Run::replay_cost);
        costs.fold(0, u64::saturating_add)
    }

    /// Where the run at hand stands among all.
    pub fn place(&self) -> usize {
        self.place
    }

    /// What lay ahead of the run at hand is dropped.
    pub fn truncate(&mut self, run: &Run) {
        if let Some(distance) = &mut self.distance {
            distance.truncate(run);
        }
    }

    /// Measures how far the runs have been from the minimum, each by so many
    /// multiply-adds at most. Whether there is more to measure.
    pub fn measure(&mut self, run: &mut Run, budget: u64) -> bool {
        let Some(minimum) = self.minimum.as_deref() else {
            return false;
        };
        let budget = budget / (1 + self.lanes.len() as u64);
        let mut more = Distance::measure(&mut self.distance, run, minimum, budget);
        for lane in &mut self.lanes {
            more |= Distance::measure(&mut lane.distance, &mut lane.run, minimum, budget);
        }
        more
    }

    /// A line for each run that is drawn.
    pub fn lines<'a>(&'a self, run: &'a Run, sheet: &'a Sheet) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for (place, lane) in self.places().zip(&self.lanes) {
            if let Some(dress) = &lane.dress {
                lines.extend(line(place, &lane.run, &lane.distance, dress, sheet));
            }
        }
        let own = line(self.place, run, &self.distance, &sheet.dress, sheet);
        lines.extend(own.map(|line| Line {
            selected: true,
            ..line
        }));
        lines.sort_by_key(|line| line.place);
        lines
    }

    /// The others, as far as they are drawn.
    pub fn others(&mut self) -> Vec<Other<'_>> {
        let places = places(self.place);
        let pairs = places.zip(&mut self.lanes);
        let drawn = pairs.filter_map(|(place, lane)| {
            Some(Other {
                place,
                run: &mut lane.run,
                dress: lane.dress.as_ref()?,
            })
        });
        drawn.collect()
    }

    /// All runs in their order.
    pub fn runs<'a>(&'a self, run: &'a Run) -> impl Iterator<Item = &'a Run> + Clone {
        let (before, behind) = self.lanes.split_at(self.place);
        let before = before.iter().map(|lane| &lane.run);
        let behind = behind.iter().map(|lane| &lane.run);
        before.chain([run]).chain(behind)
    }

    /// The run of a place among all; nothing where there is none, or it is at hand.
    pub fn lane(&mut self, place: usize) -> Option<&mut Lane> {
        let index = self.index(place)?;
        self.lanes.get_mut(index)
    }

    /// Where the run of a place is among the others; nothing where it is at hand.
    pub fn index(&self, place: usize) -> Option<usize> {
        (place != self.place).then(|| place - usize::from(place > self.place))
    }

    fn places(&self) -> impl Iterator<Item = usize> + use<> {
        places(self.place)
    }
}

impl Lane {
    /// A run at its first step that is not drawn yet.
    pub fn new(run: Run) -> Self {
        Self {
            windows: windows_of(&run),
            run,
            distance: None,
            dress: None,
        }
    }

    /// A second run like this one, which `windows` show: a replay would be as long as
    /// the run. A fork has what was alone.
    pub fn copy(run: &Run, windows: Option<&Windows>, is_fork: bool) -> Self {
        let mut windows = windows.cloned();
        let mut copy = if is_fork { run.fork() } else { run.clone() };
        if let (true, Some(windows)) = (is_fork, &mut windows) {
            let step = copy.step();
            let mut last = [f64::NAN; 2];
            copy.look(step.saturating_sub(1), 2, |_, tape| {
                last = [last[1], sole(tape)]
            });
            windows.truncate(step, last);
        }
        Self {
            windows,
            run: copy,
            distance: None,
            dress: None,
        }
    }
}

/// The places of the others among all.
fn places(at_hand: usize) -> impl Iterator<Item = usize> {
    (0..).filter(move |&place| place != at_hand)
}

fn line<'a>(
    place: usize,
    run: &'a Run,
    distance: &'a Option<Distance>,
    dress: &'a Dress,
    sheet: &Sheet,
) -> Option<Line<'a>> {
    let is_there = sheet.focus == run.step();
    let (curve, now): (&Curve, f64) = match sheet.is_distance {
        true => {
            let distance = distance.as_ref()?;
            (distance.curve(), distance.of(run.tape()))
        }
        false => (run.curve(), run.tape().loss()),
    };
    Some(Line {
        place,
        curve,
        now: is_there.then_some(now),
        dress,
        selected: false,
    })
}

/// What shows a run of one number that is at its first step.
fn windows_of(run: &Run) -> Option<Windows> {
    let is_of_one = run.tape().params_len() == 1;
    is_of_one.then(|| Windows::new(run.step(), sole(run.tape())))
}

fn note(windows: &mut Option<Windows>, step: u64, tape: &Tape) {
    if let Some(windows) = windows {
        windows.push(step, sole(tape));
    }
}

/// The one number that is trained.
fn sole(tape: &Tape) -> f64 {
    tape.read_params().next().unwrap_or(f64::NAN)
}
