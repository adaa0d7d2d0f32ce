//! One value for every figure.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Member, Metric, Reading};
use crate::diag::{Phrase, say};
use crate::formula::{Lookup, Path, Quantity, Signatures, evaluate};
use crate::quantity::{Figure, Interval, Unit};

use crate::report::Report;

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
    pub fn quantity(&self, path: &Path) -> Result<Quantity, Phrase> {
        Reach { report: self, open: Vec::new(), known: None }.value(path)
    }

    /// A lookup for the formula of a metric in a year, which notices when it leads back there.
    pub(super) fn within<'a>(&'a self, metric: &str, year: u16, known: &'a Known) -> impl Lookup {
        let open = vec![format!("{metric}@{year}")];
        InYear { year, inner: Reach { report: self, open, known: Some(known) } }
    }
}

impl Signatures for Report {
    fn unit(&self, path: &Path) -> Result<Unit, Phrase> {
        let Some(metric) = self.metric(&path.metric) else {
            return Err(say!("no metric is called `{metric}`", metric = path.metric));
        };
        if !path.members.is_empty() && self.member(path).is_none() {
            return Err(say!(
                "`{metric}` has no breakdown `{breakdown}` with a member `{member}`",
                metric = path.metric,
                breakdown = path.breakdown(),
                member = path.member()
            ));
        }
        Ok(metric.unit.value.clone())
    }
}

impl Lookup for Report {
    fn value(&self, path: &Path) -> Result<Quantity, Phrase> {
        self.quantity(path)
    }
}

/// What is said of a metric whose formula leads back to it.
pub fn circle(metric: &str) -> Phrase {
    say!("`{metric}` is computed from itself", metric)
}

/// A reading in progress: formulas that are open, so that a circle is noticed.
struct Reach<'a> {
    report: &'a Report,
    open: Vec<String>,
    known: Option<&'a Known>,
}

/// Figures that formulas gave before, so that each is computed once.
pub type Known = RefCell<BTreeMap<(String, u16), Quantity>>;

/// What is said where formulas lead too far.
pub fn too_deep() -> Phrase {
    say!("formulas refer to each other more than 32 levels deep")
}

impl Signatures for Reach<'_> {
    fn unit(&self, path: &Path) -> Result<Unit, Phrase> {
        self.report.unit(path)
    }
}

impl Lookup for Reach<'_> {
    fn value(&self, path: &Path) -> Result<Quantity, Phrase> {
        let year = path.year.unwrap_or_else(|| self.report.year());
        let unit = self.report.unit(path)?;
        if let Some(datum) = self.report.datum(path) {
            return match &datum.reading {
                Reading::Figure(figure) => {
                    let interval = interval_of(figure, &unit);
                    Ok(Quantity { value: figure.value, interval, unit })
                }
                Reading::Missing(missing) => Err(say!(
                    "`{metric}` is {absence} for {year}",
                    metric = path.metric,
                    absence = missing.kind.said(),
                    year
                )),
            };
        }
        let metric = self.report.metric(&path.metric);
        let formula = metric.and_then(|m| m.formula.as_ref()).filter(|_| path.members.is_empty());
        let Some(formula) = formula else {
            return Err(say!("`{path}` has no value", path = path.in_year(year)));
        };
        if let Some(quantity) = self.known(&path.metric, year, &unit) {
            return Ok(quantity);
        }
        let name = format!("{}@{year}", path.metric);
        if self.open.contains(&name) {
            return Err(circle(&path.metric));
        }
        if self.open.len() > 32 {
            return Err(too_deep());
        }
        let mut open = self.open.clone();
        open.push(name);
        let inner = InYear { year, inner: Reach { report: self.report, open, known: self.known } };
        let step = evaluate(&formula.value, &inner).map_err(|fault| fault.message)?;
        let value = step.result.unit.convert(step.result.value, &unit);
        let interval = step.result.unit.convert_interval(step.result.interval, &unit);
        match (value, interval) {
            (Some(value), Some(interval)) => {
                let quantity = Quantity { value, interval, unit };
                if let Some(known) = self.known {
                    known.borrow_mut().insert((path.metric.clone(), year), quantity.clone());
                }
                Ok(quantity)
            }
            _ => {
                Err(say!("the formula of `{metric}` does not give its unit", metric = path.metric))
            }
        }
    }
}

impl Reach<'_> {
    /// A figure that its formula gave before: while formulas are computed, or since.
    fn known(&self, metric: &str, year: u16, unit: &Unit) -> Option<Quantity> {
        if let Some(known) = self.known {
            return known.borrow().get(&(metric.to_owned(), year)).cloned();
        }
        let result = &self.report.computed.get(metric, year)?.result;
        let value = result.unit.convert(result.value, unit)?;
        let interval = result.unit.convert_interval(result.interval, unit)?;
        Some(Quantity { value, interval, unit: unit.clone() })
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
    fn unit(&self, path: &Path) -> Result<Unit, Phrase> {
        self.inner.unit(path)
    }
}

impl<L: Lookup> Lookup for InYear<L> {
    fn value(&self, path: &Path) -> Result<Quantity, Phrase> {
        self.inner.value(&path.in_year(self.year))
    }
}

impl<L: Signatures + ?Sized> Signatures for &L {
    fn unit(&self, path: &Path) -> Result<Unit, Phrase> {
        (**self).unit(path)
    }
}

impl<L: Lookup + ?Sized> Lookup for &L {
    fn value(&self, path: &Path) -> Result<Quantity, Phrase> {
        (**self).value(path)
    }
}
