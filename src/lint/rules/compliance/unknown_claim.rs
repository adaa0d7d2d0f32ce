#![doc = include_str!("unknown_claim.md")]

use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;
use crate::schema::nearest;

/// Claims that a framework does not have.
pub const RULE: Rule = Rule {
    name: "unknown-claim",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unknown_claim.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for claimed in &report.content.head.frameworks {
        let Some(catalog) = report.catalogs.get(&claimed.edition.value) else { continue };
        let Some(claim) = &claimed.claim else { continue };
        if catalog.claims.contains(&claim.value) || sink.has_error_at(claim.span) {
            continue;
        }
        let message =
            say!("{edition} has no claim `{claim}`", edition = catalog.name, claim = claim.value);
        let found = Diagnostic::error(RULE.name, claim.span, message).subject(&catalog.name);
        let near = nearest(&claim.value, catalog.claims.iter().map(String::as_str));
        sink.push(match near {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None if catalog.claims.is_empty() => {
                found.help(say!("reports make no claim about it; take it out of `frameworks`"))
            }
            None => {
                found.help(say!("its claims are {claims}", claims = Phrase::list(&catalog.claims)))
            }
        });
    }
}
