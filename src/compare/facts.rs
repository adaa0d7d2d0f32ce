//! Values and definitions of metrics.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Metric, MissingKind, Reading, Series};
use crate::quantity::{Figure, Grouping, Unit, group, rounded};
use crate::report::{Comparative, Difference, Report, Said};

/// A value that is not the same in both reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// Name, such as `energy.gas@2023` or `staff[female]@2023`.
    pub name: String,
    /// Value in the older report, with unit; nothing if it has none.
    pub old: Option<String>,
    /// Value in the newer report, with unit; nothing if it has none.
    pub new: Option<String>,
    /// Whether the newer report says why.
    pub explanation: Explanation,
}

/// Whether a change is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explanation {
    /// By a reason in the prevailing language; it is empty where the value follows from others that
    /// are restated.
    Given(String),
    /// It is not.
    Lacking,
    /// It needs none: the value is new.
    Needless,
}

/// A year with the number of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearCount {
    /// Year.
    pub year: u16,
    /// Number of values.
    pub values: usize,
}

/// What a metric is, where that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionChange {
    /// Metric in the newer report.
    pub metric: String,
    /// What changed: label with its language, unit, note, formula, parts, breakdowns, id.
    pub what: String,
    /// In the older report; empty if it had none.
    pub old: String,
    /// In the newer report; empty if it has none.
    pub new: String,
}

/// One value: breakdown and key of its member, and its year.
type Slot<'a> = (Option<(&'a str, &'a str)>, u16);

/// Pairs of metrics that continue each other: older, newer.
fn pairs<'a>(old: &'a Report, new: &'a Report) -> Vec<(&'a Metric, &'a Metric)> {
    let all = new.content.metrics.iter();
    all.filter_map(|metric| Some((new.continued(metric, old)?, metric))).collect()
}

/// Metrics that only the older, and that only the newer report has.
pub fn metrics(old: &Report, new: &Report) -> (Vec<String>, Vec<String>) {
    let pairs = pairs(old, new);
    let kept: BTreeSet<&str> = pairs.iter().map(|(old, _)| old.id.value.as_str()).collect();
    let known: BTreeSet<&str> = pairs.iter().map(|(_, new)| new.id.value.as_str()).collect();
    let other = |report: &Report, known: &BTreeSet<&str>| -> Vec<String> {
        let ids = report.content.metrics.iter().map(|metric| &metric.id.value);
        ids.filter(|id| !known.contains(id.as_str())).cloned().collect()
    };
    (other(old, &kept), other(new, &known))
}

/// Years of values in a report that the other has none of.
pub fn years_of_one(report: &Report, other: &Report) -> Vec<YearCount> {
    let known = years(other);
    let counts = years(report).into_iter().filter(|(year, _)| !known.contains_key(year));
    counts.map(|(year, values)| YearCount { year, values }).collect()
}

fn years(report: &Report) -> BTreeMap<u16, usize> {
    let mut years = BTreeMap::new();
    for metric in &report.content.metrics {
        for (_, year) in slots(metric) {
            *years.entry(year).or_default() += 1;
        }
    }
    years
}

/// The values that a metric states.
fn slots(metric: &Metric) -> Vec<Slot<'_>> {
    let mut found: Vec<Slot<'_>> = metric.values.keys().map(|year| (None, *year)).collect();
    for breakdown in &metric.by {
        for member in &breakdown.members {
            let key = Some((breakdown.name.value.as_str(), member.key.value.as_str()));
            found.extend(member.values.keys().map(|year| (key, *year)));
        }
    }
    found
}

