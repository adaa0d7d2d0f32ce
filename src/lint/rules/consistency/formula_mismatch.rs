#![doc = include_str!("formula_mismatch.md")]

use crate::content::Metric;
use crate::diag::{Diagnostic, Phrase, Severity, Sink, say};
use crate::formula::Step;
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::quantity::rounded;
use crate::report::Report;

use crate::lint::rules::consistency::inputs::{inputs, other_bases};
use crate::lint::rules::consistency::terms::{Term, shown, shown_difference, unit_slip};

/// Stated figures against their formulas.
pub const RULE: Rule = Rule {
    name: "formula-mismatch",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("formula_mismatch.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for (id, year, step) in report.computed.iter() {
        let Some(metric) = report.metric(id) else { continue };
        let unit = &metric.unit.value;
        let datum = metric.values.get(&year);
        let Ok(stated) = Term::read(id, datum, unit, unit) else { continue };
        let interval = step.result.unit.convert_interval(step.result.interval, unit);
        if interval.is_none_or(|interval| stated.interval.overlaps(interval)) {
            continue;
        }
        sink.push(mismatch(report, metric, year, &stated, step));
    }
}

/// Names the base with which the figure would fit, if the formula has one.
fn explanation(report: &Report, metric: &Metric, year: u16, stated: &Term) -> Phrase {
    let unit = &metric.unit.value;
    let formula = metric.formula.as_ref();
    let bases = formula
        .map(|formula| other_bases(report, &formula.value, year, stated.interval, unit))
        .unwrap_or_default();
    match bases.as_slice() {
        [] => say!("correct the figure or an input, or the formula if another base was used"),
        bases => say!(
            "the figure fits with `{bases}` as the base; correct the figure, or the formula if that base was used",
            bases = Phrase::joined("` or `", bases)
        ),
    }
}

fn mismatch(report: &Report, metric: &Metric, year: u16, stated: &Term, step: &Step) -> Diagnostic {
    let unit = &metric.unit.value;
    let exact = step.result.unit.convert(step.result.value, unit).unwrap_or_default();
    let slip = step.result.unit.convert_interval(step.result.interval, unit);
    let slip = slip.and_then(|computed| unit_slip(stated.interval, computed));
    let decimals = stated.value.scale().saturating_add(2).min(12);
    let computed = rounded(exact, decimals);
    let difference = computed.checked_sub(stated.value).unwrap_or_default();
    let message = say!(
        "stated figure of {year} differs from its formula by {difference}",
        year,
        difference = shown_difference(difference.abs(), unit)
    );
    let mut found = Diagnostic::error(RULE.name, stated.span, message)
        .label(say!(
            "stated {stated}, formula gives {computed}",
            stated = shown(stated.value, unit),
            computed = shown(computed, unit)
        ))
        .subject(format!("{}@{year}", metric.id.value))
        .help(slip.unwrap_or_else(|| explanation(report, metric, year, stated)));
    for (span, text) in inputs(report, step, year) {
        found = found.related(span, text);
    }
    if let Some(formula) = &metric.formula {
        found = found.related(formula.span, say!("formula"));
    }
    found.stated = Some(shown(stated.value, unit));
    found.computed = Some(shown(computed, unit));
    found.difference = Some(shown_difference(difference, unit));
    found
}
