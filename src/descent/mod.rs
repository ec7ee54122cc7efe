//! Gradient descent that one can stop, steer and walk back.
//!
//! A [`Run`] owns a tape, an optimizer, the η timeline that the slider leaves, and a history
//! of bounded size: the loss curve in buckets, and checkpoints that thin out
//! with age. Any earlier step is reached from the checkpoint before it by
//! replay, and replay gives the same bits.

mod checkpoints;
mod curve;
mod distance;
mod edge;
mod growth;
mod landscape;
mod method;
mod options;
mod outcome;
mod rates;
mod rules;
mod schedule;
mod theory;
mod timeline;
mod updater;

use crate::graph::Graph;
use crate::tape::{NotFinite, Tape};

use checkpoints::Checkpoints;

pub use curve::{Bucket, Curve};
pub use distance::{Distance, OVERHEAD};
pub use edge::{Edge, EdgeSearch, Progress, TRIED_STEPS};
pub use growth::Growth;
pub use landscape::{Curvature, Landscape, minimum};
pub use method::{Method, MethodFault};
pub use options::OptionError;
pub use outcome::{FALLEN, Kind, Outcome, WATCHED_STEPS, Watch};
pub use rates::{CELLS, Cell, RateMap};
pub use rules::{Constant, RULES, Rule};
pub use schedule::{Schedule, USUAL_STEP_FACTOR};
pub use theory::{Factor, Theory};
pub use timeline::*;
pub use updater::{Updater, gradient_norm};

/// Most multiply-adds of a replay from a link: beyond, parameters travel.
pub const MAX_REPLAY: u64 = 1_000_000_000;

/// Whether there is more than gradient descent by itself, without options: a start of
/// the page has nothing else.
const HAS_OPTIONS: bool = cfg!(feature = "whole");

/// One descent, step by step.
#[derive(Clone, Debug)]
pub struct Run {
    here: Stand,
    /// A second one for looking at other steps without leaving this one.
    lookout: Stand,
    /// The parameters' values in the graph.
    start: Box<[f64]>,
    timeline: Timeline,
    head: u64,
    curve: Curve,
    checkpoints: Checkpoints,
}

impl Run {
    /// A run at step 0: the first forward and backward pass are done.
    pub fn new(graph: &Graph, method: Method, timeline: Timeline) -> Self {
        let tape = Tape::compile(graph);
        let params: Box<[f64]> = tape.read_params().collect();
        let state = fresh_state(method.rule(), &params);
        Self::from(tape, method, timeline, 0, state)
    }

    /// A run that is taken up at a later step with the [`state`](Self::state) it
    /// had there; it can't be walked back beyond that. Nothing where this is not
    /// as many numbers as the graph's parameters and the method's memory have.
    pub fn resume(
        graph: &Graph,
        method: Method,
        timeline: Timeline,
        step: u64,
        state: &[f64],
    ) -> Option<Self> {
        let tape = Tape::compile(graph);
        let fits = method.rule().state_len(tape.params_len()) == state.len();
        fits.then(|| Self::from(tape, method, timeline, step, state.into()))
    }

    /// A second run with the same past, which stands where this one does. What lies
    /// ahead is left to this one.
    pub fn fork(&self) -> Self {
        let mut run = self.clone();
        run.timeline.truncate(run.step());
        run.forget_ahead();
        run
    }

    fn from(tape: Tape, method: Method, timeline: Timeline, step: u64, state: Box<[f64]>) -> Self {
        let start: Box<[f64]> = tape.read_params().collect();
        let updater = Updater::new(method, start.len());
        let here = Stand { tape, updater };
        let mut run = Self {
            lookout: here.clone(),
            here,
            start,
            timeline,
            head: step,
            curve: Curve::new(step),
            checkpoints: Checkpoints::new(step, state),
        };
        run.restore(step);
        run.curve.push(run.tape().loss());
        run
    }

    /// The step at which the run stands: so many updates were made.
    pub fn step(&self) -> u64 {
        self.here.updater.made()
    }

    /// The step at which the run began.
    pub fn origin(&self) -> u64 {
        self.checkpoints.origin()
    }

    /// The furthest step that was reached on the present timeline.
    pub fn head(&self) -> u64 {
        self.head
    }

    /// Values and gradients at this step.
    pub fn tape(&self) -> &Tape {
        &self.here.tape
    }

    /// How a gradient becomes an update.
    pub fn method(&self) -> &Method {
        self.here.updater.method()
    }

