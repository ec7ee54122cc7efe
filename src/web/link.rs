//! Links: the Experiment as text, and back. Programs are packed and unpacked by
//! the browser, which does so in its own time: the page hands in what came out.

use std::cell::RefCell;

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::derivation;
use crate::notation;
use crate::share::{
    self, DEFAULT_PROGRAM, Deflate, InflateFault, Lesson, MAX_PROGRAM, State, View,
    check_from_text, check_to_text,
};

use super::input::{Experiment, Form, Gear, Language, Scale};
use super::object::ToJs;
use super::refused;
use super::views::{LinkNote, LinkReading};

/// What the browser made of a program.
#[derive(Default)]
struct AtHand {
    /// The program packed: to be written, or as the link that was read has it.
    packed: RefCell<Option<Vec<u8>>>,
    /// The program of the link unpacked, if that went well.
    unpacked: Option<Vec<u8>>,
    /// Whether it did not because bytes were missing at the end.
    is_cut_short: bool,
}

impl Deflate for AtHand {
    fn deflate(&self, _: &[u8]) -> Vec<u8> {
        self.packed.take().unwrap_or_default()
    }

    fn inflate(&self, packed: &[u8], limit: usize) -> Result<Vec<u8>, InflateFault> {
        self.packed.replace(Some(packed.to_vec()));
        match &self.unpacked {
            Some(bytes) if bytes.len() > limit => Err(InflateFault::TooLarge),
            Some(bytes) => Ok(bytes.clone()),
            None if self.is_cut_short => Err(InflateFault::CutShort),
            None => Err(InflateFault::Damaged),
        }
    }
}

/// How many bytes a program has at most: what unpacks to more need not be
/// unpacked further.
#[wasm_bindgen(js_name = longestProgram)]
pub fn longest_program() -> usize {
    MAX_PROGRAM
}

/// The program of a link (what follows `#`, with or without it) as it is
/// packed, by raw deflate; nothing where the link brings none that can be read.
#[wasm_bindgen(js_name = packedProgram)]
pub fn packed_program(link: &str) -> Option<Vec<u8>> {
    let at_hand = AtHand::default();
    share::read_by(link, &at_hand);
    at_hand.packed.into_inner()
}

/// The experiment of a link, whose packed program was unpacked to `unpacked`;
/// nothing where it has none, or it did not unpack, `is_cut_short` where that is
/// because it ended too early. Never fails: what can't be read takes its default
/// and leaves a note.
#[wasm_bindgen(js_name = readLink)]
pub fn read_link(link: &str, unpacked: Option<Vec<u8>>, is_cut_short: bool) -> Ts<LinkReading> {
    let read = share::read_by(
        link,
        &AtHand {
            unpacked,
            is_cut_short,
            ..AtHand::default()
        },
    );
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

/// The link of an experiment, without `#`, with its program as raw deflate
/// packed it, which one that is not the first lesson's needs. Throws where the
/// link would be too long, or the experiment can't be one.
#[wasm_bindgen(js_name = writeLink)]
pub fn write_link(experiment: Ts<Experiment>, packed: Option<Vec<u8>>) -> Result<String, JsError> {
    let experiment = Experiment::read(&experiment)?;
    if packed.is_none() && experiment.program != DEFAULT_PROGRAM {
        return Err(refused("the program is not packed"));
    }
    let runs = experiment.runs.iter().map(|run| run.parse());
    let written = share::Experiment {
        lesson: Lesson::new(&experiment.lesson).unwrap_or_default(),
        program: experiment.program,
        runs: runs.collect::<Result<_, _>>().map_err(refused)?,
        step: experiment.step,
        check: experiment.check.as_deref().and_then(check_from_text),
        state: experiment.state.and_then(State::new),
        view: View {
            scale: match experiment.scale {
                Scale::Linear => share::Scale::Linear,
                Scale::Log => share::Scale::Log,
                Scale::Distance => share::Scale::Distance,
            },
            gear: match experiment.gear {
                Gear::Update => share::Gear::Update,
                Gear::Operator => share::Gear::Operator,
            },
            place: experiment.at,
            form: match experiment.form {
                Form::Full => derivation::Form::Full,
                Form::Chain => derivation::Form::Chain,
                Form::Prod => derivation::Form::Prod,
                Form::Explicit => derivation::Form::Explicit,
            },
            guess: experiment.guess,
            language: experiment.language.map(Language::into),
            selected: experiment.selected as u8,
            hidden: experiment.hidden as u8,
        },
    };
    let at_hand = AtHand {
        packed: RefCell::new(packed),
        ..AtHand::default()
    };
    share::write_by(&written, &at_hand).map_err(refused)
}

fn view(experiment: &share::Experiment) -> Experiment {
    Experiment {
        lesson: experiment.lesson.key().to_owned(),
        program: experiment.program.clone(),
        runs: experiment.runs.iter().map(ToString::to_string).collect(),
        selected: experiment.view.selected.into(),
        hidden: experiment.view.hidden.into(),
        step: experiment.step,
        check: experiment.check.map(check_to_text),
        state: experiment
            .state
            .as_ref()
            .map(|state| state.numbers().to_vec()),
        scale: match experiment.view.scale {
            share::Scale::Linear => Scale::Linear,
            share::Scale::Log => Scale::Log,
            share::Scale::Distance => Scale::Distance,
        },
        gear: match experiment.view.gear {
            share::Gear::Update => Gear::Update,
            share::Gear::Operator => Gear::Operator,
        },
        at: experiment.view.place,
        form: match experiment.view.form {
            derivation::Form::Full => Form::Full,
            derivation::Form::Chain => Form::Chain,
            derivation::Form::Prod => Form::Prod,
            derivation::Form::Explicit => Form::Explicit,
        },
        guess: experiment.view.guess,
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
