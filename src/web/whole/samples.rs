//! A program with its samples the other way, as TypeScript sees it.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::turned;

use crate::web::object::{ToJs, record, words};

/// A program written the other way.
#[derive(Clone, Debug, Tsify)]
pub struct Turned {
    /// How the given program has its samples.
    pub samples: Samples,
    /// The program with its samples the other way.
    pub turned: String,
}

record!(Turned { samples, turned });

/// How a program has its samples.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Samples {
    /// `W @ x`
    Columns,
    /// `x @ W`
    Rows,
}

words!(Samples {
    Columns: "columns",
    Rows: "rows"
});

/// A program with every matrix transposed; nothing where that can't be done or
/// nothing tells how it has its samples.
#[wasm_bindgen]
pub fn turn(program: &str) -> Option<Ts<Turned>> {
    let turned::Turned { samples, text } = turned::turned(program)?;
    let samples = match samples {
        turned::Samples::Columns => Samples::Columns,
        turned::Samples::Rows => Samples::Rows,
    };
    let turned = Turned {
        samples,
        turned: text,
    };
    Some(turned.to_ts())
}
