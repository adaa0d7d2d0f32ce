//! Number formats of workbooks: which digits a cell shows.
//!
//! A workbook stores `0.3` and shows `0.30` where its format says so. The digits that people see
//! and sign are the figure; where a format leaves them open, nothing is guessed.

use crate::quantity::{Decimal, Grouping, group, rounded};

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Digits with sign, separators and the words of the format, without a percent sign.
    pub text: String,
    /// Whether the figure is shown in percent.
    pub scale: Scale,
}

/// What a shown figure is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Nothing.
    One,
    /// A hundred, with a percent sign.
    Percent,
}

/// Why the digits that a cell shows are not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No format, so decimals depend on the width of the column and trailing zeros are lost.
    General,
    /// The format shows thousands or millions of the number.
    Scaled,
    /// The format shows a date or a time.
    Date,
    /// The format shows an exponent or a fraction.
    Notation,
    /// The format depends on conditions.
    Condition,
    /// The format hides the minus of a number below zero.
    HiddenSign,
    /// The format shows no digits.
    NoDigits,
}

impl Doubt {
    /// What is wrong, to follow "the cell".
    pub fn words(self) -> &'static str {
        match self {
            Self::General => "has no number format that says how many decimals it has",
            Self::Scaled => "shows thousands or millions of the number it holds",
            Self::Date => "is formatted as a date or a time",
            Self::Notation => "is formatted with an exponent or a fraction",
            Self::Condition => "has a number format with conditions",
            Self::HiddenSign => "shows no minus",
            Self::NoDigits => "has a number format that shows no digits",
        }
    }
}

/// Longest whole number that a cell without format shows in full.
const LONGEST_GENERAL: u32 = 11;

/// The digits that a cell shows. `decimals` is what the project states for cells without format.
pub fn shown(stored: Decimal, format: &str, decimals: Option<u32>) -> Result<Shown, Doubt> {
    if matches!(format.trim(), "" | "General" | "GENERAL" | "@") {
        return general(stored, decimals);
    }
    let sections: Vec<&str> = sections(format);
    let negative = stored.is_sign_negative() && !stored.is_zero();
    let (at, explicit) = match sections.len() {
        2.. if negative => (1, true),
        3.. if stored.is_zero() => (2, false),
        _ => (0, false),
    };
    let section = Section::read(sections.get(at).copied().unwrap_or_default())?;
    let sign = match (negative, explicit, section.sign) {
        (true, true, Sign::None) => return Err(Doubt::HiddenSign),
        (true, _, _) | (false, _, Sign::Minus) => "-",
        _ => "",
    };
    let digits = section.digits(stored.abs()).ok_or(Doubt::Notation)?;
    let text = format!("{}{sign}{digits}{}", section.before, section.after);
    Ok(Shown { text, scale: section.scale })
}

fn general(stored: Decimal, decimals: Option<u32>) -> Result<Shown, Doubt> {
    let value = match decimals {
        Some(decimals) => rounded(stored, decimals),
        None if stored.is_integer() && stored.abs() < power_of_ten(LONGEST_GENERAL) => {
            stored.trunc()
        }
        None => return Err(Doubt::General),
    };
    Ok(Shown { text: value.to_string(), scale: Scale::One })
}

fn power_of_ten(exponent: u32) -> Decimal {
    (0..exponent)
        .fold(Decimal::ONE, |power, _| power.checked_mul(Decimal::TEN).unwrap_or(Decimal::MAX))
}

/// The parts of a format for numbers above, below and at zero.
fn sections(format: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, sign) in format.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                found.extend(format.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(format.get(start..));
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Minus,
    Parentheses,
}

/// One section of a format.
struct Section {
    /// Words before and after the digits.
    before: String,
    after: String,
    whole_digits: usize,
    least_decimals: u32,
    most_decimals: u32,
    grouping: Grouping,
    scale: Scale,
    sign: Sign,
}

/// Where reading a section stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Before,
    Whole,
    Decimals,
    After,
}

impl Section {
    fn read(text: &str) -> Result<Self, Doubt> {
        let mut section = Self {
            before: String::new(),
            after: String::new(),
            whole_digits: 0,
            least_decimals: 0,
            most_decimals: 0,
            grouping: Grouping::None,
            scale: Scale::One,
            sign: Sign::None,
        };
        let mut stage = Stage::Before;
        let mut signs = text.chars();
        let mut commas = 0;
        while let Some(sign) = signs.next() {
            match sign {
                '0' | '#' | '?' => {
                    if commas > 0 {
                        section.grouping = Grouping::Thousands;
                    }
                    commas = 0;
                    stage = section.digit(stage, sign)?;
                }
                ',' if matches!(stage, Stage::Whole | Stage::Decimals) => commas += 1,
                '.' if matches!(stage, Stage::Before | Stage::Whole) => {
                    if commas > 0 {
                        return Err(Doubt::Scaled);
                    }
                    stage = Stage::Decimals;
                }
                '%' => section.scale = Scale::Percent,
                '_' | '*' => drop(signs.next()),
                '[' => bracket(&mut signs)?,
                '"' => {
                    for inner in signs.by_ref().take_while(|c| *c != '"') {
                        section.literal(&mut stage, inner);
                    }
                }
                '\\' => signs.next().into_iter().for_each(|c| section.literal(&mut stage, c)),
                'E' | 'e' if stage != Stage::Before => return Err(Doubt::Notation),
                '/' => {
                    return Err(if stage == Stage::Before { Doubt::Date } else { Doubt::Notation });
                }
                _ if sign.is_ascii_alphabetic() || sign == '@' => return Err(Doubt::Date),
                _ => section.literal(&mut stage, sign),
            }
        }
        match (stage, commas) {
            (Stage::Before, _) => Err(Doubt::NoDigits),
            (_, 0) => Ok(section),
            _ => Err(Doubt::Scaled),
        }
    }

