#![doc = include_str!("total_mismatch.md")]

use std::collections::BTreeSet;

use crate::content::{Aggregate, Breakdown, Metric, Series};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Interval, Unit};
use crate::report::Report;

use crate::lint::rules::consistency::terms::{
    Gap, Term, explanation, shown, shown_difference, sum, unit_slip, with_terms,
};
use crate::lint::rules::consistency::two_ways;

/// Stated totals against the sums of their terms.
pub const RULE: Rule = Rule {
    name: "total-mismatch",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("total_mismatch.md"),
    check: Check::Report(check),
};

/// Where a total comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// It is stated.
    Stated,
    /// No figure is stated, and the formula of the metric gives one.
    Formula,
}

/// A total that its terms do not give.
struct TotalMismatch<'a> {
    metric: &'a Metric,
    unit: &'a Unit,
    year: u16,
    origin: Origin,
    stated: Term,
    computed: Decimal,
    /// Every value that the sum can have.
    interval: Interval,
    terms: Vec<Term>,
    /// What the terms are, such as `its parts`.
    what: Phrase,
}

impl From<TotalMismatch<'_>> for Diagnostic {
    fn from(found: TotalMismatch<'_>) -> Self {
        let unit = found.unit;
        let residual = found.computed.checked_sub(found.stated.value).unwrap_or_default();
        let (year, what) = (found.year, found.what);
        let difference = shown_difference(residual.abs(), unit);
        let stated = shown(found.stated.value, unit);
        let computed = shown(found.computed, unit);
        let (message, label) = match found.origin {
            Origin::Stated => (
                say!(
                    "stated total of {year} differs from the sum of {what} by {difference}",
                    year,
                    what,
                    difference
                ),
                say!("stated {stated}, sum {computed}", stated, computed),
            ),
            Origin::Formula => (
                say!(
                    "the formula for the total of {year} differs from the sum of {what} by {difference}",
                    year,
                    what,
                    difference
                ),
                say!("formula gives {stated}, sum {computed}", stated, computed),
            ),
        };
        let help = unit_slip(found.stated.interval, found.interval)
            .or_else(|| explanation(residual, found.stated.value, &found.terms))
            .unwrap_or_else(|| {
                say!("correct the total or a term, or record the term that is missing")
            });
        let diagnostic = Diagnostic::error(RULE.name, found.stated.span, message)
            .label(label)
            .subject(format!("{}@{}", found.metric.id.value, found.year))
            .help(help);
        let mut diagnostic = with_terms(diagnostic, &found.terms, unit);
        diagnostic.stated = Some(stated);
        diagnostic.computed = Some(computed);
        diagnostic.difference = Some(shown_difference(residual, unit));
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        check_parts(report, metric, sink);
        for breakdown in &metric.by {
            if breakdown.aggregate == Aggregate::Sum && breakdown.complete {
                check_breakdown(report, metric, breakdown, sink);
            }
        }
        check_margins(metric, sink);
        two_ways::check(report, metric, sink);
    }
}

/// The whole against its parts, and each member of a breakdown against the same member of the
/// parts.
fn check_parts(report: &Report, metric: &Metric, sink: &mut Sink) {
    let parts: Vec<&Metric> =
        metric.parts.iter().filter_map(|part| report.metric(&part.value)).collect();
    if parts.is_empty() || parts.len() < metric.parts.len() {
        return;
    }
    let totals: Vec<(&str, &Series, &Unit)> =
        parts.iter().map(|part| (part.id.value.as_str(), &part.values, &part.unit.value)).collect();
    compare(metric, &metric.values, &totals, say!("its parts"), Some(report), sink);
    for breakdown in &metric.by {
        for member in &breakdown.members {
            let same = parts.iter().filter_map(|part| {
                let other = part.by.iter().find(|b| b.name.value == breakdown.name.value)?;
                let other = other.member(&member.key.value)?;
                Some((part.id.value.as_str(), &other.values, &part.unit.value))
            });
            let same: Vec<_> = same.collect();
            if same.len() == parts.len() {
                let what = say!("its parts for `{key}`", key = member.key.value);
                compare(metric, &member.values, &same, what, None, sink);
            }
        }
    }
}

