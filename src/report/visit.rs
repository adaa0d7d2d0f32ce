//! Walking over everything that prose holds.

use crate::content::{
    Block, BlockKind, Content, Inline, InlineKind, Insert, OutlineEntry, Section,
};
use crate::locale::Lang;

/// Something that looks at prose. Every method has a default that does nothing.
pub trait Visitor {
    /// A section is entered, or `None` for texts outside sections.
    fn section(&mut self, _id: Option<&str>, _lang: Option<Lang>) {}

    /// A block, before what is inside it.
    fn block(&mut self, _block: &Block) {}

    /// All text of a heading, a paragraph, a cell or the like, before its pieces.
    fn run(&mut self, _content: &[Inline]) {}

    /// A piece of text, before what is inside it.
    fn inline(&mut self, _inline: &Inline) {}

    /// A figure.
    fn insert(&mut self, _insert: &Insert) {}
}

/// Visits all prose of a project: sections, chapter openers, targets.
pub fn visit_content(content: &Content, visitor: &mut dyn Visitor) {
    for ((id, lang), section) in &content.narrative {
        visitor.section(Some(id), Some(*lang));
        visit_section(section, visitor);
    }
    visit_outside(content, visitor);
}

/// Visits the prose outside sections.
pub fn visit_outside(content: &Content, visitor: &mut dyn Visitor) {
    visitor.section(None, None);
    for entry in &content.head.outline {
        if let OutlineEntry::Chapter { summary, headline, .. } = entry {
            // Each is looked at once, however many languages share it.
            for item in headline {
                let mut last = None;
                for (_, insert) in item.figure.iter() {
                    if last.replace(insert.span) != Some(insert.span) {
                        visitor.insert(insert);
                    }
                }
            }
            summary.iter().for_each(|(_, words)| visit_run(words, visitor));
        }
    }
    for target in &content.targets {
        let texts = [Some(&target.statement), target.progress_note.as_ref(), target.next.as_ref()];
        for text in texts.into_iter().flatten() {
            text.iter().for_each(|(_, words)| visit_run(words, visitor));
        }
        if let Some(crate::content::Progress::Insert(insert)) = &target.progress {
            visitor.insert(insert);
        }
    }
    let managed = content.topics.iter().flat_map(|topic| topic.management.iter().flatten());
    let responses = content.stakeholders.iter().filter_map(|group| group.response.as_ref());
    let meanings = content.glossary.iter().filter_map(|term| term.meaning.as_ref());
    for text in managed.chain(responses).chain(meanings) {
        text.iter().for_each(|(_, words)| visit_run(words, visitor));
    }
}

/// Visits the title, the blocks and the footnotes of a section.
pub fn visit_section(section: &Section, visitor: &mut dyn Visitor) {
    if let Some(title) = &section.title {
        visit_run(&title.value, visitor);
    }
    visit_blocks(&section.blocks, visitor);
    for (_, content) in &section.footnotes {
        visit_run(content, visitor);
    }
}

/// Visits blocks and everything inside them.
pub fn visit_blocks(blocks: &[Block], visitor: &mut dyn Visitor) {
    for block in blocks {
        visitor.block(block);
        match &block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Pull(content)
            | BlockKind::Voice { content, .. } => visit_run(content, visitor),
            BlockKind::List { items, .. } => {
                items.iter().for_each(|item| visit_blocks(item, visitor));
            }
            BlockKind::Quote(inner) | BlockKind::Case { blocks: inner, .. } => {
                visit_blocks(inner, visitor);
            }
            BlockKind::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flatten());
                cells.for_each(|cell| visit_run(cell, visitor));
            }
            BlockKind::Chart(chart) => {
                for words in [&chart.title, &chart.subtitle, &chart.finding] {
                    visit_run(words, visitor);
                }
            }
            BlockKind::Callout(figures) => {
                for figure in figures {
                    visitor.insert(&figure.value);
                    visit_run(&figure.label, visitor);
                }
            }
            BlockKind::Definitions(items) => {
                items.iter().for_each(|(_, words)| visit_run(words, visitor));
            }
            kind => visit_exhibit(kind, visitor),
        }
    }
}

/// Visits a block that shows how a company is run.
fn visit_exhibit(kind: &BlockKind, visitor: &mut dyn Visitor) {
    match kind {
        BlockKind::Materiality(block) => {
            for words in [&block.title, &block.subtitle, &block.finding] {
                visit_run(words, visitor);
            }
        }
        BlockKind::Governance(block) => {
            let boxes = block.boxes.iter().flat_map(|one| [&one.name, &one.text]);
            let lines = block.lines.iter().map(|line| &line.label);
            for words in [&block.title, &block.subtitle, &block.finding] {
                visit_run(words, visitor);
            }
            boxes.chain(lines).for_each(|words| visit_run(words, visitor));
        }
        BlockKind::Process(block) => {
            visit_run(&block.title, visitor);
            for (title, text) in &block.steps {
                visit_run(title, visitor);
                visit_run(text, visitor);
            }
        }
        BlockKind::Certificates(items) => {
            for item in items {
                for words in [&item.standard, &item.scope, &item.note] {
                    visit_run(words, visitor);
                }
                item.coverage.iter().for_each(|insert| visitor.insert(insert));
            }
        }
        BlockKind::Image(image) => visit_run(&image.caption, visitor),
        _ => {}
    }
}

fn visit_run(content: &[Inline], visitor: &mut dyn Visitor) {
    visitor.run(content);
    visit_inlines(content, visitor);
}

fn visit_inlines(content: &[Inline], visitor: &mut dyn Visitor) {
    for inline in content {
        visitor.inline(inline);
        match &inline.kind {
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Link(_, inner) => {
                visit_inlines(inner, visitor);
            }
            InlineKind::Insert(insert) => visitor.insert(insert),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Footnote(_)
            | InlineKind::Break => {}
        }
    }
}
