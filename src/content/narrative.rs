//! Prose.

use crate::diag::{Diagnostic, say};
use crate::source::{Span, Spanned};
use crate::syntax::markdown::{self, Align, Document};

use crate::content::blocks::{self, CalloutFigure, ChartBlock, IndexBlock, KpiBlock};
use crate::content::exhibit::{
    Certificate, GovernanceBlock, ImageBlock, MaterialityBlock, ProcessBlock,
};
use crate::content::insert::Insert;
use crate::content::reader::Reader;

/// A narrative file, or Markdown inside YAML.
#[derive(Debug, Clone)]
pub struct Section {
    /// Start of the text.
    pub start: Span,
    /// The first heading, which is the section's title.
    pub title: Option<Spanned<Vec<Inline>>>,
    /// Everything below it.
    pub blocks: Vec<Block>,
    /// Footnotes by label.
    pub footnotes: Vec<(Spanned<String>, Vec<Inline>)>,
}

/// A block with its place.
#[derive(Debug, Clone)]
pub struct Block {
    /// Place.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum BlockKind {
    /// A heading below the title.
    Heading { level: u8, id: Option<Spanned<String>>, content: Vec<Inline> },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table written in the text.
    Table { align: Vec<Align>, head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>> },
    /// A table of metrics.
    KpiTable(KpiBlock),
    /// A drawing of figures.
    Chart(ChartBlock),
    /// Large figures.
    Callout(Vec<CalloutFigure>),
    /// A case box.
    Case { title: Spanned<String>, blocks: Vec<Block> },
    /// A statement set large.
    Pull(Vec<Inline>),
    /// The table of targets; all of them if none is selected.
    Targets { select: Vec<Spanned<String>> },
    /// The index of a framework.
    Index(IndexBlock),
    /// What was assured.
    Assurance,
    /// Earlier figures that were changed.
    Restatements,
    /// A quotation with a signature.
    Voice { content: Vec<Inline>, name: String, role: String },
    /// Terms and their meaning.
    Definitions(Vec<(Spanned<String>, Vec<Inline>)>),
    /// The table of stakeholders; all of them if none is selected.
    Stakeholders { select: Vec<Spanned<String>> },
    /// The matrix or list of material topics.
    Materiality(MaterialityBlock),
    /// How topics are managed; all of them if none is selected.
    Topics { select: Vec<Spanned<String>> },
    /// An organisation chart.
    Governance(GovernanceBlock),
    /// Steps one after the other.
    Process(ProcessBlock),
    /// Certificates and what they cover.
    Certificates(Vec<Certificate>),
    /// Terms of the glossary; all of them if none is selected.
    Glossary { select: Vec<Spanned<String>> },
    /// A picture.
    Image(ImageBlock),
}

/// Text inside a block.
#[derive(Debug, Clone)]
pub struct Inline {
    /// Place.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// What a piece of text is.
#[derive(Debug, Clone)]
pub enum InlineKind {
    /// Plain text.
    Text(String),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link with its destination.
    Link(String, Vec<Inline>),
    /// A figure.
    Insert(Box<Insert>),
    /// The mark of a footnote.
    Footnote(Spanned<String>),
    /// A forced line break.
    Break,
}

impl Section {
    /// Types a Markdown document.
    pub fn read(document: Document, start: Span, reader: &mut Reader<'_>) -> Self {
        let mut section = Self { start, title: None, blocks: Vec::new(), footnotes: Vec::new() };
        let mut blocks = document.blocks.into_iter().peekable();
        let first_is_title = blocks.peek().is_some_and(|block| {
            matches!(block.kind, markdown::BlockKind::Heading { level: 1, .. })
        });
        if first_is_title
            && let Some(markdown::Block {
                span,
                kind: markdown::BlockKind::Heading { content, .. },
            }) = blocks.next()
        {
            section.title = Some(Spanned::new(inlines(content, reader), span));
        }
        section.blocks = blocks.filter_map(|block| read_block(block, reader)).collect();
        for (label, content) in document.footnotes {
            let content: Vec<Block> =
                content.into_iter().filter_map(|block| read_block(block, reader)).collect();
            section.footnotes.push((label, flatten(content)));
        }
        section
    }

