//! Raw deflate (RFC 1951), reading only, to a bounded length. A general
//! inflater is faster than links need, and weighs 5 KB more in what everybody's
//! first visit loads.

/// Why packed bytes can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InflateFault {
    /// They end within a block.
    CutShort,
    /// They are no deflate stream.
    Damaged,
    /// They would inflate to more than was allowed.
    TooLarge,
}

use InflateFault::{CutShort, Damaged, TooLarge};

type Result<T> = std::result::Result<T, InflateFault>;

/// The longest code, in bits (section 3.2.1).
const LONGEST_CODE: usize = 15;

/// The order in which the lengths of the lengths' own codes are written
/// (section 3.2.7).
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Unpacks bytes to at most `limit` of them. What follows the last block is
/// not looked at.
pub(super) fn inflate(packed: &[u8], limit: usize) -> Result<Vec<u8>> {
    let mut bits = Bits { packed, at: 0 };
    let mut out = Vec::new();
    loop {
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out, limit)?,
            1 => {
                let (symbols, distances) = fixed();
                coded(&mut bits, &symbols, &distances, &mut out, limit)?;
            }
            2 => {
                let (symbols, distances) = dynamic(&mut bits)?;
                coded(&mut bits, &symbols, &distances, &mut out, limit)?;
            }
            _ => return Err(Damaged),
        }
        if is_last {
            return Ok(out);
        }
    }
}

/// A block of bytes as they are (section 3.2.4).
fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>, limit: usize) -> Result<()> {
    bits.at = bits.at.next_multiple_of(8);
    let (length, inverse) = (bits.take(16)?, bits.take(16)?);
    if length != !inverse & 0xffff {
        return Err(Damaged);
    }
    for _ in 0..length {
        let byte = bits.take(8)? as u8;
        push(out, byte, limit)?;
    }
    Ok(())
}

/// A block of bytes and repeats (section 3.2.5).
fn coded(
    bits: &mut Bits<'_>,
    symbols: &Code,
    distances: &Code,
    out: &mut Vec<u8>,
    limit: usize,
) -> Result<()> {
    loop {
        let symbol = symbols.read(bits)?;
        match symbol {
            0..=255 => push(out, symbol as u8, limit)?,
            256 => return Ok(()),
            257..=285 => {
                let length = length(bits, symbol - 257)?;
                let class = distances.read(bits)?;
                let distance = distance(bits, class)?;
                let from = out.len().checked_sub(distance).ok_or(Damaged)?;
                for at in from..from + length {
                    push(out, out[at], limit)?;
                }
            }
            _ => return Err(Damaged),
        }
    }
}

/// Lengths rise by 1, then four each by 2, by 4, …; the last symbol is 258.
fn length(bits: &mut Bits<'_>, class: usize) -> Result<usize> {
    Ok(match class {
        0..8 => 3 + class,
        28 => 258,
        _ => {
            let extra = class / 4 - 1;
            3 + ((4 + class % 4) << extra) + bits.take(extra)?
        }
    })
}

/// Distances rise by 1, then two each by 2, by 4, ….
fn distance(bits: &mut Bits<'_>, class: usize) -> Result<usize> {
    Ok(match class {
        0..4 => 1 + class,
        4..30 => {
            let extra = class / 2 - 1;
            1 + ((2 + class % 2) << extra) + bits.take(extra)?
        }
        _ => return Err(Damaged),
    })
}

/// The codes that need not be written (section 3.2.6).
fn fixed() -> (Code, Code) {
    let mut lengths = [8; 288];
    lengths[144..256].fill(9);
    lengths[256..280].fill(7);
    (Code::of(&lengths), Code::of(&[5; 30]))
}

