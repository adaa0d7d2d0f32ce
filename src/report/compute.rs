//! Formulas, for every year in which their metric has a value or could have one.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Sink, say};
use crate::formula::{FaultKind, Step, dimension_of, evaluate};

use crate::content::Metric;
use crate::formula::Expr;
use crate::report::Report;
use crate::report::figures::{Known, circle, too_deep};

/// Results of formulas by metric and year.
#[derive(Debug, Clone, Default)]
pub struct Computed {
    steps: BTreeMap<(String, u16), Step>,
}

impl Computed {
    /// The computation of a metric in a year.
    pub fn get(&self, metric: &str, year: u16) -> Option<&Step> {
        self.steps.get(&(metric.to_owned(), year))
    }

    /// The computations of a metric, by year.
    pub fn of(&self, metric: &str) -> impl Iterator<Item = (u16, &Step)> {
        let id = metric.to_owned();
        let range = (id.clone(), u16::MIN)..=(id, u16::MAX);
        self.steps.range(range).map(|((_, year), step)| (*year, step))
    }

    /// All computations.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u16, &Step)> {
        self.steps.iter().map(|((metric, year), step)| (metric.as_str(), *year, step))
    }
}

/// Computes all formulas. Inputs that are missing for a year are no fault: the year has no result.
pub fn compute(report: &Report, sink: &mut Sink) -> Computed {
    let known = Known::default();
    let mut computed = Computed::default();
    for metric in &report.content.metrics {
        let Some(formula) = &metric.formula else { continue };
        let dimension = match dimension_of(&formula.value, report) {
            Ok(dimension) => dimension,
            Err(fault) => {
                let rule = match fault.kind {
                    FaultKind::Unknown => "unknown-reference",
                    _ => "dimension-mismatch",
                };
                let unread = |id: &str| report.content.is_unread(id);
                if !formula.value.paths().iter().any(|path| unread(&path.metric)) {
                    let span = formula.span.within(fault.range.start, fault.range.end);
                    let found = Diagnostic::error(rule, span, fault.message);
                    let found = match report.near(&formula.value) {
                        Some(near) => found.help(say!("did you mean `{near}`?", near)),
                        None => found,
                    };
                    sink.push(found.subject(&metric.id.value));
                }
                continue;
            }
        };
        let unit = &metric.unit;
        if dimension != unit.value.dimension {
            let message = say!(
                "the formula gives {dimension}, the unit `{unit}` is {wanted}",
                dimension,
                unit = unit.value.text,
                wanted = unit.value.dimension
            );
            let found = Diagnostic::error("dimension-mismatch", formula.span, message)
                .related(unit.span, say!("unit of the metric"))
                .subject(&metric.id.value)
                .help(say!("change the unit, or the formula"));
            sink.push(found);
            continue;
        }
        for year in years(report, metric, &formula.value) {
            match evaluate(&formula.value, &report.within(&metric.id.value, year, &known)) {
                Ok(step) => {
                    computed.steps.insert((metric.id.value.clone(), year), step);
                }
                Err(fault) if fault.kind == FaultKind::Arithmetic => {
                    let span = formula.span.within(fault.range.start, fault.range.end);
                    let message = say!("for {year}, {message}", year, message = fault.message);
                    sink.push(Diagnostic::warning("formula-without-result", span, message));
                }
                Err(fault) if fault.message == circle(&metric.id.value) => {
                    let found = Diagnostic::error("circular-formula", formula.span, fault.message);
                    sink.push(found.subject(&metric.id.value));
                }
                Err(fault) if fault.message == too_deep() => {
                    let found = Diagnostic::error("deep-nesting", formula.span, fault.message);
                    sink.push(found.subject(&metric.id.value));
                }
                Err(_) => {}
            }
        }
    }
    computed
}

/// The years for which a formula is computed: those of the report and of the metric's values. A
/// formula whose every figure has a year of its own has one result, for the latest of them.
fn years(report: &Report, metric: &Metric, formula: &Expr) -> Vec<u16> {
    let paths = formula.paths();
    if !paths.is_empty() && paths.iter().all(|path| path.year.is_some()) {
        return paths.iter().filter_map(|path| path.year).max().into_iter().collect();
    }
    let mut years: Vec<u16> = report.content.head.years.clone();
    years.extend(metric.values.keys());
    years.sort_unstable();
    years.dedup();
    years
}
