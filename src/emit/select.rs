//! Which figures are asked for.

use crate::content::{AssuranceLevel, Metric};
use crate::formula::Path;
use crate::quantity::Decimal;
use crate::report::{Report, total_of};
use crate::source::Sources;

use crate::emit::rows::{Row, rows};

/// What the figures that are asked for have in common. An empty list asks for nothing of its kind.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids, or how they start; `*` stands for any letters, and `@2024` narrows to a year.
    pub ids: Vec<String>,
    /// Topics: names of files under `metrics/`.
    pub topics: Vec<String>,
    /// Units, as written.
    pub units: Vec<String>,
    /// Years.
    pub years: Vec<u16>,
    /// Owners of the evidence, or parts of their names.
    pub owners: Vec<String>,
    /// Words of a label, in any language.
    pub words: Vec<String>,
    /// Members, as `dimension=member`, or a dimension alone.
    pub members: Vec<String>,
    /// Levels of assurance.
    pub levels: Vec<AssuranceLevel>,
}

impl Selection {
    /// The figures that fit, in the order of the project.
    pub fn rows<'r>(&self, report: &'r Report, sources: &Sources) -> Vec<Row<'r>> {
        let fits = |row: &Row<'_>| self.fits(row) && self.takes(report, sources, row.metric);
        rows(report).into_iter().filter(fits).collect()
    }

    /// Figures that fit and are computed alone: their metric has a formula and states none for the
    /// year. The value is in the unit of the metric.
    pub fn computed<'r>(&self, report: &'r Report, sources: &Sources) -> Vec<ComputedRow<'r>> {
        if !self.members.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for metric in report.content.metrics.iter().filter(|m| m.formula.is_some()) {
            if !self.takes(report, sources, metric) {
                continue;
            }
            for (_, year, step) in report.computed.iter().filter(|(id, ..)| *id == metric.id.value)
            {
                let path = total_of(&metric.id.value, year);
                let level = metric.assurance.get(&year).map_or("", |level| level.word());
                let unit = &metric.unit.value;
                let value = step.result.unit.convert(step.result.value, unit);
                let asked = !metric.values.contains_key(&year) && self.names(&path, level);
                found.extend(value.filter(|_| asked).map(|value| ComputedRow {
                    path,
                    metric,
                    value,
                }));
            }
        }
        found
    }

    /// Whether a metric fits, whatever its figures are.
    pub fn takes(&self, report: &Report, sources: &Sources, metric: &Metric) -> bool {
        let any = |list: &[String], fits: &dyn Fn(&str) -> bool| {
            list.is_empty() || list.iter().any(|wanted| fits(wanted))
        };
        let has_label = |words: &str| {
            let words = words.to_lowercase();
            metric.label.iter().any(|(_, label)| label.value.to_lowercase().contains(&words))
        };
        let has_owner = |name: &str| {
            let name = name.to_lowercase();
            owners_of(report, metric).iter().any(|owner| owner.to_lowercase().contains(&name))
        };
        any(&self.ids, &|wanted| fits_id(year_of(wanted).0, &metric.id.value))
            && any(&self.topics, &|topic| topic_of(metric, sources) == topic)
            && any(&self.units, &|unit| &*metric.unit.value.text == unit)
            && any(&self.owners, &has_owner)
            && any(&self.words, &has_label)
    }

    /// Whether the year, the members and the assurance of a figure fit.
    fn fits(&self, row: &Row<'_>) -> bool {
        self.names(&row.path, row.assurance())
    }

    fn names(&self, path: &Path, level: &str) -> bool {
        let member = |wanted: &String| {
            path.members.iter().any(|(dimension, member)| match wanted.split_once('=') {
                Some((d, m)) => dimension == d && member == m,
                None => dimension == wanted,
            })
        };
        let year = path.year;
        let in_year = |wanted: &String| {
            let (id, narrowed) = year_of(wanted);
            fits_id(id, &path.metric) && (narrowed.is_none() || narrowed == year)
        };
        (self.ids.is_empty() || self.ids.iter().any(in_year))
            && (self.years.is_empty() || year.is_some_and(|year| self.years.contains(&year)))
            && (self.members.is_empty() || self.members.iter().any(member))
            && (self.levels.is_empty() || self.levels.iter().any(|wanted| level == wanted.word()))
    }
}

/// A figure that is computed and not stated.
pub struct ComputedRow<'a> {
    /// Its name in expressions.
    pub path: Path,
    /// Its metric.
    pub metric: &'a Metric,
    /// What its formula gives, in the unit of the metric.
    pub value: Decimal,
}

/// What is asked for, and the year that it is narrowed to.
fn year_of(wanted: &str) -> (&str, Option<u16>) {
    let parts = wanted.rsplit_once('@');
    parts.and_then(|(id, year)| Some((id, Some(year.parse().ok()?)))).unwrap_or((wanted, None))
}

/// Whether an id fits: it starts so, or it is what a pattern with `*` says.
fn fits_id(wanted: &str, id: &str) -> bool {
    let mut parts = wanted.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = id.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return true };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

/// The topic of a metric: the file under `metrics/` that it is written in, without its ending.
pub fn topic_of<'s>(metric: &Metric, sources: &'s Sources) -> &'s str {
    let path = sources.path(metric.id.span);
    let path = path.strip_prefix("metrics/").unwrap_or(path);
    path.strip_suffix(".yaml").unwrap_or(path)
}

/// Who keeps the evidence of a metric, each once, in the order in which it is cited.
pub fn owners_of(report: &Report, metric: &Metric) -> Vec<String> {
    let mut owners: Vec<String> = Vec::new();
    for item in metric.evidence.iter().filter_map(|id| report.evidence(&id.value)) {
        if let Some(owner) = item.owner.as_ref().filter(|owner| !owners.contains(owner)) {
            owners.push(owner.clone());
        }
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_fit_by_their_start_or_by_a_pattern() {
        for (wanted, id, fits) in [
            ("ghg", "ghg.scope1", true),
            ("ghg.scope1", "ghg.scope1", true),
            ("scope1", "ghg.scope1", false),
            ("*scope1", "ghg.scope1", true),
            ("*scope1", "ghg.scope1.co2", false),
            ("ghg.*.co2", "ghg.scope1.co2", true),
            ("ghg.*.co2", "ghg.co2", false),
            ("*", "anything", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(fits_id(wanted, id), fits, "{wanted} {id}");
        }
    }
}
