//! Checks of the project's own, for every year for which they can be computed.

use crate::content::OwnCheck;
use crate::diag::{Diagnostic, Sink, say};
use crate::formula::{FaultKind, Step, dimension_of, evaluate};

use crate::report::Report;
use crate::report::figures::InYear;

/// A check in one year, with its trace.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Place of the check among those of the project.
    pub check: usize,
    /// The year.
    pub year: u16,
    /// The comparison with what it compares.
    pub step: Step,
}

/// Computes all checks. Inputs that are missing for a year are no fault: nothing is compared then.
pub fn compute(report: &Report, sink: &mut Sink) -> Vec<Checked> {
    let mut found = Vec::new();
    for (at, check) in report.content.checks.iter().enumerate() {
        if let Err(fault) = dimension_of(&check.expr.value, report) {
            let rule = match fault.kind {
                FaultKind::Unknown => "unknown-reference",
                _ => "dimension-mismatch",
            };
            let span = check.expr.span.within(fault.range.start, fault.range.end);
            let diagnostic = Diagnostic::error(rule, span, fault.message);
            let diagnostic = match report.near(&check.expr.value) {
                Some(near) => diagnostic.help(say!("did you mean `{near}`?", near)),
                None => diagnostic,
            };
            sink.push(diagnostic.subject(&check.id.value));
            continue;
        }
        let mut compared = false;
        for year in years(report, check) {
            match evaluate(&check.expr.value, &InYear { year, inner: report }) {
                Ok(step) => {
                    compared = true;
                    found.push(Checked { check: at, year, step });
                }
                Err(fault) if fault.kind == FaultKind::Arithmetic => {
                    compared = true;
                    let span = check.expr.span.within(fault.range.start, fault.range.end);
                    let message = say!("for {year}, {message}", year, message = fault.message);
                    let found = Diagnostic::warning("formula-without-result", span, message);
                    sink.push(found.subject(&check.id.value));
                }
                Err(_) => {}
            }
        }
        if !compared {
            sink.push(never_compared(check));
        }
    }
    found
}

/// A check that holds only because there is nothing to compare.
fn never_compared(check: &OwnCheck) -> Diagnostic {
    let message =
        say!("the check `{id}` is compared in no year: a figure is missing", id = check.id.value);
    Diagnostic::warning("formula-without-result", check.expr.span, message)
        .subject(&check.id.value)
        .help(say!("state the figures that it reads, or delete it"))
}

/// The years of a check. One whose every figure names its year is compared once.
fn years(report: &Report, check: &OwnCheck) -> Vec<u16> {
    let paths = check.expr.value.paths();
    if paths.iter().all(|path| path.year.is_some()) {
        return vec![report.year()];
    }
    match check.years.as_slice() {
        [] => report.content.head.years.clone(),
        years => years.to_vec(),
    }
}
