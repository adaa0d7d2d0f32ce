//! Dates as they are written in prose, in English and Chinese.
//!
//! **Invariant:** a date holds what is written and nothing that is inferred.

use std::ops::Range;

use crate::locale::{Numeral, NumeralKind, month_number};

use crate::locale::numerals::Literal;

/// A date as written; what is not written is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenDate {
    /// Place, in bytes of the text.
    pub range: Range<usize>,
    /// Year.
    pub year: Option<u16>,
    /// Month.
    pub month: Option<u8>,
    /// Day.
    pub day: Option<u8>,
    /// Half or quarter of a year.
    pub part: Option<PartOfYear>,
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOfYear {
    /// First or second half.
    Half(u8),
    /// First to fourth quarter.
    Quarter(u8),
}

/// A piece of a text that can be part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Year(u16),
    Month(u8),
    Day(u8),
    Part(PartOfYear),
}

type Placed = (Range<usize>, Token);

/// All dates of a text whose numerals are read, in order.
pub fn dates_among(text: &str, numerals: &[Numeral]) -> Vec<WrittenDate> {
    let mut tokens: Vec<Placed> = Vec::new();
    tokens.extend(digits(text, numerals));
    tokens.extend(months(text));
    tokens.extend(chinese(text));
    tokens.extend(parts(text));
    tokens.sort_by_key(|(range, _)| (range.start, range.end));
    tokens.dedup_by(|later, earlier| later.0.start < earlier.0.end);
    join(text, &tokens)
}

/// Dates in digits: years, and what follows them.
fn digits(text: &str, numerals: &[Numeral]) -> Vec<Placed> {
    let mut found = Vec::new();
    for numeral in numerals {
        let short = matches!(numeral.kind, NumeralKind::Literal(Literal::Name))
            && text.get(numeral.range.clone()).is_some_and(|t| t.len() >= 4)
            && text.get(..numeral.range.start).is_some_and(|t| t.ends_with("FY"));
        if !short && numeral.kind != NumeralKind::Literal(Literal::Date) {
            continue;
        }
        let words = text.get(numeral.range.clone()).unwrap_or_default();
        let base = numeral.range.start;
        let iso = words.matches(['-', '/', '.']).count() == 2;
        let mut at = 0;
        for piece in words.split(|c: char| !c.is_ascii_digit()) {
            let start = base + at;
            at += piece.len();
            let rest = words.get(at..).unwrap_or_default();
            at += rest.chars().next().map_or(0, char::len_utf8);
            let Ok(value) = piece.parse::<u16>() else { continue };
            let small = u8::try_from(value).unwrap_or(u8::MAX);
            let token = match piece.len() {
                4 => Token::Year(value),
                _ if rest.trim_start().starts_with('月') || iso && month_next(&found, base) => {
                    Token::Month(small)
                }
                // In `2023/24` the second year is short.
                2 if !iso && year_before(text, start) => Token::Year(value + 2000),
                _ if (1..=31).contains(&small) => Token::Day(small),
                _ => continue,
            };
            found.push((start..start + piece.len(), token));
        }
    }
    found
}

fn month_next(found: &[Placed], base: usize) -> bool {
    let last = found.last().filter(|(range, _)| range.start >= base);
    matches!(last, Some((_, Token::Year(_))))
}

/// Whether four digits and a slash or dash stand right before a place.
fn year_before(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let digits = before.trim_end_matches(['/', '-', '–']);
    let joined = digits.len() < before.len();
    joined && digits.len() >= 4 && digits.bytes().rev().take(4).all(|b| b.is_ascii_digit())
}

/// English names of months, where they cannot be another word.
fn months(text: &str) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_ascii_alphabetic() {
            continue;
        }
        let word = text.get(start..at).unwrap_or_default();
        let named = word.starts_with(|c: char| c.is_ascii_uppercase());
        if let Some(month) = named.then(|| month_number(word)).flatten() {
            let before = text.get(..start).unwrap_or_default().trim_end();
            let after = text.get(at..).unwrap_or_default().trim_start();
            let near = before.ends_with(|c: char| c.is_ascii_digit())
                || after.starts_with(|c: char| c.is_ascii_digit());
            let lead = ["in", "since", "from", "until", "by", "of", "to", "and", "between", "at"];
            let led = before.rsplit(' ').next().is_some_and(|word| lead.contains(&word));
            let long = word.len() > 4;
            if near || led && (word != "May" || before.ends_with("in")) || long {
                found.push((start..at, Token::Month(month)));
            }
        }
        start = at + c.len_utf8();
    }
    found
}

