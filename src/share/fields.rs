//! The table of keys. Reading and writing both follow it, so that a key is
//! declared in one place.

use crate::derivation::Form;
use crate::descent::{TimelineFault, read_step};
use crate::notation::Language;

use super::deflate::Deflate;
use super::digest::{check_from_text, check_to_text};
use super::note::{NoteKind, Refusal};
use super::packing::{pack_program, pack_state, unpack_program, unpack_state};
use super::{
    DEFAULT_LESSON, DEFAULT_PROGRAM, Experiment, Gear, Lesson, MAX_PLACE, MAX_RUNS, RunSpec, Scale,
    VERSION,
};

/// What a link says where points are to be guessed.
const GUESSING: &str = "1";

/// One row of the table.
pub(super) struct Field {
    /// What the link calls it.
    pub key: &'static str,
    /// Whether it may stand in a link more than once.
    pub repeats: bool,
    /// What else of the link means nothing where this can't be read.
    pub spoils: Spoils,
    /// Its texts: none where it is the default.
    pub write: fn(&Experiment, &dyn Deflate) -> Vec<String>,
    /// Takes a text into the experiment, or refuses it and changes nothing.
    pub read: fn(&str, &mut Experiment, &dyn Deflate) -> Result<(), Refusal>,
}

/// What goes with a field that can't be read. Each spoils what the ones before
/// it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spoils {
    Nothing,
    /// The check and the state: they are of other runs or another step.
    Outcome,
    /// The runs and the step as well: they are of another program.
    Runs,
}

/// Every key, in the order in which they are written; a start of the page goes without
/// those of several runs. The packed texts stand
/// last: see the module's notes on links that are cut short.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "v",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |_, _| vec![VERSION.to_string()],
        read: read_version,
    },
    Field {
        key: "lesson",
        repeats: false,
        spoils: Spoils::Runs,
        write: |experiment, _| {
            let key = experiment.lesson.key();
            text_if(key != DEFAULT_LESSON, || key.to_owned())
        },
        read: |text, experiment, _| {
            experiment.lesson = Lesson::new(text).ok_or(NoteKind::UnknownValue)?;
            Ok(())
        },
    },
    Field {
        key: "run",
        repeats: true,
        spoils: Spoils::Outcome,
        write: write_runs,
        read: read_run,
    },
    #[cfg(feature = "whole")]
    Field {
        key: "sel",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| {
            let selected = experiment.view.selected;
            text_if(selected > 0, || place_of_run(selected).into())
        },
        read: |text, experiment, _| {
            experiment.view.selected = read_place_of_run(text)?;
            Ok(())
        },
    },
    #[cfg(feature = "whole")]
    Field {
        key: "off",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| {
            let hidden = experiment.view.hidden;
            text_if(hidden > 0, || {
                let mut places = String::new();
                for place in (0..8).filter(|place| hidden >> place & 1 == 1) {
                    if !places.is_empty() {
                        places.push(',');
                    }
                    places.push(place_of_run(place));
                }
                places
            })
        },
        read: |text, experiment, _| {
            let mut hidden = 0;
            for place in text.split(',') {
                hidden |= 1 << read_place_of_run(place)?;
            }
            experiment.view.hidden = hidden;
            Ok(())
        },
    },
    Field {
        key: "step",
        repeats: false,
        spoils: Spoils::Outcome,
        write: |experiment, _| text_if(experiment.step > 0, || experiment.step.to_string()),
        read: |text, experiment, _| {
            experiment.step = read_step(text)?;
            Ok(())
        },
    },
    Field {
        key: "check",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| experiment.check.map(check_to_text).into_iter().collect(),
        read: |text, experiment, _| {
            experiment.check = Some(check_from_text(text).ok_or(NoteKind::BadCheck)?);
            Ok(())
        },
    },
    Field {
        key: "scale",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| {
            let scale = experiment.view.scale;
            text_if(scale != Scale::default(), || scale.name().to_owned())
        },
        read: |text, experiment, _| {
            experiment.view.scale = named(Scale::ALL, Scale::name, text)?;
            Ok(())
        },
    },
    Field {
        key: "gear",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| {
            let gear = experiment.view.gear;
            text_if(gear != Gear::default(), || gear.name().to_owned())
        },
        read: |text, experiment, _| {
            experiment.view.gear = named(&Gear::ALL, Gear::name, text)?;
            Ok(())
        },
    },
    Field {
        key: "at",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| {
            let place = experiment.view.place;
            text_if(place > 0, || place.to_string())
        },
        read: |text, experiment, _| {
            experiment.view.place = read_place(text)?;
            Ok(())
        },
    },
    Field {
        key: "form",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| {
            let form = experiment.view.form;
            text_if(form != Form::default(), || form.name().to_owned())
        },
        read: |text, experiment, _| {
            experiment.view.form = named(&Form::ALL, Form::name, text)?;
            Ok(())
        },
    },
    Field {
        key: "guess",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| text_if(experiment.view.guess, || GUESSING.to_owned()),
        read: |text, experiment, _| {
            if text != GUESSING {
                return Err(NoteKind::UnknownValue.into());
            }
            experiment.view.guess = true;
            Ok(())
        },
    },
    Field {
        key: "lang",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| {
            let code = experiment.view.language.map(|language| language.code());
            code.into_iter().map(str::to_owned).collect()
        },
        read: |text, experiment, _| {
            let languages = [Language::En, Language::Zh];
            let language = named(&languages, |language| language.code(), text)?;
            experiment.view.language = Some(language);
            Ok(())
        },
    },
    Field {
        key: "p",
        repeats: false,
        spoils: Spoils::Runs,
        write: |experiment, deflate| {
            let program = &experiment.program;
            text_if(program != DEFAULT_PROGRAM, || {
                pack_program(program, deflate)
            })
        },
        read: |text, experiment, deflate| {
            experiment.program = unpack_program(text, deflate)?;
            Ok(())
        },
    },
    Field {
        key: "state",
        repeats: false,
        spoils: Spoils::Nothing,
        write: |experiment, _| experiment.state.iter().map(pack_state).collect(),
        read: |text, experiment, _| {
            experiment.state = Some(unpack_state(text)?);
            Ok(())
        },
    },
];

