//! The parts of a text in one language, as a tree that can be laid beside that of another.
//!
//! **Invariant:** parts stand in the order in which they are printed.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::content::{Block, BlockKind, Inline, Insert, Section};
use crate::diag::Phrase;
use crate::locale::Lang;
use crate::source::{Span, Spanned};

use crate::lint::rules::parity::negation::is_negative;
use crate::lint::rules::parity::run::Run;

/// The key of the segment that holds the footnotes, which no heading can have.
pub const NOTES: &str = "[^]";

/// What a part is. Only parts of one kind are laid beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading, with everything up to the next one.
    Segment,
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// A table in the text.
    Table,
    /// A row of it.
    Row,
    /// A cell of a row.
    Cell,
    /// A footnote.
    Footnote,
    /// A block: the name says which.
    Block(&'static str),
    /// One entry of a block.
    Entry,
}

impl Kind {
    /// The word for it in messages.
    pub fn word(self) -> Phrase {
        Phrase::word(match self {
            Self::Segment => "heading",
            Self::Paragraph => "paragraph",
            Self::List => "list",
            Self::Item => "list item",
            Self::Quote => "quotation",
            Self::Table => "table",
            Self::Row => "table row",
            Self::Cell => "table cell",
            Self::Footnote => "footnote",
            Self::Block(name) => name,
            Self::Entry => "entry",
        })
    }
}

/// A part: its own texts, and the parts inside it.
pub struct Part<'a> {
    /// What it is.
    pub kind: Kind,
    /// What names it in every language, where something does.
    pub key: Option<String>,
    /// Place.
    pub span: Span,
    /// Texts of its own, in a fixed order.
    pub texts: Vec<Run<'a>>,
    /// Parts inside it.
    pub parts: Vec<Part<'a>>,
    /// What it says in every language: figures, names, digits.
    pub marks: BTreeSet<String>,
    /// How long it is, in letters of English.
    pub size: usize,
    negative: OnceLock<bool>,
}

impl<'a> Part<'a> {
    fn new(kind: Kind, span: Span, texts: Vec<Run<'a>>, parts: Vec<Part<'a>>) -> Self {
        let mut marks = BTreeSet::new();
        let mut size = 0;
        for run in &texts {
            marks.extend(run.marks());
            size += run.size();
        }
        for part in &parts {
            marks.extend(part.marks.iter().cloned());
            size += part.size;
        }
        Self { kind, key: None, span, texts, parts, marks, size, negative: OnceLock::new() }
    }

    /// Whether it denies anything: looked up where two parts are compared, as most are not.
    pub fn is_negative(&self) -> bool {
        let own = || self.texts.iter().any(|run| is_negative(run.text(), run.lang));
        *self.negative.get_or_init(|| own() || self.parts.iter().any(Self::is_negative))
    }

    /// How many texts it has, with those of the parts inside it.
    pub fn count(&self) -> usize {
        self.texts.len() + self.parts.iter().map(Self::count).sum::<usize>()
    }

    fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

/// A section as segments, each a heading with what follows it, and footnotes behind them.
pub fn section<'a>(section: &'a Section, lang: Lang) -> Vec<Part<'a>> {
    let mut found: Vec<Part<'a>> = Vec::new();
    let title = section.title.iter().map(|t| Run::of(&t.value, t.span, lang)).collect();
    let mut open = (section.start, String::new(), title, Vec::new());
    for block in &section.blocks {
        if let BlockKind::Heading { id, content, .. } = &block.kind {
            let key = id.as_ref().map(|id| id.value.clone()).unwrap_or_default();
            let texts = vec![Run::of(content, block.span, lang)];
            let (span, name, words, parts) =
                std::mem::replace(&mut open, (block.span, key, texts, Vec::new()));
            found.push(Part::new(Kind::Segment, span, words, parts).keyed(name));
        } else {
            open.3.push(part(block, lang));
        }
    }
    let (span, name, words, parts) = open;
    found.push(Part::new(Kind::Segment, span, words, parts).keyed(name));
    let notes = section.footnotes.iter().map(|(label, content)| {
        let run = Run::of(content, label.span, lang);
        Part::new(Kind::Footnote, label.span, vec![run], Vec::new()).keyed(label.value.clone())
    });
    let notes: Vec<Part<'a>> = notes.collect();
    if let Some(span) = notes.first().map(|note| note.span) {
        found.push(Part::new(Kind::Segment, span, Vec::new(), notes).keyed(NOTES));
    }
    found
}

fn parts<'a>(blocks: &'a [Block], lang: Lang) -> Vec<Part<'a>> {
    blocks.iter().map(|block| part(block, lang)).collect()
}

