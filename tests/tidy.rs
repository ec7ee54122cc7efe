//! What a formatter can't check: how the modules stand to each other, and the
//! like. Each fault is told with the file, the line and what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file that grows past about 400 lines is usually two ideas; past this it is.
const LONGEST: usize = 500;

/// The crates that only a browser has.
const BROWSER_CRATES: &[&str] = &["wasm_bindgen", "web_sys", "js_sys", "tsify"];

#[test]
fn every_module_says_what_it_is_for() {
    let faults = sources("src", &["rs"])
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| format!("{}:1: begin with a `//!` comment", file.name));
    assert_none(faults);
}

#[test]
fn no_file_is_too_long() {
    let folders = ["src", "tests", "benches", "examples", "xtask", "www"];
    let faults = folders
        .iter()
        .flat_map(|folder| sources(folder, &["rs", "ts", "mjs", "css", "html"]))
        .map(|file| (file.text.lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, file)| {
            format!(
                "{}: {lines} lines, {LONGEST} at most: it is two ideas",
                file.name
            )
        });
    assert_none(faults);
}

#[test]
fn only_web_knows_the_browser() {
    let core = sources("src", &["rs"]).filter(|file| file.module() != "web");
    assert_none(core.flat_map(|file| {
        file.lines_naming(
            BROWSER_CRATES,
            "belongs in src/web: the core is built without a browser",
        )
    }));
}

#[test]
fn only_charts_and_web_know_plotters() {
    let core = sources("src", &["rs"]).filter(|file| !["charts", "web"].contains(&file.module()));
    assert_none(core.flat_map(|file| {
        file.lines_naming(
            &["plotters", "plotters_backend"],
            "belongs in src/charts or src/web",
        )
    }));
}

/// src/lib.rs has the modules in the order in which data flows.
#[test]
fn each_module_uses_only_those_above_it() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let order: Vec<&str> = library.lines().filter_map(declared_module).collect();
    let place = |module: &str| order.iter().position(|name| *name == module);
    let mut faults = Vec::new();
    for file in sources("src", &["rs"]) {
        let Some(own) = place(file.module()) else {
            continue;
        };
        for (number, used) in crate_paths(&file.code()) {
            if place(used).is_some_and(|used| used > own) {
                faults.push(format!(
                    "{}:{number}: `{}` uses `{used}`, which stands below it in src/lib.rs",
                    file.name,
                    file.module()
                ));
            }
        }
    }
    assert_none(faults);
}

/// Every language has every text, with the same places to fill in.
#[test]
fn languages_have_the_same_messages() {
    let locales: Vec<Source> = sources("www/locales", &["ts"]).collect();
    let all: BTreeMap<&str, BTreeSet<&str>> = locales
        .iter()
        .flat_map(|file| messages(&file.text))
        .collect();
    let mut languages: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for file in &locales {
        let own = languages.entry(file.language()).or_default();
        own.extend(messages(&file.text));
    }
    let mut faults = Vec::new();
    for (language, own) in &languages {
        for (key, places) in &all {
            match own.get(key) {
                None => faults.push(format!("www/locales: {language} has no message '{key}'")),
                Some(own) if own != places => faults.push(format!(
                    "www/locales: '{key}' fills in {own:?} in {language}, in another language {places:?}"
                )),
                Some(_) => {}
            }
        }
    }
    assert_none(faults);
}

/// One file of the project.
struct Source {
    /// From the project's root, with slashes.
    name: String,
    text: String,
}

impl Source {
    /// The module of the library that the file belongs to: `graph` for
    /// src/graph/label.rs; `lib` and `bin` for what is none.
    fn module(&self) -> &str {
        let inside = self.name.trim_start_matches("src/");
        inside.split(['/', '.']).next().unwrap_or_default()
    }

    /// The language of a file of messages: `en` for en.ts and en-seldom.ts.
    fn language(&self) -> &str {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        file.split(['-', '.']).next().unwrap_or_default()
    }

