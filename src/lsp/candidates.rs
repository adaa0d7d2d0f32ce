//! Names that a report knows, with what they mean.

use crate::content::block_names;
use crate::content::{Content, OutlineEntry};
use crate::framework::Level;
use crate::lint::registry;
use crate::locale::{Lang, Localized};
use crate::report::{AnchorKind, Report};
use crate::source::Spanned;

use crate::lsp::context::Wanted;

/// A name that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is written.
    pub name: String,
    /// What it means, in the prevailing language.
    pub meaning: String,
    /// What else there is to say, such as a unit or a level.
    pub detail: String,
}

fn candidate(name: impl Into<String>, meaning: impl Into<String>) -> Candidate {
    Candidate { name: name.into(), meaning: meaning.into(), detail: String::new() }
}

/// What a report is asked for names in: its prevailing language.
pub struct Names<'a> {
    report: &'a Report,
    lang: Lang,
}

impl<'a> Names<'a> {
    /// The names of a report.
    pub fn new(report: &'a Report) -> Self {
        let lang = report.content.head.languages.first().copied().unwrap_or(Lang::En);
        Self { report, lang }
    }

    /// Every name of a kind. Codes are those of an edition.
    pub fn of(&self, wanted: &Wanted, edition: Option<&str>) -> Vec<Candidate> {
        let content = &self.report.content;
        match wanted {
            Wanted::Metric => self.metrics(),
            Wanted::Year(metric) => self.years(metric),
            Wanted::Dimension(metric) => self.dimensions(metric.as_deref()),
            Wanted::Member(dimension) => self.members(dimension),
            Wanted::Unit => self.units(),
            Wanted::Link => self.anchors(|name, _| name.to_owned()),
            Wanted::Place => self.anchors(|name, kind| match kind {
                AnchorKind::Table => name.replacen('.', "/", 1),
                _ => name.replacen('.', "#", 1),
            }),
            Wanted::Code => edition.map(|edition| self.codes(edition)).unwrap_or_default(),
            Wanted::Edition => self.editions(),
            Wanted::Evidence => {
                let items = content.evidence.iter();
                items.map(|item| candidate(&item.id.value, self.spanned(&item.title))).collect()
            }
            Wanted::Section => sections(content),
            Wanted::Table => {
                let tables = content.tables.iter();
                tables.map(|table| candidate(&table.id.value, self.spanned(&table.title))).collect()
            }
            Wanted::Target => {
                let targets = content.targets.iter();
                targets.map(|t| candidate(&t.id.value, self.spanned(&t.area))).collect()
            }
            Wanted::Rule => {
                registry::RULES.iter().map(|rule| candidate(rule.name, rule.group.name())).collect()
            }
            Wanted::Block => block_names().map(|name| candidate(name, "")).collect(),
            Wanted::Reason | Wanted::Nothing => Vec::new(),
        }
    }

    fn text(&self, text: &Localized<String>) -> String {
        text.get(self.lang).cloned().unwrap_or_default()
    }

    fn spanned(&self, text: &Localized<Spanned<String>>) -> String {
        text.get(self.lang).map(|words| words.value.clone()).unwrap_or_default()
    }

    fn metrics(&self) -> Vec<Candidate> {
        let metrics = self.report.content.metrics.iter().map(|metric| Candidate {
            detail: metric.unit.value.text.to_string(),
            ..candidate(&metric.id.value, self.spanned(&metric.label))
        });
        metrics.collect()
    }

    fn years(&self, metric: &str) -> Vec<Candidate> {
        let known = self.report.metric(metric).map(|metric| metric.values.keys().copied());
        let mut years: Vec<u16> = known.into_iter().flatten().collect();
        years.extend(&self.report.content.head.years);
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        let path = |year| crate::report::total_of(metric, year);
        let named = years.into_iter().map(|year| {
            let stated = self.report.datum(&path(year)).and_then(|datum| datum.figure());
            candidate(year.to_string(), stated.map(|f| f.value.to_string()).unwrap_or_default())
        });
        named.collect()
    }

    fn dimensions(&self, metric: Option<&str>) -> Vec<Candidate> {
        let own = metric.and_then(|metric| self.report.metric(metric));
        let used: Option<Vec<&str>> =
            own.map(|metric| metric.by.iter().flat_map(|b| b.dimensions()).collect());
        let all = self.report.content.dimensions.iter();
        let named =
            all.filter(|d| used.as_ref().is_none_or(|used| used.contains(&d.id.value.as_str())));
        named.map(|d| candidate(&d.id.value, self.spanned(&d.label))).collect()
    }

    fn members(&self, dimension: &str) -> Vec<Candidate> {
        let members = self.report.dimension(dimension).map(|d| d.members.as_slice());
        let members = members.unwrap_or_default().iter();
        members.map(|(id, label)| candidate(&id.value, self.spanned(label))).collect()
    }

    fn units(&self) -> Vec<Candidate> {
        let units = &self.report.content.units;
        let named = units.table.ids().map(|id| {
            let title = units.name(id).map(|name| self.text(&name.title)).unwrap_or_default();
            let kind = units.table.get(id).map(|def| def.kind.clone()).unwrap_or_default();
            Candidate { detail: kind, ..candidate(id, title) }
        });
        named.collect()
    }

    fn anchors(&self, written: impl Fn(&str, &AnchorKind) -> String) -> Vec<Candidate> {
        let places = &self.report.places;
        let named = places.names().filter_map(|name| {
            let anchor = places.get(name)?;
            let kind = match anchor.kind {
                AnchorKind::Chapter => "chapter",
                AnchorKind::Section => "section",
                AnchorKind::Heading => "heading",
                AnchorKind::Table => "table",
                AnchorKind::Chart => "chart",
            };
            Some(candidate(written(name, &anchor.kind), kind))
        });
        named.collect()
    }

    fn codes(&self, edition: &str) -> Vec<Candidate> {
        let Some(verdict) = self.report.verdict(edition) else { return Vec::new() };
        let open = verdict.items.iter().filter(|j| j.item.kind.is_indexed() && j.answer.is_none());
        let named = open.map(|judgement| Candidate {
            detail: judgement.ruling.level.map(Level::word).unwrap_or_default().to_owned(),
            ..candidate(&judgement.item.code.value, self.text(&judgement.item.title))
        });
        named.collect()
    }

    fn editions(&self) -> Vec<Candidate> {
        let known = self.report.catalogs.values();
        known.map(|catalog| candidate(&catalog.name, self.text(&catalog.title))).collect()
    }
}

fn sections(content: &Content) -> Vec<Candidate> {
    let listed = content.head.outline.iter().flat_map(|entry| match entry {
        OutlineEntry::Section(id) => vec![id.value.clone()],
        OutlineEntry::Chapter { sections, .. } => {
            sections.iter().map(|id| id.value.clone()).collect()
        }
    });
    let mut names: Vec<String> = listed.collect();
    names.extend(content.narrative.keys().map(|(section, _)| section.clone()));
    names.sort();
    names.dedup();
    names.into_iter().map(|name| candidate(name, "")).collect()
}
