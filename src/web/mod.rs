//! The boundary to the page, and nothing else: opaque handles, verbs in, small
//! copyable views out. Structure crosses once an edit, numbers once a frame,
//! as typed arrays. No formula and no sentence is made here that the core
//! does not make.

#[cfg(not(feature = "whole"))]
mod alone;
mod canvas;
mod curve;
mod engine;
mod graph_view;
mod input;
mod link;
mod loss;
mod object;
mod sheet;
mod sketch;
mod stepper;
mod views;
#[cfg(feature = "whole")]
mod whole;

#[cfg(not(feature = "whole"))]
use alone as beside;
#[cfg(feature = "whole")]
use whole::beside;

pub use canvas::{NoContext, SharpCanvas};
pub use engine::Engine;
pub use link::{longest_program, packed_program, read_link, write_link};
pub use stepper::Stepper;
#[cfg(feature = "whole")]
pub use whole::{GraphBuilder, Rates, Trial, card, minimum, read, turn};

use wasm_bindgen::prelude::*;

use crate::number;

/// A number as the page shows it: four significant digits.
#[wasm_bindgen(js_name = formatShort)]
pub fn format_short(value: f64) -> String {
    number::short(value)
}

/// A number in full: the shortest text that reads back.
#[wasm_bindgen(js_name = formatFull)]
pub fn format_full(value: f64) -> String {
    number::full(value)
}

/// An error as JavaScript sees it, in its own words.
fn refused(error: impl std::fmt::Display) -> JsError {
    JsError::new(&error.to_string())
}
