//! The learning rate over a run: which η holds from which step on. With the
//! program it replays a run exactly.

use std::fmt;
use std::str::FromStr;

use crate::number::{self, Decimal};

/// The last step that is counted: 2⁵³, up to which JavaScript's numbers are
/// exact integers too.
pub const MAX_STEP: u64 = 1 << 53;

/// How many entries a timeline holds at most.
pub const MAX_ENTRIES: usize = 10_000;

/// The learning rate of a timeline that says none: y = 4x² descends with it in
/// a few steps, without swinging.
pub const DEFAULT_LEARNING_RATE: f64 = 0.1;

/// From this step on, this learning rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// The first update it acts on; the first update of a run is update 0,
    /// which leads from step 0 to step 1.
    pub step: u64,
    /// η: finite and above 0.
    pub learning_rate: f64,
}

/// The learning rates of a run: entries whose steps rise strictly from 0, none
/// of which repeats the rate before it. So two timelines are equal exactly
/// where they say the same.
///
/// ```
/// # use chalkgrad::descent::Timeline;
/// let mut timeline: Timeline = "0.1,0.03@120".parse()?;
/// assert_eq!(timeline.at(119), 0.1);
/// assert_eq!(timeline.at(120), 0.03);
/// timeline.set(60, 1.0)?;
/// assert_eq!(timeline.to_string(), "0.1,1@60");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    entries: Vec<Entry>,
}

impl Timeline {
    /// One learning rate from step 0 on.
    pub fn new(learning_rate: f64) -> Result<Self, TimelineFault> {
        let first = Entry::new(0, learning_rate)?;
        Ok(Self {
            entries: vec![first],
        })
    }

    /// The learning rate of the update that leads from `step` to the next.
    pub fn at(&self, step: u64) -> f64 {
        let begun = self.entries.partition_point(|entry| entry.step <= step);
        // The first entry is at step 0, so at least one has begun.
        self.entries[begun - 1].learning_rate
    }

    /// Sets the learning rate from `step` on and drops what stood there and
    /// ahead of it. The rate already in force adds no entry.
    ///
    /// On an error the timeline stays as it was.
    pub fn set(&mut self, step: u64, learning_rate: f64) -> Result<(), TimelineFault> {
        let entry = Entry::new(step, learning_rate)?;
        let kept = self.entries.partition_point(|entry| entry.step < step);
        let in_force = kept.checked_sub(1).map(|last| self.entries[last]);
        let changes = in_force.is_none_or(|last| last.learning_rate != learning_rate);
        if changes && kept >= MAX_ENTRIES {
            return Err(TimelineFault::TooManyEntries);
        }
        self.entries.truncate(kept);
        if changes {
            self.entries.push(entry);
        }
        Ok(())
    }

    /// Drops the entries after `step`, as going on from there does. What was
    /// set at `step` itself stays.
    pub fn truncate(&mut self, step: u64) {
        let kept = self.entries.partition_point(|entry| entry.step <= step);
        self.entries.truncate(kept);
    }

    /// The entries in the order of their steps; there is at least one.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The step from which the rate that is in force before `step` has been so.
    pub fn last_change(&self, step: u64) -> u64 {
        let begun = self.entries.partition_point(|entry| entry.step < step);
        self.entries[begun.max(1) - 1].step
    }

    /// Whether another learning rate came into force at exactly this step.
    pub fn changes_at(&self, step: u64) -> bool {
        let found = self.entries.binary_search_by_key(&step, |entry| entry.step);
        found.is_ok()
    }

    /// The timeline of a new run that keeps what is in force at a step.
    pub fn restarted(&self, step: u64) -> Self {
        let learning_rate = self.at(step);
        Self {
            entries: vec![Entry {
                step: 0,
                learning_rate,
            }],
        }
    }
}

impl Entry {
    fn new(step: u64, learning_rate: f64) -> Result<Self, TimelineFault> {
        if step > MAX_STEP {
            Err(TimelineFault::StepOutOfRange)
        } else if learning_rate.is_finite() && learning_rate > 0.0 {
            Ok(Self {
                step,
                learning_rate,
            })
        } else {
            Err(TimelineFault::LearningRateOutOfRange)
        }
    }
}

impl Default for Timeline {
    fn default() -> Self {
        let first = Entry {
            step: 0,
            learning_rate: DEFAULT_LEARNING_RATE,
        };
        Self {
            entries: vec![first],
        }
    }
}

