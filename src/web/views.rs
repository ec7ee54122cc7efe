//! What crosses the boundary beside the graph, as TypeScript sees it.

use tsify::Tsify;

use super::input::Experiment;
use super::object::record;

/// Where the runs stand, and above all the one at hand.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Updates made; a run that has diverged stands where it did.
    pub step: u64,
    /// The furthest step that any of them reached.
    pub head: u64,
    /// The loss of the run at hand.
    pub loss: f64,
    /// The learning rate of its next update.
    pub learning_rate: f64,
    /// Updates still to be replayed until the step that was asked for.
    pub pending: u64,
    /// The value at which the run at hand has stopped.
    #[tsify(optional)]
    pub diverged: Option<Divergence>,
    /// Whether all runs have.
    pub still: bool,
}

record!(Report {
    step,
    head,
    loss,
    learning_rate,
    pending,
    diverged,
    still
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
    /// The run's place among all, from 0.
    pub run: usize,
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
    run,
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
    /// The run's place among all, from 0.
    pub run: usize,
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
    run,
    step,
    value,
    loss,
    x,
    y
});

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
