#![doc = include_str!("restatement_without_change.md")]

use crate::content::{Datum, Metric};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::Figure;
use crate::report::Report;
use crate::source::Spanned;

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
    check: Check::Report(check),
};

/// A restatement, and the present figure that does not differ from it, if there is one.
struct WithoutChange<'a> {
    metric: &'a Metric,
    member: Option<&'a str>,
    year: u16,
    was: &'a Spanned<Figure>,
    present: Option<&'a Datum>,
}

impl From<WithoutChange<'_>> for Diagnostic {
    fn from(found: WithoutChange<'_>) -> Self {
        let was = found.was;
        let value = shown(was.value.value, &found.metric.unit.value);
        let (year, member) = (found.year, found.member);
        let of = member.map(|key| format!(" of `{key}`")).unwrap_or_default();
        let name = member.map(|key| format!("[{key}]")).unwrap_or_default();
        let subject = format!("{}{name}@{year}", found.metric.id.value);
        let diagnostic = match found.present {
            Some(present) => {
                let message = say!(
                    "the figure{of} of {year} is restated and is {value} as before",
                    of,
                    year,
                    value
                );
                Diagnostic::error(RULE.name, was.span, message)
                    .related(present.span, say!("present figure {value}", value))
                    .help(say!("correct one of the two figures, or delete the restatement"))
            }
            None => {
                let message = match member {
                    Some(key) => {
                        say!("{year} is restated for `{key}` and has no figure", year, key)
                    }
                    None => say!("{year} is restated and has no figure", year),
                };
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
            if let Some(was) = &restatement.was {
                let present = metric.values.get(&year);
                let computed = report.computed.get(&metric.id.value, year).is_some();
                if is_same(was, present) || (present.is_none() && !computed) {
                    sink.push(WithoutChange { metric, member: None, year, was, present });
                }
            }
            for member in &restatement.members {
                let breakdown = metric.by.iter().find(|by| by.name.value == member.breakdown.value);
                let series = breakdown.and_then(|by| by.member(&member.key.value));
                let present = series.and_then(|series| series.values.get(&year));
                let (was, key) = (&member.was, Some(member.key.value.as_str()));
                if is_same(was, present) || present.is_none() {
                    sink.push(WithoutChange { metric, member: key, year, was, present });
                }
            }
        }
    }
}

fn is_same(was: &Spanned<Figure>, present: Option<&Datum>) -> bool {
    let was = &was.value;
    present
        .and_then(Datum::figure)
        .is_some_and(|figure| figure.value == was.value && figure.qualifier == was.qualifier)
}
