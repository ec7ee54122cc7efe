//! How numbers are written, in the page's charts, tables and sentences alike.
//!
//! Every number a person reads comes from here, so that the value on an axis,
//! in a table and in a sentence cannot differ in form. The minus sign is the
//! real one (U+2212), and large or tiny numbers are written as 3.842×10⁷.

mod digits;
mod natural;
mod parse;

pub use digits::Decimal;
pub use parse::parse;

/// Digits that count in a number shown.
const DIGITS: i32 = 4;

/// Decimal exponents whose numbers are written out; others take ×10ⁿ.
const PLAIN: std::ops::RangeInclusive<i32> = -4..=5;

/// Four significant digits: `16`, `−0.0256`, `38416`, `4.096×10⁻⁵`, `∞`, `NaN`.
///
/// From 0.0001 to below a million numbers are written out, whole ones in full.
/// Zeros that only fill up the four digits are dropped.
pub fn short(value: f64) -> String {
    if let Some(word) = not_finite(value) {
        return word.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let rounded = Decimal::with_digits(value, DIGITS);
    let exponent = rounded.exponent();
    if PLAIN.contains(&exponent) {
        return fixed(value, DIGITS - 1 - exponent);
    }
    signed(format!(
        "{}×10{}",
        rounded.mantissa(),
        superscript(exponent)
    ))
}

/// The shortest text that reads back as the same number: `0.30000000000000004`,
/// `1e−300`, `−0`. For copying and for whoever wants every digit.
pub fn full(value: f64) -> String {
    if let Some(word) = not_finite(value) {
        return word.to_owned();
    }
    signed(literal(value))
}

/// The same of a finite number, for a program: `-0.1`, `1e-300`.
pub fn literal(value: f64) -> String {
    let size = value.abs();
    let shortest = Decimal::shortest(value);
    if size == 0.0 || (1e-7..1e21).contains(&size) {
        shortest.plain()
    } else {
        shortest.exponential()
    }
}

/// The label of an axis tick: as many digits as tell it from its neighbours
/// `step` away. All ticks of an axis that reaches to `largest` in size share
/// one exponent: `0`, `0.5×10⁶`, `1×10⁶`.
pub fn tick(value: f64, step: f64, largest: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let exponent = decade(largest.abs());
    if PLAIN.contains(&exponent) {
        return fixed(value, -decade(step));
    }
    // Dividing in two parts keeps the power finite down to the least numbers.
    let half = exponent / 2;
    let mantissa = value / power_of_ten(half) / power_of_ten(exponent - half);
    let digits = (exponent - decade(step)).max(0);
    format!("{}×10{}", fixed(mantissa, digits), superscript(exponent))
}

/// A whole number in small raised figures: `⁻⁵`.
pub fn superscript(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|figure| match figure {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            _ => '⁰',
        })
        .collect()
}

/// The nearest number with so many significant digits.
pub fn rounded(value: f64, digits: i32) -> f64 {
    if not_finite(value).is_some() {
        return value;
    }
    parse(&Decimal::with_digits(value, digits).exponential()).unwrap_or(value)
}

/// The exponent n for which 10ⁿ ≤ |value| < 10ⁿ⁺¹. It is exact, where a
/// logarithm would be off at some powers of ten. 0 for 0 and what is not
/// finite.
pub fn decade(value: f64) -> i32 {
    if value.is_finite() {
        Decimal::shortest(value).exponent()
    } else {
        0
    }
}

/// 10ⁿ, rounded correctly; infinite above 10³⁰⁸, 0 below the least number.
pub fn power_of_ten(exponent: i32) -> f64 {
    parse(&format!("1e{exponent}")).unwrap_or(f64::NAN)
}

fn not_finite(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "∞" } else { "−∞" })
    } else {
        None
    }
}

/// With at most so many decimals, and no zeros at their end.
fn fixed(value: f64, decimals: i32) -> String {
    signed(Decimal::rounded(value, (-decimals).min(0)).plain())
}

fn signed(text: String) -> String {
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_where_numbers_are_written_out() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (16.0, "16"),
            (0.4, "0.4"),
            (0.0256, "0.0256"),
            (-14.0, "−14"),
            (784.0, "784"),
            (38416.0, "38416"),
            (123456.0, "123456"),
            (-1882384.0, "−1.882×10⁶"),
            (1234.56, "1235"),
            (1.0 / 3.0, "0.3333"),
            (0.1 + 0.2, "0.3"),
            (2.0 - 0.1 * 16.0, "0.4"),
            (999.96, "1000"),
            (0.0001, "0.0001"),
        ] {
            assert_eq!(short(value), text);
        }
    }

    #[test]
    fn powers_of_ten_for_the_large_and_the_tiny() {
        for (value, text) in [
            (4.096e-5, "4.096×10⁻⁵"),
            (2.56e-5, "2.56×10⁻⁵"),
            (1e6, "1×10⁶"),
            (999_999.6, "1×10⁶"),
            (9.99996e-5, "0.0001"),
            (-3.8416e7, "−3.842×10⁷"),
            (f64::MAX, "1.798×10³⁰⁸"),
            (5e-324, "4.941×10⁻³²⁴"),
        ] {
            assert_eq!(short(value), text);
        }
    }

    #[test]
    fn what_is_not_finite_has_its_sign() {
        for write in [short, full] {
            assert_eq!(write(f64::NAN), "NaN");
            assert_eq!(write(f64::INFINITY), "∞");
            assert_eq!(write(f64::NEG_INFINITY), "−∞");
        }
    }

    #[test]
    fn the_full_text_reads_back() {
        for value in [
            0.1 + 0.2,
            -0.0,
            1e21,
            1e-7,
            9.9e-8,
            -4.096e-5,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
        ] {
            let back: f64 = full(value).replace('−', "-").parse().unwrap();
            assert_eq!(back.to_bits(), value.to_bits(), "{}", full(value));
        }
        assert_eq!(full(-0.4), "−0.4");
        assert_eq!(full(1e-300), "1e−300");
    }

    #[test]
    fn ticks_differ_from_their_neighbours() {
        assert_eq!(tick(1000.15, 0.05, 1000.2), "1000.15");
        assert_eq!(tick(1000.0, 0.05, 1000.2), "1000");
        assert_eq!(tick(0.30000000000000004, 0.1, 0.5), "0.3");
        assert_eq!(tick(5e5, 5e5, 1e6), "0.5×10⁶");
        assert_eq!(tick(-2e-7, 1e-7, 3e-7), "−2×10⁻⁷");
        assert_eq!(tick(0.0, 1.0, 9.0), "0");
    }

    #[test]
    fn decades_are_exact() {
        for exponent in -323..=308 {
            assert_eq!(decade(power_of_ten(exponent)), exponent);
        }
        assert_eq!(decade(-999.9999999999999), 2);
        assert_eq!(decade(0.0), 0);
    }
}
