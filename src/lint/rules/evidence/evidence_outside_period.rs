#![doc = include_str!("evidence_outside_period.md")]

use crate::content::{EvidenceItem, Metric};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Date;
use crate::report::Report;
use crate::source::Spanned;

/// Evidence that is older than the figures that cite it.
pub const RULE: Rule = Rule {
    name: "evidence-outside-period",
    group: Group::Evidence,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("evidence_outside_period.md"),
    check: Check::Report(check),
};

/// An item that ends before the first figure of a metric that cites it.
struct Outside<'a> {
    metric: &'a Metric,
    cited: &'a Spanned<String>,
    period: (&'a Spanned<Date>, &'a Spanned<Date>),
}

impl From<Outside<'_>> for Diagnostic {
    fn from(found: Outside<'_>) -> Self {
        let (start, end) = found.period;
        let (id, metric) = (&found.cited.value, &found.metric.id.value);
        let message = say!(
            "`{id}` covers {start} to {end}, and every figure of `{metric}` is later",
            id,
            start = start.value,
            end = end.value,
            metric
        );
        Diagnostic::warning(RULE.name, found.cited.span, message)
            .related(start.span, say!("period of the evidence"))
            .subject(metric)
            .help(say!("cite the evidence of the years that are reported, or correct its period"))
    }
}

/// A figure of the reported year whose evidence is all of earlier years.
struct Uncovered<'a> {
    metric: &'a Metric,
    cited: &'a Spanned<String>,
    year: u16,
}

impl From<Uncovered<'_>> for Diagnostic {
    fn from(found: Uncovered<'_>) -> Self {
        let (metric, year) = (&found.metric.id.value, found.year);
        let message =
            say!("no evidence of `{metric}` is of the reported year {year}", metric, year);
        Diagnostic::warning(RULE.name, found.cited.span, message)
            .subject(format!("{metric}@{year}"))
            .help(say!("cite the evidence of the reported year too, or correct its period"))
    }
}

fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        let years = years(report, metric);
        let covers = |item: &EvidenceItem, year: u16| {
            // A later document may state earlier figures; an earlier one knows no later figure.
            item.period.as_ref().is_none_or(|(_, end)| first_day(report, year) <= end.value)
        };
        let cited = metric.evidence.iter();
        let cited: Vec<(&Spanned<String>, &EvidenceItem)> =
            cited.filter_map(|name| Some((name, report.evidence(&name.value)?))).collect();
        let mut told = false;
        for (name, item) in &cited {
            let Some((start, end)) = &item.period else { continue };
            if start.value <= end.value && !years.iter().any(|&year| covers(item, year)) {
                told = true;
                sink.push(Outside { metric, cited: name, period: (start, end) });
            }
        }
        let year = report.year();
        let Some((first, _)) = cited.first() else { continue };
        let known = cited.len() == metric.evidence.len();
        if !told
            && known
            && has_figure(report, metric, year)
            && !cited.iter().any(|(_, i)| covers(i, year))
        {
            sink.push(Uncovered { metric, cited: first, year });
        }
    }
}

/// Years that the metric speaks of, stated or computed, as a whole or for a member. Evidence may
/// show why there is no figure too.
fn years(report: &Report, metric: &Metric) -> Vec<u16> {
    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
    let series = std::iter::once(&metric.values).chain(members.map(|member| &member.values));
    let computed = report.computed.iter().filter(|(id, ..)| *id == metric.id.value);
    series.flat_map(|series| series.keys().copied()).chain(computed.map(|(_, y, _)| y)).collect()
}

/// Whether the metric has a figure of a year, of the whole or of a member.
fn has_figure(report: &Report, metric: &Metric, year: u16) -> bool {
    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
    let mut series = std::iter::once(&metric.values).chain(members.map(|member| &member.values));
    series.any(|series| series.get(&year).is_some_and(|datum| datum.figure().is_some()))
        || report.computed.get(&metric.id.value, year).is_some()
}

/// First day of a year as this report counts it: that of its period, moved by whole years.
fn first_day(report: &Report, year: u16) -> Date {
    let day = report.content.head.period.start.value;
    let moved = i32::from(day.year) + i32::from(year) - i32::from(report.year());
    Date { year: u16::try_from(moved).unwrap_or(day.year), ..day }
}
