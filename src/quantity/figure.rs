//! Figures as they are printed.

use std::str::FromStr;

use crate::quantity::{Decimal, Interval};

/// What a figure says about the value besides its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Qualifier {
    /// The value itself, to the digits printed.
    None,
    /// More than the digits: over, 超, 逾, +.
    Over,
    /// A little less than the digits: nearly, 近.
    Nearly,
    /// Near the digits: about, 约.
    About,
    /// Less than the digits: below, <, 低于.
    Below,
    /// The digits or more: at least, 不低于.
    AtLeast,
    /// The digits or less: at most, 不高于.
    AtMost,
}

impl Qualifier {
    /// What messages and records say before the digits, with the blank that parts them.
    pub fn before(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Over => "over ",
            Self::Nearly => "nearly ",
            Self::About => "about ",
            Self::Below => "below ",
            Self::AtLeast => "at least ",
            Self::AtMost => "at most ",
        }
    }
}

/// A figure as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What stands before or after the digits.
    pub qualifier: Qualifier,
    /// Value of the digits; its scale is the number of decimals printed.
    pub value: Decimal,
    /// Whether thousands are separated.
    pub grouped: crate::quantity::Grouping,
}

/// Why a text is not a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureFault {
    /// There are no digits.
    NoDigits,
    /// A character that does not belong there.
    Unexpected(char),
    /// Thousands are not in groups of three.
    Grouping,
    /// More digits than can be calculated with.
    TooLong,
    /// A percent sign, which belongs into the unit.
    Percent,
}

/// Words and signs before the digits.
const BEFORE: &[(&str, Qualifier)] = &[
    ("more than", Qualifier::Over),
    ("over", Qualifier::Over),
    ("nearly", Qualifier::Nearly),
    ("almost", Qualifier::Nearly),
    ("about", Qualifier::About),
    ("around", Qualifier::About),
    ("approximately", Qualifier::About),
    ("less than", Qualifier::Below),
    ("below", Qualifier::Below),
    ("under", Qualifier::Below),
    ("低于", Qualifier::Below),
    ("低於", Qualifier::Below),
    ("小于", Qualifier::Below),
    ("不足", Qualifier::Below),
    ("<", Qualifier::Below),
    ("at least", Qualifier::AtLeast),
    ("not less than", Qualifier::AtLeast),
    ("at most", Qualifier::AtMost),
    ("not more than", Qualifier::AtMost),
    ("up to", Qualifier::AtMost),
    ("超过", Qualifier::Over),
    ("超過", Qualifier::Over),
    ("超", Qualifier::Over),
    ("逾", Qualifier::Over),
    ("将近", Qualifier::Nearly),
    ("將近", Qualifier::Nearly),
    ("近", Qualifier::Nearly),
    ("约", Qualifier::About),
    ("約", Qualifier::About),
    ("大约", Qualifier::About),
    ("大約", Qualifier::About),
    ("不低于", Qualifier::AtLeast),
    ("不低於", Qualifier::AtLeast),
    ("不少於", Qualifier::AtLeast),
    ("不少于", Qualifier::AtLeast),
    ("至少", Qualifier::AtLeast),
    ("不高于", Qualifier::AtMost),
    ("不高於", Qualifier::AtMost),
    ("不超过", Qualifier::AtMost),
    ("不超過", Qualifier::AtMost),
    (">", Qualifier::Over),
    ("≥", Qualifier::AtLeast),
    ("≤", Qualifier::AtMost),
    ("~", Qualifier::About),
    ("above", Qualifier::Over),
    ("高于", Qualifier::Over),
    ("高於", Qualifier::Over),
    ("多于", Qualifier::Over),
    ("多於", Qualifier::Over),
    ("大于", Qualifier::Over),
    ("大於", Qualifier::Over),
    ("接近", Qualifier::Nearly),
    ("小於", Qualifier::Below),
    ("少于", Qualifier::Below),
    ("少於", Qualifier::Below),
    ("不小于", Qualifier::AtLeast),
    ("不小於", Qualifier::AtLeast),
    ("最少", Qualifier::AtLeast),
    ("不多于", Qualifier::AtMost),
    ("不多於", Qualifier::AtMost),
    ("不大于", Qualifier::AtMost),
    ("不大於", Qualifier::AtMost),
    ("至多", Qualifier::AtMost),
    ("最多", Qualifier::AtMost),
];

