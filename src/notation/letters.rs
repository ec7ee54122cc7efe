//! Which characters a name is made of: Unicode's XID_Start and XID_Continue.
//!
//! The crate unicode-ident is faster, and its tables weigh 5 KB in what the
//! page loads before it shows anything; these are a fourth. Each character is
//! looked up by counting through the runs before it: a microsecond.

/// Runs of characters of one class, from U+0080 on. Each is a number in LEB128:
/// twice the run's length, and one more where the run is of the second, not of
/// the first of the two other classes.
static RUNS: &[u8] = include_bytes!("letters.bin");

/// Of a character: whether it may stand in a name, and at its start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Continues,
    Starts,
}

impl Class {
    fn next(self) -> Self {
        match self {
            Self::Other => Self::Continues,
            Self::Continues => Self::Starts,
            Self::Starts => Self::Other,
        }
    }

    fn of(character: char) -> Self {
        match character {
            'A'..='Z' | 'a'..='z' => Self::Starts,
            '0'..='9' | '_' => Self::Continues,
            '\0'..='\x7f' => Self::Other,
            _ => Self::beyond_ascii(u32::from(character) - 0x80),
        }
    }

    fn beyond_ascii(place: u32) -> Self {
        // The first run is of no letters.
        let mut class = Self::Continues;
        let (mut end, mut number, mut shift) = (0, 0, 0);
        for byte in RUNS {
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                class = class.next();
                if number % 2 == 1 {
                    class = class.next();
                }
                end += number / 2;
                if place < end {
                    return class;
                }
                (number, shift) = (0, 0);
            }
        }
        Self::Other
    }
}

/// Whether a name may begin with this character. `_` is not among them.
pub(super) fn is_start(character: char) -> bool {
    Class::of(character) == Class::Starts
}

/// Whether a name may go on with this character.
pub(super) fn is_continue(character: char) -> bool {
    Class::of(character) != Class::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The class by the crate that this module replaces.
    fn standard(character: char) -> Class {
        if unicode_ident::is_xid_start(character) {
            Class::Starts
        } else if unicode_ident::is_xid_continue(character) {
            Class::Continues
        } else {
            Class::Other
        }
    }

    /// The runs by the version of Unicode that unicode-ident knows: class,
    /// first point, and the point behind the last.
    fn runs() -> Vec<(Class, u32, u32)> {
        let class = |point| char::from_u32(point).map_or(Class::Other, standard);
        let mut runs: Vec<(Class, u32, u32)> = Vec::new();
        for point in 0x80..=u32::from(char::MAX) {
            match runs.last_mut() {
                Some((last, _, end)) if *last == class(point) => *end = point + 1,
                _ => runs.push((class(point), point, point + 1)),
            }
        }
        runs
    }

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut before = Class::Continues;
        for (class, start, end) in runs() {
            let mut number = 2 * (end - start) + u32::from(before.next() != class);
            while number >= 0x80 {
                bytes.push(number as u8 | 0x80);
                number >>= 7;
            }
            bytes.push(number as u8);
            before = class;
        }
        bytes
    }

    #[test]
    fn the_runs_are_unicodes() {
        assert!(
            written() == RUNS,
            "Unicode has changed: cargo test make_the_runs_anew -- --ignored"
        );
    }

    #[test]
    #[ignore = "writes into the sources"]
    fn make_the_runs_anew() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/notation/letters.bin");
        std::fs::write(file, written()).unwrap();
    }

    #[test]
    fn characters_are_of_their_class() {
        let ends = runs()
            .into_iter()
            .flat_map(|(_, start, end)| [start, end - 1]);
        for character in (0..0x80).chain(ends).filter_map(char::from_u32) {
            assert!(Class::of(character) == standard(character), "{character:?}");
        }
    }
}
