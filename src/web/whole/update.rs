//! Updates written out, and the table of update rules, as TypeScript sees them.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::descent::{RULES, Rule};
use crate::formula::{aligned, mathml, text};
use crate::graph::NodeId;
use crate::share::RunSpec;
use crate::update::{self, Line, Update};
use crate::web::engine::Engine;
use crate::web::object::{ToJs, record};
use crate::web::stepper::Stepper;

/// One update of one of a parameter's numbers.
#[derive(Clone, Debug, Tsify)]
pub struct UpdateView {
    /// The step that it leads from, to the next.
    pub from: u64,
    /// Its lines, the options' before the rule's.
    pub lines: Vec<UpdateLine>,
    /// All of it as LaTeX.
    pub latex: String,
    /// What the rule keeps, as `<math>` elements: the signs of its states.
    pub states: Vec<String>,
}

record!(UpdateView {
    from,
    lines,
    latex,
    states
});

/// A line of an update.
#[derive(Clone, Debug, Tsify)]
pub struct UpdateLine {
    /// With names, as `<math>` elements.
    pub symbols: String,
    /// With the numbers put in, as `<math>` elements.
    pub figures: String,
    /// With names as plain text.
    pub words: String,
    /// With the numbers put in as plain text.
    pub plain: String,
    /// What it comes to.
    pub value: f64,
}

record!(UpdateLine {
    symbols,
    figures,
    words,
    plain,
    value
});

/// A row of the table of update rules.
#[derive(Clone, Debug, Tsify)]
pub struct RuleView {
    /// What a link calls it.
    pub name: String,
    /// Its constants.
    pub constants: Vec<ConstantView>,
}

record!(RuleView { name, constants });

/// A constant of an update rule.
#[derive(Clone, Debug, Tsify)]
pub struct ConstantView {
    /// What a link calls it.
    pub key: String,
    /// How it is written in formulas, as a `<math>` element.
    pub sign: String,
    /// What it is unless said otherwise.
    pub usual: f64,
    /// What it is below.
    pub below: f64,
}

record!(ConstantView {
    key,
    sign,
    usual,
    below
});

impl UpdateLine {
    fn of(line: &Line) -> Self {
        Self {
            symbols: mathml(&line.symbols),
            figures: mathml(&line.figures),
            words: text(&line.symbols),
            plain: text(&line.figures),
            value: line.value,
        }
    }
}

impl RuleView {
    fn of(rule: &Rule) -> Self {
        let constants = rule.constants.iter().map(|constant| ConstantView {
            key: constant.key.into(),
            sign: mathml(&update::sign(constant.sign)),
            usual: constant.usual,
            below: constant.range.end,
        });
        Self {
            name: rule.name.into(),
            constants: constants.collect(),
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// The table of update rules.
    #[wasm_bindgen(js_name = updateRules)]
    pub fn update_rules(&self) -> Vec<Ts<RuleView>> {
        let rules = RULES.iter().map(|rule| RuleView::of(rule));
        rules.map(|rule| rule.to_ts()).collect()
    }

    /// The update of a run as it would be written in a link, line by line as `<math>`
    /// elements, for the first parameter; nothing where the run can't be read.
    #[wasm_bindgen(js_name = updateLines)]
    pub fn update_lines(&self, run: &str) -> Option<Vec<String>> {
        let method = run.parse::<RunSpec>().ok()?.method;
        let lines = self.graph.params().next().map(|param| {
            let lines = update::lines(&self.graph, &self.labels, &method, param);
            lines.iter().map(mathml).collect()
        });
        Some(lines.unwrap_or_default())
    }

    /// The factor of η that a run's schedule has in each of its first updates.
    pub fn schedule(&self, run: &str, updates: usize) -> Vec<f64> {
        let Ok(run) = run.parse::<RunSpec>() else {
            return Vec::new();
        };
        let steps = 0..updates.min(10_000) as u64;
        steps.map(|step| run.method.rate(step, 1.0)).collect()
    }
}

#[wasm_bindgen]
impl Stepper {
    /// The update of one of a parameter's numbers, row by row, that led to where the run
    /// stands, or will lead on from its first step; nothing where it has no such number.
    #[wasm_bindgen(js_name = lastUpdate)]
    pub fn last_update(&mut self, param: usize, entry: usize) -> Option<Ts<UpdateView>> {
        let param = self.graph.ids().nth(param)?;
        let update = Update::last(&self.graph, &self.labels, &mut self.run, param, entry)?;
        Some(self.view(update, param).to_ts())
    }

    /// The one that will lead on from where the run stands.
    #[wasm_bindgen(js_name = nextUpdate)]
    pub fn next_update(&mut self, param: usize, entry: usize) -> Option<Ts<UpdateView>> {
        let param = self.graph.ids().nth(param)?;
        let update = Update::next(&self.graph, &self.labels, &mut self.run, param, entry)?;
        Some(self.view(update, param).to_ts())
    }

    /// What the rule keeps for a parameter's numbers where the run stands: one state
    /// after the other, each as many numbers as the parameter has.
    pub fn memory(&self, param: usize) -> Vec<f64> {
        let kept = self
            .graph
            .ids()
            .nth(param)
            .map(|param| update::memory(&self.run, param));
        kept.unwrap_or_default()
    }
}

impl Stepper {
    fn view(&self, update: Update, param: NodeId) -> UpdateView {
        let lines = update.lines.iter();
        let written = lines.clone();
        let written = written.flat_map(|line| [line.symbols.clone(), line.figures.clone()]);
        let states = update::states(&self.graph, &self.labels, &self.run, param);
        UpdateView {
            from: update.from,
            latex: aligned(&written.collect::<Vec<_>>()),
            lines: lines.map(UpdateLine::of).collect(),
            states: states.iter().map(mathml).collect(),
        }
    }
}
