#![doc = include_str!("unanswered_disclosure.md")]

use crate::content::Pending;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::framework::Asked;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, binds, bound, named, pending};
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
    check: Check::Report(check),
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
            let found = match pending(&verdict, judgement) {
                Some(pending) => planned(pending, message),
                None => Diagnostic::error(RULE.name, file.framework.span, message)
                    .label(say!("answers of this framework"))
                    .help(say!("add `{code}:` under `answers`", code = judgement.item.code.value)),
            };
            sink.push(about(found, &verdict, judgement));
        }
    }
}

/// The finding of a disclosure that is planned, at the plan.
fn planned(pending: &Pending, message: Phrase) -> Diagnostic {
    let found = Diagnostic::error(RULE.name, pending.span, message);
    let found = match (&pending.until, &pending.owner) {
        (Some(until), Some(owner)) => {
            found.label(say!("planned until {until}, by {owner}", until = until.value, owner))
        }
        (Some(until), None) => found.label(say!("planned until {until}", until = until.value)),
        _ => found,
    };
    found.help(say!(
        "write where it is answered, such as `reported: [section]`, in place of `pending`"
    ))
}
