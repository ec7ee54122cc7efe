//! One update written out: each line of its rule as a formula with names, and the same
//! with the numbers of one of a parameter's numbers put in.

use crate::descent::{Method, Run, Schedule, gradient_norm};
use crate::formula::{COMBINING_HAT, Formula, Joint, Kind, Labels};
use crate::graph::{Graph, NodeId};

/// A line of an update.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// With names, for all of the parameter: `v ← β · v + ∂L/∂W`.
    pub symbols: Formula,
    /// With the numbers put in, for one of the parameter's: `16 = 0.9 · 0 + 16`.
    pub figures: Formula,
    /// What the line came to.
    pub value: f64,
}

impl Line {
    /// What its right side comes to by itself: the value but for rounding.
    pub fn computed(&self) -> f64 {
        match &self.figures.kind {
            Kind::Equation(sides) => sides.last().and_then(Formula::value).unwrap_or(f64::NAN),
            _ => f64::NAN,
        }
    }
}

/// One update of one of a parameter's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// The step that it leads from, to the next.
    pub from: u64,
    /// Its lines: the options' before the rule's.
    pub lines: Vec<Line>,
}

impl Update {
    /// The update of a parameter's number at this place, row by row, that led to where
    /// the run stands; at the run's first step the one that will lead on.
    pub fn last(
        graph: &Graph,
        labels: &Labels,
        run: &mut Run,
        param: NodeId,
        entry: usize,
    ) -> Option<Self> {
        let from = run.step().saturating_sub(1);
        Self::of(graph, labels, run, param, entry, from)
    }

    /// The update that will lead on from where the run stands.
    pub fn next(
        graph: &Graph,
        labels: &Labels,
        run: &mut Run,
        param: NodeId,
        entry: usize,
    ) -> Option<Self> {
        let from = run.step();
        Self::of(graph, labels, run, param, entry, from)
    }

    /// The one from this step, which is the present one or the one before.
    fn of(
        graph: &Graph,
        labels: &Labels,
        run: &mut Run,
        param: NodeId,
        entry: usize,
        from: u64,
    ) -> Option<Self> {
        let place = Place::of(run, param, entry)?;
        let from = from.max(run.origin());
        let before = Before::at(run, place, param, entry, from)?;
        let mut results = vec![("η", before.rate)];
        if from < run.step() {
            results.push(("w", run.tape().value(param)[entry]));
            results.extend(place.states(run.method(), run.memory()));
        } else {
            results.push(("w", run.next_params()[place.number]));
        }
        let method = run.method();
        let names = Names::of(graph, labels, method, param);
        Some(Self {
            from: before.step,
            lines: written(names, method, &results, |name| before.number(method, name)),
        })
    }
}

/// The lines of a method for a parameter, with names.
pub fn lines(graph: &Graph, labels: &Labels, method: &Method, param: NodeId) -> Vec<Formula> {
    let names = Names::of(graph, labels, method, param);
    let lines = written(names, method, &[], |_| f64::NAN);
    lines.into_iter().map(|line| line.symbols).collect()
}

/// A constant as formulas have it.
pub fn sign(name: &str) -> Formula {
    Formula::name(name)
}

/// What the rule of a run keeps for a parameter, as formulas have it.
pub fn states(graph: &Graph, labels: &Labels, run: &Run, param: NodeId) -> Vec<Formula> {
    let names = Names::of(graph, labels, run.method(), param);
    let states = names.states.iter();
    states.map(|state| names.symbol(state, false)).collect()
}

/// What it keeps for each of the parameter's numbers, one state after the other.
pub fn memory(run: &Run, param: NodeId) -> Vec<f64> {
    let Some(place) = Place::of(run, param, 0) else {
        return Vec::new();
    };
    let count = run.tape().value(param).len();
    let states = run.memory().chunks(place.all.max(1));
    states
        .flat_map(|state| state[place.number..place.number + count].to_vec())
        .collect()
}

/// Which of all numbers is looked at.
#[derive(Clone, Copy)]
struct Place {
    /// Its place among those of all parameters.
    number: usize,
    /// How many they have.
    all: usize,
}

impl Place {
    fn of(run: &Run, param: NodeId, entry: usize) -> Option<Self> {
        let tape = run.tape();
        let mut first = 0;
        let mut number = None;
        for &other in tape.params() {
            let count = tape.value(other).len();
            if other == param && entry < count {
                number = Some(first + entry);
            }
            first += count;
        }
        let number = number?;
        Some(Self { number, all: first })
    }