fn text_if(differs: bool, text: impl FnOnce() -> String) -> Vec<String> {
    differs.then(text).into_iter().collect()
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: &str) -> Result<T, NoteKind> {
    let found = all.iter().copied().find(|&value| name(value) == text);
    found.ok_or(NoteKind::UnknownValue)
}

fn read_place(text: &str) -> Result<u32, NoteKind> {
    let max = u64::from(MAX_PLACE);
    match read_step(text) {
        Ok(place) if place <= max => Ok(place as u32),
        Ok(_) | Err(TimelineFault::StepOutOfRange) => Err(NoteKind::StepOutOfRange { max }),
        Err(fault) => Err(fault.into()),
    }
}

/// The place of a run among all, as a link has it.
#[cfg(feature = "whole")]
fn place_of_run(place: u8) -> char {
    char::from(b'1' + place)
}

/// The place of a run among all: counted from 1 in a link, from 0 in an experiment.
#[cfg(feature = "whole")]
fn read_place_of_run(text: &str) -> Result<u8, NoteKind> {
    match text.as_bytes() {
        &[digit @ b'1'..=b'8'] => Ok(digit - b'1'),
        _ => Err(NoteKind::UnknownValue),
    }
}

fn read_version(text: &str, _: &mut Experiment, _: &dyn Deflate) -> Result<(), Refusal> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoteKind::NotANumber.into());
    }
    // What is all digits fails to parse only by overflow.
    match text.parse().unwrap_or(u64::MAX) {
        VERSION => Ok(()),
        found if found > VERSION => Err(NoteKind::NewerVersion { found }.into()),
        _ => Err(NoteKind::UnknownValue.into()),
    }
}

fn write_runs(experiment: &Experiment, _: &dyn Deflate) -> Vec<String> {
    if experiment.runs == [RunSpec::default()] {
        return Vec::new();
    }
    experiment.runs.iter().map(RunSpec::to_string).collect()
}

fn read_run(text: &str, experiment: &mut Experiment, _: &dyn Deflate) -> Result<(), Refusal> {
    if experiment.runs.len() >= MAX_RUNS {
        return Err(NoteKind::TooManyRuns { max: MAX_RUNS }.into());
    }
    experiment.runs.push(text.parse::<RunSpec>()?);
    Ok(())
}
