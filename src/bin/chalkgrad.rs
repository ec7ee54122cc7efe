//! The engine on the command line.
//!
//! Exit 0; 1 for a fault in the input, with line, column and the line itself
//! on standard error; 2 for wrong usage.

use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use chalkgrad::descent::{Run, Timeline};
use chalkgrad::graph::{self, Graph, NodeId};
use chalkgrad::notation::{Explain, Language, LineIndex};
use chalkgrad::number;
use chalkgrad::reference;
use chalkgrad::tape::{NotFinite, Tape};
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde_json::{Map, Value, json};

/// Backpropagation made visible, on the command line.
#[derive(Parser)]
#[command(name = "chalkgrad", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// One forward and one backward pass: loss, values, gradients
    Eval(Eval),
    /// Gradient descent: the loss by step
    Train(Train),
    /// The table of operators, in Markdown
    Ops(Ops),
}

#[derive(Args)]
struct Eval {
    /// The program; - for standard input
    file: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Train {
    /// The program; - for standard input
    file: String,
    /// How many updates
    #[arg(long)]
    steps: u64,
    /// Learning rate η
    #[arg(long, default_value_t = 0.1, allow_negative_numbers = true)]
    lr: f64,
    /// The update rule
    #[arg(long, value_enum, default_value_t = Optimizer::Gd)]
    optimizer: Optimizer,
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

#[derive(Clone, Copy, ValueEnum)]
enum Optimizer {
    /// Gradient descent
    Gd,
}

#[derive(Args)]
struct Ops {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Why the command ends without its result.
enum Failure {
    /// Standard error has been told.
    Input(String),
    Usage(String),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Command::Eval(eval) => evaluate(eval),
        Command::Train(train_) => train(train_),
        Command::Ops(Ops { json: false }) => Ok(reference::markdown()),
        Command::Ops(Ops { json: true }) => Ok(format!("{}\n", operators_json())),
    };
    match done {
        Ok(text) => print(&text),
        Err(Failure::Input(message)) => {
            eprintln!("{message}");
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// A reader that has had enough, such as `head`, is no failure.
fn print(text: &str) -> ExitCode {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("standard output: {error}");
            ExitCode::from(1)
        }
        _ => ExitCode::SUCCESS,
    }
}

fn evaluate(eval: &Eval) -> Result<String, Failure> {
    let graph = load(&eval.file)?;
    let mut tape = Tape::compile(&graph);
    tape.forward();
    tape.backward();
    if let Some(found) = tape.not_finite_anywhere() {
        eprintln!("{}", tell_not_finite(&graph, found));
    }
    if eval.json {
        return Ok(format!("{}\n", results(&graph, &tape)));
    }
    let mut text = format!("loss {}\n", number::full(tape.loss()));
    let bindings = graph.bindings().iter();
    for (index, binding) in bindings.enumerate() {
        let heading = if index == 0 { "\n" } else { "" };
        let list = |numbers: &[f64]| {
            let shown: Vec<String> = numbers.iter().map(|&value| number::full(value)).collect();
            shown.join(" ")
        };
        let shape = graph.node(binding.node).shape;
        let value = list(tape.value(binding.node));
        let gradient = list(tape.gradient(binding.node));
        // Writing to a string can't fail.
        let _ = writeln!(
            text,
            "{heading}{} {shape}\n  value    {value}\n  gradient {gradient}",
            binding.key
        );
    }
    Ok(text)
}

fn train(train: &Train) -> Result<String, Failure> {
    let Optimizer::Gd = train.optimizer;
    let graph = load(&train.file)?;
    let timeline = Timeline::new(train.lr)
        .map_err(|fault| Failure::Usage(format!("--lr {}: {fault}", train.lr)))?;
    let mut run = Run::new(&graph, timeline);
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
        let left = train.steps - run.step();
        if left == 0 || run.advance(train.every.min(left)) == 0 {
            break;
        }
    }
    let names = ["loss"]
        .into_iter()
        .chain(scalars.iter().map(|&(name, _)| name));
    let names: Vec<&str> = names.collect();
    let mut text = if train.json {
        training_json(&rows, &names)
    } else {
        training_table(&rows, &names, train.csv)
    };
    if let Some(stopped) = run.stopped() {
        let told = tell_not_finite(&graph, stopped);
        eprintln!("stopped at step {}: {told}", run.step());
    }
    text.push_str(if train.json { "\n" } else { "" });
    Ok(text)
}

/// `the gradient of x is NaN, from ×`.
fn tell_not_finite(graph: &Graph, found: NotFinite) -> String {
    let labels = graph::Labels::of(graph);
    let of = if found.in_gradient {
        "the gradient of "
    } else {
        ""
    };
    let (node, value) = (labels.plain(found.node), number::full(found.value));
    let made = found.made_by.and_then(|by| graph.node(by).application());
    let from = made.map_or_else(String::new, |made| {
        format!(", from {}", labels.operator(graph, made))
    });
    format!("{of}{node} is {value}{from}")
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

/// Every named node in the shape of the reference file.
fn results(graph: &Graph, tape: &Tape) -> Value {
    let matrices = |of: fn(&Tape, NodeId) -> &[f64]| {
        let entries = graph.bindings().iter().map(|binding| {
            let shape = graph.node(binding.node).shape;
            let data: Vec<Value> = of(tape, binding.node)
                .iter()
                .map(|&value| json_number(value))
                .collect();
            let matrix = json!({ "shape": [shape.rows, shape.columns], "data": data });
            (binding.key.clone(), matrix)
        });
        Value::Object(entries.collect())
    };
    json!({
        "loss": json_number(tape.loss()),
        "values": matrices(Tape::value),
        "gradients": matrices(Tape::gradient),
    })
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

/// JSON has no NaN and no infinities: they are strings.
fn json_number(value: f64) -> Value {
    if value.is_finite() {
        json!(value)
    } else {
        json!(plain(value))
    }
}

/// The shortest text that reads back, in the characters that programs read.
fn plain(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 {
            "Infinity".into()
        } else {
            "-Infinity".into()
        }
    } else {
        // JSON's form has an exponent where plain digits would be many.
        json!(value).to_string()
    }
}

/// The graph of a file's program, or everything that is wrong with it.
fn load(file: &str) -> Result<Graph, Failure> {
    let text = read_text(file).map_err(|error| Failure::Input(format!("{file}: {error}")))?;
    let read = graph::read(&text);
    let lines = LineIndex::new(&text);
    let told: Vec<String> = read
        .faults
        .iter()
        .map(|fault| tell(file, &lines, fault))
        .collect();
    for warning in &read.warnings {
        eprintln!("warning: {}", tell(file, &lines, warning));
    }
    read.graph.ok_or_else(|| Failure::Input(told.join("\n\n")))
}

/// `file:line:column: what is wrong`, the line with the piece underlined, and
/// what would be right.
fn tell(file: &str, lines: &LineIndex, fault: &dyn Explain) -> String {
    let place = lines.place(fault.span());
    let line = lines.line(place.line).trim_end();
    let before: String = line
        .chars()
        .take(place.column as usize - 1)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    let end = if place.end_line == place.line {
        place.end_column
    } else {
        line.chars().count() as u32 + 1
    };
    let marks = "^".repeat(end.saturating_sub(place.column).max(1) as usize);
    let message = fault.message(Language::En.sentences());
    let remedy = fault
        .remedy(Language::En.sentences())
        .map_or_else(String::new, |remedy| format!("\n  {remedy}"));
    format!(
        "{file}:{}:{}: {message}\n  {line}\n  {before}{marks}{remedy}",
        place.line, place.column
    )
}

fn read_text(file: &str) -> io::Result<String> {
    if file == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text)?;
        Ok(text)
    } else {
        std::fs::read_to_string(file)
    }
}
