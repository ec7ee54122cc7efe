//! The fuzz targets, built and run without cargo-fuzz and on a stable toolchain.
//!
//! Where cargo-fuzz and a nightly toolchain are at hand, `cargo fuzz run
//! notation` does the same with an address sanitizer as well.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::machine::Machine;
use crate::shell::{self, Failure, Result};

/// What is run, and where its inputs start from: files of the tests that are
/// cut into texts.
const TARGETS: &[Target] = &[
    Target {
        name: "notation",
        seeds: |root| {
            let mut texts = programs(root)?;
            for file in files(&root.join("tests/faults"), "txt")? {
                texts.extend(cases(&fs::read_to_string(file)?));
            }
            Ok(texts)
        },
    },
    Target {
        name: "links",
        seeds: |root| {
            let mut texts = programs(root)?;
            for file in files(&root.join("tests"), "rs")? {
                if file_name(&file).starts_with("share") {
                    texts.extend(links(&fs::read_to_string(file)?));
                }
            }
            Ok(texts)
        },
    },
];

struct Target {
    name: &'static str,
    seeds: fn(&Path) -> Result<Vec<String>>,
}

/// What cargo-fuzz gives rustc where there is no sanitizer. None of it needs a
/// nightly toolchain.
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 -Cdebug-assertions --cfg fuzzing";

/// Inputs of at most 400 bytes, of which none may take 10 seconds, in at most 1 GiB.
/// (What happens at the bounds of a text and of a link are tests of their own.)
/// The same seed makes the same inputs, as far as the time goes.
const LIMITS: &[&str] = &[
    "-seed=1",
    "-max_len=400",
    "-timeout=10",
    "-rss_limit_mb=1024",
    "-reload=0",
    "-print_final_stats=1",
];

/// Builds the targets and runs all of them at once, for so many seconds.
pub fn run(machine: &Machine, seconds: u32) -> Result {
    if cfg!(windows) {
        println!("libFuzzer is run on Linux and macOS only: on Windows this checks nothing.");
        return Ok(());
    }
    let host = host(machine)?;
    let folder = machine.root.join("target").join("fuzz");
    let mut build = machine.command("cargo");
    build
        .args(["build", "--manifest-path", "fuzz/Cargo.toml", "--release"])
        // With a target named, the flags are not for build scripts.
        .args(["--bins", "--target", &host, "--target-dir"])
        .arg(&folder)
        .env("RUSTFLAGS", COVERAGE)
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    shell::run(&mut build)?;

    println!("Running {} for {seconds} s each, side by side.", names());
    let runs = TARGETS.iter().map(|target| {
        let program = folder.join(&host).join("release").join(target.name);
        Run::start(machine, target, &program, &folder, seconds)
    });
    let runs = runs.collect::<Result<Vec<Run>>>()?;
    let ends = runs.into_iter().map(Run::end).collect::<Vec<_>>();
    ends.into_iter().collect()
}

/// One target that is running.
struct Run {
    name: &'static str,
    program: PathBuf,
    process: Child,
    log: PathBuf,
    artifacts: PathBuf,
}

impl Run {
    fn start(
        machine: &Machine,
        target: &Target,
        program: &Path,
        folder: &Path,
        seconds: u32,
    ) -> Result<Self> {
        let corpus = folder.join("corpus").join(target.name);
        write_seeds(&corpus, &(target.seeds)(&machine.root)?)?;
        let artifacts = machine.root.join("fuzz/artifacts").join(target.name);
        fs::create_dir_all(&artifacts)?;
        let log = folder.join(format!("{}.log", target.name));
        let mut command = Command::new(program);
        command
            .args(LIMITS)
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .arg(&corpus)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?);
        Ok(Self {
            name: target.name,
            program: program.to_owned(),
            process: command.spawn()?,
            log,
            artifacts,
        })
    }

    fn end(mut self) -> Result {
        let status = self.process.wait()?;
        let log = String::from_utf8_lossy(&fs::read(&self.log)?).into_owned();
        if status.success() {
            println!("  {:<12}{}", self.name, summary(&log));
            return Ok(());
        }
        let told = log.lines().filter(|line| !line.starts_with('#'));
        told.for_each(|line| eprintln!("{line}"));
        Err(
            Failure::new(format!("the fuzz target {} failed: {status}", self.name)).with_remedy(
                format!(
                    "the input is in {}, and {} with its path runs it again; \
                     a test named after the situation should hold what is mended",
                    self.artifacts.display(),
                    self.program.display(),
                ),
            ),
        )
    }
}

