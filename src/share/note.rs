//! What a reader of links has to say. Notes are data; the page has the
//! sentences.

use crate::descent::{MAX_ENTRIES, MAX_STEP, MethodFault, TimelineFault};

use super::RunError;

/// How many characters of a link a note quotes at most.
const MAX_QUOTE: usize = 40;

/// Something in a link that was not taken as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// The key it stands under, quoted as `text` is; none where it concerns the
    /// link as a whole.
    pub key: Option<String>,
    /// The piece of the link that it is about, up to 40 characters; a longer
    /// one ends in `…`. It is a stranger's text: characters that control
    /// a terminal or the direction of writing are replaced by `�`, but it may
    /// well contain markup.
    pub text: Option<String>,
}

/// What there is to note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// The link was written by a newer version; what is known was read.
    NewerVersion {
        /// The link's version.
        found: u64,
    },
    /// The link is too long to be read; nothing of it was.
    LinkTooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The longest that is read.
        max: usize,
    },
    /// There is no such key.
    UnknownKey,
    /// The key was there before; the first counts.
    RepeatedKey,
    /// The word is none of those that the key takes.
    UnknownValue,
    /// What should be a number is none.
    NotANumber,
    /// A learning rate is not finite or not above 0.
    LearningRateOutOfRange,
    /// A step is too large to be counted.
    StepOutOfRange {
        /// The largest.
        max: u64,
    },
    /// Replay would not get to the step in time, and the link brings no state.
    StepOutOfReach {
        /// The farthest without a state.
        max: u64,
    },
    /// The first learning rate is not at step 0.
    FirstStepNotZero,
    /// A learning rate is not after the one before it.
    StepsNotRising,
    /// There are too many learning rates.
    TooManyEntries {
        /// The most that are read.
        max: usize,
    },
    /// There is no such optimizer.
    UnknownOptimizer,
    /// The optimizer has no such option.
    UnknownOption,
    /// An optimizer's option is there twice.
    RepeatedOption,
    /// The number is none that the optimizer's option takes.
    OptionOutOfRange,
    /// There is no such schedule.
    UnknownSchedule,
    /// There are too many runs; the first ones were read.
    TooManyRuns {
        /// The most that are read.
        max: usize,
    },
    /// A check is not eight hexadecimal digits.
    BadCheck,
    /// A packed text has a character that is not of base64url.
    BadEncoding,
    /// A packed text ends too early.
    CutShort,
    /// A packed text does not inflate.
    Damaged,
    /// A packed text inflates to too much.
    InflatesTooLarge {
        /// The most that is read, in bytes.
        max: usize,
    },
    /// An inflated text is not UTF-8.
    NotUtf8,
    /// A state has too many numbers.
    StateTooLarge {
        /// The most that are read.
        max: usize,
    },
    /// There is more to note than is listed.
    MoreNotes {
        /// How many notes are left out.
        count: usize,
    },
}

impl NoteKind {
    /// One of each kind, for who has to have a sentence for each.
    pub const EACH: [Self; 26] = [
        Self::NewerVersion { found: 2 },
        Self::LinkTooLong { bytes: 2, max: 1 },
        Self::UnknownKey,
        Self::RepeatedKey,
        Self::UnknownValue,
        Self::NotANumber,
        Self::LearningRateOutOfRange,
        Self::StepOutOfRange { max: 1 },
        Self::StepOutOfReach { max: 1 },
        Self::FirstStepNotZero,
        Self::StepsNotRising,
        Self::TooManyEntries { max: 1 },
        Self::UnknownOptimizer,
        Self::UnknownOption,
        Self::RepeatedOption,
        Self::OptionOutOfRange,
        Self::UnknownSchedule,
        Self::TooManyRuns { max: 1 },
        Self::BadCheck,
        Self::BadEncoding,
        Self::CutShort,
        Self::Damaged,
        Self::InflatesTooLarge { max: 1 },
        Self::NotUtf8,
        Self::StateTooLarge { max: 1 },
        Self::MoreNotes { count: 1 },
    ];

