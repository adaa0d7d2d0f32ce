#![doc = include_str!("omission_not_permitted.md")]

use crate::content::Outcome;
use crate::diag::{Diagnostic, Severity, Sink};
use crate::framework::Permission;
use crate::lint::rule::{Group, Rule, Tier};
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
    check: Some(check),
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
) -> Option<(String, String)> {
    let name = named(report, verdict, judgement);
    let reasons = &verdict.catalog.omission_reasons;
    match &judgement.answer?.outcome {
        Outcome::Omitted { .. } if reasons.is_empty() => {
            let help = "report it, explain it, or say that it does not apply";
            Some((format!("{} knows no omissions", verdict.catalog.name), help.to_owned()))
        }
        Outcome::Omitted { .. } if judgement.item.omission == Some(Permission::NotPermitted) => {
            let claimed = verdict.claim.and_then(|claim| claim.claim.as_ref());
            let strict = claimed.is_some_and(|claim| claim.value == "in-accordance");
            strict.then(|| (format!("{name} must not be omitted"), "report it".to_owned()))
        }
        Outcome::Omitted { explanation: None, .. } => {
            let help = "add `explanation:` with what the reason rests on";
            Some((format!("{name} is omitted without an explanation"), help.to_owned()))
        }
        Outcome::Relief { name: relief, .. }
            if !reliefs(verdict, judgement).contains(&relief.value) =>
        {
            let help = match reliefs(verdict, judgement).as_slice() {
                [] => "it has no reliefs".to_owned(),
                reliefs => format!("its reliefs are {}", reliefs.join(", ")),
            };
            Some((format!("{name} has no relief `{}`", relief.value), help))
        }
        Outcome::Relief { substitute: None, .. } => {
            let help = "add `substitute:` with what is disclosed in its place, or why nothing is";
            Some((
                format!("{name} uses a relief and does not say what stands in its place"),
                help.to_owned(),
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
