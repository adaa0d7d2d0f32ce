//! Arabic digits.

use crate::locale::numerals::line::{Line, is_chinese};
use crate::locale::numerals::literal;
use crate::locale::numerals::reading::{Shape, number, range_after};
use crate::locale::numerals::tail::{Measure, tail};
use crate::locale::numerals::words::CURRENCIES;
use crate::locale::numerals::{Amount, Known, Literal, NumeralKind, Spread};

/// Reads the numeral that starts at a place; `chain` is the literal before it with its end.
pub fn read(
    line: &Line,
    at: usize,
    chain: Option<(usize, Literal)>,
    known: Known<'_>,
) -> (usize, NumeralKind) {
    let first = number(line, at);
    if let Some((end, amount)) = bracketed(line, at, first.end, &first.digits, known) {
        return (end, NumeralKind::Quantity(amount));
    }
    let last = range_after(line, &first);
    let ranged = last.is_some();
    let last = last.unwrap_or_else(|| first.clone());
    let tail = tail(line, last.end, known);
    let context = literal::Context { line, first: &first, last: &last, tail: &tail, chain };
    if let Some((end, kind)) = literal::of(&context) {
        return (end, NumeralKind::Literal(kind));
    }
    let exact = !ranged && first.shape != Shape::Dotted && line.at(first.end) != '/';
    let spread =
        if ranged { Spread::Range(first.digits.clone(), last.digits.clone()) } else { Spread::One };
    let digits = if exact { signed(line, at, first.digits) } else { String::new() };
    let money = currency(line, at).map(|(_, unit)| unit.to_owned());
    let unit = with_money(money, tail.unit);
    let amount = Amount { digits, power: tail.power, unit, spread };
    (tail.end.max(last.end), NumeralKind::Quantity(amount))
}

/// Digits in brackets between a currency and a scale or unit, as accounts write what is below zero:
/// `RMB(240) million`, `（2.4）亿元`.
fn bracketed(
    line: &Line,
    at: usize,
    end: usize,
    digits: &str,
    known: Known<'_>,
) -> Option<(usize, Amount)> {
    let opens = matches!(line.before(at), '(' | '（');
    if !opens || !matches!(line.at(end), ')' | '）') {
        return None;
    }
    let tail = tail(line, end + 1, known);
    let money = currency(line, at - 1).map(|(_, unit)| unit.to_owned());
    if money.is_none() && tail.measure != Measure::Sure {
        return None;
    }
    let unit = with_money(money, tail.unit);
    let digits = format!("-{digits}");
    Some((tail.end, Amount { digits, power: tail.power, unit, spread: Spread::One }))
}

/// The unit behind digits, or the currency before them: `港币20亿元` is in Hong Kong dollars.
fn with_money(money: Option<String>, unit: String) -> String {
    let open = unit.is_empty() || matches!(unit.as_str(), "元" | "圆" | "圓");
    money.filter(|_| open).unwrap_or(unit)
}

/// Digits with the minus that stands before them, if one does.
fn signed(line: &Line, at: usize, digits: String) -> String {
    if has_minus(line, at) { format!("-{digits}") } else { digits }
}

fn has_minus(line: &Line, at: usize) -> bool {
    let earlier = if at < 2 { ' ' } else { line.at(at - 2) };
    let alone = !earlier.is_alphanumeric() || is_chinese(earlier);
    matches!(line.before(at), '-' | '−') && alone
}

/// Where a figure starts whose digits start at a place: at its minus or its currency.
pub fn lead(line: &Line, at: usize) -> usize {
    if has_minus(line, at) {
        return at - 1;
    }
    if matches!(line.before(at), '(' | '（') && currency(line, at - 1).is_some() {
        return currency(line, at - 1).map_or(at, |(start, _)| start);
    }
    currency(line, at).map_or(at, |(start, _)| start)
}

/// The currency that stands before digits, with its start.
pub fn currency(line: &Line, at: usize) -> Option<(usize, &'static str)> {
    let end = line.trim_blank(at);
    let found = CURRENCIES.iter().filter(|word| line.ends(end, word));
    let word = found.max_by_key(|word| word.len())?;
    let start = end - word.chars().count();
    let letters = word.chars().all(|c| c.is_ascii_alphabetic());
    let inside = letters && line.before(start).is_ascii_alphabetic();
    (!inside).then_some((start, *word))
}
