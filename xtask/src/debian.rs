//! Installing packages where the system is Debian.

use std::fs;
use std::process::Command;

use crate::machine::Machine;
use crate::shell::{self, Failure, Result};

/// Whether this is Debian itself: its relatives have other packages under the same names.
pub fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=debian")
}

/// Installs packages, in the newest versions that there are.
pub fn install(machine: &Machine, packages: &[&str]) -> Result {
    let apt_get = |arguments: &[&str]| {
        let mut command = as_root(machine, "apt-get")?;
        command.env("DEBIAN_FRONTEND", "noninteractive");
        shell::run(command.args(arguments))
    };
    let options: &[&str] = &["install", "-qq", "-y", "--no-install-recommends"];
    apt_get(&["update", "-qq"])
        .and_then(|()| apt_get(&[options, packages].concat()))
        .map_err(|failure| {
            failure.with_remedy(format!(
                "as root, run `apt-get update` and `apt-get install --no-install-recommends {}`",
                packages.join(" ")
            ))
        })
}

/// A command that runs as root: plainly where we are root, else through sudo.
pub fn as_root(machine: &Machine, program: &str) -> Result<Command> {
    if shell::read(machine.command("id").arg("-u"))? == "0" {
        return Ok(machine.command(program));
    }
    if machine.on_path("sudo").is_none() {
        return Err(Failure::new(format!(
            "{program} must run as root, and there is no sudo"
        )));
    }
    let mut command = machine.command("sudo");
    command.args(["--preserve-env=DEBIAN_FRONTEND", program]);
    Ok(command)
}
