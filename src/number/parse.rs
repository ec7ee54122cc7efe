//! Decimal text to float64, to the nearest.
//!
//! The standard library's reader is faster, and its tables weigh 12 KB in what
//! the page loads before it shows anything. This one takes whole numbers of
//! any size and a long division: microseconds, for the few numbers of a
//! program.

use std::cmp::Ordering;

use super::natural::Natural;

/// How many digits are looked at. No number halfway between two float64 has
/// more than 767, so what follows can only tell on which side of it a text is.
const DIGITS: usize = 768;

/// The float64 nearest to a decimal number, of two equally near ones the even
/// one: `2`, `-.5`, `1.`, `6.02e+23`. One too large is infinite, one too small 0.
/// Nothing where the text is anything else, also for `inf` and `nan`.
pub fn parse(text: &str) -> Option<f64> {
    let (sign, size) = match text.as_bytes() {
        [b'-', ..] => (-1.0, &text[1..]),
        [b'+', ..] => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let (mantissa, exponent) = match size.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        None => (size, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| sign * nearest(&digits, exponent - fraction.len() as i64))
}

/// A whole number with or without a sign; what is far out of reach is cut.
fn read_exponent(text: &str) -> Option<i64> {
    let figures = text.strip_prefix(['+', '-']).unwrap_or(text);
    if figures.is_empty() {
        return None;
    }
    let size = figures.bytes().try_fold(0_i64, |size, byte| {
        let figure = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        Some((10 * size + figure).min(1 << 48))
    })?;
    Some(if text.starts_with('-') { -size } else { size })
}

/// digits × 10ᵉˣᵖᵒⁿᵉⁿᵗ, rounded.
fn nearest(digits: &str, mut exponent: i64) -> f64 {
    let digits = digits.trim_start_matches('0').as_bytes();
    // The value is below 10ᵗᵒᵖ and, as its first digit isn't 0, not below a
    // tenth of it.
    let top = digits.len() as i64 + exponent;
    if digits.is_empty() || top <= -324 {
        return 0.0;
    }
    if top > 309 {
        return f64::INFINITY;
    }
    let (digits, rest) = digits.split_at(digits.len().min(DIGITS));
    let mut number = Natural::default();
    for digit in digits {
        number.times_plus(10, u32::from(digit - b'0'));
    }
    exponent += rest.len() as i64;
    if rest.iter().any(|&digit| digit != b'0') {
        number.times_plus(10, 1);
        exponent -= 1;
    }
    if number.bits() <= 53 && exponent.abs() <= 22 {
        return at_once(&number, exponent as i32);
    }
    let mut below = Natural::from(1);
    if exponent < 0 {
        below.times_power_of_ten(exponent.unsigned_abs());
    } else {
        number.times_power_of_ten(exponent.unsigned_abs());
    }
    quotient(number, below)
}

/// Where the number and the power of ten are exact, one operation rounds
/// correctly. Nearly every number of a program is one of these.
fn at_once(number: &Natural, exponent: i32) -> f64 {
    let number = number.to_f64();
    let power = (0..exponent.abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 {
        number / power
    } else {
        number * power
    }
}

/// above/below, rounded; both over 0.
fn quotient(mut above: Natural, mut below: Natural) -> f64 {
    // Shifted until 1 ≤ above/below < 2; the shift is the quotient's exponent.
    let mut exponent = above.bits() as i32 - below.bits() as i32;
    if exponent < 0 {
        above.shift(exponent.unsigned_abs());
    } else {
        below.shift(exponent.unsigned_abs());
    }
    if above.cmp(&below) == Ordering::Less {
        above.shift(1);
        exponent -= 1;
    }
    // 53 bits, fewer below the least normal number, then one to round by.
    let bits = 53 + (exponent + 1022).min(0);
    let mut mantissa = 0_u64;
    for _ in 0..=bits {
        mantissa *= 2;
        if above.cmp(&below) != Ordering::Less {
            above.subtract(&below);
            mantissa += 1;
        }
        above.shift(1);
    }
    let half = mantissa % 2 == 1;
    mantissa /= 2;
    if half && (above.bits() > 0 || mantissa % 2 == 1) {
        mantissa += 1;
    }
    // The mantissa's leading bit adds one to the exponent, and where rounding
    // carried, what it carried: up to infinity's.
    if exponent > 1023 {
        return f64::INFINITY;
    }
    let exponent = (exponent + 1022).max(0) as u64;
    f64::from_bits((exponent << 52) + mantissa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let (ours, standard) = (parse(text), text.parse().ok());
        assert_eq!(ours.map(f64::to_bits), standard.map(f64::to_bits), "{text}");
    }

    #[test]
    fn numbers_in_every_form() {
        for text in [
            "0",
            "-0",
            "+7",
            "2",
            "-.5",
            "1.",
            "007.250",
            "1e5",
            "1E-5",
            "6.02e+23",
            "0e999999",
            "1e308",
            "1e309",
            "1e310",
            "0.001e311",
            "9e-324",
            "9e-325",
            "0.09e-322",
            "-1e999999999999999999999",
            "1e-999999999999999999999",
            "",
        ] {
            check(text);
        }
    }

    #[test]
    fn what_is_no_decimal_number_is_refused() {
        for text in [
            "", ".", "-", "e5", "1e", "1e+", "1e5.0", "1.2.3", "--1", "+-1", " 1", "1 ", "1_0",
            "inf", "nan", "infinity", "0x10", "１", "1e5e5",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn halves_go_to_the_even_one() {
        for text in [
            // Halfway between 2⁵³ and its neighbour, and a digit off it.
            "9007199254740993",
            "9007199254740995",
            "9007199254740993.00000000000000000000000000000000001",
            "9007199254740992.99999999999999999999999999999999999",
            // Around the largest number, and what would be the next one.
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.797693134862315807937289714053e308",
            "1.797693134862315807937289714054e308",
            // Around the least one, its half, and the least normal number.
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "2.2250738585072012e-308",
        ] {
            check(text);
        }
    }

    #[test]
    fn more_digits_than_are_looked_at() {
        let half = "0.".to_owned() + &"0".repeat(307) + "5";
        for digits in [DIGITS - 2, DIGITS - 1, DIGITS, DIGITS + 1, 50_000] {
            let zeros = "0".repeat(digits);
            check(&format!("9007199254740993{zeros}1e-{digits}"));
            check(&format!("9007199254740993{zeros}0e-{digits}"));
            check(&format!("9007199254740993.{zeros}1"));
            check(&format!("{zeros}.{zeros}{half}"));
            check(&format!("0.{zeros}25e{digits}"));
            check(&"9".repeat(digits));
            check(&format!("1{zeros}"));
        }
        // Exactly between 0 and the least number: 751 digits.
        let digits = format!("{:.1075}", f64::from_bits(1));
        check(&digits);
        for bits in [
            1,
            2,
            0xf_ffff_ffff_ffff,
            0x10_0000_0000_0000,
            0x7fef_ffff_ffff_ffff,
        ] {
            let exact = format!("{:.1080}", f64::from_bits(bits));
            check(&exact);
            check(&format!("{exact}1"));
        }
    }
}
