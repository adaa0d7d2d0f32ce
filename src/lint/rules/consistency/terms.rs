//! Terms of a sum or mean, and what could explain that they do not fit.

use crate::content::Datum;
use crate::diag::{Diagnostic, Phrase, say};
use crate::quantity::{Decimal, Grouping, Interval, Unit, group};
use crate::report::Report;
use crate::source::Span;

/// One term, in the unit of the whole.
#[derive(Debug, Clone)]
pub struct Term {
    /// What it is, such as `copper`.
    pub name: Phrase,
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
    pub fn read(
        name: impl Into<Phrase>,
        datum: Option<&Datum>,
        from: &Unit,
        to: &Unit,
    ) -> Result<Self, Gap> {
        let datum = datum.ok_or(Gap::Missing)?;
        let figure = datum.figure().ok_or(Gap::Missing)?;
        let interval = if from.counting { figure.counted() } else { figure.interval() };
        let value = from.convert(figure.value, to).ok_or(Gap::TooLarge)?;
        let interval = from.convert_interval(interval, to).ok_or(Gap::TooLarge)?;
        Ok(Self { name: name.into(), value, interval, span: datum.span })
    }
}

impl Term {
    /// A term that only the formula of its metric gives, in the unit of the whole.
    pub fn compute(report: &Report, id: &str, year: u16, to: &Unit) -> Result<Self, Gap> {
        let formula = report.metric(id).and_then(|metric| metric.formula.as_ref());
        let (Some(formula), Some(step)) = (formula, report.computed.get(id, year)) else {
            return Err(Gap::Missing);
        };
        let unit = &step.result.unit;
        let value = unit.convert(step.result.value, to).ok_or(Gap::TooLarge)?;
        let interval = unit.convert_interval(step.result.interval, to).ok_or(Gap::TooLarge)?;
        Ok(Self { name: id.into(), value, interval, span: formula.span })
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

/// A difference of two figures with its unit: that of percentages is in percentage points.
pub fn shown_difference(value: Decimal, unit: &Unit) -> String {
    match &*unit.text {
        "%" => {
            let digits = shown(value, &Unit::none());
            format!("{digits} pp")
        }
        _ => shown(value, unit),
    }
}

/// Adds the terms with their places to a finding.
pub fn with_terms(mut found: Diagnostic, terms: &[Term], unit: &Unit) -> Diagnostic {
    for term in terms {
        let text = say!("{name} {figure}", name = term.name, figure = shown(term.value, unit));
        found = found.related(term.span, text);
    }
    found
}

/// What would explain that a sum is `residual` larger than stated: a term that was left out, one
/// that was counted twice, or digits that changed places.
pub fn explanation(residual: Decimal, stated: Decimal, terms: &[Term]) -> Option<Phrase> {
    let same =
        |value: Decimal, interval: Interval| !value.is_zero() && interval.contains(residual.abs());
    let term = terms.iter().find(|term| same(term.value, term.interval));
    if let Some(term) = term {
        let name = &term.name;
        return Some(if residual.is_sign_positive() {
            say!("the difference is `{name}`; the total leaves that row out", name)
        } else {
            say!("the difference is `{name}`; the total counts that row twice", name)
        });
    }
    let swapped = terms.iter().find(|term| swap_gives(term.value, -residual));
    let name = swapped.map(|term| term.name.clone());
    if let Some(name) = name.or_else(|| swap_gives(stated, residual).then(|| say!("the total"))) {
        return Some(say!(
            "the sum fits if two neighbouring digits of `{name}` change places",
            name
        ));
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
        return Some(say!(
            "the difference fits if `{name}` is {ten} times too large or too small",
            name,
            ten
        ));
    }
    None
}

/// Powers of ten that come from a wrong unit or a wrong digit.
const SLIPS: [u32; 6] = [1, 2, 3, 4, 6, 8];

/// The usual cause of a factor of a power of ten.
fn cause(power: u32) -> Option<Phrase> {
    Some(match power {
        1 => say!("a decimal point or a digit one place off"),
        2 => say!("a percentage for a fraction, or two digits lost"),
        3 => say!("kg for t, t for kt, or kWh for MWh"),
        4 => say!("万 (ten thousand) for one"),
        6 => say!("million for one, t for Mt, or kWh for GWh"),
        8 => say!("亿 (a hundred million) for one"),
        _ => return None,
    })
}

/// What would explain that a stated figure is a power of ten times a computed one, or the other way
/// round, as exactly as rounding allows.
pub fn unit_slip(stated: Interval, computed: Interval) -> Option<Phrase> {
    let has_zero = |i: Interval| i.contains(Decimal::ZERO) || i.low.is_none() || i.high.is_none();
    if has_zero(stated) || has_zero(computed) {
        return None;
    }
    SLIPS.into_iter().find_map(|power| {
        let factor = power_of_ten(power)?;
        let large = computed.scaled(factor).is_some_and(|scaled| stated.overlaps(scaled));
        let small = stated.scaled(factor).is_some_and(|scaled| computed.overlaps(scaled));
        let (ten, cause) = (group(factor, Grouping::Thousands), cause(power)?);
        match (large, small) {
            (true, _) => Some(say!(
                "the stated figure is {ten} times as large as the computed one; fits a unit slip: {cause}",
                ten,
                cause
            )),
            (_, true) => Some(say!(
                "the stated figure is {ten} times smaller than the computed one; fits a unit slip: {cause}",
                ten,
                cause
            )),
            _ => None,
        }
    })
}

/// The usual cause of a factor near a power of ten; figures of two years need not fit exactly.
pub fn slip_near(factor: Decimal) -> Option<Phrase> {
    let near = |power: u32| -> Option<bool> {
        let share = factor.checked_div(power_of_ten(power)?)?;
        Some(share >= Decimal::new(8, 1) && share <= Decimal::new(125, 2))
    };
    SLIPS.into_iter().find(|power| near(*power) == Some(true)).and_then(cause)
}

fn power_of_ten(power: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(10_i128.checked_pow(power)?, 0).ok()
}

/// Whether a value changes by exactly `change` when two of its neighbouring digits change places.
fn swap_gives(value: Decimal, change: Decimal) -> bool {
    let mantissa = value.abs().mantissa();
    let scale = value.scale().max(change.scale());
    let raised = |decimal: Decimal| 10_i128.checked_pow(scale - decimal.scale());
    let (Some(up), Some(change_up)) = (raised(value), raised(change)) else { return false };
    let Some(wanted) = change.mantissa().checked_mul(change_up) else { return false };
    let (mut rest, mut place) = (mantissa, up);
    while rest >= 10 {
        let (low, high) = (rest % 10, rest / 10 % 10);
        let difference = (low - high).checked_mul(9).and_then(|d| d.checked_mul(place));
        if wanted != 0 && difference == Some(wanted) {
            return true;
        }
        rest /= 10;
        let Some(next) = place.checked_mul(10) else { return false };
        place = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Interval {
        crate::quantity::Figure::parse(text).expect("a figure").interval()
    }

    #[test]
    fn slips_fit_within_rounding_and_nothing_else_does() {
        let slip = |stated, computed| unit_slip(printed(stated), printed(computed));
        let larger = slip("250", "0.25").expect("a slip");
        assert!(larger.starts_with("the stated figure is 1,000 times as large"), "{larger}");
        let smaller = slip("1.31", "13,100.2").expect("a slip");
        assert!(smaller.contains("10,000 times smaller") && smaller.contains('万'), "{smaller}");
        assert_eq!(slip("251", "0.2400"), None);
        assert_eq!(slip("100", "100"), None);
        assert_eq!(slip("0", "0.25"), None);
        assert_eq!(slip("over 250", "0.25"), None);
    }

    #[test]
    fn factors_between_years_need_not_fit_exactly() {
        assert!(slip_near(Decimal::from(1044)).is_some_and(|cause| cause.contains("kg")));
        assert_eq!(slip_near(Decimal::from(67)), None);
    }
}
