//! The table of operators as something to read: each row in words and in LaTeX,
//! all of them as Markdown. Nothing that a page loads.

mod latex;

use crate::matrix::Shape;
use crate::ops::{self, Arity, Constant, Convention, Formula, Operator, Reads, Written};

use latex::{Term, bracketed, function, latex};

/// One operator, to be read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its row.
    pub operator: &'static Operator,
    /// How a program writes it: `leaky_relu(a, slope = 0.01)`.
    pub written: String,
    /// How many operands it takes: `2`, `2 or more`.
    pub operands: String,
    /// Its shape rule in words.
    pub shape: &'static str,
    /// The derivative for each operand.
    pub derivatives: Vec<Derivative>,
    /// What they are computed from.
    pub reads: &'static str,
    /// What holds at kinks and edges; empty where there are none.
    pub kinks: String,
}

/// ∂L/∂a of an operator y = φ(a, …), as LaTeX.
#[derive(Clone, Debug)]
pub struct Derivative {
    /// The operand: `a`, `b`.
    pub operand: &'static str,
    /// ∂L/∂y · ∂y/∂a.
    pub chain: String,
    /// prod(∂L/∂y, ∂y/∂a).
    pub prod: String,
    /// Worked out.
    pub explicit: String,
}

/// What operands are called.
const OPERANDS: [&str; 2] = ["a", "b"];

/// Every operator, in the order of the table.
pub fn entries() -> impl Iterator<Item = Entry> {
    ops::table().map(|operator| Entry {
        operator,
        written: written(operator),
        operands: match operator.arity {
            Arity::Exactly(count) => count.to_string(),
            Arity::AtLeast(count) => format!("{count} or more"),
        },
        shape: shape_in_words(operator),
        derivatives: (0..operator.arity.least())
            .map(|operand| derivative(operator, operand))
            .collect(),
        reads: match operator.reads {
            Reads::Nothing => "nothing",
            Reads::Operands => "operands",
            Reads::Output => "output",
            Reads::Both => "operands and output",
        },
        kinks: kinks(operator),
    })
}

/// The table as Markdown, with what its signs stand for.
pub fn markdown() -> String {
    let upstream = upstream(false).text;
    let any = Derivative::of("a", String::new());
    let mut text = format!(
        "For an output `y` and an operand `a` of m×n, ∂L/∂a is\n\
         $`{}`$, or\n\
         $`{}`$;\n\
         the table has it worked out. Products with ⊙, quotients and powers are entry by\n\
         entry, and what was broadcast is summed. φ′ is a distinction of cases; φᵀ takes\n\
         every entry of $`{upstream}`$ back to where it came from.\n\n\
         | operator | written | shapes | derivatives | computed from | at kinks and edges |\n\
         | --- | --- | --- | --- | --- | --- |\n",
        any.chain, any.prod,
    );
    for entry in entries() {
        let derivatives = entry.derivatives.iter().map(|derivative| {
            let Derivative {
                operand, explicit, ..
            } = derivative;
            format!("∂L/∂{operand} = $`{explicit}`$")
        });
        let cells = [
            entry.operator.name.into(),
            format!("`{}`", entry.written),
            entry.shape.into(),
            derivatives.collect::<Vec<_>>().join("<br>"),
            entry.reads.into(),
            entry.kinks,
        ];
        text += &format!("| {} |\n", cells.join(" | ").trim_end());
    }
    text
}

fn written(operator: &Operator) -> String {
    let constants = operator.constants.iter();
    match operator.written {
        Written::Infix(sign) => format!("a {sign} b"),
        Written::Prefix(sign) => format!("{sign}a"),
        Written::Postfix(sign) => format!("a{sign}"),
        Written::Index => {
            let names: Vec<&str> = constants.map(|constant| constant.name).collect();
            format!("a[{}]", names.join(", "))
        }
        Written::Function => {
            let operands = OPERANDS.into_iter().take(operator.arity.least());
            let mut arguments: Vec<String> = operands.map(str::to_owned).collect();
            if let Arity::AtLeast(_) = operator.arity {
                arguments.push("…".into());
            }
            let named = |&Constant { name, default }: &Constant| format!("{name} = {default}");
            arguments.extend(constants.map(named));
            format!("{}({})", operator.name, arguments.join(", "))
        }
    }
}

