#![doc = include_str!("progress_mismatch.md")]

use crate::content::{Direction, Progress, Target};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::formula::Quantity;
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::consistency::terms::{shown, shown_difference};
use crate::quantity::{Decimal, Figure, Interval, Unit, rounded};
use crate::report::{Report, total_of};
use crate::source::Span;

/// Progress towards targets against the metrics that they are measured by.
pub const RULE: Rule = Rule {
    name: "progress-mismatch",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("progress_mismatch.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let Ok(percent) = report.content.units.table.parse("%") else { return };
    for target in &report.content.targets {
        let Some(Progress::Figure(progress, year)) = &target.progress else { continue };
        let year = year.unwrap_or_else(|| report.year());
        let Some((value, interval)) = way(report, target, year) else { continue };
        let hundred = Decimal::ONE_HUNDRED;
        let scaled = value.checked_mul(hundred).zip(interval.scaled(hundred));
        let Some((value, interval)) = scaled else { continue };
        if !progress.value.interval().overlaps(interval) {
            sink.push(found(
                report,
                (target, year),
                (&progress.value, progress.span),
                value,
                &percent,
            ));
        }
    }
}

fn found(
    report: &Report,
    (target, year): (&Target, u16),
    (stated, span): (&Figure, Span),
    value: Decimal,
    percent: &Unit,
) -> Diagnostic {
    let computed = rounded(value, stated.decimals().saturating_add(1).min(12));
    let difference = computed.checked_sub(stated.value).unwrap_or_default();
    let message = say!(
        "stated progress differs from that of the metric by {difference}",
        difference = shown_difference(difference.abs(), percent)
    );
    let mut found = Diagnostic::error(RULE.name, span, message)
        .label(say!("stated {stated}, computed {computed}", stated = shown(stated.value, percent), computed = shown(computed, percent)))
        .subject(&target.id.value)
        .help(say!("correct the progress, the base year or the value of the target; or name the metric that it is measured by"));
    let id = target.metric.as_ref().map(|metric| metric.value.as_str()).unwrap_or_default();
    for year in target.base_year.into_iter().chain([year]) {
        if let Some(datum) = report.datum(&total_of(id, year)) {
            found = found.related(datum.span, format!("{id}@{year}"));
        }
    }
    found.stated = Some(shown(stated.value, percent));
    found.computed = Some(shown(computed, percent));
    found.difference = Some(shown_difference(difference, percent));
    found
}

/// The share of the way from the base year to the value that was covered in a year; nothing where the metric, the
/// value or the direction do not tell.
fn way(report: &Report, target: &Target, year: u16) -> Option<(Decimal, Interval)> {
    let metric = report.metric(&target.metric.as_ref()?.value)?;
    let unit = &metric.unit.value;
    let now = report.quantity(&total_of(&metric.id.value, year)).ok()?;
    let base = report.quantity(&total_of(&metric.id.value, target.base_year?)).ok()?;
    let (wanted, relative) = wanted(target, unit)?;
    let falls = matches!(target.direction?, Direction::ReduceTo | Direction::ReduceBy);
    let rises = matches!(target.direction?, Direction::IncreaseTo | Direction::IncreaseBy);
    if !falls && !rises {
        return None;
    }
    let by = matches!(target.direction?, Direction::ReduceBy | Direction::IncreaseBy);
    // The whole way, as an amount of the metric's unit.
    let whole = match (by, relative) {
        (true, true) => product(&base, wanted)?,
        (true, false) => wanted,
        (false, true) => distance(amount(&base), product(&base, wanted)?)?,
        (false, false) => distance(amount(&base), wanted)?,
    };
    let gone = distance(amount(&base), amount(&now))?;
    let whole = if by && rises { negated(whole) } else { whole };
    let value = gone.0.checked_div(whole.0)?;
    Some((value, gone.1.over(whole.1)?))
}

type Amount = (Decimal, Interval);

fn amount(quantity: &Quantity) -> Amount {
    (quantity.value, quantity.interval)
}

fn product(quantity: &Quantity, by: Amount) -> Option<Amount> {
    Some((quantity.value.checked_mul(by.0)?, quantity.interval.times(by.1)?))
}

fn distance(from: Amount, to: Amount) -> Option<Amount> {
    Some((from.0.checked_sub(to.0)?, from.1.minus(to.1)?))
}

fn negated(amount: Amount) -> Amount {
    (-amount.0, amount.1.negated())
}

/// The value of a target, which is exact, and whether it is a share of the base: a percentage for a
/// metric that is none.
fn wanted(target: &Target, unit: &Unit) -> Option<(Amount, bool)> {
    let value = target.value.as_ref()?.value.value;
    let given = &target.unit.as_ref()?.value;
    let exact = |value: Decimal| (value, Interval::exact(value));
    if given.dimension == unit.dimension && !given.dimension.is_none() {
        return Some((exact(given.convert(value, unit)?), false));
    }
    // A percentage of a percentage could mean either.
    let relative = given.dimension.is_none() && !unit.dimension.is_none();
    let share = value.checked_div(Decimal::ONE_HUNDRED)?;
    (relative && &*given.text == "%").then(|| (exact(share), true))
}
