#![doc = include_str!("undeclared_coverage.md")]

use crate::content::Metric;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::framework::Datapoint;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::lint::rules::compliance::quantity::{Reported, each_reported, label};
use crate::report::Report;
use crate::source::Spanned;

/// Answers that do not say which members of a dimension a figure covers.
pub const RULE: Rule = Rule {
    name: "undeclared-coverage",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("undeclared_coverage.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    each_reported(report, |reported| {
        for datapoint in reported.judgement.item.datapoints.iter().filter(|d| d.is_required()) {
            if let Some(dimension) = &datapoint.covers {
                check_coverage(report, reported, datapoint, dimension, sink);
            }
        }
    });
}

fn check_coverage(
    report: &Report,
    reported: &Reported<'_>,
    datapoint: &Datapoint,
    dimension: &str,
    sink: &mut Sink,
) {
    let metrics = candidates(report, reported, datapoint);
    let covered: Vec<&Spanned<String>> =
        metrics.iter().flat_map(|metric| members(metric, dimension)).collect();
    let name = named(report, reported.verdict, reported.judgement);
    let what = label(report, datapoint);
    if covered.is_empty() {
        let message =
            say!("{name} asks for {what}, and no metric says which it covers", name, what);
        let help = match metrics.first() {
            Some(metric) => say!(
                "add `covers: {{{dimension}: [...]}}` or a breakdown `{dimension}` to `{metric}`, or answer `partly`",
                dimension,
                metric = metric.id.value
            ),
            None => {
                say!("name the metric under `facts`, or answer `partly` and say what is missing")
            }
        };
        let found = Diagnostic::error(RULE.name, reported.answer.span, message).help(help);
        sink.push(about(found, reported.verdict, reported.judgement));
        return;
    }
    let known = datapoint.members.iter().find(|(other, _)| other == dimension);
    let Some((_, known)) = known else { return };
    for member in covered.iter().filter(|member| !known.contains(&member.value)) {
        let message =
            say!("{name} knows no {dimension} `{member}`", name, dimension, member = member.value);
        let help = say!("its members are {known}", known = Phrase::list(known));
        let found = Diagnostic::error(RULE.name, member.span, message).help(help);
        sink.push(about(found, reported.verdict, reported.judgement));
    }
}

/// The metrics that an answer names. One that names none answers in words, which are about the
/// metrics with the role that the datapoint gives.
fn candidates<'a>(
    report: &'a Report,
    reported: &Reported<'a>,
    datapoint: &Datapoint,
) -> Vec<&'a Metric> {
    if !reported.metrics.is_empty() {
        return reported.metrics.clone();
    }
    let role = datapoint.role.as_deref();
    let has = |metric: &&Metric| metric.role.is_some_and(|own| Some(own.word()) == role);
    report.content.metrics.iter().filter(has).collect()
}

/// The members of a dimension that a metric covers: those declared, and those with figures.
fn members<'a>(metric: &'a Metric, dimension: &str) -> Vec<&'a Spanned<String>> {
    let declared = metric.covers.iter().filter(|cover| cover.dimension.value == dimension);
    let split = metric.by.iter().filter(|breakdown| breakdown.name.value == dimension);
    let declared = declared.flat_map(|cover| &cover.members);
    declared.chain(split.flat_map(|by| by.members.iter().map(|member| &member.key))).collect()
}