/// Years, months and days in Chinese numerals: `二〇二四年十一月十二日`.
fn chinese(text: &str) -> Vec<Placed> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit_or_ten = |c: char| {
        !c.is_ascii()
            && matches!(
                c,
                '〇' | '零'
                    | '○'
                    | '一'
                    | '二'
                    | '三'
                    | '四'
                    | '五'
                    | '六'
                    | '七'
                    | '八'
                    | '九'
                    | '十'
            )
    };
    let mut found: Vec<Placed> = Vec::new();
    let mut run: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if digit_or_ten(c) {
            run.get_or_insert(at);
            continue;
        }
        let Some(start) = run.take() else { continue };
        let words: Vec<char> = text.get(start..at).unwrap_or_default().chars().collect();
        let digit = |c: &char| match c {
            '零' | '○' => Some(0),
            c => DIGITS.chars().position(|other| other == *c),
        };
        let year = |words: &[char]| {
            let year: Option<Vec<usize>> = words.iter().map(digit).collect();
            let year = year.map(|digits| digits.iter().fold(0, |year, d| year * 10 + d));
            year.and_then(|year| u16::try_from(year).ok()).map(Token::Year)
        };
        let value = || -> Option<usize> {
            match words.as_slice() {
                ['十'] => Some(10),
                [a] => digit(a),
                ['十', b] => Some(10 + digit(b)?),
                [a, '十'] => Some(digit(a)? * 10),
                [a, '十', b] => Some(digit(a)? * 10 + digit(b)?),
                _ => None,
            }
        };
        let small = value().and_then(|value| u8::try_from(value).ok());
        let after_month = || {
            found.last().is_some_and(|(range, token)| {
                matches!(token, Token::Month(_)) && range.end + '月'.len_utf8() >= start
            })
        };
        let token = match c {
            '年' | '/' | '／' if words.len() == 4 => year(&words),
            // In `二零二三／二四年度` the second year is short.
            '年' if words.len() == 2
                && text.get(..start).is_some_and(|t| t.ends_with(['/', '／'])) =>
            {
                year(&words).map(|short| match short {
                    Token::Year(value) => Token::Year(value + 2000),
                    other => other,
                })
            }
            // `三月三` is a festival.
            '月' if !next_is_numeral(text, at) => {
                small.filter(|month| (1..=12).contains(month)).map(Token::Month)
            }
            '日' if after_month() => small.filter(|day| (1..=31).contains(day)).map(Token::Day),
            _ => None,
        };
        found.extend(token.map(|token| (start..at, token)));
    }
    found
}

/// Whether a Chinese numeral follows the sign at a place, and no day with it.
fn next_is_numeral(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars().skip(1);
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let first = rest.next().is_some_and(numeral);
    let after = rest.find(|c| !numeral(*c));
    first && !matches!(after, Some('日' | '号' | '號'))
}

/// Halves and quarters of years.
fn parts(text: &str) -> Vec<Placed> {
    const WORDS: [(&str, PartOfYear); 24] = [
        ("first half", PartOfYear::Half(1)),
        ("second half", PartOfYear::Half(2)),
        ("上半年", PartOfYear::Half(1)),
        ("下半年", PartOfYear::Half(2)),
        ("first quarter", PartOfYear::Quarter(1)),
        ("second quarter", PartOfYear::Quarter(2)),
        ("third quarter", PartOfYear::Quarter(3)),
        ("fourth quarter", PartOfYear::Quarter(4)),
        ("Q1", PartOfYear::Quarter(1)),
        ("Q2", PartOfYear::Quarter(2)),
        ("Q3", PartOfYear::Quarter(3)),
        ("Q4", PartOfYear::Quarter(4)),
        ("第一季度", PartOfYear::Quarter(1)),
        ("第二季度", PartOfYear::Quarter(2)),
        ("第三季度", PartOfYear::Quarter(3)),
        ("第四季度", PartOfYear::Quarter(4)),
        ("一季度", PartOfYear::Quarter(1)),
        ("二季度", PartOfYear::Quarter(2)),
        ("三季度", PartOfYear::Quarter(3)),
        ("四季度", PartOfYear::Quarter(4)),
        ("第一季", PartOfYear::Quarter(1)),
        ("第二季", PartOfYear::Quarter(2)),
        ("第三季", PartOfYear::Quarter(3)),
        ("第四季", PartOfYear::Quarter(4)),
    ];
    let mut found = Vec::new();
    // Single characters are looked for first, which takes next to nothing.
    let named = text.contains(['Q', '季'])
        || [('半', "半年"), ('q', "quarter"), ('h', "half")]
            .iter()
            .any(|(first, word)| text.contains(*first) && text.contains(word));
    for (word, part) in WORDS.into_iter().filter(|_| named) {
        for (at, _) in text.match_indices(word) {
            let before = text.get(..at).unwrap_or_default();
            if before.ends_with(['每', '下', '上', '该', '該', '各', '逐']) {
                continue;
            }
            found.push((at..at + word.len(), Token::Part(part)));
        }
    }
    found
}

