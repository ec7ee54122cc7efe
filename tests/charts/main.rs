//! The charts as pictures, drawn to SVG and read back.

mod curve;
mod loss;
mod picture;

use chalkgrad::charts::{Colour, Iterate};

const FALLS: Colour = Colour(0x0b, 0x7a, 0x66);

/// Where gradient descent on y = 4x² goes from 2.
fn descent(rate: f64, steps: u64) -> Vec<Iterate> {
    let mut x = 2.0;
    let mut next = |step| {
        let here = Iterate {
            step,
            x,
            y: 4.0 * x * x,
        };
        x -= rate * 8.0 * x;
        here
    };
    (0..=steps).map(&mut next).collect()
}
