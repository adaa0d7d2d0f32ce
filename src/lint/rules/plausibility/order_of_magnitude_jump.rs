#![doc = include_str!("order_of_magnitude_jump.md")]

use std::collections::BTreeSet;

use crate::content::{Datum, Metric, Series};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::quantity::{Decimal, Figure, Unit, rounded};
use crate::report::Report;

use crate::lint::rules::consistency::terms::{Term, shown, slip_near};

/// Figures of two years that are far apart.
pub const RULE: Rule = Rule {
    name: "order-of-magnitude-jump",
    group: Group::Plausibility,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("order_of_magnitude_jump.md"),
    check: Some(check),
};

/// A figure that is many times that of the year before, or a small part of it.
struct Jump<'a> {
    metric: &'a Metric,
    /// Name of the metric, or of the member of it.
    name: Phrase,
    year: u16,
    before: Term,
    after: Term,
    factor: Decimal,
}

impl From<Jump<'_>> for Diagnostic {
    fn from(found: Jump<'_>) -> Self {
        let unit = &found.metric.unit.value;
        let (before, after) = (shown(found.before.value, unit), shown(found.after.value, unit));
        let rises = found.before.value < found.after.value;
        let (name, factor) = (&found.name, rounded(found.factor, 1));
        let (from, year) = (found.year.saturating_sub(1), found.year);
        let message = if rises {
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
        };
        let ask =
            say!("check both figures; if they are right, say why in `note` or under `restated`");
        let help = match slip_near(found.factor) {
            Some(cause) => say!("the factor fits a unit slip: {cause}; {ask}", cause, ask),
            None => ask,
        };
        let difference = found.after.value.checked_sub(found.before.value).unwrap_or_default();
        let mut diagnostic = Diagnostic::warning(RULE.name, found.after.span, message)
            .label(after.clone())
            .related(found.before.span, say!("{before} the year before", before))
            .subject(format!("{}@{}", found.metric.id.value, found.year))
            .help(help);
        diagnostic.stated = Some(after);
        diagnostic.computed = Some(before);
        diagnostic.difference = Some(shown(difference, unit));
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let mut jumps: Vec<Jump<'_>> = Vec::new();
    for metric in report.content.metrics.iter().filter(|metric| is_measured(metric)) {
        jumps.extend(jumps_of(metric, Phrase::from(&metric.id.value), &metric.values));
        let whole: BTreeSet<u16> = years_of(&jumps, &metric.id.value);
        for member in metric.by.iter().flat_map(|breakdown| &breakdown.members) {
            let name = say!("{metric} for {key}", metric = metric.id.value, key = member.key.value);
            let inner = jumps_of(metric, name, &member.values);
            jumps.extend(inner.into_iter().filter(|jump| !whole.contains(&jump.year)));
        }
    }
    let of_whole: BTreeSet<(&str, u16)> =
        jumps.iter().flat_map(|jump| parts_of(report, jump)).collect();
    let own = |jump: &Jump<'_>| !of_whole.contains(&(jump.metric.id.value.as_str(), jump.year));
    let keep: Vec<bool> = jumps.iter().map(own).collect();
    for (jump, keep) in jumps.into_iter().zip(keep) {
        if keep {
            sink.push(jump);
        }
    }
}

/// Whether the figures of a metric were measured: what a formula gives follows from others, and
/// has no explanation of its own. A note explains.
fn is_measured(metric: &Metric) -> bool {
    metric.note.is_none() && metric.formula.is_none()
}

fn years_of(jumps: &[Jump<'_>], id: &str) -> BTreeSet<u16> {
    jumps.iter().filter(|jump| jump.metric.id.value == id).map(|jump| jump.year).collect()
}

/// The parts of a metric that jumps: what explains the whole explains them.
fn parts_of<'a>(report: &'a Report, jump: &Jump<'a>) -> Vec<(&'a str, u16)> {
    let whole = jump.metric;
    let contained = report.content.metrics.iter().filter(|metric| {
        metric.part_of.as_ref().is_some_and(|other| other.value == whole.id.value)
    });
    let parts = whole.parts.iter().map(|part| part.value.as_str());
    parts.chain(contained.map(|part| part.id.value.as_str())).map(|id| (id, jump.year)).collect()
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
