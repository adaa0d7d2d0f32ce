#![doc = include_str!("unexplained_absence.md")]

use crate::content::Outcome;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::framework::{Asked, Level, Permission};
use crate::lint::rule::{Check, Group, Rule, Tier};
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
    check: Check::Report(check),
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

/// Whether one of the framework's reasons is asked for wherever something is left out: where the
/// disclosure is mandatory under the claim, and the catalog says that omissions are a matter of it.
fn asks_reasons(verdict: &Verdict<'_>, judgement: &Judgement<'_>) -> bool {
    !verdict.catalog.omission_reasons.is_empty()
        && judgement.item.omission.is_some()
        && judgement.ruling.level == Some(Level::Mandatory)
}

/// What may stand in the place of a dash.
fn way_out(verdict: &Verdict<'_>, judgement: &Judgement<'_>) -> Phrase {
    let mandatory = judgement.ruling.level == Some(Level::Mandatory);
    let omittable = judgement.item.omission == Some(Permission::Permitted);
    match mandatory {
        true if omittable && asks_reasons(verdict, judgement) => {
            say!(
                "report it, or answer `omitted` with one of the reasons of the framework and its `explanation`"
            )
        }
        true => say!("report it"),
        false => say!("report it, or give a considered reason under `explained`"),
    }
}

fn judge(report: &Report, verdict: &Verdict<'_>, judgement: &Judgement<'_>, sink: &mut Sink) {
    let Some(answer) = judgement.answer else { return };
    let mandatory = judgement.ruling.level == Some(Level::Mandatory);
    let name = named(report, verdict, judgement);
    let (message, help) = match &answer.outcome {
        Outcome::NotReported(sign) => (
            say!(
                "{name} has `{sign}` alone, which is neither a disclosure nor a reason: {bound}",
                name,
                sign,
                bound = bound(judgement)
            ),
            way_out(verdict, judgement),
        ),
        Outcome::Explained { .. } if mandatory && verdict.catalog.omission_reasons.is_empty() => (
            say!(
                "{name} is explained, and must be reported: {bound}",
                name,
                bound = bound(judgement)
            ),
            say!("report it; no explanation takes the place of a mandatory disclosure"),
        ),
        Outcome::Explained { reason, .. } if reason.is_empty() => {
            (say!("{name} is explained without a reason", name), say!("give the considered reason"))
        }
        Outcome::Partly { missing: None, .. } => (
            say!(
                "{name} is answered in part without saying what is missing: {bound}",
                name,
                bound = bound(judgement)
            ),
            say!("say under `missing` what is not reported, or report it in full"),
        ),
        Outcome::Partly { reason: None, .. } if asks_reasons(verdict, judgement) => (
            say!(
                "{name} is answered in part without a reason for what is missing: {bound}",
                name,
                bound = bound(judgement)
            ),
            say!(
                "add `reason` and `explanation`; the claim asks for them wherever a requirement is left out"
            ),
        ),
        Outcome::Partly { reason: Some(_), explanation: None, .. } => (
            say!("{name} gives a reason for what is missing without an explanation", name),
            say!("add `explanation:` with what the reason rests on"),
        ),
        _ => return,
    };
    let found = Diagnostic::error(RULE.name, answer.span, message).help(help);
    sink.push(about(found, verdict, judgement));
}
