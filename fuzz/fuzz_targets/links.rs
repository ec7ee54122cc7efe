//! Any text is read as a link, any bytes as what is packed in one, and any
//! program can be sent by one, which may lose a character on its way.

#![no_main]

#[path = "../../tests/share/holds.rs"]
mod holds;
mod words;

use chalkgrad::share::{Experiment, MAX_PROGRAM, read, write};
use data_encoding::BASE64URL_NOPAD;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    holds::for_any_link(&text);

    let packed = BASE64URL_NOPAD.encode(bytes);
    holds::for_any_link(&format!("p={packed}&state={packed}"));

    if text.len() <= MAX_PROGRAM {
        let experiment = Experiment {
            program: text.into_owned(),
            ..Experiment::default()
        };
        if let Ok(link) = write(&experiment) {
            assert_eq!(read(&link).experiment, experiment);
            holds::for_any_link(&without_one(link, bytes));
        }
    }
});

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    words::mutate(data, size, max_size, seed, pieces, WORDS)
});

fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(|c: char| !c.is_alphanumeric())
        .collect()
}

#[rustfmt::skip]
const WORDS: &[&str] = &[
    "v=1", "v=2", "run=", "gd:", "adam:0.1", "momentum:", ";", "beta=", "beta1=0.8", "eps=", "schedule=", "step/30", "cosine/", "warmup/", "exponential/", "/", "clip=1", "l1=", "l2=", "step=", "check=", "scale=", "linear", "log", "gear=", "operator", "at=", "form=", "prod", "lang=", "zh", "en", "lesson=", "loss", "p=", "state=",
    "AAAAAAAA8D8", "y83My8zNrEpVqAQA", "00c0ffee", "#", "&", "=", ":", ",", "@", ".", "-", "+", "%", "%00", "%ff",
    "%26", "&amp;", "0", "1", "7", "0.1", "1e400", "1e-7", "120", "9007199254740992", "99999999999999999999",
    "nan", "inf", "__proto__", "数", "\u{0}", "\u{202e}", " ", "\n",
];

/// The link without one of its characters, which the input chooses.
fn without_one(mut link: String, input: &[u8]) -> String {
    let sum: usize = input.iter().copied().map(usize::from).sum();
    // Links are ASCII, and none is empty.
    link.remove(sum % link.len());
    link
}
