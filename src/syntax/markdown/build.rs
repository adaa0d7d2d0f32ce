//! Parser events to blocks.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag,
};

use crate::diag::{Diagnostic, Sink, say};
use crate::source::{SourceId, Span, Spanned};
use crate::syntax::hole::{MASK_END, MASK_START, Masked, mask};

use crate::syntax::markdown::{Align, Block, BlockKind, Document, Inline, InlineKind};

/// Deepest nesting of lists and quotations that is read.
const DEEPEST: usize = 8;

/// Reads a Markdown text that lies in a source from byte `offset` on.
pub fn parse(source: SourceId, text: &str, offset: usize, sink: &mut Sink) -> Document {
    let mut masked = mask(source, text, offset, sink);
    let (written, lacking) = labels(&masked.text);
    for label in lacking {
        // The parser takes a mark without a text for words; with one it says where the mark is.
        masked.text.push_str(&format!("\n\n[^{label}]: .\n"));
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(&masked.text, options).into_offset_iter();
    let mut builder = Builder {
        source,
        original: text,
        masked: &masked,
        offset,
        events,
        depth: 0,
        footnotes: Vec::new(),
        sink,
    };
    let blocks = builder.blocks();
    let mut footnotes = builder.footnotes;
    footnotes.retain(|(label, _)| written.contains(&label.value));
    Document { blocks, footnotes }
}

/// Labels of footnotes that have a text, and of marks that have none.
fn labels(text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut written, mut marks) = (BTreeSet::new(), BTreeSet::new());
    for (at, _) in text.match_indices("[^") {
        let rest = text.get(at + 2..).unwrap_or_default();
        let Some((label, after)) = rest.split_once(']') else { continue };
        let plain =
            !label.is_empty() && label.len() <= 64 && !label.contains(['[', '\n', ' ', '\\']);
        let starts_line =
            text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
        if plain && starts_line && after.starts_with(':') {
            written.insert(label.to_owned());
        } else if plain {
            marks.insert(label.to_owned());
        }
    }
    let lacking = marks.difference(&written).cloned().collect();
    (written, lacking)
}

struct Builder<'a, 's> {
    source: SourceId,
    original: &'a str,
    masked: &'a Masked,
    offset: usize,
    events: OffsetIter<'a, pulldown_cmark::DefaultBrokenLinkCallback>,
    depth: usize,
    footnotes: Vec<(Spanned<String>, Vec<Block>)>,
    sink: &'s mut Sink,
}

