#![doc = include_str!("duplicate_figures.md")]

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Metric, Series};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;
use crate::report::Report;

use crate::lint::rules::consistency::terms::{Term, shown, shown_difference};

/// One fact under two names, with two values.
pub const RULE: Rule = Rule {
    name: "duplicate-figures",
    group: Group::Consistency,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("duplicate_figures.md"),
    check: Check::Report(check),
};

/// Two metrics of one label that differ.
struct Differing<'a> {
    first: &'a Metric,
    second: &'a Metric,
    label: &'a str,
    year: u16,
    one: Term,
    other: Term,
}

impl From<Differing<'_>> for Diagnostic {
    fn from(found: Differing<'_>) -> Self {
        let unit = &found.second.unit.value;
        let (one, other) = (shown(found.one.value, unit), shown(found.other.value, unit));
        let message = say!(
            "`{first}` and `{second}` are both \"{label}\" and differ in {year}: {one}, {other}",
            first = found.first.id.value,
            second = found.second.id.value,
            label = found.label,
            year = found.year,
            one,
            other
        );
        let difference = found.other.value.checked_sub(found.one.value).unwrap_or_default();
        let mut diagnostic = Diagnostic::warning(RULE.name, found.other.span, message)
            .related(found.one.span, say!("{name} {figure}", name = found.one.name, figure = one))
            .subject(format!("{}@{}", found.second.id.value, found.year))
            .help(say!("keep one of the two, or give them labels that tell them apart"));
        diagnostic.stated = Some(other);
        diagnostic.computed = Some(one);
        diagnostic.difference = Some(shown_difference(difference, unit));
        diagnostic
    }
}

/// Most earlier metrics of a label that one is compared with, of those that can be the same fact. Where a
/// thousand have one label, half a million pairs would say no more than the first thousands.
const MOST_ALIKE: usize = 8;

fn check(report: &Report, sink: &mut Sink) {
    let inside = parts(report);
    let groups = groups(report);
    let mut seen: BTreeMap<(Lang, String), Vec<&Metric>> = BTreeMap::new();
    for metric in &report.content.metrics {
        // The label of a part is read under that of its whole, and says nothing by itself.
        if metric.part_of.is_some() || inside.contains(metric.id.value.as_str()) {
            continue;
        }
        let mut told = BTreeSet::new();
        for (lang, label) in metric.label.iter() {
            let key = (lang, label.value.trim().to_lowercase());
            let earlier = seen.entry(key).or_default();
            let alike = earlier.iter().filter(|first| {
                first.unit.value.dimension == metric.unit.value.dimension
                    && !apart(&groups, first, metric)
            });
            for first in alike.take(MOST_ALIKE) {
                if told.insert(first.id.value.as_str()) {
                    report_difference(first, metric, label.value.trim(), sink);
                }
            }
            earlier.push(metric);
        }
    }
}

/// The labelled groups of tables that metrics stand in: table and number of the group.
fn groups(report: &Report) -> BTreeMap<&str, BTreeSet<(&str, usize)>> {
    let mut found: BTreeMap<&str, BTreeSet<(&str, usize)>> = BTreeMap::new();
    for table in &report.content.tables {
        let labelled = table.groups.iter().enumerate().filter(|(_, group)| group.label.is_some());
        for (at, row) in labelled.flat_map(|(at, group)| group.rows.iter().map(move |r| (at, r))) {
            found.entry(&row.metric.value).or_default().insert((&table.id.value, at));
        }
    }
    found
}

/// Whether two metrics are read under different headings: "Recycled" under hazardous waste is not
/// "Recycled" under other waste.
fn apart(
    groups: &BTreeMap<&str, BTreeSet<(&str, usize)>>,
    first: &Metric,
    second: &Metric,
) -> bool {
    let of = |metric: &Metric| groups.get(metric.id.value.as_str());
    matches!((of(first), of(second)), (Some(a), Some(b)) if a.is_disjoint(b))
}

/// Metrics that are a part of another.
fn parts(report: &Report) -> BTreeSet<&str> {
    let all = report.content.metrics.iter().flat_map(|metric| &metric.parts);
    all.map(|part| part.value.as_str()).collect()
}

/// Reports the first year and member in which two metrics differ.
fn report_difference(first: &Metric, second: &Metric, label: &str, sink: &mut Sink) {
    let mut series: Vec<(Phrase, &Series, &Series)> =
        vec![(Phrase::from(&first.id.value), &first.values, &second.values)];
    for breakdown in &first.by {
        let other = second.by.iter().find(|b| b.name.value == breakdown.name.value);
        for member in &breakdown.members {
            let same = other.and_then(|other| other.member(&member.key.value));
            if let Some(same) = same {
                let name =
                    say!("{metric} for {key}", metric = first.id.value, key = member.key.value);
                series.push((name, &member.values, &same.values));
            }
        }
    }
    let unit = &second.unit.value;
    for (name, ones, others) in series {
        for (&year, datum) in others.iter().rev() {
            let one = Term::read(&name, ones.get(&year), &first.unit.value, unit);
            let other = Term::read(&second.id.value, Some(datum), unit, unit);
            if let (Ok(one), Ok(other)) = (one, other)
                && !one.interval.overlaps(other.interval)
            {
                sink.push(Differing { first, second, label, year, one, other });
                return;
            }
        }
    }
}
