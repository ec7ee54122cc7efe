//! A short digest of parameters, by which two replays are compared.

use super::experiment::canonical;

/// The 32-bit digest of numbers: FNV-1a (Fowler, Noll and Vo; RFC 9923) over
/// their bits, eight bytes a number, the lowest first. NaN counts as one value,
/// since its bits differ from one platform to another; −0 differs from 0, since
/// 1/x tells them apart.
///
/// It notices that two engines disagree. It is no protection against anybody.
pub fn digest(numbers: impl IntoIterator<Item = f64>) -> u32 {
    let bytes = numbers
        .into_iter()
        .flat_map(|number| canonical(number).to_bits().to_le_bytes());
    fnv_1a(bytes)
}

fn fnv_1a(bytes: impl Iterator<Item = u8>) -> u32 {
    const OFFSET_BASIS: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    bytes.fold(OFFSET_BASIS, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(PRIME)
    })
}

/// A digest as a link has it: eight hexadecimal digits.
pub fn check_to_text(check: u32) -> String {
    format!("{check:08x}")
}

/// Reads a digest from eight hexadecimal digits, small or capital.
pub fn check_from_text(text: &str) -> Option<u32> {
    let is_digest = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then(|| u32::from_str_radix(text, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // Test vectors of RFC 9923.
        let check = |text: &str, expected| assert_eq!(fnv_1a(text.bytes()), expected, "{text}");
        check("", 0x811c_9dc5);
        check("a", 0xe40c_292c);
        check("foobar", 0xbf9c_f968);
    }

    #[test]
    fn numbers_are_told_apart_by_their_bits() {
        // Computed by an independent program from the little-endian bytes.
        let check = |numbers: &[f64], expected| {
            assert_eq!(digest(numbers.iter().copied()), expected, "{numbers:?}");
        };
        check(&[], 0x811c_9dc5);
        check(&[0.0], 0x9be1_7165);
        check(&[-0.0], 0x1be2_3ae5);
        check(&[2.0], 0xdbe1_d625);
        check(&[1.0, -2.5, 1e300], 0x9889_06da);
        check(&[f64::INFINITY], 0xcc6a_fd38);
        check(&[f64::NAN], 0xcc55_e280);
        check(&[f64::from_bits(0xfff0_0000_0000_0001)], 0xcc55_e280);
    }

    #[test]
    fn a_check_is_eight_hexadecimal_digits() {
        assert_eq!(check_to_text(0x00c0_ffee), "00c0ffee");
        assert_eq!(check_from_text("00c0ffee"), Some(0x00c0_ffee));
        assert_eq!(check_from_text("00C0FFEE"), Some(0x00c0_ffee));
        for text in ["", "c0ffee", "+0c0ffee", "000c0ffee", "00c0ffeg", "éééé"] {
            assert_eq!(check_from_text(text), None, "{text}");
        }
    }
}