    /// What the method keeps at this step: for each state of its rule as many
    /// numbers as the parameters have.
    pub fn memory(&self) -> &[f64] {
        self.here.updater.memory()
    }

    /// All that [`resume`](Self::resume) takes up the run with: the parameters at
    /// this step and then the memory.
    pub fn state(&self) -> impl Iterator<Item = f64> {
        self.here.state()
    }

    /// The parameters after the next update, without moving the run.
    pub fn next_params(&mut self) -> Vec<f64> {
        let state: Vec<f64> = self.state().collect();
        self.lookout.restore(self.step(), &state);
        self.lookout.evaluate();
        self.lookout.update(&self.timeline);
        self.lookout.tape.read_params().collect()
    }

    /// Every learning rate that was set, and when.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The loss by step, as far as the run has been.
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// The learning rate that is set for the next update.
    pub fn learning_rate(&self) -> f64 {
        self.timeline.at(self.step())
    }

    /// The learning rate of the update that leads from a step to the next: what is
    /// set, times what the method's schedule makes of it.
    pub fn rate_at(&self, step: u64) -> f64 {
        self.method().rate(step, self.timeline.at(step))
    }

    /// Sets the learning rate from the next update on. Nothing is reset; where
    /// the run stands before its furthest step, what lay ahead is dropped.
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), TimelineFault> {
        if learning_rate == self.learning_rate() {
            return Ok(());
        }
        self.timeline.set(self.step(), learning_rate)?;
        self.forget_ahead();
        Ok(())
    }

    /// The value at which the run has stopped: divergence is a result. It goes
    /// on when another learning rate is set, and can be walked back from.
    pub fn stopped(&self) -> Option<NotFinite> {
        let resumed = self.step() > 0 && self.timeline.changes_at(self.step());
        if self.step() < self.head || resumed {
            return None;
        }
        self.tape().not_finite()
    }

    /// Makes up to `updates` updates and says how many: fewer where it stops
    /// at a value that is not finite.
    pub fn advance(&mut self, updates: u64) -> u64 {
        self.advance_watched(updates, |_, _| {})
    }

    /// The same, and shows the tape of each step at which the run had not been.
    pub fn advance_watched(&mut self, updates: u64, mut watch: impl FnMut(u64, &Tape)) -> u64 {
        self.checkpoints
            .reserve(self.step().saturating_add(updates));
        for made in 0..updates {
            if self.stopped().is_some() {
                return made;
            }
            let head = self.head;
            self.update();
            if self.head > head {
                watch(self.head, self.tape());
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

    /// The same, and shows the tape of each step at which the run had not been. The
    /// last step is always made, so that the one before it is kept as well: whoever
    /// wants to see both has no replay to wait for.
    pub fn seek_watched(&mut self, target: u64, budget: u64, watch: impl FnMut(u64, &Tape)) -> u64 {
        let target = target.max(self.checkpoints.origin());
        let affordable = (budget / self.tape().operations().max(1)).max(1);
        let before = target.min(self.head).saturating_sub(1);
        if target < self.step() || self.checkpoints.nearest(before).0 > self.step() {
            self.restore(before);
        }
        let left = target - self.step();
        let wanted = left.min(affordable);
        let made = self.advance_watched(wanted, watch);
        if made < wanted { 0 } else { left - made }
    }

    /// Back to step 0 and the graph's own values; what lay ahead is dropped,
    /// and the learning rate that was in force stays.
    pub fn reset(&mut self) {
        self.timeline = self.timeline.restarted(self.step());
        self.checkpoints = Checkpoints::new(0, self.fresh_state());
        self.curve = Curve::new(0);
        self.restore(0);
        self.head = 0;
        self.curve.push(self.tape().loss());
    }

    /// How many multiply-adds a replay from the first step takes.
    pub fn replay_cost(&self) -> u64 {
        self.tape().operations().saturating_mul(self.step())
    }

    /// Shows the tape of each step from `from` on, `count` of them or as far
    /// as the run has been, without moving the run.
    pub fn look(&mut self, from: u64, count: u64, mut visit: impl FnMut(u64, &Tape)) {
        let end = from.saturating_add(count).min(self.head + 1);
        self.visit(from, end, &mut |step, stand, _| visit(step, &stand.tape));
    }

    /// The same, with what the method keeps and the rate of the update that leads on,
    /// and of one step more than the run has been: the next one.
    pub fn look_on(
        &mut self,
        from: u64,
        count: u64,
        mut visit: impl FnMut(u64, &Tape, &[f64], f64),
    ) {
        let end = from.saturating_add(count).min(self.head + 2);
        self.visit(from, end, &mut |step, stand, eta| {
            let rate = stand.updater.method().rate(step, eta);
            visit(step, &stand.tape, stand.updater.memory(), rate);
        });
    }

    /// Called through a pointer: what the page loads has this loop once.
    fn visit(&mut self, from: u64, end: u64, visit: &mut dyn FnMut(u64, &Stand, f64)) {
        if from >= end {
            return;
        }
        let (first, state) = self.checkpoints.nearest(from);
        self.lookout.restore(first, state);
        self.go_on(end, &mut |step, stand, eta| {
            if step >= from {
                visit(step, stand, eta);
            }
        });
    }

    /// Shows the tape of each step from a kept one on, `count` of them or as far as
    /// the run has been, without moving the run; the last of them is kept then.
    fn look_from(&mut self, kept: &mut Kept, count: u64, mut visit: impl FnMut(u64, &Tape)) {
        let end = kept.step.saturating_add(count).min(self.head + 1);
        self.lookout.restore(kept.step, &kept.state);
        self.go_on(end, &mut |step, stand, _| visit(step, &stand.tape));
        kept.step = self.lookout.updater.made();
        let state = kept.state.iter_mut().zip(self.lookout.state());
        state.for_each(|(kept, new)| *kept = new);
    }

    /// The checkpoint at or before a step.
    fn kept_before(&self, step: u64) -> Kept {
        let (step, state) = self.checkpoints.nearest(step);
        let state = state.into();
        Kept { step, state }
    }

    /// Has the lookout go from where it is to the step before `end`.
    fn go_on(&mut self, end: u64, visit: &mut dyn FnMut(u64, &Stand, f64)) {
        for step in self.lookout.updater.made()..end {
            self.lookout.evaluate();
            visit(step, &self.lookout, self.timeline.at(step));
            if step + 1 < end {
                self.lookout.update(&self.timeline);
            }
        }
    }

    /// The loss with other parameters, without moving the run.
    ///
    /// # Panics
    /// Where there are fewer than the parameters have numbers.
    pub fn loss_with(&mut self, params: &[f64]) -> f64 {
        let tape = &mut self.lookout.tape;
        tape.write_params(params);
        tape.forward();
        tape.loss()
    }

    /// The state at step 0.
    fn fresh_state(&self) -> Box<[f64]> {
        fresh_state(self.method().rule(), &self.start)
    }

    fn update(&mut self) {
        self.here.update(&self.timeline);
        self.here.evaluate();
        let step = self.step();
        self.checkpoints.record(step, self.here.state());
        if step > self.head {
            self.head = step;
            self.curve.push(self.tape().loss());
        }
    }

    /// To the checkpoint at or before a step.
    fn restore(&mut self, target: u64) {
        let (step, state) = self.checkpoints.nearest(target);
        self.here.restore(step, state);
        self.here.evaluate();
    }

    /// Makes this step the furthest.
    fn forget_ahead(&mut self) {
        let step = self.step();
        self.head = step;
        self.checkpoints.truncate(step);
        if let Some(first) = self.curve.truncate(step) {
            let mut losses = Vec::new();
            self.look(first, u64::MAX, |_, tape| losses.push(tape.loss()));
            losses.into_iter().for_each(|loss| self.curve.push(loss));
        }
    }
}

/// A step that a replay goes on from.
struct Kept {
    step: u64,
    state: Box<[f64]>,
}

/// A tape with what moves its parameters.
#[derive(Clone, Debug)]
struct Stand {
    tape: Tape,
    updater: Updater,
}

impl Stand {
    fn evaluate(&mut self) {
        self.tape.forward();
        self.tape.backward();
    }

    /// Updates the parameters; their values and gradients are those of one step.
    fn update(&mut self, timeline: &Timeline) {
        let rate = timeline.at(self.updater.made());
        self.updater.update(&mut self.tape, rate);
    }

    /// The parameters and what the updater keeps.
    fn state(&self) -> impl Iterator<Item = f64> {
        let memory = self.updater.memory().iter().copied();
        self.tape.read_params().chain(memory)
    }

    /// Goes to a step with its state; nothing is evaluated yet.
    fn restore(&mut self, step: u64, state: &[f64]) {
        let (params, memory) = state.split_at(self.tape.params_len());
        self.tape.write_params(params);
        self.updater.restore(step, memory);
    }
}

/// The state before the first update.
fn fresh_state(rule: &Rule, params: &[f64]) -> Box<[f64]> {
    let mut state = params.to_vec();
    state.resize(rule.state_len(params.len()), 0.0);
    state.into()
}
