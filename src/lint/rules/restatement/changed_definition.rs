#![doc = include_str!("changed_definition.md")]

use crate::content::{Metric, Text};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::{Report, Said};
use crate::source::Span;

/// Series whose name, unit or definition is not that of the report before.
pub const RULE: Rule = Rule {
    name: "changed-definition",
    group: Group::Restatement,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("changed_definition.md"),
    check: Check::Report(check),
};

/// What changed about a metric.
struct Changed<'a> {
    metric: &'a Metric,
    what: &'static str,
    now: (Span, String),
    before: (Span, String),
}

impl From<Changed<'_>> for Diagnostic {
    fn from(found: Changed<'_>) -> Self {
        let (id, what) = (&found.metric.id.value, found.what);
        let (now, before) = (&found.now.1, &found.before.1);
        let message = say!(
            "the {what} of `{id}` was \"{before}\" and is \"{now}\" now",
            what,
            id,
            before,
            now
        );
        Diagnostic::warning(RULE.name, found.now.0, message)
            .related(found.before.0, say!("in the report before"))
            .subject(id)
            .help(say!("restate the earlier figures with the reason, or give the new series an id of its own; keep the old words where only the words changed"))
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let Some(prior) = report.prior.as_ref().map(|prior| &prior.report) else { return };
    for metric in &report.content.metrics {
        let Some(before) = report.continued(metric, prior) else { continue };
        // A series that shares no figure, or is restated, says all that has to be said.
        if !metric.restated.is_empty() || !shares_figures(report, prior, metric, before) {
            continue;
        }
        let (unit, old) = (&metric.unit, &before.unit);
        if unit.value.above != old.value.above || unit.value.below != old.value.below {
            let now = (unit.span, unit.value.text.to_string());
            let before = (old.span, old.value.text.to_string());
            sink.push(Changed { metric, what: "unit", now, before });
        }
        if let Some((now, before)) = differing(&metric.label, &before.label) {
            sink.push(Changed { metric, what: "label", now, before });
        }
        let notes = metric.note.as_ref().zip(before.note.as_ref());
        if let Some((now, before)) = notes.and_then(|(now, before)| differing(now, before)) {
            sink.push(Changed { metric, what: "note", now, before });
        }
        if let Some((now, old)) = metric.formula.as_ref().zip(before.formula.as_ref())
            && now.value.to_string() != old.value.to_string()
            && metric.renamed_from.is_none()
        {
            let now = (now.span, now.value.to_string());
            let before = (old.span, old.value.to_string());
            sink.push(Changed { metric, what: "formula", now, before });
        }
    }
}

/// Whether both reports have a figure of an earlier year.
fn shares_figures(report: &Report, prior: &Report, metric: &Metric, before: &Metric) -> bool {
    let has = |said: Option<Said<'_>>| said.is_some_and(|said| said.value().is_some());
    let years = metric.values.keys().chain(&report.content.head.years);
    years
        .filter(|year| **year < report.year())
        .any(|&year| has(report.said(metric, None, year)) && has(prior.said(before, None, year)))
}

/// The first language in which two texts differ in more than white space, case, punctuation and
/// numerals. A note often names the year.
fn differing(now: &Text, before: &Text) -> Option<((Span, String), (Span, String))> {
    let core = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        letters.flat_map(char::to_lowercase).collect()
    };
    now.iter().find_map(|(lang, now)| {
        let before = before.exact(lang)?;
        let place = |text: &crate::source::Spanned<String>| (text.span, text.value.clone());
        (core(&now.value) != core(&before.value)).then(|| (place(now), place(before)))
    })
}
