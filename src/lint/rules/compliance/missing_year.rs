#![doc = include_str!("missing_year.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::compliance::item::{about, named};
use crate::lint::rules::compliance::quantity::{each_reported, fits, label};
use crate::report::Report;

/// Answers whose metrics lack a year that is asked for.
pub const RULE: Rule = Rule {
    name: "missing-year",
    group: Group::Compliance,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("missing_year.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    each_reported(report, |reported| {
        for datapoint in reported.judgement.item.datapoints.iter().filter(|d| d.is_required()) {
            let years = datapoint.years.unwrap_or(1);
            let fitting: Vec<_> =
                reported.metrics.iter().filter(|metric| fits(report, metric, datapoint)).collect();
            let number =
                datapoint.quantity.as_deref().is_some_and(|q| !matches!(q, "target" | "set"));
            for back in 0..years {
                let year = report.year().saturating_sub(back);
                let has = fitting.iter().any(|metric| {
                    let stated =
                        metric.values.get(&year).is_some_and(|datum| datum.figure().is_some());
                    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
                    let inside = members.into_iter().any(|member| {
                        member.values.get(&year).is_some_and(|datum| datum.figure().is_some())
                    });
                    stated || inside || report.computed.get(&metric.id.value, year).is_some()
                });
                if has || fitting.is_empty() || !number {
                    continue;
                }
                let name = named(report, reported.verdict, reported.judgement);
                let what = label(report, datapoint);
                let message = if years == 1 {
                    say!("{name} asks for {what}, and {year} has no figure", name, what, year)
                } else {
                    say!(
                        "{name} asks for {what} of {years} years, and {year} has no figure",
                        name,
                        what,
                        years,
                        year
                    )
                };
                let found = Diagnostic::error(RULE.name, reported.answer.span, message)
                    .help(say!("add the figure, or answer `partly` and say that it is missing"));
                sink.push(about(found, reported.verdict, reported.judgement));
            }
        }
    });
}
