//! What a start does without: exported with the feature `whole`, which the
//! module has that is fetched by whoever looks further.

mod builder;
mod calls;
mod derivation;
mod growth;
mod numbers;
mod paths;
mod reading;
mod samples;
mod walk;

pub use builder::GraphBuilder;
pub use reading::read;
pub use samples::turn;
pub use walk::card;
