//! The browser that tests run in, and the ChromeDriver that drives it.

use std::env;
use std::path::{Path, PathBuf};

use crate::debian;
use crate::machine::{Machine, program_in};
use crate::shell::{Failure, Result};

/// On PATH, in the order in which they are tried.
const BROWSERS: &[&str] = &[
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
];

/// Where the browser's own installer puts it, off PATH.
const USUAL_PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

/// The browser, its driver, and a font with Chinese in it, which the page is tested with too.
const DEBIAN_PACKAGES: &[&str] = &["chromium", "chromium-driver", "fonts-wqy-microhei"];

pub fn find(machine: &mut Machine) -> Result<bool> {
    let (Some(browser), Some(driver)) = (find_browser(machine), find_driver(machine)) else {
        return Ok(false);
    };
    machine.set("CHROME", browser);
    machine.set("CHROMEDRIVER", driver);
    Ok(true)
}

pub fn install(machine: &Machine) -> Result {
    if debian::is_debian() {
        return debian::install(machine, DEBIAN_PACKAGES);
    }
    let missing = match find_browser(machine) {
        None => "Chrome or Chromium",
        Some(_) => "ChromeDriver",
    };
    Err(Failure::new(format!("{missing} was not found")))
}

fn find_browser(machine: &Machine) -> Option<PathBuf> {
    named("CHROME")
        .or_else(|| BROWSERS.iter().find_map(|name| machine.on_path(name)))
        .or_else(|| {
            USUAL_PLACES
                .iter()
                .map(PathBuf::from)
                .find(|path| path.is_file())
        })
}

fn find_driver(machine: &Machine) -> Option<PathBuf> {
    // CHROMEWEBDRIVER is the folder in which GitHub's runners keep it.
    let in_folder = || program_in(Path::new(&env::var_os("CHROMEWEBDRIVER")?), "chromedriver");
    named("CHROMEDRIVER")
        .or_else(in_folder)
        .or_else(|| machine.on_path("chromedriver"))
}

/// The program that a variable names, if there is such a file.
fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}