/// The codes at the head of a block (section 3.2.7).
fn dynamic(bits: &mut Bits<'_>) -> Result<(Code, Code)> {
    let symbols = 257 + bits.take(5)?;
    let distances = 1 + bits.take(5)?;
    let written = 4 + bits.take(4)?;
    let mut of_lengths = [0; 19];
    for &place in &ORDER[..written] {
        of_lengths[place] = bits.take(3)?;
    }
    let code = Code::checked(&of_lengths)?;
    let mut lengths = Vec::new();
    while lengths.len() < symbols + distances {
        let (length, times) = match code.read(bits)? {
            16 => (*lengths.last().ok_or(Damaged)?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (length, 1),
        };
        lengths.resize(lengths.len() + times, length);
    }
    let has_end = lengths[256] > 0;
    if lengths.len() > symbols + distances || !has_end {
        return Err(Damaged);
    }
    let (symbols, distances) = lengths.split_at(symbols);
    Ok((Code::checked(symbols)?, Code::checked(distances)?))
}

fn push(out: &mut Vec<u8>, byte: u8, limit: usize) -> Result<()> {
    if out.len() == limit {
        return Err(TooLarge);
    }
    out.push(byte);
    Ok(())
}

/// Packed bytes, bit by bit, the lowest of each byte first.
struct Bits<'a> {
    packed: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    /// So many bits as a number, the first one lowest.
    fn take(&mut self, count: usize) -> Result<usize> {
        let mut number = 0;
        for place in 0..count {
            let byte = self.packed.get(self.at / 8).ok_or(CutShort)?;
            number |= usize::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Ok(number)
    }
}

/// A prefix code: codes of one length are consecutive numbers, in the order of
/// their symbols (section 3.2.2).
struct Code {
    /// How many codes there are of each length.
    counts: [usize; LONGEST_CODE + 1],
    /// The symbols by length, then by themselves.
    symbols: Vec<usize>,
}

impl Code {
    fn of(lengths: &[usize]) -> Self {
        let mut counts = [0; LONGEST_CODE + 1];
        let mut symbols = Vec::new();
        for (length, count) in counts.iter_mut().enumerate().skip(1) {
            let before = symbols.len();
            symbols.extend((0..lengths.len()).filter(|&symbol| lengths[symbol] == length));
            *count = symbols.len() - before;
        }
        Self { counts, symbols }
    }

    /// A code from outside: it may not have more codes than there are, and all
    /// of them unless it has a single one, or none.
    fn checked(lengths: &[usize]) -> Result<Self> {
        let code = Self::of(lengths);
        let mut left = 1_usize;
        for count in &code.counts[1..] {
            left = (2 * left).checked_sub(*count).ok_or(Damaged)?;
        }
        let is_whole = left == 0 || code.symbols.len() <= 1;
        is_whole.then_some(code).ok_or(Damaged)
    }

    fn read(&self, bits: &mut Bits<'_>) -> Result<usize> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in &self.counts[1..] {
            code |= bits.take(1)?;
            if code < first + count {
                return Ok(self.symbols[index + code - first]);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Damaged)
    }
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_another_writer_packs_is_read(
            words in proptest::collection::vec("[a-c]{0,6}|\\PC{0,3}", 0..400),
            level in 0u8..=10,
        ) {
            let text = words.concat();
            let packed = compress_to_vec(text.as_bytes(), level);
            prop_assert_eq!(inflate(&packed, text.len()), Ok(text.into_bytes()));
        }

        #[test]
        fn any_bytes_end_within_the_limit(packed in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(bytes) = inflate(&packed, 1000) {
                prop_assert!(bytes.len() <= 1000);
            }
        }

        /// Another reader says the same of what is damaged.
        #[test]
        fn a_flipped_bit_is_read_as_another_reader_reads_it(
            text in "[a-f]{0,200}", level in 0u8..=10, place in any::<prop::sample::Index>(),
        ) {
            let mut packed = compress_to_vec(text.as_bytes(), level);
            let place = place.index(8 * packed.len());
            packed[place / 8] ^= 1 << (place % 8);
            let theirs = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, 1 << 16);
            if let (Ok(ours), Ok(theirs)) = (inflate(&packed, 1 << 16), theirs) {
                prop_assert_eq!(ours, theirs);
            }
        }
    }

    #[test]
    fn a_long_text_of_random_bytes_is_stored_and_read() {
        let bytes: Vec<u8> = (0..70_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        for level in [0, 1, 6, 10] {
            assert_eq!(
                inflate(&compress_to_vec(&bytes, level), bytes.len()).as_ref(),
                Ok(&bytes)
            );
        }
    }

    #[test]
    fn faults_are_told_apart() {
        let packed = compress_to_vec(&[7; 5000], 6);
        assert_eq!(inflate(&packed, 4999), Err(TooLarge));
        assert_eq!(inflate(&packed[..packed.len() - 1], 5000), Err(CutShort));
        assert_eq!(inflate(&[0b111], 5000), Err(Damaged));
        assert_eq!(inflate(&[1, 2, 0, 0, 0], 5000), Err(Damaged));
        assert_eq!(inflate(&[], 5000), Err(CutShort));
    }
}
