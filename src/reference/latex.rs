//! Expressions of the notation as LaTeX: what the table of operators writes its
//! derivatives in.
//!
//! A product is written by a sign only between two matrices, `⊙` for one entry
//! by entry; numbers and matrix products stand side by side.

use crate::notation::{self, BinaryOperator, ExprId, ExprKind, Exprs, LineKind};

/// How strongly a term's own operator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// Sums, and what has a minus sign.
    Sum,
    /// Products.
    Product,
    /// Powers, and fractions as well.
    Power,
    /// All else.
    Atom,
}

/// A piece of LaTeX that can be an operand of a larger one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The LaTeX.
    pub text: String,
    /// How strongly it binds.
    pub binding: Binding,
    /// Whether its value is 1×1, whatever the operands are.
    pub is_scalar: bool,
    /// Whether it is something with a minus sign before it.
    pub is_negated: bool,
    /// What stands above and below the line of a fraction.
    pub fraction: Option<Box<[Term; 2]>>,
}

impl Term {
    /// A name or a number.
    pub fn atom(text: impl Into<String>, is_scalar: bool) -> Self {
        Self {
            text: text.into(),
            binding: Binding::Atom,
            is_scalar,
            is_negated: false,
            fraction: None,
        }
    }

    /// The text as an operand of something that binds as strongly as this.
    fn within(&self, binding: Binding) -> String {
        if self.binding < binding {
            bracketed(&self.text)
        } else {
            self.text.clone()
        }
    }

    /// The product of two terms, entry by entry.
    pub fn times(&self, other: &Self) -> Self {
        let sign = if self.is_scalar || other.is_scalar {
            " "
        } else {
            r" \odot "
        };
        let right = other.within(Binding::Product);
        // A minus sign before the first factor is one before the product.
        let (left, binding) = if self.is_negated {
            (self.text.clone(), Binding::Sum)
        } else {
            (self.within(Binding::Product), Binding::Product)
        };
        Self {
            text: format!("{left}{sign}{right}"),
            binding,
            is_scalar: self.is_scalar && other.is_scalar,
            is_negated: self.is_negated,
            fraction: None,
        }
    }

    /// With the other sign.
    pub fn negated(&self) -> Self {
        Self {
            text: format!("-{}", self.within(Binding::Product)),
            binding: Binding::Sum,
            is_scalar: self.is_scalar,
            is_negated: true,
            fraction: None,
        }
    }

    /// Over another term; what is a fraction already has one line all the same.
    fn over(&self, below: &Self) -> Self {
        let (above, below) = match self.fraction.as_deref() {
            Some([above, first]) => (above.clone(), first.times(below)),
            None => (self.clone(), below.clone()),
        };
        Self {
            text: format!(r"\frac{{{}}}{{{}}}", above.text, below.text),
            binding: Binding::Power,
            is_scalar: above.is_scalar && below.is_scalar,
            is_negated: false,
            fraction: Some(Box::new([above, below])),
        }
    }
}

/// In brackets that are as high as what they hold.
pub fn bracketed(text: &str) -> String {
    if text.contains('\\') {
        format!(r"\left({text}\right)")
    } else {
        format!("({text})")
    }
}

/// The upright name of a function.
pub fn function(name: &str) -> String {
    match name {
        "exp" | "log" | "sin" | "cos" | "tan" | "tanh" | "max" | "min" => format!("\\{name}"),
        "sigmoid" => r"\sigma".into(),
        _ => format!(r"\operatorname{{{}}}", name.replace('_', r"\_")),
    }
}

/// An expression as LaTeX, its names written by `name`; nothing where it has a
/// fault, or pieces that no written derivative has.
pub fn latex(expression: &str, name: impl Fn(&str) -> Term) -> Option<Term> {
    let parsed = notation::parse(&format!("d = {expression}"));
    let line = parsed.program.lines.first()?;
    match line.kind {
        LineKind::Assign { value, .. } if parsed.faults.is_empty() => {
            write(&parsed.program.exprs, value, name)
        }
        _ => None,
    }
}

