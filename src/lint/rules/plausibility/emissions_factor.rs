#![doc = include_str!("emissions_factor.md")]

use std::collections::BTreeSet;

use crate::content::{Metric, Role, Series};
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::framework::Factor;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::{Decimal, Interval, Unit, rounded};
use crate::report::Report;
use crate::source::Span;

use crate::lint::rules::consistency::terms::{Term, shown};

/// Emissions against the energy they come from.
pub const RULE: Rule = Rule {
    name: "emissions-factor",
    group: Group::Plausibility,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("emissions_factor.md"),
    check: Check::Report(check),
};

/// Fuels, whose emissions are direct.
const BURNT: [Role; 3] = [Role::EnergyNaturalGas, Role::EnergyDiesel, Role::EnergyPetrol];

/// Energy that is bought, whose emissions are indirect.
const BOUGHT: [Role; 2] = [Role::EnergyElectricity, Role::EnergyHeat];

/// A breakdown and a member of it; nothing for the whole.
type Part<'a> = Option<(&'a str, &'a str)>;

/// What the energy of a year can emit, in the unit of the emissions.
struct Possible {
    least: Decimal,
    most: Decimal,
    /// Whether every metric of the roles has a figure, so that there cannot be more.
    complete: bool,
    inputs: Vec<(Span, Phrase)>,
}

fn check(report: &Report, sink: &mut Sink) {
    let all: Vec<Role> = BURNT.iter().chain(&BOUGHT).copied().collect();
    let emitters: [(Role, &[Role], bool); 4] = [
        (Role::GhgScope1, &BURNT, false),
        (Role::GhgScope2, &BOUGHT, true),
        (Role::GhgScope2Location, &BOUGHT, true),
        (Role::GhgScope12, &all, false),
    ];
    for (role, sources, capped) in emitters {
        for metric in report.content.metrics.iter().filter(|metric| metric.role == Some(role)) {
            check_series(report, metric, None, &metric.values, (sources, capped), sink);
            for breakdown in &metric.by {
                for member in &breakdown.members {
                    let group = Some((breakdown.name.value.as_str(), member.key.value.as_str()));
                    check_series(report, metric, group, &member.values, (sources, capped), sink);
                }
            }
        }
    }
}

/// Compares emissions with what the energy of the same group can emit, year by year. Several
/// metrics of one emission role are not compared: which of them the energy belongs to is not known.
fn check_series(
    report: &Report,
    metric: &Metric,
    group: Part<'_>,
    series: &Series,
    (sources, capped): (&[Role], bool),
    sink: &mut Sink,
) {
    let unit = &metric.unit.value;
    let same_role = report.content.metrics.iter().filter(|other| other.role == metric.role);
    if same_role.count() > 1 {
        return;
    }
    for (&year, datum) in series {
        let Ok(stated) = Term::read(&metric.id.value, Some(datum), unit, unit) else { continue };
        let Some(possible) = possible(report, sources, group, year, unit) else { continue };
        let low = stated.interval.high.is_some_and(|high| high < possible.least);
        let high = stated.interval.low.is_some_and(|low| low > possible.most);
        if low || (high && capped && possible.complete) {
            sink.push(outside(metric, group, year, &stated, &possible));
        }
    }
}

