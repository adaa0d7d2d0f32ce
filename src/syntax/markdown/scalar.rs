//! Markdown inside YAML texts.

use crate::diag::Sink;
use crate::source::{Span, Spanned};
use crate::syntax::hole::Hole;

use crate::syntax::markdown::{Block, BlockKind, Document, Inline, InlineKind, parse};

/// Reads Markdown that is the value of a YAML scalar.
///
/// `raw` is the scalar as it stands in the source under `span`. YAML may have taken off quotes and
/// indentation, so places inside the text are not known, except those of holes: the n-th hole of
/// the text is the n-th hole of the source.
pub fn parse_scalar(text: &str, span: Span, raw: &str, sink: &mut Sink) -> Document {
    let mut inner = Sink::default();
    let mut document = parse(span.source, text, 0, &mut inner);
    for mut found in inner.finish() {
        found.primary.span = span;
        sink.push(found);
    }
    let mut mover = Mover { span, raw, read: 0, holes: hole_spans(span, raw), next: 0 };
    mover.blocks(&mut document.blocks);
    for (label, blocks) in &mut document.footnotes {
        label.span = span;
        mover.blocks(blocks);
    }
    document
}

/// The places of the holes of a text that lies under `span`.
fn hole_spans(span: Span, raw: &str) -> Vec<Span> {
    let opens = raw.match_indices("{{");
    let spans = opens.filter_map(|(at, _)| {
        let length = raw.get(at..)?.find("}}")? + 2;
        Some(span.within(at, at + length))
    });
    spans.collect()
}

struct Mover<'a> {
    span: Span,
    /// The text as it stands in the file.
    raw: &'a str,
    /// How much of it has been passed.
    read: usize,
    holes: Vec<Span>,
    next: usize,
}

impl Mover<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            block.span = self.span;
            match &mut block.kind {
                BlockKind::Heading { content, id, .. } => {
                    if let Some(id) = id {
                        id.span = self.span;
                    }
                    self.inlines(content);
                }
                BlockKind::Paragraph(content) => self.inlines(content),
                BlockKind::List { items, .. } => {
                    items.iter_mut().for_each(|item| self.blocks(item))
                }
                BlockKind::Quote(inner) => self.blocks(inner),
                BlockKind::Table { head, rows, .. } => {
                    head.iter_mut().for_each(|cell| self.inlines(cell));
                    rows.iter_mut().flatten().for_each(|cell| self.inlines(cell));
                }
                BlockKind::Fence { name, body } => {
                    name.span = self.span;
                    body.span = self.span;
                }
            }
        }
    }

    fn inlines(&mut self, content: &mut [Inline]) {
        for inline in content {
            inline.span = self.span;
            match &mut inline.kind {
                InlineKind::Strong(inner)
                | InlineKind::Emphasis(inner)
                | InlineKind::Link(_, inner) => {
                    self.inlines(inner);
                }
                InlineKind::Hole(hole) => self.hole(hole),
                InlineKind::Footnote(label) => label.span = self.span,
                InlineKind::Text(text) => inline.span = self.text(text),
                InlineKind::Code(_) | InlineKind::Break => {}
            }
        }
    }

    /// The place of a piece of text; the whole scalar where YAML or Markdown has changed it.
    fn text(&mut self, text: &str) -> Span {
        let rest = self.raw.get(self.read..).unwrap_or_default();
        let Some(at) = rest.find(text).filter(|_| !text.trim().is_empty()) else {
            return self.span;
        };
        let start = self.read + at;
        self.read = start + text.len();
        self.span.within(start, self.read)
    }

    fn hole(&mut self, hole: &mut Hole) {
        let span = self.holes.get(self.next).copied().unwrap_or(self.span);
        self.next += 1;
        hole.span = span;
        let passed = span.end.saturating_sub(self.span.start) as usize;
        self.read = self.read.max(passed.min(self.raw.len()));
        let length = span.end.saturating_sub(span.start) as usize;
        let inner = span.within(2, length.saturating_sub(2));
        hole.inner = Spanned::new(std::mem::take(&mut hole.inner.value), inner);
    }
}
