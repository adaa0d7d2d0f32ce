#![doc = include_str!("missing_evidence_file.md")]

use crate::content::{Access, EvidenceFile, EvidenceItem};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;
use crate::source::Spanned;

/// Files that the register names and that cannot be read.
pub const RULE: Rule = Rule {
    name: "missing-evidence-file",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("missing_evidence_file.md"),
    check: Check::Report(check),
};

/// A file that is not there, or cannot be read for a reason.
struct Absent<'a> {
    item: &'a EvidenceItem,
    file: &'a Spanned<String>,
    reason: Option<&'a str>,
}

impl From<Absent<'_>> for Diagnostic {
    fn from(found: Absent<'_>) -> Self {
        let name = &found.file.value;
        let message = match found.reason {
            Some(reason) => say!("`{name}` cannot be read: {reason}", name, reason),
            None => say!("there is no file `{name}`", name),
        };
        Diagnostic::error(RULE.name, found.file.span, message)
            .subject(&found.item.id.value)
            .help(say!("put the file there, correct its path from `report.yaml` on, or name where it is kept under `locator`"))
    }
}

fn check(report: &Report, sink: &mut Sink) {
    for item in &report.content.evidence {
        let Some(file) = &item.file else { continue };
        let reason = match &item.found {
            // Whoever checks a bundle does not have what is confidential.
            Some(EvidenceFile::Missing) if item.access == Access::Confidential => continue,
            Some(EvidenceFile::Missing) => None,
            Some(EvidenceFile::Unreadable(reason)) => Some(reason.as_str()),
            Some(EvidenceFile::Present(_)) | None => continue,
        };
        if !sink.has_error_at(file.span) {
            sink.push(Absent { item, file, reason });
        }
    }
}
