#![doc = include_str!("unanswered_topic.md")]

use std::collections::BTreeMap;

use crate::content::Outcome;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::{Judgement, Report, Verdict};

/// Material topics of which a claim asks for at least one disclosure, and none is reported.
pub const RULE: Rule = Rule {
    name: "unanswered-topic",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unanswered_topic.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for verdict in report.claimed_verdicts() {
        let Some(file) = verdict.files.first() else { continue };
        let standards = standards(&verdict);
        let Some(claim) = verdict.claim.and_then(|claim| claim.claim.as_ref()) else { continue };
        if !standards.is_empty() && report.selected.is_empty() {
            let message = say!(
                "the claim `{claim}` of {edition} asks for a disclosure of every material topic, and no topics are listed",
                claim = claim.value,
                edition = verdict.catalog.name
            );
            let found = Diagnostic::error(RULE.name, claim.span, message);
            let help = say!("list them in `topics.yaml` with the disclosures selected for each");
            sink.push(found.subject(&verdict.catalog.name).help(help));
        }
        for (standard, disclosures) in standards {
            let selected = |code: &str| report.selected.iter().any(|other| other == code);
            let codes: Vec<&str> = disclosures.iter().map(|j| j.item.code.value.as_str()).collect();
            let material = selected(standard) || codes.iter().any(|code| selected(code));
            if !material || disclosures.iter().any(|judgement| is_reported(judgement)) {
                continue;
            }
            let message = say!(
                "{standard} of {edition} is material, and none of its disclosures is reported",
                standard,
                edition = verdict.catalog.name
            );
            let found = Diagnostic::error(RULE.name, file.framework.span, message)
                .label(say!("answers of this framework"))
                .subject(format!("{} {standard}", verdict.catalog.name))
                .help(say!("report at least one of {codes}", codes = Phrase::list(&codes)));
            let asked = verdict.catalog.item(standard).map(|item| item.span());
            sink.push(match asked {
                Some(span) => found.related(span, say!("the standard of the topic")),
                None => found,
            });
        }
    }
}

/// The disclosures of each standard of which the claim asks for one.
fn standards<'v>(verdict: &'v Verdict<'_>) -> BTreeMap<&'v str, Vec<&'v Judgement<'v>>> {
    let claim = verdict.claim.and_then(|claim| claim.claim.as_ref());
    let mut found: BTreeMap<&str, Vec<&Judgement<'_>>> = BTreeMap::new();
    for judgement in &verdict.items {
        let one = judgement.item.applies.iter().any(|entry| {
            entry.select.as_deref() == Some("one-of-topic")
                && entry.claim.as_ref() == claim.map(|claim| &claim.value)
        });
        if let Some(parent) = judgement.item.parent.as_deref().filter(|_| one) {
            found.entry(parent).or_default().push(judgement);
        }
    }
    found
}

fn is_reported(judgement: &Judgement<'_>) -> bool {
    let outcome = judgement.answer.map(|answer| &answer.outcome);
    matches!(
        outcome,
        Some(
            Outcome::Reported(_)
                | Outcome::Partly { .. }
                | Outcome::Negative(_)
                | Outcome::Elsewhere(_)
        )
    )
}
