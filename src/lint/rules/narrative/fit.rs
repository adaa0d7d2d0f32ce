//! The facts of a report that a figure in prose can stand for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::str::FromStr;

use crate::content::Metric;
use crate::formula::Path;
use crate::locale::Amount;
use crate::quantity::{Decimal, Figure, Interval, Unit, UnitFault, UnitTable};
use crate::report::Report;

/// The facts of a report by year and unit, in the order of their values: a figure in prose is looked
/// up among them, however many there are.
pub struct Facts<'a> {
    report: &'a Report,
    years: RefCell<BTreeMap<u16, Vec<Group>>>,
}

/// The facts of a year in one unit, the smallest first.
struct Group {
    unit: Unit,
    facts: Vec<Fact>,
}

struct Fact {
    value: Decimal,
    /// Place of the metric in the report.
    metric: usize,
    /// Place among the figures of the metric.
    inner: usize,
    path: Path,
}

impl<'a> Facts<'a> {
    /// The facts of a report, none of which is looked at yet.
    pub fn new(report: &'a Report) -> Self {
        Self { report, years: RefCell::default() }
    }

    /// The facts of some years whose value and unit an amount fits, as paths in the order of the
    /// report.
    pub fn fitting(&self, amount: &Amount, years: &[u16]) -> Vec<Path> {
        let Ok(figure) = Figure::parse(&amount.digits) else { return Vec::new() };
        let units = units(&self.report.content.units.table, &amount.unit);
        let digits = amount.digits.chars().filter(char::is_ascii_digit).count();
        // Small numbers without a unit fit too much.
        if units.is_empty() && (digits < 3 || !amount.unit.is_empty() && digits < 4) {
            return Vec::new();
        }
        let mut known = self.years.borrow_mut();
        for year in years {
            known.entry(*year).or_insert_with(|| groups(self.report, *year));
        }
        let mut found = BTreeMap::new();
        for (turn, year) in years.iter().enumerate() {
            for group in known.get(year).into_iter().flatten() {
                let own = units.is_empty().then_some(&group.unit);
                for unit in own.into_iter().chain(&units) {
                    let Some(range) = range(&figure, amount.power, unit, &group.unit) else {
                        continue;
                    };
                    let facts = group.inside(range);
                    found.extend(facts.map(|fact| ((fact.metric, turn, fact.inner), &fact.path)));
                }
            }
        }
        found.into_values().cloned().collect()
    }
}

impl Group {
    /// The facts whose values are in an interval.
    fn inside(&self, range: Interval) -> impl Iterator<Item = &Fact> {
        let start = range.low.map_or(0, |low| self.facts.partition_point(|fact| fact.value < low));
        self.facts.iter().skip(start).take_while(move |fact| range.contains(fact.value))
    }
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

/// The facts of a year, by their units.
fn groups(report: &Report, year: u16) -> Vec<Group> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (at, metric) in report.content.metrics.iter().enumerate() {
        let unit = &metric.unit.value;
        for (inner, path) in paths(metric, year).into_iter().enumerate() {
            let Ok(quantity) = report.quantity(&path) else { continue };
            let fresh = || Group { unit: unit.clone(), facts: Vec::new() };
            let group = groups.entry(&unit.text).or_insert_with(fresh);
            group.facts.push(Fact { value: quantity.value, metric: at, inner, path });
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.facts.sort_by_key(|fact| fact.value));
    groups
}

/// The paths of a metric and of the members of its breakdowns in a year.
fn paths(metric: &Metric, year: u16) -> Vec<Path> {
    let path = |members| Path { metric: metric.id.value.clone(), members, year: Some(year) };
    let mut found = vec![path(Vec::new())];
    for breakdown in &metric.by {
        for member in &breakdown.members {
            let keys = member.key.value.split('+').map(str::to_owned);
            let names = breakdown.dimensions().map(str::to_owned);
            found.push(path(names.zip(keys).collect()));
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

/// What printed digits of a unit can stand for in another unit; nothing if they measure something
/// else.
fn range(figure: &Figure, power: u32, unit: &Unit, other: &Unit) -> Option<Interval> {
    let ratio = unit.dimension.is_none();
    if unit.dimension != other.dimension || ratio && unit.above != other.above {
        return None;
    }
    let exact = power == 0 && unit.counting;
    let interval = if exact { figure.counted() } else { figure.interval() };
    let scale: Decimal = Decimal::from_str(&format!("1{}", "0".repeat(power as usize))).ok()?;
    unit.convert_interval(interval.scaled(scale)?, other)
}
