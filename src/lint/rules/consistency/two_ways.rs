//! Breakdowns of one metric against each other, where no figure states what they add up to.

use std::collections::BTreeSet;

use crate::content::{Aggregate, Breakdown, Member, Metric};
use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::quantity::{Decimal, Interval, Unit};
use crate::report::Report;
use crate::source::Span;

use crate::lint::rules::consistency::terms::{
    Gap, Term, explanation, shown, shown_difference, sum, unit_slip, with_terms,
};
use crate::lint::rules::consistency::total_mismatch::RULE;

/// What some rows of a breakdown add up to.
struct Sum {
    breakdown: Phrase,
    span: Span,
    value: Decimal,
    interval: Interval,
    terms: Vec<Term>,
}

/// Two breakdowns of one metric that differ.
struct Apart<'a> {
    metric: &'a Metric,
    year: u16,
    /// The member that both have, where they differ in one.
    key: Option<&'a str>,
    one: Sum,
    other: Sum,
}

impl From<Apart<'_>> for Diagnostic {
    fn from(found: Apart<'_>) -> Self {
        let unit = &found.metric.unit.value;
        let (one, other, year) = (found.one, found.other, found.year);
        let residual = other.value.checked_sub(one.value).unwrap_or_default();
        let difference = shown_difference(residual.abs(), unit);
        let (first, second) = (&one.breakdown, &other.breakdown);
        let message = match found.key {
            None => say!(
                "the breakdowns by {first} and by {second} add up to different totals of {year}, {difference} apart",
                first,
                second,
                year,
                difference
            ),
            Some(key) => say!(
                "the cells of `{key}` in the breakdowns by {first} and by {second} add up to different totals of {year}, {difference} apart",
                key,
                first,
                second,
                year,
                difference
            ),
        };
        let help = unit_slip(one.interval, other.interval)
            .or_else(|| explanation(residual, one.value, &other.terms))
            .unwrap_or_else(|| {
                say!("correct a row, or name under `incomplete` the breakdown that does not cover all")
            });
        let (stated, computed) = (shown(one.value, unit), shown(other.value, unit));
        let diagnostic = Diagnostic::error(RULE.name, other.span, message)
            .label(say!("sum {figure}", figure = computed))
            .related(one.span, say!("sum {figure}", figure = stated))
            .subject(format!("{}@{year}", found.metric.id.value))
            .help(help);
        let mut diagnostic = with_terms(diagnostic, &one.terms, unit);
        diagnostic = with_terms(diagnostic, &other.terms, unit);
        diagnostic.stated = Some(stated);
        diagnostic.computed = Some(computed);
        diagnostic.difference = Some(shown_difference(residual, unit));
        diagnostic
    }
}

/// Compares the breakdowns of a metric with each other. A breakdown that shares a dimension with
/// another is compared member by member, where no breakdown by that dimension alone stands between.
pub fn check(report: &Report, metric: &Metric, sink: &mut Sink) {
    let open: Vec<&Breakdown> =
        metric.by.iter().filter(|b| b.complete && b.aggregate == Aggregate::Sum).collect();
    for (at, &one) in open.iter().enumerate() {
        for &other in open.iter().skip(at + 1) {
            match shared(one, other) {
                None => compare_totals(report, metric, one, other, sink),
                Some(dimension) if is_alone(metric, dimension) => {
                    compare_members(metric, one, other, dimension, sink);
                }
                Some(_) => {}
            }
        }
    }
}

/// The dimension that two breakdowns share.
fn shared<'a>(one: &'a Breakdown, other: &'a Breakdown) -> Option<&'a str> {
    one.dimensions().find(|dimension| other.dimensions().any(|name| name == *dimension))
}

/// Whether no breakdown by a dimension alone states what cells add up to.
fn is_alone(metric: &Metric, dimension: &str) -> bool {
    !metric.by.iter().any(|breakdown| breakdown.name.value == dimension)
}

/// The years of a breakdown.
fn years(breakdown: &Breakdown) -> BTreeSet<u16> {
    breakdown.members.iter().flat_map(|member| member.values.keys().copied()).collect()
}

fn compare_totals<'a>(
    report: &Report,
    metric: &'a Metric,
    one: &'a Breakdown,
    other: &'a Breakdown,
    sink: &mut Sink,
) {
    let known = |year: u16| {
        let stated = metric.values.get(&year).is_some_and(|datum| datum.figure().is_some());
        stated || report.computed.get(&metric.id.value, year).is_some()
    };
    for year in years(one).into_iter().filter(|year| !known(*year)) {
        let all = |breakdown| add(breakdown, &metric.unit.value, year, |_| true);
        compare(metric, year, None, all(one), all(other), sink);
    }
}

fn compare_members<'a>(
    metric: &'a Metric,
    one: &'a Breakdown,
    other: &'a Breakdown,
    dimension: &str,
    sink: &mut Sink,
) {
    let place = |breakdown: &Breakdown| breakdown.dimensions().position(|name| name == dimension);
    let (Some(here), Some(there)) = (place(one), place(other)) else { return };
    let key_at = |member: &'a Member, at: usize| member.key.value.split('+').nth(at);
    let keys: BTreeSet<&str> =
        one.members.iter().filter_map(|member| key_at(member, here)).collect();
    for key in keys {
        for year in years(one) {
            let cells = |breakdown: &'a Breakdown, at: usize| {
                add(breakdown, &metric.unit.value, year, |member| {
                    member.key.value.split('+').nth(at) == Some(key)
                })
            };
            compare(metric, year, Some(key), cells(one, here), cells(other, there), sink);
        }
    }
}

fn compare(
    metric: &Metric,
    year: u16,
    key: Option<&str>,
    one: Option<Sum>,
    other: Option<Sum>,
    sink: &mut Sink,
) {
    if let Some((one, other)) = one.zip(other)
        && !one.interval.overlaps(other.interval)
    {
        sink.push(Apart { metric, year, key, one, other });
    }
}

/// The sum of some members of a breakdown; nothing where one of them is missing.
fn add(
    breakdown: &Breakdown,
    unit: &Unit,
    year: u16,
    counts: impl Fn(&Member) -> bool,
) -> Option<Sum> {
    let members = breakdown.members.iter().filter(|member| counts(member));
    let terms =
        members.map(|member| Term::read(&member.key.value, member.values.get(&year), unit, unit));
    let terms = terms.collect::<Result<Vec<Term>, Gap>>().ok().filter(|terms| !terms.is_empty())?;
    let (value, interval) = sum(&terms)?;
    let (span, breakdown) = (breakdown.name.span, Phrase::from(&breakdown.name.value));
    Some(Sum { breakdown, span, value, interval, terms })
}
