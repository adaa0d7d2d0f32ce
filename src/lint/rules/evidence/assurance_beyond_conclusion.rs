#![doc = include_str!("assurance_beyond_conclusion.md")]

use crate::content::{AssuranceLevel, ConclusionResult};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Assurance that the auditor's conclusions do not give.
pub const RULE: Rule = Rule {
    name: "assurance-beyond-conclusion",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("assurance_beyond_conclusion.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        for (year, level) in
            metric.assurance.iter().filter(|(_, level)| **level != AssuranceLevel::None)
        {
            let Some(conclusion) = report.conclusion(&metric.id.value, *year) else { continue };
            let given = match conclusion.result {
                ConclusionResult::Satisfactory => conclusion.level,
                ConclusionResult::Exception | ConclusionResult::NotConcluded => {
                    AssuranceLevel::None
                }
            };
            if *level <= given {
                continue;
            }
            let name = format!("{}@{year}", metric.id.value);
            let what = match conclusion.result {
                ConclusionResult::Satisfactory => {
                    say!("gave {level} assurance", level = Phrase::word(given.word()))
                }
                ConclusionResult::Exception => say!("found an exception"),
                ConclusionResult::NotConcluded => say!("reached no conclusion"),
            };
            let message = say!(
                "`{name}` claims {level} assurance, and the auditor {what}",
                name = name,
                level = Phrase::word(level.word()),
                what
            );
            let found = Diagnostic::error(RULE.name, metric.id.span, message)
                .related(conclusion.item.span, conclusion.exception.clone().unwrap_or_default())
                .subject(name)
                .help(say!(
                    "correct the figure and have it concluded again, or take it out of the scope"
                ));
            sink.push(found);
        }
    }
}
