#![doc = include_str!("wrong_quantity.md")]

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Severity, Sink};
use crate::framework::Datapoint;
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::lint::rules::compliance::quantity::{each_reported, fits, label};
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
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    each_reported(report, |reported| {
        let item = reported.judgement.item;
        let names: BTreeSet<&str> =
            item.datapoints.iter().filter_map(|datapoint| datapoint.one_of.as_deref()).collect();
        for name in names {
            let group: Vec<_> =
                item.datapoints.iter().filter(|d| d.one_of.as_deref() == Some(name)).collect();
            let fits =
                |d: &&Datapoint| reported.metrics.iter().any(|metric| fits(report, metric, d));
            if group.iter().any(fits) {
                continue;
            }
            let labels: Vec<String> = group.iter().map(|d| label(report, d)).collect();
            let name = named(report, reported.verdict, reported.judgement);
            let message =
                format!("{name} asks for one of {}, and no metric named is one", labels.join(", "));
            let found = Diagnostic::error(RULE.name, reported.answer.span, message)
                .help("name the metric under `facts`, or answer `partly` and say what is missing");
            sink.push(about(found, reported.verdict, reported.judgement));
        }
        // What a figure covers is a matter of its own rule.
        let figures = item.datapoints.iter().filter(|d| d.is_required() && d.covers.is_none());
        for datapoint in figures {
            if let Some(role) = &datapoint.role
                && !reported.metrics.iter().any(|m| m.role.is_some_and(|own| own.word() == role))
            {
                let name = named(report, reported.verdict, reported.judgement);
                let what = label(report, datapoint);
                let message =
                    format!("{name} asks for {what}, and no metric named has the role {role}");
                let found =
                    Diagnostic::error(RULE.name, reported.answer.span, message).help(format!(
                        "declare `role: {role}` where the metric is measured so, or answer `partly`"
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
                0 => format!(
                    "{name} asks for a figure of kind {quantity} ({what}), and the answer names no metric"
                ),
                _ => format!(
                    "{name} asks for a figure of kind {quantity} ({what}), and no metric named is one"
                ),
            };
            let found = Diagnostic::error(RULE.name, reported.answer.span, message)
                .help("name the metric under `facts`, or answer `partly` and say what is missing");
            sink.push(about(found, reported.verdict, reported.judgement));
        }
    });
}
