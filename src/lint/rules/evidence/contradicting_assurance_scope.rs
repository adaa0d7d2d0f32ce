#![doc = include_str!("contradicting_assurance_scope.md")]

use std::collections::BTreeMap;

use crate::content::AssuranceLevel;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;
use crate::source::Span;

/// Levels of assurance that differ between a metric and the scope of an engagement.
pub const RULE: Rule = Rule {
    name: "contradicting-assurance-scope",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("contradicting_assurance_scope.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let reported = report.year();
    let mut given: BTreeMap<(&str, u16), (AssuranceLevel, Span)> = BTreeMap::new();
    for engagement in &report.content.head.engagements {
        for (level, metric) in &engagement.scope {
            for year in engagement.years(reported) {
                let place = (metric.value.as_str(), year);
                let first = *given.entry(place).or_insert((*level, metric.span));
                if first.0 != *level {
                    let message = two_levels(&metric.value, year, first.0, *level);
                    let found = Diagnostic::error(RULE.name, metric.span, message);
                    sink.push(
                        found
                            .related(first.1, say!("the other level"))
                            .subject(format!("{}@{year}", metric.value))
                            .help(say!("name it under one level")),
                    );
                }
            }
        }
    }
    for ((id, year), (level, span)) in given {
        let Some(metric) = report.metric(id) else { continue };
        let own = metric.assurance.get(&year).copied().unwrap_or(level);
        if own != level {
            let message = two_levels(id, year, own, level);
            let found = Diagnostic::error(RULE.name, metric.id.span, message)
                .related(span, say!("the scope of the engagement"))
                .subject(format!("{id}@{year}"))
                .help(say!("delete `assurance` from the metric, or correct the scope"));
            sink.push(found);
        }
    }
}

fn two_levels(id: &str, year: u16, one: AssuranceLevel, other: AssuranceLevel) -> Phrase {
    say!(
        "`{id}` has {one} and {other} assurance for {year}",
        id,
        one = Phrase::word(one.word()),
        other = Phrase::word(other.word()),
        year
    )
}
