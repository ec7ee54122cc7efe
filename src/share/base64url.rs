//! Bytes as text that every address takes: base64url (RFC 4648, section 5)
//! without padding. It is written out here because the crate data-encoding, for
//! its generality, weighs 30 KB of wasm.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Four characters for three bytes, as many as needed for the last ones.
pub(super) fn encode(bytes: &[u8]) -> String {
    bytes.chunks(3).flat_map(encode_chunk).collect()
}

fn encode_chunk(chunk: &[u8]) -> impl Iterator<Item = char> + use<> {
    let byte = |place| chunk.get(place).copied().unwrap_or(0);
    let bits = u32::from_be_bytes([0, byte(0), byte(1), byte(2)]);
    let character = move |place: usize| {
        let sextet = bits >> (18 - 6 * place) & 63;
        char::from(ALPHABET[sextet as usize])
    };
    (0..=chunk.len()).map(character)
}

/// Why a text encodes no bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecodeError {
    /// It has a character that is not of the alphabet.
    Character,
    /// It ends within a byte, as it does where some of it was cut off.
    End,
}

/// The bytes that [`encode`] makes this text of, and no other text.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    let sextets: Option<Vec<u8>> = text.bytes().map(sextet).collect();
    let sextets = sextets.ok_or(DecodeError::Character)?;
    let mut bytes = Vec::with_capacity(sextets.len() / 4 * 3 + 2);
    for chunk in sextets.chunks(4) {
        let bits = (0..4).fold(0, |bits, place| {
            bits << 6 | u32::from(chunk.get(place).copied().unwrap_or(0))
        });
        let [_, whole @ ..] = bits.to_be_bytes();
        let (whole, rest) = whole.split_at(chunk.len() - 1);
        // One character alone makes no byte; two and three leave bits over.
        if whole.is_empty() || rest.iter().any(|&byte| byte != 0) {
            return Err(DecodeError::End);
        }
        bytes.extend(whole);
    }
    Ok(bytes)
}

fn sextet(character: u8) -> Option<u8> {
    match character {
        b'A'..=b'Z' => Some(character - b'A'),
        b'a'..=b'z' => Some(character - b'a' + 26),
        b'0'..=b'9' => Some(character - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str) {
        assert_eq!(encode(bytes), text);
        assert_eq!(decode(text).as_deref(), Ok(bytes));
    }

    #[test]
    fn the_vectors_of_rfc_4648() {
        check(b"", "");
        check(b"f", "Zg");
        check(b"fo", "Zm8");
        check(b"foo", "Zm9v");
        check(b"foob", "Zm9vYg");
        check(b"fooba", "Zm9vYmE");
        check(b"foobar", "Zm9vYmFy");
    }

    #[test]
    fn every_character_of_the_alphabet() {
        let text = std::str::from_utf8(ALPHABET).unwrap();
        let bytes = decode(text).unwrap();
        assert_eq!(bytes[..3], [0x00, 0x10, 0x83]);
        assert_eq!(bytes[45..], [0xf3, 0xdf, 0xbf]);
        check(&bytes, text);
    }

    #[test]
    fn a_text_is_refused_where_no_bytes_are_written_so() {
        for text in ["Zg==", "Zm+v", "Zm/v", "Zm v", "Zm9v\n", "é", "\0"] {
            assert_eq!(decode(text), Err(DecodeError::Character), "{text}");
        }
        for text in ["Z", "Zm9vY", "Zh", "Zm9", "Zm9vYh"] {
            assert_eq!(decode(text), Err(DecodeError::End), "{text}");
        }
    }
}
