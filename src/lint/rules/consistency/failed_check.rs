#![doc = include_str!("failed_check.md")]

use crate::content::OwnCheck;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::formula::{Step, Verdict};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::lint::rules::consistency::inputs::inputs;
use crate::lint::rules::consistency::terms::{shown, shown_difference};
use crate::quantity::{Decimal, Unit, rounded};
use crate::report::Report;

/// Comparisons of the project's own that cannot be true.
pub const RULE: Rule = Rule {
    name: "failed-check",
    group: Group::Consistency,
    severity: Severity::Error,
    tier: Tier::Always,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("failed_check.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for checked in &report.checked {
        let Some(check) = report.content.checks.get(checked.check) else { continue };
        if checked.step.verdict == Some(Verdict::Impossible) {
            sink.push(failed(report, check, checked.year, &checked.step));
        }
    }
}

fn failed(report: &Report, check: &OwnCheck, year: u16, step: &Step) -> Diagnostic {
    let severity = match check.severity.as_str() {
        "warning" => Severity::Warning,
        "note" => Severity::Note,
        _ => Severity::Error,
    };
    let expr = &check.expr;
    let dated = expr.value.paths().iter().all(|path| path.year.is_some());
    let message = if dated {
        say!("`{expr}` cannot be true", expr = expr.value)
    } else {
        say!("`{expr}` cannot be true for {year}", expr = expr.value, year)
    };
    let mut found = Diagnostic::new(RULE.name, severity, expr.span, message)
        .subject(format!("{}@{year}", check.id.value))
        .help(check.because.clone());
    for (span, text) in inputs(report, step, year) {
        found = found.related(span, text);
    }
    if let [stated, other] = step.inputs.as_slice() {
        let unit = &stated.result.unit;
        let computed = other.result.unit.convert(other.result.value, unit).unwrap_or_default();
        let difference = computed.checked_sub(stated.result.value).unwrap_or_default();
        found.stated = Some(figure(stated.result.value, unit));
        found.computed = Some(figure(computed, unit));
        let few = rounded(difference, difference.scale().min(4)).normalize();
        found.difference = Some(shown_difference(few, unit));
        let label = say!(
            "{result} against {computed}",
            result = figure(stated.result.value, unit),
            computed = figure(computed, unit)
        );
        found = found.label(label);
    }
    found
}

/// A figure with four decimals at most.
fn figure(value: Decimal, unit: &Unit) -> String {
    shown(rounded(value, value.scale().min(4)).normalize(), unit)
}
