#![doc = include_str!("assurance_without_engagement.md")]

use crate::content::AssuranceLevel;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Assurance levels that no engagement stands behind, or that are given to nothing.
pub const RULE: Rule = Rule {
    name: "assurance-without-engagement",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("assurance_without_engagement.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let engaged = !report.content.head.engagements.is_empty();
    for metric in &report.content.metrics {
        for (year, level) in
            metric.assurance.iter().filter(|(_, level)| **level != AssuranceLevel::None)
        {
            let stated = metric.values.get(year).is_some_and(|datum| datum.figure().is_some());
            let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
            let inside = members
                .into_iter()
                .any(|m| m.values.get(year).is_some_and(|d| d.figure().is_some()));
            let computed = report.computed.get(&metric.id.value, *year).is_some();
            let (message, help) = if !engaged {
                (
                    say!(
                        "`{metric}` has {level} assurance, and the report names no engagement",
                        metric = metric.id.value,
                        level = level.said()
                    ),
                    say!("add the engagement under `assurance` in `report.yaml`"),
                )
            } else if !(stated || inside || computed) {
                (
                    say!(
                        "`{metric}` has {level} assurance for {year}, and no figure of that year",
                        metric = metric.id.value,
                        level = level.said(),
                        year
                    ),
                    say!("take the year out of `assurance`, or add the figure"),
                )
            } else {
                continue;
            };
            let found = Diagnostic::error(RULE.name, metric.id.span, message);
            sink.push(found.subject(format!("{}@{year}", metric.id.value)).help(help));
        }
    }
}
