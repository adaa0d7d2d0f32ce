#![doc = include_str!("unanswered_recommendation.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::framework::{Asked, Level};
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named, pending};
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
            let message = say!("{name} is recommended and not answered", name);
            let code = &judgement.item.code.value;
            let plan = pending(&verdict, judgement).map(|pending| pending.span);
            let place = plan.unwrap_or(file.framework.span);
            let found = Diagnostic::new(RULE.name, Severity::Note, place, message)
                .help(say!("add `{code}:` under `answers` if the issuer follows it", code));
            sink.push(about(found, &verdict, judgement));
        }
    }
}
