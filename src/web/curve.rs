//! The function curve on a canvas, and what it says under the pointer.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::charts::{
    CurveChart, CurveRun, CurveWords, Iterate, Range, Samples, Update, Windows, heights,
    steps_around,
};
use crate::descent::{OVERHEAD, Run};
use crate::formula::{self, Label, RunStyle};
use crate::graph::NodeId;
use crate::number;
use crate::tape::Tape;

use super::refused;
use super::sheet::{Dress, Sheet, area};
use super::views::IterateReading;

/// Multiply-adds for new samples, and for iterates, in one drawing: together
/// well below a frame.
const BUDGET: u64 = 150_000;

/// The function of a program with one 1×1 parameter, as it is seen.
pub struct FunctionView {
    param: NodeId,
    pub(in crate::web) windows: Windows,
    samples: Samples,
    /// The part of the plane that was drawn last: across and up.
    shown: Option<(Range, Range)>,
    /// Whether the end of the update at hand must not be seen when it is drawn next.
    #[cfg(feature = "whole")]
    pub(super) is_veiled: bool,
    pub(super) drawn: Option<Drawn>,
}

/// What was drawn last: the read-out goes by it.
pub(super) struct Drawn {
    sheet: Sheet,
    pub(super) points: Vec<(f64, f64)>,
    runs: Vec<DrawnRun>,
    update: Option<Update>,
    across: Range,
    up: Range,
    parameter: String,
    value: Vec<(String, bool)>,
    slope: String,
}

/// A run as it was drawn.
struct DrawnRun {
    place: usize,
    iterates: Vec<Iterate>,
    dress: Dress,
    selected: bool,
}

/// A run to be drawn beside the one at hand.
pub struct Other<'a> {
    /// Its place among all.
    pub place: usize,
    /// The run.
    pub run: &'a mut Run,
    /// How it is drawn.
    pub dress: &'a Dress,
}

impl FunctionView {
    /// The view of a run's parameter.
    pub fn new(param: NodeId, run: &Run) -> Self {
        Self {
            param,
            windows: Windows::new(run.step(), run.tape().value(param)[0]),
            samples: Samples::new(0.0, 1.0, 0),
            shown: None,
            #[cfg(feature = "whole")]
            is_veiled: false,
            drawn: None,
        }
    }

    /// The parameter.
    pub fn param(&self) -> NodeId {
        self.param
    }

    /// Takes note of the next step of the run.
    pub fn push(&mut self, step: u64, tape: &Tape) {
        self.windows.push(step, tape.value(self.param)[0]);
    }

    /// Forgets what lay ahead of the run's step.
    pub fn truncate(&mut self, run: &mut Run) {
        let step = run.step();
        let mut last = [f64::NAN; 2];
        run.look(step.saturating_sub(1), 2, |_, tape| {
            last = [last[1], tape.value(self.param)[0]];
        });
        self.windows.truncate(step, last);
    }

    /// Begins anew with a run at its start; what is seen glides there.
    pub fn reset(&mut self, run: &Run) {
        self.windows = Windows::new(run.step(), run.tape().value(self.param)[0]);
    }

    /// Draws the curve a share of the way further to the part of the plane that
    /// is to be seen. Says whether drawing again would show more.
    pub fn draw(
        &mut self,
        sheet: Sheet,
        canvas: HtmlCanvasElement,
        (place, run): (usize, &mut Run),
        others: Vec<Other<'_>>,
        (parameter, value): (&Label, &Label),
        share: f64,
    ) -> Result<bool, JsError> {
        let cost = run.tape().operations() + OVERHEAD;
        let affordable = (BUDGET / cost).max(1);
        let most = (affordable / (1 + others.len() as u64)).max(4);
        let heads = others.iter().map(|other| other.run.head());
        let head = heads.fold(run.head(), u64::max);
        let (first, last) = steps_around(sheet.focus, head);
        // What can't be afforded is left out at the front, but never the step at hand.
        let spared = (last - first + 1).saturating_sub(most);
        let first = (first + spared).min(sheet.focus);
        let own = Other {
            place,
            run: &mut *run,
            dress: &sheet.dress,
        };
        let all = std::iter::once(own).chain(others);
        let runs: Vec<_> = all
            .map(|of| DrawnRun {
                place: of.place,
                iterates: self.iterates(of.run, first, most),
                dress: of.dress.clone(),
                selected: of.place == place,
            })
            .collect();
        let goal = self.windows.at(run.step());
        let from = self.shown.map_or(goal, |(across, _)| across);
        let across = from.toward(goal, share);

        self.choose_samples(across, goal, 2.0 * sheet.width);
        let complete = self
            .samples
            .refine(affordable as usize, |x| run.loss_with(&[x]));
        let points = self.samples.points();
        let (seen_points, seen): (Vec<_>, Vec<_>) = (
            within(&points, goal),
            runs.iter()
                .flat_map(|run| &run.iterates)
                .map(|iterate| (iterate.x, iterate.y))
                .collect(),
        );
        let up_goal = heights(&seen_points, goal, &seen);
        let up = self
            .shown
            .map_or(up_goal, |(_, up)| up.toward(up_goal, share));
        self.shown = Some((across, up));

        let update = self.update(run);
        #[cfg(feature = "whole")]
        let update = match std::mem::take(&mut self.is_veiled) {
            true => update.map(Update::veiled),
            false => update,
        };
        let slope = run.tape().gradient(self.param)[0];
        let drawn = Drawn {
            slope: format!("{} {}", sheet.slope_word, number::short(slope)),
            parameter: formula::plain(parameter),
            value: pieces(value),
            sheet,
            points,
            runs,
            update,
            across,
            up,
        };
        let area = area(canvas)?;
        drawn.with_chart(|chart| chart.draw(&chart.layout(), &area).map_err(refused))?;
        self.drawn = Some(drawn);
        Ok(!complete || across != goal || up != up_goal)
    }

