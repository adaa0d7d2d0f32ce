#![doc = include_str!("unreviewed_content.md")]

use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Content that nobody has looked at since it was carried over or written as a start.
pub const RULE: Rule = Rule {
    name: "unreviewed-content",
    group: Group::Project,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unreviewed_content.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let content = &report.content;
    let origin = match content.review.carried_from {
        Some(year) => say!("carried over from {year}", year),
        None => say!("written as a start"),
    };
    for file in &content.review.files {
        let Some(sum) = content.checksums.get(&file.value) else { continue };
        let message = say!("the file is {origin} and was not reviewed", origin);
        let found = Diagnostic::error(RULE.name, sum.span, message).subject(&file.value);
        sink.push(done(found, file.span));
    }
    for (edition, codes) in &content.review.answers {
        let files = content.disclosures.iter();
        let files = files.filter(|file| file.framework.value == edition.value);
        let answers: Vec<_> = files.flat_map(|file| &file.answers).collect();
        for code in codes {
            let Some(answer) = answers.iter().find(|answer| answer.code.value == code.value) else {
                continue;
            };
            let message = say!(
                "the answer to {code} of {edition} is {origin} and was not reviewed",
                code = code.value,
                edition = edition.value,
                origin
            );
            let found = Diagnostic::error(RULE.name, answer.span, message);
            sink.push(done(found.subject(format!("{} {}", edition.value, code.value)), code.span));
        }
    }
}

/// Says where the review is recorded.
fn done(found: Diagnostic, line: crate::source::Span) -> Diagnostic {
    let label: Phrase = say!("listed here until it is reviewed");
    found.related(line, label).help(say!("review it, then delete its line in `review.yaml`"))
}
