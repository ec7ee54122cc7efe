//! Formulas as LaTeX, for copying: what amsmath sets.

use super::{COMBINING_HAT, Formula};
use crate::number;

use super::pen::{Group, ONES, Pen, Sign, Style, write};

/// A formula as LaTeX.
pub fn latex(formula: &Formula) -> String {
    let mut pen = Latex::default();
    write(formula, &mut pen);
    pen.trim();
    pen.text
}

/// Equations below each other, aligned at their first signs.
pub fn aligned(equations: &[Formula]) -> String {
    let lines = equations
        .iter()
        .map(|equation| latex(equation).replacen(" = ", " &= ", 1));
    let lines: Vec<String> = lines.collect();
    format!(
        "\\begin{{aligned}}\n{}\n\\end{{aligned}}",
        lines.join(" \\\\\n")
    )
}

#[derive(Default)]
struct Latex {
    text: String,
    /// Where the open groups begin.
    begun: Vec<usize>,
}

impl Latex {
    /// A command, kept apart from a letter that follows it.
    fn command(&mut self, command: &str) {
        self.text += command;
        self.text.push(' ');
    }

    fn trim(&mut self) {
        self.text.truncate(self.text.trim_end().len());
    }

    /// What was written of the group at hand.
    fn group(&self) -> &str {
        &self.text[self.begun.last().copied().unwrap_or_default()..]
    }
}

impl Pen for Latex {
    const STACKS: bool = true;

    fn text(&mut self, text: &str, style: Style) {
        let is_ascii = text.is_ascii();
        match style {
            Style::Name if text.ends_with(COMBINING_HAT) => {
                self.text += &format!(r"\hat{{{}}}", text.trim_end_matches(COMBINING_HAT));
            }
            Style::Name => match greek(text) {
                Some(command) => self.command(&command),
                None if text.chars().count() == 1 && is_ascii => self.text += &escaped(text),
                None if is_ascii => self.text += &format!(r"\mathit{{{}}}", escaped(text)),
                None => self.text += &format!(r"\text{{{}}}", escaped(text)),
            },
            Style::Number | Style::Place => self.text += text,
            Style::Word => match text {
                "exp" | "log" | "sin" | "cos" | "tan" | "tanh" | "max" | "min" => {
                    self.command(&format!("\\{text}"));
                }
                "sigmoid" => self.command(r"\sigma"),
                ONES => self.text += r"\mathbf{1}",
                "e" => self.text += r"\mathrm{e}",
                "…" => self.command(r"\dots"),
                _ => match greek(text) {
                    Some(command) => self.command(&command),
                    None if text.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                        self.text += &format!(r"\operatorname{{{}}}", escaped(text));
                    }
                    None => self.text += &signs(text),
                },
            },
        }
    }

    /// With every digit, to be worked with.
    fn number(&mut self, value: f64) {
        self.text += &number(&number::full(value));
    }

    fn sign(&mut self, sign: Sign) {
        if !matches!(sign, Sign::Negative | Sign::Sum) {
            self.trim();
        }
        self.text += match sign {
            Sign::Plus => " + ",
            Sign::Minus => " - ",
            Sign::Negative => "-",
            Sign::Entrywise => r" \odot ",
            Sign::Dot => r" \cdot ",
            Sign::Beside => " ",
            Sign::Space => r" \, ",
            Sign::Over => "/",
            Sign::Equals => " = ",
            Sign::Becomes => r" \leftarrow ",
            Sign::Comma => ", ",
            Sign::Sum => r"\textstyle\sum ",
            Sign::Prime => "'",
            Sign::Transposed => r"\top",
            Sign::Differential | Sign::OverDifferential => r"\partial ",
        };
    }

    fn open(&mut self, group: Group) {
        self.text += match group {
            Group::Brackets => "(",
            Group::Strokes => "|",
            Group::Above | Group::Below => "",
            Group::Fraction => r"\frac{",
            Group::Root => r"\sqrt{",
            Group::Brace => r"\underbrace{",
        };
        self.begun.push(self.text.len());
    }

    fn next(&mut self, group: Group) {
        self.trim();
        if let (Group::Above | Group::Below, false) = (group, is_one(self.group())) {
            let begun = self.begun.last().copied().unwrap_or_default();
            self.text.insert(begun, '{');
            self.text.push('}');
        }
        self.text += match group {
            Group::Above => "^{",
            Group::Below => "_{",
            Group::Brace => "}_{",
            _ => "}{",
        };
    }

    fn close(&mut self, group: Group) {
        self.trim();
        let is_high = ["\\frac", "\\underbrace", "\\left"]
            .iter()
            .any(|high| self.group().contains(high));
        let begun = self.begun.pop().unwrap_or_default();
        let is_stretched = is_high && matches!(group, Group::Brackets | Group::Strokes);
        if is_stretched {
            self.text.insert_str(begun - 1, r"\left");
        }
        self.text += match (group, is_stretched) {
            (Group::Brackets, false) => ")",
            (Group::Brackets, true) => r"\right)",
            (Group::Strokes, false) => "|",
            (Group::Strokes, true) => r"\right|",
            _ => "}",
        };
    }
}

