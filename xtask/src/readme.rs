//! README's generated part: the table of operators.

use std::fs;

use crate::machine::Machine;
use crate::shell::{self, Failure, Result};

/// The lines around it. A test reads between them as well.
const AROUND: [&str; 2] = ["<!-- operators:", "<!-- end of operators -->"];

/// Writes the table anew, as the engine prints it.
pub fn write(machine: &Machine) -> Result {
    let mut ops = machine.command("cargo");
    let table = shell::read(ops.args(["run", "--quiet", "--bin", "chalkgrad", "--", "ops"]))?;
    let path = machine.root.join("README.md");
    let text = fs::read_to_string(&path)?;
    let [begin, end] = AROUND.map(|line| text.find(line));
    let begin = begin.and_then(|at| Some(at + text[at..].find('\n')? + 1));
    let (Some(begin), Some(end)) = (begin, end) else {
        return Err(Failure::new(format!(
            "README.md has no line {}",
            AROUND.join(" or ")
        )));
    };
    let written = format!("{}{table}\n{}", &text[..begin], &text[end..]);
    fs::write(path, written)?;
    println!("README.md has the table of operators.");
    Ok(())
}
