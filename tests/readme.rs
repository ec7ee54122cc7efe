//! README's table of operators is the one that the engine has.

use std::fs;
use std::path::PathBuf;

use chalkgrad::reference;

const BEGIN: &str =
    "<!-- operators: `cargo xtask readme` writes what stands between these two lines -->\n";
const END: &str = "<!-- end of operators -->\n";

#[test]
fn readme_has_the_table_of_operators() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo"));
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md");
    let readme = readme.replace("\r\n", "\n");
    let between = readme
        .split_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END));
    let (found, _) = between.expect("README.md has the two lines around the table");
    assert!(
        found == reference::markdown(),
        "README's table of operators is stale: run `cargo xtask readme`"
    );
}
