//! Raw deflate (RFC 1951), writing only: repeats found by three bytes' hash,
//! and one block with whichever codes make it shorter. What a general
//! compressor adds to that saves a program's link a few characters, and would
//! cost everybody's first visit 7 KB. Any inflater reads it.

mod huffman;
mod repeats;

use huffman::Code;
use repeats::{LONGEST, Repeats, SHORTEST};

/// Packs bytes.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let tokens = tokens(bytes);
    let (fixed, own) = (with_fixed_codes(&tokens), with_own_codes(&tokens));
    if own.len() < fixed.len() { own } else { fixed }
}

/// What a block is made of.
enum Token {
    /// A byte.
    Byte(u8),
    /// So many bytes as they stood so far back.
    Repeat(usize, usize),
}

fn tokens(bytes: &[u8]) -> Vec<Token> {
    let mut repeats = Repeats::new(bytes);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let repeat = repeats.longest(at);
        // Where the next place has a longer one, this byte stands for itself.
        let repeat = repeat.filter(|&(length, _)| {
            let next = repeats.longest(at + 1);
            next.is_none_or(|(longer, _)| longer <= length)
        });
        let (token, length) = match repeat {
            Some((length, distance)) => (Token::Repeat(length, distance), length),
            None => (Token::Byte(bytes[at]), 1),
        };
        tokens.push(token);
        at += length;
    }
    tokens
}

/// The symbol that ends a block.
const END: usize = 256;

/// How many symbols there are for bytes, the end and lengths, and how many for
/// distances.
const SYMBOLS: usize = 286;
const DISTANCES: usize = 30;

/// A piece of a block: a symbol, and bits that follow it, with their number.
type Symbol = (usize, usize, u32);

/// The symbol of a byte or a length, and that of a distance.
fn symbols(token: &Token) -> (Symbol, Option<Symbol>) {
    match *token {
        Token::Byte(byte) => ((usize::from(byte), 0, 0), None),
        Token::Repeat(length, distance) => {
            let length = match length {
                LONGEST => (285, 0, 0),
                _ => class(length - SHORTEST, 2, 257),
            };
            (length, Some(class(distance - 1, 1, 0)))
        }
    }
}

/// The symbol of a length or distance counted from 0. The tables of section
/// 3.2.5 are these: below 2ⁿ each value has a symbol, from `first` on, and
/// above, every power of two is divided into 2ⁿ of them.
fn class(value: usize, n: u32, first: usize) -> Symbol {
    if value < 1 << n {
        return (first + value, 0, 0);
    }
    let extra = value.ilog2() - n;
    let symbol = ((extra as usize) << n) + (value >> extra);
    (first + symbol, value, extra)
}

/// A block with the codes of section 3.2.6.
fn with_fixed_codes(tokens: &[Token]) -> Vec<u8> {
    let lengths = [[8; 144].as_slice(), &[9; 112], &[7; 24], &[8; 8]].concat();
    let mut out = Bits::default();
    // The last block, of the first kind.
    out.put(1, 1);
    out.put(1, 2);
    out.block(tokens, &Code::of(lengths), &Code::of(vec![5; DISTANCES]))
}

/// A block with codes made for it, as section 3.2.7 has it.
fn with_own_codes(tokens: &[Token]) -> Vec<u8> {
    let (mut symbol_counts, mut distance_counts) = ([0; SYMBOLS], [0; DISTANCES]);
    symbol_counts[END] = 1;
    for (symbol, distance) in tokens.iter().map(symbols) {
        symbol_counts[symbol.0] += 1;
        if let Some(distance) = distance {
            distance_counts[distance.0] += 1;
        }
    }
    let code = Code::shortest(&symbol_counts, 15);
    let distances = Code::shortest(&distance_counts, 15);

    // The codes' lengths are symbols of a code of their own.
    let lengths = run_lengths(&[&code.lengths[..], &distances.lengths].concat());
    let mut counts = [0; ORDER.len()];
    for &(symbol, ..) in &lengths {
        counts[symbol] += 1;
    }
    let of_lengths = Code::shortest(&counts, 7);
    let mut out = Bits::default();
    // The last block, of the second kind, with all the symbols there are.
    out.put(1, 1);
    out.put(2, 2);
    out.put(SYMBOLS - 257, 5);
    out.put(DISTANCES - 1, 5);
    out.put(ORDER.len() - 4, 4);
    for symbol in ORDER {
        out.put(of_lengths.lengths[symbol] as usize, 3);
    }
    for length in lengths {
        out.symbol(&of_lengths, length);
    }
    out.block(tokens, &code, &distances)
}

