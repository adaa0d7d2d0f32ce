//! Blocks and inlines.

use crate::content::{Block as Written, BlockKind, Inline as WrittenInline, InlineKind, Insert};
use crate::report::anchor_name;
use crate::source::Spanned;
use crate::syntax::markdown::Align;

use crate::view::Context;
use crate::view::figure::Printed;
use crate::view::model::{Block, Definition, Inline, Table, TableRow};

/// The footnotes of a section by label.
type Footnotes = [(Spanned<String>, Vec<WrittenInline>)];

impl Context<'_> {
    /// Blocks of a section.
    pub(super) fn blocks(
        &self,
        section: &str,
        blocks: &[Written],
        notes: &Footnotes,
    ) -> Vec<Block> {
        blocks.iter().filter_map(|block| self.block(section, block, notes)).collect()
    }

    fn block(&self, section: &str, block: &Written, notes: &Footnotes) -> Option<Block> {
        Some(match &block.kind {
            BlockKind::Heading { level, id, content } => Block::Heading {
                level: (*level).max(2),
                id: id.as_ref().map(|id| anchor_name(section, &id.value)).unwrap_or_default(),
                content: self.inlines(content, notes),
            },
            BlockKind::Paragraph(content) => {
                Block::Paragraph { content: self.inlines(content, notes) }
            }
            BlockKind::List { start, items } => Block::List {
                ordered: start.is_some(),
                start: start.unwrap_or(1),
                items: items.iter().map(|item| self.blocks(section, item, notes)).collect(),
            },
            BlockKind::Quote(inner) => Block::Quote { blocks: self.blocks(section, inner, notes) },
            BlockKind::Table { align, head, rows } => Block::Table(Table {
                align: align.iter().map(|align| align_word(*align).to_owned()).collect(),
                head: head.iter().map(|cell| self.inlines(cell, notes)).collect(),
                rows: rows.iter().map(|row| self.table_row(row, notes)).collect(),
            }),
            BlockKind::KpiTable(kpi) => Block::KpiTable(self.kpi_table(section, kpi)?),
            BlockKind::Chart(chart) => Block::Chart(self.chart(section, chart)?),
            BlockKind::Callout(figures) => Block::Callout {
                figures: figures.iter().filter_map(|figure| self.callout(figure)).collect(),
            },
            BlockKind::Case { title, blocks } => Block::Case {
                title: title.value.clone(),
                blocks: self.blocks(section, blocks, notes),
            },
            BlockKind::Pull(content) => Block::Pull { content: self.inlines(content, notes) },
            BlockKind::Targets { select } => Block::Targets(self.targets(section, select)),
            BlockKind::Index(index) => Block::Index(self.index(section, index)?),
            BlockKind::Assurance => Block::Assurance(self.assurance()),
            BlockKind::Restatements => Block::Restatements(self.restatements()),
            BlockKind::Voice { content, name, role } => Block::Voice {
                content: self.inlines(content, notes),
                name: name.clone(),
                role: role.clone(),
            },
            BlockKind::Definitions(items) => Block::Definitions {
                items: items
                    .iter()
                    .map(|(term, content)| Definition {
                        term: term.value.clone(),
                        content: self.inlines(content, notes),
                    })
                    .collect(),
            },
            kind => self.exhibit(section, kind)?,
        })
    }

    /// A row of a small table; one whose first cell alone holds words heads the rows below it.
    fn table_row(&self, row: &[Vec<WrittenInline>], notes: &Footnotes) -> TableRow {
        let rest = row.split_first().map(|(_, rest)| rest).unwrap_or_default();
        let heading = !rest.is_empty() && rest.iter().all(Vec::is_empty);
        let shown = if heading { row.get(..1).unwrap_or_default() } else { row };
        let cells = shown.iter().map(|cell| self.inlines(cell, notes)).collect();
        TableRow { heading, cells }
    }

    /// A block that shows how a company is run.
    fn exhibit(&self, section: &str, kind: &BlockKind) -> Option<Block> {
        Some(match kind {
            BlockKind::Stakeholders { select } => Block::Stakeholders(self.stakeholders(select)),
            BlockKind::Materiality(block) => Block::Materiality(self.materiality(section, block)),
            BlockKind::Topics { select } => Block::Topics(self.topics(select)),
            BlockKind::Governance(block) => Block::Governance(self.organisation(section, block)),
            BlockKind::Process(block) => Block::Process(self.process(section, block)),
            BlockKind::Certificates(items) => Block::Certificates(self.certificates(items)),
            BlockKind::Glossary { select } => Block::Glossary(self.glossary(select)),
            BlockKind::Image(image) => Block::Image(self.image(section, image)?),
            _ => return None,
        })
    }

    /// A figure as it stands in a text; nothing if it has no value, which is an error of its own.
    pub(super) fn figure(&self, insert: &Insert) -> Option<Inline> {
        let (printed, fact) = self.insert(insert)?;
        let text = printed.text();
        let Printed { before, value, after } = printed;
        Some(Inline::Figure { before, value, after, text, fact })
    }

    /// Inlines; line breaks of the source become blanks in English and nothing in Chinese.
    pub(super) fn inlines(&self, content: &[WrittenInline], notes: &Footnotes) -> Vec<Inline> {
        content.iter().filter_map(|inline| self.inline(inline, notes)).collect()
    }

    fn inline(&self, inline: &WrittenInline, notes: &Footnotes) -> Option<Inline> {
        Some(match &inline.kind {
            InlineKind::Text(text) if text == "\n" => {
                let text = if self.lang.is_chinese() { "" } else { " " };
                Inline::Text { text: text.to_owned() }
            }
            InlineKind::Text(text) => Inline::Text { text: text.clone() },
            InlineKind::Strong(inner) => Inline::Strong { content: self.inlines(inner, notes) },
            InlineKind::Emphasis(inner) => Inline::Emphasis { content: self.inlines(inner, notes) },
            InlineKind::Code(text) => Inline::Code { text: text.clone() },
            InlineKind::Link(href, inner) => {
                let target = href.strip_prefix('#').map(str::to_owned);
                if target.as_ref().is_some_and(|name| self.report.places.get(name).is_none()) {
                    // Only a draft comes here, and it prints the words alone.
                    return Some(Inline::Text { text: self.plain(inner) });
                }
                let href = target.is_none().then(|| href.clone());
                Inline::Link { href, target, content: self.inlines(inner, notes) }
            }
            InlineKind::Insert(insert) => self.figure(insert)?,
            InlineKind::Footnote(label) => {
                let (_, content) = notes.iter().find(|(other, _)| other.value == label.value)?;
                let number = {
                    let mut count = self.footnotes.borrow_mut();
                    *count += 1;
                    count.to_string()
                };
                Inline::Footnote { number, content: self.inlines(content, &[]) }
            }
            InlineKind::Break => Inline::Break,
        })
    }

    /// The plain text of inlines, figures included.
    pub(super) fn plain(&self, content: &[WrittenInline]) -> String {
        plain(&self.inlines(content, &[]))
    }
}

/// The plain text of inlines.
pub(super) fn plain(content: &[Inline]) -> String {
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Text { text: words }
            | Inline::Code { text: words }
            | Inline::Figure { text: words, .. } => {
                text.push_str(words);
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. } => {
                text.push_str(&plain(content));
            }
            Inline::Footnote { .. } => {}
            Inline::Break => text.push(' '),
        }
    }
    text
}

fn align_word(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}
