//! The run at hand, as the page holds it, and with it those beside it.

use std::rc::Rc;

use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::descent::{EdgeSearch, MAX_REPLAY, Run};
use crate::formula::Labels;
use crate::graph::{Graph, NodeId, is_hidden};
use crate::number;
use crate::share::{RunSpec, State, check_to_text, digest};
use crate::tape::Tape;

use super::beside::Beside;
use super::curve::FunctionView;
use super::engine::Engine;
use super::input::ChartLook;
use super::loss;
use super::object::ToJs;
use super::refused;
use super::sheet::Sheet;
use super::views::{Divergence, IterateReading, LossReading, Report};

/// The place of the new parameter in a row of [`Stepper::iterates`].
const NEXT: usize = 3;

/// Multiply-adds for what is measured anew in one drawing.
const BUDGET: u64 = 300_000;

/// The run at hand: parameters, η timeline and history. The whole engine has others
/// beside it, which start and go on together with it.
#[wasm_bindgen]
pub struct Stepper {
    pub(super) graph: Rc<Graph>,
    pub(super) labels: Rc<Labels>,
    pub(super) run: Run,
    /// Those that it is compared with.
    pub(super) beside: Beside,
    /// The operand slots of `locals`.
    locals: Vec<(NodeId, usize)>,
    /// The function of the one parameter, where there is just one number.
    pub(super) function: Option<FunctionView>,
    /// The loss curves as it was drawn last.
    pub(super) loss: Option<Sheet>,
    /// The search for the largest rate that stays finite, under way.
    pub(super) edge: Option<EdgeSearch>,
}

#[wasm_bindgen]
impl Stepper {
    /// A run of the engine's graph, as a link writes it: `gd:0.1,0.03@120` is
    /// gradient descent with η = 0.1, and 0.03 from step 120 on. It stands at
    /// step 0, or where a `state` (all parameters' numbers, then what its
    /// optimizer keeps) is given, at `step`. Throws where the run can't be read or the state doesn't fit.
    #[wasm_bindgen(constructor)]
    pub fn new(
        engine: &Engine,
        run: &str,
        step: Option<f64>,
        state: Option<Vec<f64>>,
    ) -> Result<Stepper, JsError> {
        let graph = Rc::clone(&engine.graph);
        let run = run_of(&graph, run, step, state)?;
        let param = sole_param(&graph, &run);
        Ok(Self {
            labels: Rc::clone(&engine.labels),
            locals: local_slots(&graph),
            function: param.map(|param| FunctionView::new(param, &run)),
            loss: None,
            edge: None,
            beside: Beside::default(),
            run,
            graph,
        })
    }

    /// The learning rate of the next update.
    #[wasm_bindgen(getter, js_name = learningRate)]
    pub fn learning_rate(&self) -> f64 {
        self.run.learning_rate()
    }

