//! Decimals to digits.

use rust_decimal::RoundingStrategy;

use crate::quantity::Decimal;

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
    fn halves_round_away_from_zero() {
        assert_eq!(rounded(Decimal::new(2345, 3), 2).to_string(), "2.35");
        assert_eq!(rounded(Decimal::new(2, 0), 2).to_string(), "2.00");
    }
}
