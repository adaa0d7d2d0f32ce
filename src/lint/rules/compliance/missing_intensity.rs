#![doc = include_str!("missing_intensity.md")]

use crate::content::Metric;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::lint::rules::compliance::quantity::{each_reported, fits, label};
use crate::report::Report;

/// Answers that lack an intensity that is asked for.
pub const RULE: Rule = Rule {
    name: "missing-intensity",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("missing_intensity.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    each_reported(report, |reported| {
        for datapoint in reported.judgement.item.datapoints.iter().filter(|d| d.is_required()) {
            if datapoint.intensity.as_deref() != Some("required") {
                continue;
            }
            // An intensity of the same kind above the line, such as MWh per person for energy.
            let kind = |metric: &Metric| {
                let first = metric.unit.value.above.first()?;
                report.content.units.table.get(first).map(|def| def.kind.clone())
            };
            let fitting: Vec<_> =
                reported.metrics.iter().filter(|metric| fits(report, metric, datapoint)).collect();
            let kinds: Vec<Option<String>> = fitting.iter().map(|metric| kind(metric)).collect();
            let has = reported
                .metrics
                .iter()
                .any(|metric| !metric.unit.value.below.is_empty() && kinds.contains(&kind(metric)));
            if has || fitting.is_empty() {
                continue;
            }
            let name = named(report, reported.verdict, reported.judgement);
            let what = label(report, datapoint);
            let message = say!(
                "{name} asks for the intensity of {what}, and no metric named is one",
                name,
                what
            );
            let found = Diagnostic::error(RULE.name, reported.answer.span, message)
                .help(say!("name a metric with a quotient as its unit, or answer `partly` and say that it is missing"));
            sink.push(about(found, reported.verdict, reported.judgement));
        }
    });
}
