#![doc = include_str!("unfit_role.md")]

use crate::content::{Metric, Role};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::Unit;
use crate::report::Report;

/// Roles of metrics that measure something else.
pub const RULE: Rule = Rule {
    name: "unfit-role",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unfit_role.md"),
    check: Check::Report(check),
};

/// What fuels are measured in.
const FUEL: [&str; 4] = ["kWh", "m3", "Nm3", "kg"];

fn check(report: &Report, sink: &mut Sink) {
    for metric in &report.content.metrics {
        let Some(role) = metric.role else { continue };
        if !fits(report, role, &metric.unit.value) {
            sink.push(unfit(metric, role));
        }
    }
}

fn fits(report: &Report, role: Role, unit: &Unit) -> bool {
    let any = |ids: &[&str]| {
        let units = ids.iter().filter_map(|id| report.content.units.table.parse(id).ok());
        units.into_iter().any(|other| other.dimension == unit.dimension)
    };
    match role {
        Role::RenewableShare => any(&["%"]),
        Role::EnergyElectricity | Role::EnergyHeat | Role::EnergyRenewable => any(&["kWh"]),
        Role::EnergyNaturalGas | Role::EnergyDiesel | Role::EnergyPetrol => any(&FUEL),
        _ => any(&["tCO2e"]),
    }
}

fn unfit(metric: &Metric, role: Role) -> Diagnostic {
    let unit = &metric.unit.value;
    let message = say!(
        "`{metric}` has the role `{role}`, and its unit `{unit}` is {dimension}",
        metric = metric.id.value,
        role = role.word(),
        unit = unit.text,
        dimension = unit.dimension.clone()
    );
    Diagnostic::error(RULE.name, metric.unit.span, message).subject(&metric.id.value).help(say!(
        "correct the unit, or leave out `role`: what is compared by this role would pass this metric over"
    ))
}
