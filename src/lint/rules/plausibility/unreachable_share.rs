#![doc = include_str!("unreachable_share.md")]

use crate::content::{Metric, Role};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Group, Rule, Tier};
use crate::lint::rules::consistency::terms::{Term, shown, shown_difference, sum};
use crate::quantity::{Decimal, Interval, Unit, rounded};
use crate::report::Report;

/// Renewable shares that the energy reported cannot give.
pub const RULE: Rule = Rule {
    name: "unreachable-share",
    group: Group::Plausibility,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unreachable_share.md"),
    check: Some(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let Ok(percent) = report.content.units.table.parse("%") else { return };
    let shares = |metric: &&Metric| metric.role == Some(Role::RenewableShare);
    for metric in report.content.metrics.iter().filter(shares) {
        for (year, datum) in &metric.values {
            let id = metric.id.value.as_str();
            let Ok(stated) = Term::read(id, Some(datum), &metric.unit.value, &percent) else {
                continue;
            };
            if let Some(found) = unreachable(report, metric, *year, &stated, &percent) {
                sink.push(found);
            }
        }
    }
}

/// A finding where even the smaller base, the electricity bought, cannot give the share.
fn unreachable(
    report: &Report,
    metric: &Metric,
    year: u16,
    stated: &Term,
    percent: &Unit,
) -> Option<Diagnostic> {
    let unit = report.content.units.table.parse("kWh").ok()?;
    let renewable = terms(report, Role::EnergyRenewable, year, &unit)?;
    let base = terms(report, Role::EnergyElectricity, year, &unit)?;
    let most = sum(&renewable)?.1.high?;
    let least = sum(&base)?.1.low.filter(|low| *low > Decimal::ZERO)?;
    let reach = most.checked_div(least)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let reached = Interval { low: None, high: Some(reach) };
    if stated.interval.overlaps(reached) {
        return None;
    }
    let computed = rounded(reach, stated.value.scale().saturating_add(1).min(12));
    let message = say!(
        "the renewable share of {year} is more than the renewable energy is of the electricity bought",
        year
    );
    let label = say!(
        "stated {stated}, {most} at most",
        stated = shown(stated.value, percent),
        most = shown(computed, percent)
    );
    let mut found = Diagnostic::warning(RULE.name, stated.span, message)
        .label(label)
        .subject(format!("{}@{year}", metric.id.value))
        .help(say!("check the share and its base; energy of certificates belongs to the renewable energy too"));
    for term in renewable.iter().chain(&base) {
        found = found.related(term.span, term.name.clone());
    }
    found.stated = Some(shown(stated.value, percent));
    found.computed = Some(shown(computed, percent));
    let difference = computed.checked_sub(stated.value).unwrap_or_default();
    found.difference = Some(shown_difference(difference, percent));
    Some(found)
}

/// The figures of a role in one year, in one unit; nothing where one has no figure, or none has the role.
fn terms(report: &Report, role: Role, year: u16, unit: &Unit) -> Option<Vec<Term>> {
    let metrics: Vec<&Metric> =
        report.content.metrics.iter().filter(|metric| metric.role == Some(role)).collect();
    metrics.first()?;
    let read = |metric: &&Metric| {
        let datum = metric.values.get(&year);
        Term::read(&metric.id.value, datum, &metric.unit.value, unit).ok()
    };
    metrics.iter().map(read).collect()
}
