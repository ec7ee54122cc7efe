//! What learning rates will do, as TypeScript sees it.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::descent::{
    self, Kind, Landscape, Method, RateMap, Timeline, Updater, WATCHED_STEPS, Watch,
};
use crate::share::RunSpec;
use crate::tape::Tape;
use crate::web::engine::Engine;
use crate::web::object::{ToJs, record, words};
use crate::web::refused;

/// Numbers in a row of [`Rates::cells`].
const ROW: usize = 3;

/// A trial follows a run no farther than this; where its last rate would not have been
/// in force for long enough by then, nothing is said of it.
const FARTHEST: u64 = 10_000;

/// More multiply-adds than these are not spent on a trial.
const MOST_WORK: u64 = 2_000_000_000;

/// The kind of what a run does.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum OutcomeKind {
    /// Its gradient becomes 0.
    Converges,
    /// Its steps change direction each time and get nowhere.
    Oscillates,
    /// None of the others.
    Slow,
    /// A value is not finite, or the loss grows without bound.
    Diverges,
}

words!(OutcomeKind {
    Converges: "converges",
    Oscillates: "oscillates",
    Slow: "slow",
    Diverges: "diverges"
});

impl OutcomeKind {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Converges => Self::Converges,
            Kind::Oscillates => Self::Oscillates,
            Kind::Slow => Self::Slow,
            Kind::Diverges => Self::Diverges,
        }
    }
}

/// What a run does.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The kind.
    pub kind: OutcomeKind,
    /// Whether its steps change direction each time.
    pub is_swinging: bool,
    /// Whether it diverges by falling without end.
    pub is_bottomless: bool,
    /// Of one trained number, by which factor each step is the one before it.
    #[tsify(optional)]
    pub factor: Option<f64>,
    /// Where it diverges the step at which a value was not finite, else the first
    /// step whose loss is below 10⁻⁶.
    #[tsify(optional)]
    pub step: Option<u64>,
    /// Of one trained number, the two values between which it jumps for ever.
    #[tsify(optional, type = "[number, number]")]
    pub between: Option<[f64; 2]>,
    /// How fast its gradient or its loss falls, 0 to 1; 0 where neither does.
    pub speed: f64,
}

record!(Outcome {
    kind,
    is_swinging,
    is_bottomless,
    factor,
    step,
    between,
    speed
});

/// What is known beforehand of a method's rates.
#[derive(Clone, Debug, Tsify)]
pub struct Theory {
    /// c: the largest eigenvalue of the Hessian.
    pub curvature: f64,
    /// Whether that holds everywhere, not only here.
    pub exact: bool,
    /// Below this rate gradient descent does not swing.
    #[tsify(optional)]
    pub monotone: Option<f64>,
    /// Above this rate it diverges.
    pub edge: f64,
    /// Of one number and plain gradient descent, what each step multiplies the
    /// distance from the centre by, as it follows from η: `1 − 8η`.
    #[tsify(optional)]
    pub formula: Option<String>,
    /// The centre.
    #[tsify(optional)]
    pub centre: Option<f64>,
}

record!(Theory {
    curvature,
    exact,
    monotone,
    edge,
    formula,
    centre
});

/// What each learning rate does to one program with one method.
#[wasm_bindgen]
pub struct Rates {
    method: Method,
    map: RateMap,
    landscape: Option<Landscape>,
}

