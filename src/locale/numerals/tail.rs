//! What stands behind digits: scale and unit.

use crate::locale::numerals::Known;
use crate::locale::numerals::line::{Line, is_blank, is_chinese, is_latin};
use crate::locale::numerals::words::{
    CLASSIFIERS, MEASURES, NO_CLASSIFIER, NO_SCALE, PERCENT, PHYSICAL, SCALES, WORD_SCALES,
};

/// How sure it is that something is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Nothing that was recognised follows.
    None,
    /// Something that is counted.
    Count,
    /// A percentage, a scale, or a unit that is measured.
    Sure,
}

/// Scale and unit behind digits.
#[derive(Debug, Clone)]
pub struct Tail {
    /// Power of ten of the scale.
    pub power: u32,
    /// What was recognised.
    pub measure: Measure,
    /// The unit as written.
    pub unit: String,
    /// One past the last character; the place asked for if there is nothing.
    pub end: usize,
}

/// Reads scale and unit at a place.
pub fn tail(line: &Line, start: usize, known: Known<'_>) -> Tail {
    let mut tail = Tail { power: 0, measure: Measure::None, unit: String::new(), end: start };
    let mut at = start;
    if line.at(at) == '+' {
        at += 1;
        tail.end = at;
    }
    at = more(line, at);
    at = scale(line, at, &mut tail);
    at = more(line, at);
    unit(line, at, known, &mut tail);
    tail
}

/// Past the sign that there are more, such as `余`.
fn more(line: &Line, at: usize) -> usize {
    if matches!(line.at(at), '余' | '餘' | '多' | '来') { at + 1 } else { at }
}

fn scale(line: &Line, start: usize, tail: &mut Tail) -> usize {
    let at = line.skip_blank(start);
    if line.longest(at, NO_SCALE).is_none()
        && let Some((word, power)) = SCALES.iter().find(|(word, _)| line.has(at, word))
    {
        let end = at + word.chars().count();
        (tail.power, tail.measure, tail.end) = (*power, Measure::Sure, end);
        return end;
    }
    let word = line.text(at..line.word_end(at)).to_lowercase();
    if let Some((word, power)) = WORD_SCALES.iter().find(|(other, _)| *other == word) {
        let end = at + word.chars().count();
        (tail.power, tail.measure, tail.end) = (*power, Measure::Sure, end);
        return end;
    }
    start
}

fn unit(line: &Line, start: usize, known: Known<'_>, tail: &mut Tail) {
    let hyphen = line.at(start) == '-' && is_latin(line.at(start + 1));
    let at = if hyphen { start + 1 } else { line.skip_blank(start) };
    if let Some(length) = line.longest(at, PERCENT) {
        let sign = line.at(at);
        let points = line.text(at..at + length).to_lowercase();
        tail.unit = match points.as_str() {
            "%" | "percent" | "per cent" | "pct" => "%".to_owned(),
            "‰" => sign.to_string(),
            "basis points" | "个基点" | "個基點" | "基点" | "基點" => "bp".to_owned(),
            _ => "pp".to_owned(),
        };
        (tail.measure, tail.end) = (Measure::Sure, at + length);
    } else if is_chinese(line.at(at)) {
        chinese_unit(line, at, known, tail);
    } else {
        latin_unit(line, at, known, tail);
    }
}

fn chinese_unit(line: &Line, at: usize, known: Known<'_>, tail: &mut Tail) {
    if line.longest(at, NO_CLASSIFIER).is_some() {
        return;
    }
    for length in (1..=8).rev() {
        let word = line.text(at..at + length);
        let sure = is_sure(&word);
        if sure || (known.unit)(&word) {
            tail.measure = tail.measure.max(if sure { Measure::Sure } else { Measure::Count });
            (tail.unit, tail.end) = (word, at + length);
            return;
        }
    }
    if CLASSIFIERS.contains(line.at(at)) {
        tail.measure = tail.measure.max(Measure::Count);
        (tail.unit, tail.end) = (line.at(at).to_string(), at + 1);
    }
}

/// Tries three words, then two, then one, then what stands before a slash.
fn latin_unit(line: &Line, at: usize, known: Known<'_>, tail: &mut Tail) {
    let mut ends = Vec::new();
    let mut end = at;
    for _ in 0..3 {
        let next = token_end(line, end);
        if next == end {
            break;
        }
        ends.push(next);
        end = line.skip_blank(next);
    }
    let first = ends.first().copied().unwrap_or(at);
    // `90 working hours` are hours.
    let kind = line.text(at..first).to_lowercase();
    let then = line.skip_blank(first);
    let time = ["hour", "hours", "minutes", "weeks", "months"];
    if matches!(kind.as_str(), "working" | "calendar" | "training" | "service" | "consecutive")
        && time.contains(&line.text(then..token_end(line, then)).as_str())
    {
        return latin_unit(line, then, known, tail);
    }
    let slash = (at..first).find(|at| line.at(*at) == '/');
    let candidates = ends.into_iter().rev().chain(slash);
    for end in candidates {
        let word = line.text(at..end);
        let sure = is_sure(&word);
        if sure || (known.unit)(&word) {
            tail.measure = tail.measure.max(if sure { Measure::Sure } else { Measure::Count });
            (tail.unit, tail.end) = (word, end);
            return;
        }
    }
}

fn is_sure(word: &str) -> bool {
    MEASURES.contains(&word) || PHYSICAL.contains(&word)
}

fn token_end(line: &Line, at: usize) -> usize {
    let inside = |c: char| {
        is_latin(c)
            || c.is_ascii_digit()
            || matches!(
                c,
                '°' | '²'
                    | '³'
                    | '₂'
                    | '₄'
                    | '·'
                    | '/'
                    | '-'
                    | 'µ'
                    | 'μ'
                    | '℃'
                    | '℉'
                    | '×'
                    | '%'
            )
    };
    let end = (at..line.len()).find(|at| !inside(line.at(*at)) || is_blank(line.at(*at)));
    let end = end.unwrap_or(line.len());
    let trimmed = (at..end).rev().find(|at| !matches!(line.at(*at), '-' | '/'));
    trimmed.map_or(at, |at| at + 1)
}
