#![doc = include_str!("unanswered_disclosure.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::framework::Asked;
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, binds, bound, named};
use crate::report::Report;

/// Disclosures that bind the report and have no answer.
pub const RULE: Rule = Rule {
    name: "unanswered-disclosure",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unanswered_disclosure.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for verdict in report.claimed_verdicts() {
        // A framework without any answers is one finding, and another rule's.
        let Some(file) = verdict.files.first() else { continue };
        for judgement in &verdict.items {
            let asked = judgement.item.kind.is_indexed() && judgement.ruling.asked == Asked::Yes;
            if !asked || judgement.answer.is_some() || !binds(judgement) {
                continue;
            }
            let name = named(report, &verdict, judgement);
            let message = say!("{name} is not answered: {bound}", name, bound = bound(judgement));
            let found = Diagnostic::error(RULE.name, file.framework.span, message)
                .label(say!("answers of this framework"))
                .help(say!("add `{code}:` under `answers`", code = judgement.item.code.value));
            sink.push(about(found, &verdict, judgement));
        }
    }
}
