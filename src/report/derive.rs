//! Every figure that follows from others, with the way it follows.
//!
//! Formulas are one way; totals follow from parts and from breakdowns, means from groups and
//! weights. All are expressions here, so that one computation with one kind of trace serves the
//! workbook, the audit sheets and recalculation.

use crate::content::{Aggregate, Breakdown, Metric};
use crate::diag::{Phrase, say};
use crate::formula::{Expr, ExprKind, Function, Operator, Path, Step, evaluate};
use crate::quantity::{Decimal, Interval};

use crate::report::figures::interval_of;
use crate::report::{Report, total_of};

/// A figure that follows from others.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// The figure.
    pub path: Path,
    /// How it follows.
    pub way: Way,
    /// What it follows from, as an expression.
    pub expression: String,
    /// The computation.
    pub step: Step,
    /// The result in the unit of the figure.
    pub value: Decimal,
    /// Every value that the result can have, in the same unit.
    pub interval: Interval,
    /// The figure as it is stated, with what it can stand for; nothing where it is computed alone.
    pub stated: Option<(Decimal, Interval)>,
}

/// How a figure follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By the formula of its metric.
    Formula,
    /// As the sum of the metric's parts.
    Parts,
    /// As the sum over a breakdown, which is named.
    Breakdown(String),
    /// As the weighted mean over a breakdown, which is named.
    Mean(String),
}

impl Way {
    /// The way in words.
    pub fn words(&self) -> String {
        self.told().to_string()
    }

    /// The way in words of any language.
    pub fn told(&self) -> Phrase {
        match self {
            Self::Formula => say!("formula"),
            Self::Parts => say!("sum of its parts"),
            Self::Breakdown(name) => say!("sum over {name}", name),
            Self::Mean(name) => say!("weighted mean over {name}", name),
        }
    }
}

impl Derivation {
    /// Whether the stated figure and the result can be the same; always where nothing is stated.
    pub fn fits(&self) -> bool {
        self.stated.is_none_or(|(_, interval)| interval.overlaps(self.interval))
    }

    /// The least and the most that the result is more than the stated figure, as far as rounding
    /// leaves it open; nothing where an end is open.
    pub fn difference_range(&self) -> Option<(Decimal, Decimal)> {
        let (_, stated) = self.stated?;
        let least = self.interval.low?.checked_sub(stated.high?)?;
        Some((least, self.interval.high?.checked_sub(stated.low?)?))
    }

    /// What the result is more than the stated figure.
    pub fn difference(&self) -> Option<Decimal> {
        self.value.checked_sub(self.stated?.0)
    }
}

impl Report {
    /// Every figure that follows from others, in the order of the metrics and their years. Years in
    /// which an input is missing have none.
    pub fn derivations(&self) -> Vec<Derivation> {
        let mut found = Vec::new();
        for metric in &self.content.metrics {
            self.by_formula(metric, &mut found);
            for year in metric.values.keys() {
                self.by_parts(metric, *year, &mut found);
                for breakdown in metric.by.iter().filter(|breakdown| breakdown.complete) {
                    self.by_breakdown(metric, breakdown, *year, &mut found);
                }
            }
        }
        found
    }

    fn by_formula(&self, metric: &Metric, found: &mut Vec<Derivation>) {
        let Some(formula) = &metric.formula else { return };
        for (year, step) in self.computed.of(&metric.id.value) {
            let path = total_of(&metric.id.value, year);
            let expression = formula.value.to_string();
            found.extend(self.derived(path, Way::Formula, expression, step.clone()));
        }
    }

    fn by_parts(&self, metric: &Metric, year: u16, found: &mut Vec<Derivation>) {
        let parts: Vec<Path> =
            metric.parts.iter().map(|part| total_of(&part.value, year)).collect();
        if !parts.is_empty() {
            found.extend(self.evaluated(metric, year, Way::Parts, call(Function::Sum, parts)));
        }
    }

    fn by_breakdown(
        &self,
        metric: &Metric,
        breakdown: &Breakdown,
        year: u16,
        found: &mut Vec<Derivation>,
    ) {
        let name = breakdown.name.value.clone();
        let cells = |id: &str| -> Vec<Path> {
            let cell = |key: &str| {
                let pairs = breakdown.dimensions().map(str::to_owned);
                let members = pairs.zip(key.split('+').map(str::to_owned)).collect();
                Path { metric: id.to_owned(), members, year: Some(year) }
            };
            breakdown.members.iter().map(|member| cell(&member.key.value)).collect()
        };
        let own = cells(&metric.id.value);
        match (breakdown.aggregate, &metric.weights) {
            (Aggregate::Sum, _) if !own.is_empty() => {
                let sum = call(Function::Sum, own);
                found.extend(self.evaluated(metric, year, Way::Breakdown(name), sum));
            }
            (Aggregate::Mean, Some(weights)) => {
                let weights = cells(&weights.value);
                let pairs = own.into_iter().zip(weights.clone());
                let products =
                    pairs.map(|(a, b)| binary(Operator::Multiply, leaf(a), leaf(b))).collect();
                let above = plain(ExprKind::Call(Function::Sum, products));
                let mean = binary(Operator::Divide, above, call(Function::Sum, weights));
                found.extend(self.evaluated(metric, year, Way::Mean(name), mean));
            }
            _ => {}
        }
    }

    fn evaluated(&self, metric: &Metric, year: u16, way: Way, expr: Expr) -> Option<Derivation> {
        let step = evaluate(&expr, self).ok()?;
        self.derived(total_of(&metric.id.value, year), way, expr.to_string(), step)
    }

    fn derived(&self, path: Path, way: Way, expression: String, step: Step) -> Option<Derivation> {
        let unit = &self.metric(&path.metric)?.unit.value;
        let value = step.result.unit.convert(step.result.value, unit)?;
        let interval = step.result.unit.convert_interval(step.result.interval, unit)?;
        let figure = self.datum(&path).and_then(|datum| datum.figure());
        let stated = figure.map(|figure| (figure.value, interval_of(figure, unit)));
        Some(Derivation { path, way, expression, step, value, interval, stated })
    }
}

fn plain(kind: ExprKind) -> Expr {
    Expr { range: 0..0, kind }
}

fn leaf(path: Path) -> Expr {
    plain(ExprKind::Path(path))
}

fn call(function: Function, paths: Vec<Path>) -> Expr {
    plain(ExprKind::Call(function, paths.into_iter().map(leaf).collect()))
}

fn binary(operator: Operator, a: Expr, b: Expr) -> Expr {
    plain(ExprKind::Binary(operator, Box::new(a), Box::new(b)))
}
