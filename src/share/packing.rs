//! What travels packed: the program (raw deflate, RFC 1951) and the state
//! (little-endian float64), both as base64url.

use super::base64url::{self, DecodeError};
use super::deflate::{Deflate, InflateFault};
use super::note::NoteKind;
use super::{MAX_PROGRAM, MAX_STATE, State};

pub(super) fn pack_program(program: &str, deflate: &dyn Deflate) -> String {
    base64url::encode(&deflate.deflate(program.as_bytes()))
}

pub(super) fn unpack_program(text: &str, deflate: &dyn Deflate) -> Result<String, NoteKind> {
    let packed = decode(text)?;
    let unpacked = deflate.inflate(&packed, MAX_PROGRAM);
    let bytes = unpacked.map_err(|fault| match fault {
        InflateFault::CutShort => NoteKind::CutShort,
        InflateFault::TooLarge => NoteKind::InflatesTooLarge { max: MAX_PROGRAM },
        InflateFault::Damaged => NoteKind::Damaged,
    })?;
    String::from_utf8(bytes).map_err(|_| NoteKind::NotUtf8)
}

pub(super) fn pack_state(state: &State) -> String {
    let numbers = state.numbers().iter();
    let bytes: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
    base64url::encode(&bytes)
}

pub(super) fn unpack_state(text: &str) -> Result<State, NoteKind> {
    let bytes = decode(text)?;
    let (numbers, rest) = bytes.as_chunks();
    if !rest.is_empty() || numbers.is_empty() {
        return Err(NoteKind::CutShort);
    }
    State::new(numbers.iter().copied().map(f64::from_le_bytes))
        .ok_or(NoteKind::StateTooLarge { max: MAX_STATE })
}

fn decode(text: &str) -> Result<Vec<u8>, NoteKind> {
    base64url::decode(text).map_err(|error| match error {
        DecodeError::Character => NoteKind::BadEncoding,
        DecodeError::End => NoteKind::CutShort,
    })
}

#[cfg(all(test, feature = "deflate"))]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;

    use super::super::deflate::MinizOxide;
    use super::*;

    const DEFLATE_LEVEL: u8 = 10;

    #[track_caller]
    fn check_program(packed: &[u8], expected: Result<&str, NoteKind>) {
        let unpacked = unpack_program(&base64url::encode(packed), &MinizOxide);
        assert_eq!(unpacked.as_deref(), expected.as_ref().map(|text| *text));
    }

    #[test]
    fn a_program_reads_back() {
        let longest = "x".repeat(MAX_PROGRAM);
        for program in ["", "minimize y\n", "数据 = 4x²\0\u{10ffff}", &longest] {
            assert_eq!(
                unpack_program(&pack_program(program, &MinizOxide), &MinizOxide).unwrap(),
                program
            );
        }
    }

    #[test]
    fn a_program_cut_anywhere_is_noticed() {
        let packed = pack_program(
            "param w = normal(3, 4)\nL = sum(w * w)\nminimize L\n",
            &MinizOxide,
        );
        for end in 0..packed.len() {
            assert_eq!(
                unpack_program(&packed[..end], &MinizOxide),
                Err(NoteKind::CutShort),
                "{end}"
            );
        }
    }

    #[test]
    fn what_is_not_deflate_is_damaged() {
        check_program(b"\xff\xff\xff\xff", Err(NoteKind::Damaged));
        check_program(b"minimize y", Err(NoteKind::Damaged));
    }

    #[test]
    fn what_is_not_utf_8_is_refused() {
        check_program(
            &compress_to_vec(b"x = \xff", DEFLATE_LEVEL),
            Err(NoteKind::NotUtf8),
        );
    }

    #[test]
    fn what_is_not_base64url_is_refused() {
        for text in ["AwA=", "Aw A", "Aw+A", "Aw/A", "é", "\0"] {
            assert_eq!(
                unpack_program(text, &MinizOxide),
                Err(NoteKind::BadEncoding),
                "{text}"
            );
        }
    }

    #[test]
    fn a_deflate_bomb_is_refused() {
        let refused = NoteKind::InflatesTooLarge { max: MAX_PROGRAM };
        for length in [MAX_PROGRAM + 1, 24 * 1024 * 1024] {
            let bomb = compress_to_vec(&vec![b'x'; length], DEFLATE_LEVEL);
            check_program(&bomb, Err(refused));
        }
    }

    #[test]
    fn a_state_reads_back_bit_by_bit() {
        let numbers = [0.0, -0.0, 1.0 / 3.0, f64::INFINITY, f64::NAN, 5e-324];
        let state = State::new(numbers).unwrap();
        assert_eq!(unpack_state(&pack_state(&state)), Ok(state));
        let one = State::new([1.0]).unwrap();
        assert_eq!(pack_state(&one), "AAAAAAAA8D8");
    }

    #[test]
    fn a_state_is_whole_numbers_within_the_bound() {
        let check = |bytes: usize, expected| {
            let unpacked = unpack_state(&base64url::encode(&vec![0; bytes]));
            assert_eq!(unpacked.err(), expected, "{bytes} bytes");
        };
        check(0, Some(NoteKind::CutShort));
        check(7, Some(NoteKind::CutShort));
        check(8, None);
        check(12, Some(NoteKind::CutShort));
        check(8 * MAX_STATE, None);
        let too_large = NoteKind::StateTooLarge { max: MAX_STATE };
        check(8 * MAX_STATE + 8, Some(too_large));
        assert_eq!(unpack_state("AAAA*"), Err(NoteKind::BadEncoding));
    }
}
