//! The project read again with its changes: what was meant to change did, and nothing else.

use std::collections::BTreeMap;

use crate::content::{Datum, Missing, Reading};
use crate::formula::Path;
use crate::report::Report;

use crate::import::given::{Wanted, same_figure};
use crate::import::plan::{Change, Plan};

/// Figures that differ from what was meant: all those that a change should not have touched, and
/// those of changes that did not arrive.
pub fn unintended(before: &Report, after: &Report, plan: &Plan) -> Vec<Path> {
    let changes: BTreeMap<&Path, &Change> =
        plan.changes.iter().map(|change| (&change.path, change)).collect();
    let (old, new) = (values(before), values(after));
    let mut found = Vec::new();
    for (path, datum) in &new {
        let meant = match (changes.get(path), old.get(path)) {
            (Some(change), _) => arrived(datum, &change.wanted),
            (None, Some(before)) => unchanged(before, datum),
            (None, None) => false,
        };
        if !meant {
            found.push(path.clone());
        }
    }
    let gone = old.keys().chain(changes.keys().copied()).filter(|path| !new.contains_key(*path));
    found.extend(gone.cloned());
    found.sort();
    found.dedup();
    found
}

/// Every value of a project, by its name.
fn values(report: &Report) -> BTreeMap<Path, &Datum> {
    let mut found = BTreeMap::new();
    for metric in &report.content.metrics {
        let path = |members: Vec<(String, String)>, year: u16| Path {
            metric: metric.id.value.clone(),
            members,
            year: Some(year),
        };
        found.extend(metric.values.iter().map(|(year, datum)| (path(Vec::new(), *year), datum)));
        for breakdown in &metric.by {
            for member in &breakdown.members {
                let keys = member.key.value.split('+').map(str::to_owned);
                let pairs: Vec<_> = breakdown.dimensions().map(str::to_owned).zip(keys).collect();
                let values = member.values.iter();
                found.extend(values.map(|(year, datum)| (path(pairs.clone(), *year), datum)));
            }
        }
    }
    found
}

fn arrived(datum: &Datum, wanted: &Wanted) -> bool {
    match (&datum.reading, wanted) {
        (Reading::Figure(now), Wanted::Figure(figure, _)) => same_figure(now, figure),
        (Reading::Missing(now), Wanted::Missing(absence)) => now.kind == absence.kind,
        _ => false,
    }
}

fn unchanged(before: &Datum, after: &Datum) -> bool {
    match (&before.reading, &after.reading) {
        (Reading::Figure(before), Reading::Figure(after)) => before == after,
        (Reading::Missing(before), Reading::Missing(after)) => {
            let day = |missing: &Missing| missing.until.as_ref().map(|d| d.value);
            let words = |missing: &Missing| {
                missing.reason.iter().map(|(_, text)| text.value.clone()).collect::<Vec<_>>()
            };
            before.kind == after.kind && day(before) == day(after) && words(before) == words(after)
        }
        _ => false,
    }
}
