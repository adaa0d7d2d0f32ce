//! The texts of a report that must say the same, side by side.
//!
//! **Invariant:** the first text of a pair is in the prevailing language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::content::{Concern, Content, OutlineEntry, Reading, Text};
use crate::locale::{Lang, Localized};
use crate::report::Report;
use crate::source::{Span, Spanned};
use crate::spread::{spread, spread_if};

use crate::lint::rules::parity::align::{Step, align};
use crate::lint::rules::parity::compare::{Compared, compare};
use crate::lint::rules::parity::run::Run;
use crate::lint::rules::parity::sentences::{Bead, beads};
use crate::lint::rules::parity::tree::{self, Kind, NOTES, Part};

/// Pairs from which on several threads compare them, and how many one of them takes at a time.
const MANY: usize = 200;
const SHARE: usize = 32;

/// Sections from which on several threads take them apart.
const MANY_SECTIONS: usize = 8;

/// Two texts that must say the same.
pub struct Pair<'a> {
    /// Section, metric, table or target.
    pub subject: String,
    /// Number of the group within which figures may change places: a heading with its text.
    pub group: usize,
    /// Whether it is running text, or a label that may leave out what its place says.
    pub kind: Wording,
    /// In the prevailing language.
    pub first: Run<'a>,
    /// In the other.
    pub second: Run<'a>,
    report: &'a Report,
    compared: OnceLock<Compared>,
    beads: OnceLock<Vec<Bead>>,
}

impl<'a> Pair<'a> {
    fn new(report: &'a Report, subject: &str, kind: Wording, texts: (Run<'a>, Run<'a>)) -> Self {
        let (first, second) = texts;
        let (compared, beads) = (OnceLock::new(), OnceLock::new());
        Self { subject: subject.to_owned(), group: 0, kind, first, second, report, compared, beads }
    }

    /// The figures of both, compared once.
    pub fn compared(&self) -> &Compared {
        self.compared.get_or_init(|| compare(self.report, self))
    }

    /// The sentences of both, laid beside each other once.
    pub fn beads(&self) -> &[Bead] {
        self.beads.get_or_init(|| beads(self))
    }
}

/// How much a text has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// Sentences.
    Prose,
    /// A heading, a label, a cell.
    Label,
}

/// A part that one language lacks.
pub struct Gap {
    /// Section.
    pub subject: String,
    /// What is missing.
    pub kind: Kind,
    /// The language that lacks it, and the one that has it.
    pub langs: (Lang, Lang),
    /// Where it would stand.
    pub place: Span,
    /// Where it stands in the other language.
    pub there: Span,
    /// Whether it is the prevailing language that lacks it.
    pub extra: Extra,
}

/// Which side has too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// The other language lacks what the prevailing one has.
    Missing,
    /// The other language has more than the prevailing one.
    Surplus,
}

/// All pairs of a report, and what has no counterpart.
pub struct Pairs<'a> {
    /// The report they are of.
    pub report: &'a Report,
    /// Texts side by side.
    pub pairs: Vec<Pair<'a>>,
    /// Parts that stand alone.
    pub gaps: Vec<Gap>,
    group: usize,
    langs: Option<(Lang, Lang)>,
}

impl<'a> Pairs<'a> {
    /// Lays every text of the prevailing language beside that of each other language.
    pub fn of(report: &'a Report) -> Self {
        let (pairs, gaps) = (Vec::new(), Vec::new());
        let mut found = Self { report, pairs, gaps, group: 0, langs: None };
        let content = &report.content;
        let Some((&first, others)) = content.head.languages.split_first() else { return found };
        for &second in others {
            found.langs = Some((first, second));
            let sections = report.outline_sections();
            let trees = |at: usize| {
                let section = sections.get(at)?;
                let (a, b) = (report.section(section, first)?, report.section(section, second)?);
                Some((*section, tree::section(a, first), tree::section(b, second)))
            };
            let trees = spread_if(sections.len() >= MANY_SECTIONS, sections.len(), trees);
            // Growing step by step would copy all pairs again and again.
            let parts = trees.iter().flatten().flat_map(|(_, a, _)| a).map(Part::count);
            found.pairs.reserve(parts.sum::<usize>() + 4 * content.metrics.len());
            for (section, a, b) in trees.into_iter().flatten() {
                found.segments(section, a, b);
            }
            found.texts(content, (first, second));
        }
        found.compare();
        found
    }

