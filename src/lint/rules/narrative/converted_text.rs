#![doc = include_str!("converted_text.md")]

use std::collections::BTreeMap;

use crate::content::Converted;
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::Report;
use crate::source::SourceId;

/// Traditional Chinese that nobody has written.
pub const RULE: Rule = Rule {
    name: "converted-text",
    group: Group::Narrative,
    severity: Severity::Note,
    tier: Tier::Strict,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("converted_text.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let mut files: BTreeMap<SourceId, Vec<&Converted>> = BTreeMap::new();
    for converted in &report.content.converted {
        match &converted.section {
            Some(section) => sink.push(narrative(converted, section)),
            None => files.entry(converted.span.source).or_default().push(converted),
        }
    }
    for converted in files.values() {
        let Some(first) = converted.first() else { continue };
        sink.push(texts(first, converted.len()));
    }
}

fn narrative(converted: &Converted, section: &str) -> Diagnostic {
    let message =
        say!("the section `{section}` is printed in zh-Hant as converted from zh-Hans", section);
    Diagnostic::note(RULE.name, converted.span, message).subject(section).help(say!(
        "review it: `esgreport translate --to zh-Hant` writes the converted text to a file"
    ))
}

fn texts(first: &Converted, count: usize) -> Diagnostic {
    let message = match count {
        1 => say!("a text is printed in zh-Hant as converted from zh-Hans"),
        _ => say!(
            "{count} texts of the file are printed in zh-Hant as converted from zh-Hans",
            count
        ),
    };
    Diagnostic::note(RULE.name, first.span, message).help(say!(
        "review them in the printed report; `zh-Hant:` beside `zh-Hans:` takes precedence"
    ))
}
