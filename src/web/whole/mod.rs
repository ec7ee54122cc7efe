//! What a start does without: exported with the feature `whole`, which the
//! module has that is fetched by whoever looks further.

pub mod beside;
mod builder;
mod calls;
mod derivation;
mod growth;
mod guess;
mod numbers;
mod paths;
mod prospects;
mod reading;
mod runs;
mod samples;
mod update;
mod walk;

pub use builder::GraphBuilder;
pub use prospects::{Rates, Trial, minimum};
pub use reading::read;
pub use samples::turn;
pub use walk::card;
