//! Which pieces of a program draw random numbers: those of one declaration come
//! from one stream, so that they have to stay in their order.

use crate::notation::{ExprId, ExprKind, Exprs, LineKind, Names, Program};

use super::rules::{Rule, rule};

/// How many pieces of each expression draw random numbers.
pub struct Draws {
    /// For each place in the arena how many there are before it.
    before: Vec<u32>,
}

impl Draws {
    /// Counts the calls of generators, and of functions that call one.
    pub fn of(program: &Program) -> Self {
        let bodies = program.lines.iter().filter_map(|line| match &line.kind {
            LineKind::Define { name, body, .. } => Some((*body, name)),
            _ => None,
        });
        // In the order of the text, which is that of the arena.
        let mut bodies = bodies.peekable();
        // For each function whether it draws; of one that is defined again, if
        // any of its bodies does.
        let mut functions: Names<bool> = Names::default();
        let mut draws = Self { before: vec![0] };
        for (id, expr) in program.exprs.iter() {
            let is_draw = match &expr.kind {
                ExprKind::Call { function, .. } => {
                    let name = &function.text;
                    rule(name) == Rule::Drawn || functions.get(name).copied().unwrap_or(false)
                }
                _ => false,
            };
            draws
                .before
                .push(draws.before[id.index()] + u32::from(is_draw));
            if let Some((_, name)) = bodies.next_if(|(body, _)| *body == id) {
                let draws = draws.within(&program.exprs, id) > 0;
                *functions.get_or_insert(&name.text, false) |= draws;
            }
        }
        draws
    }

    /// How many pieces of an expression do.
    pub fn within(&self, exprs: &Exprs, id: ExprId) -> u32 {
        self.before[id.index() + 1] - self.before[exprs[id].first.index()]
    }
}
