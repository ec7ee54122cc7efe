//! Links: the Experiment as text, and back.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::notation;
use crate::share::{self, State, View, check_from_text, check_to_text};

use super::input::{Experiment, Language, Scale};
use super::object::ToJs;
use super::refused;
use super::views::{LinkNote, LinkReading};

/// The experiment of a link (what follows `#`, with or without it). Never
/// fails: what can't be read takes its default and leaves a note.
#[wasm_bindgen(js_name = readLink)]
pub fn read_link(link: &str) -> Ts<LinkReading> {
    let read = share::read(link);
    let notes = read.notes.into_iter().map(|note| LinkNote {
        kind: note.kind.name().into(),
        limit: note.kind.limit().map(|limit| limit as f64),
        key: note.key,
        text: note.text,
    });
    let reading = LinkReading {
        experiment: view(&read.experiment),
        notes: notes.collect(),
    };
    reading.to_ts()
}

/// The link of an experiment, without `#`. Throws where it would be too long,
/// or the experiment can't be one.
#[wasm_bindgen(js_name = writeLink)]
pub fn write_link(experiment: Ts<Experiment>) -> Result<String, JsError> {
    let experiment = Experiment::read(&experiment)?;
    let runs = experiment.runs.iter().map(|run| run.parse());
    let written = share::Experiment {
        program: experiment.program,
        runs: runs.collect::<Result<_, _>>().map_err(refused)?,
        step: experiment.step,
        check: experiment.check.as_deref().and_then(check_from_text),
        state: experiment.state.and_then(State::new),
        view: View {
            scale: match experiment.scale {
                Scale::Linear => share::Scale::Linear,
                Scale::Log => share::Scale::Log,
            },
            language: experiment.language.map(Language::into),
        },
    };
    share::write(&written).map_err(refused)
}

fn view(experiment: &share::Experiment) -> Experiment {
    Experiment {
        program: experiment.program.clone(),
        runs: experiment.runs.iter().map(ToString::to_string).collect(),
        step: experiment.step,
        check: experiment.check.map(check_to_text),
        state: experiment
            .state
            .as_ref()
            .map(|state| state.numbers().to_vec()),
        scale: match experiment.view.scale {
            share::Scale::Linear => Scale::Linear,
            share::Scale::Log => Scale::Log,
        },
        language: experiment.view.language.map(|language| match language {
            notation::Language::En => Language::En,
            notation::Language::Zh => Language::Zh,
        }),
    }
}

impl From<Language> for notation::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Zh => Self::Zh,
        }
    }
}
