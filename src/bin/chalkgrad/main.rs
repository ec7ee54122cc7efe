//! The engine on the command line, a command a file.
//!
//! Exit 0; 1 for a fault in the input, with line, column and the line itself
//! on standard error; 2 for wrong usage.

mod derive;
mod eval;
mod input;
mod ops;
mod output;
mod paths;
mod train;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    Eval(eval::Eval),
    /// Gradient descent: the loss by step
    Train(train::Train),
    /// Why gradients are what they are: every step, or one node with its numbers
    Derive(derive::Derive),
    /// The paths from the loss to a node, each with its term of the gradient
    Paths(paths::Paths),
    /// The table of operators, in Markdown
    Ops(ops::Ops),
}

/// Why the command ends without its result, told on standard error.
enum Failure {
    Input(String),
    Usage(String),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Command::Eval(eval) => eval.run(),
        Command::Train(train) => train.run(),
        Command::Derive(derive) => derive.run(),
        Command::Paths(paths) => paths.run(),
        Command::Ops(ops) => Ok(ops.run()),
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