    /// The text with its comments emptied, line by line.
    fn code(&self) -> String {
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        let lines = self.text.lines();
        let lines = lines.map(|line| if is_comment(line) { "" } else { line });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A fault for every line of code with a path that begins with one of these crates.
    fn lines_naming(&self, crates: &[&str], fault: &str) -> Vec<String> {
        let last_word = |text: &str| {
            text.rsplit(|c| !is_word(c))
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let names = |line: &str| {
            line.match_indices("::")
                .any(|(at, _)| crates.contains(&last_word(&line[..at]).as_str()))
        };
        (1..)
            .zip(self.code().lines())
            .filter(|(_, line)| names(line))
            .map(|(number, line)| format!("{}:{number}: `{}` {fault}", self.name, line.trim()))
            .collect()
    }
}

/// The files with these endings in a folder and below, in the order of their names.
fn sources(folder: &str, endings: &'static [&'static str]) -> impl Iterator<Item = Source> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| {
            let ending = path.extension().unwrap_or_default();
            endings.iter().any(|wanted| ending == *wanted)
        })
        .map(|path| Source {
            name: path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/"),
            text: fs::read_to_string(&path).unwrap(),
        })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// Asked at run time: checkouts that share a target folder share this program.
fn root() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo"))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// `graph` for the line `pub mod graph;`.
fn declared_module(line: &str) -> Option<&str> {
    let line = line.trim_start_matches("pub ");
    line.strip_prefix("mod ")?.strip_suffix(';')
}

/// The first names of the paths from `crate::`, each with its line:
/// `crate::{graph::Graph, ops}` has two.
fn crate_paths(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, root) in code.match_indices("crate::") {
        let number = 1 + code[..at].matches('\n').count();
        let path = &code[at + root.len()..];
        match path.strip_prefix('{') {
            Some(group) => found.extend(members(group).into_iter().map(|name| (number, name))),
            None => found.push((number, first_word(path))),
        }
    }
    found
}

/// The first names of a group's members; `group` begins after its bracket.
fn members(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut members = Vec::new();
    for piece in group.split_inclusive(['{', '}', ',']) {
        let name = first_word(piece.trim_start());
        if depth == 0 && !name.is_empty() {
            members.push(name);
        }
        match piece.chars().last() {
            Some('{') => depth += 1,
            Some('}') if depth == 0 => break,
            Some('}') => depth -= 1,
            _ => {}
        }
    }
    members
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

/// The messages of a locale's file: each key, with the places `{name}` in its text.
fn messages(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut messages = BTreeMap::new();
    let mut key = None;
    for line in text.lines().map(str::trim_start) {
        if let Some((name, _)) = line
            .strip_prefix('\'')
            .and_then(|rest| rest.split_once("':"))
        {
            key = Some(name);
        }
        if let Some(key) = key {
            let places = line
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'));
            let places = places.map(|(place, _)| place);
            messages
                .entry(key)
                .or_insert_with(BTreeSet::new)
                .extend(places);
        }
    }
    messages
}

#[track_caller]
fn assert_none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn crate_paths_are_read_from_groups_too() {
    let code = "use crate::graph::Graph;\nuse crate::{\n    ops::{Op, Row},\n    tape,\n};\nfn f() -> crate::web::X";
    assert_eq!(
        crate_paths(code),
        [(1, "graph"), (2, "ops"), (2, "tape"), (6, "web")]
    );
}

#[test]
fn crates_are_found_in_paths_and_not_in_comments() {
    let file = Source {
        name: "src/graph/mod.rs".to_owned(),
        text: "// js_sys::Array\nuse my_js_sys::Array;\nlet x = js_sys::Array::new();".to_owned(),
    };
    let faults = file.lines_naming(&["js_sys"], "is wrong");
    assert_eq!(
        faults,
        ["src/graph/mod.rs:3: `let x = js_sys::Array::new();` is wrong"]
    );
}

#[test]
fn messages_are_read_with_their_places() {
    let read = messages("  'a.b': 'from {x}' +\n    'to {y}',\n  'c': 'none',\n");
    assert_eq!(read["a.b"], BTreeSet::from(["x", "y"]));
    assert_eq!(read["c"], BTreeSet::new());
}
