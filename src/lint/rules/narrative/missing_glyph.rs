#![doc = include_str!("missing_glyph.md")]

use std::collections::BTreeSet;

use crate::content::{
    Block, BlockKind, Concern, Inline, InlineKind, Insert, KpiBlock, OutlineEntry, Reading, Text,
    is_hidden,
};
use crate::diag::{Diagnostic, Severity, Sink, say};
use crate::lint::rule::{Check, Group, Rule, Tier};
use crate::report::{Report, Visitor, visit_content};
use crate::source::{Span, Spanned};

/// Characters that no font can print.
pub const RULE: Rule = Rule {
    name: "missing-glyph",
    group: Group::Narrative,
    severity: Severity::Error,
    tier: Tier::Default,
    applies_to: &[],
    since: "0.1.0",
    doc: include_str!("missing_glyph.md"),
    check: Check::Report(check),
};

fn check(report: &Report, sink: &mut Sink) {
    let mut look = Look { report, sink, seen: BTreeSet::new() };
    visit_content(&report.content, &mut look);
    let content = &report.content;
    let head = &content.head;
    let optional = [&head.subtitle, &head.notice];
    let mut texts: Vec<&Text> = vec![&head.name, &head.short, &head.title];
    texts.extend(optional.into_iter().flatten());
    for dimension in &content.dimensions {
        texts.push(&dimension.label);
        texts.extend(dimension.members.iter().map(|(_, label)| label));
    }
    for metric in &content.metrics {
        texts.push(&metric.label);
        texts.extend(&metric.note);
    }
    for table in &content.tables {
        texts.push(&table.title);
        texts.extend(&table.note);
        texts.extend(table.groups.iter().filter_map(|group| group.label.as_ref()));
    }
    for entry in &head.outline {
        if let OutlineEntry::Chapter { title, headline, .. } = entry {
            texts.push(title);
            texts.extend(headline.iter().filter_map(|item| item.label.as_ref()));
        }
    }
    for engagement in &head.engagements {
        texts.push(&engagement.provider);
        texts.extend(&engagement.kind);
        texts.extend(&engagement.scope_note);
    }
    let series = content.metrics.iter().flat_map(|metric| {
        let members = metric.by.iter().flat_map(|b| &b.members).map(|member| &member.values);
        std::iter::once(&metric.values).chain(members)
    });
    for datum in series.flat_map(|series| series.values()) {
        if let Reading::Missing(missing) = &datum.reading {
            texts.push(&missing.reason);
        }
    }
    texts.extend(content.targets.iter().map(|target| &target.area));
    texts.extend(content.topics.iter().map(|topic| &topic.label));
    texts.extend(content.glossary.iter().map(|term| &term.words));
    for group in &content.stakeholders {
        texts.push(&group.label);
        texts.extend(&group.channels);
        texts.extend(&group.frequency);
        texts.extend(group.concerns.iter().filter_map(|concern| match concern {
            Concern::Words(words) => Some(words),
            Concern::Topic(_) => None,
        }));
    }
    texts.extend(content.evidence.iter().map(|item| &item.title));
    for text in texts {
        for (_, words) in text.iter() {
            look.words(words);
        }
    }
    for converted in &content.converted {
        let text: String = converted.characters.iter().collect();
        look.text(&text, converted.span);
    }
}

struct Look<'a> {
    report: &'a Report,
    sink: &'a mut Sink,
    /// One finding for each character and place.
    seen: BTreeSet<(char, Span)>,
}

impl Look<'_> {
    fn words(&mut self, words: &Spanned<String>) {
        self.text(&words.value, words.span);
    }

    fn text(&mut self, text: &str, span: Span) {
        for (at, c) in text.char_indices() {
            // Private characters in prose and those that nobody sees have findings of their own.
            let private = ('\u{E000}'..='\u{F8FF}').contains(&c);
            if self.report.glyphs.has(c) || private || is_hidden(c) {
                continue;
            }
            // Places inside are exact where the text stands as it was written.
            let exact = (span.end - span.start) as usize == text.len();
            let place = if exact { span.within(at, at + c.len_utf8()) } else { span };
            if self.seen.insert((c, place)) {
                let message = say!(
                    "no font has the character `{c}` (U+{c2})",
                    c,
                    c2 = format!("{:04X}", u32::from(c))
                );
                let found = Diagnostic::error(RULE.name, place, message);
                self.sink.push(found.help(say!("write another character")));
            }
        }
    }
}

impl Visitor for Look<'_> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Case { title, .. } => self.words(title),
            BlockKind::KpiTable(KpiBlock { title: Some(title), .. }) => self.words(title),
            BlockKind::Voice { name, role, .. } => {
                self.text(name, block.span);
                self.text(role, block.span);
            }
            BlockKind::Definitions(items) => {
                items.iter().for_each(|(term, _)| self.words(term));
            }
            _ => {}
        }
    }

    fn insert(&mut self, insert: &Insert) {
        for words in insert.words.iter().chain(&insert.counter) {
            self.text(words, insert.span);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Text(text) | InlineKind::Code(text) = &inline.kind {
            self.text(text, inline.span);
        }
    }
}
