//! What becomes of a call when every matrix is transposed.

use crate::datasets::{Draw, generator};

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Its arguments are turned: operators that work entry by entry or on all
    /// entries alike, and the program's own functions, whose bodies are turned.
    Stays,
    /// The same by another name.
    Renamed(&'static str),
    /// Works down each column: f(Aᵀ)ᵀ.
    DownColumns,
    /// Works down the columns of all its operands, to one number: f(Aᵀ, Bᵀ).
    DownColumnsToOne,
    /// Its two sides are exchanged.
    Sides,
    /// Is its own transpose.
    Symmetric,
    /// The numbers are drawn row by row as before, and then transposed.
    Drawn,
}

/// The rule of the function of this name. No program can give it another
/// meaning.
pub fn rule(name: &str) -> Rule {
    match name {
        "sum_rows" => return Rule::Renamed("sum_cols"),
        "sum_cols" => return Rule::Renamed("sum_rows"),
        "vcat" => return Rule::Renamed("hcat"),
        "hcat" => return Rule::Renamed("vcat"),
        "softmax" => return Rule::DownColumns,
        "cross_entropy" => return Rule::DownColumnsToOne,
        _ => {}
    }
    match generator(name).map(|generator| generator.draw) {
        None => Rule::Stays,
        Some(Draw::Constant(_)) => Rule::Sides,
        Some(Draw::Identity) => Rule::Symmetric,
        Some(Draw::Normal | Draw::He | Draw::Uniform | Draw::Glorot) => Rule::Drawn,
    }
}
