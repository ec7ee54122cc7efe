//! Runs that are compared, as the page drives them.

use std::mem;

use wasm_bindgen::prelude::*;

use crate::charts::Colour;
use crate::descent::Curve;
use crate::share::{MAX_RUNS, RunSpec};
use crate::web::engine::Engine;
use crate::web::loss;
use crate::web::refused;
use crate::web::sheet::Dress;
use crate::web::stepper::{Stepper, run_of, text_of};

use super::beside::Lane;

/// Numbers in a row of [`Stepper::standings`].
const STANDING: usize = 5;

#[wasm_bindgen]
impl Engine {
    /// How many numbers a run's state has, which is as a link writes it.
    #[wasm_bindgen(js_name = stateLength)]
    pub fn state_length(&self, run: &str) -> Result<usize, JsError> {
        let RunSpec { method, .. } = run.parse().map_err(refused)?;
        Ok(method.rule().state_len(self.tape.params_len()))
    }
}

#[wasm_bindgen]
impl Stepper {
    /// Puts another run behind the others, as [`Stepper::new`] makes one: it stands at
    /// its first step until all are sought. Throws where there are eight.
    #[wasm_bindgen(js_name = addRun)]
    pub fn add_run(
        &mut self,
        run: &str,
        step: Option<f64>,
        state: Option<Vec<f64>>,
    ) -> Result<(), JsError> {
        let run = run_of(&self.graph, run, step, state)?;
        self.insert(Lane::new(run))
    }

    /// Puts a second run like the one of a place behind the others, at the same step.
    /// With a `fork` it has what was, and the rate in force; what lies ahead is left to
    /// the first. Throws where there is none of this place, or there are eight.
    #[wasm_bindgen(js_name = copyRun)]
    pub fn copy_run(&mut self, place: usize, fork: bool) -> Result<(), JsError> {
        let run = self.beside.runs(&self.run).nth(place);
        let run = run.ok_or_else(|| refused("no run has this place"))?;
        let windows = match self.beside.index(place) {
            Some(index) => self.beside.lanes[index].windows.as_ref(),
            None => self.function.as_ref().map(|function| &function.windows),
        };
        let copy = Lane::copy(run, windows, fork);
        self.insert(copy)
    }

    /// Takes the run of a place away, which must not be the one at hand.
    #[wasm_bindgen(js_name = removeRun)]
    pub fn remove_run(&mut self, place: usize) -> Result<(), JsError> {
        let index = self.beside.index(place);
        let index = index.filter(|&index| index < self.beside.lanes.len());
        let index = index.ok_or_else(|| refused("no other run has this place"))?;
        self.beside.lanes.remove(index);
        self.beside.place -= usize::from(place < self.beside.place);
        Ok(())
    }

    /// Takes the run of a place in hand.
    #[wasm_bindgen(js_name = selectRun)]
    pub fn select_run(&mut self, place: usize) {
        let beside = &mut self.beside;
        let index = beside.index(place);
        let Some(index) = index.filter(|&index| index < beside.lanes.len()) else {
            return;
        };
        let mut lane = beside.lanes.remove(index);
        mem::swap(&mut self.run, &mut lane.run);
        mem::swap(&mut beside.distance, &mut lane.distance);
        if let (Some(function), Some(windows)) = (&mut self.function, &mut lane.windows) {
            mem::swap(&mut function.windows, windows);
        }
        lane.dress = None;
        let before = mem::replace(&mut beside.place, place);
        let back = before - usize::from(place < before);
        beside.lanes.insert(back, lane);
        self.edge = None;
    }

    /// How the run of a place is drawn while it is not at hand: a colour as `#rrggbb`,
    /// one of the eight shapes, and its name. Without a colour it is not drawn.
    #[wasm_bindgen(js_name = dressRun)]
    pub fn dress_run(
        &mut self,
        place: usize,
        colour: Option<String>,
        marker: u32,
        label: String,
    ) -> Result<(), JsError> {
        let colour = match colour {
            Some(colour) => Some(colour.parse::<Colour>().map_err(refused)?),
            None => None,
        };
        if let Some(lane) = self.beside.lane(place) {
            lane.dress = colour.map(|colour| Dress::new(colour, marker, label));
        }
        Ok(())
    }

    /// All runs in their order, as a link writes them.
    pub fn runs(&self) -> Vec<String> {
        self.beside.runs(&self.run).map(text_of).collect()
    }

