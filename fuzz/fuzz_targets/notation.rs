//! Any text is read as a program.

#![no_main]

#[path = "../../tests/notation/holds.rs"]
mod holds;
mod words;

use chalkgrad::notation::parse;

libfuzzer_sys::fuzz_target!(|text: &str| holds::for_any_text(text));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    words::mutate(data, size, max_size, seed, tokens, WORDS)
});

fn tokens(text: &str) -> Vec<&str> {
    let tokens = parse(text).tokens.into_iter();
    tokens.map(|token| token.span.of(text)).collect()
}

#[rustfmt::skip]
const WORDS: &[&str] = &[
    "data ", "param ", "minimize ", "repeat ", "fn ", "seed ", "batch ", "x", "y", "f", "L", "t", "W1", "W₁",
    "损失", "pi", "e", "σ", "tanh", "max", "leaky_relu", "sum", "slope", "0", "1", "2", "3", "0.5", "1e3", "1e999",
    "1001", "+", "-", "*", "·", "×", "/", "@", "^", "'", "ᵀ", "²", "⁻¹", "(", ")", "[", "]", "{", "}", ",", ";",
    ":", "=", " = ", "\n", "\n", "\r\n", " ", "# ", "\u{feff}", "\u{3000}", "２", "（", "【", "$", "、", ".",
    "\ny = ", "\nparam x = ", "repeat 3 {\n", "fn f(x) = ", "f(x)", "A[1, 2]", "x^2", "2x", "[1, 2; 3, 4]",
];
