#![doc = include_str!("unexplained_absence.md")]

use crate::content::Outcome;
use crate::diag::{Diagnostic, Severity, Sink};
use crate::framework::{Asked, Level};
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, binds, bound, named};
use crate::report::{Judgement, Report, Verdict};

/// Disclosures that bind the report and are left out without what the framework asks for in their place.
pub const RULE: Rule = Rule {
    name: "unexplained-absence",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unexplained_absence.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for verdict in report.claimed_verdicts() {
        for judgement in &verdict.items {
            if binds(judgement) && judgement.ruling.asked == Asked::Yes {
                judge(report, &verdict, judgement, sink);
            }
        }
    }
}

fn judge(report: &Report, verdict: &Verdict<'_>, judgement: &Judgement<'_>, sink: &mut Sink) {
    let Some(answer) = judgement.answer else { return };
    let mandatory = judgement.ruling.level == Some(Level::Mandatory);
    let name = named(report, verdict, judgement);
    let (message, help) = match &answer.outcome {
        Outcome::NotReported(sign) => (
            format!(
                "{name} has `{sign}` alone, which is neither a disclosure nor a reason: {}",
                bound(judgement)
            ),
            if mandatory {
                "report it"
            } else {
                "report it, or give a considered reason under `explained`"
            },
        ),
        Outcome::Explained { .. } if mandatory && verdict.catalog.omission_reasons.is_empty() => (
            format!("{name} is explained, and must be reported: {}", bound(judgement)),
            "report it; no explanation takes the place of a mandatory disclosure",
        ),
        Outcome::Explained { reason, .. } if reason.is_empty() => {
            (format!("{name} is explained without a reason"), "give the considered reason")
        }
        _ => return,
    };
    let found = Diagnostic::error(RULE.name, answer.span, message).help(help);
    sink.push(about(found, verdict, judgement));
}