/// Joins tokens that stand together into dates.
fn join(text: &str, tokens: &[Placed]) -> Vec<WrittenDate> {
    let mut found: Vec<WrittenDate> = Vec::new();
    for (range, token) in tokens {
        let between = found.last().and_then(|date| text.get(date.range.end..range.start));
        let near = between.is_some_and(joins);
        if let Some(date) = found.last_mut().filter(|_| near)
            && take(date, *token)
        {
            date.range.end = range.end;
            continue;
        }
        let mut date = WrittenDate { range: range.clone(), ..WrittenDate::default() };
        take(&mut date, *token);
        found.push(date);
    }
    // Days alone are no dates.
    found.retain(|date| date.year.is_some() || date.month.is_some() || date.part.is_some());
    found
}

/// Whether what stands between two tokens keeps them together.
fn joins(between: &str) -> bool {
    let plain: String = between.chars().filter(|c| !c.is_whitespace()).collect();
    let ends = ["", ",", "年", "月", "-", "/", "／", ".", "of", "日", "ofthe", "年度", "，"];
    ends.contains(&plain.as_str()) && !(plain == "，" || plain == "日")
}

/// Adds a token to a date that does not have such a thing yet.
fn take(date: &mut WrittenDate, token: Token) -> bool {
    fn set<T>(slot: &mut Option<T>, value: T) -> bool {
        let free = slot.is_none();
        if free {
            *slot = Some(value);
        }
        free
    }
    match token {
        Token::Year(year) => set(&mut date.year, year),
        Token::Month(month) => set(&mut date.month, month),
        Token::Day(day) => set(&mut date.day, day),
        Token::Part(part) => set(&mut date.part, part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Known, Phrases, numerals};

    fn read(text: &str) -> Vec<(Option<u16>, Option<u8>, Option<u8>)> {
        let known = Known { unit: &|_| false, literals: &Phrases::default() };
        let dates = dates_among(text, &numerals(text, known)).into_iter();
        dates.map(|date| (date.year, date.month, date.day)).collect()
    }

    #[test]
    fn dates_are_read_in_both_languages() {
        let day = vec![(Some(2024), Some(11), Some(12))];
        assert_eq!(read("On 12 November 2024 it"), day);
        assert_eq!(read("On November 12, 2024, it"), day);
        assert_eq!(read("2024年11月12日，"), day);
        assert_eq!(read("二〇二四年十一月十二日"), day);
        assert_eq!(read("2024-11-12"), day);
        assert_eq!(read("in March 2024"), vec![(Some(2024), Some(3), None)]);
        assert_eq!(read("we may march in time"), vec![]);
    }

    #[test]
    fn ranges_are_two_dates() {
        let years = vec![(Some(2022), None, None), (Some(2024), None, None)];
        assert_eq!(read("2022至2024年间"), years);
        assert_eq!(read("between 2022 and 2024"), years);
        assert_eq!(read("FY2023/24"), vec![(Some(2023), None, None), (Some(2024), None, None)]);
        assert_eq!(
            read("from January 1 to December 31, 2024"),
            vec![(None, Some(1), Some(1)), (Some(2024), Some(12), Some(31))]
        );
    }
}
