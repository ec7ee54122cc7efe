//! What the tasks know about the machine: where the checkout and the kept
//! tools are, what is on PATH, and the environment that commands get.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Failure, Result};

/// Where things are, and what every command started from here is given.
pub struct Machine {
    /// The checkout.
    pub root: PathBuf,
    /// Tools built by set-up, shared by every checkout of this user.
    pub tools: PathBuf,
    path: OsString,
    variables: Vec<(&'static str, OsString)>,
    wasm_toolchain: Option<String>,
}

impl Machine {
    pub fn new() -> Result<Self> {
        // Asked at run time: checkouts that share a target folder share this program.
        let root = env::var_os("CARGO_MANIFEST_DIR")
            .and_then(|xtask| Some(Path::new(&xtask).parent()?.to_owned()))
            .ok_or_else(|| {
                Failure::new("xtask was not started by cargo").with_remedy("run `cargo xtask`")
            })?;
        let tools = cache_folder()
            .ok_or_else(|| Failure::new("no home folder to keep tools in").with_remedy("set HOME"))?
            .join("chalkgrad")
            .join("tools");
        let mut machine = Self {
            path: env::var_os("PATH").unwrap_or_default(),
            variables: Vec::new(),
            wasm_toolchain: None,
            root,
            tools,
        };
        machine.prepend_path(&machine.root.join("node_modules").join(".bin"))?;
        Ok(machine)
    }

    /// A command run in the checkout, with set-up's tools on its PATH.
    pub fn command(&self, program: &str) -> Command {
        // On Windows npm and the tools of node_modules are .cmd files, which
        // are only found by their full name.
        let found = self.on_path(program);
        let mut command = Command::new(
            found
                .as_deref()
                .map_or(OsStr::new(program), Path::as_os_str),
        );
        command.current_dir(&self.root).env("PATH", &self.path);
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    /// The same for a command that builds for wasm32: with the toolchain that can.
    pub fn wasm_command(&self, program: &str) -> Command {
        let mut command = self.command(program);
        if let Some(toolchain) = &self.wasm_toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        command
    }

    /// Has every wasm32 build use this toolchain in place of the default one.
    pub fn use_for_wasm(&mut self, toolchain: &str) {
        self.wasm_toolchain = Some(toolchain.to_owned());
    }

    /// The toolchain for wasm32 builds, where it is not the default one.
    pub fn wasm_toolchain(&self) -> Option<&str> {
        self.wasm_toolchain.as_deref()
    }

    /// Gives every later command this variable.
    pub fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.variables.push((name, value.into()));
    }

    /// Has every later command look for programs in this folder first.
    pub fn prepend_path(&mut self, folder: &Path) -> Result {
        let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&self.path));
        self.path = env::join_paths(folders).map_err(|error| Failure::new(error.to_string()))?;
        Ok(())
    }

    /// Where a program of this name is on PATH.
    pub fn on_path(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.path).find_map(|folder| program_in(&folder, program))
    }
}

/// The program of this name in a folder, with the endings that Windows knows.
pub fn program_in(folder: &Path, program: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd"]
    } else {
        &[""]
    };
    let named = |ending| folder.join(format!("{program}{ending}"));
    endings.iter().map(named).find(|file| file.is_file())
}

/// Where this system keeps what programs can make again.
fn cache_folder() -> Option<PathBuf> {
    let set = |name| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = set("XDG_CACHE_HOME") {
        return Some(folder);
    }
    match env::consts::OS {
        "windows" => set("LOCALAPPDATA"),
        "macos" => Some(set("HOME")?.join("Library").join("Caches")),
        _ => Some(set("HOME")?.join(".cache")),
    }
}
