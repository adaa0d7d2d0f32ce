//! `report.yaml`: who reports, on what, for whom.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, say};
use crate::locale::{Date, Lang, Localized};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::Node;

use crate::content::AssuranceLevel;
use crate::content::Text;
use crate::content::insert::Insert;
use crate::content::narrative::Inline;
use crate::content::reader::Reader;

/// `report.yaml`.
#[derive(Debug, Clone)]
pub struct Head {
    /// Full name of the entity.
    pub name: Text,
    /// Short name of the entity.
    pub short: Text,
    /// Listing, if the entity is listed.
    pub listing: Option<Listing>,
    /// Title of the report.
    pub title: Text,
    /// Theme of the year.
    pub subtitle: Option<Text>,
    /// What the document is.
    pub notice: Option<Text>,
    /// Reporting period and dates of the report.
    pub period: Period,
    /// Years that tables print, the reported one first.
    pub years: Vec<u16>,
    /// Place of the years.
    pub years_at: Span,
    /// Languages, the prevailing one first.
    pub languages: Vec<Lang>,
    /// Organisational boundary.
    pub boundary: Option<Boundary>,
    /// Frameworks claimed.
    pub frameworks: Vec<FrameworkClaim>,
    /// Metric drawn on the cover.
    pub cover: Option<Spanned<String>>,
    /// Sections and chapters in reading order.
    pub outline: Vec<OutlineEntry>,
    /// Assurance engagements.
    pub engagements: Vec<Engagement>,
    /// Numerals in prose that state no figure of the report, such as `24 hours`.
    pub literals: Vec<Spanned<String>>,
    /// Findings that are accepted, with reasons.
    pub suppressions: Vec<Suppression>,
    /// Folder of the report before, in this project.
    pub prior: Option<Spanned<String>>,
    /// Where the report says that it is a draft, if it does.
    pub draft: Option<Span>,
    /// Place of the file.
    pub span: Span,
}

/// Where the entity is listed.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Exchange.
    pub exchange: String,
    /// Board.
    pub board: Option<String>,
    /// Index tier by year.
    pub index_tier: BTreeMap<u16, String>,
}

/// Which operations the figures cover.
#[derive(Debug, Clone)]
pub struct Boundary {
    /// How it is drawn, such as `operational-control`.
    pub approach: String,
    /// In words.
    pub note: Option<Text>,
}

/// Reporting period and dates of the report.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// First day.
    pub start: Spanned<Date>,
    /// Last day.
    pub end: Spanned<Date>,
    /// Day of the board's approval.
    pub approved: Option<Spanned<Date>>,
    /// Day of publication.
    pub published: Option<Spanned<Date>>,
}

/// What a report claims of a framework.
#[derive(Debug, Clone)]
pub struct FrameworkClaim {
    /// Edition.
    pub edition: Spanned<String>,
    /// Claim.
    pub claim: Option<Claim>,
    /// Evidence items that the claim rests on.
    pub evidence: Vec<Spanned<String>>,
}

/// A claim as it was written.
pub type Claim = Spanned<String>;

/// A section by itself, or a chapter.
#[derive(Debug, Clone)]
pub enum OutlineEntry {
    /// A section by itself.
    Section(Spanned<String>),
    /// A chapter with its sections.
    Chapter {
        /// Anchor.
        id: Spanned<String>,
        /// Title.
        title: Text,
        /// One sentence.
        summary: Localized<Vec<Inline>>,
        /// Headline figures.
        headline: Vec<HeadlineFigure>,
        /// Sections.
        sections: Vec<Spanned<String>>,
    },
}

/// A figure that opens a chapter.
#[derive(Debug, Clone)]
pub struct HeadlineFigure {
    /// The figure: one expression, with the options of each language.
    pub figure: Localized<Insert>,
    /// What it is, where the name of the metric does not say it.
    pub label: Option<Text>,
}

/// An assurance engagement.
#[derive(Debug, Clone)]
pub struct Engagement {
    /// Who gives assurance.
    pub provider: Text,
    /// By which standard.
    pub standard: Option<Spanned<String>>,
    /// Of which type.
    pub kind: Option<Text>,
    /// Day of the statement.
    pub date: Option<Spanned<Date>>,
    /// First and last day that was assured.
    pub period: Option<(Spanned<Date>, Spanned<Date>)>,
    /// What the figures were judged by.
    pub criteria: Vec<Spanned<String>>,
    /// Metrics that were assured, with the level of each.
    pub scope: Vec<(AssuranceLevel, Spanned<String>)>,
    /// What is and is not in scope.
    pub scope_note: Option<Text>,
}

