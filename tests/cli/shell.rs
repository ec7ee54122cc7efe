//! The command line, called as a shell would.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a command came to.
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs a command on what stands on standard input.
pub fn chalkgrad(arguments: &[&str], input: &str) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chalkgrad"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    // A command that refuses its arguments doesn't read.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Outcome {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