    /// Sets the learning rate from the next update on. Nothing is reset; what
    /// lay ahead is dropped. Throws where it is not a number above 0.
    #[wasm_bindgen(setter, js_name = learningRate)]
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), JsError> {
        let head = self.run.head();
        self.run.set_learning_rate(learning_rate).map_err(refused)?;
        self.edge = None;
        self.beside.truncate(&self.run);
        match &mut self.function {
            Some(function) if self.run.head() < head => function.truncate(&mut self.run),
            _ => {}
        }
        Ok(())
    }

    /// Makes up to so many updates; fewer where a value is not finite.
    pub fn advance(&mut self, updates: f64) -> Ts<Report> {
        self.beside.align(&mut self.run);
        let watch = noting(&mut self.function);
        self.run.advance_watched(updates as u64, watch);
        self.beside.advance(updates as u64);
        self.report()
    }

    /// Goes to a step by replay, doing at most `budget` multiply-adds in this
    /// call; `pending` says how many updates are left for the next calls.
    pub fn seek(&mut self, step: f64, budget: f64) -> Ts<Report> {
        let (step, budget) = (step as u64, self.beside.share(budget as u64));
        let watch = noting(&mut self.function);
        let pending = self.run.seek_watched(step, budget, watch);
        let pending = pending.max(self.beside.seek(step, budget));
        self.tell(pending)
    }

    /// Back to step 0, each run with the learning rate that is in force.
    pub fn reset(&mut self) -> Ts<Report> {
        self.run.reset();
        self.beside.reset();
        if let Some(function) = &mut self.function {
            function.reset(&self.run);
        }
        self.edge = None;
        self.report()
    }

    /// Where the runs stand.
    pub fn report(&self) -> Ts<Report> {
        self.tell(0)
    }

    /// Every node's value at this step, at its `offset`.
    pub fn values(&self) -> Vec<f64> {
        self.run.tape().values().to_vec()
    }

    /// Every node's gradient at this step, at its `offset`.
    pub fn gradients(&self) -> Vec<f64> {
        self.run.tape().gradients().to_vec()
    }

    /// The local derivatives at this step, at their `index`; NaN where operand
    /// or output isn't 1×1.
    pub fn locals(&self) -> Vec<f64> {
        let local = |&(node, slot): &(NodeId, usize)| self.run.tape().local(node, slot);
        let locals = self.locals.iter().map(local);
        locals.map(|local| local.unwrap_or(f64::NAN)).collect()
    }

    /// The steps from `from` on, as far as the run has been: rows of step,
    /// parameter, gradient, new parameter, loss, learning rate, and what the update
    /// rule keeps. Empty where the program has other than one 1×1 parameter.
    pub fn iterates(&mut self, from: f64, count: f64) -> Vec<f64> {
        let Some(param) = sole_param(&self.graph, &self.run) else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        let mut last = 0;
        let count = count as u64 + 1;
        self.run
            .look_on(from as u64, count, |step, tape, kept, rate| {
                let (x, gradient) = (tape.value(param)[0], tape.gradient(param)[0]);
                if let Some(next) = rows.get_mut(last + NEXT) {
                    *next = x;
                }
                last = rows.len();
                rows.extend([step as f64, x, gradient, f64::NAN, tape.loss(), rate]);
                rows.extend(kept);
            });
        // Where it leads from there was not looked at.
        rows.truncate(last);
        rows
    }

    /// The signs of what the update rule keeps for each number, behind each other.
    pub fn states(&self) -> String {
        self.run.method().rule().states.concat()
    }

    /// The run as a link writes it.
    pub fn run(&self) -> String {
        text_of(&self.run)
    }

    /// The digest of all runs' parameters at this step, one run after another, as a
    /// link writes it.
    pub fn check(&self) -> String {
        check_to_text(digest(self.beside.params(&self.run)))
    }

    /// Of all runs the parameters and what the optimizer keeps, where a link has to
    /// carry them since a replay would take too long; nothing where replay does, or where they are too many.
    pub fn state(&self) -> Option<Vec<f64>> {
        let far = self.beside.replay_cost(&self.run) > MAX_REPLAY;
        let state = far.then(|| State::new(self.beside.states(&self.run)))??;
        Some(state.numbers().to_vec())
    }

    /// Draws the loss curves as far as the runs have been. The page has sized the
    /// canvas: CSS size times pixel ratio. Says whether drawing again would show
    /// more. Throws where a colour can't be read or the canvas has no 2d context.
    #[wasm_bindgen(js_name = drawLoss)]
    pub fn draw_loss(
        &mut self,
        canvas: HtmlCanvasElement,
        look: Ts<ChartLook>,
    ) -> Result<bool, JsError> {
        let sheet = Sheet::of(&canvas, ChartLook::read(&look)?);
        let more = sheet.is_distance && self.beside.measure(&mut self.run, BUDGET);
        loss::draw(&sheet, canvas, &self.beside.lines(&self.run, &sheet))?;
        self.loss = Some(sheet);
        Ok(more)
    }

    /// What the loss curves that were drawn last say at a place, in CSS pixels
    /// from the canvas' upper left corner.
    #[wasm_bindgen(js_name = lossAt)]
    pub fn loss_at(&self, x: f64, y: f64) -> Option<Ts<LossReading>> {
        let sheet = self.loss.as_ref();
        let lines = |sheet| self.beside.lines(&self.run, sheet);
        let reading = sheet.and_then(|sheet| loss::at(sheet, &lines(sheet), x, y));
        reading.map(|reading| reading.to_ts())
    }

    /// The loss curve as numbers: rows of first step, last step, least and
    /// largest loss between, at most so many rows.
    #[wasm_bindgen(js_name = lossRows)]
    pub fn loss_rows(&self, most: usize) -> Vec<f64> {
        let rows = self.run.curve().rows(most);
        rows.flat_map(|(first, last, bucket)| [first as f64, last as f64, bucket.min, bucket.max])
            .collect()
    }

    /// Draws the function of the one parameter with the iterates on it, where
    /// the program has one; like [`Stepper::draw_loss`]. The view glides
    /// the given share of the way to where it is to be. Says whether drawing
    /// again would show more.
    #[wasm_bindgen(js_name = drawCurve)]
    pub fn draw_curve(
        &mut self,
        canvas: HtmlCanvasElement,
        look: Ts<ChartLook>,
        share: f64,
    ) -> Result<bool, JsError> {
        let Some(function) = &mut self.function else {
            return Ok(false);
        };
        let sheet = Sheet::of(&canvas, ChartLook::read(&look)?);
        let value = self.labels.equation(&self.graph, self.graph.loss());
        let parameter = self.labels.node(function.param());
        let run = (self.beside.place(), &mut self.run);
        let (others, words) = (self.beside.others(), (&parameter, &value));
        function.draw(sheet, canvas, run, others, words, share)
    }

    /// What the function curve that was drawn last says at a place, in CSS
    /// pixels from the canvas' upper left corner.
    #[wasm_bindgen(js_name = curveAt)]
    pub fn curve_at(&self, x: f64, y: f64) -> Option<Ts<IterateReading>> {
        let function = self.function.as_ref();
        let reading = function.and_then(|function| function.at(x, y));
        reading.map(|reading| reading.to_ts())
    }

    /// The function as numbers over what is seen of it, at so many places:
    /// parameter and loss in turns.
    #[wasm_bindgen(js_name = curveRows)]
    pub fn curve_rows(&mut self, places: usize) -> Vec<f64> {
        match &self.function {
            Some(function) => function.table(&mut self.run, places.min(1000)),
            None => Vec::new(),
        }
    }

    fn tell(&self, pending: u64) -> Ts<Report> {
        let graph = &self.graph;
        let operator = |node: NodeId| {
            let made = graph.node(node).application()?;
            Some(self.labels.operator(graph, made))
        };
        let diverged = self.run.stopped().map(|stopped| Divergence {
            step: self.run.step(),
            node: self.labels.plain(stopped.node),
            gradient: stopped.in_gradient,
            value: number::full(stopped.value),
            operator: stopped.made_by.and_then(operator),
        });
        let (step, head, still) = self.beside.totals(&self.run);
        let report = Report {
            step,
            head,
            loss: self.run.tape().loss(),
            learning_rate: self.run.learning_rate(),
            pending,
            diverged,
            still,
        };
        report.to_ts()
    }
}

