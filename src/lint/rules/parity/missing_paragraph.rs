#![doc = include_str!("missing_paragraph.md")]

use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::source::Span;

use crate::lint::rules::parity::pairs::{Extra, Gap, Pairs};

/// Parts that one language has and another lacks.
pub const RULE: Rule = Rule {
    name: "missing-paragraph",
    group: Group::Parity,
    severity: Severity::Warning,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("missing_paragraph.md"),
    check: Check::Languages(check),
};

fn check(languages: &Pairs<'_>, sink: &mut Sink) {
    for gap in &languages.gaps {
        sink.push(gap);
    }
}

impl From<&Gap> for Diagnostic {
    fn from(gap: &Gap) -> Self {
        let word = gap.kind.word();
        let (lacks, has) = gap.langs;
        let here = |place: Span| {
            if place.start == place.end {
                say!("it would stand behind this")
            } else {
                say!("it would stand here, or right before")
            }
        };
        let alone = say!("the part without counterpart");
        let (message, label, related) = match gap.extra {
            Extra::Missing => (
                say!("`{lacks}` lacks a {word} that `{has}` has", lacks, word, has),
                here(gap.place),
                alone,
            ),
            Extra::Surplus => (
                say!("`{has}` has a {word} that the prevailing `{lacks}` lacks", has, word, lacks),
                alone,
                here(gap.there),
            ),
        };
        let found = Diagnostic::warning(RULE.name, gap.place, message).label(label);
        let found = found.subject(gap.subject.clone());
        let found = if gap.place == gap.there { found } else { found.related(gap.there, related) };
        found.help(say!(
            "write it in both languages; paragraphs, lists and tables correspond one by one"
        ))
    }
}
