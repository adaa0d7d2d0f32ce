#![doc = include_str!("framework_without_index.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Frameworks that are claimed and have no answers at all.
pub const RULE: Rule = Rule {
    name: "framework-without-index",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("framework_without_index.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for claim in &report.content.head.frameworks {
        let Some(verdict) = report.verdict(&claim.edition.value) else { continue };
        let reporting = verdict.catalog.purpose == "reporting";
        if reporting && verdict.files.iter().all(|file| file.answers.is_empty()) {
            let name = &claim.edition.value;
            let message = say!("{name} is claimed, and no disclosure of it is answered", name);
            let found = Diagnostic::error(RULE.name, claim.edition.span, message)
                .subject(name)
                .help(say!("write `disclosures/*.yaml` with `framework: {name}`", name));
            sink.push(found);
        }
    }
}
