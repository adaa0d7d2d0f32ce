//! Markdown as a tree of spanned blocks: CommonMark with tables and footnotes.
//!
//! Holes (`{{ … }}`) are found before Markdown is read, so that what stands in them is never taken
//! for Markdown.

mod build;
mod scalar;

pub use self::build::parse;
pub use self::scalar::parse_scalar;

use crate::source::{Span, Spanned};
use crate::syntax::hole::Hole;

/// A Markdown text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Blocks in the order they stand.
    pub blocks: Vec<Block>,
    /// Footnotes: label and contents.
    pub footnotes: Vec<(Spanned<String>, Vec<Block>)>,
}

/// A block with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Place.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading { level: u8, id: Option<Spanned<String>>, content: Vec<Inline> },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; `start` is the first number of an ordered one.
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table.
    Table { align: Vec<Align>, head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>> },
    /// Fenced code: its name and its text.
    Fence { name: Spanned<String>, body: Spanned<String> },
}

/// Alignment of a table column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// To the left, also where nothing is said.
    Left,
    /// Centred.
    Center,
    /// To the right.
    Right,
}

/// Text inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// Place.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// What a piece of text is.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// A figure to be filled in.
    Hole(Hole),
    /// The mark of a footnote.
    Footnote(Spanned<String>),
    /// A forced line break.
    Break,
}

/// The plain text of inlines, without holes.
pub fn plain_text(content: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(content, &mut text);
    text
}

fn push_plain(content: &[Inline], text: &mut String) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Link(_, inner) => {
                push_plain(inner, text);
            }
            InlineKind::Break => text.push(' '),
            InlineKind::Hole(_) | InlineKind::Footnote(_) => {}
        }
    }
}
