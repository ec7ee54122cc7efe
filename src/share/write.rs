//! Experiment → link.

use std::fmt;

use crate::descent::MAX_STEP;

use super::deflate::Deflate;
use super::fields::FIELDS;
use super::{Experiment, MAX_LINK, MAX_PLACE, MAX_PROGRAM, MAX_REPLAYED_STEPS, MAX_RUNS};

/// Writes an experiment as a link: what stands after the `#`, which is
/// [`MAX_LINK`] bytes at most. [`read`](super::read()) gives back an equal
/// experiment, without notes.
///
/// # Errors
///
/// Where the experiment is not within the bounds that it declares, or its link
/// would be too long.
#[cfg(feature = "deflate")]
pub fn write(experiment: &Experiment) -> Result<String, WriteError> {
    write_by(experiment, &super::deflate::MinizOxide)
}

/// `write`, with a program packed by what is at hand.
///
/// # Errors
///
/// As for `write`.
pub fn write_by(experiment: &Experiment, deflate: &dyn Deflate) -> Result<String, WriteError> {
    check_bounds(experiment)?;
    let mut link = String::new();
    for field in FIELDS {
        for text in (field.write)(experiment, deflate) {
            let separator = if link.is_empty() { "" } else { "&" };
            link.extend([separator, field.key, "=", &text]);
        }
    }
    let (bytes, max) = (link.len(), MAX_LINK);
    if bytes > max {
        return Err(WriteError::LinkTooLong { bytes, max });
    }
    Ok(link)
}

fn check_bounds(experiment: &Experiment) -> Result<(), WriteError> {
    let (bytes, max) = (experiment.program.len(), MAX_PROGRAM);
    if bytes > max {
        return Err(WriteError::ProgramTooLong { bytes, max });
    }
    let (count, max) = (experiment.runs.len(), MAX_RUNS);
    if !(1..=max).contains(&count) {
        return Err(WriteError::RunCount { count, max });
    }
    let (place, max) = (experiment.view.place, MAX_PLACE);
    if place > max {
        return Err(WriteError::PlaceTooFar { place, max });
    }
    let step = experiment.step;
    let max = match experiment.state {
        Some(_) => MAX_STEP,
        None => MAX_REPLAYED_STEPS,
    };
    if step > max {
        return Err(WriteError::StepTooFar { step, max });
    }
    Ok(())
}

/// Why an experiment has no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// The link would be too long.
    LinkTooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The most there may be.
        max: usize,
    },
    /// The program is too long.
    ProgramTooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The most there may be.
        max: usize,
    },
    /// There are no runs or too many.
    RunCount {
        /// How many there are.
        count: usize,
        /// The most there may be.
        max: usize,
    },
    /// The step is farther than a link reaches: without a state, farther than
    /// replay gets in time.
    StepTooFar {
        /// The step.
        step: u64,
        /// The farthest there may be.
        max: u64,
    },
    /// More moves have been made within the step than a link can say.
    PlaceTooFar {
        /// How many.
        place: u32,
        /// The most there may be.
        max: u32,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LinkTooLong { bytes, max } => {
                write!(out, "the link would have {bytes} bytes, at most {max} fit")
            }
            Self::ProgramTooLong { bytes, max } => {
                write!(out, "the program has {bytes} bytes, at most {max} fit")
            }
            Self::RunCount { count, max } => {
                write!(out, "there are {count} runs; a link takes 1 to {max}")
            }
            Self::StepTooFar { step, max } => {
                write!(out, "a link reaches to step {max}, not to step {step}")
            }
            Self::PlaceTooFar { place, max } => {
                write!(
                    out,
                    "a link reaches to move {max} of a step, not to move {place}"
                )
            }
        }
    }
}

impl std::error::Error for WriteError {}