    /// Where all runs stand: rows of step, furthest step, loss, learning rate of the
    /// next update, and 1 where it has stopped at a value that is not finite.
    pub fn standings(&self) -> Vec<f64> {
        let mut rows = Vec::with_capacity(STANDING * MAX_RUNS);
        for run in self.beside.runs(&self.run) {
            rows.extend([
                run.step() as f64,
                run.head() as f64,
                run.tape().loss(),
                run.learning_rate(),
                f64::from(u8::from(run.stopped().is_some())),
            ]);
        }
        rows
    }

    /// The parameters at the minimum, from which distances are measured; none where
    /// that is not known, or they are not as many as are trained.
    #[wasm_bindgen(setter)]
    pub fn set_minimum(&mut self, minimum: Option<Vec<f64>>) {
        let fits = |minimum: &Vec<f64>| minimum.len() == self.run.tape().params_len();
        self.beside.minimum = minimum.filter(fits).map(Vec::into_boxed_slice);
    }

    /// The losses of all runs as numbers, or their distances: rows of first step, last
    /// step, and of each run the least and the largest value between (NaN where it has
    /// not been), at most so many rows.
    #[wasm_bindgen(js_name = runRows)]
    pub fn run_rows(&self, most: usize, distance: bool) -> Vec<f64> {
        let curves = self.curves(distance);
        let longest = curves.iter().flatten().max_by_key(|curve| curve.steps());
        let mut rows = Vec::new();
        for (first, last, _) in longest.into_iter().flat_map(|curve| curve.rows(most)) {
            rows.extend([first as f64, last as f64]);
            for curve in &curves {
                rows.extend(within(*curve, first, last));
            }
        }
        rows
    }

    /// What all pictures say at a step: of each run the least and the largest loss of
    /// the steps that share its place (NaN where it has not been), the same of the
    /// distance, and the parameter, the loss and their place on the function curve
    /// that was drawn last, in CSS pixels from the upper left corner.
    #[wasm_bindgen(js_name = readStep)]
    pub fn read_step(&self, step: f64) -> Vec<f64> {
        let step = step as u64;
        let (losses, distances) = (self.curves(false), self.curves(true));
        let mut rows = Vec::new();
        for (place, (loss, distance)) in losses.into_iter().zip(distances).enumerate() {
            rows.extend(within(loss, step, step));
            rows.extend(within(distance, step, step));
            let function = self.function.as_ref();
            let iterate = function.and_then(|function| function.of(place, step));
            rows.extend(iterate.unwrap_or([f64::NAN; 4]));
        }
        rows
    }

    /// Where a step is on the loss curves that were drawn last, in CSS pixels from the
    /// left.
    #[wasm_bindgen(js_name = lossPlace)]
    pub fn loss_place(&self, step: f64) -> Option<f64> {
        let sheet = self.loss.as_ref()?;
        let lines = self.beside.lines(&self.run, sheet);
        loss::with_chart(sheet, &lines, |chart| chart.layout().across.place(step))
    }
}

impl Stepper {
    fn insert(&mut self, lane: Lane) -> Result<(), JsError> {
        if self.beside.lanes.len() + 1 >= MAX_RUNS {
            return Err(refused("there are as many runs as can be compared"));
        }
        self.beside.lanes.push(lane);
        Ok(())
    }

    /// Each run's curve, if it has one.
    fn curves(&self, distance: bool) -> Vec<Option<&Curve>> {
        if !distance {
            let runs = self.beside.runs(&self.run);
            return runs.map(|run| Some(run.curve())).collect();
        }
        let (before, behind) = self.beside.lanes.split_at(self.beside.place);
        let distances = before.iter().map(|lane| &lane.distance);
        let distances = distances.chain([&self.beside.distance]);
        let distances = distances.chain(behind.iter().map(|lane| &lane.distance));
        let curves = distances.map(|distance| Some(distance.as_ref()?.curve()));
        curves.collect()
    }
}

/// The least and the largest value between two steps.
fn within(curve: Option<&Curve>, first: u64, last: u64) -> [f64; 2] {
    let buckets = curve.into_iter().flat_map(Curve::buckets);
    let shared = buckets.filter(|&(from, to, _)| from <= last && first <= to);
    let values = shared.map(|(_, _, bucket)| [bucket.min, bucket.max]);
    let both = values.reduce(|[low, high], [least, largest]| [low.min(least), high.max(largest)]);
    both.unwrap_or([f64::NAN; 2])
}
