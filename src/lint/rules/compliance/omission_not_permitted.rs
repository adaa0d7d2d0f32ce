#![doc = include_str!("omission_not_permitted.md")]

use crate::content::Outcome;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::framework::Permission;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::report::{Judgement, Report, Verdict};

/// Omissions that a framework does not permit, or that lack what it asks for.
pub const RULE: Rule = Rule {
    name: "omission-not-permitted",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("omission_not_permitted.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for edition in report.catalogs.keys() {
        let Some(verdict) = report.verdict(edition) else { continue };
        for judgement in &verdict.items {
            let Some(answer) = judgement.answer else { continue };
            // A word that the framework does not know was said where it stands.
            let word = match &answer.outcome {
                Outcome::Omitted { reason, .. } => Some(reason.span),
                Outcome::Relief { name, .. } => Some(name.span),
                _ => None,
            };
            if word.is_some_and(|span| sink.has_error_at(span)) {
                continue;
            }
            if let Some((message, help)) = fault(report, &verdict, judgement) {
                let found = Diagnostic::error(RULE.name, answer.span, message).help(help);
                sink.push(about(found, &verdict, judgement));
            }
        }
    }
}

fn fault(
    report: &Report,
    verdict: &Verdict<'_>,
    judgement: &Judgement<'_>,
) -> Option<(Phrase, Phrase)> {
    let name = named(report, verdict, judgement);
    let reasons = &verdict.catalog.omission_reasons;
    match &judgement.answer?.outcome {
        Outcome::Omitted { .. } if reasons.is_empty() => {
            let help = say!("report it, explain it, or say that it does not apply");
            Some((say!("{edition} knows no omissions", edition = verdict.catalog.name), help))
        }
        Outcome::Omitted { .. } if judgement.item.omission == Some(Permission::NotPermitted) => {
            let claimed = verdict.claim.and_then(|claim| claim.claim.as_ref());
            let strict = claimed.is_some_and(|claim| claim.value == "in-accordance");
            strict.then(|| (say!("{name} must not be omitted", name), say!("report it")))
        }
        Outcome::Omitted { explanation: None, .. } => {
            let help = say!("add `explanation:` with what the reason rests on");
            Some((say!("{name} is omitted without an explanation", name), help))
        }
        Outcome::Relief { name: relief, .. }
            if !reliefs(verdict, judgement).contains(&relief.value) =>
        {
            let help = match reliefs(verdict, judgement).as_slice() {
                [] => say!("it has no reliefs"),
                reliefs => say!("its reliefs are {reliefs}", reliefs = Phrase::list(reliefs)),
            };
            Some((say!("{name} has no relief `{relief}`", name, relief = relief.value), help))
        }
        Outcome::Relief { substitute: None, .. } => {
            let help =
                say!("add `substitute:` with what is disclosed in its place, or why nothing is");
            Some((
                say!("{name} uses a relief and does not say what stands in its place", name),
                help,
            ))
        }
        _ => None,
    }
}

/// Reliefs of an item and of the items that hold it: what may be left out of a whole may be left
/// out of its parts.
fn reliefs(verdict: &Verdict<'_>, judgement: &Judgement<'_>) -> Vec<String> {
    let mut found = judgement.item.reliefs.clone();
    for parent in verdict.catalog.ancestors(judgement.item) {
        found.extend(parent.reliefs.iter().cloned());
    }
    found
}