    /// What the page's messages call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewerVersion { .. } => "newer-version",
            Self::LinkTooLong { .. } => "link-too-long",
            Self::UnknownKey => "unknown-key",
            Self::RepeatedKey => "repeated-key",
            Self::UnknownValue => "unknown-value",
            Self::NotANumber => "not-a-number",
            Self::LearningRateOutOfRange => "learning-rate-out-of-range",
            Self::StepOutOfRange { .. } => "step-out-of-range",
            Self::StepOutOfReach { .. } => "step-out-of-reach",
            Self::FirstStepNotZero => "first-step-not-zero",
            Self::StepsNotRising => "steps-not-rising",
            Self::TooManyEntries { .. } => "too-many-entries",
            Self::UnknownOptimizer => "unknown-optimizer",
            Self::UnknownOption => "unknown-option",
            Self::RepeatedOption => "repeated-option",
            Self::OptionOutOfRange => "option-out-of-range",
            Self::UnknownSchedule => "unknown-schedule",
            Self::TooManyRuns { .. } => "too-many-runs",
            Self::BadCheck => "bad-check",
            Self::BadEncoding => "bad-encoding",
            Self::CutShort => "cut-short",
            Self::Damaged => "damaged",
            Self::InflatesTooLarge { .. } => "inflates-too-large",
            Self::NotUtf8 => "not-utf-8",
            Self::StateTooLarge { .. } => "state-too-large",
            Self::MoreNotes { .. } => "more-notes",
        }
    }

    /// The bound that was exceeded, or how many notes are left out; none for
    /// what has no such number.
    pub const fn limit(self) -> Option<u64> {
        match self {
            Self::LinkTooLong { max, .. }
            | Self::TooManyEntries { max }
            | Self::TooManyRuns { max }
            | Self::InflatesTooLarge { max }
            | Self::StateTooLarge { max } => Some(max as u64),
            Self::StepOutOfRange { max } | Self::StepOutOfReach { max } => Some(max),
            Self::MoreNotes { count } => Some(count as u64),
            _ => None,
        }
    }
}

impl From<TimelineFault> for NoteKind {
    fn from(fault: TimelineFault) -> Self {
        match fault {
            TimelineFault::NotANumber => Self::NotANumber,
            TimelineFault::LearningRateOutOfRange => Self::LearningRateOutOfRange,
            TimelineFault::StepOutOfRange => Self::StepOutOfRange { max: MAX_STEP },
            TimelineFault::FirstStepNotZero => Self::FirstStepNotZero,
            TimelineFault::StepsNotRising => Self::StepsNotRising,
            TimelineFault::TooManyEntries => Self::TooManyEntries { max: MAX_ENTRIES },
        }
    }
}

impl From<MethodFault> for NoteKind {
    fn from(fault: MethodFault) -> Self {
        match fault {
            MethodFault::UnknownOption => Self::UnknownOption,
            MethodFault::RepeatedOption => Self::RepeatedOption,
            MethodFault::NotANumber => Self::NotANumber,
            MethodFault::OutOfRange => Self::OptionOutOfRange,
            MethodFault::UnknownSchedule => Self::UnknownSchedule,
        }
    }
}

/// Why the text under a key was refused.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    pub kind: NoteKind,
    /// The piece of the text at fault, where it is not all of it.
    pub piece: Option<String>,
}

impl<Kind: Into<NoteKind>> From<Kind> for Refusal {
    fn from(kind: Kind) -> Self {
        Self {
            kind: kind.into(),
            piece: None,
        }
    }
}

impl From<RunError> for Refusal {
    fn from(error: RunError) -> Self {
        let (kind, piece) = match error {
            RunError::UnknownOptimizer(name) => (NoteKind::UnknownOptimizer, name),
            RunError::Timeline(error) => (error.fault.into(), error.text),
            RunError::Option(error) => (error.fault.into(), error.text),
        };
        Self {
            kind,
            piece: Some(piece),
        }
    }
}

/// A stranger's text, short and harmless enough to be shown.
pub(super) fn quote(text: &str) -> String {
    let mut quote: String = text.chars().take(MAX_QUOTE).map(harmless).collect();
    if text.chars().nth(MAX_QUOTE).is_some() {
        quote.pop();
        quote.push('…');
    }
    quote
}

fn harmless(character: char) -> char {
    let steers_direction = matches!(
        character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    if character.is_control() || steers_direction {
        char::REPLACEMENT_CHARACTER
    } else {
        character
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_has_at_most_40_characters() {
        assert_eq!(quote(""), "");
        let forty = "项".repeat(40);
        assert_eq!(quote(&forty), forty);
        let long = quote(&"项".repeat(41));
        assert_eq!(long, "项".repeat(39) + "…");
    }

    #[test]
    fn a_quote_steers_neither_terminal_nor_direction() {
        assert_eq!(quote("a\0\x1b[1m\n\u{202e}b"), "a��[1m��b");
        assert_eq!(quote("<img onerror=x>"), "<img onerror=x>");
    }

    #[test]
    fn each_kind_has_a_name_of_its_own() {
        let mut names: Vec<&str> = NoteKind::EACH.map(NoteKind::name).into();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NoteKind::EACH.len());
    }

    #[test]
    fn each_fault_of_a_timeline_has_a_note() {
        let kind = NoteKind::from(TimelineFault::TooManyEntries);
        assert_eq!(kind, NoteKind::TooManyEntries { max: 10_000 });
        let kind = NoteKind::from(TimelineFault::StepOutOfRange);
        assert_eq!(kind, NoteKind::StepOutOfRange { max: 1 << 53 });
    }
}