impl Engagement {
    /// The years that it covers: those of its period, or the reported one.
    pub fn years(&self, reported: u16) -> std::ops::RangeInclusive<u16> {
        match &self.period {
            Some((start, end)) => start.value.year..=end.value.year,
            None => reported..=reported,
        }
    }
}

/// A finding that is accepted.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// Rule.
    pub rule: Spanned<String>,
    /// What it is about.
    pub at: Spanned<String>,
    /// The difference that is accepted; any if none is given.
    pub difference: Option<Spanned<String>>,
    /// Why it is accepted.
    pub reason: Spanned<String>,
    /// Who accepted it.
    pub approver: String,
    /// Last day on which it is accepted.
    pub expires: Spanned<Date>,
    /// Place.
    pub span: Span,
}

/// The languages that a `report.yaml` declares, which reading everything else needs first.
pub fn languages(tree: &Node) -> Vec<Lang> {
    let items = tree.get("languages").map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| Lang::parse(item.text()?)).collect()
}

/// Reads `report.yaml`.
pub fn read(tree: &Node, reader: &mut Reader<'_>) -> Head {
    let empty = Node { span: tree.span, value: crate::syntax::yaml::Value::Null };
    let entity = tree.get("entity").unwrap_or(&empty);
    let mut years = crate::content::blocks::years(tree, reader);
    let period = tree.get("period").and_then(|node| read_period(node, reader));
    let period = period.unwrap_or_else(|| unknown_period(years.first().copied(), tree.span));
    let name = reader.text_or_empty(entity, "name");
    let short = reader.text_of(entity, "short").unwrap_or_else(|| name.clone());
    if years.is_empty() {
        years.push(period.end.value.year);
    }
    let claims = tree.get("frameworks").map(Node::items).unwrap_or_default();
    let engagements = tree.get("assurance").map(Node::items).unwrap_or_default();
    let suppressions = tree.get("suppressions").map(Node::items).unwrap_or_default();
    let outline = tree.get("outline").map(Node::items).unwrap_or_default();
    Head {
        name,
        short,
        listing: entity.get("listing").and_then(|listing| read_listing(listing, reader)),
        title: reader.text_or_empty(tree, "title"),
        subtitle: reader.text_of(tree, "subtitle"),
        notice: reader.text_of(tree, "notice"),
        period,
        years,
        years_at: tree.get("years").map_or(tree.span, |node| node.span),
        languages: reader.languages.to_vec(),
        boundary: tree.get("boundary").and_then(|boundary| {
            let approach = boundary.get("approach")?.text()?.to_owned();
            Some(Boundary { approach, note: reader.text_of(boundary, "note") })
        }),
        frameworks: claims.iter().filter_map(|node| read_claim(node, reader)).collect(),
        cover: tree.get("cover").and_then(|c| c.get("metric")).and_then(Node::spanned),
        outline: outline.iter().filter_map(|entry| read_entry(entry, reader)).collect(),
        engagements: engagements.iter().map(|node| read_engagement(node, reader)).collect(),
        literals: reader.ids(tree, "literals"),
        suppressions: suppressions
            .iter()
            .filter_map(|node| read_suppression(node, reader))
            .collect(),
        prior: prior(tree),
        draft: tree.get("status").filter(|s| s.text() == Some("draft")).map(|node| node.span),
        span: tree.span,
    }
}

/// The folder in which the report before lies, if it is in the project.
pub fn prior(tree: &Node) -> Option<Spanned<String>> {
    tree.get("prior").and_then(|prior| prior.get("project")).and_then(Node::spanned)
}

/// Stands in for a period that cannot be read, which has a finding of its own, so that everything
/// else is still looked at.
fn unknown_period(year: Option<u16>, span: Span) -> Period {
    let year = year.unwrap_or(2000);
    let start = Spanned::new(Date { year, month: 1, day: 1 }, span);
    let end = Spanned::new(Date { year, month: 12, day: 31 }, span);
    Period { start, end, approved: None, published: None }
}

fn read_period(node: &Node, reader: &mut Reader<'_>) -> Option<Period> {
    let (start, end) = (reader.date_of(node, "start"), reader.date_of(node, "end"));
    let approved = reader.date_of(node, "approved");
    let published = reader.date_of(node, "published");
    Some(Period { start: start?, end: end?, approved, published })
}

