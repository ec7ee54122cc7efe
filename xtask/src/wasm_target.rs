//! The compiler's wasm32-unknown-unknown target, and the source of the standard
//! library: the page's engine compiles its own, as small as it can be.
//!
//! rustup fetches both. Where rustup's server can't be reached and the system is
//! Debian, Debian's packages bring another compiler with the source of the
//! standard library: that is compiled for the target once, and the compiler
//! becomes a rustup toolchain, [`DEBIAN_TOOLCHAIN`], for wasm builds alone.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::debian;
use crate::machine::Machine;
use crate::shell::{self, Result};

pub const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_TOOLCHAIN: &str = "debian-web";
const DEBIAN_PACKAGES: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];
/// Where Debian's packages put the compiler.
const DEBIAN_PREFIX: &str = "/usr";

/// Whether the default toolchain, or else Debian's, has target and source.
pub fn find(machine: &mut Machine) -> Result<bool> {
    let is_whole = |folder: &Path| has_target(folder) && has_source(folder);
    if is_whole(&target_folder(machine.command("rustc"))?) {
        return Ok(true);
    }
    let mut rustc = machine.command("rustc");
    rustc.env("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN);
    let found = target_folder(rustc).is_ok_and(|folder| is_whole(&folder));
    if found {
        machine.use_for_wasm(DEBIAN_TOOLCHAIN);
    }
    Ok(found)
}

pub fn install(machine: &Machine) -> Result {
    let fetch = |what: &[&str]| {
        let mut rustup = machine.command("rustup");
        rustup.args(what);
        // A server that does not answer must not hold up the other way.
        rustup.env("RUSTUP_DOWNLOAD_TIMEOUT", "30");
        rustup.env("RUSTUP_MAX_RETRIES", "1");
        shell::run(&mut rustup)
    };
    let fetched =
        fetch(&["target", "add", TARGET]).and_then(|()| fetch(&["component", "add", "rust-src"]));
    match fetched {
        Err(failure) if debian::is_debian() => {
            println!("{failure}");
            println!("So the target is made from Debian's packages, which takes a minute or two.");
            install_from_debian(machine)
        }
        fetched => fetched,
    }
}

fn install_from_debian(machine: &Machine) -> Result {
    debian::install(machine, DEBIAN_PACKAGES)?;
    let rustc = Path::new(DEBIAN_PREFIX).join("bin/rustc");
    let rustc = rustc.to_string_lossy();
    let target_folder = target_folder(machine.command(&rustc))?;
    if !has_target(&target_folder) {
        println!("Compiling the standard library for {TARGET}.");
        let made = compile_std(machine, &rustc)?;
        let mut mkdir = debian::as_root(machine, "mkdir")?;
        shell::run(mkdir.arg("-p").arg(&target_folder))?;
        let mut copy = debian::as_root(machine, "cp")?;
        shell::run(copy.arg("-r").arg(made.join(".")).arg(&target_folder))?;
    }
    let link = ["toolchain", "link", DEBIAN_TOOLCHAIN, DEBIAN_PREFIX];
    shell::run(machine.command("rustup").args(link))
}

/// Compiler flags that keep the builder's home folder out of the file names in
/// panic messages: the same sources make the same bytes, whoever builds them.
/// None where the builder has flags of their own.
pub fn without_home_paths() -> Option<String> {
    let own = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"];
    if own.iter().any(|name| env::var_os(name).is_some()) {
        return None;
    }
    let kept = env::var_os("CARGO_HOME").map(PathBuf::from);
    let kept = kept.or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    let crates = kept.join("registry").join("src");
    Some(format!("--remap-path-prefix={}=crates", crates.display()))
}

/// An empty crate. Its lto has the standard library compiled with the bitcode
/// that the engine's own link-time optimization asks for.
const THROWAWAY: &str = "\
[package]
name = \"throwaway\"
edition = \"2024\"

[workspace]

[profile.release]
lto = true
";

/// Compiles an empty crate and with it the standard library, whose libraries
/// are left in the folder that is returned.
fn compile_std(machine: &Machine, rustc: &str) -> Result<PathBuf> {
    let folder = machine.tools.join("wasm-std");
    let (sources, target, made) = (
        folder.join("src"),
        folder.join("target"),
        folder.join("lib"),
    );
    fs::create_dir_all(&sources)?;
    fs::create_dir_all(&made)?;
    fs::write(sources.join("lib.rs"), "")?;
    fs::write(folder.join("Cargo.toml"), THROWAWAY)?;
    let cargo = Path::new(DEBIAN_PREFIX).join("bin/cargo");
    let mut build = machine.command(&cargo.to_string_lossy());
    build
        .current_dir(&folder)
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,test,proc_macro")
        .env("RUSTC", rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target);
    if let Some(flags) = without_home_paths() {
        build.env("CARGO_ENCODED_RUSTFLAGS", flags);
    }
    shell::run(&mut build)?;

    for entry in fs::read_dir(target.join(TARGET).join("release/deps"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.contains("throwaway") {
            fs::copy(entry.path(), made.join(name))?;
        }
    }
    fs::remove_dir_all(target)?;
    Ok(made)
}

/// Where a compiler looks for the target's standard library, there or not.
fn target_folder(mut rustc: std::process::Command) -> Result<PathBuf> {
    let question = ["--print", "target-libdir", "--target", TARGET];
    shell::read(rustc.args(question)).map(PathBuf::from)
}

/// Whether the toolchain of this target folder has the standard library's source.
fn has_source(target_folder: &Path) -> bool {
    let rustlib = target_folder.ancestors().nth(2);
    rustlib.is_some_and(|rustlib| rustlib.join("src/rust/library/Cargo.lock").is_file())
}

fn has_target(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let mut names = entries.flatten().map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("libcore-"))
}
