//! Anchors of the second language. Both stand in one document, where no anchor may stand twice.

use crate::view::model::{Block, Inline, Part, Place, View};

/// Puts a prefix before every anchor of a view, and before every reference to one.
pub fn prefix_ids(view: &mut View, prefix: &str) {
    view.parts.iter_mut().for_each(|part| prefix_part(part, prefix));
    for fact in &mut view.facts {
        fact.anchor.insert_str(0, prefix);
    }
}

/// Puts a prefix before the anchors of a part.
pub fn prefix_part(part: &mut Part, prefix: &str) {
    part.id.insert_str(0, prefix);
    inlines(&mut part.summary, prefix);
    for section in &mut part.sections {
        section.id.insert_str(0, prefix);
        section.blocks.iter_mut().for_each(|block| prefix_block(block, prefix));
    }
}

/// Puts a prefix before the anchors of a block.
pub fn prefix_block(block: &mut Block, prefix: &str) {
    let mark = |id: &mut String| {
        if !id.is_empty() {
            id.insert_str(0, prefix);
        }
    };
    match block {
        Block::Heading { id, content, .. } => {
            mark(id);
            inlines(content, prefix);
        }
        Block::Paragraph { content } | Block::Pull { content } | Block::Voice { content, .. } => {
            inlines(content, prefix);
        }
        Block::List { items, .. } => {
            items.iter_mut().flatten().for_each(|block| prefix_block(block, prefix));
        }
        Block::Quote { blocks } | Block::Case { blocks, .. } => {
            blocks.iter_mut().for_each(|block| prefix_block(block, prefix));
        }
        Block::Table(table) => {
            let rows = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            let cells = table.head.iter_mut().chain(rows);
            cells.for_each(|cell| inlines(cell, prefix));
        }
        Block::KpiTable(table) => {
            mark(&mut table.id);
            let rows = table.groups.iter_mut().flat_map(|group| &mut group.rows);
            rows.for_each(|row| mark(&mut row.id));
        }
        Block::Chart(chart) => mark(&mut chart.id),
        Block::Targets(targets) => {
            mark(&mut targets.id);
            for row in &mut targets.rows {
                mark(&mut row.id);
                [&mut row.statement, &mut row.note, &mut row.next]
                    .into_iter()
                    .for_each(|words| inlines(words, prefix));
            }
        }
        Block::Index(index) => {
            mark(&mut index.id);
            for row in index.groups.iter_mut().flat_map(|group| &mut group.rows) {
                mark(&mut row.id);
                row.places.iter_mut().for_each(|Place { target, .. }| mark(target));
                inlines(&mut row.reason, prefix);
            }
        }
        Block::Definitions { items } => {
            items.iter_mut().for_each(|item| inlines(&mut item.content, prefix));
        }
        Block::Callout { .. } | Block::Assurance(_) | Block::Restatements(_) => {}
        exhibit => prefix_exhibit(exhibit, prefix),
    }
}

/// Marks the anchors of a block that shows how a company is run.
fn prefix_exhibit(block: &mut Block, prefix: &str) {
    let mark = |id: &mut String| {
        if !id.is_empty() {
            id.insert_str(0, prefix);
        }
    };
    match block {
        Block::Stakeholders(stakeholders) => {
            stakeholders.rows.iter_mut().for_each(|row| inlines(&mut row.response, prefix));
        }
        Block::Materiality(matrix) => {
            mark(&mut matrix.id);
            let places = matrix.rows.iter_mut().flat_map(|row| &mut row.places);
            places.for_each(|Place { target, .. }| mark(target));
        }
        Block::Topics(topics) => {
            for row in &mut topics.rows {
                [&mut row.governance, &mut row.strategy, &mut row.risk, &mut row.action]
                    .into_iter()
                    .for_each(|words| inlines(words, prefix));
            }
        }
        Block::Governance(chart) => mark(&mut chart.id),
        Block::Process(process) => {
            mark(&mut process.id);
            for step in &mut process.steps {
                inlines(&mut step.title, prefix);
                inlines(&mut step.text, prefix);
            }
        }
        Block::Certificates(certificates) => {
            for row in &mut certificates.rows {
                [&mut row.standard, &mut row.scope, &mut row.coverage, &mut row.note]
                    .into_iter()
                    .for_each(|words| inlines(words, prefix));
            }
        }
        Block::Glossary(glossary) => {
            glossary.rows.iter_mut().for_each(|row| inlines(&mut row.meaning, prefix));
        }
        Block::Image(image) => {
            mark(&mut image.id);
            inlines(&mut image.caption, prefix);
        }
        _ => {}
    }
}

fn inlines(content: &mut [Inline], prefix: &str) {
    for inline in content {
        match inline {
            Inline::Link { target, content, .. } => {
                if let Some(target) = target {
                    target.insert_str(0, prefix);
                }
                inlines(content, prefix);
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Footnote { content, .. } => inlines(content, prefix),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Figure { .. } | Inline::Break => {}
        }
    }
}
