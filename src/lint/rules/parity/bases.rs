//! What rates refer to: `per RMB10,000`, `每百万元`.

use std::ops::Range;
use std::str::FromStr;

use crate::quantity::Decimal;

/// What a rate refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Place in the text.
    pub range: Range<usize>,
    /// How many.
    pub value: Decimal,
}

/// Powers of ten, longer words first.
const SCALES: [(&str, u32); 18] = [
    ("百万", 6),
    ("百萬", 6),
    ("千万", 7),
    ("千萬", 7),
    ("十万", 5),
    ("十萬", 5),
    ("百", 2),
    ("千", 3),
    ("万", 4),
    ("萬", 4),
    ("亿", 8),
    ("億", 8),
    ("hundred", 2),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("mn", 6),
    ("bn", 9),
];

/// Units and words that begin like a scale.
const NO_SCALE: &[&str] =
    &["千瓦", "千克", "千米", "千卡", "千焦", "千伏", "百分", "百年", "百姓", "万家"];

/// Currencies between the word and the number.
const MONEY: &[&str] = &[
    "RMB",
    "CNY",
    "HK$",
    "US$",
    "HKD",
    "USD",
    "EUR",
    "¥",
    "$",
    "€",
    "人民币",
    "人民幣",
    "港币",
    "港幣",
    "美元",
];

/// What rates of a text refer to, where it is more than one.
pub fn bases(text: &str) -> Vec<Base> {
    const LEADS: [&str; 7] = ["每", "per ", "every ", "Per ", "Every ", "/", "／"];
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let last = before.replace(c);
        // `super ` is no `per `, and `3/4` no rate.
        let able = match c {
            '/' | '／' => last.is_some_and(char::is_alphabetic),
            'p' | 'P' | 'e' | 'E' => !last.is_some_and(char::is_alphanumeric),
            _ => c == '每',
        };
        let rest = text.get(at..).filter(|_| able).unwrap_or_default();
        let lead = LEADS.iter().find(|lead| rest.starts_with(**lead));
        found.extend(lead.and_then(|lead| read(text, at, at + lead.len())));
    }
    found.extend(led_by_money(text));
    found.sort_by_key(|base| base.range.start);
    found
}

/// Rates that Chinese names by the money they refer to, without a word for `per`: `万元产值能耗`.
fn led_by_money(text: &str) -> Vec<Base> {
    const MONEY: [(&str, u32); 7] = [
        ("百万元", 6),
        ("百萬元", 6),
        ("千万元", 7),
        ("万元", 4),
        ("萬元", 4),
        ("亿元", 8),
        ("億元", 8),
    ];
    const OF: &str = "产值|產值|营收|營收|营业收入|營業收入|收入|增加值|工业|工業|收益|GDP";
    let mut found: Vec<Base> = Vec::new();
    if !text.contains('元') {
        return found;
    }
    for (word, power) in MONEY {
        for (at, _) in text.match_indices(word) {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let behind = text.get(at + word.len()..).unwrap_or_default();
            let counted = |c: char| {
                c.is_alphanumeric()
                    && (c.is_ascii() || "一二三四五六七八九十百千万萬亿億余餘多几数每".contains(c))
                    || c.is_whitespace()
                    || matches!(c, '/' | '／' | '\u{FFFC}')
            };
            let of = OF.split('|').any(|noun| behind.starts_with(noun));
            if !before.is_some_and(counted) && of {
                let value = Decimal::from_str(&format!("1{}", "0".repeat(power as usize)));
                let range = at..at + word.len();
                found.extend(value.ok().map(|value| Base { range, value: value.normalize() }));
            }
        }
    }
    found
}

/// A number with its scale behind the word that starts a rate.
fn read(text: &str, start: usize, at: usize) -> Option<Base> {
    let rest = text.get(at..)?;
    let mut words = rest.trim_start();
    for money in MONEY {
        words = words.strip_prefix(money).unwrap_or(words).trim_start();
    }
    let number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let length = words.find(|c| !number(c)).unwrap_or(words.len());
    let (digits, behind) = words.split_at_checked(length)?;
    let digits = digits.trim_end_matches([',', '.']);
    let plain = behind.trim_start();
    let scale = SCALES.iter().find(|(word, _)| is_scale(plain, word));
    if digits.is_empty() && scale.is_none() {
        return None;
    }
    let value = if digits.is_empty() {
        Decimal::ONE
    } else {
        Decimal::from_str(&digits.replace(',', "")).ok()?
    };
    let (value, end) = match scale {
        Some((word, power)) => {
            let factor = Decimal::from_str(&format!("1{}", "0".repeat(*power as usize))).ok()?;
            (value.checked_mul(factor)?, text.len() - plain.len() + word.len())
        }
        None => (value, text.len() - words.len() + digits.len()),
    };
    Some(Base { range: start..end, value: value.normalize() })
}

fn is_scale(text: &str, word: &str) -> bool {
    let Some(rest) = text.strip_prefix(word) else { return false };
    let ends = !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    ends && !NO_SCALE.iter().any(|other| text.starts_with(other))
}

/// Those of each text that the other lacks, if both have one.
pub fn differing(first: &str, second: &str) -> Vec<(Base, Base)> {
    let (a, b) = (bases(first), bases(second));
    let lacking = |own: &[Base], other: &[Base]| {
        let alone = own.iter().filter(|base| !other.iter().any(|o| o.value == base.value));
        alone.cloned().collect::<Vec<_>>()
    };
    let (left, right) = (lacking(&a, &b), lacking(&b, &a));
    if left.len() != right.len() {
        return Vec::new();
    }
    left.into_iter().zip(right).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        bases(text)
            .iter()
            .map(|base| format!("{} {}", &text[base.range.clone()], base.value))
            .collect()
    }

    #[test]
    fn numbers_behind_per_are_read() {
        assert_eq!(values("0.12吨每万元产值"), ["每万 10000"]);
        assert_eq!(values("每百公里4.9升，每千瓦时"), ["每百 100"]);
        assert_eq!(values("tonnes per RMB1,000 of output"), ["per RMB1,000 1000"]);
        assert_eq!(values("t per RMB million"), ["per RMB million 1000000"]);
        assert_eq!(values("吨/百万元"), ["/百万 1000000"]);
        assert_eq!(values("万元产值能耗为3万元，收入5万元收入"), ["万元 10000"]);
        assert_eq!(values("per employee, 每人, 3/4, super 100"), Vec::<String>::new());
    }
}