impl fmt::Display for Timeline {
    /// As in a link: `0.1,0.03@120`. It reads back to an equal timeline.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, entry) in self.entries.iter().enumerate() {
            if index > 0 {
                out.write_str(",")?;
            }
            out.write_str(&shortest(entry.learning_rate))?;
            if entry.step > 0 {
                write!(out, "@{}", entry.step)?;
            }
        }
        Ok(())
    }
}

impl FromStr for Timeline {
    type Err = TimelineError;

    /// Reads `η[@step]{,η@step}`. An entry without a step is at step 0.
    fn from_str(text: &str) -> Result<Self, TimelineError> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut last_step = None;
        for (index, piece) in text.split(',').enumerate() {
            if index >= MAX_ENTRIES {
                return Err(TimelineFault::TooManyEntries.at(piece));
            }
            let entry = read_entry(piece)?;
            check_order(last_step, entry.step).map_err(|fault| fault.at(piece))?;
            last_step = Some(entry.step);
            let in_force = entries.last().map(|last| last.learning_rate);
            if in_force != Some(entry.learning_rate) {
                entries.push(entry);
            }
        }
        Ok(Self { entries })
    }
}

fn read_entry(text: &str) -> Result<Entry, TimelineError> {
    let (learning_rate, step) = match text.split_once('@') {
        Some((learning_rate, step)) => (
            learning_rate,
            read_step(step).map_err(|fault| fault.at(step))?,
        ),
        None => (text, 0),
    };
    number::parse(learning_rate)
        .ok_or(TimelineFault::NotANumber)
        .and_then(|number| Entry::new(step, number))
        .map_err(|fault| fault.at(learning_rate))
}

fn check_order(last: Option<u64>, step: u64) -> Result<(), TimelineFault> {
    match last {
        None if step > 0 => Err(TimelineFault::FirstStepNotZero),
        Some(last) if step <= last => Err(TimelineFault::StepsNotRising),
        _ => Ok(()),
    }
}

/// Reads a step: decimal digits and nothing else, at most [`MAX_STEP`].
pub fn read_step(text: &str) -> Result<u64, TimelineFault> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TimelineFault::NotANumber);
    }
    // What is all digits fails to parse only by overflow.
    match text.parse() {
        Ok(step) if step <= MAX_STEP => Ok(step),
        _ => Err(TimelineFault::StepOutOfRange),
    }
}

/// The shortest text that reads back: `0.1`, `1e-7`; plain where both forms
/// are as long.
pub(super) fn shortest(value: f64) -> String {
    let shortest = Decimal::shortest(value);
    let (plain, exponential) = (shortest.plain(), shortest.exponential());
    if exponential.len() < plain.len() {
        exponential
    } else {
        plain
    }
}

/// Why a learning rate, a step or a timeline is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineFault {
    /// What should be a number is none.
    NotANumber,
    /// The learning rate is not finite or not above 0.
    LearningRateOutOfRange,
    /// The step is over [`MAX_STEP`].
    StepOutOfRange,
    /// The first entry is not at step 0.
    FirstStepNotZero,
    /// An entry is not after the one before it.
    StepsNotRising,
    /// There are over [`MAX_ENTRIES`] entries.
    TooManyEntries,
}

impl TimelineFault {
    fn at(self, text: &str) -> TimelineError {
        TimelineError {
            fault: self,
            text: text.to_owned(),
        }
    }
}

impl fmt::Display for TimelineFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => out.write_str("not a number"),
            Self::LearningRateOutOfRange => {
                out.write_str("a learning rate must be finite and above 0")
            }
            Self::StepOutOfRange => write!(out, "a step is at most {MAX_STEP}"),
            Self::FirstStepNotZero => out.write_str("the first learning rate must be at step 0"),
            Self::StepsNotRising => out.write_str("the steps must rise"),
            Self::TooManyEntries => write!(out, "over {MAX_ENTRIES} learning rates"),
        }
    }
}

impl std::error::Error for TimelineFault {}

/// A timeline's text that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineError {
    /// What is wrong.
    pub fault: TimelineFault,
    /// The piece of the text that is.
    pub text: String,
}

impl fmt::Display for TimelineError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\"{}\": {}", self.text, self.fault)
    }
}

impl std::error::Error for TimelineError {}