/// A shape rule, with a sentence for it.
type Rule = (&'static str, fn(&[Shape], &[f64]) -> Option<Shape>);

/// The shape rules that rows have. Which one a row has is tried out, so that
/// the words can't say anything else than the row does.
const RULES: &[Rule] = &[
    ("as the operand", |shapes, _| match *shapes {
        [shape] => Some(shape),
        _ => None,
    }),
    ("each side agrees or is 1", |shapes, _| match *shapes {
        [a, b] => a.broadcast(b),
        _ => None,
    }),
    ("m×k and k×n to m×n", |shapes, _| match *shapes {
        [a, b] if a.columns == b.rows => Some(Shape::new(a.rows, b.columns)),
        _ => None,
    }),
    ("m×n to n×m", |shapes, _| match *shapes {
        [a] => Some(Shape::new(a.columns, a.rows)),
        _ => None,
    }),
    ("as many columns; rows add up", |shapes, _| match *shapes {
        [a, b] if a.columns == b.columns => Some(Shape::new(a.rows + b.rows, a.columns)),
        _ => None,
    }),
    ("as many rows; columns add up", |shapes, _| match *shapes {
        [a, b] if a.rows == b.rows => Some(Shape::new(a.rows, a.columns + b.columns)),
        _ => None,
    }),
    (
        "one row or `:` all, one column or all",
        |shapes, constants| match (shapes, constants) {
            (&[a], &[row, column]) => {
                let side = |at: f64, size: usize| match at {
                    ops::ALL => Some(size),
                    at => (at <= size as f64).then_some(1),
                };
                Some(Shape::new(side(row, a.rows)?, side(column, a.columns)?))
            }
            _ => None,
        },
    ),
    ("m×n to 1×1", |shapes, _| match *shapes {
        [_] => Some(Shape::SCALAR),
        _ => None,
    }),
    ("m×n to 1×n", |shapes, _| match *shapes {
        [a] => Some(Shape::new(1, a.columns)),
        _ => None,
    }),
    ("m×n to m×1", |shapes, _| match *shapes {
        [a] => Some(Shape::new(a.rows, 1)),
        _ => None,
    }),
    ("both m×n, to 1×1", |shapes, _| match *shapes {
        [a, b] if a == b => Some(Shape::SCALAR),
        _ => None,
    }),
];

fn shape_in_words(operator: &Operator) -> &'static str {
    let cases = cases(operator);
    let is_it = |rule: &&Rule| {
        cases.iter().all(|(shapes, constants)| {
            (operator.shape)(shapes, constants).ok() == rule.1(shapes, constants)
        })
    };
    // A test says where a row has a rule that has no words yet.
    RULES.iter().find(is_it).map_or("", |rule| rule.0)
}

/// Operands with sides of 1 to 3, each with constants of two kinds.
fn cases(operator: &Operator) -> Vec<(Vec<Shape>, Vec<f64>)> {
    let mut operands = vec![Vec::new()];
    for _ in 0..operator.arity.least() {
        let longer = operands.iter().flat_map(|shapes: &Vec<Shape>| {
            let sides = (1..=3).flat_map(|rows| (1..=3).map(move |columns| (rows, columns)));
            sides.map(|(rows, columns)| [&shapes[..], &[Shape::new(rows, columns)]].concat())
        });
        operands = longer.collect();
    }
    let constants = [0.0, 1.0].map(|more| operator.defaults().map(|it| it + more).collect());
    let with = |shapes: Vec<Shape>| {
        constants
            .clone()
            .map(|constants| (shapes.clone(), constants))
    };
    operands.into_iter().flat_map(with).collect()
}

/// ∂L/∂y.
fn upstream(is_scalar: bool) -> Term {
    Term {
        binding: latex::Binding::Power,
        ..Term::atom(r"\frac{\partial L}{\partial y}", is_scalar)
    }
}

impl Derivative {
    fn of(operand: &'static str, explicit: String) -> Self {
        let upstream = upstream(false).text;
        let local = format!(r"\frac{{\partial y}}{{\partial {operand}}}");
        Self {
            operand,
            chain: format!(r"{upstream} \cdot {local}"),
            prod: format!(r"\operatorname{{prod}}\left({upstream}, {local}\right)"),
            explicit,
        }
    }
}

