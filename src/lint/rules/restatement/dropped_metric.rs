#![doc = include_str!("dropped_metric.md")]

use std::collections::BTreeSet;

use crate::content::Metric;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Metrics of the report before that this one has no more.
pub const RULE: Rule = Rule {
    name: "dropped-metric",
    group: Group::Restatement,
    severity: Severity::Note,
    tier: Tier::Strict,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("dropped_metric.md"),
    check: Check::Report(check),
};

/// A metric that disappeared.
struct Dropped<'a>(&'a Metric);

impl From<Dropped<'_>> for Diagnostic {
    fn from(found: Dropped<'_>) -> Self {
        let id = &found.0.id;
        let message =
            say!("the report before has `{id}`, and this one has no such metric", id = id.value);
        Diagnostic::new(RULE.name, Severity::Note, id.span, message).subject(&id.value).help(say!(
            "report it again, or name it under `renamed-from` of the metric that continues it"
        ))
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let Some(prior) = report.prior.as_ref().map(|prior| &prior.report) else { return };
    let mut kept: BTreeSet<&str> = report.content.unread.iter().map(String::as_str).collect();
    for metric in &report.content.metrics {
        kept.insert(&metric.id.value);
        kept.extend(metric.renamed_from.as_ref().map(|id| id.value.as_str()));
    }
    for metric in &prior.content.metrics {
        let told =
            prior.said(metric, None, prior.year()).is_some_and(|said| said.value().is_some());
        if told && !kept.contains(metric.id.value.as_str()) {
            sink.push(Dropped(metric));
        }
    }
}
