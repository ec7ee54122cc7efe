//! `chalkgrad train`: descent by any of the optimizers, step by step.

use chalkgrad::descent::{Method, MethodFault, RULES, Run, Timeline};
use chalkgrad::graph::NodeId;
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Map, Value, json};

use crate::Failure;
use crate::input::{Loaded, load};
use crate::output::{json_number, plain, tell_not_finite};

#[derive(Args)]
pub struct Train {
    /// The program; - for standard input
    file: String,
    /// How many updates
    #[arg(long)]
    steps: u64,
    /// Learning rate η
    #[arg(long, default_value_t = 0.1, allow_negative_numbers = true)]
    lr: f64,
    /// The update rule
    #[arg(long, default_value = "gd", value_parser = optimizers())]
    optimizer: String,
    /// A constant of the update rule, as beta=0.5; repeatable
    #[arg(long, value_name = "CONSTANT=VALUE")]
    set: Vec<String>,
    /// How the learning rate goes: constant, step/30/0.1, exponential/0.99, cosine/100
    /// or warmup/10
    #[arg(long)]
    schedule: Option<String>,
    /// The largest norm of the gradient of all parameters
    #[arg(long, allow_negative_numbers = true)]
    clip: Option<String>,
    /// λ₁: λ₁ sign(w) is added to the gradient
    #[arg(long, allow_negative_numbers = true)]
    l1: Option<String>,
    /// λ₂: λ₂ w is added to the gradient
    #[arg(long, allow_negative_numbers = true)]
    l2: Option<String>,
    /// Print every so many steps
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
    /// Print CSV
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn optimizers() -> PossibleValuesParser {
    RULES.iter().map(|rule| rule.name).into()
}

impl Train {
    pub fn run(&self) -> Result<String, Failure> {
        let method = self.method()?;
        let Loaded { graph, .. } = load(&self.file)?;
        let timeline = Timeline::new(self.lr)
            .map_err(|fault| Failure::Usage(format!("--lr {}: {fault}", self.lr)))?;
        let mut run = Run::new(&graph, method, timeline);
        let scalars: Vec<(&str, NodeId)> = graph
            .params()
            .filter(|&id| graph.node(id).shape.is_scalar())
            .filter_map(|id| Some((graph.binding_of(id)?.key.as_str(), id)))
            .collect();
        let mut rows: Vec<(u64, Vec<f64>)> = Vec::new();
        loop {
            let params = scalars.iter().map(|&(_, id)| run.tape().value(id)[0]);
            rows.push((
                run.step(),
                [run.tape().loss()].into_iter().chain(params).collect(),
            ));
            let left = self.steps - run.step();
            if left == 0 || run.advance(self.every.min(left)) == 0 {
                break;
            }
        }
        let names = ["loss"]
            .into_iter()
            .chain(scalars.iter().map(|&(name, _)| name));
        let names: Vec<&str> = names.collect();
        let mut text = if self.json {
            training_json(&rows, &names)
        } else {
            training_table(&rows, &names, self.csv)
        };
        if let Some(stopped) = run.stopped() {
            let told = tell_not_finite(&graph, stopped);
            eprintln!("stopped at step {}: {told}", run.step());
        }
        text.push_str(if self.json { "\n" } else { "" });
        Ok(text)
    }

    fn method(&self) -> Result<Method, Failure> {
        let mut method = Method::named(&self.optimizer)
            .ok_or_else(|| Failure::Usage(format!("--optimizer {}", self.optimizer)))?;
        let set = self.set.iter().map(|set| {
            let (key, value) = set.split_once('=').unwrap_or((set, ""));
            (format!("--set {set}"), key, value)
        });
        let flags = [
            ("schedule", &self.schedule),
            ("clip", &self.clip),
            ("l1", &self.l1),
            ("l2", &self.l2),
        ];
        let flags = flags.into_iter().filter_map(|(key, value)| {
            let value = value.as_deref()?;
            Some((format!("--{key} {value}"), key, value))
        });
        let mut seen = Vec::new();
        for (told, key, value) in set.chain(flags) {
            let read = if seen.contains(&key) {
                Err(MethodFault::RepeatedOption)
            } else {
                method.clone().with_option(key, value)
            };
            method = read.map_err(|fault| {
                Failure::Usage(format!("{told}: {}", right(&method, key, fault)))
            })?;
            seen.push(key);
        }
        Ok(method)
    }
}

/// What would be right.
fn right(method: &Method, key: &str, fault: MethodFault) -> String {
    match (fault, method.takes(key)) {
        (MethodFault::RepeatedOption, _) => format!("{key} is given twice; once is enough"),
        (_, Some(takes)) => format!("{key} takes {takes}"),
        (_, None) => {
            let keys: Vec<&str> = method.keys().collect();
            format!("{} has {}", method.rule().name, keys.join(", "))
        }
    }
}

fn training_json(rows: &[(u64, Vec<f64>)], names: &[&str]) -> String {
    let rows = rows.iter().map(|(step, numbers)| {
        let mut row = Map::from_iter([("step".to_string(), json!(step))]);
        row.extend(
            names
                .iter()
                .zip(numbers)
                .map(|(name, &value)| (name.to_string(), json_number(value))),
        );
        Value::Object(row)
    });
    Value::Array(rows.collect()).to_string()
}

fn training_table(rows: &[(u64, Vec<f64>)], names: &[&str], csv: bool) -> String {
    let separator = if csv { "," } else { "\t" };
    let mut text = format!("step{separator}{}\n", names.join(separator));
    for (step, numbers) in rows {
        let shown: Vec<String> = numbers.iter().map(|&value| plain(value)).collect();
        text.push_str(&format!("{step}{separator}{}\n", shown.join(separator)));
    }
    text
}
