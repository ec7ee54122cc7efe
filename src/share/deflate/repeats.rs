//! Finding what stood before (LZ77).

/// How short and how long a repeat may be, and how far back (RFC 1951, section
/// 3.2.5).
pub(super) const SHORTEST: usize = 3;
pub(super) const LONGEST: usize = 258;
const WINDOW: usize = 32 * 1024;

/// Earlier places with the same hash that are tried. It bounds the time.
const TRIES: usize = 128;

const HASH_BITS: u32 = 12;

/// Where three bytes stood before.
pub(super) struct Repeats<'a> {
    bytes: &'a [u8],
    /// The last place of each hash; `NOWHERE` where there is none.
    last: Vec<usize>,
    /// For each place that was entered, the one before it with the same hash.
    before: Vec<usize>,
}

const NOWHERE: usize = usize::MAX;

impl<'a> Repeats<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
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
    pub fn longest(&mut self, at: usize) -> Option<(usize, usize)> {
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
