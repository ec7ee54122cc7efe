//! Reading what is written as forms write it: `key=value&key=value`.

/// The pairs of a text, decoded. An empty piece is none.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let pieces = text.split('&').filter(|piece| !piece.is_empty());
    pieces.map(|piece| {
        let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
        (decode(key), decode(value))
    })
}

/// `+` is a space and `%e6` a byte; a sign that leads nowhere stands for itself.
/// What is not UTF-8 then becomes `�`.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => byte(*high, *low),
            _ => None,
        };
        rest = if escaped.is_some() { &rest[3..] } else { after };
        let plain = if *first == b'+' { b' ' } else { *first };
        bytes.push(escaped.unwrap_or(plain));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn byte(high: u8, low: u8) -> Option<u8> {
    let digit = |of: u8| char::from(of).to_digit(16);
    Some((16 * digit(high)? + digit(low)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_the_standard_asks() {
        let pieces = [
            "",
            "a",
            "=",
            "&",
            "&&a=b=c&",
            "+",
            "%",
            "%%",
            "%2",
            "%2g",
            "%2B",
            "%2b+",
            "%e6%8D",
            "%9f",
            "损",
            "%ff",
            "amp;k=",
            "%26=%3d",
            "%%41",
            "%4%31",
            "é=%c3%a9",
        ];
        for first in pieces {
            for second in pieces {
                let text = [first, second, first].concat();
                let standard = form_urlencoded::parse(text.as_bytes()).into_owned();
                assert!(pairs(&text).eq(standard), "{text}");
            }
        }
    }
}
