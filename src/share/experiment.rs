//! What a person can change, and its defaults.

use crate::derivation::Form;
use crate::notation::Language;

use super::{DEFAULT_LESSON, DEFAULT_PROGRAM, MAX_LESSON, MAX_STATE, RunSpec};

/// Everything a person can change. All else on the page is derived from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// The lesson that it is shown in.
    pub lesson: Lesson,
    /// The program's text, faults and all, up to
    /// [`MAX_PROGRAM`](super::MAX_PROGRAM) bytes. [`DEFAULT_PROGRAM`] stands for
    /// the lesson's own, which the page has.
    pub program: String,
    /// The runs to compare: from 1 to [`MAX_RUNS`](super::MAX_RUNS).
    pub runs: Vec<RunSpec>,
    /// The step at which the runs stand: at most
    /// [`MAX_STEP`](crate::descent::MAX_STEP), and without a state at most
    /// [`MAX_REPLAYED_STEPS`](super::MAX_REPLAYED_STEPS).
    pub step: u64,
    /// The [`digest`](super::digest()) of all runs' parameters at `step`: where
    /// replay comes out otherwise, the engine is not the sender's.
    pub check: Option<u32>,
    /// All runs' states at `step`, where replay would take too long.
    pub state: Option<State>,
    /// How it is shown.
    pub view: View,
}

impl Default for Experiment {
    /// The first lesson: y = 4x², about to take its first step.
    fn default() -> Self {
        Self {
            lesson: Lesson::default(),
            program: DEFAULT_PROGRAM.to_owned(),
            runs: vec![RunSpec::default()],
            step: 0,
            check: None,
            state: None,
            view: View::default(),
        }
    }
}

/// The key of a lesson: from 1 to [`MAX_LESSON`] letters of ASCII and hyphens.
/// Which ones there are, the page knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson(String);

impl Lesson {
    /// The lesson of this key, or nothing where no key is written so.
    pub fn new(key: &str) -> Option<Self> {
        let is_key = (1..=MAX_LESSON).contains(&key.len())
            && (key.bytes()).all(|byte| byte == b'-' || byte.is_ascii_alphabetic());
        is_key.then(|| Self(key.to_owned()))
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl Default for Lesson {
    fn default() -> Self {
        Self(DEFAULT_LESSON.to_owned())
    }
}

/// How an experiment is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The loss axis of the loss curve.
    pub scale: Scale,
    /// What the transport takes for a step.
    pub gear: Gear,
    /// How many moves of the [walk](crate::walk::walk()) have been made at this
    /// step, at most [`MAX_PLACE`](super::MAX_PLACE); counts in the operator gear.
    pub place: u32,
    /// How gradients are derived inside a step.
    pub form: Form,
    /// Whether the next point is to be guessed before it is shown.
    pub guess: bool,
    /// The language of the page; none means the browser's.
    pub language: Option<Language>,
    /// The run at hand, on which the slider acts: its place among the runs, from 0.
    pub selected: u8,
    /// The runs that are not drawn, a bit each: 1 for the first, 2 for the second, 4
    /// for the third. The one at hand is none of them.
    pub hidden: u8,
}

/// What the transport takes for a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gear {
    /// A whole update: forward pass, backward pass and step.
    #[default]
    Update,
    /// One operator.
    Operator,
}

impl Gear {
    /// Every gear.
    pub const ALL: [Self; 2] = [Self::Update, Self::Operator];

    /// What a link and the page call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Operator => "operator",
        }
    }
}

/// The scale of an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Equal distances for equal differences.
    Linear,
    /// Equal distances for equal ratios: what falls by a factor is a straight
    /// line.
    #[default]
    Log,
    /// Not the loss but how far the parameters are from the minimum: equal distances
    /// for equal ratios.
    Distance,
}

impl Scale {
    /// Every scale.
    pub const ALL: &[Self] = if cfg!(feature = "whole") {
        &[Self::Linear, Self::Log, Self::Distance]
    } else {
        &[Self::Linear, Self::Log]
    };

    /// What a link and the page call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Log => "log",
            Self::Distance => "distance",
        }
    }
}

/// What the runs stand with at one step: every run's, one run after another, each
/// with its parameters in the order of the program and row by row, and then for each
/// state of its optimizer as many numbers as these. From 1 to [`MAX_STATE`] numbers,
/// any of which may be infinite or NaN.
///
/// Two states are equal where all their bits are: NaN is one single value here,
/// and −0 differs from 0.
#[derive(Clone, Debug)]
pub struct State(Box<[f64]>);

impl State {
    /// Keeps these numbers, or nothing where there are none or too many.
    pub fn new(numbers: impl IntoIterator<Item = f64>) -> Option<Self> {
        // One over the bound tells too many from just enough.
        let numbers: Box<[f64]> = numbers
            .into_iter()
            .take(MAX_STATE + 1)
            .map(canonical)
            .collect();
        (1..=MAX_STATE)
            .contains(&numbers.len())
            .then_some(Self(numbers))
    }

    /// The numbers.
    pub fn numbers(&self) -> &[f64] {
        &self.0
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        let bits = |state: &Self| {
            state
                .0
                .iter()
                .map(|number| number.to_bits())
                .collect::<Vec<_>>()
        };
        bits(self) == bits(other)
    }
}

impl Eq for State {}

/// The number itself, but for NaN, of which there are many: the sign and the
/// payload that an operation leaves differ from one platform to another.
pub(super) fn canonical(number: f64) -> f64 {
    if number.is_nan() { f64::NAN } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_holds_what_fits_in_24_kib_of_link() {
        assert_eq!(MAX_STATE, 2304);
        let zeros = |count| State::new(std::iter::repeat_n(0.0, count));
        assert!(zeros(0).is_none());
        assert!(zeros(1).is_some());
        assert!(zeros(MAX_STATE).is_some());
        assert!(zeros(MAX_STATE + 1).is_none());
        assert!(State::new(std::iter::repeat(0.0)).is_none());
    }

    #[test]
    fn a_lesson_has_a_key_of_letters_and_hyphens() {
        let longest = "x".repeat(MAX_LESSON);
        for key in ["a", "-", "three-times", "Loss", DEFAULT_LESSON, &longest] {
            assert_eq!(Lesson::new(key).unwrap().key(), key);
        }
        for key in ["", "a b", "a1", "é", "损失", "a_b", "<b>", &(longest + "x")] {
            assert_eq!(Lesson::new(key), None, "{key}");
        }
        assert_eq!(Lesson::new(DEFAULT_LESSON), Some(Lesson::default()));
    }

    #[test]
    fn states_are_equal_where_their_bits_are() {
        let state = |number| State::new([number]);
        let other_nan = f64::from_bits(0xfff8_0000_0000_0001);
        assert_eq!(state(f64::NAN), state(other_nan));
        assert_ne!(state(0.0), state(-0.0));
        assert_ne!(state(1.0), State::new([1.0, 1.0]));
    }
}