impl<'a> Builder<'a, '_> {
    fn span(&self, range: &Range<usize>) -> Span {
        let text = self.original.get(range.clone()).unwrap_or_default();
        let end = range.start + text.trim_end().len();
        Span::new(self.source, self.offset + range.start, self.offset + end.max(range.start))
    }

    /// Blocks up to the end of the element that is open.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Text directly inside a list item has no paragraph of its own in a tight list.
        let mut loose: Vec<Inline> = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if is_block(&tag) => {
                    flush(&mut loose, &mut blocks);
                    if let Some(block) = self.block(tag, &range) {
                        blocks.push(block);
                    }
                }
                Event::Rule => flush(&mut loose, &mut blocks),
                Event::Html(_) => self.refuse_html(&range),
                other => self.inline(other, &range, &mut loose),
            }
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    fn block(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Option<Block> {
        let span = self.span(range);
        if self.depth >= DEEPEST {
            let message = say!("nested more than {limit} levels deep", limit = DEEPEST);
            self.sink.push(Diagnostic::error("deep-nesting", span, message));
            self.skip();
            return None;
        }
        self.depth += 1;
        let kind = self.block_kind(tag, range, span);
        self.depth -= 1;
        Some(Block { span, kind: kind? })
    }

    fn block_kind(&mut self, tag: Tag<'a>, range: &Range<usize>, span: Span) -> Option<BlockKind> {
        match tag {
            Tag::Paragraph => Some(BlockKind::Paragraph(self.inlines())),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| Spanned::new(id.to_string(), self.id_span(range, &id)));
                Some(BlockKind::Heading { level: level_number(level), id, content: self.inlines() })
            }
            Tag::BlockQuote(_) => Some(BlockKind::Quote(self.blocks())),
            Tag::List(start) => Some(BlockKind::List { start, items: self.items() }),
            Tag::Table(align) => Some(self.table(&align)),
            Tag::CodeBlock(kind) => Some(self.fence(&kind, range)),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks();
                self.footnotes.push((Spanned::new(label.to_string(), span), blocks));
                None
            }
            Tag::HtmlBlock => {
                self.refuse_html(range);
                self.skip();
                None
            }
            _ => {
                self.skip();
                None
            }
        }
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.blocks()),
                Event::End(_) => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self, align: &[Alignment]) -> BlockKind {
        let align = align.iter().map(|a| match a {
            Alignment::Right => Align::Right,
            Alignment::Center => Align::Center,
            Alignment::Left | Alignment::None => Align::Left,
        });
        let align = align.collect();
        let mut rows = Vec::new();
        while let Some((event, row)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(self.cells(row.start)),
                Event::End(_) => break,
                _ => {}
            }
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        BlockKind::Table { align, head, rows }
    }

    fn cells(&mut self, start: usize) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        let mut end = start;
        while let Some((event, cell)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    // Cells that fill up a short row are empty and stand on the next line.
                    end = if cell.is_empty() { end } else { cell.end };
                    cells.push(self.inlines());
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        self.surplus(end, cells.len());
        cells
    }

    /// Cells beyond the columns of the head are not in the events: they would be lost silently.
    fn surplus(&mut self, end: usize, columns: usize) {
        let line = self.masked.text.get(end..).and_then(|rest| rest.lines().next());
        let rest = line.unwrap_or_default();
        let lost = rest.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if lost.is_empty() {
            return;
        }
        let from = end + rest.find(lost).unwrap_or_default();
        let span = self.span(&(from..from + lost.len()));
        let message = say!("the row has a cell beyond the {columns} columns of its table", columns);
        let found = Diagnostic::error("surplus-cell", span, message).help(say!(
            "add a column to the head and to the line below it, or write `\\|` for a bar in a text"
        ));
        self.sink.push(found);
    }

    /// A fence keeps its text as written, holes included: it is read as YAML later.
    fn fence(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> BlockKind {
        let mut body: Option<Range<usize>> = None;
        for (event, inner) in self.events.by_ref() {
            match event {
                Event::Text(_) => {
                    body = Some(body.map_or(inner.start, |b| b.start)..inner.end);
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        let body = body.unwrap_or(range.end..range.end);
        let name = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let written = self.original.get(range.clone()).unwrap_or_default();
        let first = written.lines().next().unwrap_or_default();
        let at = range.start + first.find(name).unwrap_or_default();
        let name = Spanned::new(name.to_owned(), self.span(&(at..at + name.len())));
        // In lists and quotations every line has the same indent or marks, which YAML reads as an
        // indent once the marks are blanks and the first line has its own back.
        let before = self.original.get(..body.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let body = if body.is_empty() { body } else { line..body.end };
        let text = self.original.get(body.clone()).unwrap_or_default();
        let text: String = text.split_inclusive('\n').map(without_marks).collect();
        let start = self.offset + body.start;
        let body = Spanned::new(text, Span::new(self.source, start, self.offset + body.end));
        BlockKind::Fence { name, body }
    }

    /// Inlines up to the end of the element that is open.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut content = Vec::new();
        while let Some((event, range)) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, &range, &mut content);
        }
        content
    }

    fn inline(&mut self, event: Event<'a>, range: &Range<usize>, content: &mut Vec<Inline>) {
        let span = self.span(range);
        let kind = match event {
            Event::Text(text) => return self.text(&text, range, content),
            Event::Code(text) => InlineKind::Code(self.unmasked(&text, range)),
            Event::SoftBreak => InlineKind::Text("\n".to_owned()),
            Event::HardBreak => InlineKind::Break,
            Event::FootnoteReference(label) => {
                InlineKind::Footnote(Spanned::new(label.to_string(), span))
            }
            Event::InlineHtml(_) | Event::Html(_) => return self.refuse_html(range),
            Event::Start(tag) => {
                if self.depth >= DEEPEST {
                    let message = say!("nested more than {limit} levels deep", limit = DEEPEST);
                    self.sink.push(Diagnostic::error("deep-nesting", span, message));
                    return self.skip();
                }
                self.depth += 1;
                let inner = self.inlines();
                self.depth -= 1;
                match tag {
                    Tag::Strong => InlineKind::Strong(inner),
                    Tag::Emphasis => InlineKind::Emphasis(inner),
                    Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                        InlineKind::Link(format!("mailto:{dest_url}"), inner)
                    }
                    Tag::Link { dest_url, .. } => InlineKind::Link(dest_url.to_string(), inner),
                    Tag::Image { .. } => return self.refuse_image(span),
                    _ => return,
                }
            }
            _ => return,
        };
        content.push(Inline { span, kind });
    }

    /// Splits a text at the masks of its holes.
    fn text(&mut self, text: &str, range: &Range<usize>, content: &mut Vec<Inline>) {
        let mut rest = text;
        let mut at = range.start;
        while let Some(start) = rest.find(MASK_START) {
            self.push_words(rest.get(..start).unwrap_or_default(), at, content);
            at += start;
            let mark = self.offset + at;
            let hole = self.masked.holes.iter().find(|hole| hole.span.start as usize == mark);
            let Some(hole) = hole else {
                rest = rest.get(start + MASK_START.len_utf8()..).unwrap_or_default();
                at += MASK_START.len_utf8();
                continue;
            };
            content.push(Inline { span: hole.span, kind: InlineKind::Hole(hole.clone()) });
            let length = (hole.span.end - hole.span.start) as usize;
            at += length;
            rest = rest.get(start + length..).unwrap_or_default();
        }
        self.push_words(rest, at, content);
    }

    fn push_words(&self, words: &str, at: usize, content: &mut Vec<Inline>) {
        if words.is_empty() {
            return;
        }
        let start = self.offset + at;
        let span = Span::new(self.source, start, start + words.len());
        content.push(Inline { span, kind: InlineKind::Text(words.to_owned()) });
    }

    /// Code shows what was written, also where it looks like a hole.
    fn unmasked(&self, text: &str, range: &Range<usize>) -> String {
        if !text.contains([MASK_START, MASK_END]) {
            return text.to_owned();
        }
        let written = self.original.get(range.clone()).unwrap_or_default();
        written.trim_matches('`').to_owned()
    }

    fn id_span(&self, range: &Range<usize>, id: &str) -> Span {
        let written = self.original.get(range.clone()).unwrap_or_default();
        let at = range.start + written.rfind(id).unwrap_or_default();
        Span::new(self.source, self.offset + at, self.offset + at + id.len())
    }

    fn refuse_html(&mut self, range: &Range<usize>) {
        let found = Diagnostic::error("raw-html", self.span(range), say!("HTML is not printed"))
            .help(say!("use Markdown or a block; write `\\<` where the sign itself is meant"));
        self.sink.push(found);
    }

    fn refuse_image(&mut self, span: Span) {
        let found = Diagnostic::error(
            "unsupported-image",
            span,
            say!("pictures cannot be set in running text"),
        )
        .help(say!("draw figures with a `chart` block"));
        self.sink.push(found);
    }

    /// Skips to the end of the element that is open, however deep it is.
    fn skip(&mut self) {
        let mut open = 1;
        while open > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                None => return,
                _ => {}
            }
        }
    }
}