/// Words and signs after the digits.
const AFTER: &[(&str, Qualifier)] = &[
    ("+", Qualifier::Over),
    ("余", Qualifier::Over),
    ("餘", Qualifier::Over),
    ("多", Qualifier::Over),
    ("以上", Qualifier::AtLeast),
    ("以下", Qualifier::AtMost),
    ("以内", Qualifier::AtMost),
    ("以內", Qualifier::AtMost),
];

impl Figure {
    /// Reads a figure, such as `31,295.64`, `-0.30` or `超 150 余`.
    pub fn parse(text: &str) -> Result<Self, FigureFault> {
        let (before, rest) = strip_before(text.trim());
        let (after, digits) = strip_after(rest.trim());
        let qualifier = if before == Qualifier::None { after } else { before };
        let (value, grouped) = number(digits.trim())?;
        Ok(Self { qualifier, value, grouped })
    }

    /// How a text that is no figure would be written, if it is one in another fashion: full-width
    /// digits, a negative in parentheses, a comma before decimals, or digits left out at the point.
    pub fn rewritten(text: &str) -> Option<String> {
        let wide = |c: char| match c {
            '０'..='９' | '，' | '．' => char::from_u32(u32::from(c) - 0xFEE0),
            _ => None,
        };
        let folded: String = text.trim().chars().map(|c| wide(c).unwrap_or(c)).collect();
        let inner =
            folded.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）']));
        let signed = inner.map_or(folded.clone(), |inner| format!("-{}", inner.trim()));
        let plain = |c: char| c.is_ascii_digit() || "-−., \u{a0}\u{202f}'’".contains(c);
        let mut digits: String = match signed.chars().all(plain) {
            true => signed.chars().filter(|c| !" \u{a0}\u{202f}'’".contains(*c)).collect(),
            false => signed,
        };
        if let Some((whole, fraction)) = digits.rsplit_once(',')
            && !whole.contains(',')
            && (whole.contains('.') || text.contains([' ', '\u{a0}', '\u{202f}', '\'', '’']))
        {
            digits = format!("{}.{fraction}", whole.replace('.', ","));
        }
        let digits = digits.strip_suffix('.').unwrap_or(&digits);
        let started = match digits.strip_prefix('.') {
            Some(rest) => format!("0.{rest}"),
            None => digits.to_owned(),
        };
        (started != text && Self::parse(&started).is_ok()).then_some(started)
    }

    /// Where a qualifier starts that ends a text, as `over` does before a figure.
    pub fn qualifier_at_end(text: &str) -> Option<usize> {
        let trimmed = text.trim_end();
        let starts = BEFORE.iter().filter_map(|(word, _)| {
            let at = trimmed.len().checked_sub(word.len())?;
            let same = trimmed.get(at..)?.eq_ignore_ascii_case(word);
            let letters = word.starts_with(|c: char| c.is_ascii_alphabetic());
            let inside = trimmed.get(..at)?.ends_with(|c: char| c.is_ascii_alphabetic());
            (same && !(letters && inside)).then_some(at)
        });
        starts.min()
    }

    /// Number of decimals printed.
    pub fn decimals(&self) -> u32 {
        self.value.scale()
    }

    /// Every value the figure can stand for: half a unit of the last digit to both sides.
    ///
    /// A qualifier widens it: "over" is open above, "nearly" open below, and "about" allows a
    /// whole unit of the last digit that is not a trailing zero.
    pub fn interval(&self) -> Interval {
        let half = Decimal::new(5, self.value.scale().saturating_add(1).min(28));
        self.widened(half)
    }

    /// Like [`Figure::interval`] for things that are counted one by one: digits without decimals
    /// are exact.
    pub fn counted(&self) -> Interval {
        if self.value.scale() > 0 { self.interval() } else { self.widened(Decimal::ZERO) }
    }

