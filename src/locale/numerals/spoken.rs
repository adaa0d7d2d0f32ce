//! Numbers in words: those of English, and the small Chinese ones that are words as much as numbers.
//!
//! **Invariant:** nothing here is a figure by itself; it can only be laid beside one.

use std::ops::Range;
use std::sync::LazyLock;

use crate::locale::numerals::chinese;
use crate::locale::numerals::line::{Line, NOTHING, is_blank, is_chinese, is_latin};
use crate::locale::numerals::tail::{Measure, tail};
use crate::locale::numerals::{Amount, Known, Numeral, NumeralKind, Spread};

const SMALL: [(&str, u64); 29] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("dozen", 12),
];

const LARGE: [(&str, u64); 4] =
    [("hundred", 100), ("thousand", 1000), ("million", 1_000_000), ("billion", 1_000_000_000)];

/// Words for so many times as much.
const TIMES: [(&str, &str); 14] = [
    ("double", "2"),
    ("doubled", "2"),
    ("doubles", "2"),
    ("doubling", "2"),
    ("twice", "2"),
    ("twofold", "2"),
    ("triple", "3"),
    ("tripled", "3"),
    ("trebled", "3"),
    ("threefold", "3"),
    ("quadrupled", "4"),
    ("fourfold", "4"),
    ("fivefold", "5"),
    ("tenfold", "10"),
];

/// The same in Chinese, where no numeral stands.
const CHINESE_TIMES: [(&str, &str); 4] =
    [("翻一番", "2"), ("翻番", "2"), ("翻了一番", "2"), ("倍增", "2")];

/// What has stages, which are told by Roman signs.
const STAGES: [&str; 7] = ["phase", "stage", "tier", "level", "class", "type", "category"];

/// Half of something.
const HALVES: [&str; 7] = ["一半", "半数", "半數", "过半", "過半", "近半", "逾半"];

/// What [`CHINESE_TIMES`] and [`HALVES`] start with, besides numerals.
const FIRST: [char; 7] = ['翻', '倍', '半', '过', '過', '近', '逾'];

/// Characters before a numeral that make it an order or a rate.
const LEADS: &str = "第每初数數几幾期周週礼星统統唯专專万萬";

/// Characters that what is counted starts with, besides measure words.
const COUNTED: &str = "大方级級段轮輪届屆重倍期层層周週";