fn derivative(operator: &Operator, operand: usize) -> Derivative {
    let sides = vec![Shape::new(2, 3); operator.arity.least()];
    let defaults: Vec<f64> = operator.defaults().collect();
    let is_scalar = (operator.shape)(&sides, &defaults).is_ok_and(Shape::is_scalar);
    let upstream = upstream(is_scalar);
    let name = |name: &str| match name {
        "u" => upstream.clone(),
        "y" => Term::atom("y", is_scalar),
        "m" | "n" | "c" => Term::atom(name, true),
        _ => Term::atom(name, false),
    };
    let of = |all: &[&'static str]| all[operand.min(all.len() - 1)];
    let explicit = match operator.formula {
        Formula::Entry(all) => match of(all) {
            "1" => Some(upstream.clone()),
            "-1" => Some(upstream.negated()),
            written => latex(written, name).map(|local| upstream.times(&local)),
        },
        Formula::Whole(all) => latex(of(all), name),
    };
    let explicit = explicit.unwrap_or_else(|| unwritten(operator, operand, &upstream));
    Derivative::of(OPERANDS[operand], explicit.text)
}

/// What a row does not write: φ′ for a distinction of cases, φᵀ for what is
/// linear and puts entries elsewhere.
fn unwritten(operator: &Operator, operand: usize, upstream: &Term) -> Term {
    let name = function(operator.name);
    let operands = &OPERANDS[..operator.arity.least()];
    let of = match operands {
        [_] => String::new(),
        _ => format!("_{{{}}}", OPERANDS[operand]),
    };
    if operator.reads == Reads::Nothing {
        let text = format!(r"{name}{of}^{{\top}}{}", bracketed(&upstream.text));
        return Term::atom(text, false);
    }
    let arguments = bracketed(&operands.join(", "));
    upstream.times(&Term::atom(format!("{name}'{of}{arguments}"), false))
}

fn kinks(operator: &Operator) -> String {
    let Some(convention) = operator.convention else {
        return String::new();
    };
    let words = match convention {
        Convention::ZeroAtZero => "0 at 0",
        Convention::ConstantAtZero => {
            let constant = operator.constants.first().map_or("", |it| it.name);
            return format!("`{constant}` at 0");
        }
        Convention::HalfAtTies => "½ each where a = b",
        Convention::InfiniteAtZero => "∞ at 0",
        Convention::ZeroAtEqual => "0 where a = b",
        Convention::ZeroAtEdge => "0 where ab = 1",
        Convention::ZeroTimesLogZero => "0 · log 0 is 0",
        Convention::Power => {
            "∂y/∂a is 0 where b = 0; ∂y/∂b is 0 where a = 0 and b ≥ 0, NaN where a < 0"
        }
    };
    words.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        let mut all = entries();
        all.find(|entry| entry.operator.name == name).expect(name)
    }

    #[test]
    fn every_row_has_words_for_its_shapes() {
        for entry in entries() {
            let name = entry.operator.name;
            assert!(!entry.shape.is_empty(), "{name}: put its rule into RULES");
        }
        assert_eq!(entry("matmul").shape, "m×k and k×n to m×n");
        assert_eq!(entry("tanh").shape, "as the operand");
        assert_eq!(entry("mse").shape, "both m×n, to 1×1");
        assert_eq!(
            entry("index").shape,
            "one row or `:` all, one column or all"
        );
    }

    /// What a row writes and what can't be read are told apart.
    #[test]
    fn what_a_row_writes_is_read() {
        for entry in entries() {
            let (Formula::Entry(all) | Formula::Whole(all)) = entry.operator.formula;
            for (written, derivative) in all.iter().zip(&entry.derivatives) {
                let is_marked = [r"'_", r"'(", r"^{\top}\left(\frac"]
                    .iter()
                    .any(|mark| derivative.explicit.contains(mark));
                assert_eq!(is_marked, written.is_empty(), "{entry:?}");
            }
        }
    }

    #[test]
    fn derivatives_are_written_in_every_form() {
        let [by_a, by_b] = &entry("matmul").derivatives[..] else {
            panic!("two operands");
        };
        let upstream = r"\frac{\partial L}{\partial y}";
        assert_eq!(by_a.explicit, format!(r"{upstream} b^{{\top}}"));
        assert_eq!(by_b.explicit, format!(r"a^{{\top}} {upstream}"));
        assert_eq!(
            by_b.chain,
            format!(r"{upstream} \cdot \frac{{\partial y}}{{\partial b}}")
        );
        assert!(by_b.prod.starts_with(r"\operatorname{prod}\left("));
        let explicit =
            |name: &str, operand: usize| entry(name).derivatives[operand].explicit.clone();
        assert_eq!(explicit("subtract", 1), format!("-{upstream}"));
        assert_eq!(
            explicit("tanh", 0),
            format!(r"{upstream} \odot (1 - y^{{2}})")
        );
        assert_eq!(explicit("squared_error", 0), format!("{upstream} (a - b)"));
        assert_eq!(
            explicit("relu", 0),
            format!(r"{upstream} \odot \operatorname{{relu}}'(a)")
        );
        assert_eq!(
            explicit("max", 1),
            format!(r"{upstream} \odot \max'_{{b}}(a, b)")
        );
        assert_eq!(
            explicit("vcat", 0),
            format!(r"\operatorname{{vcat}}_{{a}}^{{\top}}\left({upstream}\right)")
        );
    }
}
