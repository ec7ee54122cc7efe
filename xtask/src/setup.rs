//! What the tasks need on a machine, each thing found or else installed.
//!
//! Finding only looks at files and asks rustc two questions, so that a second
//! run does no set-up work. What is built here is kept in the user's cache
//! folder, by name and version: every checkout shares it, and a new version
//! does not disturb an old checkout.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::machine::{Machine, program_in};
use crate::shell::{self, Failure, Result};
use crate::{browser, debian, wasm_target};

/// How much of the set-up a task needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To build and serve the page.
    Page,
    /// To run the fuzz targets.
    Fuzzing,
    /// To run every check: all of it.
    Tests,
}

impl Need {
    fn covers(self, other: Self) -> bool {
        self == Self::Tests || self == other
    }
}

/// One thing that must be there.
pub struct Tool {
    name: &'static str,
    purpose: &'static str,
    need: Need,
    /// Whether it is there; has the machine use it if it is.
    find: fn(&mut Machine) -> Result<bool>,
    install: fn(&Machine) -> Result,
    by_hand: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "Node.js and npm",
        purpose: "bundle the page and run its tools",
        need: Need::Page,
        find: |machine| Ok(machine.on_path("node").is_some() && machine.on_path("npm").is_some()),
        install: |_| Err(Failure::new("Node.js is not on PATH")),
        by_hand: "install Node.js 20 or later, with npm, from https://nodejs.org or your system's packages",
    },
    Tool {
        name: "the npm packages of package-lock.json",
        purpose: "bundle, optimize, check and test the page",
        need: Need::Page,
        find: |machine| Ok(npm_is_current(machine)),
        install: install_npm_packages,
        by_hand: "run `npm ci --ignore-scripts` in the checkout and see what it says",
    },
    Tool {
        name: "Rust's wasm32-unknown-unknown target and the source of its standard library",
        purpose: "compile the engine for browsers",
        need: Need::Page,
        find: wasm_target::find,
        install: wasm_target::install,
        by_hand: "run `rustup target add wasm32-unknown-unknown` and `rustup component add rust-src`",
    },
    Tool {
        name: "wasm-bindgen",
        purpose: "write the JavaScript side of the engine, in the very version of the crate",
        need: Need::Page,
        find: |machine| WASM_BINDGEN.find(machine),
        install: |machine| WASM_BINDGEN.install(machine),
        by_hand: "run `cargo install --locked wasm-bindgen-cli --version` with the version of wasm-bindgen in Cargo.lock",
    },
    Tool {
        name: "Trunk",
        purpose: "build and serve the page",
        need: Need::Page,
        find: |machine| TRUNK.find(machine),
        install: |machine| TRUNK.install(machine),
        by_hand: "run `cargo install --locked trunk --version 0.21.14`",
    },
    Tool {
        name: "rustfmt and clippy",
        purpose: "check the form of the Rust code",
        need: Need::Tests,
        find: |machine| {
            let sysroot = PathBuf::from(shell::read(
                machine.command("rustc").args(["--print", "sysroot"]),
            )?);
            let there = |program| program_in(&sysroot.join("bin"), program).is_some();
            Ok(there("rustfmt") && there("cargo-clippy"))
        },
        install: |machine| {
            shell::run(
                machine
                    .command("rustup")
                    .args(["component", "add", "rustfmt", "clippy"]),
            )
        },
        by_hand: "run `rustup component add rustfmt clippy`",
    },
    Tool {
        name: "a C++ compiler",
        purpose: "compile libFuzzer, which makes the inputs of the fuzz targets",
        need: Need::Fuzzing,
        find: find_cpp_compiler,
        install: install_cpp_compiler,
        by_hand: "install g++ or clang++ from your system's packages (on macOS, `xcode-select --install`); \
                  where it has another name, set CXX to its path",
    },
    Tool {
        name: "Chrome or Chromium, and ChromeDriver",
        purpose: "test the engine and the page where they are used",
        need: Need::Tests,
        find: browser::find,
        install: browser::install,
        by_hand: "install Chrome or Chromium and the ChromeDriver of the same version; where they are not found, \
                  set CHROME and CHROMEDRIVER to the paths of the two programs",
    },
];

/// The machine with everything in place that is needed, installed where it was missing.
pub fn ready(need: Need) -> Result<Machine> {
    let mut machine = Machine::new()?;
    // Playwright drives the browser that was found; it must not fetch its own.
    machine.set("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    for tool in TOOLS.iter().filter(|tool| need.covers(tool.need)) {
        if !(tool.find)(&mut machine)? {
            set_up(tool, &mut machine).map_err(|failure| failure.with_remedy(tool.by_hand))?;
        }
    }
    Ok(machine)
}

