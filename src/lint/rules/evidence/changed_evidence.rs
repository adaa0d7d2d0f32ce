#![doc = include_str!("changed_evidence.md")]

use crate::content::{EvidenceFile, EvidenceItem};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;
use crate::source::Spanned;

/// Files that are not those that were registered.
pub const RULE: Rule = Rule {
    name: "changed-evidence",
    group: Group::Evidence,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("changed_evidence.md"),
    check: Check::Report(check),
};

/// A file with another checksum than the registered one.
struct Changed<'a> {
    item: &'a EvidenceItem,
    file: &'a str,
    registered: &'a Spanned<String>,
    computed: &'a str,
}

impl From<Changed<'_>> for Diagnostic {
    fn from(found: Changed<'_>) -> Self {
        let message = say!(
            "`{file}` is not the file that was registered: its SHA-256 is {computed}",
            file = found.file,
            computed = found.computed
        );
        let mut diagnostic = Diagnostic::error(RULE.name, found.registered.span, message)
            .subject(&found.item.id.value)
            .help(say!("put the registered file back; if the new one is right, have it reviewed and register its checksum"));
        diagnostic.stated = Some(found.registered.value.to_lowercase());
        diagnostic.computed = Some(found.computed.to_owned());
        diagnostic
    }
}

fn check(report: &Report, sink: &mut Sink) {
    for item in &report.content.evidence {
        let (Some(registered), Some(file)) = (&item.sha256, &item.file) else { continue };
        let Some(EvidenceFile::Present(computed)) = &item.found else { continue };
        // A checksum that is none has a finding of its own.
        let whole = registered.value.len() == 64;
        if whole && !registered.value.eq_ignore_ascii_case(computed) {
            sink.push(Changed { item, file: &file.value, registered, computed });
        }
    }
}
