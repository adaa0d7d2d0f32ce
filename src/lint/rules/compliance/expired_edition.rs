#![doc = include_str!("expired_edition.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Claims of editions that no longer bind the report.
pub const RULE: Rule = Rule {
    name: "expired-edition",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("expired_edition.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let conditions = report.conditions();
    for claim in &report.content.head.frameworks {
        let name = &claim.edition.value;
        let Some(catalog) = report.catalogs.get(name) else { continue };
        let profile = report.profile(name, &conditions, None);
        let Some((day, until)) = catalog.day(&profile).zip(catalog.effective.until) else {
            continue;
        };
        if day <= until {
            continue;
        }
        let what = match catalog.basis.as_deref() {
            Some("publication") => say!("the report was published"),
            _ => say!("the financial year began"),
        };
        let message = say!("{name} ended on {until}, and {what} on {day}", name, until, what, day);
        let found = Diagnostic::error(RULE.name, claim.edition.span, message).subject(name);
        sink.push(match report.successors.get(name) {
            Some(later) => found.help(say!("claim {later}, which follows it", later)),
            None => found.help(say!("claim the edition that is in force")),
        });
    }
}
