//! Terms of a sum or mean, and what could explain that they do not fit.

use crate::content::Datum;
use crate::diag::Diagnostic;
use crate::quantity::{Decimal, Grouping, Interval, Unit, group};
use crate::source::Span;

/// One term, in the unit of the whole.
#[derive(Debug, Clone)]
pub struct Term {
    /// What it is, such as `copper`.
    pub name: String,
    /// Value.
    pub value: Decimal,
    /// Every value it can stand for.
    pub interval: Interval,
    /// Place.
    pub span: Span,
}

/// Why the terms of a year cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// One of them is missing.
    Missing,
    /// The numbers are too large to compute with.
    TooLarge,
}

impl Term {
    /// A term from what was written, in the unit of the whole.
    pub fn read(name: &str, datum: Option<&Datum>, from: &Unit, to: &Unit) -> Result<Self, Gap> {
        let datum = datum.ok_or(Gap::Missing)?;
        let figure = datum.figure().ok_or(Gap::Missing)?;
        let interval = if from.counting { figure.counted() } else { figure.interval() };
        let value = from.convert(figure.value, to).ok_or(Gap::TooLarge)?;
        let interval = from.convert_interval(interval, to).ok_or(Gap::TooLarge)?;
        Ok(Self { name: name.to_owned(), value, interval, span: datum.span })
    }
}

/// The sum of terms: value and interval.
pub fn sum(terms: &[Term]) -> Option<(Decimal, Interval)> {
    let start = (Decimal::ZERO, Interval::exact(Decimal::ZERO));
    terms.iter().try_fold(start, |(value, interval), term| {
        Some((value.checked_add(term.value)?, interval.plus(term.interval)?))
    })
}

/// A figure with its unit, as messages print it.
pub fn shown(value: Decimal, unit: &Unit) -> String {
    let digits = group(value, Grouping::Thousands).replace('−', "-");
    format!("{digits} {}", unit.text).trim().to_owned()
}

/// Adds the terms with their places to a finding.
pub fn with_terms(mut found: Diagnostic, terms: &[Term], unit: &Unit) -> Diagnostic {
    for term in terms {
        let text = format!("{} {}", term.name, shown(term.value, unit));
        found = found.related(term.span, text);
    }
    found
}

/// What would explain that a sum is `residual` larger than stated: a term that was left out, one
/// that was counted twice, or digits that changed places.
pub fn explanation(residual: Decimal, terms: &[Term]) -> Option<String> {
    let same =
        |value: Decimal, interval: Interval| !value.is_zero() && interval.contains(residual.abs());
    let term = terms.iter().find(|term| same(term.value, term.interval));
    if let Some(term) = term {
        let how = if residual.is_sign_positive() { "leaves out" } else { "counts twice" };
        return Some(format!("the difference is `{}`; the total {how} that row", term.name));
    }
    if is_swap(residual) {
        return Some(
            "a difference that nine divides often means that two digits changed places".into(),
        );
    }
    let tens = [Decimal::TEN, Decimal::ONE_HUNDRED, Decimal::ONE_THOUSAND];
    let slipped = terms.iter().find_map(|term| {
        tens.iter().find_map(|ten| {
            let larger = term.value.checked_mul(*ten)?.checked_sub(term.value)?;
            let smaller = term.value.checked_sub(term.value.checked_div(*ten)?)?;
            let near = |other: Decimal| !other.is_zero() && other == residual.abs();
            (near(larger) || near(smaller)).then(|| (term.name.clone(), *ten))
        })
    });
    if let Some((name, ten)) = slipped {
        return Some(format!(
            "the difference fits if `{name}` is {ten} times too large or too small"
        ));
    }
    None
}

/// Whether a difference can come from two neighbouring digits that changed places: 9, 90, 27 …
fn is_swap(residual: Decimal) -> bool {
    let mut digits = residual.abs().mantissa();
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
    }
    digits != 0 && digits % 9 == 0 && digits <= 81
}
