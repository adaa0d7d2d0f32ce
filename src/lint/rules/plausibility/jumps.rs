//! Figures of neighbouring years that are far apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Datum, Metric, Series};
use crate::diag::{Phrase, say};
use crate::quantity::{Decimal, Figure, Unit, rounded};
use crate::report::Report;

use crate::lint::rules::consistency::terms::Term;

/// A figure that is many times that of the year before, or a small part of it.
pub struct Jump<'a> {
    /// The metric.
    pub metric: &'a Metric,
    /// Name of the metric, or of the member of it.
    pub name: Phrase,
    /// The later year.
    pub year: u16,
    /// The figure of the year before.
    pub before: Term,
    /// The figure of the year.
    pub after: Term,
    /// How many times the smaller one is in the larger one.
    pub factor: Decimal,
}

impl Jump<'_> {
    /// What happened.
    pub fn message(&self) -> Phrase {
        let (name, factor) = (&self.name, rounded(self.factor, 1));
        let (from, year) = (self.year.saturating_sub(1), self.year);
        if self.before.value < self.after.value {
            say!(
                "`{name}` rises by a factor of {factor} from {from} to {year}",
                name,
                factor,
                from,
                year
            )
        } else {
            say!(
                "`{name}` falls by a factor of {factor} from {from} to {year}",
                name,
                factor,
                from,
                year
            )
        }
    }
}

/// The jumps of some metrics and of their members. Where a whole jumps, its members and parts are
/// left out: what explains the whole explains them. What a formula gives follows from others, and
/// has no explanation of its own.
pub fn jumps<'a>(report: &'a Report, wanted: impl Fn(&Metric) -> bool) -> Vec<Jump<'a>> {
    let mut jumps: Vec<Jump<'_>> = Vec::new();
    let metrics = report.content.metrics.iter();
    for metric in metrics.filter(|metric| metric.formula.is_none() && wanted(metric)) {
        let own = jumps_of(metric, Phrase::from(&metric.id.value), &metric.values);
        let whole: BTreeSet<u16> = own.iter().map(|jump| jump.year).collect();
        jumps.extend(own);
        for member in metric.by.iter().flat_map(|breakdown| &breakdown.members) {
            let name = say!("{metric} for {key}", metric = metric.id.value, key = member.key.value);
            let inner = jumps_of(metric, name, &member.values);
            jumps.extend(inner.into_iter().filter(|jump| !whole.contains(&jump.year)));
        }
    }
    let contained = contained(report);
    let of_whole: BTreeSet<(&str, u16)> =
        jumps.iter().flat_map(|jump| parts_of(&contained, jump)).collect();
    jumps.retain(|jump| !of_whole.contains(&(jump.metric.id.value.as_str(), jump.year)));
    jumps
}

/// Metrics by the metric that they say they are a part of.
fn contained(report: &Report) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for metric in &report.content.metrics {
        if let Some(whole) = &metric.part_of {
            found.entry(&whole.value).or_default().push(&metric.id.value);
        }
    }
    found
}

/// The parts of a metric that jumps: what explains the whole explains them.
fn parts_of<'a>(
    contained: &BTreeMap<&'a str, Vec<&'a str>>,
    jump: &Jump<'a>,
) -> Vec<(&'a str, u16)> {
    let whole = jump.metric;
    let contained = contained.get(whole.id.value.as_str()).into_iter().flatten().copied();
    let parts = whole.parts.iter().map(|part| part.value.as_str());
    parts.chain(contained).map(|id| (id, jump.year)).collect()
}

/// The jumps between neighbouring years of a series.
fn jumps_of<'a>(metric: &'a Metric, name: Phrase, series: &Series) -> Vec<Jump<'a>> {
    let mut found = Vec::new();
    for (year, datum) in series {
        let earlier = year.checked_sub(1);
        let Some(before) = earlier.and_then(|earlier| series.get(&earlier)) else { continue };
        let restated = earlier.is_some_and(|earlier| metric.restated.contains_key(&earlier));
        if restated || metric.restated.contains_key(year) {
            continue;
        }
        if let Some((before, after, factor)) = compare(&metric.unit.value, &name, before, datum) {
            found.push(Jump { metric, name: name.clone(), year: *year, before, after, factor });
        }
    }
    found
}

/// Two figures and their factor, if they are significant and too far apart however they were
/// rounded.
fn compare(
    unit: &Unit,
    name: &Phrase,
    before: &Datum,
    after: &Datum,
) -> Option<(Term, Term, Decimal)> {
    let significant = |datum: &Datum| datum.figure().is_some_and(|figure| counts(figure, unit));
    if !significant(before) || !significant(after) {
        return None;
    }
    let read = |datum| Term::read(name, Some(datum), unit, unit).ok();
    let (before, after) = (read(before)?, read(after)?);
    let (small, large) =
        if before.value < after.value { (&before, &after) } else { (&after, &before) };
    let least = large.interval.low?.checked_div(small.interval.high?)?;
    let limit = if unit.additive { 8 } else { 5 };
    if least < Decimal::from(limit) {
        return None;
    }
    let factor = large.value.checked_div(small.value)?;
    Some((before, after, factor))
}

/// Whether a figure says enough to be compared: it has two digits at least, three if it is below
/// 20, and is no small count.
fn counts(figure: &Figure, unit: &Unit) -> bool {
    let (value, digits) = (figure.value, figure.value.mantissa());
    if value >= Decimal::from(20) { digits >= 10 } else { digits >= 100 && !unit.counting }
}
