#![doc = include_str!("changed_after_conclusion.md")]

use crate::content::{Conclusion, Reading, Subject};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::quantity::{Figure, Grouping, group};
use crate::report::Report;
use crate::source::Span;

/// Figures and files that are not what was concluded on.
pub const RULE: Rule = Rule {
    name: "changed-after-conclusion",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("changed_after_conclusion.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for conclusion in &report.content.conclusions {
        let Some(stated) = &conclusion.stated else { continue };
        match &conclusion.subject {
            Subject::Figure(path) => {
                // What cannot be read as a figure has stood in no report and is told by its schema.
                let Ok(was) = Figure::parse(&stated.value) else { continue };
                let Some(datum) = report.datum(path) else { continue };
                let (same, now) = match &datum.reading {
                    Reading::Figure(now) => (
                        now.value == was.value && now.qualifier == was.qualifier,
                        group(now.value, Grouping::Thousands),
                    ),
                    Reading::Missing(missing) => (false, missing.kind.word().replace('-', " ")),
                };
                if !same {
                    sink.push(changed(conclusion, &stated.value, &now, datum.span));
                }
            }
            Subject::Evidence(id) => {
                let Some(sum) = report.evidence(id).and_then(|item| item.sha256.as_ref()) else {
                    continue;
                };
                if sum.value != stated.value {
                    sink.push(changed(conclusion, &stated.value, &sum.value, sum.span));
                }
            }
            Subject::Disclosure(..) => {}
        }
    }
}

fn changed(conclusion: &Conclusion, was: &str, now: &str, span: Span) -> Diagnostic {
    let item = &conclusion.item.value;
    let message = say!("`{item}` was concluded on as {was} and is now {now}", item, was, now);
    let day = conclusion.on.as_ref().map(|day| day.value.to_string()).unwrap_or_default();
    let mut found = Diagnostic::error(RULE.name, span, message)
        .related(conclusion.item.span, say!("concluded by {by}, {day}", by = conclusion.by, day))
        .subject(item.strip_prefix("evidence ").unwrap_or(item))
        .help(say!(
            "take the change back, or have it concluded on again and replace the conclusion"
        ));
    found.stated = Some(now.to_owned());
    found.computed = Some(was.to_owned());
    found
}