/// The range of what the energy of a group and year can emit; nothing if there is no energy.
fn possible(
    report: &Report,
    roles: &[Role],
    group: Part<'_>,
    year: u16,
    unit: &Unit,
) -> Option<Possible> {
    let mut sum =
        Possible { least: Decimal::ZERO, most: Decimal::ZERO, complete: true, inputs: Vec::new() };
    let kilograms = report.content.units.table.parse("kgCO2e").ok()?;
    let mut met = BTreeSet::new();
    for metric in &report.content.metrics {
        let Some(role) = metric.role.filter(|role| roles.contains(role)) else { continue };
        met.insert(role);
        if is_told_twice(report, metric) {
            continue;
        }
        let Some(factor) = factor_of(report, role, &metric.unit.value) else {
            sum.complete = false;
            continue;
        };
        match emitted(report, metric, factor, group, year) {
            Some((interval, span)) => {
                let interval = kilograms.convert_interval(interval, unit)?;
                sum.least = sum.least.checked_add(interval.low.unwrap_or_default())?;
                match interval.high {
                    Some(high) => sum.most = sum.most.checked_add(high)?,
                    None => sum.complete = false,
                }
                let range = say!(
                    "{low} to {high} kgCO2e/{per}",
                    low = factor.low,
                    high = factor.high,
                    per = factor.per
                );
                sum.inputs.push((span, say!("{metric}, {range}", metric = metric.id.value, range)));
            }
            None => sum.complete = false,
        }
    }
    sum.complete &= met.len() == roles.len();
    (!sum.inputs.is_empty()).then_some(sum)
}

/// Whether a fuel that is given in volume or mass is given as energy too: it is burnt once.
fn is_told_twice(report: &Report, metric: &Metric) -> bool {
    let Ok(energy) = report.content.units.table.parse("kWh") else { return false };
    let is_energy = |metric: &Metric| metric.unit.value.dimension == energy.dimension;
    let mut same = report.content.metrics.iter().filter(|other| other.role == metric.role);
    !is_energy(metric) && same.any(is_energy)
}

/// The factor of a role for what a unit measures: energy, volume or mass.
fn factor_of<'a>(report: &'a Report, role: Role, unit: &Unit) -> Option<&'a Factor> {
    report.factors.iter().find(|factor| {
        let per = report.content.units.table.parse(&factor.per);
        factor.role == role.word() && per.is_ok_and(|per| per.dimension == unit.dimension)
    })
}

/// What the energy of one metric can emit, in kilograms.
fn emitted(
    report: &Report,
    metric: &Metric,
    factor: &Factor,
    group: Part<'_>,
    year: u16,
) -> Option<(Interval, Span)> {
    let series = match group {
        None => &metric.values,
        Some((name, key)) => {
            let same = metric.by.iter().find(|breakdown| breakdown.name.value == name)?;
            &same.member(key)?.values
        }
    };
    let per = report.content.units.table.parse(&factor.per).ok()?;
    let unit = &metric.unit.value;
    let term = Term::read(&metric.id.value, series.get(&year), unit, &per).ok()?;
    if term.interval.low.is_some_and(|low| low.is_sign_negative() && !term.value.is_zero()) {
        return None;
    }
    let low = term.interval.low.unwrap_or_default().max(Decimal::ZERO).checked_mul(factor.low)?;
    let high = match term.interval.high {
        Some(high) => Some(high.checked_mul(factor.high)?),
        None => None,
    };
    Some((Interval { low: Some(low), high }, term.span))
}

fn outside(
    metric: &Metric,
    group: Part<'_>,
    year: u16,
    stated: &Term,
    possible: &Possible,
) -> Diagnostic {
    let unit = &metric.unit.value;
    let name = match group {
        Some((_, key)) => say!("{metric} for {key}", metric = metric.id.value, key),
        None => Phrase::from(&metric.id.value),
    };
    let too_low = stated.value < possible.least;
    let bound = if too_low { possible.least } else { possible.most };
    let bound = shown(rounded(bound, stated.value.scale()), unit);
    let message = if too_low {
        say!("`{name}` of {year} is less than its energy can emit, {bound}", name, year, bound)
    } else {
        say!("`{name}` of {year} is more than its energy can emit, {bound}", name, year, bound)
    };
    let shown_stated = shown(stated.value, unit);
    let mut found = Diagnostic::warning(RULE.name, stated.span, message)
        .label(say!("stated {stated}", stated = shown_stated))
        .subject(format!("{}@{year}", metric.id.value))
        .help(say!(
            "check the units of the emissions and of the energy, and whether both cover the same"
        ));
    for (span, text) in &possible.inputs {
        found = found.related(*span, text.clone());
    }
    found.stated = Some(shown_stated);
    found.computed = Some(bound);
    found
}