#[wasm_bindgen]
impl Rates {
    /// The rates from 10^`lowest` to 10^`highest`, for the method of a run as a link
    /// writes it; throws where that can't be read.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine, run: &str, lowest: f64, highest: f64) -> Result<Rates, JsError> {
        let RunSpec { method, .. } = run.parse().map_err(refused)?;
        Ok(Self {
            map: RateMap::new(&engine.graph, method.clone(), lowest, highest),
            landscape: Landscape::of(&engine.graph),
            method,
        })
    }

    /// From now on what is nearest to this rate is found out first.
    pub fn focus(&mut self, rate: f64) {
        self.map.focus(rate);
    }

    /// Goes on for about so many multiply-adds. Whether there is more to be found out.
    pub fn work(&mut self, budget: f64) -> bool {
        self.map.work(budget as u64)
    }

    /// The map: rows of the kind (0 where it is not known, else 1 converges, 2
    /// oscillates, 3 slow, 4 diverges), 1 where it swings, and how fast it falls.
    pub fn cells(&self) -> Vec<f64> {
        let mut rows = Vec::with_capacity(ROW * descent::CELLS);
        for cell in self.map.cells() {
            let row = cell.map_or([0.0; ROW], |cell| {
                let kind = match cell.kind {
                    Kind::Converges => 1.0,
                    Kind::Oscillates => 2.0,
                    Kind::Slow => 3.0,
                    Kind::Diverges => 4.0,
                };
                [kind, f64::from(u8::from(cell.swinging)), cell.speed]
            });
            rows.extend(row);
        }
        rows
    }

    /// What is known beforehand where these are the parameters.
    pub fn theory(&mut self, params: &[f64]) -> Option<Ts<Theory>> {
        let theory = self.landscape.as_mut()?.theory(&self.method, params)?;
        let (formula, centre) = theory
            .factor
            .map(|factor| (factor.formula, factor.centre))
            .unzip();
        let view = Theory {
            curvature: theory.curvature,
            exact: theory.exact,
            monotone: theory.monotone,
            edge: theory.edge,
            formula,
            centre,
        };
        Some(view.to_ts())
    }
}

/// The minimum that is downhill from a program's start, of one or two numbers that
/// are trained; nothing where there is none.
#[wasm_bindgen]
pub fn minimum(engine: &Engine) -> Option<Vec<f64>> {
    Some(descent::minimum(&engine.graph)?.into_vec())
}

/// A run that is followed to find out what it does.
#[wasm_bindgen]
pub struct Trial {
    tape: Tape,
    updater: Updater,
    timeline: Timeline,
    watch: Watch,
    left: u64,
}

#[wasm_bindgen]
impl Trial {
    /// The run as a link writes it, from the program's start; throws where that can't
    /// be read.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine, run: &str) -> Result<Trial, JsError> {
        let RunSpec { method, timeline } = run.parse().map_err(refused)?;
        let tape = Tape::compile(&engine.graph);
        let params = tape.params_len();
        let steps = Watch::steps(&timeline, FARTHEST);
        let work = steps.map_or(0, |steps| steps + 1);
        let cost = tape.operations().max(1).saturating_mul(work);
        Ok(Self {
            updater: Updater::new(method, params),
            watch: Watch::new(params, steps.unwrap_or(WATCHED_STEPS)),
            left: if cost > MOST_WORK { 0 } else { work },
            tape,
            timeline,
        })
    }

    /// Goes on for about so many multiply-adds. Whether there is more to be done.
    pub fn work(&mut self, budget: f64) -> bool {
        let mut affordable = (budget as u64 / self.tape.operations().max(1)).max(1);
        while affordable > 0 && self.left > 0 {
            affordable -= 1;
            self.left -= 1;
            self.tape.forward();
            self.tape.backward();
            if self.watch.take(&self.tape, &self.updater).is_some() {
                self.left = 0;
                break;
            }
            let rate = self.timeline.at(self.updater.made());
            self.updater.update(&mut self.tape, rate);
        }
        self.left > 0
    }

    /// What the run does; nothing while that is not known, and where it would take
    /// too long to find out.
    pub fn outcome(&self) -> Option<Ts<Outcome>> {
        let outcome = self.watch.outcome()?;
        let view = Outcome {
            kind: OutcomeKind::of(outcome.kind),
            is_swinging: outcome.swinging,
            is_bottomless: outcome.bottomless,
            factor: outcome.factor,
            step: outcome.step,
            between: outcome.between.map(|(one, other)| [one, other]),
            speed: outcome.speed,
        };
        Some(view.to_ts())
    }
}
