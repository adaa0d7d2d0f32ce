#![doc = include_str!("wrong_quantity.md")]

use std::collections::BTreeSet;

use crate::content::Metric;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::framework::Datapoint;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::lint::rules::compliance::quantity::{Reported, each_reported, fits, label};
use crate::report::Report;

/// Answers whose metrics are not of the kind that is asked for.
pub const RULE: Rule = Rule {
    name: "wrong-quantity",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("wrong_quantity.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    each_reported(report, |reported| {
        let item = reported.judgement.item;
        if item.asks.as_deref() == Some("quantity") && is_of_no_kind(report, reported) {
            sink.push(of_no_kind(report, reported));
        }
        check_one_of(report, reported, sink);
        // What a figure covers is a matter of its own rule.
        let figures = item.datapoints.iter().filter(|d| d.is_required() && d.covers.is_none());
        for datapoint in figures {
            if let Some(role) = &datapoint.role
                && !reported.metrics.iter().any(|m| m.role.is_some_and(|own| own.word() == role))
            {
                let name = named(report, reported.verdict, reported.judgement);
                let what = label(report, datapoint);
                let message = say!(
                    "{name} asks for {what}, and no metric named has the role {role}",
                    name,
                    what,
                    role
                );
                let found = Diagnostic::error(RULE.name, reported.answer.span, message).help(say!(
                    "declare `role: {role}` where the metric is measured so, or answer `partly`",
                    role
                ));
                sink.push(about(found, reported.verdict, reported.judgement));
                continue;
            }
            let Some(quantity) = datapoint.quantity.as_deref() else { continue };
            let number = !matches!(quantity, "target" | "set");
            if !number || reported.metrics.iter().any(|metric| fits(report, metric, datapoint)) {
                continue;
            }
            let name = named(report, reported.verdict, reported.judgement);
            let what = label(report, datapoint);
            let message = match reported.metrics.len() {
                0 => say!(
                    "{name} asks for a figure of kind {quantity} ({what}), and the answer names no metric",
                    name,
                    quantity = Phrase::word(quantity),
                    what
                ),
                _ => say!(
                    "{name} asks for a figure of kind {quantity} ({what}), and no metric named is one",
                    name,
                    quantity = Phrase::word(quantity),
                    what
                ),
            };
            let found = Diagnostic::error(RULE.name, reported.answer.span, message).help(say!(
                "name the metric under `facts`, or answer `partly` and say what is missing"
            ));
            sink.push(about(found, reported.verdict, reported.judgement));
        }
    });
}

/// Groups of figures of which one is enough.
fn check_one_of(report: &Report, reported: &Reported<'_>, sink: &mut Sink) {
    let item = reported.judgement.item;
    let names: BTreeSet<&str> =
        item.datapoints.iter().filter_map(|datapoint| datapoint.one_of.as_deref()).collect();
    for name in names {
        let group: Vec<_> =
            item.datapoints.iter().filter(|d| d.one_of.as_deref() == Some(name)).collect();
        let fits = |d: &&Datapoint| reported.metrics.iter().any(|metric| fits(report, metric, d));
        if group.iter().any(fits) {
            continue;
        }
        let labels: Vec<Phrase> = group.iter().map(|d| label(report, d)).collect();
        let name = named(report, reported.verdict, reported.judgement);
        let message = say!(
            "{name} asks for one of {labels}, and no metric named is one",
            name,
            labels = Phrase::list(&labels)
        );
        let found = Diagnostic::error(RULE.name, reported.answer.span, message).help(say!(
            "name the metric under `facts`, or answer `partly` and say what is missing"
        ));
        sink.push(about(found, reported.verdict, reported.judgement));
    }
}

/// Whether an item only names figures, without saying which it requires, and none of the metrics
/// that answer it is like any of them.
fn is_of_no_kind(report: &Report, reported: &Reported<'_>) -> bool {
    let points = &reported.judgement.item.datapoints;
    let open = points.iter().all(|point| point.obligation.is_none() && point.one_of.is_none());
    // Counts and ratios can be of anything.
    let kind = |point: &Datapoint| {
        point.quantity.as_deref().is_some_and(|q| !matches!(q, "count" | "ratio"))
    };
    let known = points.iter().all(kind);
    let like = |metric: &&Metric| points.iter().any(|point| fits(report, metric, point));
    let metrics = &reported.metrics;
    open && known && !points.is_empty() && !metrics.is_empty() && !metrics.iter().any(like)
}

fn of_no_kind(report: &Report, reported: &Reported<'_>) -> Diagnostic {
    let name = named(report, reported.verdict, reported.judgement);
    let points = reported.judgement.item.datapoints.iter();
    let labels: Vec<Phrase> = points.map(|point| label(report, point)).collect();
    let message = say!(
        "{name} asks for such figures as {labels}, and no metric named is like them",
        name,
        labels = Phrase::list(&labels)
    );
    let found = Diagnostic::warning(RULE.name, reported.answer.span, message)
        .help(say!("name the metric under `facts`, or answer `partly` and say what is missing"));
    about(found, reported.verdict, reported.judgement)
}