fn part<'a>(block: &'a Block, lang: Lang) -> Part<'a> {
    let span = block.span;
    let run = |content: &'a [Inline]| Run::of(content, span, lang);
    let leaf = |kind, content: &'a [Inline]| Part::new(kind, span, vec![run(content)], Vec::new());
    let named = |name, texts, inner| Part::new(Kind::Block(name), span, texts, inner);
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
            leaf(Kind::Paragraph, content)
        }
        BlockKind::List { items, .. } => {
            let items = items.iter().map(|item| {
                let span = item.first().map_or(span, |first| first.span);
                Part::new(Kind::Item, span, Vec::new(), parts(item, lang))
            });
            Part::new(Kind::List, span, Vec::new(), items.collect())
        }
        BlockKind::Quote(inner) => Part::new(Kind::Quote, span, Vec::new(), parts(inner, lang)),
        BlockKind::Table { head, rows, .. } => {
            let rows = std::iter::once(head).chain(rows).map(|cells| row(cells, span, lang));
            Part::new(Kind::Table, span, Vec::new(), rows.collect())
        }
        BlockKind::Case { title, blocks } => {
            named("case", vec![Run::plain(title, lang)], parts(blocks, lang))
        }
        BlockKind::Pull(content) => named("pull", vec![run(content)], Vec::new()),
        BlockKind::Voice { content, .. } => named("quote", vec![run(content)], Vec::new()),
        BlockKind::Chart(chart) => {
            let texts = vec![run(&chart.title), run(&chart.subtitle), run(&chart.finding)];
            named("chart", texts, Vec::new()).keyed(chart.id.value.clone())
        }
        BlockKind::KpiTable(kpi) => {
            let texts = kpi.title.iter().map(|title| Run::plain(title, lang)).collect();
            let key = kpi.table.as_ref().or(kpi.id.as_ref());
            let key = key.map(|key| key.value.clone());
            let metrics = || kpi.metrics.iter().map(|metric| metric.value.as_str());
            let key = key.unwrap_or_else(|| metrics().collect::<Vec<_>>().join(" "));
            named("kpi-table", texts, Vec::new()).keyed(key)
        }
        BlockKind::Callout(figures) => {
            let entry = |value: &'a Insert, label: &'a [Inline]| {
                let texts = vec![Run::figure(value, lang), Run::of(label, value.span, lang)];
                Part::new(Kind::Entry, value.span, texts, Vec::new())
            };
            let entries = figures.iter().map(|figure| entry(&figure.value, &figure.label));
            named("callout", Vec::new(), entries.collect())
        }
        BlockKind::Definitions(items) => {
            let entry = |term: &'a Spanned<String>, text: &'a [Inline]| {
                let texts = vec![Run::plain(term, lang), Run::of(text, term.span, lang)];
                Part::new(Kind::Entry, term.span, texts, Vec::new())
            };
            let entries = items.iter().map(|(term, text)| entry(term, text));
            named("definitions", Vec::new(), entries.collect())
        }
        BlockKind::Targets { select } => {
            let ids: Vec<&str> = select.iter().map(|id| id.value.as_str()).collect();
            named("targets", Vec::new(), Vec::new()).keyed(ids.join(" "))
        }
        BlockKind::Index(index) => {
            let parts = index.parts.iter().map(|part| part.value.as_str());
            let ids: Vec<&str> =
                std::iter::once(index.framework.value.as_str()).chain(parts).collect();
            named("index", Vec::new(), Vec::new()).keyed(ids.join(" "))
        }
        BlockKind::Assurance => named("assurance", Vec::new(), Vec::new()),
        BlockKind::Restatements => named("restatements", Vec::new(), Vec::new()),
        kind => exhibit(kind, span, lang),
    }
}

/// Blocks that show how a company is run, each with what stands inside it as entries.
fn exhibit<'a>(kind: &'a BlockKind, span: Span, lang: Lang) -> Part<'a> {
    let run = |content: &'a [Inline]| Run::of(content, span, lang);
    let named = |name, texts, inner| Part::new(Kind::Block(name), span, texts, inner);
    let entry = |texts: Vec<Run<'a>>| Part::new(Kind::Entry, span, texts, Vec::new());
    let listed = |name, select: &[Spanned<String>]| {
        let ids: Vec<&str> = select.iter().map(|id| id.value.as_str()).collect();
        named(name, Vec::new(), Vec::new()).keyed(ids.join(" "))
    };
    match kind {
        BlockKind::Materiality(block) => {
            let texts = vec![run(&block.title), run(&block.subtitle), run(&block.finding)];
            named("materiality", texts, Vec::new()).keyed(block.id.value.clone())
        }
        BlockKind::Governance(block) => {
            let texts = vec![run(&block.title), run(&block.subtitle), run(&block.finding)];
            let boxes = block
                .boxes
                .iter()
                .map(|one| entry(vec![run(&one.name), run(&one.text)]).keyed(one.id.value.clone()));
            let lines = block.lines.iter().map(|line| entry(vec![run(&line.label)]));
            let inner = boxes.chain(lines).collect();
            named("governance", texts, inner).keyed(block.id.value.clone())
        }
        BlockKind::Process(block) => {
            let steps = block.steps.iter().map(|(name, text)| entry(vec![run(name), run(text)]));
            named("process", vec![run(&block.title)], steps.collect())
        }
        BlockKind::Certificates(items) => {
            let entries = items.iter().map(|item| {
                let mut texts = vec![run(&item.standard), run(&item.scope), run(&item.note)];
                texts.extend(item.coverage.iter().map(|insert| Run::figure(insert, lang)));
                entry(texts)
            });
            named("certificates", Vec::new(), entries.collect())
        }
        BlockKind::Image(image) => {
            let mut texts = vec![run(&image.caption)];
            texts.extend(image.alt.iter().map(|alt| Run::plain(alt, lang)));
            named("image", texts, Vec::new())
        }
        BlockKind::Stakeholders { select } => listed("stakeholders", select),
        BlockKind::Topics { select } => listed("topics", select),
        BlockKind::Glossary { select } => listed("glossary", select),
        // Every other kind is read above.
        _ => named("entry", Vec::new(), Vec::new()),
    }
}

fn row<'a>(cells: &'a [Vec<Inline>], table: Span, lang: Lang) -> Part<'a> {
    let place = |cell: &'a [Inline]| cell.first().map_or(table, |inline| inline.span);
    let span = cells.iter().find_map(|cell| cell.first()).map_or(table, |inline| inline.span);
    let cells = cells.iter().map(|cell| {
        let run = Run::of(cell, place(cell), lang);
        Part::new(Kind::Cell, place(cell), vec![run], Vec::new())
    });
    Part::new(Kind::Row, span, Vec::new(), cells.collect())
}
