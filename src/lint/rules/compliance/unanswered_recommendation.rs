#![doc = include_str!("unanswered_recommendation.md")]

use crate::diag::{Diagnostic, Severity, Sink};
use crate::framework::{Asked, Level};
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::report::Report;

/// Recommended disclosures without an answer.
pub const RULE: Rule = Rule {
    name: "unanswered-recommendation",
    group: Group::Compliance,
    severity: Severity::Note,
    tier: Tier::Strict,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unanswered_recommendation.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for verdict in report.claimed_verdicts() {
        let Some(file) = verdict.files.first() else { continue };
        for judgement in &verdict.items {
            let recommended = judgement.ruling.level == Some(Level::Recommended);
            let asked = judgement.item.kind.is_indexed() && judgement.ruling.asked == Asked::Yes;
            if !recommended || !asked || judgement.answer.is_some() {
                continue;
            }
            let name = named(report, &verdict, judgement);
            let message = format!("{name} is recommended and not answered");
            let code = &judgement.item.code.value;
            let found = Diagnostic::new(RULE.name, Severity::Note, file.framework.span, message)
                .help(format!("add `{code}:` under `answers` if the issuer follows it"));
            sink.push(about(found, &verdict, judgement));
        }
    }
}
