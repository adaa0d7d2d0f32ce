#![doc = include_str!("unanswered_recommendation.md")]

use crate::content::Outcome;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::framework::{Asked, Level};
use crate::lint::rule::{Check, Group, Rule, Tier};
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
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for verdict in report.claimed_verdicts() {
        let Some(file) = verdict.files.first() else { continue };
        for judgement in &verdict.items {
            let recommended = judgement.ruling.level == Some(Level::Recommended);
            let asked = judgement.item.kind.is_indexed() && judgement.ruling.asked == Asked::Yes;
            let dash = judgement.answer.filter(|a| matches!(a.outcome, Outcome::NotReported(_)));
            if !recommended || !asked || judgement.answer.is_some() && dash.is_none() {
                continue;
            }
            let name = named(report, &verdict, judgement);
            let code = &judgement.item.code.value;
            let plan = pending(&verdict, judgement).map(|pending| pending.span);
            let (place, message, help) = match dash {
                Some(dash) => (
                    dash.code.span,
                    say!("{name} is recommended, and a dash alone does not answer it", name),
                    say!("report it, or say why it is left out"),
                ),
                None => (
                    plan.unwrap_or(file.framework.span),
                    say!("{name} is recommended and not answered", name),
                    say!("add `{code}:` under `answers` if the issuer follows it", code),
                ),
            };
            let found = Diagnostic::new(RULE.name, Severity::Note, place, message).help(help);
            sink.push(about(found, &verdict, judgement));
        }
    }
}