/// All numbers in words of a text, in order.
pub fn spoken(text: &str, known: Known<'_>) -> Vec<Numeral> {
    let line = Line::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let fresh = !is_latin(line.before(at)) && is_latin(line.at(at));
        let read =
            if fresh { english_number(&line, at, known) } else { chinese_number(&line, at, known) };
        match read {
            Some((end, amount)) if end > at => {
                let kind = NumeralKind::Quantity(amount);
                found.push(Numeral { range: line.bytes(at..end), kind });
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// A number that starts with an English word.
fn english_number(line: &Line, at: usize, known: Known<'_>) -> Option<(usize, Amount)> {
    let end = line.word_end(at);
    if !may_start(line, at..end) {
        return None;
    }
    let first = line.text(at..end).to_lowercase();
    let first = First { at, end, text: &first };
    fraction(line, first)
        .or_else(|| times(line, first))
        .or_else(|| stage(line, first))
        .or_else(|| number(line, first, known))
}

/// Whether a word starts like one of those that a number may start with: most words do not.
fn may_start(line: &Line, word: Range<usize>) -> bool {
    static BEGINNINGS: LazyLock<[u32; 26]> = LazyLock::new(|| {
        let mut known = [0; 26];
        let words = SMALL.iter().map(|(word, _)| *word).chain(TIMES.iter().map(|(word, _)| *word));
        for word in words.chain(STAGES).chain(["half", "a", "an"]) {
            let mut letters = word.bytes().map(|letter| usize::from(letter - b'a'));
            let (first, second) = (letters.next().unwrap_or_default(), letters.next());
            known.get_mut(first).into_iter().for_each(|bits| *bits |= 1 << second.unwrap_or(26));
        }
        known
    });
    let letter = |at: usize| {
        let letter = line.at(at).to_ascii_lowercase();
        (word.contains(&at) && letter.is_ascii_lowercase())
            .then(|| usize::try_from(u32::from(letter) - u32::from('a')).unwrap_or_default())
    };
    let Some(first) = letter(word.start) else { return false };
    let bits = BEGINNINGS.get(first).copied().unwrap_or_default();
    bits >> letter(word.start + 1).unwrap_or(26) & 1 == 1
}

/// The word that a number may start with, in lower case.
#[derive(Clone, Copy)]
struct First<'a> {
    at: usize,
    end: usize,
    text: &'a str,
}

fn word(line: &Line, at: usize) -> (usize, String) {
    let end = line.word_end(at);
    (end, line.text(at..end).to_lowercase())
}

fn small(word: &str) -> Option<u64> {
    SMALL.iter().find(|(other, _)| *other == word).map(|(_, value)| *value)
}

/// The next word, with one blank or hyphen before it.
fn next(line: &Line, end: usize) -> Option<(usize, usize, String)> {
    let start = if matches!(line.at(end), '-' | '‑') { end + 1 } else { line.skip_blank(end) };
    let (stop, text) = word(line, start);
    (start > end && stop > start).then_some((start, stop, text))
}

/// `three`, `ninety-five`, `two hundred`, `a hundred`.
fn number(line: &Line, first: First<'_>, known: Known<'_>) -> Option<(usize, Amount)> {
    let (value, end) = cardinal(line, first)?;
    let half = line.has(end, " and a half");
    let end = if half { end + " and a half".len() } else { end };
    let tail = tail(line, end, known);
    let stop = if tail.measure == Measure::None { end } else { tail.end };
    let digits = if half { format!("{value}.5") } else { value.to_string() };
    Some((stop, Amount { digits, power: tail.power, unit: tail.unit, spread: Spread::One }))
}

/// A stage with its number in Roman signs: `Phase III`.
fn stage(line: &Line, first: First<'_>) -> Option<(usize, Amount)> {
    const SIGNS: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];
    if !STAGES.contains(&first.text) {
        return None;
    }
    let start = line.skip_blank(first.end);
    let stop = line.word_end(start);
    let sign = line.text(start..stop);
    let value = SIGNS.iter().position(|other| *other == sign)? + 1;
    let digits = value.to_string();
    Some((stop, Amount { digits, ..Amount::default() }))
}

fn cardinal(line: &Line, first: First<'_>) -> Option<(u64, usize)> {
    let mut end = first.end;
    let article = matches!(first.text, "a" | "an");
    let mut total = 0_u64;
    let mut open = if article { 1 } else { small(first.text)? };
    let mut scaled = false;
    while let Some((start, stop, text)) = next(line, end) {
        if let Some((_, factor)) = LARGE.iter().find(|(other, _)| *other == text) {
            open = open.checked_mul(*factor)?;
            if *factor >= 1000 {
                total = total.checked_add(open)?;
                open = 0;
            }
            scaled = true;
            end = stop;
            continue;
        }
        let hyphen = line.at(start.saturating_sub(1)) == '-';
        let tens = open % 100;
        match small(&text) {
            Some(value) if value < 10 && hyphen && tens >= 20 && tens % 10 == 0 => {
                open += value;
                end = stop;
            }
            Some(value) if scaled && value < 100 && tens == 0 => {
                open += value;
                end = stop;
            }
            None if scaled && text == "and" => {
                match next(line, stop).map(|(_, stop, text)| (stop, small(&text))) {
                    Some((stop, Some(value))) if tens == 0 && value < 100 => {
                        open += value;
                        end = stop;
                    }
                    _ => break,
                }
            }
            _ => break,
        }
    }
    (!article || scaled).then_some((total.checked_add(open)?, end))
}

/// `one third`, `two thirds`, `three quarters`, `half of`.
fn fraction(line: &Line, first: First<'_>) -> Option<(usize, Amount)> {
    let First { at, end, text: first } = first;
    let amount =
        |above, below| Amount { spread: Spread::Fraction(above, below), ..Amount::default() };
    if first == "half" {
        let of_year = line.at(end) == '-'
            || next(line, end).is_some_and(|(_, _, text)| text.starts_with("year"));
        let before = line.text(at.saturating_sub(7)..at).to_lowercase();
        let period = before.ends_with("first ") || before.ends_with("second ");
        return (!of_year && !period).then(|| (end, amount(1, 2)));
    }
    let above = if matches!(first, "a" | "one") { 1 } else { small(first)? };
    let (_, stop, text) = next(line, end)?;
    let below = match text.as_str() {
        "third" | "thirds" => 3,
        "quarter" | "quarters" => 4,
        "fifth" | "fifths" => 5,
        "sixth" | "sixths" => 6,
        "tenth" | "tenths" => 10,
        _ => return None,
    };
    let several = text.ends_with('s');
    let of = next(line, stop).is_some_and(|(_, _, text)| text == "of");
    // `a third party` and `one quarter` of a year are no shares.
    // `fell by a quarter,` is one: nothing follows that could be a third party or a quarter of a year.
    let before = line.text(at.saturating_sub(9)..at).to_lowercase();
    const LEADS: [&str; 9] =
        ["by ", "than ", "to ", "nearly ", "about ", "almost ", "over ", "around ", "roughly "];
    let led = LEADS.iter().any(|word| before.ends_with(word));
    let ends = matches!(line.at(stop), ',' | '.' | ';' | ')' | NOTHING);
    let share = if above == 1 { (of || led && ends) && !several } else { several && above < below };
    share.then(|| (stop, amount(above, below)))
}

fn times(line: &Line, first: First<'_>) -> Option<(usize, Amount)> {
    let First { end, text: first, .. } = first;
    let (_, digits) = TIMES.iter().find(|(other, _)| *other == first)?;
    let noun = next(line, end)
        .is_some_and(|(_, _, text)| text == "materiality" || text == "a" && first == "twice");
    let hyphen = line.at(end) == '-';
    let unit = "倍".to_owned();
    let amount = Amount { digits: (*digits).to_owned(), power: 0, unit, spread: Spread::One };
    (!noun && !hyphen).then_some((end, amount))
}

fn chinese_number(line: &Line, at: usize, known: Known<'_>) -> Option<(usize, Amount)> {
    let first = line.at(at);
    if !chinese::is_numeral(first) && !FIRST.contains(&first) {
        return None;
    }
    if let Some((word, digits)) = CHINESE_TIMES.iter().find(|(word, _)| line.has(at, word)) {
        let amount =
            Amount { digits: (*digits).to_owned(), unit: "倍".to_owned(), ..Amount::default() };
        return Some((at + word.chars().count(), amount));
    }
    if let Some(length) = line.longest(at, &HALVES) {
        let amount = Amount { spread: Spread::Fraction(1, 2), ..Amount::default() };
        return Some((at + length, amount));
    }
    let before = line.before(at);
    if !chinese::is_numeral(first) || chinese::is_numeral(before) || LEADS.contains(before) {
        return None;
    }
    let end = (at..line.len()).find(|at| !chinese::is_numeral(line.at(*at))).unwrap_or(line.len());
    let run: Vec<char> = line.text(at..end).chars().collect();
    let value = chinese::value(&run).filter(|value| *value > 0)?;
    let tail = tail(line, end, known);
    let counted = tail.measure != Measure::None || COUNTED.contains(line.at(end));
    let ordinal = before.is_ascii_digit() || is_blank(before) && is_chinese(line.at(end));
    if !counted || ordinal {
        return None;
    }
    let stop = tail.end.max(end);
    // `三个半` and `两年半`, but not `三个半导体厂`.
    let half = line.at(stop) == '半' && !line.has(stop, "半导") && !line.has(stop, "半導");
    let stop = if half { stop + 1 } else { stop };
    let digits = if half { format!("{value}.5") } else { value.to_string() };
    Some((stop, Amount { digits, power: tail.power, unit: tail.unit, spread: Spread::One }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_start_with_is_known() {
        let times = CHINESE_TIMES.iter().map(|(word, _)| *word);
        for word in times.chain(HALVES) {
            let first = word.chars().next().expect("a character");
            assert!(chinese::is_numeral(first) || FIRST.contains(&first), "{word}");
        }
        let numbers =
            SMALL.iter().map(|(word, _)| *word).chain(TIMES.iter().map(|(word, _)| *word));
        for word in numbers.chain(STAGES).chain(["half", "a", "an"]) {
            assert!(may_start(&Line::new(word), 0..word.len()), "{word}");
            assert!(may_start(&Line::new(&word.to_uppercase()), 0..word.len()), "{word}");
        }
        assert!(!may_start(&Line::new("water"), 0..5));
    }
}
