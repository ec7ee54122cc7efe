//! What crosses the boundary beside the graph, as TypeScript sees it.

use tsify::Tsify;

use crate::descent::{self, Growth, Progress};

use super::input::Experiment;
use super::object::{record, words};

/// What a text was found to be.
#[derive(Clone, Debug, Tsify)]
pub struct Reading {
    /// Faults and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

record!(Reading { diagnostics });

/// Something wrong, or doubtful, at a place of the text.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Whether the program can run all the same.
    pub severity: Severity,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column behind the end.
    pub end_column: u32,
    /// The line, or of a long one what is around the marked piece.
    pub excerpt: String,
    /// The column of the excerpt's first character.
    pub excerpt_column: u32,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    #[tsify(optional)]
    pub remedy: Option<String>,
}

record!(Diagnostic {
    severity,
    line,
    column,
    end_line,
    end_column,
    excerpt,
    excerpt_column,
    message,
    remedy
});

/// Whether a program can run all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// It can't.
    Fault,
    /// It can.
    Warning,
}

words!(Severity {
    Fault: "fault",
    Warning: "warning"
});

/// Where a run stands.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Updates made.
    pub step: u64,
    /// The furthest step reached.
    pub head: u64,
    /// The loss at this step.
    pub loss: f64,
    /// The learning rate of the next update.
    pub learning_rate: f64,
    /// Updates still to be replayed until the step that was asked for.
    pub pending: u64,
    /// The value at which the run has stopped.
    #[tsify(optional)]
    pub diverged: Option<Divergence>,
}

record!(Report {
    step,
    head,
    loss,
    learning_rate,
    pending,
    diverged
});

/// A value that is not finite.
#[derive(Clone, Debug, Tsify)]
pub struct Divergence {
    /// The step at which it arose.
    pub step: u64,
    /// The node, as it is written.
    pub node: String,
    /// Whether it is the node's gradient.
    pub gradient: bool,
    /// `∞`, `−∞` or `NaN`.
    pub value: String,
    /// The operator that made it, as the graph draws it; left out where an
    /// update did.
    #[tsify(optional)]
    pub operator: Option<String>,
}

record!(Divergence {
    step,
    node,
    gradient,
    value,
    operator
});

/// What the loss curve says at a place.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LossReading {
    /// First step at this place.
    pub step: u64,
    /// Last step at this place.
    pub last_step: u64,
    /// Smallest loss of these steps.
    pub low: f64,
    /// Largest loss of these steps.
    pub high: f64,
    /// Where the point is drawn, in CSS pixels.
    pub x: f64,
    /// Where the point is drawn, in CSS pixels.
    pub y: f64,
}

record!(LossReading {
    step,
    last_step,
    low,
    high,
    x,
    y
});

/// What the function curve says at a place.
#[derive(Clone, Debug, Tsify)]
pub struct IterateReading {
    /// The step.
    pub step: u64,
    /// The parameter.
    pub value: f64,
    /// The loss.
    pub loss: f64,
    /// Where the point is drawn, in CSS pixels.
    pub x: f64,
    /// Where the point is drawn, in CSS pixels.
    pub y: f64,
}

record!(IterateReading {
    step,
    value,
    loss,
    x,
    y
});

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

/// What a link was found to hold.
#[derive(Clone, Debug, Tsify)]
pub struct LinkReading {
    /// The experiment, with defaults where the link could not be read.
    pub experiment: Experiment,
    /// What could not be read.
    pub notes: Vec<LinkNote>,
}

record!(LinkReading { experiment, notes });

/// Something in a link that could not be read.
#[derive(Clone, Debug, Tsify)]
pub struct LinkNote {
    /// What happened: the page has a sentence for it.
    pub kind: String,
    /// The key of the link.
    #[tsify(optional)]
    pub key: Option<String>,
    /// The text that could not be read, shortened.
    #[tsify(optional)]
    pub text: Option<String>,
    /// The bound in force, or the count that is told, where there is one.
    #[tsify(optional)]
    pub limit: Option<f64>,
}

record!(LinkNote {
    kind,
    key,
    text,
    limit
});