/// The order in which the lengths' own code is told.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Lengths of codes as symbols: 16 repeats the one before, 17 and 18 are
/// unused ones in a row.
fn run_lengths(lengths: &[u32]) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    for run in lengths.chunk_by(|one, other| one == other) {
        let itself = (run[0] as usize, 0, 0);
        let mut left = run.len();
        if itself.0 != 0 {
            symbols.push(itself);
            left -= 1;
        }
        while left >= 3 {
            let (symbol, least, extra) = match (itself.0, left) {
                (0, 11..) => (18, 11, 7),
                (0, _) => (17, 3, 3),
                _ => (16, 3, 2),
            };
            let count = left.min(least + (1 << extra) - 1);
            symbols.push((symbol, count - least, extra));
            left -= count;
        }
        symbols.extend(std::iter::repeat_n(itself, left));
    }
    symbols
}

/// Bits as section 3.1.1 packs them: from the lowest of each byte up.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// How many bits are taken.
    taken: usize,
}

impl Bits {
    /// The lowest so many bits of a value, the lowest first.
    fn put(&mut self, value: usize, bits: u32) {
        for bit in 0..bits {
            let place = self.taken % 8;
            if place == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << place;
            }
            self.taken += 1;
        }
    }

    fn symbol(&mut self, code: &Code, (symbol, value, extra): Symbol) {
        let bits = code.lengths[symbol];
        // A code's highest bit comes first.
        for bit in (0..bits).rev() {
            self.put(code.codes[symbol] >> bit, 1);
        }
        self.put(value, extra);
    }

    /// The tokens and the end.
    fn block(mut self, tokens: &[Token], code: &Code, distances: &Code) -> Vec<u8> {
        for (symbol, distance) in tokens.iter().map(symbols) {
            self.symbol(code, symbol);
            if let Some(distance) = distance {
                self.symbol(distances, distance);
            }
        }
        self.symbol(code, (END, 0, 0));
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use miniz_oxide::inflate::decompress_to_vec;

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8]) {
        assert_eq!(decompress_to_vec(&deflate(bytes)).unwrap(), bytes);
    }

    #[test]
    fn what_is_packed_inflates() {
        check(b"");
        check(b"minimize y\n");
        check("数据 = 4x²\0\u{10ffff}".as_bytes());
        check(&(0..=u8::MAX).collect::<Vec<_>>());
    }

    #[test]
    fn every_length_and_distance() {
        for length in 1..=600 {
            check(&vec![b'x'; length]);
        }
        for gap in (0..40_000).step_by(997).chain(32_740..32_780) {
            // Bytes that hardly repeat, between two words that do.
            let mut state = 1_u32;
            let noise = std::iter::repeat_with(|| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            });
            let mut bytes = b"sigmoid(W1 x + b1)".to_vec();
            bytes.extend(noise.take(gap));
            bytes.extend(b"sigmoid(W1 x + b1)");
            check(&bytes);
        }
    }

    #[test]
    fn numbers_take_less_than_half() {
        let numbers = (0..400).map(|index| format!("{:.3}, ", index as f64 * 7919.0 % 7.3));
        let numbers = numbers.collect::<String>();
        check(numbers.as_bytes());
        assert!(deflate(numbers.as_bytes()).len() < numbers.len() / 2);
    }

    #[test]
    fn repeats_are_short() {
        assert_eq!(deflate(b""), [0x03, 0x00]);
        assert!(deflate(&vec![b'x'; 64 * 1024]).len() < 100);
        let line = "repeat 1000 { W = W - 0.1 grad(L, W) }\n".repeat(100);
        assert!(deflate(line.as_bytes()).len() < 90);
    }
}
