#![doc = include_str!("falling_cumulative.md")]

use crate::content::{Metric, Series};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::consistency::terms::{Term, shown};
use crate::report::Report;

/// Cumulative figures that fall.
pub const RULE: Rule = Rule {
    name: "falling-cumulative",
    group: Group::Plausibility,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("falling_cumulative.md"),
    check: Some(check),
};

/// Words of labels for what is added up since some day.
const CUMULATIVE: [&str; 7] =
    ["cumulative", "to date", "accumulated", "累计", "累計", "累积", "累積"];

/// Words of labels for what is added up within a year alone, or for what is no sum.
const YEARLY: [&str; 20] = [
    "up to date",
    "year to date",
    "year-to-date",
    "in the year",
    "during the year",
    "of the year",
    "for the year",
    "this year",
    "annual",
    "per year",
    "reporting period",
    "年内",
    "年內",
    "全年",
    "年度",
    "本年",
    "当年",
    "當年",
    "报告期",
    "報告期",
];

fn check(report: &Report, sink: &mut Sink) {
    for metric in report.content.metrics.iter().filter(|metric| is_cumulative(metric)) {
        falls(metric, &metric.id.value, &metric.values, sink);
        for member in metric.by.iter().flat_map(|breakdown| &breakdown.members) {
            let name = say!("{metric} for {key}", metric = metric.id.value, key = member.key.value);
            falls(metric, &name, &member.values, sink);
        }
    }
}

fn is_cumulative(metric: &Metric) -> bool {
    let says = |words: &[&str]| {
        metric.label.iter().any(|(_, label)| {
            let label = label.value.to_lowercase();
            words.iter().any(|word| label.contains(word))
        })
    };
    metric.unit.value.additive && says(&CUMULATIVE) && !says(&YEARLY)
}

fn falls(metric: &Metric, name: &str, series: &Series, sink: &mut Sink) {
    let unit = &metric.unit.value;
    let mut last: Option<(u16, Term)> = None;
    for (year, datum) in series {
        let Ok(term) = Term::read(name, Some(datum), unit, unit) else { continue };
        if let Some((before, earlier)) = &last {
            let fell = term.interval.high.zip(earlier.interval.low).is_some_and(|(h, l)| h < l);
            if fell && !metric.restated.contains_key(before) {
                sink.push(found(metric, name, (*before, earlier), (*year, &term)));
            }
        }
        last = Some((*year, term));
    }
}

fn found(
    metric: &Metric,
    name: &str,
    (before, earlier): (u16, &Term),
    (year, term): (u16, &Term),
) -> Diagnostic {
    let unit = &metric.unit.value;
    let difference = term.value.checked_sub(earlier.value).unwrap_or_default();
    let message =
        say!("`{name}` is cumulative and falls from {before} to {year}", name, before, year);
    let mut found = Diagnostic::warning(RULE.name, term.span, message)
        .label(shown(term.value, unit))
        .related(
            earlier.span,
            say!("{earlier} in {before}", earlier = shown(earlier.value, unit), before),
        )
        .subject(format!("{}@{year}", metric.id.value))
        .help(say!("correct one of the two, or say under `restated` why the earlier one changed"));
    found.stated = Some(shown(term.value, unit));
    found.computed = Some(shown(earlier.value, unit));
    found.difference = Some(shown(difference, unit));
    found
}
