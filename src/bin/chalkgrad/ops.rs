//! `chalkgrad ops`: the table of operators.

use chalkgrad::reference;
use clap::Args;
use serde_json::{Value, json};

#[derive(Args)]
pub struct Ops {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Ops {
    pub fn run(&self) -> String {
        if self.json {
            format!("{}\n", operators_json())
        } else {
            reference::markdown()
        }
    }
}

/// The table of operators, each row with its derivatives as LaTeX.
fn operators_json() -> Value {
    let rows = reference::entries().map(|entry| {
        let operator = entry.operator;
        let constants = operator.constants.iter();
        let constants = constants.map(|it| json!({ "name": it.name, "default": it.default }));
        let derivatives = entry.derivatives.iter().map(|derivative| {
            json!({
                "operand": derivative.operand,
                "chain": derivative.chain,
                "prod": derivative.prod,
                "explicit": derivative.explicit,
            })
        });
        json!({
            "name": operator.name,
            "written": entry.written,
            "symbol": operator.symbol,
            "operands": entry.operands,
            "constants": constants.collect::<Vec<_>>(),
            "shape": entry.shape,
            "derivatives": derivatives.collect::<Vec<_>>(),
            "reads": entry.reads,
            "kinks": entry.kinks,
        })
    });
    Value::Array(rows.collect())
}
