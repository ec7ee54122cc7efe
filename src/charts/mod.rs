//! Charts, drawn with plotters on any of its back ends.
//!
//! A chart is a plain value: what is to be seen, the size in CSS pixels, and
//! the [`Look`] that the page takes from its theme. Its `layout` decides, in
//! CSS pixels and without a back end, where everything stands; `draw` and the
//! read-out under the pointer both go by that layout.
//!
//! The charts draw plotters' elements on its drawing area, and have axes of
//! their own. Its chart builder does not fit: its ranges are the data's and
//! would move each frame, its labels are measured by the back end (so the
//! read-out would need one), it has no place for what lies beyond the range,
//! and a curve of whole units could not be cut at the rim.
//!
//! - [`LossChart`]: the loss of one or several runs over their steps.
//! - [`CurveChart`]: a function of one parameter with the iterates on it;
//!   [`Windows`] and [`heights`] say which part of it to sample and show,
//!   [`Samples`] has it sampled a frame at a time.
//! - [`range`], [`steps`] and [`steps_around`]: which part of an axis is shown,
//!   and its ticks.

mod axis;
mod curve;
mod curve_drawing;
mod curve_rows;
mod curve_texts;
mod curve_update;
mod geometry;
mod look;
mod loss;
mod loss_drawing;
mod pen;
mod placing;
mod samples;
mod trace;
mod view;

pub use axis::{Axis, Range, Scale, Tick, range, steps, steps_around};
pub use curve::{CurveChart, CurveLayout, CurveReading, CurveRun, CurveWords, Iterate, Update};
pub use geometry::Frame;
pub use look::{Colour, ColourError, Look, Marker};
pub use loss::{LossChart, LossLayout, LossSeries, Reading};
pub use samples::Samples;
pub use trace::CurvePoint;
pub use view::{Windows, heights};
