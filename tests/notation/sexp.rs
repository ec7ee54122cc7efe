//! A program's lines as S-expressions, for comparing trees without spans.

use chalkgrad::notation::{
    BinaryOperator, ExprId, ExprKind, Exprs, Index, Line, LineKind, Program, Role, Setting, parse,
};

/// The lines of a program without faults.
pub fn lines(text: &str) -> Vec<String> {
    let parsed = parse(text);
    assert_eq!(parsed.faults, [], "{text:?}");
    of_lines(&parsed.program)
}

/// The lines that were read.
pub fn of_lines(program: &Program) -> Vec<String> {
    let lines = program.lines.iter();
    lines.map(|line| of_line(&program.exprs, line)).collect()
}

fn of_line(exprs: &Exprs, line: &Line) -> String {
    match &line.kind {
        LineKind::Declare { role, names, value } => {
            let role = match role {
                Role::Data => "data",
                Role::Param => "param",
            };
            let names: Vec<&str> = names.iter().map(|name| &*name.text).collect();
            format!("({role} {} {})", names.join(" "), of(exprs, *value))
        }
        LineKind::Assign { name, value } => format!("(= {} {})", name.text, of(exprs, *value)),
        LineKind::Minimize { name } => format!("(minimize {})", name.text),
        LineKind::Repeat { count, body } => {
            let body: Vec<String> = body.iter().map(|line| of_line(exprs, line)).collect();
            format!("(repeat {} {})", count.value, body.join(" "))
        }
        LineKind::Define { name, params, body } => {
            let params: Vec<&str> = params.iter().map(|name| &*name.text).collect();
            let head = params.join(" ");
            format!("(fn {} ({head}) {})", name.text, of(exprs, *body))
        }
        LineKind::Setting { setting, value } => {
            let setting = match setting {
                Setting::Seed => "seed",
                Setting::Batch => "batch",
            };
            format!("({setting} {})", value.value)
        }
    }
}

/// An expression, made from the arena without recursion.
pub fn of(exprs: &Exprs, root: ExprId) -> String {
    let mut written: Vec<(ExprId, String)> = Vec::new();
    for (id, expr) in exprs.subtree(root) {
        let mut operand = |wanted: &ExprId| {
            let at = written.iter().rposition(|(id, _)| id == wanted);
            written.remove(at.expect("operands are in the subtree")).1
        };
        let text = match &expr.kind {
            ExprKind::Number(value) => format!("{value}"),
            ExprKind::Name(name) => name.to_string(),
            ExprKind::Negate(of) => format!("(- {})", operand(of)),
            ExprKind::Transpose(of) => format!("(' {})", operand(of)),
            ExprKind::Binary {
                operator,
                left,
                right,
                ..
            } => {
                let left = operand(left);
                format!("({} {left} {})", sign(*operator), operand(right))
            }
            ExprKind::Call {
                function,
                arguments,
            } => {
                let mut text = format!("({}", function.text);
                for argument in arguments {
                    if let Some(name) = &argument.name {
                        text += &format!(" {}=", name.text);
                    } else {
                        text += " ";
                    }
                    text += &operand(&argument.value);
                }
                text + ")"
            }
            ExprKind::Index { of, first, second } => {
                let mut text = format!("([] {}", operand(of));
                for index in [Some(first), second.as_ref()].into_iter().flatten() {
                    text += " ";
                    text += &match index {
                        Index::All(_) => ":".to_owned(),
                        Index::At(expr) => operand(expr),
                    };
                }
                text + ")"
            }
            ExprKind::Matrix { rows } => {
                let rows = rows.iter().map(|row| {
                    let entries: Vec<String> = row.iter().map(&mut operand).collect();
                    entries.join(" ")
                });
                let rows: Vec<String> = rows.collect();
                format!("[{}]", rows.join("; "))
            }
        };
        written.push((id, text));
    }
    assert_eq!(written.len(), 1, "a subtree holds nothing but its operands");
    written.remove(0).1
}

fn sign(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Add => "+",
        BinaryOperator::Sub => "-",
        BinaryOperator::Mul => "*",
        BinaryOperator::Times => "×",
        BinaryOperator::Div => "/",
        BinaryOperator::MatMul => "@",
        BinaryOperator::Pow => "^",
    }
}
