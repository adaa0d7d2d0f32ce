//! The facts of a report that a figure in prose can stand for.

use std::str::FromStr;

use crate::formula::{Path, Quantity};
use crate::locale::Amount;
use crate::quantity::{Decimal, Figure, Interval, Unit, UnitFault, UnitTable};
use crate::report::Report;

/// The facts of some years whose value and unit an amount fits, as paths.
pub fn facts(report: &Report, amount: &Amount, years: &[u16]) -> Vec<Path> {
    let Ok(figure) = Figure::parse(&amount.digits) else { return Vec::new() };
    let units = units(&report.content.units.table, &amount.unit);
    let digits = amount.digits.chars().filter(char::is_ascii_digit).count();
    // Small numbers without a unit fit too much.
    if units.is_empty() && (digits < 3 || !amount.unit.is_empty() && digits < 4) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for path in paths(report, years) {
        let Ok(quantity) = report.quantity(&path) else { continue };
        let fits = |unit: &Unit| fits(&figure, amount.power, unit, &quantity);
        let same = units.is_empty() && fits(&quantity.unit);
        if same || units.iter().any(fits) {
            found.push(path);
        }
    }
    found
}

/// Ids of the units in which an amount is written, with its scale: `10^4_t` for `万吨`.
pub fn written_units(report: &Report, amount: &Amount) -> Vec<String> {
    let table = &report.content.units.table;
    let scale = Decimal::from_str(&format!("1{}", "0".repeat(amount.power as usize)));
    let Ok(scale) = scale else { return Vec::new() };
    let mut found = Vec::new();
    for unit in units(table, &amount.unit) {
        let same = |id: &&str| {
            let scaled = table.parse(id).ok().filter(|other| other.above.len() == unit.above.len());
            let one = scaled.and_then(|other| other.convert(Decimal::ONE, &unit));
            one == Some(scale)
        };
        found.extend(table.ids().filter(same).map(str::to_owned));
    }
    found
}

/// The paths of all metrics and members of their breakdowns in some years.
fn paths(report: &Report, years: &[u16]) -> Vec<Path> {
    let mut found = Vec::new();
    for metric in &report.content.metrics {
        for year in years {
            let path =
                |members| Path { metric: metric.id.value.clone(), members, year: Some(*year) };
            found.push(path(Vec::new()));
            for breakdown in &metric.by {
                for member in &breakdown.members {
                    let keys = member.key.value.split('+').map(str::to_owned);
                    let names = breakdown.dimensions().map(str::to_owned);
                    found.push(path(names.zip(keys).collect()));
                }
            }
        }
    }
    found
}

/// The units that a text can mean.
fn units(table: &UnitTable, text: &str) -> Vec<Unit> {
    match table.parse(text) {
        Ok(unit) => vec![unit],
        Err(UnitFault::Ambiguous(_, ids)) => {
            ids.iter().filter_map(|id| table.parse(id).ok()).collect()
        }
        Err(UnitFault::Unknown(..)) => Vec::new(),
    }
}

/// Whether printed digits of a unit can stand for a quantity.
fn fits(figure: &Figure, power: u32, unit: &Unit, quantity: &Quantity) -> bool {
    let ratio = unit.dimension.is_none();
    if unit.dimension != quantity.unit.dimension || ratio && unit.above != quantity.unit.above {
        return false;
    }
    let exact = power == 0 && unit.counting;
    let interval = if exact { figure.counted() } else { figure.interval() };
    let scaled = Decimal::from_str(&format!("1{}", "0".repeat(power as usize)));
    let scaled = scaled.ok().and_then(|scale: Decimal| interval.scaled(scale));
    let converted = scaled.and_then(|i: Interval| unit.convert_interval(i, &quantity.unit));
    converted.is_some_and(|interval| interval.contains(quantity.value))
}
