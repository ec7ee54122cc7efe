//! Graph to formulas: how nodes, operators and derivatives are written.
//!
//! A [`Formula`] is a small typed tree, of which every piece knows its shape and
//! what it [stands for](Stands). [`Labels`] has the formulas of a graph. Pens
//! write them: as [runs](Label) for a picture, as [`MathML`](mathml) for the page,
//! where each factor carries what it stands for, and as [`LaTeX`](latex).

mod apply;
mod binding;
mod contribution;
mod labels;
mod latex;
mod mathml;
mod pen;
mod runs;
mod tree;

pub use contribution::Activation;
pub use labels::Labels;
pub use latex::{aligned, latex};
pub use mathml::{key, mathml};
pub use runs::{Label, Run, RunStyle, is_compound, label, plain, text};
pub use tree::{Formula, Joint, Kind, Stands};

/// Most characters of a name in a picture; of a longer one the beginning stands.
pub(crate) const MOST_CHARACTERS: usize = 12;

/// A hat over the letter before it.
pub(crate) const COMBINING_HAT: char = '\u{302}';
