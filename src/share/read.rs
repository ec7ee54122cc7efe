//! Link → Experiment.

use super::deflate::Deflate;
use super::fields::{FIELDS, Field, Spoils};
use super::form;
use super::note::{Note, NoteKind, Refusal, quote};
use super::{Experiment, MAX_LINK, MAX_REPLAYED_STEPS, RunSpec};

/// How many notes are listed at most, not counting the one that says so: a link
/// of nothing but ampersands and unknown keys would have thousands.
const MAX_NOTES: usize = 16;

/// What follows a link where it stands in a sentence, and ends none of ours.
const PUNCTUATION: [char; 8] = ['.', ',', ')', '!', '?', '。', '，', '）'];

/// What a link says.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkReading {
    /// The experiment, with defaults for what could not be read. It can be
    /// written, except where its program packs into more than the sender's did.
    pub experiment: Experiment,
    /// What was not taken as it stood, in the order of the link: at most 16
    /// notes and the number of those left out.
    pub notes: Vec<Note>,
}

/// Reads a link: what follows its first `#`, or all of it where there is none.
///
/// A missing `v` means the first version. Percent-encoding is undone, `+` is
/// a space, as forms have it, and `&amp;` counts as `&`: links are pasted from
/// forms and from the source of pages. Punctuation after the last value is
/// taken to be of the sentence that the link stood in. Of a key that stands
/// there twice the first counts; a run that can't be read is left out.
#[cfg(feature = "deflate")]
pub fn read(link: &str) -> LinkReading {
    read_by(link, &super::deflate::MinizOxide)
}

/// `read`, with a program unpacked by what is at hand.
pub fn read_by(link: &str, deflate: &dyn Deflate) -> LinkReading {
    let mut reader = Reader::new();
    let hash = hash(link);
    if hash.len() > MAX_LINK {
        let (bytes, max) = (hash.len(), MAX_LINK);
        reader.note(NoteKind::LinkTooLong { bytes, max }, None, Some(hash));
    } else {
        for (key, value) in pairs(hash) {
            reader.take(&key, &value, deflate);
        }
    }
    reader.finish()
}

/// What follows the first `#`.
fn hash(link: &str) -> &str {
    link.split_once('#').map_or(link, |(_, hash)| hash)
}

/// The keys of a link and what stands under them, decoded.
fn pairs(hash: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = form::pairs(hash).collect();
    for (key, _) in &mut pairs {
        if key.starts_with("amp;") {
            key.drain(.."amp;".len());
        }
    }
    pairs.retain(|(key, value)| !(key.is_empty() && value.is_empty()));
    if let Some((_, value)) = pairs.last_mut() {
        let of_sentence = |c: char| c.is_whitespace() || PUNCTUATION.contains(&c);
        let end = value.trim_end_matches(of_sentence).len();
        value.truncate(end);
    }
    pairs
}

struct Reader {
    experiment: Experiment,
    notes: Vec<Note>,
    unlisted: usize,
    seen: Vec<&'static str>,
    spoiled: Spoils,
}

impl Reader {
    fn new() -> Self {
        Self {
            experiment: Experiment {
                runs: Vec::new(),
                ..Experiment::default()
            },
            notes: Vec::new(),
            unlisted: 0,
            seen: Vec::new(),
            spoiled: Spoils::Nothing,
        }
    }

    fn take(&mut self, key: &str, value: &str, deflate: &dyn Deflate) {
        let Some(field) = FIELDS.iter().find(|field| field.key == key) else {
            return self.note(NoteKind::UnknownKey, Some(key), Some(value));
        };
        if self.seen.contains(&field.key) && !field.repeats {
            return self.note(NoteKind::RepeatedKey, Some(key), Some(value));
        }
        self.seen.push(field.key);
        if let Err(refusal) = (field.read)(value, &mut self.experiment, deflate) {
            self.refuse(field, value, refusal);
        }
    }

    fn refuse(&mut self, field: &Field, value: &str, refusal: Refusal) {
        let text = refusal.piece.as_deref().unwrap_or(value);
        self.note(refusal.kind, Some(field.key), Some(text));
        self.spoiled = self.spoiled.max(field.spoils);
    }

    fn note(&mut self, kind: NoteKind, key: Option<&str>, text: Option<&str>) {
        if self.notes.len() < MAX_NOTES {
            let (key, text) = (key.map(quote), text.map(quote));
            self.notes.push(Note { kind, key, text });
        } else {
            self.unlisted += 1;
        }
    }

    fn finish(mut self) -> LinkReading {
        self.drop_spoiled();
        self.drop_step_out_of_reach();
        if self.experiment.runs.is_empty() {
            self.experiment.runs.push(RunSpec::default());
        }
        self.show_the_run_at_hand();
        if self.unlisted > 0 {
            self.notes.push(Note {
                kind: NoteKind::MoreNotes {
                    count: self.unlisted,
                },
                key: None,
                text: None,
            });
        }
        LinkReading {
            experiment: self.experiment,
            notes: self.notes,
        }
    }

    /// The run at hand is one that there is, and not hidden; nor is one that there isn't.
    fn show_the_run_at_hand(&mut self) {
        let (view, count) = (&mut self.experiment.view, self.experiment.runs.len());
        if view.selected as usize >= count {
            view.selected = 0;
        }
        let all = ((1u16 << count) - 1) as u8;
        view.hidden &= all & !(1 << view.selected);
    }

    fn drop_spoiled(&mut self) {
        if self.spoiled >= Spoils::Outcome {
            self.experiment.check = None;
            self.experiment.state = None;
            self.experiment.view.selected = 0;
            self.experiment.view.hidden = 0;
        }
        if self.spoiled >= Spoils::Runs {
            self.experiment.runs.clear();
            self.experiment.step = 0;
        }
    }

    fn drop_step_out_of_reach(&mut self) {
        let (step, max) = (self.experiment.step, MAX_REPLAYED_STEPS);
        if step > max && self.experiment.state.is_none() {
            let text = step.to_string();
            self.note(NoteKind::StepOutOfReach { max }, Some("step"), Some(&text));
            self.experiment.step = 0;
            self.experiment.check = None;
        }
    }
}
