#![doc = include_str!("pending_figure.md")]

use crate::content::{Datum, Metric, MissingKind, Reading};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
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
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    // A published report tells its readers what will follow; its dates are another rule's.
    if report.content.head.period.published.is_some() {
        return;
    }
    for metric in &report.content.metrics {
        for year in &report.content.head.years {
            judge(metric, *year, sink);
        }
    }
}

/// Whether a value is still to come. What has no day that can be read has a finding of its own.
fn is_pending(datum: &Datum) -> bool {
    let Reading::Missing(missing) = &datum.reading else { return false };
    missing.kind == MissingKind::Pending && missing.until.is_some()
}

/// One finding for a metric and a year, however many members are pending.
fn judge(metric: &Metric, year: u16, sink: &mut Sink) {
    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
    let whole = metric.values.get(&year).filter(|datum| is_pending(datum));
    let inside: Vec<&Datum> = members
        .filter_map(|member| member.values.get(&year))
        .filter(|datum| is_pending(datum))
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
