#![doc = include_str!("mean_mismatch.md")]

use crate::content::{Aggregate, Breakdown, Metric};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Interval, Unit, rounded};
use crate::report::Report;

use crate::lint::rules::consistency::terms::{Term, shown, shown_difference, with_terms};

/// Stated means against their groups.
pub const RULE: Rule = Rule {
    name: "mean-mismatch",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("mean_mismatch.md"),
    check: Check::Report(check),
};

/// Compares all means of a report.
pub fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        for breakdown in &metric.by {
            if breakdown.aggregate == Aggregate::Mean && breakdown.complete {
                check_breakdown(report, metric, breakdown, sink);
            }
        }
    }
}

fn check_breakdown(report: &Report, metric: &Metric, breakdown: &Breakdown, sink: &mut Sink) {
    let unit = &metric.unit.value;
    for (year, datum) in &metric.values {
        let Ok(stated) = Term::read(&metric.id.value, Some(datum), unit, unit) else { continue };
        let groups = breakdown
            .members
            .iter()
            .map(|member| Term::read(&member.key.value, member.values.get(year), unit, unit));
        let Ok(groups) = groups.collect::<Result<Vec<Term>, _>>() else { continue };
        match weights(report, metric, breakdown, *year, &groups) {
            Some(weights) => compare_weighted(metric, *year, &stated, &groups, &weights, sink),
            None => compare_bounds(metric, breakdown, *year, &stated, &groups, sink),
        }
    }
}

/// The weights of the groups, if the declared weights have them all for the year.
fn weights(
    report: &Report,
    metric: &Metric,
    breakdown: &Breakdown,
    year: u16,
    groups: &[Term],
) -> Option<Vec<Term>> {
    let weights = report.metric(&metric.weights.as_ref()?.value)?;
    let same = weights.by.iter().find(|b| b.name.value == breakdown.name.value)?;
    let unit = &weights.unit.value;
    let terms = groups.iter().map(|group| {
        let values = &same.member(&group.name)?.values;
        Term::read(&group.name, values.get(&year), unit, unit).ok()
    });
    terms.collect()
}

/// A mean lies between the smallest and the largest of its groups, whatever their weights.
fn compare_bounds(
    metric: &Metric,
    breakdown: &Breakdown,
    year: u16,
    stated: &Term,
    groups: &[Term],
    sink: &mut Sink,
) {
    let unit = &metric.unit.value;
    let lows: Option<Vec<Decimal>> = groups.iter().map(|group| group.interval.low).collect();
    let highs: Option<Vec<Decimal>> = groups.iter().map(|group| group.interval.high).collect();
    let (Some(lows), Some(highs)) = (lows, highs) else { return };
    let (Some(low), Some(high)) = (lows.into_iter().min(), highs.into_iter().max()) else { return };
    if stated.interval.overlaps(Interval::between(low, high)) {
        return;
    }
    let least = groups.iter().map(|group| group.value).min().unwrap_or_default();
    let most = groups.iter().map(|group| group.value).max().unwrap_or_default();
    let range = say!("{least} to {most}", least = shown(least, unit), most = shown(most, unit));
    let message = say!(
        "stated mean of {year} lies outside its groups by {breakdown}, {range}",
        year,
        breakdown = breakdown.name.value,
        range
    );
    let nearest = if stated.value < least { least } else { most };
    let difference = nearest.checked_sub(stated.value).unwrap_or_default();
    let found = Diagnostic::error(RULE.name, stated.span, message)
        .label(say!("stated {stated}", stated = shown(stated.value, unit)))
        .subject(format!("{}@{year}", metric.id.value))
        .help(say!(
            "correct the mean or a group, or declare `aggregate: none` if it is no mean of them"
        ));
    let mut found = with_terms(found, groups, unit);
    found.stated = Some(shown(stated.value, unit));
    found.computed = Some(range.to_string());
    found.difference = Some(shown_difference(difference, unit));
    sink.push(found);
}

fn compare_weighted(
    metric: &Metric,
    year: u16,
    stated: &Term,
    groups: &[Term],
    weights: &[Term],
    sink: &mut Sink,
) {
    let unit = &metric.unit.value;
    let Some((mean, interval)) = weighted(groups, weights) else { return };
    if stated.interval.overlaps(interval) {
        return;
    }
    let computed = rounded(mean, stated.value.scale().saturating_add(2).min(12));
    let difference = computed.checked_sub(stated.value).unwrap_or_default();
    let message = say!(
        "stated mean of {year} differs from its weighted groups by {difference}",
        year,
        difference = shown_difference(difference.abs(), unit)
    );
    let found = Diagnostic::error(RULE.name, stated.span, message)
        .label(say!(
            "stated {stated}, weighted mean {computed}",
            stated = shown(stated.value, unit),
            computed = shown(computed, unit)
        ))
        .subject(format!("{}@{year}", metric.id.value))
        .help(say!("correct the mean, a group or a weight; or declare the weights that were used"));
    let mut found = with_terms(found, groups, unit);
    let plain = Unit::none();
    for weight in weights {
        let text = say!(
            "weight of {group} {weight}",
            group = weight.name,
            weight = shown(weight.value, &plain)
        );
        found = found.related(weight.span, text);
    }
    found.stated = Some(shown(stated.value, unit));
    found.computed = Some(shown(computed, unit));
    found.difference = Some(shown_difference(difference, unit));
    sink.push(found);
}

/// Weighted mean with its interval. The mean grows with each group; how it moves with the weights
/// is covered by interval arithmetic on the products.
fn weighted(groups: &[Term], weights: &[Term]) -> Option<(Decimal, Interval)> {
    let zero = (Decimal::ZERO, Interval::exact(Decimal::ZERO));
    let (mut products, mut total) = (zero, zero);
    for (group, weight) in groups.iter().zip(weights) {
        let product = group.value.checked_mul(weight.value)?;
        let interval = group.interval.times(weight.interval)?;
        products = (products.0.checked_add(product)?, products.1.plus(interval)?);
        total = (total.0.checked_add(weight.value)?, total.1.plus(weight.interval)?);
    }
    Some((products.0.checked_div(total.0)?, products.1.over(total.1)?))
}
