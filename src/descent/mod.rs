//! Gradient descent that one can stop, steer and walk back.
//!
//! A [`Run`] owns a tape, the η timeline that the slider leaves, and a history
//! of bounded size: the loss curve in buckets, and checkpoints that thin out
//! with age. Any earlier step is reached from the checkpoint before it by
//! replay, and replay gives the same bits.

mod checkpoints;
mod curve;
mod edge;
mod growth;
mod method;
mod rules;
mod schedule;
mod timeline;
mod updater;

use crate::graph::Graph;
use crate::tape::{NotFinite, Tape};

use checkpoints::Checkpoints;

pub use curve::{Bucket, Curve};
pub use edge::{Edge, EdgeSearch, Progress, TRIED_STEPS};
pub use growth::Growth;
pub use method::{Method, MethodFault};
pub use rules::{Constant, RULES, Rule};
pub use schedule::{Schedule, USUAL_STEP_FACTOR};
pub use timeline::*;
pub use updater::Updater;

/// Most multiply-adds of a replay from a link: beyond, parameters travel.
pub const MAX_REPLAY: u64 = 1_000_000_000;

/// One descent, step by step.
#[derive(Clone, Debug)]
pub struct Run {
    tape: Tape,
    updater: Updater,
    /// A second tape for looking at other steps without leaving this one.
    lookout: Tape,
    /// The parameters' values in the graph.
    start: Box<[f64]>,
    timeline: Timeline,
    step: u64,
    head: u64,
    curve: Curve,
    checkpoints: Checkpoints,
}

impl Run {
    /// A run at step 0: the first forward and backward pass are done.
    pub fn new(graph: &Graph, method: Method, timeline: Timeline) -> Self {
        let tape = Tape::compile(graph);
        let start: Box<[f64]> = tape.read_params().collect();
        Self::from(tape, method, timeline, 0, start)
    }

    /// A run that is taken up at a later step with the parameters it had there;
    /// it can't be walked back beyond that. Nothing where these are not as
    /// many numbers as the graph's parameters have.
    pub fn resume(
        graph: &Graph,
        method: Method,
        timeline: Timeline,
        step: u64,
        params: &[f64],
    ) -> Option<Self> {
        let tape = Tape::compile(graph);
        let fits = tape.params_len() == params.len();
        fits.then(|| Self::from(tape, method, timeline, step, params.into()))
    }

    fn from(tape: Tape, method: Method, timeline: Timeline, step: u64, params: Box<[f64]>) -> Self {
        let mut run = Self {
            updater: Updater::new(method, params.len()),
            lookout: tape.clone(),
            start: tape.read_params().collect(),
            tape,
            timeline,
            step,
            head: step,
            curve: Curve::new(step),
            checkpoints: Checkpoints::new(step, params),
        };
        run.restore(step);
        run.curve.push(run.tape.loss());
        run
    }

    /// The step at which the run stands: so many updates were made.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The furthest step that was reached on the present timeline.
    pub fn head(&self) -> u64 {
        self.head
    }

    /// Values and gradients at this step.
    pub fn tape(&self) -> &Tape {
        &self.tape
    }

    /// How a gradient becomes an update.
    pub fn method(&self) -> &Method {
        self.updater.method()
    }

    /// Every learning rate that was set, and when.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The loss by step, as far as the run has been.
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// The learning rate of the next update.
    pub fn learning_rate(&self) -> f64 {
        self.timeline.at(self.step)
    }

