//! A chart drawn to SVG and read back.

use chalkgrad::charts::{Colour, CurveChart, Look, LossChart};
use plotters::{
    backend::SVGBackend,
    coord::Shift,
    drawing::{DrawingArea, IntoDrawingArea},
};

/// Units of the picture for each CSS pixel.
pub const RATIO: f64 = 4.0;

pub fn look() -> Look {
    Look {
        paper: Colour(0xfd, 0xfd, 0xfb),
        wash: Colour(0xf0, 0xf0, 0xeb),
        ink: Colour(0x01, 0x1c, 0x1f),
        ink_2: Colour(0x4b, 0x51, 0x57),
        ink_3: Colour(0x64, 0x6a, 0x6f),
        rule: Colour(0xd9, 0xd9, 0xd2),
        rule_strong: Colour(0x8a, 0x8d, 0x88),
        backward: Colour(0xb3, 0x47, 0x00),
        param: Colour(0x6a, 0x3b, 0xb8),
        font: "sans-serif".into(),
        math_font: "serif".into(),
        text_size: 12.0,
    }
}

pub fn hex(colour: Colour) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

/// An SVG picture, element by element.
pub struct Picture(pub String);

/// An element: its name, its attributes and the text in it.
pub struct Element<'a> {
    tag: &'a str,
    text: &'a str,
}

impl Element<'_> {
    fn name(&self) -> &str {
        self.tag.split(' ').next().unwrap_or("")
    }

    pub fn get(&self, key: &str) -> &str {
        let key = format!(" {key}=\"");
        let at = self
            .tag
            .find(&key)
            .map_or(self.tag.len(), |at| at + key.len());
        self.tag[at..].split('"').next().unwrap_or("")
    }

    fn number(&self, key: &str) -> f64 {
        self.get(key).parse().unwrap()
    }

    fn has(&self, colour: Colour) -> bool {
        [self.get("fill"), self.get("stroke")].contains(&hex(colour).as_str())
    }

    /// The points of a line or an area, in CSS pixels.
    pub fn points(&self) -> Vec<(f64, f64)> {
        let pairs = self.get("points").split_whitespace();
        let pair = |pair: &str| pair.split_once(',').map(|(x, y)| (css(x), css(y)));
        pairs.filter_map(pair).collect()
    }

    /// About what a text covers, in CSS pixels: left, top, right, bottom.
    fn extent(&self) -> [f64; 4] {
        let size = self.number("font-size") * 1.24 / RATIO;
        let letters = self.text.chars().map(|letter| match letter {
            '⁻' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' => 0.4,
            '.' | ' ' => 0.3,
            _ => 0.6,
        });
        let width = letters.sum::<f64>() * size;
        let (x, y) = (css(self.get("x")), css(self.get("y")));
        let left = match self.get("text-anchor") {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        [left, y - 0.4 * size, left + width, y + 0.4 * size]
    }
}

fn css(number: &str) -> f64 {
    number.parse::<f64>().unwrap() / RATIO
}

impl Picture {
    pub fn loss(chart: &LossChart) -> Self {
        Self::new(chart.width, chart.height, |area| {
            chart.draw(&chart.layout(), area).unwrap();
        })
    }

    pub fn curve(chart: &CurveChart) -> Self {
        Self::new(chart.width, chart.height, |area| {
            chart.draw(&chart.layout(), area).unwrap();
        })
    }

    pub fn new(width: f64, height: f64, draw: impl FnOnce(&Area)) -> Self {
        let mut text = String::new();
        let size = ((width * RATIO) as u32, (height * RATIO) as u32);
        draw(&SVGBackend::with_string(&mut text, size).into_drawing_area());
        Self(text)
    }

    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.0.split('<').filter_map(|piece| {
            let (tag, text) = piece.split_once('>')?;
            let text = text.trim();
            Some(Element { tag, text })
        })
    }

    /// Texts but for the paper that clears their ground.
    fn texts(&self) -> Vec<Element<'_>> {
        let texts = self.elements().filter(|element| element.name() == "text");
        texts.filter(|text| !text.has(look().paper)).collect()
    }

    pub fn says(&self, text: &str) -> bool {
        self.texts().iter().any(|element| element.text == text)
    }

    pub fn lines(&self, colour: Colour) -> Vec<Element<'_>> {
        let lines = self
            .elements()
            .filter(|element| element.name() == "polyline");
        lines.filter(|line| line.has(colour)).collect()
    }

    pub fn count(&self, name: &str, colour: Colour) -> usize {
        let all = self.elements().filter(|element| element.name() == name);
        all.filter(|element| element.has(colour)).count()
    }
}

pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Every text is whole, and none covers another.
pub fn check_texts(picture: &Picture, width: f64, height: f64, what: &str) {
    let texts = picture.texts();
    for (index, text) in texts.iter().enumerate() {
        let [left, top, right, bottom] = text.extent();
        let inside = left >= 0.0 && top >= 0.0 && right <= width && bottom <= height;
        assert!(inside, "{what}: “{}” is cut", text.text);
        for other in &texts[..index] {
            let [l, t, r, b] = other.extent();
            let apart = right <= l || r <= left || bottom <= t || b <= top;
            assert!(apart, "{what}: “{}” covers “{}”", text.text, other.text);
        }
    }
}