fn write(exprs: &Exprs, root: ExprId, name: impl Fn(&str) -> Term) -> Option<Term> {
    let first = exprs[root].first.index();
    let mut terms: Vec<Term> = Vec::new();
    for (_, expr) in exprs.subtree(root) {
        let of = |id: ExprId| &terms[id.index() - first];
        let term = match &expr.kind {
            ExprKind::Number(value) => Term::atom(value.to_string(), true),
            ExprKind::Name(text) => name(text),
            ExprKind::Negate(operand) => of(*operand).negated(),
            ExprKind::Transpose(operand) => raised(of(*operand), r"\top"),
            ExprKind::Binary {
                operator,
                left,
                right,
                ..
            } => binary(*operator, of(*left), of(*right)),
            ExprKind::Call {
                function,
                arguments,
            } => {
                let arguments: Vec<&Term> = arguments.iter().map(|it| of(it.value)).collect();
                call(&function.text, &arguments)
            }
            ExprKind::Index { .. } | ExprKind::Matrix { .. } => return None,
        };
        terms.push(term);
    }
    terms.pop()
}

fn binary(operator: BinaryOperator, left: &Term, right: &Term) -> Term {
    let (text, binding) = match operator {
        BinaryOperator::Mul | BinaryOperator::Times => return left.times(right),
        BinaryOperator::Pow => return raised(left, &right.text),
        BinaryOperator::Div => return left.over(right),
        BinaryOperator::MatMul => {
            let sides = [left, right].map(|side| side.within(Binding::Product));
            (sides.join(" "), Binding::Product)
        }
        BinaryOperator::Add => {
            let sides = [left.text.clone(), right.within(Binding::Product)];
            (sides.join(" + "), Binding::Sum)
        }
        BinaryOperator::Sub => {
            let sides = [left.text.clone(), right.within(Binding::Product)];
            (sides.join(" - "), Binding::Sum)
        }
    };
    Term {
        text,
        binding,
        is_scalar: left.is_scalar && right.is_scalar,
        is_negated: false,
        fraction: None,
    }
}

fn raised(base: &Term, exponent: &str) -> Term {
    Term {
        text: format!("{}^{{{exponent}}}", base.within(Binding::Atom)),
        binding: Binding::Power,
        is_scalar: base.is_scalar,
        is_negated: false,
        fraction: None,
    }
}

fn call(name: &str, arguments: &[&Term]) -> Term {
    let texts: Vec<&str> = arguments.iter().map(|term| term.text.as_str()).collect();
    let text = match name {
        "ones" => format!(r"\mathbf{{1}}_{{{}}}", texts.join(r" \times ")),
        "abs" => format!(r"\left\lvert {} \right\rvert", texts.join(", ")),
        _ => function(name) + &bracketed(&texts.join(", ")),
    };
    let sums_up = matches!(name, "sum" | "mean");
    let is_scalar = sums_up || name != "ones" && arguments.iter().all(|term| term.is_scalar);
    Term::atom(text, is_scalar)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, expected: &str) {
        let name = |name: &str| Term::atom(name, matches!(name, "m" | "n"));
        let found = latex(expression, name).map(|term| term.text);
        assert_eq!(found.as_deref(), Some(expected), "{expression}");
    }

    #[test]
    fn only_matrices_have_a_sign_between_them() {
        check("a * b", r"a \odot b");
        check("2a * b / (m * n)", r"\frac{2 a \odot b}{m n}");
        check("a / b / m", r"\frac{a}{b m}");
        check("a @ b'", r"a b^{\top}");
        check("m * ones(m, 1)", r"m \mathbf{1}_{m \times 1}");
    }

    #[test]
    fn brackets_stand_where_they_are_needed() {
        check("a * (1 - b)", r"a \odot (1 - b)");
        check("a - (b - 1)", "a - (b - 1)");
        check("-(a + b) * a", r"-(a + b) \odot a");
        check("(a / b)'", r"\left(\frac{a}{b}\right)^{\top}");
        check("a^(b - 1)", "a^{b - 1}");
        check("(a * b)^2", r"\left(a \odot b\right)^{2}");
    }

    #[test]
    fn functions_are_upright() {
        check("sigmoid(a) * log(b)", r"\sigma(a) \odot \log(b)");
        check("sum_rows(a)", r"\operatorname{sum\_rows}(a)");
        check("abs(a - b)", r"\left\lvert a - b \right\rvert");
    }
}