    /// The text of the first paragraph.
    pub fn into_inlines(self) -> Vec<Inline> {
        flatten(self.blocks)
    }
}

/// The text of paragraphs, one after the other.
fn flatten(blocks: Vec<Block>) -> Vec<Inline> {
    let mut content = Vec::new();
    for block in blocks {
        if let BlockKind::Paragraph(mut inner) = block.kind {
            if !content.is_empty() {
                content.push(Inline { span: block.span, kind: InlineKind::Break });
            }
            content.append(&mut inner);
        }
    }
    content
}

pub(super) fn read_block(block: markdown::Block, reader: &mut Reader<'_>) -> Option<Block> {
    let span = block.span;
    let kind = match block.kind {
        markdown::BlockKind::Heading { level, id, content } => {
            BlockKind::Heading { level, id, content: inlines(content, reader) }
        }
        markdown::BlockKind::Paragraph(content) => BlockKind::Paragraph(inlines(content, reader)),
        markdown::BlockKind::List { start, items } => {
            let items = items.into_iter().map(|item| read_blocks(item, reader)).collect();
            BlockKind::List { start, items }
        }
        markdown::BlockKind::Quote(inner) => BlockKind::Quote(read_blocks(inner, reader)),
        markdown::BlockKind::Table { align, head, rows } => BlockKind::Table {
            align,
            head: cells(head, reader),
            rows: rows.into_iter().map(|row| cells(row, reader)).collect(),
        },
        markdown::BlockKind::Fence { name, body } => blocks::read(&name, &body, reader)?,
    };
    Some(Block { span, kind })
}

fn read_blocks(blocks: Vec<markdown::Block>, reader: &mut Reader<'_>) -> Vec<Block> {
    blocks.into_iter().filter_map(|block| read_block(block, reader)).collect()
}

fn cells(cells: Vec<Vec<markdown::Inline>>, reader: &mut Reader<'_>) -> Vec<Vec<Inline>> {
    cells.into_iter().map(|cell| inlines(cell, reader)).collect()
}

fn inlines(content: Vec<markdown::Inline>, reader: &mut Reader<'_>) -> Vec<Inline> {
    content.into_iter().filter_map(|inline| read_inline(inline, reader)).collect()
}

fn read_inline(inline: markdown::Inline, reader: &mut Reader<'_>) -> Option<Inline> {
    let span = inline.span;
    let kind = match inline.kind {
        markdown::InlineKind::Text(text) => InlineKind::Text(text),
        markdown::InlineKind::Strong(inner) => InlineKind::Strong(inlines(inner, reader)),
        markdown::InlineKind::Emphasis(inner) => InlineKind::Emphasis(inlines(inner, reader)),
        markdown::InlineKind::Code(text) => InlineKind::Code(text),
        markdown::InlineKind::Link(href, inner) => {
            check_href(&href, span, reader);
            InlineKind::Link(href, inlines(inner, reader))
        }
        markdown::InlineKind::Hole(hole) => {
            InlineKind::Insert(Box::new(Insert::read(&hole, reader)?))
        }
        markdown::InlineKind::Footnote(label) => InlineKind::Footnote(label),
        markdown::InlineKind::Break => InlineKind::Break,
    };
    Some(Inline { span, kind })
}

/// Links lead into the report, to the web, or to a mailbox; nothing that could run code.
fn check_href(href: &str, span: Span, reader: &mut Reader<'_>) {
    let known = ["#", "https://", "http://", "mailto:"];
    if known.iter().any(|start| href.starts_with(start)) {
        return;
    }
    let message = say!(
        "the link leads to `{href}`, which is neither a web address nor a place in the report",
        href
    );
    let found = Diagnostic::error("invalid-link", span, message);
    reader
        .sink
        .push(found.help(say!(
            "write `https://…`, `mailto:…`, or `#` and the id of a section or heading"
        )));
}
