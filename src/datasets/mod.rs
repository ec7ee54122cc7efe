//! Numbers that are made rather than written: the seeded generator, and what
//! declarations draw with it.
//!
//! The same seed and name give the same numbers in every browser, and a line
//! that is put in changes no other line's.

mod generator;
mod pcg;

pub use generator::{Draw, Generator, generator, generators};
pub use pcg::Pcg;