/// Whether LaTeX takes it for one piece, to which something can be raised: a letter,
/// digits of which TeX raises beside the last, a command, or what is in brackets.
fn is_one(text: &str) -> bool {
    let is_letters = |text: &str| text.chars().all(|c| c.is_ascii_alphabetic());
    let is_bracketed =
        text.ends_with(')') && (text.starts_with('(') || text.starts_with(r"\left("));
    let command = text.strip_prefix('\\');
    is_bracketed
        || text.chars().all(|c| c.is_ascii_digit())
        || text.len() == 1
        || command.is_some_and(is_letters)
        || text
            .split_once('_')
            .is_some_and(|(stem, below)| is_one(stem) && is_below(below))
        || command.is_some_and(|rest| {
            rest.split_once('{').is_some_and(|(name, rest)| {
                is_letters(name) && rest.find('}') == Some(rest.len() - 1)
            })
        })
}

/// Whether it is one lowered piece: something is raised beside it all the same.
fn is_below(text: &str) -> bool {
    text.starts_with('{') && text.find('}') == Some(text.len() - 1)
}

/// A number in full, `1e−300`.
fn number(text: &str) -> String {
    let text = text.replace('−', "-");
    match text.split_once('e') {
        Some((mantissa, exponent)) => format!(r"{mantissa} \times 10^{{{exponent}}}"),
        None if text.contains('∞') => text.replace('∞', r"\infty"),
        None if text == "NaN" => r"\mathrm{NaN}".into(),
        None => text,
    }
}

/// Signs that LaTeX has commands for.
fn signs(text: &str) -> String {
    const COMMANDS: [(char, &str); 5] = [
        ('×', r" \times "),
        ('‖', r"\|"),
        ('∇', r"\nabla "),
        ('⌊', r"\lfloor "),
        ('⌋', r"\rfloor"),
    ];
    let mut text = text.to_owned();
    for (sign, command) in COMMANDS {
        text = text.replace(sign, command);
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('_', r"\_")
}

/// The Greek letters from α on, as LaTeX calls them.
const GREEK: &str = "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi \
     omicron pi rho varsigma sigma tau upsilon varphi chi psi omega";

/// Those from Α on that LaTeX has a command for; the others look like Latin ones, in the
/// same order.
const LARGE: &str = "ΓΔΘΛΞΠΣΥΦΨΩ";
const LATIN: &str = "ABΓΔEZHΘIKΛMNΞOΠPΣΣTΥΦXΨΩ";

/// What LaTeX writes for a letter that is no Latin one.
fn greek(letter: &str) -> Option<String> {
    let mut letters = letter.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return None;
    };
    let name = |first: char| GREEK.split(' ').nth(letter as usize - first as usize);
    match letter {
        'ŷ' => Some(r"\hat{y}".into()),
        'ο' => Some("o".into()),
        'α'..='ω' => Some(format!("\\{}", name('α')?)),
        'Α'..='Ω' if LARGE.contains(letter) => {
            let name = name('Α')?;
            let (initial, rest) = name.strip_prefix("var").unwrap_or(name).split_at(1);
            Some(format!("\\{}{rest}", initial.to_ascii_uppercase()))
        }
        'Α'..='Ω' => {
            let latin = LATIN.chars().nth(letter as usize - 'Α' as usize)?;
            Some(format!(r"\mathrm{{{latin}}}"))
        }
        _ => None,
    }
}