    /// What of a method's memory is kept for it.
    fn states(self, method: &Method, memory: &[f64]) -> impl Iterator<Item = (&'static str, f64)> {
        let signs = method.rule().states.iter().copied();
        let kept = memory.chunks(self.all.max(1));
        signs.zip(kept.map(move |state| state[self.number]))
    }
}

/// What an update starts from.
struct Before {
    step: u64,
    value: f64,
    gradient: f64,
    /// The norm of the gradient of all parameters.
    norm: f64,
    eta: f64,
    rate: f64,
    states: Vec<(&'static str, f64)>,
}

impl Before {
    /// At a step that the run has been at, without moving it.
    fn at(run: &mut Run, place: Place, param: NodeId, entry: usize, step: u64) -> Option<Self> {
        let eta = run.timeline().at(step);
        let method = run.method().clone();
        let mut before = None;
        run.look_on(step, 1, |step, tape, memory, rate| {
            before = Some(Self {
                step,
                value: tape.value(param)[entry],
                gradient: tape.gradient(param)[entry],
                norm: gradient_norm(tape),
                eta,
                rate,
                states: place.states(&method, memory).collect(),
            });
        });
        before
    }

    /// What a name stands for before the first line.
    fn number(&self, method: &Method, name: &str) -> f64 {
        let state = self.states.iter().find(|(sign, _)| *sign == name);
        let mut constants = method.constants();
        let constant = constants.find(|(constant, _)| constant.sign == name);
        match (name, state, constant) {
            (_, Some((_, kept)), _) => *kept,
            (_, _, Some((_, value))) => value,
            ("w", ..) => self.value,
            ("g", ..) => self.gradient,
            ("η", ..) => self.rate,
            (SET_RATE, ..) => self.eta,
            ("t", ..) => (self.step + 1) as f64,
            (STEP, ..) => self.step as f64,
            (NORM, ..) => self.norm,
            (SIGN, ..) if self.value == 0.0 => 0.0,
            (SIGN, ..) => self.value.signum(),
            (CLIP, ..) => method.clip().unwrap_or(f64::INFINITY),
            (L1, ..) => method.l1(),
            (L2, ..) => method.l2(),
            ("π", ..) => std::f64::consts::PI,
            _ => match (method.schedule(), name) {
                (Schedule::Step { factor, .. } | Schedule::Exponential { factor }, FACTOR) => {
                    factor
                }
                (Schedule::Step { every, .. }, TIMES) => (self.step / every) as f64,
                (Schedule::Cosine { steps } | Schedule::WarmUp { steps }, STEPS) => steps as f64,
                _ => f64::NAN,
            },
        }
    }
}

/// Names in the lines of options.
const SET_RATE: &str = "η₀";
const STEP: &str = "k";
const STEPS: &str = "N";
const FACTOR: &str = "γ";
const CLIP: &str = "c";
const L1: &str = "λ₁";
const L2: &str = "λ₂";
/// ⌊k/every⌋.
const TIMES: &str = "times";
/// The norm of the gradient of all parameters.
const NORM: &str = "norm";
/// The sign of w.
const SIGN: &str = "sign_w";

/// What a method's options make of η and of g, as lines.
fn options(method: &Method) -> Vec<String> {
    let mut lines = Vec::new();
    let factor = match method.schedule() {
        Schedule::Constant => None,
        Schedule::Step { .. } => Some(format!("{FACTOR}^{TIMES}")),
        Schedule::Exponential { .. } => Some(format!("{FACTOR}^{STEP}")),
        Schedule::Cosine { .. } => Some(format!("(1 + cos(π * {STEP} / {STEPS})) / 2")),
        Schedule::WarmUp { .. } => Some(format!("min(1, ({STEP} + 1) / {STEPS})")),
    };
    lines.extend(factor.map(|factor| format!("η = {factor} * {SET_RATE}")));

    let mut gradient = String::from("g");
    if method.clip().is_some() {
        gradient = format!("min(1, {CLIP} / ({NORM} + 1e-6)) * g");
    }
    if method.l2() > 0.0 {
        gradient += &format!(" + {L2} * w");
    }
    if method.l1() > 0.0 {
        gradient += &format!(" + {L1} * {SIGN}");
    }
    if gradient != "g" {
        lines.push(format!("g = {gradient}"));
    }
    lines
}

/// How the names of a rule are written for a parameter.
#[derive(Clone, Copy)]
struct Names<'a> {
    graph: &'a Graph,
    labels: &'a Labels,
    param: NodeId,
    /// What stands for as many numbers as the parameter has, beside `w` and `g`.
    states: &'a [&'a str],
    schedule: Schedule,
}

