//! Experiment ⇄ link.
//!
//! An [`Experiment`] is everything a person can change; a link is that value
//! written down, as what follows the `#` of an address:
//!
//! ```text
//! v=1&run=gd:0.1,0.03@120&step=130&check=9f3c01aa&lang=zh
//! ```
//!
//! - [`write()`] and [`read()`] are inverse to each other. Both follow one table,
//!   in `fields.rs`, which declares every key once: a new key is one more row.
//! - Writing is canonical: keys in the order of the table, numbers as short as
//!   they read back, defaults left out. It uses only characters that no browser
//!   and no chat program escapes. The packed texts come last: where a long link
//!   is cut short it is one of these that breaks, not a number that would still
//!   read. (A state cut between two numbers reads too; it is then too short for
//!   its program.)
//! - Reading never fails. A field that can't be read falls back to its default
//!   and leaves a [`Note`]; what it spoils goes with it: without its program a
//!   link's runs and step mean nothing, without its runs its check and state.
//! - A lesson's own program does not travel: the page has it. So a link that
//!   names a lesson and brings no program is read with [`DEFAULT_PROGRAM`], which
//!   stands for whatever is the lesson's own.
//! - Reading does bounded work in bounded memory, whatever the link.
//!
//! What is absent on purpose: the sentences for the notes (the page has them, in
//! each language), and any knowledge of the program's meaning (a link may hold a
//! program with faults).
//!
//! ```
//! use chalkgrad::share::{Experiment, read, write};
//!
//! let mut experiment = Experiment::default();
//! experiment.runs[0].timeline.set(120, 0.03)?;
//! experiment.step = 130;
//! let link = write(&experiment)?;
//! assert_eq!(link, "v=1&run=gd:0.1,0.03@120&step=130");
//! assert_eq!(read(&link).experiment, experiment);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod base64url;
mod deflate;
mod digest;
mod experiment;
mod fields;
mod form;
mod note;
mod packing;
mod read;
mod run;
mod write;

pub use deflate::{Deflate, InflateFault};
pub use digest::{check_from_text, check_to_text, digest};
pub use experiment::{Experiment, Gear, Lesson, Scale, State, View};
pub use note::{Note, NoteKind};
#[cfg(feature = "deflate")]
pub use read::read;
pub use read::{LinkReading, read_by};
pub use run::{RunError, RunSpec};
#[cfg(feature = "deflate")]
pub use write::write;
pub use write::{WriteError, write_by};

/// The version of links that this reads and writes.
pub const VERSION: u64 = 1;

/// A link's length at most, in bytes after the `#`. Browsers take more; chat
/// programs and mail often don't.
pub const MAX_LINK: usize = 32 * 1024;

/// A program's length at most, in bytes of UTF-8.
pub const MAX_PROGRAM: usize = 64 * 1024;

/// How many runs an experiment compares at most.
pub const MAX_RUNS: usize = 8;

/// How many numbers a [`State`] holds at most: what fits in 24 KiB of link,
/// which leaves 8 KiB for the program.
pub const MAX_STATE: usize = 24 * 1024 / 4 * 3 / size_of::<f64>();

/// How many steps a link without a [`State`] can lie ahead. Replay does up to
/// this many scalar operations, and a step does at least one.
pub const MAX_REPLAYED_STEPS: u64 = 1_000_000_000;

/// How many moves a link can lie within a step: a walk has no more than twice as
/// many as a graph has operators, and its parameters.
pub const MAX_PLACE: u32 = 1_000_000;

/// A lesson's key has at most so many characters.
pub const MAX_LESSON: usize = 32;

/// The lesson that is shown where a link names none.
pub const DEFAULT_LESSON: &str = "learning-rate";

/// The program of that lesson. It is shown where a link brings none; where one
/// names another lesson it stands for that one's.
pub const DEFAULT_PROGRAM: &str = "param x = 2\ny = 4x^2\nminimize y\n";