fn check_breakdown(report: &Report, metric: &Metric, breakdown: &Breakdown, sink: &mut Sink) {
    let unit = &metric.unit.value;
    let members: Vec<(&str, &Series, &Unit)> = breakdown
        .members
        .iter()
        .map(|member| (member.key.value.as_str(), &member.values, unit))
        .collect();
    let what = say!("its breakdown by {breakdown}", breakdown = breakdown.name.value);
    compare(metric, &metric.values, &members, what.clone(), None, sink);
    compare_formula(report, metric, &members, &what, sink);
}

/// Totals that no figure states and a formula gives, against the sums of series.
fn compare_formula(
    report: &Report,
    metric: &Metric,
    series: &[(&str, &Series, &Unit)],
    what: &Phrase,
    sink: &mut Sink,
) {
    let (id, unit) = (&metric.id.value, &metric.unit.value);
    let years: BTreeSet<u16> =
        series.iter().flat_map(|(_, values, _)| values.keys().copied()).collect();
    for year in years.into_iter().filter(|year| !metric.values.contains_key(year)) {
        let Ok(stated) = Term::compute(report, id, year, unit) else { continue };
        let terms = series
            .iter()
            .map(|(name, values, from)| Term::read(name, values.get(&year), from, unit));
        let Ok(terms) = terms.collect::<Result<Vec<Term>, Gap>>() else { continue };
        let Some((computed, interval)) = sum(&terms) else { continue };
        if !stated.interval.overlaps(interval) {
            let (origin, what) = (Origin::Formula, what.clone());
            let found = TotalMismatch {
                metric,
                unit,
                year,
                origin,
                stated,
                computed,
                interval,
                terms,
                what,
            };
            sink.push(found);
        }
    }
}

/// A two-way breakdown against one-way breakdowns of the same metric by one of its dimensions.
fn check_margins(metric: &Metric, sink: &mut Sink) {
    let unit = &metric.unit.value;
    for two in metric.by.iter().filter(|b| b.name.value.contains('+') && b.complete) {
        if two.aggregate != Aggregate::Sum {
            continue;
        }
        for (place, dimension) in two.dimensions().enumerate() {
            let one = metric.by.iter().find(|b| b.name.value == dimension);
            for margin in one.map(|b| b.members.as_slice()).unwrap_or_default() {
                let key = margin.key.value.as_str();
                let cells =
                    two.members.iter().filter(|m| m.key.value.split('+').nth(place) == Some(key));
                let cells: Vec<(&str, &Series, &Unit)> =
                    cells.map(|m| (m.key.value.as_str(), &m.values, unit)).collect();
                if !cells.is_empty() {
                    let what = say!(
                        "the cells of `{key}` in its breakdown by {breakdown}",
                        key,
                        breakdown = two.name.value
                    );
                    compare(metric, &margin.values, &cells, what, None, sink);
                }
            }
        }
    }
}

/// Compares stated values with the sums of series, year by year. A year in which a term is missing
/// cannot be compared; where a report is given, a formula can stand in for a value.
fn compare(
    metric: &Metric,
    stated: &Series,
    series: &[(&str, &Series, &Unit)],
    what: Phrase,
    formulas: Option<&Report>,
    sink: &mut Sink,
) {
    let unit = &metric.unit.value;
    for (year, datum) in stated {
        let Ok(stated) = Term::read(&metric.id.value, Some(datum), unit, unit) else { continue };
        let terms: Result<Vec<Term>, Gap> = series
            .iter()
            .map(|(name, values, from)| {
                let read = Term::read(name, values.get(year), from, unit);
                match formulas.filter(|_| !values.contains_key(year)) {
                    Some(report) => Term::compute(report, name, *year, unit),
                    None => read,
                }
            })
            .collect();
        let Ok(terms) = terms else { continue };
        let Some((computed, interval)) = sum(&terms) else { continue };
        if stated.interval.overlaps(interval) {
            continue;
        }
        let what = what.clone();
        let (year, origin) = (*year, Origin::Stated);
        let found =
            TotalMismatch { metric, unit, year, origin, stated, computed, interval, terms, what };
        sink.push(found);
    }
}
