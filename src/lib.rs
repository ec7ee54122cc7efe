//! Chalkgrad: backpropagation made visible.
//!
//! The modules stand in the order in which data flows, and each uses only the
//! ones above it:
//!
//! ```text
//! text ──notation──▶ Program ──graph──▶ Graph ──tape──▶ values, gradients
//!                                         │       │
//!                                         │       └─descent─▶ Run ─charts─▶ pictures
//!                                         └─layout, labels, walk, paths─▶ page
//! ```
//!
//! Everything a person can do is an edit of one value, the
//! [`Experiment`](share::Experiment); a link is that value written down.

// One text written with `{:?}` brings 3 KB of escapes into what the page loads.
#![cfg_attr(not(test), warn(clippy::use_debug))]

pub mod matrix;
pub mod number;
pub mod ops;

pub mod notation;

pub mod reference;

pub mod datasets;

pub mod graph;

pub mod turned;

pub mod formula;

pub mod tape;

pub mod layout;

pub mod walk;

pub mod paths;

pub mod derivation;

pub mod descent;

pub mod update;

pub mod share;

pub mod charts;

#[cfg(target_arch = "wasm32")]
pub mod web;
