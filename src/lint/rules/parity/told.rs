//! What a text tells in figures, bound or written, in a form that can be compared.
//!
//! **Invariant:** no floats, and no figure is changed by reading it: units are compared by their
//! sizes, digits by what was printed.

use std::ops::Range;
use std::str::FromStr;

use crate::content::Insert;
use crate::formula::evaluate;
use crate::locale::{Amount, Literal, NumeralKind, Spread, spoken};
use crate::quantity::{Decimal, Unit, UnitDef, UnitFault, UnitTable};
use crate::report::{InYear, Report};

use crate::lint::rules::parity::bound::canonical;
use crate::lint::rules::parity::qualifier::{Degree, degree};
use crate::lint::rules::parity::run::Run;

/// How much it takes to leave a figure out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firmness {
    /// A number in words, which another language may well say without one.
    Word,
    /// A figure that has to stand in every language.
    Figure,
    /// One that is bound to facts.
    Bound,
}

/// What a number counts or measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// Nothing that is said.
    Bare,
    /// Parts of a whole; one is all of it.
    Share,
    /// A difference of shares.
    Points,
    /// So many times as much.
    Times,
    /// Things that are counted, or a unit that is not known.
    Count,
    /// Something physical, as one of some units: kind and size.
    Physical(Vec<(String, Decimal)>),
}

/// A figure as it is told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Place in the text.
    pub range: Range<usize>,
    /// As written.
    pub text: String,
    /// The expression, where it is bound.
    pub bound: Option<String>,
    /// Value with its scale.
    pub value: Decimal,
    /// What one unit of the last digit stands for; zero if the value is exact.
    pub step: Decimal,
    /// Digits that are written.
    pub digits: usize,
    /// What it measures.
    pub measured: Measured,
    /// How firm it is.
    pub firmness: Firmness,
    /// What is said about it besides the digits.
    pub degree: Degree,
    /// Whether a Chinese verb of growth stands before it.
    pub grown: bool,
}

/// All figures of a text, in order.
pub fn told(report: &Report, run: &Run<'_>) -> Vec<Told> {
    let table = &report.content.units.table;
    let text = run.text();
    let mut found: Vec<Told> =
        run.inserts.iter().filter_map(|(at, insert)| bound(report, run, *at, insert)).collect();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for numeral in run.numerals(report) {
        let open = run.prose.is_open(numeral.range.start);
        match &numeral.kind {
            NumeralKind::Quantity(amount) if !open => {
                let before = found.len();
                push(&mut found, table, text, &numeral.range, amount, Firmness::Figure);
                if found.len() > before {
                    taken.push(numeral.range.clone());
                }
            }
            NumeralKind::Literal(Literal::Declared | Literal::Term | Literal::Base) if !open => {
                let before = found.len();
                literal(&mut found, table, text, &numeral.range);
                if found.len() > before {
                    taken.push(numeral.range.clone());
                }
            }
            NumeralKind::Literal(Literal::Name) if is_age(text, &numeral.range) => {
                for part in words_of(text, &numeral.range) {
                    literal(&mut found, table, text, &part);
                }
                taken.push(numeral.range.clone());
            }
            _ if !is_chinese_run(text, &numeral.range) => taken.push(numeral.range.clone()),
            _ => {}
        }
    }
    for numeral in report.knowing(|known| spoken(text, known)) {
        let clear = |range: &Range<usize>| {
            range.end <= numeral.range.start || numeral.range.end <= range.start
        };
        if let NumeralKind::Quantity(amount) = &numeral.kind
            && taken.iter().all(clear)
        {
            push(&mut found, table, text, &numeral.range, amount, Firmness::Word);
        }
    }
    found.sort_by_key(|told| told.range.start);
    inherit(&mut found, text);
    found
}

/// Whether digits name an age, which English tells as a number.
fn is_age(text: &str, range: &Range<usize>) -> bool {
    let words = text.get(range.clone()).unwrap_or_default();
    words.contains(['岁', '歲']) && words.starts_with(|c: char| c.is_ascii_digit())
}

