//! Formulas for the page, as MathML Core. Each factor carries what it stands for
//! in `data-of`, so that it can be lit, clicked and read out.

use std::fmt::Write as _;

use super::pen::{Group, ONES, Pen, Sign, Style, write};
use super::runs::shortened;
use super::{COMBINING_HAT, Formula, Stands};

/// A formula as one or several `<math>` elements, one after the other: between
/// them a line may end.
pub fn mathml(formula: &Formula) -> String {
    let mut pen = Mathml {
        text: "<math><mrow>".into(),
        depth: 0,
        brackets: Vec::new(),
    };
    write(formula, &mut pen);
    pen.text += "</mrow></math>";
    pen.text
}

/// What the page calls something that a factor stands for: `v3` for the value of
/// the node at 3, `g3` for its gradient, `d3.1` for the local derivative of what
/// computes it, for its operand slot 1.
pub fn key(stands: Stands) -> String {
    match stands {
        Stands::Value(node) => format!("v{}", node.index()),
        Stands::Gradient(node) | Stands::Upstream(node) => format!("g{}", node.index()),
        Stands::Local { output, slot } => format!("d{}.{slot}", output.index()),
    }
}

struct Mathml {
    text: String,
    /// How many elements are open.
    depth: usize,
    /// Where each bracket that is open began.
    brackets: Vec<usize>,
}

impl Mathml {
    fn element(&mut self, name: &str, text: &str) {
        let _ = write!(self.text, "<{name}>");
        for c in text.chars() {
            match c {
                '<' => self.text += "&lt;",
                '>' => self.text += "&gt;",
                '&' => self.text += "&amp;",
                c => self.text.push(c),
            }
        }
        let end = name.split(' ').next().unwrap_or(name);
        let _ = write!(self.text, "</{end}>");
    }

    fn begin(&mut self, tags: &str) {
        self.text += tags;
        self.depth += 1;
    }

    fn end(&mut self, tags: &str) {
        self.text += tags;
        self.depth -= 1;
    }
}

/// The signs of a bracket are as high as what they hold.
const OPENING: &str = "mo form=\"prefix\"";
const CLOSING: &str = "mo form=\"postfix\"";
/// Around a single line they are not: a browser that may stretch them leaves room for
/// the widest that they could become.
const AS_THEY_ARE: &str = " stretchy=\"false\"";
/// Without the space that operators have around them.
const TIGHT: &str = "mo lspace=\"0\" rspace=\"0\"";

impl Pen for Mathml {
    const STACKS: bool = true;

    fn text(&mut self, text: &str, style: Style) {
        match style {
            Style::Name if text.chars().count() == 1 => self.element("mi", text),
            Style::Name if cfg!(feature = "whole") && text.ends_with(COMBINING_HAT) => {
                self.text += "<mover accent=\"true\">";
                self.element("mi", text.trim_end_matches(COMBINING_HAT));
                self.element("mo stretchy=\"false\"", "^");
                self.text += "</mover>";
            }
            // Of several letters the browser would set none in italics.
            Style::Name => self.element("mi class=\"word\"", &shortened(text)),
            Style::Number | Style::Place => match text.strip_prefix('−') {
                Some(size) => {
                    self.element("mo form=\"prefix\"", "−");
                    self.element("mn", size);
                }
                None => self.element("mn", text),
            },
            Style::Word if text == ONES => self.element("mn class=\"ones\"", "1"),
            Style::Word if text.chars().count() == 1 => {
                self.element("mi mathvariant=\"normal\"", text);
            }
            Style::Word => self.element("mi", text),
        }
    }

    fn sign(&mut self, sign: Sign) {
        let (element, text) = match sign {
            Sign::Plus => ("mo form=\"infix\"", "+"),
            Sign::Minus => ("mo form=\"infix\"", "−"),
            Sign::Negative => ("mo form=\"prefix\"", "−"),
            Sign::Entrywise => ("mo", "⊙"),
            Sign::Dot => ("mo", "⋅"),
            // To be read out, not to be seen: INVISIBLE TIMES.
            Sign::Beside => (TIGHT, "\u{2062}"),
            Sign::Space => ("mo lspace=\"0\" rspace=\".22em\"", "\u{2062}"),
            Sign::Over => ("mo", "/"),
            Sign::Equals => ("mo", "="),
            Sign::Becomes => ("mo", "←"),
            Sign::Comma => ("mo separator=\"true\" lspace=\"0\" rspace=\".3em\"", ","),
            Sign::Sum => (
                "mo form=\"prefix\" largeop=\"false\" lspace=\"0\" rspace=\".2em\"",
                "Σ",
            ),
            Sign::Prime => (TIGHT, "′"),
            Sign::Transposed => ("mi mathvariant=\"normal\"", "T"),
            Sign::Differential | Sign::OverDifferential => {
                ("mo form=\"prefix\" lspace=\"0\" rspace=\"0\"", "∂")
            }
        };
        self.element(element, text);
    }

    fn open(&mut self, group: Group) {
        match group {
            Group::Brackets | Group::Strokes => {
                self.begin("<mrow>");
                let sign = if group == Group::Strokes { "|" } else { "(" };
                self.brackets.push(self.text.len());
                self.element(OPENING, sign);
            }
            Group::Above => self.begin("<msup><mrow>"),
            Group::Below => self.begin("<msub><mrow>"),
            Group::Fraction => self.begin("<mfrac><mrow>"),
            Group::Root => self.begin("<msqrt><mrow>"),
            Group::Brace => self.begin("<munder><munder><mrow>"),
        }
    }

    fn next(&mut self, group: Group) {
        self.text += match group {
            Group::Brace => "</mrow><mo stretchy=\"true\">⏟</mo></munder><mrow class=\"known\">",
            _ => "</mrow><mrow>",
        };
    }

    fn close(&mut self, group: Group) {
        match group {
            Group::Brackets | Group::Strokes => {
                let sign = if group == Group::Strokes { "|" } else { ")" };
                let start = self.brackets.pop().unwrap_or(0);
                if self.text[start..].contains("<mfrac>") {
                    self.element(CLOSING, sign);
                } else {
                    self.text.insert_str(start + "<mo".len(), AS_THEY_ARE);
                    self.element(&format!("{CLOSING}{AS_THEY_ARE}"), sign);
                }
                self.end("</mrow>");
            }
            Group::Above => self.end("</mrow></msup>"),
            Group::Below => self.end("</mrow></msub>"),
            Group::Fraction => self.end("</mrow></mfrac>"),
            Group::Root => self.end("</mrow></msqrt>"),
            Group::Brace => self.end("</mrow></munder>"),
        }
    }

    fn stand(&mut self, stands: &[Stands]) {
        let keys: Vec<String> = stands.iter().map(|&stands| key(stands)).collect();
        let is_reused = stands
            .iter()
            .any(|stands| matches!(stands, Stands::Upstream(_)));
        let class = if is_reused { " class=\"reused\"" } else { "" };
        let tag = format!("<mrow{class} data-of=\"{}\">", keys.join(" "));
        self.begin(&tag);
    }

    fn stood(&mut self, _: &[Stands]) {
        self.end("</mrow>");
    }

    fn may_break(&mut self) {
        if self.depth == 0 {
            self.text += "</mrow></math> <math><mrow>";
        }
    }
}