/// Values of years that both reports have, where they differ or stand in one alone.
pub fn values(old: &Report, new: &Report) -> Vec<FactChange> {
    let mut found: Vec<FactChange> =
        new.shared(old).iter().filter_map(|shared| changed(new, shared)).collect();
    let (old_years, new_years) = (years(old), years(new));
    let both = |year: u16| old_years.contains_key(&year) && new_years.contains_key(&year);
    for (before, metric) in pairs(old, new) {
        for (member, year) in slots(before).into_iter().filter(|(_, year)| both(*year)) {
            if new.said(metric, member, year).is_none() {
                let value = printed(before, member, year);
                let explanation = explanation(new, metric, year);
                found.push(alone(metric, (member, year), Some(value), None, explanation));
            }
        }
        for (member, year) in slots(metric).into_iter().filter(|(_, year)| both(*year)) {
            if old.said(before, member, year).is_none() {
                let value = printed(metric, member, year);
                let slot = (member, year);
                found.push(alone(metric, slot, None, Some(value), Explanation::Needless));
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn changed(new: &Report, shared: &Comparative<'_>) -> Option<FactChange> {
    let explanation = match shared.difference() {
        Difference::None if !requalified(shared) => return None,
        Difference::Added => Explanation::Needless,
        _ => explanation(new, shared.metric, shared.year),
    };
    let explanation = match explanation {
        Explanation::Lacking if new.is_explained(shared) => Explanation::Given(String::new()),
        other => other,
    };
    Some(FactChange {
        name: shared.name(),
        old: Some(said(&shared.was, shared.before, shared.member, shared.year)),
        new: Some(said(&shared.now, shared.metric, shared.member, shared.year)),
        explanation,
    })
}

/// Whether a figure got or lost a qualifier, which changes what it says though not its digits.
fn requalified(shared: &Comparative<'_>) -> bool {
    match (&shared.now, &shared.was) {
        (Said::Stated(now, _), Said::Stated(was, _)) => now.qualifier != was.qualifier,
        _ => false,
    }
}

fn explanation(new: &Report, metric: &Metric, year: u16) -> Explanation {
    let Some(restatement) = metric.restated.get(&year) else { return Explanation::Lacking };
    let lang = new.content.head.languages.first().copied();
    let reason = lang.and_then(|lang| restatement.reason.get(lang));
    Explanation::Given(reason.map(|reason| reason.value.clone()).unwrap_or_default())
}

fn alone(
    metric: &Metric,
    (member, year): Slot<'_>,
    old: Option<String>,
    new: Option<String>,
    explanation: Explanation,
) -> FactChange {
    let member = member.map(|(_, key)| format!("[{key}]")).unwrap_or_default();
    FactChange { name: format!("{}{member}@{year}", metric.id.value), old, new, explanation }
}

fn said(said: &Said<'_>, metric: &Metric, member: Option<(&str, &str)>, year: u16) -> String {
    match said {
        Said::Stated(figure, _) => with_unit(figure, &metric.unit.value),
        Said::Computed(value, ..) => {
            let digits = if value.scale() > 4 { rounded(*value, 4) } else { *value };
            let digits = group(digits.normalize(), Grouping::Thousands);
            format!("{digits} {} (computed)", metric.unit.value.text)
        }
        Said::Missing(_) => printed(metric, member, year),
    }
}

fn with_unit(figure: &Figure, unit: &Unit) -> String {
    let qualifier = figure.qualifier.before();
    format!("{qualifier}{} {}", group(figure.value, Grouping::Thousands), unit.text)
}

fn printed(metric: &Metric, member: Option<(&str, &str)>, year: u16) -> String {
    let series: Option<&Series> = match member {
        None => Some(&metric.values),
        Some((breakdown, key)) => {
            let by = metric.by.iter().find(|by| by.name.value == breakdown);
            by.and_then(|by| by.member(key)).map(|member| &member.values)
        }
    };
    match series.and_then(|series| series.get(&year)).map(|datum| &datum.reading) {
        Some(Reading::Figure(figure)) => with_unit(figure, &metric.unit.value),
        Some(Reading::Missing(missing)) => missing_word(missing.kind),
        None => String::new(),
    }
}

fn missing_word(kind: MissingKind) -> String {
    kind.word().replace('-', " ")
}

/// What metrics are, where that changed.
pub fn definitions(old: &Report, new: &Report) -> Vec<DefinitionChange> {
    let mut found = Vec::new();
    for (before, metric) in pairs(old, new) {
        let (was, now) = (described(before), described(metric));
        let keys: BTreeSet<&String> = was.keys().chain(now.keys()).collect();
        for what in keys {
            let of = |map: &BTreeMap<String, String>| map.get(what).cloned().unwrap_or_default();
            let (old, new) = (of(&was), of(&now));
            if old != new {
                let metric = metric.id.value.clone();
                found.push(DefinitionChange { metric, what: what.clone(), old, new });
            }
        }
    }
    found
}

/// Everything about a metric but its values, in words.
fn described(metric: &Metric) -> BTreeMap<String, String> {
    let ids = |list: &[crate::source::Spanned<String>]| {
        list.iter().map(|id| id.value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut found = BTreeMap::new();
    let mut insert = |key: &str, value: String| {
        if !value.is_empty() {
            found.insert(key.to_owned(), value);
        }
    };
    insert("id", metric.id.value.clone());
    insert("unit", metric.unit.value.text.to_string());
    insert("parts", ids(&metric.parts));
    insert("part-of", ids(metric.part_of.as_slice()));
    insert("weights", ids(metric.weights.as_slice()));
    let formula = metric.formula.as_ref().map(|formula| formula.value.to_string());
    insert("formula", formula.unwrap_or_default());
    for (lang, words) in metric.label.iter() {
        insert(&format!("label ({lang})"), words.value.clone());
    }
    for (lang, words) in metric.note.iter().flat_map(|note| note.iter()) {
        insert(&format!("note ({lang})"), words.value.clone());
    }
    for breakdown in &metric.by {
        let members = breakdown.members.iter().map(|member| member.key.value.as_str());
        let members = members.collect::<Vec<_>>().join(", ");
        insert(&format!("breakdown {}", breakdown.name.value), members);
    }
    found
}