    /// Sets the learning rate from the next update on. Nothing is reset; where
    /// the run stands before its furthest step, what lay ahead is dropped.
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), TimelineFault> {
        if learning_rate == self.learning_rate() {
            return Ok(());
        }
        self.timeline.set(self.step, learning_rate)?;
        self.forget_ahead();
        Ok(())
    }

    /// The value at which the run has stopped: divergence is a result. It goes
    /// on when another learning rate is set, and can be walked back from.
    pub fn stopped(&self) -> Option<NotFinite> {
        let resumed = self.step > 0 && self.timeline.changes_at(self.step);
        if self.step < self.head || resumed {
            return None;
        }
        self.tape.not_finite()
    }

    /// Makes up to `updates` updates and says how many: fewer where it stops
    /// at a value that is not finite.
    pub fn advance(&mut self, updates: u64) -> u64 {
        self.advance_watched(updates, |_, _| {})
    }

    /// The same, and shows the tape of each step at which the run had not been.
    pub fn advance_watched(&mut self, updates: u64, mut watch: impl FnMut(u64, &Tape)) -> u64 {
        self.checkpoints.reserve(self.step.saturating_add(updates));
        for made in 0..updates {
            if self.stopped().is_some() {
                return made;
            }
            let head = self.head;
            self.update();
            if self.head > head {
                watch(self.head, &self.tape);
            }
        }
        updates
    }

    /// Goes to a step, exactly: back from the checkpoint before it, forward by
    /// the timeline; to the first step where the run began behind it. Does at
    /// most `budget` multiply-adds, though always some progress, and says how
    /// many updates are left to the target; called again, it goes on.
    pub fn seek(&mut self, target: u64, budget: u64) -> u64 {
        self.seek_watched(target, budget, |_, _| {})
    }

    /// The same, and shows the tape of each step at which the run had not been.
    pub fn seek_watched(&mut self, target: u64, budget: u64, watch: impl FnMut(u64, &Tape)) -> u64 {
        let target = target.max(self.checkpoints.origin());
        let affordable = (budget / self.tape.operations().max(1)).max(1);
        if target < self.step || self.checkpoints.nearest(target).0 > self.step {
            self.restore(target);
        }
        let left = target - self.step;
        let wanted = left.min(affordable);
        let made = self.advance_watched(wanted, watch);
        if made < wanted { 0 } else { left - made }
    }

    /// Back to step 0 and the graph's own values; what lay ahead is dropped,
    /// and the learning rate that was in force stays.
    pub fn reset(&mut self) {
        self.timeline = self.timeline.restarted(self.step);
        self.checkpoints = Checkpoints::new(0, self.start.clone());
        self.curve = Curve::new(0);
        self.restore(0);
        self.head = 0;
        self.curve.push(self.tape.loss());
    }

    /// How many multiply-adds a replay from the first step takes.
    pub fn replay_cost(&self) -> u64 {
        self.tape.operations().saturating_mul(self.step)
    }

    /// Shows the tape of each step from `from` on, `count` of them or as far
    /// as the run has been, without moving the run.
    pub fn look(&mut self, from: u64, count: u64, mut visit: impl FnMut(u64, &Tape)) {
        let end = from.saturating_add(count).min(self.head + 1);
        if from >= end {
            return;
        }
        let (mut step, params) = self.checkpoints.nearest(from);
        self.lookout.write_params(params);
        loop {
            evaluate(&mut self.lookout);
            if step >= from {
                visit(step, &self.lookout);
            }
            if step + 1 == end {
                return;
            }
            self.updater
                .update(&mut self.lookout, self.timeline.at(step));
            step += 1;
        }
    }

    /// The loss with other parameters, without moving the run.
    ///
    /// # Panics
    /// Where there are fewer than the parameters have numbers.
    pub fn loss_with(&mut self, params: &[f64]) -> f64 {
        self.lookout.write_params(params);
        self.lookout.forward();
        self.lookout.loss()
    }

    fn update(&mut self) {
        self.updater
            .update(&mut self.tape, self.timeline.at(self.step));
        self.step += 1;
        evaluate(&mut self.tape);
        self.checkpoints.record(self.step, self.tape.read_params());
        if self.step > self.head {
            self.head = self.step;
            self.curve.push(self.tape.loss());
        }
    }

    /// To the checkpoint at or before a step.
    fn restore(&mut self, target: u64) {
        let (step, params) = self.checkpoints.nearest(target);
        self.tape.write_params(params);
        self.step = step;
        evaluate(&mut self.tape);
    }

    /// Makes this step the furthest.
    fn forget_ahead(&mut self) {
        self.head = self.step;
        self.checkpoints.truncate(self.step);
        if let Some(first) = self.curve.truncate(self.step) {
            let mut losses = Vec::new();
            self.look(first, u64::MAX, |_, tape| losses.push(tape.loss()));
            losses.into_iter().for_each(|loss| self.curve.push(loss));
        }
    }
}

fn evaluate(tape: &mut Tape) {
    tape.forward();
    tape.backward();
}
