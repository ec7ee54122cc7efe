//! The page, built and served by Trunk. How stands in Trunk.toml.

use std::process::Command;

use crate::machine::Machine;
use crate::shell::{self, Result};
use crate::wasm_target::{TARGET, without_home_paths};

/// What has cargo compile the standard library together with the engine, for
/// size. Cargo and rustc call this unstable, which RUSTC_BOOTSTRAP allows.
const OWN_STD: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Panics trap at once: the page shows that there was one, and what would write
/// their messages is a fifth of all that a browser would load.
const TRAP_AT_ONCE: &str = "-Zunstable-options\x1f-Cpanic=immediate-abort";

/// Builds the page as it is published, into dist/.
pub fn build(machine: &Machine) -> Result {
    println!("\nBuilding the page into dist/.");
    // Trunk works offline, and the standard library has dependencies of its own,
    // which are fetched for a target that is named.
    let mut fetch = machine.wasm_command("cargo");
    fetch.args(["fetch", "--quiet", "--locked", "--target", TARGET]);
    fetch.envs(OWN_STD);
    shell::run(&mut fetch)?;
    let mut build = trunk(machine);
    build.args(["build", "--release"]).envs(OWN_STD);
    if let Some(flags) = without_home_paths() {
        build.env(
            "CARGO_ENCODED_RUSTFLAGS",
            format!("{TRAP_AT_ONCE}\x1f{flags}"),
        );
    }
    shell::run(&mut build)
}

/// Builds the page and takes the picture of it that README shows.
pub fn picture(machine: &Machine) -> Result {
    build(machine)?;
    shell::run(machine.command("node").arg("docs/picture.mjs"))
}

/// Builds the page quickly, serves it, and builds it anew after every change.
/// What is served is kept apart from dist/, which stays as `build` left it.
pub fn serve(machine: &Machine, options: &[&str]) -> Result {
    println!(
        "\nServing the page. It is built anew after every change: reload it then. Ctrl+C ends this."
    );
    let mut serve = trunk(machine);
    serve.args(["serve", "--dist", "target/serve"]);
    if !options.iter().any(|option| option.starts_with("--open")) {
        serve.arg("--open");
    }
    shell::run(serve.args(options))
}

fn trunk(machine: &Machine) -> Command {
    let mut trunk = machine.wasm_command("trunk");
    // Trunk takes this for its option of that name, and refuses any value but true and false.
    trunk.env_remove("NO_COLOR");
    // It would print pages of its own call stack for a mistake in ours.
    trunk.env("RUST_BACKTRACE", "0");
    trunk
}
