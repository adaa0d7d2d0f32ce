#![doc = include_str!("claim_not_earned.md")]

use crate::content::Outcome;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::framework::{Asked, ItemKind, Level};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::{Judgement, Report};

/// Claims that need more than the report gives.
pub const RULE: Rule = Rule {
    name: "claim-not-earned",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("claim_not_earned.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for verdict in report.claimed_verdicts() {
        let Some(claimed) = verdict.claim else { continue };
        let Some(claim) = &claimed.claim else { continue };
        // Only claims that the catalog itself sets apart by items of their own ask for more.
        let own = |judgement: &&Judgement<'_>| {
            judgement.item.claim.as_deref() == Some(claim.value.as_str())
        };
        if !verdict.items.iter().any(|judgement| own(&judgement)) || verdict.files.is_empty() {
            continue;
        }
        let lacking: Vec<String> = verdict
            .items
            .iter()
            .filter(|judgement| judgement.item.kind == ItemKind::Disclosure)
            .filter(|judgement| judgement.ruling.level == Some(Level::Mandatory))
            .filter(|judgement| judgement.ruling.asked == Asked::Yes && lacks(judgement))
            .map(|judgement| judgement.item.code.value.clone())
            .collect();
        let topics = verdict.items.iter().any(|j| j.item.per.is_some() && own(&j));
        let topics = topics && report.selected.is_empty();
        if lacking.is_empty() && !topics {
            continue;
        }
        let message = say!(
            "the claim `{claim}` of {edition} is not earned",
            claim = claim.value,
            edition = claimed.edition.value
        );
        let mut parts: Vec<Phrase> = Vec::new();
        if !lacking.is_empty() {
            parts.push(say!("lacking: {lacking}", lacking = Phrase::list(&lacking)));
        }
        if topics {
            parts.push(say!(
                "no material topics with their disclosures are listed in `topics.yaml`"
            ));
        }
        let weaker = verdict.catalog.claims.last().filter(|other| **other != claim.value);
        let help = match weaker {
            Some(weaker) => {
                say!("{parts}; or claim `{weaker}`", parts = Phrase::joined("; ", &parts), weaker)
            }
            None => Phrase::joined("; ", &parts),
        };
        let found =
            Diagnostic::error(RULE.name, claim.span, message).subject(&claimed.edition.value);
        sink.push(found.help(help));
    }
}

/// Whether an item is neither reported nor left out in a way that the claim permits.
fn lacks(judgement: &Judgement<'_>) -> bool {
    match judgement.answer.map(|answer| &answer.outcome) {
        None | Some(Outcome::NotReported(_) | Outcome::Explained { .. }) => true,
        Some(Outcome::Omitted { .. } | Outcome::NotApplicable(_) | Outcome::Partly { .. }) => {
            judgement.item.omission == Some(crate::framework::Permission::NotPermitted)
        }
        Some(_) => false,
    }
}