/// A line whose quotation marks are blanks, in as many bytes.
fn without_marks(line: &str) -> String {
    let end = line.find(|c: char| !matches!(c, ' ' | '>' | '\t')).unwrap_or(line.len());
    let (marks, rest) = line.split_at(end);
    if marks.contains('>') { format!("{}{rest}", " ".repeat(marks.len())) } else { line.to_owned() }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough
    )
}

fn flush(loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    let (Some(first), Some(last)) = (loose.first(), loose.last()) else { return };
    let span = first.span.to(last.span);
    blocks.push(Block { span, kind: BlockKind::Paragraph(std::mem::take(loose)) });
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Sources, Document, usize) {
        let mut sources = Sources::default();
        let id = sources.add("t.md", text);
        let mut sink = Sink::default();
        let document = parse(id, text, 0, &mut sink);
        (sources, document, sink.finish().len())
    }

    #[test]
    fn holes_survive_tables_and_brackets() {
        let (sources, document, found) =
            read("| 甲 | 乙 |\n|---|--:|\n| {{ a[b=c]@2024 | dp 1 }} | _{{ x }}_ |\n");
        assert_eq!(found, 0);
        let Some(BlockKind::Table { rows, align, .. }) = document.blocks.first().map(|b| &b.kind)
        else {
            panic!("no table: {document:?}");
        };
        assert_eq!(align.get(1), Some(&Align::Right));
        let cell = rows.first().and_then(|row| row.first()).and_then(|cell| cell.first());
        let Some(InlineKind::Hole(hole)) = cell.map(|i| &i.kind) else {
            panic!("no hole: {rows:?}")
        };
        assert_eq!(sources.text(hole.inner.span), " a[b=c]@2024 | dp 1 ");
    }

    #[test]
    fn headings_have_ids_and_fences_keep_their_text() {
        let (sources, document, found) =
            read("# T\n\n## 盘查 {#inventory}\n\n```chart\nid: x\n```\n");
        assert_eq!(found, 0);
        let ids = document.blocks.iter().filter_map(|b| match &b.kind {
            BlockKind::Heading { id, .. } => id.as_ref().map(|id| id.value.clone()),
            BlockKind::Fence { name, body } => Some(format!(
                "{}={}|{}",
                name.value,
                body.value.trim(),
                sources.text(body.span).trim()
            )),
            _ => None,
        });
        assert_eq!(ids.collect::<Vec<_>>(), ["inventory", "chart=id: x|id: x"]);
    }

    #[test]
    fn html_pictures_and_depth_are_findings() {
        assert_eq!(read("<b>x</b>\n").2, 2);
        assert_eq!(read("![a](b.png)\n").2, 1);
        assert!(read(&">".repeat(3000)).2 >= 1);
    }
}
