//! Every check of `cargo xtask test`, as a list.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::machine::Machine;
use crate::shell::{self, Failure, Result};

/// One check: commands that succeed where all is well.
pub struct Check {
    name: &'static str,
    why: &'static str,
    builds_for: Target,
    /// Words with spaces between. `folder/*.ending` stands for the files it matches.
    commands: &'static [&'static str],
    variables: &'static [(&'static str, &'static str)],
}

/// What a check's Rust code is compiled for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Host,
    Wasm,
}
use Target::{Host, Wasm};

const DENY_DOC_WARNINGS: (&str, &str) = ("RUSTDOCFLAGS", "-D warnings");

/// In order: what is quick and often wrong comes first.
const CHECKS: &[Check] = &[
    Check {
        name: "format",
        why: "the Rust code is formatted by rustfmt",
        builds_for: Host,
        commands: &[
            "cargo fmt --all --check",
            "rustfmt --check --edition 2024 fuzz/fuzz_targets/*.rs",
        ],
        variables: &[],
    },
    Check {
        name: "clippy",
        why: "clippy has nothing to say about the core, the command line and the tests",
        builds_for: Host,
        commands: &["cargo clippy --workspace --all-targets -- -D warnings"],
        variables: &[],
    },
    Check {
        name: "clippy-web",
        why: "clippy has nothing to say about the boundary to the browser, the whole and what a start has of it",
        builds_for: Wasm,
        commands: &[
            "cargo clippy --package chalkgrad --package chalkgrad-engine --lib --test web* \
             --no-default-features --features whole --target wasm32-unknown-unknown -- -D warnings",
            "cargo clippy --package chalkgrad --package chalkgrad-engine --lib \
             --no-default-features --target wasm32-unknown-unknown -- -D warnings",
        ],
        variables: &[],
    },
    Check {
        name: "unit",
        why: "the core and the command line do what they should",
        builds_for: Host,
        commands: &["cargo test --workspace"],
        variables: &[],
    },
    Check {
        name: "fuzz",
        why: "no text makes the notation or the reader of links fail, of those found in a minute",
        builds_for: Host,
        commands: &["cargo xtask fuzz"],
        variables: &[],
    },
    Check {
        name: "docs",
        why: "rustdoc has nothing to say about the core",
        builds_for: Host,
        commands: &["cargo doc --workspace --no-deps"],
        variables: &[DENY_DOC_WARNINGS],
    },
    Check {
        name: "docs-web",
        why: "rustdoc has nothing to say about the boundary",
        builds_for: Wasm,
        commands: &[
            "cargo doc --package chalkgrad --lib --no-deps --no-default-features --features deflate,whole \
                     --target wasm32-unknown-unknown",
        ],
        variables: &[DENY_DOC_WARNINGS],
    },
    Check {
        name: "boundary",
        why: "the boundary does what it should in a browser",
        builds_for: Wasm,
        commands: &[
            "cargo test --package chalkgrad --test web* --no-default-features --features whole \
                     --target wasm32-unknown-unknown",
        ],
        variables: &[(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )],
    },
    Check {
        name: "page",
        why: "the page can be built, and keeps to its content policy",
        builds_for: Host,
        commands: &["cargo xtask build"],
        variables: &[],
    },
    Check {
        name: "types",
        why: "TypeScript agrees with itself and with the engine's types, which the build leaves",
        builds_for: Host,
        commands: &["tsc -p .", "tsc -p tests/e2e"],
        variables: &[],
    },
    Check {
        name: "weight",
        why: "the first load of the page is small",
        builds_for: Host,
        commands: &["node www/build/weigh.mjs dist"],
        variables: &[],
    },
    Check {
        name: "examples",
        why: "the examples for node run, with the engine as it was built",
        builds_for: Host,
        commands: &["node --test examples/node/*.mjs"],
        variables: &[],
    },
    Check {
        name: "e2e",
        why: "the page does what it should in a browser",
        builds_for: Host,
        commands: &["playwright test"],
        variables: &[],
    },
];

/// The check of a name.
pub fn find(name: &str) -> Result<&'static Check> {
    let names = || CHECKS.iter().map(|check| check.name).collect::<Vec<_>>();
    CHECKS
        .iter()
        .find(|check| check.name == name)
        .ok_or_else(|| {
            Failure::new(format!("no check is called {name}"))
                .with_remedy(format!("take one of {}", names().join(", ")))
        })
}

/// Names every check and says what it shows.
pub fn list() {
    for check in CHECKS {
        println!("{:<12}{}", check.name, check.why);
    }
}

/// Runs every check; stops at the first that fails.
pub fn run_all(machine: &Machine) -> Result {
    let mut times = Vec::new();
    for check in CHECKS {
        let start = Instant::now();
        run(check, machine)?;
        times.push((check.name, start.elapsed()));
    }
    println!("\nEvery check passed:");
    let total: Duration = times.iter().map(|(_, time)| time).sum();
    for (name, time) in times.into_iter().chain([("in all", total)]) {
        println!("  {name:<12}{:>7.1} s", time.as_secs_f64());
    }
    Ok(())
}

/// Runs one check.
pub fn run(check: &Check, machine: &Machine) -> Result {
    println!("\n== {}: {}", check.name, check.why);
    for line in check.commands {
        let mut command = command(check, line, machine)?;
        command.envs(check.variables.iter().copied());
        shell::run(&mut command).map_err(|failure| {
            let again = format!(
                "`cargo xtask test --only {}` runs this check alone",
                check.name
            );
            Failure::new(format!("check {}: {failure}", check.name)).with_remedy(again)
        })?;
    }
    Ok(())
}

fn command(check: &Check, line: &str, machine: &Machine) -> Result<Command> {
    let toolchain = machine
        .wasm_toolchain()
        .filter(|_| check.builds_for == Wasm);
    let mut words: Vec<&str> = line.split_whitespace().collect();
    if let (Some(toolchain), ["cargo", task @ "clippy", .., "--", "-D", "warnings"]) =
        (toolchain, words.as_mut_slice())
    {
        println!("{toolchain} has no clippy: here the compiler alone looks at this code.");
        *task = "check";
        words.truncate(words.len() - 3);
    }
    let mut command = match check.builds_for {
        Host => machine.command(words[0]),
        Wasm => machine.wasm_command(words[0]),
    };
    for word in &words[1..] {
        match word.split_once("/*") {
            Some((folder, ending)) => command.args(files(machine, folder, ending)?),
            None => command.arg(word),
        };
    }
    Ok(command)
}

/// The files of a folder with this ending, in the order of their names.
fn files(machine: &Machine, folder: &str, ending: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(machine.root.join(folder))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            files.push(format!("{folder}/{name}"));
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(format!("there is no {folder}/*{ending}")));
    }
    Ok(files)
}
