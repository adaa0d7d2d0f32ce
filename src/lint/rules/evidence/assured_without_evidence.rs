#![doc = include_str!("assured_without_evidence.md")]

use crate::content::AssuranceLevel;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Assured figures that no evidence stands behind.
pub const RULE: Rule = Rule {
    name: "assured-without-evidence",
    group: Group::Evidence,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("assured_without_evidence.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        let assured = metric.assurance.values().any(|level| *level != AssuranceLevel::None);
        if !assured || !metric.evidence.is_empty() {
            continue;
        }
        let id = &metric.id.value;
        let message = say!("`{id}` is in the scope of assurance and names no evidence", id);
        let mut found = Diagnostic::warning(RULE.name, metric.id.span, message).subject(id).help(
            say!("name the items of `evidence/register.yaml` that it rests on under `evidence`"),
        );
        let scopes = report.content.head.engagements.iter().flat_map(|e| &e.scope);
        if let Some((_, place)) = scopes.into_iter().find(|(_, metric)| metric.value == *id) {
            found = found.related(place.span, say!("in scope here"));
        }
        sink.push(found);
    }
}
