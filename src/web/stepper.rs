//! One descent, as the page holds it.

use std::rc::Rc;

use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::descent::{MAX_REPLAY, Run};
use crate::graph::{Graph, Labels, NodeId, is_hidden};
use crate::number;
use crate::share::{RunSpec, State, check_to_text, digest};

use super::engine::Engine;
use super::input::ChartLook;
use super::object::ToJs;
use super::picture::LossPicture;
use super::refused;
use super::views::{CurveReading, Divergence, Report};

/// Numbers in a row of [`Stepper::iterates`].
const ROW: usize = 6;

/// One run: parameters, η timeline and history.
#[wasm_bindgen]
pub struct Stepper {
    graph: Rc<Graph>,
    labels: Rc<Labels>,
    run: Run,
    spec: RunSpec,
    /// The operand slots of `locals`.
    locals: Vec<(NodeId, usize)>,
    /// The loss curve as it was drawn last.
    picture: Option<LossPicture>,
}

#[wasm_bindgen]
impl Stepper {
    /// A run of the engine's graph, as a link writes it: `gd:0.1,0.03@120` is
    /// gradient descent with η = 0.1, and 0.03 from step 120 on. It stands at
    /// step 0, or where a `state` (all parameters' numbers) is given, at
    /// `step`. Throws where the run can't be read or the state doesn't fit.
    #[wasm_bindgen(constructor)]
    pub fn new(
        engine: &Engine,
        run: &str,
        step: Option<f64>,
        state: Option<Vec<f64>>,
    ) -> Result<Stepper, JsError> {
        let spec: RunSpec = run.parse().map_err(refused)?;
        let graph = Rc::clone(engine.graph_ref());
        let timeline = spec.timeline.clone();
        let run = match state {
            None => Run::new(&graph, timeline),
            Some(state) => Run::resume(&graph, timeline, step.unwrap_or(0.0) as u64, &state)
                .ok_or_else(|| refused("the state has other parameters than the program"))?,
        };
        Ok(Self {
            labels: Rc::clone(engine.labels_ref()),
            locals: local_slots(&graph),
            picture: None,
            run,
            graph,
            spec,
        })
    }

    /// Updates made.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> f64 {
        self.run.step() as f64
    }

    /// The furthest step reached.
    #[wasm_bindgen(getter)]
    pub fn head(&self) -> f64 {
        self.run.head() as f64
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
        self.run.set_learning_rate(learning_rate).map_err(refused)
    }

    /// Makes up to so many updates; fewer where a value is not finite.
    pub fn advance(&mut self, updates: f64) -> Ts<Report> {
        self.run.advance(updates as u64);
        self.report()
    }

    /// Goes to a step by replay, doing at most `budget` multiply-adds in this
    /// call; `pending` says how many updates are left for the next calls.
    pub fn seek(&mut self, step: f64, budget: f64) -> Ts<Report> {
        let pending = self.run.seek(step as u64, budget as u64);
        self.tell(pending)
    }

    /// Back to step 0, with the learning rate that is in force.
    pub fn reset(&mut self) -> Ts<Report> {
        self.run.reset();
        self.report()
    }

    /// Where the run stands.
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
        let local =
            |&(node, slot): &(NodeId, usize)| self.run.tape().local(&self.graph, node, slot);
        let locals = self.locals.iter().map(local);
        locals.map(|local| local.unwrap_or(f64::NAN)).collect()
    }

    /// The steps from `from` on, as far as the run has been: rows of step,
    /// parameter, gradient, new parameter, loss, learning rate. Empty where
    /// the program has other than one 1×1 parameter.
    pub fn iterates(&mut self, from: f64, count: f64) -> Vec<f64> {
        let &[param] = self.run.tape().params() else {
            return Vec::new();
        };
        if !self.graph.node(param).shape.is_scalar() {
            return Vec::new();
        }
        let timeline = self.run.timeline().clone();
        let mut rows = Vec::with_capacity(ROW * (count as usize).min(4096));
        self.run.look(from as u64, count as u64, |step, tape| {
            let (x, gradient) = (tape.value(param)[0], tape.gradient(param)[0]);
            let rate = timeline.at(step);
            rows.extend([
                step as f64,
                x,
                gradient,
                x - rate * gradient,
                tape.loss(),
                rate,
            ]);
        });
        rows
    }

    /// The run as a link writes it.
    pub fn run(&self) -> String {
        let timeline = self.run.timeline().clone();
        RunSpec {
            timeline,
            ..self.spec.clone()
        }
        .to_string()
    }

    /// The digest of the parameters at this step, as a link writes it.
    pub fn check(&self) -> String {
        check_to_text(digest(self.run.tape().read_params()))
    }

    /// The parameters, where a link has to carry them since a replay would
    /// take too long; nothing where replay does, or where they are too many.
    pub fn state(&self) -> Option<Vec<f64>> {
        let far = self.run.replay_cost() > MAX_REPLAY;
        let state = far.then(|| State::new(self.run.tape().read_params()))??;
        Some(state.numbers().to_vec())
    }

    /// Draws the loss curve as far as the run has been. The page has sized the
    /// canvas: CSS size times pixel ratio. Throws where a colour can't be read
    /// or the canvas has no 2d context.
    #[wasm_bindgen(js_name = drawLoss)]
    pub fn draw_loss(
        &mut self,
        canvas: HtmlCanvasElement,
        look: Ts<ChartLook>,
    ) -> Result<(), JsError> {
        let picture = LossPicture::of(&canvas, ChartLook::read(&look)?);
        picture.draw(canvas, &self.run)?;
        self.picture = Some(picture);
        Ok(())
    }

    /// What the curve that was drawn last says at a place, in CSS pixels from
    /// the canvas' upper left corner.
    #[wasm_bindgen(js_name = lossAt)]
    pub fn loss_at(&self, x: f64, y: f64) -> Option<Ts<CurveReading>> {
        let picture = self.picture.as_ref();
        let reading = picture.and_then(|picture| picture.at(&self.run, x, y));
        reading.map(|reading| reading.to_ts())
    }

    fn tell(&self, pending: u64) -> Ts<Report> {
        let diverged = self.run.stopped().map(|stopped| Divergence {
            step: self.run.step(),
            node: self.labels.plain(stopped.node),
            gradient: stopped.in_gradient,
            value: number::full(stopped.value),
        });
        let report = Report {
            step: self.run.step(),
            head: self.run.head(),
            loss: self.run.tape().loss(),
            learning_rate: self.run.learning_rate(),
            pending,
            diverged,
        };
        report.to_ts()
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
