#![doc = include_str!("draft_report.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Reports that say of themselves that they are drafts.
pub const RULE: Rule = Rule {
    name: "draft-report",
    group: Group::Project,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("draft_report.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let head = &report.content.head;
    let Some(draft) = head.draft else { return };
    let found = match head.period.approved.or(head.period.published) {
        Some(day) => {
            let message = say!("the report is a draft, and has a day of approval or publication");
            let found = Diagnostic::error(RULE.name, draft, message);
            found.related(day.span, say!("as if it was finished"))
        }
        None => Diagnostic::warning(RULE.name, draft, say!("the report is a draft")),
    };
    sink.push(found.help(say!("take `status: draft` out when nothing else is left to be done")));
}