fn read_listing(node: &Node, reader: &Reader<'_>) -> Option<Listing> {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let tiers = node.get("index-tier").map(Node::entries).unwrap_or_default();
    let tiers = tiers
        .iter()
        .filter_map(|entry| Some((reader.year(&entry.key.value)?, entry.value.text()?.to_owned())));
    Some(Listing { exchange: text("exchange")?, board: text("board"), index_tier: tiers.collect() })
}

fn read_claim(node: &Node, reader: &mut Reader<'_>) -> Option<FrameworkClaim> {
    let edition = node.get("edition")?.spanned()?;
    let claim = node.get("claim").and_then(Node::spanned);
    Some(FrameworkClaim { edition, claim, evidence: reader.ids(node, "evidence") })
}

fn read_entry(node: &Node, reader: &mut Reader<'_>) -> Option<OutlineEntry> {
    if let Some(section) = node.get("section") {
        return section.spanned().map(OutlineEntry::Section);
    }
    let id = node.get("chapter")?.spanned()?;
    let title = reader.text_or_empty(node, "title");
    let summary = reader.inline_text(node, "summary").unwrap_or_default();
    let headline = node.get("headline").map(Node::items).unwrap_or_default();
    let headline = headline.iter().map(|figure| read_headline(figure, reader)).collect();
    Some(OutlineEntry::Chapter {
        id,
        title,
        summary,
        headline,
        sections: reader.ids(node, "sections"),
    })
}

/// A figure that is written once, or once for each language; perhaps with a label of its own.
fn read_headline(node: &Node, reader: &mut Reader<'_>) -> HeadlineFigure {
    let value = node.get("value").unwrap_or(node);
    let label = node.get("value").and_then(|_| reader.text_of(node, "label"));
    let mut figure = Localized::default();
    if let Some(text) = value.spanned() {
        if let Some(insert) = Insert::read_text(&text, reader) {
            for &lang in reader.languages {
                figure.insert(lang, insert.clone());
            }
        }
        return HeadlineFigure { figure, label };
    }
    let mut first: Option<Insert> = None;
    let texts = reader.text(value);
    for &lang in reader.languages {
        let Some(text) = texts.exact(lang) else { continue };
        let Some(insert) = Insert::read_text(text, reader) else { continue };
        match &first {
            Some(first) if first.expr.to_string() != insert.expr.to_string() => {
                reader.sink.push(differing(&insert, first));
            }
            _ => first = first.or_else(|| Some(insert.clone())),
        }
        figure.insert(lang, insert);
    }
    HeadlineFigure { figure, label }
}

/// Two languages would open a chapter with different figures.
fn differing(insert: &Insert, first: &Insert) -> Diagnostic {
    let message = say!(
        "`{this}` is another figure than `{first}`",
        this = insert.expr.to_string(),
        first = first.expr.to_string()
    );
    Diagnostic::error("differing-figure", insert.span, message)
        .related(first.span, say!("the figure of another language"))
        .help(say!("write the same expression in every language; options after `|` may differ"))
}

fn read_engagement(node: &Node, reader: &mut Reader<'_>) -> Engagement {
    Engagement {
        provider: reader.text_or_empty(node, "provider"),
        standard: node.get("standard").and_then(Node::spanned),
        kind: reader.text_of(node, "type"),
        date: reader.date_of(node, "date"),
        period: node.get("period").and_then(|period| {
            Some((reader.date_of(period, "start")?, reader.date_of(period, "end")?))
        }),
        criteria: reader.ids(node, "criteria"),
        scope: node.get("scope").map(|scope| read_scope(scope, reader)).unwrap_or_default(),
        scope_note: reader.text_of(node, "scope-note"),
    }
}

fn read_scope(node: &Node, reader: &Reader<'_>) -> Vec<(AssuranceLevel, Spanned<String>)> {
    let levels = [AssuranceLevel::Reasonable, AssuranceLevel::Limited];
    let of_level = |level: AssuranceLevel| {
        reader.ids(node, level.word()).into_iter().map(move |metric| (level, metric))
    };
    levels.into_iter().flat_map(of_level).collect()
}

fn read_suppression(node: &Node, reader: &mut Reader<'_>) -> Option<Suppression> {
    let approver = node.get("approver")?.text().filter(|approver| !approver.trim().is_empty())?;
    Some(Suppression {
        approver: approver.to_owned(),
        rule: node.get("rule")?.spanned()?,
        at: node.get("at")?.spanned()?,
        difference: node.get("difference").and_then(Node::spanned),
        reason: node.get("reason")?.spanned().filter(|reason| !reason.value.trim().is_empty())?,
        // Without a reason, an approver and a day nothing is accepted; the schema says what lacks.
        expires: reader.date_of(node, "expires")?,
        span: node.span,
    })
}
