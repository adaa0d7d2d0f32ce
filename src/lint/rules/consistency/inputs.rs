//! What a computation read, and what else it could have read.

use crate::diag::{Phrase, say};
use crate::formula::{Expr, ExprKind, Function, Operator, Path, Signatures, Step, evaluate};
use crate::lint::rules::consistency::terms::shown;
use crate::quantity::{Interval, Unit};
use crate::report::{InYear, Report};
use crate::source::Span;

/// The figures that a computation read, with their places.
pub fn inputs(report: &Report, step: &Step, year: u16) -> Vec<(Span, Phrase)> {
    let mut found = Vec::new();
    if let Some(path) = &step.path {
        let path = path.in_year(year);
        if let Some(datum) = report.datum(&path) {
            found.push((
                datum.span,
                say!(
                    "{name} {figure}",
                    name = path,
                    figure = shown(step.result.value, &step.result.unit)
                ),
            ));
        }
    }
    for input in &step.inputs {
        found.extend(inputs(report, input, year));
    }
    found
}

/// More bases than this say nothing.
const MOST_BASES: usize = 3;

/// Other bases of a rate or a share with which a stated figure would fit: other metrics of the same
/// dimension, their members, and the base of the year before. None where too many fit, since a base
/// that fits by chance is no explanation.
pub fn other_bases(
    report: &Report,
    formula: &Expr,
    year: u16,
    stated: Interval,
    unit: &Unit,
) -> Vec<String> {
    let Some((_, base)) = rate(formula) else { return Vec::new() };
    let lookup = InYear { year, inner: report };
    let Ok(dimension) = lookup.unit(base).map(|unit| unit.dimension) else { return Vec::new() };
    let own = base.in_year(year);
    let mut fitting = Vec::new();
    for path in candidates(report, &own, year) {
        let same = report.metric(&path.metric).is_some_and(|m| m.unit.value.dimension == dimension);
        if !same || path == own {
            continue;
        }
        let other = with_base(formula, path.clone());
        let Some(other) = other else { continue };
        let Ok(step) = evaluate(&other, &lookup) else { continue };
        let interval = step.result.unit.convert_interval(step.result.interval, unit);
        // A base that is open on one side fits everything.
        let known = |i: &Interval| i.low.is_some() && i.high.is_some();
        if interval.filter(known).is_some_and(|interval| interval.overlaps(stated)) {
            fitting.push(path.to_string());
        }
    }
    if fitting.len() > MOST_BASES { Vec::new() } else { fitting }
}

/// Every figure that could be the base of a rate, with that of the year before.
fn candidates(report: &Report, own: &Path, year: u16) -> Vec<Path> {
    let mut found = vec![Path { year: year.checked_sub(1), ..own.clone() }];
    for metric in &report.content.metrics {
        let path = |members| Path { metric: metric.id.value.clone(), members, year: Some(year) };
        found.push(path(Vec::new()));
        for breakdown in &metric.by {
            for member in &breakdown.members {
                let keys = member.key.value.split('+').map(str::to_owned);
                let names = breakdown.dimensions().map(str::to_owned);
                found.push(path(names.zip(keys).collect()));
            }
        }
    }
    found
}

/// Numerator and base of a quotient or share.
fn rate(formula: &Expr) -> Option<(&Expr, &Path)> {
    let (above, below) = match &formula.kind {
        ExprKind::Binary(Operator::Divide, a, b) => (a.as_ref(), b.as_ref()),
        ExprKind::Call(Function::Share, values) => match values.as_slice() {
            [a, b] => (a, b),
            _ => return None,
        },
        ExprKind::In(inner, _) => return rate(inner),
        _ => return None,
    };
    match &below.kind {
        ExprKind::Path(path) => Some((above, path)),
        _ => None,
    }
}

/// The same quotient or share with another base.
fn with_base(formula: &Expr, base: Path) -> Option<Expr> {
    let mut other = formula.clone();
    let below = match &mut other.kind {
        ExprKind::Binary(Operator::Divide, _, below) => below.as_mut(),
        ExprKind::Call(Function::Share, values) => values.last_mut()?,
        ExprKind::In(inner, unit) => {
            let inner = with_base(inner, base)?;
            let kind = ExprKind::In(Box::new(inner), unit.clone());
            return Some(Expr { kind, ..formula.clone() });
        }
        _ => return None,
    };
    below.kind = ExprKind::Path(base);
    Some(other)
}