    fn widened(&self, half: Decimal) -> Interval {
        let (low, high) = (self.value.checked_sub(half), self.value.checked_add(half));
        match self.qualifier {
            Qualifier::None => Interval { low, high },
            Qualifier::Over | Qualifier::AtLeast => Interval { low: Some(self.value), high: None },
            Qualifier::Nearly | Qualifier::Below | Qualifier::AtMost => {
                Interval { low: None, high: Some(self.value) }
            }
            Qualifier::About => {
                let unit = last_significant_unit(self.value);
                let (low, high) = (self.value.checked_sub(unit), self.value.checked_add(unit));
                Interval { low, high }
            }
        }
    }
}

/// The place value of the last digit that is not a trailing zero: 100 for 2,300; 1 for 19,698.
fn last_significant_unit(value: Decimal) -> Decimal {
    let mut mantissa = value.mantissa();
    let mut unit = Decimal::new(1, value.scale());
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        unit = unit.checked_mul(Decimal::TEN).unwrap_or(unit);
    }
    unit
}

fn strip_before(text: &str) -> (Qualifier, &str) {
    let found = BEFORE.iter().filter_map(|(word, qualifier)| {
        let rest = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
        Some((rest.len(), *qualifier))
    });
    match found.max_by_key(|(length, _)| *length) {
        Some((length, qualifier)) => (qualifier, text.get(length..).unwrap_or_default()),
        None => (Qualifier::None, text),
    }
}

fn strip_after(text: &str) -> (Qualifier, &str) {
    let found =
        AFTER.iter().find_map(|(word, qualifier)| Some((*qualifier, text.strip_suffix(word)?)));
    found.unwrap_or((Qualifier::None, text))
}

/// Digits with optional sign, separators and decimals.
fn number(text: &str) -> Result<(Decimal, crate::quantity::Grouping), FigureFault> {
    let (negative, digits) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(FigureFault::Unexpected('.')),
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let wrong = |c: &char| !c.is_ascii_digit() && *c != ',';
    if digits.ends_with(['%', '％']) {
        return Err(FigureFault::Percent);
    }
    if let Some(c) =
        whole.chars().find(wrong).or_else(|| fraction.chars().find(|c| !c.is_ascii_digit()))
    {
        return Err(FigureFault::Unexpected(c));
    }
    if whole.is_empty() {
        return Err(FigureFault::NoDigits);
    }
    let grouped = whole.contains(',');
    if grouped && !well_grouped(whole) {
        return Err(FigureFault::Grouping);
    }
    let mut plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    if !fraction.is_empty() {
        plain = format!("{plain}.{fraction}");
    }
    if plain.len() > 28 {
        return Err(FigureFault::TooLong);
    }
    let value = Decimal::from_str(&plain).map_err(|_| FigureFault::TooLong)?;
    let grouping = if grouped {
        crate::quantity::Grouping::Thousands
    } else {
        crate::quantity::Grouping::None
    };
    Ok((if negative { -value } else { value }, grouping))
}

fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_zeros_are_precision() {
        let figure = Figure::parse("0.30").expect("a figure");
        assert_eq!(figure.value.to_string(), "0.30");
        let expected = Interval::between(Decimal::new(295, 3), Decimal::new(305, 3));
        assert_eq!(figure.interval(), expected);
    }

    #[test]
    fn qualifiers_are_part_of_the_value() {
        for (text, expected) in [
            ("42,000+", Qualifier::Over),
            ("超 150 余", Qualifier::Over),
            ("近 300", Qualifier::Nearly),
            ("约19,698", Qualifier::About),
            ("not less than 30", Qualifier::AtLeast),
            ("不少於30", Qualifier::AtLeast),
            ("不超過30", Qualifier::AtMost),
            ("120 多", Qualifier::Over),
        ] {
            let figure = Figure::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert_eq!(figure.qualifier, expected, "{text}");
        }
    }

    #[test]
    fn counts_are_exact() {
        let figure = Figure::parse("46,426").expect("a figure");
        assert_eq!(figure.counted(), Interval::exact(Decimal::from(46426)));
    }

    #[test]
    fn faults_are_named() {
        for (text, expected) in [
            ("", FigureFault::NoDigits),
            ("1,23", FigureFault::Grouping),
            ("约一百", FigureFault::Unexpected('一')),
            ("89%", FigureFault::Percent),
            ("1.2.3", FigureFault::Unexpected('.')),
            ("99999999999999999999999999999", FigureFault::TooLong),
        ] {
            assert_eq!(Figure::parse(text), Err(expected), "{text}");
        }
    }
}
