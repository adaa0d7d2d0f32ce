#![doc = include_str!("part_exceeds_whole.md")]

use crate::content::{Aggregate, Metric, Series};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Interval, Unit};
use crate::report::Report;

use crate::lint::rules::consistency::terms::{Term, shown, shown_difference, sum, with_terms};

/// Parts that are larger than what they are part of.
pub const RULE: Rule = Rule {
    name: "part-exceeds-whole",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("part_exceeds_whole.md"),
    check: Check::Report(check),
};

/// Parts that are larger than what they are part of.
struct PartExceedsWhole<'a> {
    subject: &'a str,
    unit: &'a Unit,
    year: u16,
    whole: Term,
    parts: Vec<Term>,
    together: Decimal,
}

impl From<PartExceedsWhole<'_>> for Diagnostic {
    fn from(found: PartExceedsWhole<'_>) -> Self {
        let unit = found.unit;
        let excess = found.together.checked_sub(found.whole.value).unwrap_or_default();
        let span = found.parts.first().map_or(found.whole.span, |part| part.span);
        let (stated, computed) = (shown(found.whole.value, unit), shown(found.together, unit));
        let (name, year, difference) =
            (&found.whole.name, found.year, shown_difference(excess, unit));
        let message = if found.parts.len() == 1 {
            say!(
                "the part exceeds the whole `{name}` of {year} by {difference}",
                name,
                year,
                difference
            )
        } else {
            say!(
                "the parts exceed the whole `{name}` of {year} by {difference}",
                name,
                year,
                difference
            )
        };
        let diagnostic = Diagnostic::error(RULE.name, span, message)
            .label(say!("parts {computed}", computed))
            .related(found.whole.span, say!("whole {stated}", stated))
            .subject(format!("{}@{}", found.subject, found.year))
            .help(say!("correct the whole or a part, or what the part belongs to"));
        let mut diagnostic = with_terms(diagnostic, found.parts.get(1..).unwrap_or_default(), unit);
        diagnostic.stated = Some(stated);
        diagnostic.computed = Some(computed);
        diagnostic.difference = Some(shown_difference(excess, unit));
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        let whole = metric.part_of.as_ref().and_then(|whole| report.metric(&whole.value));
        if let Some(whole) = whole {
            check_part(metric, whole, sink);
        }
        check_open_sums(report, metric, sink);
    }
}

/// A metric that is contained in another, and its members in the other's.
fn check_part(part: &Metric, whole: &Metric, sink: &mut Sink) {
    let unit = &whole.unit.value;
    let subject = part.id.value.as_str();
    let series = [(subject, &part.values, &part.unit.value)];
    compare(subject, &whole.id.value, unit, &whole.values, &series, sink);
    for breakdown in &part.by {
        let other = whole.by.iter().find(|b| b.name.value == breakdown.name.value);
        for member in other.map(|_| breakdown.members.as_slice()).unwrap_or_default() {
            let of_whole = other.and_then(|b| b.member(&member.key.value));
            if let Some(of_whole) = of_whole {
                let series = [(subject, &member.values, &part.unit.value)];
                let name =
                    say!("{metric} for {key}", metric = whole.id.value, key = member.key.value);
                compare(subject, name, unit, &of_whole.values, &series, sink);
            }
        }
    }
}

/// Sums with a term missing, or that do not claim to be complete: what there is cannot exceed the
/// whole.
fn check_open_sums(report: &Report, metric: &Metric, sink: &mut Sink) {
    let unit = &metric.unit.value;
    let id = metric.id.value.as_str();
    let parts = metric.parts.iter().filter_map(|part| report.metric(&part.value));
    let parts: Vec<(&str, &Series, &Unit)> =
        parts.map(|part| (part.id.value.as_str(), &part.values, &part.unit.value)).collect();
    compare_partial(id, unit, &metric.values, &parts, sink);
    for breakdown in metric.by.iter().filter(|b| b.aggregate == Aggregate::Sum) {
        let members: Vec<(&str, &Series, &Unit)> = breakdown
            .members
            .iter()
            .map(|member| (member.key.value.as_str(), &member.values, unit))
            .collect();
        if breakdown.complete {
            compare_partial(id, unit, &metric.values, &members, sink);
        } else {
            compare(id, id, unit, &metric.values, &members, sink);
        }
    }
}

/// Like [`compare`], for the years in which a term is missing; the others are a matter of
/// `total-mismatch`.
fn compare_partial(
    id: &str,
    unit: &Unit,
    whole: &Series,
    series: &[(&str, &Series, &Unit)],
    sink: &mut Sink,
) {
    let missing = |year: &u16| {
        series.iter().any(|(_, s, _)| s.get(year).is_none_or(|d| d.figure().is_none()))
    };
    let open: Series = whole
        .iter()
        .filter(|(year, _)| missing(year))
        .map(|(year, datum)| (*year, datum.clone()))
        .collect();
    compare(id, id, unit, &open, series, sink);
}

fn compare(
    subject: &str,
    name: impl Into<Phrase>,
    unit: &Unit,
    whole: &Series,
    series: &[(&str, &Series, &Unit)],
    sink: &mut Sink,
) {
    let name = name.into();
    for (year, datum) in whole {
        let Ok(whole) = Term::read(&name, Some(datum), unit, unit) else { continue };
        let terms = series
            .iter()
            .filter_map(|(name, values, from)| Term::read(name, values.get(year), from, unit).ok());
        let parts: Vec<Term> = terms.collect();
        // Negative parts, such as removals, can make up for positive ones.
        let negative =
            parts.iter().any(|part| part.value.is_sign_negative() && !part.value.is_zero());
        let Some((together, interval)) = sum(&parts).filter(|_| !parts.is_empty() && !negative)
        else {
            continue;
        };
        if exceeds(interval, whole.interval) {
            sink.push(PartExceedsWhole { subject, unit, year: *year, whole, parts, together });
        }
    }
}

fn exceeds(parts: Interval, whole: Interval) -> bool {
    matches!((parts.low, whole.high), (Some(low), Some(high)) if low > high)
}
