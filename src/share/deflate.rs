//! Raw deflate (RFC 1951), writing only. A program is short, so a few dozen
//! lines do: one block with the fixed codes of section 3.2.6, repeats found by
//! three bytes' hash. What a general compressor adds saves a program's link a
//! few characters, and costs everybody's first visit 7 KB. Any inflater reads
//! it.

/// How far back a repeat may be, and how short and long (section 3.2.5).
const WINDOW: usize = 32 * 1024;
const SHORTEST: usize = 3;
const LONGEST: usize = 258;

/// Earlier places with the same hash that are tried. It bounds the time.
const TRIES: usize = 128;

const HASH_BITS: u32 = 12;

/// Packs bytes.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Bits::default();
    // The last block, and the fixed codes.
    out.put(1, 1);
    out.put(1, 2);
    let mut repeats = Repeats::new(bytes);
    let mut at = 0;
    while at < bytes.len() {
        let repeat = repeats.longest(at);
        // Where the next place has a longer one, this byte stands for itself.
        let later = repeat.is_some_and(|(length, _)| {
            let next = repeats.longest(at + 1);
            next.is_some_and(|(longer, _)| longer > length)
        });
        match repeat.filter(|_| !later) {
            Some((length, distance)) => {
                out.repeat(length, distance);
                at += length;
            }
            None => {
                out.symbol(usize::from(bytes[at]));
                at += 1;
            }
        }
    }
    out.symbol(END);
    out.bytes
}

/// The symbol that ends a block.
const END: usize = 256;

/// Where three bytes stood before.
struct Repeats<'a> {
    bytes: &'a [u8],
    /// The last place of each hash; `NOWHERE` where there is none.
    last: Vec<usize>,
    /// For each place that was entered, the one before it with the same hash.
    before: Vec<usize>,
}

const NOWHERE: usize = usize::MAX;

impl<'a> Repeats<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            last: vec![NOWHERE; 1 << HASH_BITS],
            before: Vec::new(),
        }
    }

    /// Enters all places up to this one.
    fn enter(&mut self, until: usize) {
        for at in self.before.len()..until {
            let last = hash(&self.bytes[at..]).map(|hash| &mut self.last[hash]);
            let before = last.map_or(NOWHERE, |last| std::mem::replace(last, at));
            self.before.push(before);
        }
    }

    /// The length and distance of the longest repeat that starts here, the
    /// nearest of those.
    fn longest(&mut self, at: usize) -> Option<(usize, usize)> {
        self.enter(at);
        let rest = &self.bytes[at..];
        let rest = &rest[..rest.len().min(LONGEST)];
        let mut longest = None;
        let mut place = self.last[hash(rest)?];
        for _ in 0..TRIES {
            if place == NOWHERE || at - place > WINDOW {
                break;
            }
            let pairs = rest.iter().zip(&self.bytes[place..]);
            let length = pairs.take_while(|(one, other)| one == other).count();
            if length >= SHORTEST && longest.is_none_or(|(longest, _)| length > longest) {
                longest = Some((length, at - place));
            }
            if length == rest.len() {
                break;
            }
            place = self.before[place];
        }
        longest
    }
}

fn hash(bytes: &[u8]) -> Option<usize> {
    let &[first, second, third] = bytes.first_chunk()?;
    let word = u32::from_le_bytes([first, second, third, 0]);
    Some((word.wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS)) as usize)
}

/// Bits as section 3.1.1 packs them: from the lowest of each byte up.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// How many bits of the last byte are taken; none of 0.
    taken: u32,
}

impl Bits {
    /// The lowest so many bits of a value, the lowest first.
    fn put(&mut self, value: usize, bits: u32) {
        for bit in 0..bits {
            if self.taken % 8 == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << (self.taken % 8);
            }
            self.taken += 1;
        }
    }

    /// A code, whose highest bit comes first.
    fn code(&mut self, code: usize, bits: u32) {
        self.put(code.reverse_bits() >> (usize::BITS - bits), bits);
    }

    /// A byte, the end, or a length, by the table of section 3.2.6.
    fn symbol(&mut self, symbol: usize) {
        match symbol {
            0..=143 => self.code(0b0011_0000 + symbol, 8),
            144..=255 => self.code(0b1_1001_0000 + symbol - 144, 9),
            256..=279 => self.code(symbol - 256, 7),
            _ => self.code(0b1100_0000 + symbol - 280, 8),
        }
    }

    fn repeat(&mut self, length: usize, distance: usize) {
        if length == LONGEST {
            self.symbol(285);
        } else {
            let (class, extra) = class(length - SHORTEST, 2);
            self.symbol(257 + class);
            self.put(length - SHORTEST, extra);
        }
        let (class, extra) = class(distance - 1, 1);
        self.code(class, 5);
        self.put(distance - 1, extra);
    }
}

/// The class of a length or distance counted from 0, and how many of its lowest
/// bits follow. The tables of section 3.2.5 are these: below 2ⁿ each value is
/// a class, and above, every power of two is divided into 2ⁿ classes.
fn class(value: usize, n: u32) -> (usize, u32) {
    if value < 1 << n {
        return (value, 0);
    }
    let extra = value.ilog2() - n;
    (((extra as usize) << n) + (value >> extra), extra)
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
        for gap in (0..40_000).step_by(97).chain(32_700..32_800) {
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
    fn repeats_are_short() {
        assert_eq!(deflate(b""), [0x03, 0x00]);
        assert!(deflate(&vec![b'x'; 64 * 1024]).len() < 450);
        let line = "repeat 1000 { W = W - 0.1 grad(L, W) }\n".repeat(100);
        assert!(deflate(line.as_bytes()).len() < 90);
    }
}
