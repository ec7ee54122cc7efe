//! The project's tasks: `cargo xtask serve | test | bench | fuzz | build | readme | picture | setup`.
//!
//! Each task first sets up what is missing on the machine ([`setup`]), says
//! what it does and why, and a fault says what to do by hand. Where everything
//! is in place, set-up only looks at files.

mod browser;
mod checks;
mod debian;
mod fuzz;
mod machine;
mod page;
mod readme;
mod setup;
mod shell;
mod wasm_target;

use std::process::ExitCode;

use crate::machine::Machine;
use crate::setup::Need;
use crate::shell::{Failure, Result};

const USAGE: &str = "\
usage: cargo xtask <task>

  serve [TRUNK OPTIONS]  set up what is missing, build and serve the page, open it in the browser
                         (for instance: serve --port 9000, serve --release, serve --open=false)
  test [--only NAME]     set up what is missing and run every check, or the one of that name
  test --list            name the checks, in their order
  bench [OPTIONS]        measure how long the engine takes (for instance: bench -- perceptron)
  fuzz [SECONDS]         run the fuzz targets, for 60 seconds or as many as are given
  build                  leave the page, ready for any static host, in dist/
  readme                 write README's table of operators anew
  picture                build the page and take README's picture of it
  setup                  set up what serve, build and test need, and nothing else";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result {
    match arguments {
        ["serve", options @ ..] => page::serve(&setup::ready(Need::Page)?, options),
        ["build"] => page::build(&setup::ready(Need::Page)?),
        ["readme"] => readme::write(&Machine::new()?),
        ["picture"] => page::picture(&setup::ready(Need::Tests)?),
        ["setup"] => {
            setup::ready(Need::Tests)?;
            println!("Everything is in place.");
            Ok(())
        }
        ["test"] => checks::run_all(&setup::ready(Need::Tests)?),
        ["test", "--list"] => {
            checks::list();
            Ok(())
        }
        ["test", "--only", name] => {
            let check = checks::find(name)?;
            checks::run(check, &setup::ready(Need::Tests)?)
        }
        ["bench", options @ ..] => {
            let machine = Machine::new()?;
            let mut bench = machine.command("cargo");
            bench.args(["bench", "--package", "chalkgrad-benches"]);
            shell::run(bench.args(options))
        }
        ["fuzz"] => fuzz::run(&setup::ready(Need::Fuzzing)?, 60),
        ["fuzz", seconds] => match seconds.parse() {
            Ok(seconds) => fuzz::run(&setup::ready(Need::Fuzzing)?, seconds),
            Err(_) => Err(Failure::new(USAGE)),
        },
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Failure::new(USAGE)),
    }
}
