//! Decimals to digits.

use rust_decimal::RoundingStrategy;

use crate::quantity::Decimal;
use crate::quantity::figure::{Figure, Qualifier};

/// Whether thousands are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// `12260`.
    None,
    /// `12,260`.
    Thousands,
}

/// Rounds half away from zero, as reports do, and keeps exactly `decimals` decimals.
pub fn rounded(value: Decimal, decimals: u32) -> Decimal {
    let mut rounded =
        value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

/// Rounds a figure that may have a qualifier so that what it says stays true: "over 1.7" becomes
/// "over 1", never "over 2".
pub fn rounded_as(value: Decimal, decimals: u32, qualifier: Qualifier) -> Decimal {
    let strategy = match qualifier {
        Qualifier::None | Qualifier::About => return rounded(value, decimals),
        Qualifier::Over | Qualifier::AtLeast => RoundingStrategy::ToNegativeInfinity,
        Qualifier::Nearly | Qualifier::Below | Qualifier::AtMost => {
            RoundingStrategy::ToPositiveInfinity
        }
    };
    let mut rounded = value.round_dp_with_strategy(decimals, strategy);
    rounded.rescale(decimals);
    rounded
}

/// The decimals that a figure has after a change of unit, where one of the old unit is `factor` of the
/// new: 17 hundred million are 1.7 billion, and 17.9 ten thousand are 179,000.
pub fn decimals_after(decimals: u32, factor: Decimal) -> u32 {
    let mut decimals = decimals;
    let mut size = factor.abs();
    while size >= Decimal::TEN {
        size = size.checked_div(Decimal::TEN).unwrap_or_default();
        decimals = decimals.saturating_sub(1);
    }
    while size < Decimal::ONE && !size.is_zero() && decimals < MOST_DECIMALS {
        size = size.checked_mul(Decimal::TEN).unwrap_or(Decimal::ONE);
        decimals += 1;
    }
    decimals
}

/// Decimals beyond which nothing is printed.
const MOST_DECIMALS: u32 = 12;

/// Digits without separators and with a hyphen for the sign, for data formats.
pub fn plain(value: Decimal) -> String {
    value.to_string()
}

/// Digits for reading: thousands separated on request, and a true minus.
pub fn group(value: Decimal, grouping: Grouping) -> String {
    let digits = value.abs().to_string();
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits.as_str(), None),
    };
    let mut text = String::new();
    if value.is_sign_negative() && !value.is_zero() {
        text.push('−');
    }
    match grouping {
        Grouping::None => text.push_str(whole),
        Grouping::Thousands => push_groups(whole, &mut text),
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// The numerals in a text: runs of digits with commas and points inside.
pub fn numerals(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'));
    let trimmed = runs.map(|run| run.trim_matches(['.', ',']).to_owned());
    trimmed.filter(|run| !run.is_empty()).collect()
}

/// The values of the numerals in a text, with a minus sign where one stands right before the digits. A
/// hyphen behind a digit is that of a range.
pub fn signed_values(text: &str) -> Vec<Decimal> {
    let mut values = Vec::new();
    let mut from = 0;
    for numeral in numerals(text) {
        let Some(found) = text.get(from..).and_then(|rest| rest.find(&numeral)) else { continue };
        let at = from + found;
        from = at + numeral.len();
        let mut signs = text.get(..at).unwrap_or_default().chars().rev();
        let minus = signs.next().is_some_and(|c| matches!(c, '-' | '−' | '－'));
        let range = signs.next().is_some_and(|c| c.is_ascii_digit());
        if let Ok(figure) = Figure::parse(&numeral) {
            values.push(if minus && !range { -figure.value } else { figure.value });
        }
    }
    values
}

fn push_groups(whole: &str, text: &mut String) {
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        assert_eq!(group(Decimal::new(104_585_362, 2), Grouping::Thousands), "1,045,853.62");
        assert_eq!(group(Decimal::new(30, 2), Grouping::Thousands), "0.30");
        assert_eq!(group(Decimal::new(-1234, 0), Grouping::Thousands), "−1,234");
        assert_eq!(group(Decimal::new(12260, 0), Grouping::None), "12260");
    }

    #[test]
    fn numerals_end_where_their_digits_end() {
        assert_eq!(numerals("1,234.5吨, 2024. and -0.30%"), ["1,234.5", "2024", "0.30"]);
    }

    #[test]
    fn signs_before_numerals_count() {
        let values = |text: &str| -> Vec<String> {
            signed_values(text).iter().map(ToString::to_string).collect()
        };
        assert_eq!(values("−1,234.50 and 2, -0.3% or 5-7"), ["-1234.50", "2", "-0.3", "5", "7"]);
    }

    #[test]
    fn rounding_keeps_a_qualified_figure_true() {
        let value = Decimal::new(17, 1);
        assert_eq!(rounded_as(value, 0, Qualifier::Over).to_string(), "1");
        assert_eq!(rounded_as(value, 0, Qualifier::AtMost).to_string(), "2");
        assert_eq!(rounded_as(value, 0, Qualifier::About).to_string(), "2");
    }

    #[test]
    fn a_change_of_unit_keeps_the_digits() {
        assert_eq!(decimals_after(0, Decimal::new(1, 1)), 1);
        assert_eq!(decimals_after(1, Decimal::from(10_000)), 0);
        assert_eq!(decimals_after(2, Decimal::new(1, 4)), 6);
        assert_eq!(decimals_after(2, Decimal::ONE), 2);
        assert_eq!(decimals_after(2, Decimal::new(36, 1)), 2);
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(rounded(Decimal::new(2345, 3), 2).to_string(), "2.35");
        assert_eq!(rounded(Decimal::new(2, 0), 2).to_string(), "2.00");
    }
}
