#![doc = include_str!("missing_breakdown.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::lint::rules::compliance::quantity::{each_reported, fits, label};
use crate::report::Report;

/// Answers whose metrics lack a breakdown that is asked for.
pub const RULE: Rule = Rule {
    name: "missing-breakdown",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("missing_breakdown.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    each_reported(report, |reported| {
        for datapoint in reported.judgement.item.datapoints.iter().filter(|d| d.is_required()) {
            let fitting: Vec<_> =
                reported.metrics.iter().filter(|metric| fits(report, metric, datapoint)).collect();
            // Without a fitting metric the kind is wrong, which has its own finding. Types that
            // are metrics of their own stand as parts.
            let in_parts = fitting.iter().any(|metric| metric.parts.len() > 1)
                || report.content.metrics.iter().any(|whole| {
                    let inside = whole
                        .parts
                        .iter()
                        .filter(|part| fitting.iter().any(|metric| metric.id.value == part.value));
                    inside.count() > 1
                });
            for wanted in datapoint.breakdowns.iter().filter(|_| !fitting.is_empty() && !in_parts) {
                let has = fitting.iter().any(|metric| {
                    metric
                        .by
                        .iter()
                        .any(|breakdown| breakdown.dimensions().any(|name| name == wanted))
                });
                if has {
                    continue;
                }
                let name = named(report, reported.verdict, reported.judgement);
                let what = label(report, datapoint);
                let message = say!(
                    "{name} asks for {what} by {wanted}, which no metric named has",
                    name,
                    what,
                    wanted
                );
                let found = Diagnostic::error(RULE.name, reported.answer.span, message).help(say!(
                    "add the breakdown `{wanted}`, or answer `partly` and say that it is missing",
                    wanted
                ));
                sink.push(about(found, reported.verdict, reported.judgement));
            }
        }
    });
}
