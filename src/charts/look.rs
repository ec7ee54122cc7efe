//! What the theme and the screen decide: colours, fonts, sizes.

use std::{fmt, str::FromStr};

use plotters::style::RGBAColor;

/// The look of a chart. The page reads it from its own theme, so that charts
/// and text never differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Background.
    pub paper: Colour,
    /// A faint area, for what is at hand.
    pub wash: Colour,
    /// Strongest text and lines.
    pub ink: Colour,
    /// Weaker text.
    pub ink_2: Colour,
    /// Weakest text: the numbers on the axes.
    pub ink_3: Colour,
    /// Weak lines: the grid.
    pub rule: Colour,
    /// Stronger lines: the axes.
    pub rule_strong: Colour,
    /// What belongs to the backward pass: the tangent and its slope.
    pub backward: Colour,
    /// What belongs to parameters: their update.
    pub param: Colour,
    /// Font family of words and numbers, as CSS writes it.
    pub font: String,
    /// Font family of variables, which are set in italics.
    pub math_font: String,
    /// Size of the numbers on the axes in CSS pixels. Everything else, from
    /// the other texts to margins and strokes, is in proportion: a chart on a
    /// projector is the same chart, larger.
    pub text_size: f64,
}

impl Look {
    /// What one unit of the chart's own measures is in CSS pixels: the charts
    /// are drawn for axis numbers of 12 pixels.
    pub(crate) fn unit(&self) -> f64 {
        let size = self.text_size;
        (if size >= 4.0 { size.min(96.0) } else { 4.0 }) / 12.0
    }
}

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(
    /// Red, from 0 to 255.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

impl Colour {
    /// As plotters has it; `alpha` runs from 0 (unseen) to 1 (opaque).
    pub(crate) fn with(self, alpha: f64) -> RGBAColor {
        RGBAColor(self.0, self.1, self.2, alpha)
    }
}

impl FromStr for Colour {
    type Err = ColourError;

    /// Reads `#rrggbb`, the one form in which the page passes colours.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || ColourError(text.chars().take(40).collect());
        let digits = text.strip_prefix('#').ok_or_else(fault)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(fault());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| fault())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self(red, green, blue))
    }
}

/// A text that is no colour; holds its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColourError(pub String);

impl fmt::Display for ColourError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "“{}” is not a colour: expected # and six hexadecimal digits",
            self.0
        )
    }
}

impl std::error::Error for ColourError {}

/// The shape of a run's points, a second sign beside its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle on its side.
    Triangle,
    /// A triangle on its corner.
    Wedge,
    /// A square with a hole.
    OpenSquare,
    /// A square on its corner, with a hole.
    OpenDiamond,
    /// A triangle on its side, with a hole.
    OpenTriangle,
}

impl Marker {
    /// Every shape: as many as runs are compared.
    pub const ALL: [Self; 8] = [
        Self::Circle,
        Self::Square,
        Self::Diamond,
        Self::Triangle,
        Self::Wedge,
        Self::OpenSquare,
        Self::OpenDiamond,
        Self::OpenTriangle,
    ];

    /// The same shape without a hole.
    pub(crate) fn solid(self) -> Self {
        match self {
            Self::OpenSquare => Self::Square,
            Self::OpenDiamond => Self::Diamond,
            Self::OpenTriangle => Self::Triangle,
            solid => solid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        assert_eq!("#0b7a66".parse(), Ok(Colour(0x0b, 0x7a, 0x66)));
        assert_eq!("#FF8594".parse(), Ok(Colour(0xff, 0x85, 0x94)));
    }

    #[test]
    fn what_is_no_colour_is_named() {
        for text in ["", "0b7a66", "#0b7", "#0b7a6g", "#+b7a66", "red", "#损失"] {
            let fault = text.parse::<Colour>().unwrap_err();
            assert_eq!(fault, ColourError(text.to_owned()));
            assert!(fault.to_string().contains(text));
        }
        let long = "x".repeat(70_000).parse::<Colour>().unwrap_err();
        assert_eq!(long.0.len(), 40);
    }
}
