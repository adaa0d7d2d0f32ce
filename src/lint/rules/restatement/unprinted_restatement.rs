#![doc = include_str!("unprinted_restatement.md")]

use crate::content::{Block, BlockKind, Metric};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::locale::Lang;
use crate::report::{Report, Visitor, visit_section};
use crate::source::Span;

/// Restatements that no section lists.
pub const RULE: Rule = Rule {
    name: "unprinted-restatement",
    group: Group::Restatement,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("unprinted_restatement.md"),
    check: Check::Report(check),
};

/// A report that restates figures and has no list of them.
struct Unprinted<'a> {
    first: (&'a Metric, u16, Span),
    count: usize,
    langs: Vec<&'static str>,
}

impl From<Unprinted<'_>> for Diagnostic {
    fn from(found: Unprinted<'_>) -> Self {
        let (metric, year, span) = found.first;
        let (number, verb) = match found.count {
            1 => ("one figure".to_owned(), "is"),
            n => (format!("{n} figures"), "are"),
        };
        let langs = found.langs.join(", ");
        let message = say!(
            "{number} {verb} restated, and no section in {langs} lists restatements",
            number,
            verb,
            langs
        );
        Diagnostic::warning(RULE.name, span, message)
            .subject(format!("{}@{year}", metric.id.value))
            .help(say!("add a block ```` ```restatements ```` to a section of the outline"))
    }
}

fn check(report: &Report, sink: &mut Sink) {
    let restated = report.content.metrics.iter().flat_map(|metric| {
        metric.restated.iter().map(move |(year, restatement)| (metric, *year, restatement.span))
    });
    let restated: Vec<_> = restated.collect();
    let Some(&first) = restated.first() else { return };
    let langs = report.content.head.languages.iter();
    let silent: Vec<&'static str> =
        langs.filter(|lang| !lists(report, **lang)).map(|lang| lang.tag()).collect();
    if !silent.is_empty() {
        sink.push(Unprinted { first, count: restated.len(), langs: silent });
    }
}

/// Whether a section of the outline lists restatements in a language. A language that is converted
/// from another has no files, and prints what that one has.
fn lists(report: &Report, lang: Lang) -> bool {
    let sections = report.outline_sections();
    let mut any = false;
    for id in sections {
        let Some(section) = report.section(id, lang) else { continue };
        any = true;
        let mut search = Search(false);
        visit_section(section, &mut search);
        if search.0 {
            return true;
        }
    }
    !any
}

struct Search(bool);

impl Visitor for Search {
    fn block(&mut self, block: &Block) {
        self.0 |= matches!(block.kind, BlockKind::Restatements);
    }
}
