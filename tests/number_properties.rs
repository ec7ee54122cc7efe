//! Reading numbers: any text is read as the standard library reads it.

use chalkgrad::number::{full, parse};
use proptest::prelude::*;

fn check(text: &str) -> Result<(), TestCaseError> {
    let standard: Option<f64> = text.parse().ok();
    prop_assert_eq!(parse(text).map(f64::to_bits), standard.map(f64::to_bits));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn decimals(text in "[+-]?[0-9]{0,25}(\\.[0-9]{0,25})?([eE][+-]?[0-9]{0,3})?") {
        check(&text)?;
    }

    #[test]
    fn few_digits_and_near_exponents(text in "[0-9]{1,17}e-?[0-9]{1,2}") {
        check(&text)?;
    }

    #[test]
    fn what_decimals_are_made_of(text in "[-+.e0-9]{0,8}") {
        check(&text)?;
    }

    #[test]
    fn every_number_reads_back(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        prop_assume!(number.is_finite());
        check(&number.to_string())?;
        check(&format!("{number:e}"))?;
        prop_assert_eq!(parse(&full(number).replace('−', "-")), Some(number));
    }

    /// Halfway between neighbours, and next to it.
    #[test]
    fn halves(bits in any::<u64>()) {
        let number = f64::from_bits(bits & !1).abs();
        prop_assume!(number.is_finite());
        // More digits than any half has.
        let (low, high) = (format!("{number:.1080}"), format!("{:.1080}", number.next_up()));
        check(&low)?;
        let half = mean(&low, &high);
        check(&half)?;
        check(&half[..half.len() - 1])?;
        check(&format!("{half}0001"))?;
    }
}

/// The mean of two decimals with as many digits behind the point.
fn mean(one: &str, other: &str) -> String {
    let width = one.len().max(other.len());
    let pad = |text: &str| format!("{text:0>width$}").into_bytes();
    let mut carry = 0;
    let mut figures: Vec<u8> = Vec::new();
    for (one, other) in pad(one).into_iter().zip(pad(other)).rev() {
        if one == b'.' {
            figures.push(b'.');
        } else {
            let sum = one - b'0' + (other - b'0') + carry;
            figures.push(b'0' + sum % 10);
            carry = sum / 10;
        }
    }
    figures.push(b'0' + carry);
    let mut rest = 0;
    let halved = figures.into_iter().rev().map(|figure| {
        if figure == b'.' {
            return '.';
        }
        let sum = 10 * rest + (figure - b'0');
        rest = sum % 2;
        char::from(b'0' + sum / 2)
    });
    let mut halved: String = halved.collect();
    halved.push(if rest == 1 { '5' } else { '0' });
    halved
}
