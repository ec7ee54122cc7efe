//! Mutations of texts word by word: nearly all that bytes alone would come to
//! is one and the same fault.

use libfuzzer_sys::fuzzer_mutate;

/// Changes the text in `data` at a few places, where words are put in, taken
/// out, replaced, or taken from elsewhere in it. Returns its new length. One
/// time in four libFuzzer mutates bytes, as it does where there is no mutator.
///
/// The words of the text, one after the other, are the text.
pub fn mutate(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
    words_of: fn(&str) -> Vec<&str>,
    others: &[&str],
) -> usize {
    let mut choice = Choice(u64::from(seed));
    let text = data[..size].to_vec();
    let Ok(text) = std::str::from_utf8(&text) else {
        return fuzzer_mutate(data, size, max_size);
    };
    if choice.below(4) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut words = words_of(text);
    for _ in 0..=choice.below(4) {
        let at = choice.below(words.len() + 1);
        let from = choice.below(words.len() + 1);
        let other = others[choice.below(others.len())];
        match (choice.below(5), at < words.len(), from < words.len()) {
            (0, true, _) => words[at] = other,
            (1, true, _) => {
                words.remove(at);
            }
            (2, _, true) => words.insert(at, words[from]),
            (3, true, true) => words.swap(at, from),
            _ => words.insert(at, other),
        }
    }
    let text = words.concat();
    let end = text.floor_char_boundary(max_size.min(data.len()));
    data[..end].copy_from_slice(&text.as_bytes()[..end]);
    end
}

/// Numbers that are random enough (splitmix64).
struct Choice(u64);

impl Choice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }
}
