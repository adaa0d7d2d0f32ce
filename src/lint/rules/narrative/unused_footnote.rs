#![doc = include_str!("unused_footnote.md")]

use std::collections::BTreeSet;

use crate::content::{Inline, InlineKind};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::{Report, Visitor, visit_section};

/// Footnotes that no mark leads to.
pub const RULE: Rule = Rule {
    name: "unused-footnote",
    group: Group::Narrative,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unused_footnote.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    for ((id, _), section) in &report.content.narrative {
        let mut marks = Marks(BTreeSet::new());
        visit_section(section, &mut marks);
        for (label, _) in &section.footnotes {
            if !marks.0.contains(&label.value) {
                let message = say!("no mark leads to the footnote `{label}`", label = label.value);
                let found = Diagnostic::warning(RULE.name, label.span, message).subject(id.clone());
                sink.push(found.help(say!(
                    "write `[^{label}]` where the footnote belongs, or delete it",
                    label = label.value
                )));
            }
        }
    }
}

/// Labels of the marks of a section.
struct Marks(BTreeSet<String>);

impl Visitor for Marks {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Footnote(label) = &inline.kind {
            self.0.insert(label.value.clone());
        }
    }
}
