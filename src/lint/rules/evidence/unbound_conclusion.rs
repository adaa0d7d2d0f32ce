#![doc = include_str!("unbound_conclusion.md")]

use crate::content::{Conclusion, Subject};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;

/// Conclusions that do not say what they are on.
pub const RULE: Rule = Rule {
    name: "unbound-conclusion",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unbound_conclusion.md"),
    check: Check::Report(check),
};

/// A conclusion that a later change would pass by.
struct Unbound<'a> {
    conclusion: &'a Conclusion,
    help: Phrase,
}

impl From<Unbound<'_>> for Diagnostic {
    fn from(found: Unbound<'_>) -> Self {
        let item = &found.conclusion.item;
        let message = say!("`{item}` is concluded on without what stood there", item = item.value);
        Diagnostic::error(RULE.name, item.span, message)
            .subject(item.value.strip_prefix("evidence ").unwrap_or(&item.value))
            .help(found.help)
    }
}

fn check(report: &Report, sink: &mut Sink) {
    for conclusion in &report.content.conclusions {
        let stated = conclusion.stated.is_some();
        let help: Phrase = match &conclusion.subject {
            Subject::Figure(path) if !stated && report.datum(path).is_some() => {
                say!("add the figure as it stood, with its unit, under `stated`")
            }
            Subject::Evidence(id) => {
                let sum = report.evidence(id).and_then(|item| item.sha256.as_ref());
                let Some(sum) = sum.filter(|_| !stated) else { continue };
                say!(
                    "add the checksum of the file under `stated`; it is {sum} now",
                    sum = sum.value
                )
            }
            _ => continue,
        };
        sink.push(Unbound { conclusion, help });
    }
}
