//! Generators: what a declaration may be filled with.

use crate::matrix::{Matrix, Shape};

use super::Pcg;

/// One generator, called with its sides and what else it takes.
#[derive(Debug)]
pub struct Generator {
    /// What a program calls it.
    pub name: &'static str,
    /// How many sides it takes: rows and columns, or one for a square.
    pub sides: usize,
    /// What may follow them, by place or by name, each with a default.
    pub options: &'static [(&'static str, f64)],
    /// What it is filled with.
    pub draw: Draw,
}

/// What a generator is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// One number.
    Constant(u8),
    /// The identity.
    Identity,
    /// Normal numbers with mean 0; the standard deviation is the option.
    Normal,
    /// Normal numbers of standard deviation √(2/columns) (He et al., 2015).
    He,
    /// Even numbers between the two options.
    Uniform,
    /// Even numbers between ∓√(6/(rows + columns)) (Glorot and Bengio, 2010).
    Glorot,
}

const GENERATORS: &[Generator] = &[
    row("zeros", 2, &[], Draw::Constant(0)),
    row("ones", 2, &[], Draw::Constant(1)),
    row("eye", 1, &[], Draw::Identity),
    row("normal", 2, &[("std", 1.0)], Draw::Normal),
    row("uniform", 2, &[("lo", -1.0), ("hi", 1.0)], Draw::Uniform),
    row("glorot", 2, &[], Draw::Glorot),
    row("he", 2, &[], Draw::He),
];

const fn row(
    name: &'static str,
    sides: usize,
    options: &'static [(&'static str, f64)],
    draw: Draw,
) -> Generator {
    Generator {
        name,
        sides,
        options,
        draw,
    }
}

/// Every generator.
pub fn generators() -> impl Iterator<Item = &'static Generator> {
    GENERATORS.iter()
}

/// The generator of this name.
pub fn generator(name: &str) -> Option<&'static Generator> {
    GENERATORS.iter().find(|generator| generator.name == name)
}

impl Generator {
    /// A matrix of this shape, with the options in the order of the row.
    pub fn fill(&self, shape: Shape, options: &[f64], pcg: &mut Pcg) -> Matrix {
        let option = |index: usize| options.get(index).copied().unwrap_or(0.0);
        let (rows, columns) = (shape.rows as f64, shape.columns as f64);
        let mut matrix = Matrix::zeros(shape);
        let data = matrix.data_mut();
        match self.draw {
            Draw::Constant(value) => data.fill(value.into()),
            Draw::Identity => data
                .iter_mut()
                .step_by(shape.columns + 1)
                .for_each(|entry| *entry = 1.0),
            Draw::Normal => normal(data, option(0), pcg),
            Draw::He => normal(data, libm::sqrt(2.0 / columns), pcg),
            Draw::Uniform => uniform(data, option(0), option(1), pcg),
            Draw::Glorot => {
                let bound = libm::sqrt(6.0 / (rows + columns));
                uniform(data, -bound, bound, pcg);
            }
        }
        matrix
    }
}

fn normal(entries: &mut [f64], deviation: f64, pcg: &mut Pcg) {
    for pair in entries.chunks_mut(2) {
        let normals = pcg.normal_pair();
        for (entry, normal) in pair.iter_mut().zip(normals) {
            *entry = deviation * normal;
        }
    }
}

fn uniform(entries: &mut [f64], low: f64, high: f64, pcg: &mut Pcg) {
    for entry in entries {
        *entry = low + (high - low) * pcg.unit();
    }
}
