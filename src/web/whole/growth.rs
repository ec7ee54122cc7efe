//! Why a run diverged, as TypeScript sees it.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::descent::{self, EdgeSearch, Growth, Progress};
use crate::web::object::{ToJs, record, words};
use crate::web::stepper::Stepper;

/// How the steps of a run that diverged grew.
#[derive(Clone, Debug, Tsify)]
pub struct GrowthView {
    /// Which sentence is true of it.
    pub kind: GrowthKind,
    /// By which factor each step, or the last one, grew.
    pub factor: f64,
    /// The factor as it follows from η: `1 − 8η`; empty where it is not one
    /// factor.
    pub formula: String,
    /// The place whose distance grew; NaN where there is none.
    pub centre: f64,
    /// The step from which the rate has been the same.
    pub since: u64,
}

record!(GrowthView {
    kind,
    factor,
    formula,
    centre,
    since
});

/// Which sentence is true of a divergence.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum GrowthKind {
    /// Every step grew by the same factor.
    Steady,
    /// The distance of the one parameter from a place grew by the same factor.
    Centred,
    /// The last step was longer than the one before.
    Last,
    /// The last step led out of the function's domain.
    Outside,
}

words!(GrowthKind {
    Steady: "steady",
    Centred: "centred",
    Last: "last",
    Outside: "outside"
});

impl GrowthView {
    /// The view of a growth.
    pub fn of(growth: Growth, since: u64) -> Self {
        let (kind, factor, formula, centre) = match growth {
            Growth::Steady {
                factor,
                curvature,
                centre,
            } => {
                let kind = match centre {
                    Some(_) => GrowthKind::Centred,
                    None => GrowthKind::Steady,
                };
                (kind, factor, Growth::formula(curvature), centre)
            }
            Growth::Last(factor) => (GrowthKind::Last, factor, String::new(), None),
            Growth::Outside => (GrowthKind::Outside, f64::NAN, String::new(), None),
        };
        Self {
            kind,
            factor,
            formula,
            centre: centre.unwrap_or(f64::NAN),
            since,
        }
    }
}

/// How far the search for the largest rate that stays finite has come.
#[derive(Clone, Debug, Tsify)]
pub struct Edge {
    /// Whether it goes on.
    pub pending: bool,
    /// The rate; left out where there is none.
    #[tsify(optional)]
    pub rate: Option<f64>,
    /// Whether it follows from the curvature; else it was found by trials.
    pub exact: bool,
}

record!(Edge {
    pending,
    rate,
    exact
});

impl Edge {
    /// The view of a search.
    pub fn of(progress: Progress) -> Self {
        let (rate, exact) = match progress {
            Progress::Done(descent::Edge::Exact(rate)) => (Some(rate), true),
            Progress::Done(descent::Edge::Tried(rate)) => (Some(rate), false),
            Progress::Done(descent::Edge::None) | Progress::Searching => (None, false),
        };
        Self {
            pending: progress == Progress::Searching,
            rate,
            exact,
        }
    }
}

#[wasm_bindgen]
impl Stepper {
    /// How the steps grew up to where the run has diverged; nothing where it
    /// hasn't.
    pub fn growth(&mut self) -> Option<Ts<GrowthView>> {
        let growth = self.run.growth()?;
        Some(GrowthView::of(growth, self.run.rate_since()).to_ts())
    }

    /// Searches for the largest learning rate with which a run from the start
    /// stays finite, where this one has diverged; does at most `budget`
    /// multiply-adds in this call.
    #[wasm_bindgen(js_name = seekEdge)]
    pub fn seek_edge(&mut self, budget: f64) -> Ts<Edge> {
        if self.edge.is_none() && self.run.stopped().is_some() {
            let growth = self.run.growth();
            self.edge = Some(EdgeSearch::new(&self.run, growth));
        }
        let progress = self.edge.as_mut().map(|edge| edge.work(budget as u64));
        let edge = Edge::of(progress.unwrap_or(Progress::Done(descent::Edge::None)));
        edge.to_ts()
    }
}
