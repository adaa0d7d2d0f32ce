#![doc = include_str!("restatement_without_change.md")]

use crate::content::{Datum, Metric, Restatement};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::report::Report;

use crate::lint::rules::consistency::terms::shown;

/// Restatements that restate nothing.
pub const RULE: Rule = Rule {
    name: "restatement-without-change",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("restatement_without_change.md"),
    check: Some(check),
};

/// A restatement, and the present figure that does not differ from it, if there is one.
struct WithoutChange<'a> {
    metric: &'a Metric,
    year: u16,
    restatement: &'a Restatement,
    present: Option<&'a Datum>,
}

impl From<WithoutChange<'_>> for Diagnostic {
    fn from(found: WithoutChange<'_>) -> Self {
        let was = &found.restatement.was;
        let value = shown(was.value.value, &found.metric.unit.value);
        let year = found.year;
        let subject = format!("{}@{year}", found.metric.id.value);
        let diagnostic = match found.present {
            Some(present) => {
                let message =
                    say!("the figure of {year} is restated and is {value} as before", year, value);
                Diagnostic::error(RULE.name, was.span, message)
                    .related(present.span, say!("present figure {value}", value))
                    .help(say!("correct one of the two figures, or delete the restatement"))
            }
            None => {
                let message = say!("{year} is restated and has no figure", year);
                Diagnostic::error(RULE.name, was.span, message)
                    .help(say!("add the present figure to `values`, or correct the year"))
            }
        };
        diagnostic.subject(subject)
    }
}

fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        for (&year, restatement) in &metric.restated {
            let present = metric.values.get(&year);
            let was = &restatement.was.value;
            let same = present.and_then(Datum::figure).is_some_and(|figure| {
                figure.value == was.value && figure.qualifier == was.qualifier
            });
            let computed = report.computed.get(&metric.id.value, year).is_some();
            if same || (present.is_none() && !computed) {
                sink.push(WithoutChange { metric, year, restatement, present });
            }
        }
    }
}
