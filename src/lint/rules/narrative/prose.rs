//! Running text put together from its pieces, with the place of every byte.

use crate::content::{Inline, InlineKind};
use crate::source::{Span, Spanned};

/// What stands in the text where a figure or code does.
pub const HOLE: char = '\u{FFFC}';

/// A text with the places of its pieces.
pub struct Prose {
    /// The text; figures and code are one character each.
    pub text: String,
    /// Whether figures are filled in here.
    pub takes_figures: bool,
    pieces: Vec<(usize, usize, Span)>,
}

impl Prose {
    /// The text of a heading, a paragraph, a cell or the like.
    pub fn of(content: &[Inline]) -> Self {
        let text = String::with_capacity(length(content));
        let pieces = Vec::with_capacity(content.len());
        let mut prose = Self { text, takes_figures: true, pieces };
        prose.take(content);
        prose
    }

    /// A text without markup.
    pub fn plain(words: &Spanned<String>) -> Self {
        let text = words.value.clone();
        let pieces = vec![(0, text.len(), words.span)];
        Self { text, takes_figures: false, pieces }
    }

    fn take(&mut self, content: &[Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, inline.span),
                InlineKind::Strong(inner)
                | InlineKind::Emphasis(inner)
                | InlineKind::Link(_, inner) => self.take(inner),
                InlineKind::Code(_) | InlineKind::Insert(_) => {
                    self.push(HOLE.encode_utf8(&mut [0; 4]), inline.span);
                }
                InlineKind::Break => self.push("\n", inline.span),
                InlineKind::Footnote(_) => {}
            }
        }
    }

    fn push(&mut self, text: &str, span: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push((start, self.text.len(), span));
    }

    /// The place of a part. It is exact where the text stands in the file as it is read.
    pub fn place(&self, start: usize, end: usize) -> Option<Span> {
        let at = |byte: usize| {
            let piece = self.pieces.iter().find(|(from, to, _)| (*from..*to).contains(&byte));
            piece.map(|(from, to, span)| {
                let exact = (span.end - span.start) as usize == to - from;
                if exact { span.within(byte - from, byte - from + 1) } else { *span }
            })
        };
        let (first, last) = (at(start)?, at(end.checked_sub(1)?)?);
        Some(Span::new(first.source, first.start as usize, last.end as usize))
    }

    /// Where a piece of the file stands in the text.
    pub fn position(&self, span: Span) -> Option<usize> {
        self.pieces.iter().find(|(.., piece)| *piece == span).map(|(start, ..)| *start)
    }

    /// The place of a part, if the file has exactly this text there.
    pub fn exact(&self, start: usize, end: usize) -> Option<Span> {
        let span = self.place(start, end)?;
        ((span.end - span.start) as usize == end - start).then_some(span)
    }

    /// Whether a place lies in a figure that is not closed on its line, which has a finding of its
    /// own. Markdown reads its braces as parentheses.
    pub fn is_open(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.contains("((")
    }

    /// The sentence around a place.
    pub fn sentence(&self, at: usize) -> &str {
        let before = self.text.get(..at).unwrap_or_default();
        let after = self.text.get(at..).unwrap_or_default();
        let ends = ["。", "！", "？", "；", ". ", "! ", "? ", "; "];
        let start = ends.iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max();
        let stop = ends.iter().filter_map(|end| after.find(end)).min();
        let stop = stop.map_or(self.text.len(), |stop| at + stop);
        self.text.get(start.unwrap_or_default()..stop).unwrap_or_default()
    }
}

/// How many bytes the text of a paragraph takes.
fn length(content: &[Inline]) -> usize {
    let each = content.iter().map(|inline| match &inline.kind {
        InlineKind::Text(text) => text.len(),
        InlineKind::Strong(inner) | InlineKind::Emphasis(inner) | InlineKind::Link(_, inner) => {
            length(inner)
        }
        InlineKind::Code(_) | InlineKind::Insert(_) => HOLE.len_utf8(),
        InlineKind::Break => 1,
        InlineKind::Footnote(_) => 0,
    });
    each.sum()
}