    /// What the picture that was drawn last says at a place, in CSS pixels.
    pub fn at(&self, x: f64, y: f64) -> Option<IterateReading> {
        let drawn = self.drawn.as_ref()?;
        let reading = drawn.with_chart(|chart| chart.at(&chart.layout(), x, y))?;
        Some(IterateReading {
            run: drawn.runs[reading.run].place,
            step: reading.iterate.step,
            value: reading.iterate.x,
            loss: reading.iterate.y,
            x: reading.x,
            y: reading.y,
        })
    }

    /// An iterate as it was drawn: the parameter, the value, and its place in CSS
    /// pixels.
    #[cfg(feature = "whole")]
    pub fn of(&self, place: usize, step: u64) -> Option<[f64; 4]> {
        let drawn = self.drawn.as_ref()?;
        let run = drawn.runs.iter().find(|run| run.place == place)?;
        let iterate = run.iterates.iter().find(|iterate| iterate.step == step)?;
        let at = drawn.with_chart(|chart| chart.layout().point(iterate.x, iterate.y))?;
        Some([iterate.x, iterate.y, at.0, at.1])
    }

    /// The function over the window that was drawn last, at so many places:
    /// parameter and loss, in turns.
    pub fn table(&self, run: &mut Run, places: usize) -> Vec<f64> {
        let Some((across, _)) = self.shown else {
            return Vec::new();
        };
        let mut samples = Vec::with_capacity(2 * places);
        for place in 0..places {
            let part = place as f64 / (places.max(2) - 1) as f64;
            let x = across.low * (1.0 - part) + across.high * part;
            samples.extend([x, run.loss_with(&[x])]);
        }
        samples
    }

    /// So many iterates from a step on.
    fn iterates(&self, run: &mut Run, first: u64, count: u64) -> Vec<Iterate> {
        let mut iterates = Vec::new();
        run.look(first, count, |step, tape| {
            iterates.push(Iterate {
                step,
                x: tape.value(self.param)[0],
                y: tape.loss(),
            });
        });
        iterates
    }

    fn update(&self, run: &mut Run) -> Option<Update> {
        let tape = run.tape();
        let (x, slope) = (tape.value(self.param)[0], tape.gradient(self.param)[0]);
        let y = tape.loss();
        let new_x = run.next_params()[0];
        run.stopped().is_none().then(|| Update {
            x,
            y,
            slope,
            new_x,
            new_y: run.loss_with(&[new_x]),
        })
    }

    /// While the view glides, what is sampled reaches over all of the way.
    fn choose_samples(&mut self, across: Range, goal: Range, count: f64) {
        let (low, high) = (across.low.min(goal.low), across.high.max(goal.high));
        let (has_low, has_high) = self.samples.range();
        let rests = across == goal;
        let covers = has_low <= low && has_high >= high;
        let same = (has_low, has_high) == (low, high);
        let fine = self.samples.count() as f64 >= count.min(4000.0);
        if !fine || !covers || (rests && !same) {
            self.samples = Samples::new(low, high, count as usize);
        }
    }
}

impl Drawn {
    pub(super) fn with_chart<T>(&self, use_chart: impl FnOnce(&CurveChart<'_>) -> T) -> T {
        let sheet = &self.sheet;
        let runs = self.runs.iter();
        let runs: Vec<_> = runs
            .map(|run| CurveRun {
                iterates: &run.iterates,
                colour: run.dress.colour,
                marker: run.dress.marker,
                selected: run.selected,
                label: &run.dress.label,
            })
            .collect();
        let value: Vec<(&str, bool)> = self
            .value
            .iter()
            .map(|(text, variable)| (&**text, *variable))
            .collect();
        use_chart(&CurveChart {
            width: sheet.width,
            height: sheet.height,
            pixel_ratio: sheet.ratio,
            window: self.across,
            heights: self.up,
            samples: &self.points,
            runs: &runs,
            focus: sheet.focus,
            update: self.update,
            rows: true,
            words: CurveWords {
                parameter: &self.parameter,
                value: &value,
                slope: &self.slope,
                start: &sheet.start_word,
                step: &sheet.step_word,
            },
            look: &sheet.look,
        })
    }
}

/// The points that lie within a range.
fn within(points: &[(f64, f64)], range: Range) -> Vec<(f64, f64)> {
    let seen = |point: &&(f64, f64)| (range.low..=range.high).contains(&point.0);
    points.iter().filter(seen).copied().collect()
}

/// A label as a chart has it: texts, and whether each is a variable.
fn pieces(label: &Label) -> Vec<(String, bool)> {
    let pieces = label.iter().map(|run| {
        let text = formula::plain(std::slice::from_ref(run));
        (text, run.style == RunStyle::Italic)
    });
    pieces.collect()
}
