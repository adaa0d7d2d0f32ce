#![doc = include_str!("pending_figure.md")]

use crate::content::{Datum, Metric, MissingKind, Reading};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::locale::Date;
use crate::report::Report;

/// Figures of the years that the report prints which are still to come.
pub const RULE: Rule = Rule {
    name: "pending-figure",
    group: Group::Project,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("pending_figure.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let period = &report.content.head.period;
    let finished = period.published.or(period.approved).map(|day| day.value);
    for metric in &report.content.metrics {
        for year in &report.content.head.years {
            judge(metric, *year, finished, sink);
        }
    }
}

/// Whether a value is still to come. What comes after the report was finished is told to its readers;
/// what has no day that can be read has a finding of its own.
fn is_pending(datum: &Datum, finished: Option<Date>) -> bool {
    let Reading::Missing(missing) = &datum.reading else { return false };
    let until = missing.until.as_ref().map(|until| until.value);
    let later = |until: Date| finished.is_some_and(|finished| until > finished);
    missing.kind == MissingKind::Pending && until.is_some_and(|until| !later(until))
}

/// One finding for a metric and a year, however many members are pending.
fn judge(metric: &Metric, year: u16, finished: Option<Date>, sink: &mut Sink) {
    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
    let whole = metric.values.get(&year).filter(|datum| is_pending(datum, finished));
    let inside: Vec<&Datum> = members
        .filter_map(|member| member.values.get(&year))
        .filter(|datum| is_pending(datum, finished))
        .collect();
    let Some(first) = whole.or_else(|| inside.first().copied()) else { return };
    let id = &metric.id.value;
    let message = match whole {
        Some(_) => say!("`{id}` is pending for {year}", id, year),
        None => {
            say!("{count} members of `{id}` are pending for {year}", count = inside.len(), id, year)
        }
    };
    let found = Diagnostic::warning(RULE.name, first.span, message);
    let until = match &first.reading {
        Reading::Missing(missing) => missing.until.as_ref(),
        Reading::Figure(_) => None,
    };
    let found = match until {
        Some(until) => found.label(say!("until {until}", until = until.value)),
        None => found,
    };
    let help = say!("write the figure, or why there is none, such as `{{not-available: …}}`");
    sink.push(found.subject(format!("{id}@{year}")).help(help));
}