/// The numbers inside a part of a text.
fn words_of(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let words = text.get(range.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    for part in words.split(|c: char| !c.is_ascii_digit()) {
        if !part.is_empty() {
            found.push(range.start + at..range.start + at + part.len());
        }
        at += part.len();
        at += words.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

fn is_chinese_run(text: &str, range: &Range<usize>) -> bool {
    let words = text.get(range.clone()).unwrap_or_default();
    !words.bytes().any(|b| b.is_ascii_digit())
}

/// A figure that is bound.
fn bound(report: &Report, run: &Run<'_>, at: usize, insert: &Insert) -> Option<Told> {
    let lookup = InYear { year: report.year(), inner: report };
    let quantity = evaluate(&insert.expr, &lookup).ok()?.result;
    let value = if insert.absolute { quantity.value.abs() } else { quantity.value };
    let measured = measured_as(&report.content.units.table, &quantity.unit);
    let value = if measured == Measured::Share || measured == Measured::Points {
        value.checked_mul(size(&report.content.units.table, &quantity.unit))?
    } else {
        value
    };
    let range = at..at + crate::lint::rules::narrative::prose::HOLE.len_utf8();
    Some(Told {
        degree: degree(run.text(), &range),
        grown: false,
        range,
        text: format!("{{{{ {} }}}}", insert.expr),
        bound: Some(canonical(&insert.expr)),
        value,
        step: Decimal::ZERO,
        digits: usize::MAX,
        measured,
        firmness: Firmness::Bound,
    })
}

fn size(table: &UnitTable, unit: &Unit) -> Decimal {
    let simple = unit.below.is_empty().then(|| unit.above.first()).flatten();
    simple.and_then(|id| table.get(id)).map_or(Decimal::ONE, |def| def.factor)
}

fn measured_as(table: &UnitTable, unit: &Unit) -> Measured {
    match unit.above.as_slice() {
        [] if unit.below.is_empty() => Measured::Share,
        [id] if unit.below.is_empty() => kind_of(table, id),
        _ => Measured::Count,
    }
}

fn kind_of(table: &UnitTable, id: &str) -> Measured {
    let Some(def) = table.get(id) else { return Measured::Count };
    match def.kind.as_str() {
        "ratio" if def.id == "ratio" => Measured::Times,
        "ratio" => Measured::Share,
        "ratio-difference" => Measured::Points,
        kind if kind.starts_with("count-") || kind.starts_with("rate-") || kind == "score" => {
            Measured::Count
        }
        kind => {
            let mut units = vec![(family(kind).to_owned(), def.factor)];
            units.extend(coal(table, def).map(|size| ("mass".to_owned(), size)));
            Measured::Physical(units)
        }
    }
}

/// The mass of a unit of coal equivalent, which is energy by its definition and a mass by its name.
fn coal(table: &UnitTable, def: &UnitDef) -> Option<Decimal> {
    let one = table.get("kgce")?;
    let named = def.id == one.id || def.id.ends_with("tce");
    named.then(|| def.factor.checked_div(one.factor)).flatten()
}

/// Kinds that prose does not tell apart.
fn family(kind: &str) -> &str {
    if kind.starts_with("mass") { "mass" } else { kind }
}

/// Digits inside a name, a term or a declared text, which count as a number in words does.
fn literal(found: &mut Vec<Told>, table: &UnitTable, text: &str, range: &Range<usize>) {
    let words = text.get(range.clone()).unwrap_or_default();
    let Some(start) = words.find(|c: char| c.is_ascii_digit()) else { return };
    let rest = words.get(start..).unwrap_or_default();
    let number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let length = rest.find(|c: char| !number(c)).unwrap_or(rest.len());
    let (digits, unit) = rest.split_at_checked(length).unwrap_or_default();
    let digits = digits.trim_end_matches(['.', ',']).replace(',', "");
    let unit = unit.trim_matches(|c: char| c == '-' || c == ' ');
    const SCALES: [(char, u32); 6] =
        [('千', 3), ('万', 4), ('萬', 4), ('百', 2), ('亿', 8), ('億', 8)];
    let scale =
        SCALES.iter().find(|(sign, _)| unit.starts_with(*sign) && !unit.starts_with("千瓦"));
    let power = scale.map_or(0, |(_, power)| *power);
    let unit = scale.map_or(unit, |(sign, _)| unit.trim_start_matches(*sign)).to_owned();
    let amount = Amount { digits, unit, power, ..Amount::default() };
    push(found, table, text, range, &amount, Firmness::Word);
}

fn push(
    found: &mut Vec<Told>,
    table: &UnitTable,
    text: &str,
    range: &Range<usize>,
    amount: &Amount,
    firmness: Firmness,
) {
    let words = text.get(range.clone()).unwrap_or_default().trim().to_owned();
    let mut add = |value: Decimal, step: Decimal, digits: usize, measured: Measured| {
        found.push(Told {
            degree: degree(text, range),
            grown: is_grown(text.get(..range.start).unwrap_or_default()),
            range: range.clone(),
            text: words.clone(),
            bound: None,
            value,
            step,
            digits,
            measured: with_water(text, measured),
            firmness,
        });
    };
    let each: Vec<&str> = match &amount.spread {
        Spread::One => vec![&amount.digits],
        Spread::Range(low, high) => vec![low, high],
        Spread::Fraction(above, below) => {
            let share = Decimal::from(*above).checked_div(Decimal::from(*below));
            share.into_iter().for_each(|s| add(s, Decimal::ZERO, usize::MAX, Measured::Share));
            return;
        }
    };
    for digits in each {
        let Some((measured, scale)) = unit_of(table, &amount.unit) else { continue };
        let (Ok(value), Some(power)) = (Decimal::from_str(digits), power(amount.power)) else {
            continue;
        };
        let last = Decimal::new(1, value.scale().min(28));
        let factor = power.checked_mul(scale);
        let scaled = factor.and_then(|f| Some((value.checked_mul(f)?, last.checked_mul(f)?)));
        if let Some((value, step)) = scaled {
            let count = digits.bytes().filter(u8::is_ascii_digit).count();
            add(value, step, count, measured);
        }
    }
}

/// Where water is spoken of, a tonne is a cubic metre: Chinese measures water by mass.
fn with_water(text: &str, measured: Measured) -> Measured {
    let Measured::Physical(mut units) = measured else { return measured };
    let lower = text.to_lowercase();
    let water = ["水", "water", "effluent", "sewage"].iter().any(|word| lower.contains(word));
    let mass = units.iter().find(|(kind, _)| kind == "mass").map(|(_, size)| *size);
    let volume = mass.and_then(|size| size.checked_div(Decimal::ONE_THOUSAND));
    if let Some(volume) = volume.filter(|_| water) {
        units.push(("volume".to_owned(), volume));
    }
    Measured::Physical(units)
}

fn is_grown(before: &str) -> bool {
    const VERBS: [&str; 10] =
        ["增长", "增長", "增加", "提高", "提升", "上升", "扩大", "擴大", "翻", "增"];
    let before = before.trim_end_matches(['了', '约', '約', '近', '超', '逾']);
    VERBS.iter().any(|verb| before.ends_with(verb))
}

fn power(power: u32) -> Option<Decimal> {
    Decimal::from_str(&format!("1{}", "0".repeat(power as usize))).ok()
}

/// What a unit as written measures, and what its digits are multiplied by.
fn unit_of(table: &UnitTable, unit: &str) -> Option<(Measured, Decimal)> {
    let one = Decimal::ONE;
    Some(match unit {
        "" => (Measured::Bare, one),
        "%" => (Measured::Share, Decimal::new(1, 2)),
        "‰" => (Measured::Share, Decimal::new(1, 3)),
        "pp" => (Measured::Points, Decimal::new(1, 2)),
        "bp" => (Measured::Points, Decimal::new(1, 4)),
        "倍" | "x" | "×" | "times" => (Measured::Times, one),
        _ => match table.parse(unit) {
            Ok(unit) => (measured_as(table, &unit), one),
            Err(UnitFault::Ambiguous(_, ids)) => (one_of(table, &ids), one),
            Err(UnitFault::Unknown(..)) => (Measured::Count, one),
        },
    })
}

fn one_of(table: &UnitTable, ids: &[String]) -> Measured {
    let mut units = Vec::new();
    for id in ids {
        match kind_of(table, id) {
            Measured::Physical(more) => units.extend(more),
            // What can be a count is compared as one.
            _ => return Measured::Count,
        }
    }
    Measured::Physical(units)
}

/// In `10% and 20%` written as `10 and 20%`, the first number has the unit of the second.
fn inherit(found: &mut [Told], text: &str) {
    for at in (1..found.len()).rev() {
        let Some((before, rest)) = found.split_at_mut_checked(at) else { continue };
        let (Some(first), Some(second)) = (before.last_mut(), rest.first()) else { continue };
        let between = text.get(first.range.end..second.range.start).unwrap_or_default().trim();
        let listed = ["and", "to", "or", "至", "到", "和", "、", "–", "-", "与", "與", "及", ","];
        if first.measured == Measured::Bare
            && first.firmness == Firmness::Figure
            && second.measured != Measured::Bare
            && listed.contains(&between)
        {
            let small = match second.text.as_str() {
                text if text.contains('‰') => Decimal::new(1, 3),
                _ => Decimal::new(1, 2),
            };
            if matches!(second.measured, Measured::Share | Measured::Points) {
                first.value = first.value.checked_mul(small).unwrap_or(first.value);
                first.step = first.step.checked_mul(small).unwrap_or(first.step);
            }
            first.measured = second.measured.clone();
        }
    }
}