/// How often the target was run, and how many branches were seen at the start
/// and at the end.
fn summary(log: &str) -> String {
    let seen: Vec<&str> = log
        .lines()
        .filter_map(|line| after(line, "cov: "))
        .collect();
    let runs = log
        .lines()
        .find_map(|line| after(line, "number_of_executed_units: "));
    format!(
        "{} runs, branches seen: {} at the start, {} at the end",
        runs.unwrap_or("?"),
        seen.first().unwrap_or(&"?"),
        seen.last().unwrap_or(&"?"),
    )
}

/// The word behind another one.
fn after<'t>(line: &'t str, before: &str) -> Option<&'t str> {
    line.split_once(before)?.1.split_whitespace().next()
}

fn names() -> String {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    names.join(" and ")
}

fn host(machine: &Machine) -> Result<String> {
    let version = shell::read(machine.command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc does not say what machine this is"))
}

/// Longest text that inputs start from. The longer they are, the fewer can be
/// tried in a minute, and the rarer is a change that matters.
const MAX_SEED: usize = 120;

/// A folder with those of these texts that are short, and nothing else.
fn write_seeds(folder: &Path, texts: &[String]) -> Result {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let short = texts.iter().filter(|text| text.len() <= MAX_SEED);
    for (number, text) in short.enumerate() {
        fs::write(folder.join(format!("seed-{number:03}")), text)?;
    }
    Ok(())
}

/// The programs of the reference gradients.
fn programs(root: &Path) -> Result<Vec<String>> {
    let lines = fs::read_to_string(root.join("tests/reference/gradients.jsonl"))?;
    let strings = lines
        .lines()
        .filter_map(|line| line.split_once(r#""program": ""#)?.1.split_once(r#"", "#));
    Ok(strings.map(|(text, _)| unescaped(text)).collect())
}

/// The texts of a file of faults, without what is expected of them.
fn cases(file: &str) -> Vec<String> {
    let is_note = |line: &&str| {
        ["#!", "#>", "#@", "#?"]
            .iter()
            .any(|it| line.starts_with(it))
    };
    let bodies = file.split("===== ").skip(1);
    let texts = bodies.map(|case| {
        let lines: Vec<&str> = case.lines().skip(1).filter(|line| !is_note(line)).collect();
        lines.join("\n")
    });
    texts.collect()
}

/// What stands in quotes in a test of links and looks like one.
fn links(source: &str) -> Vec<String> {
    let quoted = source.split('"').skip(1).step_by(2);
    let links = quoted.filter(|text| text.contains('=') && !text.contains('{'));
    links.map(unescaped).collect()
}

/// A text as a string's source has it; other escapes than these stay.
fn unescaped(text: &str) -> String {
    text.replace(r"\n", "\n").replace(r#"\""#, "\"")
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_taken_from_what_the_tests_ship() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for target in TARGETS {
            let seeds = (target.seeds)(root).unwrap();
            assert!(seeds.len() > 50, "{}: {}", target.name, seeds.len());
        }
    }

    #[test]
    fn a_log_is_summed_up() {
        let log = "#2\tINITED cov: 273 ft: 2\n#9\tDONE   cov: 408 ft: 5\n\
                   stat::number_of_executed_units: 9\n";
        assert_eq!(
            summary(log),
            "9 runs, branches seen: 273 at the start, 408 at the end"
        );
    }
}
