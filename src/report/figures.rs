//! One value for every figure.

use std::collections::BTreeSet;

use crate::content::{Member, Metric, Reading};
use crate::formula::{Lookup, Path, Quantity, Signatures, evaluate};
use crate::quantity::{Figure, Interval, Unit};

use super::Report;

/// Values of one metric, or of one member of a breakdown, by year.
pub type Series<'a> = &'a crate::content::Series;

/// The member of a breakdown that a path names; its dimensions may stand in any order.
pub fn member_of<'a>(metric: &'a Metric, path: &Path) -> Option<&'a Member> {
    let wanted: BTreeSet<(&str, &str)> =
        path.members.iter().map(|(d, m)| (d.as_str(), m.as_str())).collect();
    metric.by.iter().find_map(|breakdown| {
        let dimensions: Vec<&str> = breakdown.dimensions().collect();
        if dimensions.len() != wanted.len() {
            return None;
        }
        breakdown.members.iter().find(|member| {
            let pairs = dimensions.iter().copied().zip(member.key.value.split('+'));
            pairs.collect::<BTreeSet<_>>() == wanted
        })
    })
}

/// The path of a metric in a year.
pub fn total_of(metric: &str, year: u16) -> Path {
    Path { metric: metric.to_owned(), members: Vec::new(), year: Some(year) }
}

/// A figure with what it can stand for in its unit.
pub fn interval_of(figure: &Figure, unit: &Unit) -> Interval {
    if unit.counting { figure.counted() } else { figure.interval() }
}

impl Report {
    /// The value of a figure: as stated, or computed where only a formula stands.
    pub fn quantity(&self, path: &Path) -> Result<Quantity, String> {
        Reach { report: self, open: Vec::new() }.value(path)
    }
}

impl Signatures for Report {
    fn unit(&self, path: &Path) -> Result<Unit, String> {
        let Some(metric) = self.metric(&path.metric) else {
            return Err(format!("no metric is called `{}`", path.metric));
        };
        if !path.members.is_empty() && self.member(path).is_none() {
            return Err(format!(
                "`{}` has no breakdown `{}` with a member `{}`",
                path.metric,
                path.breakdown(),
                path.member()
            ));
        }
        Ok(metric.unit.value.clone())
    }
}

impl Lookup for Report {
    fn value(&self, path: &Path) -> Result<Quantity, String> {
        self.quantity(path)
    }
}

/// A reading in progress: formulas that are open, so that a circle is noticed.
struct Reach<'a> {
    report: &'a Report,
    open: Vec<String>,
}

impl Signatures for Reach<'_> {
    fn unit(&self, path: &Path) -> Result<Unit, String> {
        self.report.unit(path)
    }
}

impl Lookup for Reach<'_> {
    fn value(&self, path: &Path) -> Result<Quantity, String> {
        let year = path.year.unwrap_or_else(|| self.report.year());
        let unit = self.report.unit(path)?;
        if let Some(datum) = self.report.datum(path) {
            return match &datum.reading {
                Reading::Figure(figure) => {
                    let interval = interval_of(figure, &unit);
                    Ok(Quantity { value: figure.value, interval, unit })
                }
                Reading::Missing(missing) => Err(format!(
                    "`{}` is {} for {year}",
                    path.metric,
                    missing.kind.word().replace('-', " ")
                )),
            };
        }
        let metric = self.report.metric(&path.metric);
        let formula = metric.and_then(|m| m.formula.as_ref()).filter(|_| path.members.is_empty());
        let Some(formula) = formula else {
            return Err(format!("`{path}` has no value for {year}"));
        };
        let name = format!("{}@{year}", path.metric);
        if self.open.contains(&name) {
            return Err(format!("`{}` is computed from itself", path.metric));
        }
        if self.open.len() > 32 {
            return Err("formulas refer to each other more than 32 levels deep".to_owned());
        }
        let mut open = self.open.clone();
        open.push(name);
        let inner = InYear { year, inner: Reach { report: self.report, open } };
        let step = evaluate(&formula.value, &inner).map_err(|fault| fault.message)?;
        let value = step.result.unit.convert(step.result.value, &unit);
        let interval = step.result.unit.convert_interval(step.result.interval, &unit);
        match (value, interval) {
            (Some(value), Some(interval)) => Ok(Quantity { value, interval, unit }),
            _ => Err(format!("the formula of `{}` does not give its unit", path.metric)),
        }
    }
}

/// A lookup in which paths without a year mean a given year.
pub struct InYear<L> {
    /// The year.
    pub year: u16,
    /// Where values come from.
    pub inner: L,
}

impl<L: Lookup> Signatures for InYear<L> {
    fn unit(&self, path: &Path) -> Result<Unit, String> {
        self.inner.unit(path)
    }
}

impl<L: Lookup> Lookup for InYear<L> {
    fn value(&self, path: &Path) -> Result<Quantity, String> {
        self.inner.value(&path.in_year(self.year))
    }
}

impl<L: Signatures + ?Sized> Signatures for &L {
    fn unit(&self, path: &Path) -> Result<Unit, String> {
        (**self).unit(path)
    }
}

impl<L: Lookup + ?Sized> Lookup for &L {
    fn value(&self, path: &Path) -> Result<Quantity, String> {
        (**self).value(path)
    }
}
