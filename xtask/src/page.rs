//! The page, built and served by Trunk. What Trunk does stands in Trunk.toml.

use crate::machine::Machine;
use crate::shell::{self, Result};

/// Builds the page as it is published, into dist/.
pub fn build(machine: &Machine) -> Result {
    println!("\nBuilding the page into dist/.");
    shell::run(trunk(machine).args(["build", "--release"]))
}

/// Builds the page quickly, serves it, and builds it anew whenever a source changes. What is served is kept apart
/// from dist/, so that there is always what `build` left.
pub fn serve(machine: &Machine, options: &[&str]) -> Result {
    println!(
        "\nServing the page. It is built anew after every change; reload it in the browser. Ctrl+C ends this."
    );
    let mut serve = trunk(machine);
    serve.args(["serve", "--dist", "target/serve"]);
    if !options.iter().any(|option| option.starts_with("--open")) {
        serve.arg("--open");
    }
    shell::run(serve.args(options))
}

fn trunk(machine: &Machine) -> std::process::Command {
    let mut trunk = machine.wasm_command("trunk");
    // Trunk takes this for its option of that name, and refuses any value but true and false.
    trunk.env_remove("NO_COLOR");
    // It would print pages of its own call stack for a mistake in ours.
    trunk.env("RUST_BACKTRACE", "0");
    trunk
}
