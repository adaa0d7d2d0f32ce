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
        for year in years(report, check) {
            if let Ok(step) = evaluate(&check.expr.value, &InYear { year, inner: report }) {
                found.push(Checked { check: at, year, step });
            }
        }
    }
    found
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