fn set_up(tool: &Tool, machine: &mut Machine) -> Result {
    println!("\nSetting up {}, to {}.", tool.name, tool.purpose);
    let start = Instant::now();
    (tool.install)(machine)?;
    if !(tool.find)(machine)? {
        return Err(Failure::new(format!(
            "{} was installed but is not found",
            tool.name
        )));
    }
    println!("Done in {} s.", start.elapsed().as_secs());
    Ok(())
}

/// A copy of the lock file that was installed last: npm's own record in
/// node_modules has another form, and says nothing when the lock has changed.
const NPM_STAMP: &str = "node_modules/.installed-package-lock.json";

fn npm_is_current(machine: &Machine) -> bool {
    let read = |name: &str| fs::read(machine.root.join(name)).ok();
    read(NPM_STAMP).is_some_and(|installed| Some(installed) == read("package-lock.json"))
}

/// `c++` is what is called unless CXX says otherwise. On Windows no fuzz target
/// is run.
fn find_cpp_compiler(machine: &mut Machine) -> Result<bool> {
    let set = env::var_os("CXX").is_some_and(|value| !value.is_empty());
    if cfg!(windows) || set || machine.on_path("c++").is_some() {
        return Ok(true);
    }
    let other = ["g++", "clang++"]
        .iter()
        .find_map(|name| machine.on_path(name));
    if let Some(path) = &other {
        machine.set("CXX", path);
    }
    Ok(other.is_some())
}

fn install_cpp_compiler(machine: &Machine) -> Result {
    match debian::is_debian() {
        true => debian::install(machine, &["g++"]),
        false => Err(Failure::new("neither c++ nor g++ nor clang++ is on PATH")),
    }
}

fn install_npm_packages(machine: &Machine) -> Result {
    // No package of ours needs its install script.
    shell::run(machine.command("npm").args(["ci", "--ignore-scripts"]))?;
    fs::copy(
        machine.root.join("package-lock.json"),
        machine.root.join(NPM_STAMP),
    )?;
    Ok(())
}

const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: Version::OfLocked("wasm-bindgen"),
    options: &[],
};

/// Trunk 0.22 needs a newer compiler. Without its self-update and with rustls
/// it needs no OpenSSL, and builds in half the time.
const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: Version::Exactly("0.21.14"),
    options: &["--no-default-features", "--features", "rustls"],
};

/// A tool that cargo builds from source.
struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: Version,
    options: &'static [&'static str],
}

enum Version {
    Exactly(&'static str),
    /// That of a package in Cargo.lock.
    OfLocked(&'static str),
}

impl CargoTool {
    fn find(&self, machine: &mut Machine) -> Result<bool> {
        let version = self.version(machine)?;
        let kept = self.folder(machine, &version).join("bin");
        if program_in(&kept, self.program).is_some() {
            machine.prepend_path(&kept)?;
            return Ok(true);
        }
        let answer = shell::read(machine.command(self.program).arg("--version"));
        Ok(answer.is_ok_and(|line| line.split_whitespace().nth(1) == Some(&version)))
    }

    fn install(&self, machine: &Machine) -> Result {
        let version = self.version(machine)?;
        fs::create_dir_all(&machine.tools)?;
        println!(
            "Cargo builds {} {version}: a few minutes, once.",
            self.package
        );
        let mut cargo = machine.command("cargo");
        cargo
            .current_dir(&machine.tools)
            .args(["install", "--locked", self.package, "--version", &version])
            .args(self.options)
            .arg("--root")
            .arg(self.folder(machine, &version))
            // It is only a tool: quick to build matters more than quick to run.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
        shell::run(&mut cargo)
    }

    fn folder(&self, machine: &Machine, version: &str) -> PathBuf {
        machine.tools.join(format!("{}-{version}", self.package))
    }

    fn version(&self, machine: &Machine) -> Result<String> {
        match self.version {
            Version::Exactly(version) => Ok(version.to_owned()),
            Version::OfLocked(package) => {
                let lock = fs::read_to_string(machine.root.join("Cargo.lock"))?;
                locked_version(&lock, package)
                    .map(str::to_owned)
                    .ok_or_else(|| Failure::new(format!("Cargo.lock has no {package}")))
            }
        }
    }
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