/// The run that a link writes so: at step 0, or where all its parameters' numbers
/// are given, at a later step.
pub(super) fn run_of(
    graph: &Graph,
    text: &str,
    step: Option<f64>,
    state: Option<Vec<f64>>,
) -> Result<Run, JsError> {
    let RunSpec { method, timeline } = text.parse().map_err(refused)?;
    let Some(state) = state else {
        return Ok(Run::new(graph, method, timeline));
    };
    let step = step.unwrap_or(0.0) as u64;
    Run::resume(graph, method, timeline, step, &state)
        .ok_or_else(|| refused("the state is not of this program and this optimizer"))
}

/// A run as a link writes it.
pub(super) fn text_of(run: &Run) -> String {
    RunSpec {
        method: run.method().clone(),
        timeline: run.timeline().clone(),
    }
    .to_string()
}

/// The one parameter, where there is just one and it is a number.
fn sole_param(graph: &Graph, run: &Run) -> Option<NodeId> {
    match run.tape().params() {
        &[param] => graph.node(param).shape.is_scalar().then_some(param),
        _ => None,
    }
}

/// Has the function's view take note of each new step.
fn noting(function: &mut Option<FunctionView>) -> impl FnMut(u64, &Tape) {
    move |step, tape| {
        if let Some(function) = function {
            function.push(step, tape);
        }
    }
}

/// Every operand that is drawn, in the order of the graph's view.
fn local_slots(graph: &Graph) -> Vec<(NodeId, usize)> {
    let mut slots = Vec::new();
    for id in graph.ids() {
        if let Some(made) = graph.node(id).application() {
            let drawn = made.operands.iter().enumerate();
            let drawn = drawn.filter(|(_, operand)| !is_hidden(graph, **operand));
            slots.extend(drawn.map(|(slot, _)| (id, slot)));
        }
    }
    slots
}