    fn digit(&mut self, stage: Stage, sign: char) -> Result<Stage, Doubt> {
        match stage {
            Stage::Before | Stage::Whole => {
                self.whole_digits += usize::from(sign == '0');
                Ok(Stage::Whole)
            }
            Stage::Decimals => {
                self.most_decimals += 1;
                if sign == '0' {
                    self.least_decimals = self.most_decimals;
                }
                Ok(Stage::Decimals)
            }
            Stage::After => Err(Doubt::Notation),
        }
    }

    /// A character that stands in the cell as it is. White space and currency signs say nothing
    /// about the figure; all else becomes a part of it and is read as such.
    fn literal(&mut self, stage: &mut Stage, sign: char) {
        if *stage != Stage::Before {
            *stage = Stage::After;
        }
        match sign {
            '-' | '−' => self.sign = Sign::Minus,
            '(' | ')' => self.sign = Sign::Parentheses,
            '$' | '¥' | '￥' | '€' | '£' => {}
            _ if sign.is_whitespace() => {}
            _ if *stage == Stage::Before => self.before.push(sign),
            _ => self.after.push(sign),
        }
    }

    /// The digits of a number that is not below zero.
    fn digits(&self, value: Decimal) -> Option<String> {
        let value = match self.scale {
            Scale::One => value,
            Scale::Percent => value.checked_mul(Decimal::ONE_HUNDRED)?,
        };
        let mut value = rounded(value, self.most_decimals.min(28));
        while value.scale() > self.least_decimals && value.mantissa() % 10 == 0 {
            value.rescale(value.scale() - 1);
        }
        let text = group(value, self.grouping);
        let whole = text.split('.').next().unwrap_or_default().len();
        Some(format!("{}{text}", "0".repeat(self.whole_digits.saturating_sub(whole).min(28))))
    }
}

/// What stands in brackets: a colour, a currency, a condition, or hours that run on.
fn bracket(signs: &mut std::str::Chars<'_>) -> Result<(), Doubt> {
    let inner: String = signs.by_ref().take_while(|c| *c != ']').collect();
    match inner.chars().next() {
        Some('<' | '>' | '=') => Err(Doubt::Condition),
        Some('h' | 'H' | 'm' | 's' | 'S') if inner.len() <= 2 => Err(Doubt::Date),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(stored: &str, format: &str) -> Result<String, Doubt> {
        let shown = shown(stored.parse().expect("a number"), format, None)?;
        let sign = if shown.scale == Scale::Percent { "%" } else { "" };
        Ok(format!("{}{sign}", shown.text))
    }

    #[test]
    fn digits_are_those_that_the_format_shows() {
        for (stored, format, expected) in [
            ("0.3", "0.00", "0.30"),
            ("31295.64", "#,##0.00", "31,295.64"),
            ("31295.64", "#,##0", "31,296"),
            ("1.005", "0.00", "1.01"),
            ("12", "0.##", "12"),
            ("12.5", "0.0##", "12.5"),
            ("7", "00000", "00007"),
            ("0.123", "0.0%", "12.3%"),
            ("-1234", "#,##0;(#,##0)", "-1,234"),
            ("-1234", "#,##0;[Red]-#,##0", "-1,234"),
            ("-5", "0.0", "-5.0"),
            ("1234", "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "1,234"),
            ("42000", "#,##0\"+\"", "42,000+"),
            ("300", "\"约\"0", "约300"),
            ("3.1", "0.0\"万\"", "3.1万"),
            ("1234", "[$¥-804]#,##0", "1,234"),
            ("2024", "General", "2024"),
            ("0", "0.00", "0.00"),
            (".5", "#.00", "0.50"),
        ] {
            assert_eq!(show(stored, format), Ok(expected.to_owned()), "{stored} in {format}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_guessed() {
        for (stored, format, doubt) in [
            ("0.3", "General", Doubt::General),
            ("123456789012", "General", Doubt::General),
            ("0.3", "@", Doubt::General),
            ("1234", "#,##0,", Doubt::Scaled),
            ("1234", "0.0,", Doubt::Scaled),
            ("1234", "0.00E+00", Doubt::Notation),
            ("0.5", "# ?/?", Doubt::Notation),
            ("45000", "yyyy-mm-dd", Doubt::Date),
            ("45000", "m/d/yyyy", Doubt::Date),
            ("1.5", "[h]:mm", Doubt::Date),
            ("5", "[>100]0.0;0.00", Doubt::Condition),
            ("-5", "0;[Red]0", Doubt::HiddenSign),
            ("0", "0;-0;\"-\"", Doubt::NoDigits),
            ("5", "\"x\"", Doubt::NoDigits),
        ] {
            assert_eq!(show(stored, format), Err(doubt), "{stored} in {format}");
        }
        let stated = shown("12".parse().expect("a number"), "General", Some(2));
        assert_eq!(stated.map(|shown| shown.text), Ok("12.00".to_owned()));
    }
}