impl<'a> Names<'a> {
    fn of(graph: &'a Graph, labels: &'a Labels, method: &Method, param: NodeId) -> Self {
        Self {
            graph,
            labels,
            param,
            states: method.rule().states,
            schedule: method.schedule(),
        }
    }

    /// A name as it is written; `is_assigned` where an earlier line has assigned it.
    fn symbol(&self, name: &str, is_assigned: bool) -> Formula {
        let shape = self.graph.node(self.param).shape;
        let is_state = self.states.iter().any(|state| name.starts_with(state));
        match name {
            "w" => self.labels.formula(self.param).clone(),
            "g" if !is_assigned => self.labels.gradient(self.graph, self.param),
            SIGN => {
                let factors = vec![Formula::text("sign"), self.symbol("w", true)];
                Formula::product(factors, Joint::Space)
            }
            NORM => {
                let loss = self.labels.plain(self.graph.loss());
                Formula::text(&format!("‖∇{loss}‖"))
            }
            TIMES => match self.schedule {
                Schedule::Step { every, .. } => Formula::text(&format!("⌊{STEP}/{every}⌋")),
                _ => Formula::text(name),
            },
            _ if is_state || name == "g" => Formula::new(self.own(name), shape),
            _ => Formula::name(name),
        }
    }

    /// A letter that may be one of the program's too: then it bears the parameter's.
    fn own(&self, name: &str) -> Kind {
        let letter = name.trim_end_matches(COMBINING_HAT);
        match Formula::name(name).kind {
            Kind::Name { stem, binding, .. } if self.graph.find(letter).is_some() => Kind::Name {
                stem,
                below: self.labels.plain(self.param),
                binding,
            },
            kind => kind,
        }
    }
}

/// Writes the lines of a method. `number` has what a name stands for before the first
/// line, `results` what it came to in the end; what a line assigns is what the name
/// means from the next line on.
fn written(
    names: Names<'_>,
    method: &Method,
    results: &[(&str, f64)],
    number: impl Fn(&str) -> f64,
) -> Vec<Line> {
    let options = options(method);
    let lines = options.iter().map(String::as_str);
    let lines: Vec<&str> = lines.chain(method.rule().lines.iter().copied()).collect();
    let mut assigned: Vec<(String, f64)> = Vec::new();
    let mut written = Vec::new();
    for (at, text) in lines.iter().enumerate() {
        let known = |name: &str| assigned.iter().rev().find(|(known, _)| known == name);
        let symbol = |name: &str| names.symbol(name, known(name).is_some());
        let figure = |name: &str| {
            let value = known(name).map_or_else(|| number(name), |(_, value)| *value);
            standing_as(&symbol(name), value)
        };
        let (Some((left, symbols)), Some((_, figures))) = (
            Formula::assigned(text, symbol),
            Formula::assigned(text, figure),
        ) else {
            continue;
        };
        let goes_on = lines[at + 1..].iter().any(|later| assigns(later, &left));
        let mut known = results.iter().filter(|(name, _)| !goes_on && *name == left);
        let computed = || figures.value().unwrap_or(f64::NAN);
        let value = known.next().map_or_else(computed, |(_, value)| *value);
        let becomes = names.symbol(&left, true);
        let result = standing_as(&becomes, value);
        let shape = becomes.shape;
        written.push(Line {
            symbols: Formula::new(Kind::Update(Box::new(becomes), Box::new(symbols)), shape),
            figures: result.equals(figures),
            value,
        });
        assigned.push((left, value));
    }
    written
}

/// Whether a line assigns this name.
fn assigns(line: &str, name: &str) -> bool {
    let left = line.split_once(" = ").map(|(left, _)| left);
    left == Some(name)
}

/// A number in the place of what it is the value of.
fn standing_as(symbol: &Formula, value: f64) -> Formula {
    Formula {
        stands: symbol.stands.clone(),
        ..Formula::number(value)
    }
}
