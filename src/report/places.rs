//! Anchors: the places of a report that something can lead to.

use std::collections::BTreeMap;

use crate::content::{Block, BlockKind, Content, OutlineEntry, PlaceRef, Section};
use crate::diag::{Diagnostic, Sink, say};
use crate::locale::Lang;
use crate::source::{Span, Spanned};

/// What an anchor belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnchorKind {
    /// A chapter.
    Chapter,
    /// A section.
    Section,
    /// A heading inside a section.
    Heading,
    /// A table of metrics, by the id of its table.
    Table,
    /// A drawing.
    Chart,
}

/// A place that something can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// What it belongs to.
    pub kind: AnchorKind,
    /// Where it is written, in the prevailing language.
    pub span: Span,
}

/// All anchors by name: `climate`, `climate.inventory`.
#[derive(Debug, Clone, Default)]
pub struct Places {
    anchors: BTreeMap<String, Anchor>,
}

impl Places {
    /// Collects the anchors of the prevailing language.
    pub fn collect(content: &Content, sink: &mut Sink) -> Self {
        let mut places = Self::default();
        for entry in &content.head.outline {
            if let OutlineEntry::Chapter { id, .. } = entry {
                places.insert(id.value.clone(), AnchorKind::Chapter, id.span, sink);
            }
        }
        let Some(&lang) = content.head.languages.first() else { return places };
        for id in outline_ids(content) {
            if let Some(section) = content.section(&id.value, lang) {
                places.insert(id.value.clone(), AnchorKind::Section, id.span, sink);
                places.collect_blocks(&id.value, &section.blocks, sink);
            }
        }
        places
    }

    fn collect_blocks(&mut self, section: &str, blocks: &[Block], sink: &mut Sink) {
        for block in blocks {
            let found = match &block.kind {
                BlockKind::Heading { id: Some(id), .. } => Some((id, AnchorKind::Heading)),
                BlockKind::Chart(chart) => Some((&chart.id, AnchorKind::Chart)),
                BlockKind::KpiTable(kpi) => {
                    kpi.table.as_ref().or(kpi.id.as_ref()).map(|id| (id, AnchorKind::Table))
                }
                BlockKind::Materiality(block) => Some((&block.id, AnchorKind::Chart)),
                BlockKind::Governance(block) => Some((&block.id, AnchorKind::Chart)),
                BlockKind::Process(block) => block.id.as_ref().map(|id| (id, AnchorKind::Chart)),
                BlockKind::Image(image) => image.id.as_ref().map(|id| (id, AnchorKind::Chart)),
                BlockKind::Case { blocks, .. } => {
                    self.collect_blocks(section, blocks, sink);
                    None
                }
                _ => None,
            };
            if let Some((id, kind)) = found {
                self.insert(anchor_name(section, &id.value), kind, id.span, sink);
            }
        }
    }

    fn insert(&mut self, name: String, kind: AnchorKind, span: Span, sink: &mut Sink) {
        if let Some(first) = self.anchors.get(&name) {
            let message = say!("the id of `{name}` is used twice", name);
            let outline = matches!(kind, AnchorKind::Chapter | AnchorKind::Section);
            let help = if outline {
                say!(
                    "chapters and sections share one set of ids; a section stands in the outline once"
                )
            } else {
                say!("ids of headings, tables and charts differ within a section")
            };
            let found = Diagnostic::error("duplicate-id", span, message)
                .label(say!("again here"))
                .related(first.span, say!("first here"))
                .help(help);
            sink.push(found);
            return;
        }
        self.anchors.insert(name, Anchor { kind, span });
    }

    /// The anchor of a name.
    pub fn get(&self, name: &str) -> Option<&Anchor> {
        self.anchors.get(name)
    }

    /// Names of all anchors, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.anchors.keys().map(String::as_str)
    }
}

/// The anchor that a reference names.
pub fn anchor_of(place: &PlaceRef) -> String {
    match &place.inner {
        Some(inner) => anchor_name(&place.section, inner),
        None => place.section.clone(),
    }
}

/// The anchor of a heading, table or chart inside a section.
pub fn anchor_name(section: &str, inner: &str) -> String {
    format!("{section}.{inner}")
}

/// The sections of the outline in reading order.
pub fn outline_sections(content: &Content) -> Vec<&str> {
    outline_ids(content).into_iter().map(|id| id.value.as_str()).collect()
}

/// The sections of the outline with the places where the outline names them.
fn outline_ids(content: &Content) -> Vec<&Spanned<String>> {
    let mut found = Vec::new();
    for entry in &content.head.outline {
        match entry {
            OutlineEntry::Section(id) => found.push(id),
            OutlineEntry::Chapter { sections, .. } => found.extend(sections),
        }
    }
    found
}

/// Headings of a section in order: level and id.
pub fn headings(section: &Section) -> Vec<(u8, Option<&str>, Span)> {
    let found = section.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading { level, id, .. } => {
            Some((*level, id.as_ref().map(|id| id.value.as_str()), block.span))
        }
        _ => None,
    });
    found.collect()
}

/// Reports sections that a language lacks, and headings that differ from the prevailing language.
pub fn compare_languages(content: &Content, sink: &mut Sink) {
    let Some((&first, others)) = content.head.languages.split_first() else { return };
    for id in outline_sections(content) {
        let leading = content.section(id, first);
        if leading.is_none() {
            sink.push(missing_section(content, id, first));
            continue;
        }
        for &lang in others {
            let other = content.narrative.get(&(id.to_owned(), lang));
            match (leading, other) {
                // Traditional Chinese is converted from simplified.
                (_, None) if content.section(id, lang).is_some() => {}
                (_, None) => sink.push(missing_section(content, id, lang)),
                (Some(leading), Some(other)) => compare_headings(leading, other, lang, sink),
                (None, _) => {}
            }
        }
    }
}

fn compare_headings(leading: &Section, other: &Section, lang: Lang, sink: &mut Sink) {
    let (a, b) = (headings(leading), headings(other));
    let same =
        |x: &(u8, Option<&str>, Span), y: &(u8, Option<&str>, Span)| x.0 == y.0 && x.1 == y.1;
    if a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| same(x, y)) {
        return;
    }
    let differing = a.iter().zip(&b).find(|(x, y)| !same(x, y));
    let (there, here) = match differing {
        Some((x, y)) => (x.2, y.2),
        None if a.len() > b.len() => match (a.get(b.len()), b.last()) {
            (Some(x), Some(y)) => (x.2, y.2),
            (Some(x), None) => (x.2, x.2),
            _ => return,
        },
        None => match (a.last(), b.get(a.len())) {
            (Some(x), Some(y)) => (x.2, y.2),
            (None, Some(y)) => (y.2, y.2),
            _ => return,
        },
    };
    let message =
        say!("the headings of `{lang}` differ from those of the prevailing language", lang);
    let found = Diagnostic::error("heading-mismatch", here, message)
        .label(say!("from here on"))
        .related(there, say!("the prevailing language has this"))
        .help(say!("headings have the same levels and the same `{{#id}}` in every language"));
    sink.push(found);
}

fn missing_section(content: &Content, id: &str, lang: Lang) -> Diagnostic {
    let place = outline_ids(content).into_iter().find(|other| other.value == id);
    let span = place.map_or(content.start, |place| place.span);
    let message = say!("the section `{id}` has no text in `{lang}`", id, lang);
    Diagnostic::error("missing-section", span, message).subject(id).help(say!(
        "write `narrative/{id}.{lang}.md`",
        id,
        lang
    ))
}