    /// Compares the texts of all pairs ahead of the rules. It is all the same who compares a pair
    /// first, so that threads cannot change what is found.
    fn compare(&self) {
        if !self.are_many() {
            return;
        }
        let shares: Vec<&[Pair<'_>]> = self.pairs.chunks(SHARE).collect();
        spread(shares.len(), |at| {
            for pair in shares.get(at).copied().unwrap_or_default() {
                pair.compared();
                pair.beads();
            }
        });
    }

    /// Whether several threads are worth their while.
    pub fn are_many(&self) -> bool {
        self.pairs.len() >= MANY
    }

    /// Pairs segments by the ids of their headings. Headings that differ are found while reading.
    fn segments(&mut self, section: &str, first: Vec<Part<'a>>, second: Vec<Part<'a>>) {
        let mut others: BTreeMap<String, Part<'a>> = BTreeMap::new();
        for b in second {
            others.entry(b.key.clone().unwrap_or_default()).or_insert(b);
        }
        for mut a in first {
            let key = a.key.clone().unwrap_or_default();
            if let Some(b) = others.get_mut(&key).filter(|_| key == NOTES) {
                unkey(&mut a, b);
            }
            self.group += 1;
            let named = !key.is_empty() && key != NOTES;
            let subject = if named { format!("{section}.{key}") } else { section.to_owned() };
            match others.remove(&key) {
                Some(b) => self.both(&subject, a, b, Wording::Label),
                None if key == NOTES => self.alone(section, a.parts, Extra::Missing),
                None => {}
            }
        }
        let notes = others.remove(NOTES).map(|b| b.parts).unwrap_or_default();
        self.alone(section, notes, Extra::Surplus);
    }

    /// Footnotes where the other language has none at all.
    fn alone(&mut self, section: &str, notes: Vec<Part<'a>>, extra: Extra) {
        for note in notes {
            self.gap(section, &note, (note.span, note.span), extra);
        }
    }

    /// Pairs the texts of two parts, and then what is inside them.
    fn both(&mut self, subject: &str, a: Part<'a>, b: Part<'a>, kind: Wording) {
        for (first, second) in a.texts.into_iter().zip(b.texts) {
            self.lay(subject, kind, (first, second));
        }
        let steps = align(&a.parts, &b.parts);
        let spans = |parts: &[Part<'a>]| parts.iter().map(|p| p.span).collect::<Vec<_>>();
        let (here, there) = (spans(&a.parts), spans(&b.parts));
        let mut first: Vec<Option<Part<'a>>> = a.parts.into_iter().map(Some).collect();
        let mut second: Vec<Option<Part<'a>>> = b.parts.into_iter().map(Some).collect();
        let (mut next, mut behind) = (0, 0);
        for step in steps {
            match step {
                Step::Both(i, j) => {
                    (next, behind) = (j + 1, i + 1);
                    let a = first.get_mut(i).and_then(Option::take);
                    let b = second.get_mut(j).and_then(Option::take);
                    if let (Some(a), Some(b)) = (a, b) {
                        let kind = wording(a.kind);
                        self.both(subject, a, b, kind);
                    }
                }
                Step::First(i) => {
                    behind = i + 1;
                    let Some(part) = first.get_mut(i).and_then(Option::take) else { continue };
                    let place = beside(&there, next).unwrap_or(b.span);
                    self.gap(subject, &part, (place, part.span), Extra::Missing);
                }
                Step::Second(j) => {
                    next = j + 1;
                    let Some(part) = second.get_mut(j).and_then(Option::take) else { continue };
                    let place = beside(&here, behind).unwrap_or(a.span);
                    self.gap(subject, &part, (part.span, place), Extra::Surplus);
                }
            }
        }
    }

    fn gap(&mut self, subject: &str, part: &Part<'a>, (place, there): (Span, Span), extra: Extra) {
        let Some((first, second)) = self.langs else { return };
        let langs = match extra {
            Extra::Missing => (second, first),
            Extra::Surplus => (first, second),
        };
        let subject = subject.to_owned();
        self.gaps.push(Gap { subject, kind: part.kind, langs, place, there, extra });
    }

    /// The texts of YAML files.
    fn texts(&mut self, content: &'a Content, langs: (Lang, Lang)) {
        let head = &content.head;
        let label = Wording::Label;
        let titles = [Some(&head.title), head.subtitle.as_ref()];
        titles.into_iter().flatten().for_each(|text| self.text("report", text, langs, label));
        head.notice.iter().for_each(|text| self.text("report", text, langs, Wording::Prose));
        for entry in &head.outline {
            if let OutlineEntry::Chapter { id, title, summary, .. } = entry {
                self.text(&id.value, title, langs, label);
                self.words(&id.value, summary, id.span, langs);
            }
        }
        for engagement in &head.engagements {
            let texts = [&engagement.kind, &engagement.scope_note];
            texts.into_iter().flatten().for_each(|text| {
                self.text("assurance", text, langs, Wording::Prose);
            });
        }
        for dimension in &content.dimensions {
            self.text(&dimension.id.value, &dimension.label, langs, label);
            for (_, member) in &dimension.members {
                self.text(&dimension.id.value, member, langs, label);
            }
        }
        self.metrics(content, langs);
        for table in &content.tables {
            let id = &table.id.value;
            self.text(id, &table.title, langs, label);
            table.note.iter().for_each(|note| self.text(id, note, langs, Wording::Prose));
            let labels = table.groups.iter().filter_map(|group| group.label.as_ref());
            labels.for_each(|text| self.text(id, text, langs, label));
        }
        for target in &content.targets {
            let (id, span) = (&target.id.value, target.id.span);
            self.text(id, &target.area, langs, label);
            self.words(id, &target.statement, span, langs);
            for words in [&target.progress_note, &target.next].into_iter().flatten() {
                self.words(id, words, span, langs);
            }
        }
        for topic in &content.topics {
            self.text(&topic.id.value, &topic.label, langs, label);
            for words in topic.management.iter().flatten() {
                self.words(&topic.id.value, words, topic.id.span, langs);
            }
        }
        self.stakeholders(content, langs);
        self.answers(content, langs);
    }

    fn metrics(&mut self, content: &'a Content, langs: (Lang, Lang)) {
        for metric in &content.metrics {
            let id = &metric.id.value;
            self.text(id, &metric.label, langs, Wording::Label);
            metric.note.iter().for_each(|note| self.text(id, note, langs, Wording::Prose));
            for restated in metric.restated.values() {
                self.text(id, &restated.reason, langs, Wording::Prose);
            }
            let members = metric.by.iter().flat_map(|by| &by.members).map(|member| &member.values);
            let series = std::iter::once(&metric.values).chain(members);
            for datum in series.flat_map(|series| series.values()) {
                if let Reading::Missing(missing) = &datum.reading {
                    self.text(id, &missing.reason, langs, Wording::Prose);
                }
            }
        }
    }

    fn stakeholders(&mut self, content: &'a Content, langs: (Lang, Lang)) {
        for group in &content.stakeholders {
            let id = &group.id.value;
            self.text(id, &group.label, langs, Wording::Label);
            for concern in &group.concerns {
                if let Concern::Words(text) = concern {
                    self.text(id, text, langs, Wording::Label);
                }
            }
            let more = group.channels.iter().chain(&group.frequency);
            more.for_each(|text| self.text(id, text, langs, Wording::Label));
            group.response.iter().for_each(|words| self.words(id, words, group.id.span, langs));
        }
        for term in &content.glossary {
            let id = &term.id.value;
            term.meaning.iter().for_each(|words| self.words(id, words, term.id.span, langs));
        }
    }

    fn answers(&mut self, content: &'a Content, langs: (Lang, Lang)) {
        let answers = content.disclosures.iter().flat_map(|list| &list.answers);
        for answer in answers {
            let id = &answer.code.value;
            let texts = answer.texts();
            texts.into_iter().for_each(|text| self.text(id, text, langs, Wording::Prose));
        }
    }

    fn text(&mut self, subject: &str, text: &'a Text, langs: (Lang, Lang), kind: Wording) {
        let run = |lang| text.exact(lang).map(|words: &Spanned<String>| Run::plain(words, lang));
        self.push(subject, run(langs.0), run(langs.1), kind);
    }

    fn words(
        &mut self,
        subject: &str,
        words: &'a Localized<Vec<crate::content::Inline>>,
        span: Span,
        langs: (Lang, Lang),
    ) {
        let run = |lang| {
            let content = words.exact(lang)?;
            let place = content.first().map_or(span, |inline| inline.span);
            Some(Run::of(content, place, lang))
        };
        self.push(subject, run(langs.0), run(langs.1), Wording::Prose);
    }

    fn push(
        &mut self,
        subject: &str,
        first: Option<Run<'a>>,
        second: Option<Run<'a>>,
        kind: Wording,
    ) {
        if let (Some(first), Some(second)) = (first, second) {
            self.group += 1;
            self.lay(subject, kind, (first, second));
        }
    }

    fn lay(&mut self, subject: &str, kind: Wording, texts: (Run<'a>, Run<'a>)) {
        let pair = Pair::new(self.report, subject, kind, texts);
        self.pairs.push(Pair { group: self.group, ..pair });
    }
}

/// Labels of footnotes are no names: those that only one language has are laid beside each other by
/// what they say.
fn unkey<'a>(a: &mut Part<'a>, b: &mut Part<'a>) {
    let keys = |part: &Part<'_>| part.parts.iter().map(|note| note.key.clone()).collect::<Vec<_>>();
    let (one, two) = (keys(a), keys(b));
    for (part, others) in [(a, two), (b, one)] {
        for note in part.parts.iter_mut().filter(|note| !others.contains(&note.key)) {
            note.key = None;
        }
    }
}

fn wording(kind: Kind) -> Wording {
    match kind {
        Kind::Cell | Kind::Entry | Kind::Segment => Wording::Label,
        _ => Wording::Prose,
    }
}

/// The place of the part at an index, or else the end of the last before it.
fn beside(spans: &[Span], at: usize) -> Option<Span> {
    let behind = |span: &Span| Span { start: span.end, ..*span };
    spans.get(at).copied().or_else(|| spans.get(at.checked_sub(1)?).map(behind))
}
