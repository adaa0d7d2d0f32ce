//! Numerals in running text, told apart from digits that only name something.
//!
//! **Invariant:** a numeral covers whole characters of the text it was found in, and no two overlap.
//!
//! **Invariant:** what is measured or counted keeps its digits as written; nothing is calculated
//! here.

mod ages;
mod around;
mod chinese;
mod digits;
mod line;
mod literal;
mod reading;
mod shield;
mod spoken;
mod tail;
mod words;

use std::ops::Range;

pub use self::shield::Phrases;
pub use self::spoken::spoken;

use self::line::Line;

/// A numeral with its place, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// Place, with unit and scale.
    pub range: Range<usize>,
    /// What it is.
    pub kind: NumeralKind,
}

/// What a numeral is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumeralKind {
    /// Something measured or counted.
    Quantity(Amount),
    /// A name, a date or the like.
    Literal(Literal),
}

/// Digits with scale and unit, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amount {
    /// Digits in the form `1234.50`; empty where the value is not known, as in a range or fraction.
    pub digits: String,
    /// Power of ten that the scale stands for: 4 for `万`, 6 for `million`.
    pub power: u32,
    /// Unit as written; empty if none was recognised.
    pub unit: String,
    /// What stands in the place of digits where the value is no single number.
    pub spread: Spread,
}

/// A value that is no single number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Spread {
    /// It is one.
    #[default]
    One,
    /// From the first to the second, in digits.
    Range(String, String),
    /// The first of the second: `三分之二`, `two thirds`.
    Fraction(u64, u64),
}

/// What digits stand for when they measure nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal {
    /// A year, month or day.
    Date,
    /// A time of day.
    Time,
    /// A place in an order: `2nd`, `第三`.
    Ordinal,
    /// A page, table, chapter, scope or tier.
    Reference,
    /// A standard, clause, product, model, substance or version.
    Name,
    /// A telephone number, link or address.
    Contact,
    /// What a rate or an interval refers to: `per 1,000`, `every 10 minutes`, `每万元`.
    Base,
    /// An age, a scenario or another figure that is part of a term.
    Term,
    /// One that the report declares.
    Declared,
}

/// What the recogniser is told from outside.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Whether a text is a unit.
    pub unit: &'a dyn Fn(&str) -> bool,
    /// Texts that are declared literals.
    pub literals: &'a Phrases,
}

/// All numerals of a text, in order. Number words of English and Chinese numerals below ten are
/// words, and are not among them.
pub fn numerals(text: &str, known: Known<'_>) -> Vec<Numeral> {
    let line = Line::new(text);
    let shields = shield::shields(&line, known.literals);
    let mut found: Vec<Numeral> = Vec::new();
    let mut chain: Option<(usize, Literal)> = None;
    let (mut at, mut next) = (0, 0);
    while at < line.len() {
        while shields.get(next).is_some_and(|(range, _)| range.end <= at) {
            next += 1;
        }
        let ahead = shields.get(next..).unwrap_or_default();
        let shield = ahead.first().filter(|(range, _)| range.contains(&at));
        let read = match shield {
            Some((range, kind)) => Some((range.end, NumeralKind::Literal(*kind))),
            None if line.at(at).is_ascii_digit() => Some(digits::read(&line, at, chain, known)),
            None if is_fraction(line.at(at)) => {
                let after = tail::tail(&line, at + 1, known);
                let amount = Amount { unit: after.unit, ..Amount::default() };
                Some((after.end.max(at + 1), NumeralKind::Quantity(amount)))
            }
            None if line.at(at).is_ascii() => None,
            None => chinese::formal(&line, at, known).or_else(|| chinese::read(&line, at, known)),
        };
        let Some((end, kind)) = read else {
            at += 1;
            continue;
        };
        let end = ahead
            .iter()
            .map(|(range, _)| range.start)
            .find(|start| *start > at)
            .map_or(end, |start| end.min(start));
        chain = match &kind {
            NumeralKind::Literal(literal) => Some((end, *literal)),
            NumeralKind::Quantity(_) => None,
        };
        let end = end.max(at + 1);
        let start = match &kind {
            NumeralKind::Quantity(_) => digits::lead(&line, at),
            NumeralKind::Literal(_) => at,
        };
        found.push(Numeral { range: line.bytes(start..end), kind });
        at = end;
    }
    found
}

/// `½`, `⅔` and the like.
fn is_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '⅐'..='⅞')
}

/// The years that a text names.
pub fn years(text: &str, known: Known<'_>) -> Vec<u16> {
    let dates = numerals(text, known)
        .into_iter()
        .filter(|numeral| matches!(numeral.kind, NumeralKind::Literal(Literal::Date)));
    let mut years: Vec<u16> = Vec::new();
    for date in dates {
        let words = text.get(date.range).unwrap_or_default();
        for part in words.split(|c: char| !c.is_ascii_digit()) {
            let year = part.parse::<u16>().ok().filter(|year| (1900..2100).contains(year));
            years.extend(year.filter(|_| part.len() == 4));
        }
    }
    years.sort_unstable();
    years.dedup();
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(text: &str) -> Vec<(String, u32, String)> {
        let unit = |text: &str| ["kWh", "元", "吨", "people"].contains(&text);
        let literals = Phrases::new(["24 hours"].into_iter());
        let known = Known { unit: &unit, literals: &literals };
        let kinds = numerals(text, known).into_iter().map(|numeral| numeral.kind);
        let amounts = kinds.filter_map(|kind| match kind {
            NumeralKind::Quantity(amount) => Some((amount.digits, amount.power, amount.unit)),
            NumeralKind::Literal(_) => None,
        });
        amounts.collect()
    }

    fn amount(digits: &str, power: u32, unit: &str) -> Vec<(String, u32, String)> {
        vec![(digits.to_owned(), power, unit.to_owned())]
    }

    #[test]
    fn scales_and_units_are_read() {
        assert_eq!(amounts("331亿元"), amount("331", 8, "元"));
        assert_eq!(amounts("1.2 million kWh"), amount("1.2", 6, "kWh"));
        assert_eq!(amounts("三百二十吨"), amount("320", 0, "吨"));
        assert_eq!(amounts("约１，２００余吨"), amount("1200", 0, "吨"));
        assert_eq!(amounts("三点五倍"), amount("3.5", 0, "倍"));
        assert_eq!(amounts("10–20%"), amount("", 0, "%"));
    }

    #[test]
    fn literals_measure_nothing() {
        for text in
            ["within 24 hours", "2024年3月", "ISO 14001", "第87页", "一致", "Scope 1", "SU7"]
        {
            assert_eq!(amounts(text), Vec::new(), "{text}");
        }
    }

    #[test]
    fn years_are_found_in_dates() {
        let known = Known { unit: &|_| false, literals: &Phrases::default() };
        assert_eq!(years("2022–2026年，2024年3月18日，2,024 t", known), vec![2022, 2024, 2026]);
    }
}
