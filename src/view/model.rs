//! The shape of a [`View`]: what templates may read.
//!
//! **Invariant:** every value is a finished string in the view's language. Templates do no
//! arithmetic, no rounding and no choice of language.
//!
//! Serialized as JSON this is what Typst reads as `/data/view.json` and what HTML templates see
//! as `view`. Enums carry their variant in `kind`, in kebab-case; field names are in snake_case.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::view::restatement::Restatements;
pub use crate::view::shapes::*;

/// One report in one language.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// BCP 47 tag, such as `zh-Hans`.
    pub lang: String,
    /// Region whose glyph forms and quotation marks are used, such as `cn`.
    pub region: String,
    /// Language and script subtags as Typst takes them, such as `zh`.
    pub script_lang: String,
    /// Words of the templates: the entries of `templates/shared/strings.<lang>.yaml`.
    pub strings: BTreeMap<String, String>,
    /// Title of the report.
    pub title: String,
    /// Theme of the year, if there is one.
    pub subtitle: Option<String>,
    /// Full name of the reporting entity.
    pub entity: String,
    /// Short name of the reporting entity, for running heads.
    pub entity_short: String,
    /// Reported year, such as `2024`.
    pub year: String,
    /// Reporting period in words of the language.
    pub period: String,
    /// Name of this language in itself, such as `简体中文`.
    pub language_name: String,
    /// What this document is, on the cover.
    pub notice: Option<String>,
    /// The mark of a draft, on every page; absent in a publication.
    pub draft: Option<String>,
    /// Date of the document as `YYYY-MM-DD`, for the metadata.
    pub date: String,
    /// What the cover shows of the report's own data.
    pub cover: Option<Cover>,
    /// Front matter, chapters and annexes in reading order.
    pub parts: Vec<Part>,
    /// Every figure shown, with its lineage.
    pub facts: Vec<Fact>,
    /// What the project's theme adds.
    pub brand: Brand,
}

/// The figure drawn on the cover.
#[derive(Debug, Clone, Serialize)]
pub struct Cover {
    /// What is drawn, such as `GHG emissions, tCO₂e`.
    pub label: String,
    /// A drawing without text, as SVG; decorative.
    pub svg: String,
    /// One entry for each year drawn, oldest first.
    pub points: Vec<CoverPoint>,
}

/// One year on the cover.
#[derive(Debug, Clone, Serialize)]
pub struct CoverPoint {
    /// Year.
    pub year: String,
    /// Value with unit.
    pub value: String,
}

/// A chapter with its sections, or a section that stands by itself.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// True for a chapter, which has an opening page.
    pub chapter: bool,
    /// Chapter number such as `1`; empty outside chapters.
    pub number: String,
    /// Anchor, equal in all languages.
    pub id: String,
    /// Title of the chapter or section.
    pub title: String,
    /// One of the accents of the theme: `front`, `1`, `2`, `3`, `4`.
    pub accent: String,
    /// One sentence under the title of a chapter.
    pub summary: Vec<Inline>,
    /// Headline figures of a chapter, four at most.
    pub headline: Vec<Headline>,
    /// Sections; exactly one outside chapters.
    pub sections: Vec<Section>,
}

/// A headline figure on a chapter's opening page or in a callout.
#[derive(Debug, Clone, Serialize)]
pub struct Headline {
    /// What it is.
    pub label: String,
    /// Qualifier such as `over`; empty if none. Printed before the value.
    pub qualifier: String,
    /// Digits.
    pub value: String,
    /// Unit; empty if none.
    pub unit: String,
    /// Change against last year in words and figures, such as `+79.7 %`.
    pub change: Option<String>,
    /// Key of the fact in [`View::facts`].
    pub fact: Option<String>,
}

/// A section: the contents of one narrative file.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Anchor, equal in all languages.
    pub id: String,
    /// Number such as `1.2`; empty outside chapters.
    pub number: String,
    /// Title.
    pub title: String,
    /// Contents.
    pub blocks: Vec<Block>,
}

/// A block of a section.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum Block {
    /// A heading below the section's title; `level` starts at 2.
    Heading { level: u8, id: String, content: Vec<Inline> },
    /// A paragraph.
    Paragraph { content: Vec<Inline> },
    /// A list; each item holds blocks.
    List { ordered: bool, start: u64, items: Vec<Vec<Block>> },
    /// A quotation in the text.
    Quote { blocks: Vec<Block> },
    /// A small table written in the text.
    Table(Table),
    /// A table of metrics over years.
    KpiTable(KpiTable),
    /// A drawing of figures.
    Chart(Chart),
    /// One to four large figures beside the text.
    Callout { figures: Vec<Headline> },
    /// A case box.
    Case { title: String, blocks: Vec<Block> },
    /// A statement set large.
    Pull { content: Vec<Inline> },
    /// The table of targets.
    Targets(Targets),
    /// The index of a framework.
    Index(Index),
    /// What was assured, by whom, at which level.
    Assurance(Assurance),
    /// Earlier figures that were changed.
    Restatements(Restatements),
    /// A quotation with a signature.
    Voice { content: Vec<Inline>, name: String, role: String },
    /// Terms and their meaning.
    Definitions { items: Vec<Definition> },
    /// The table of stakeholders.
    Stakeholders(Stakeholders),
    /// The matrix or list of material topics.
    Materiality(Materiality),
    /// How topics are managed.
    Topics(Topics),
    /// An organisation chart; the rows of its table are its boxes.
    Governance(Chart),
    /// Steps one after the other.
    Process(Process),
    /// Certificates and what they cover.
    Certificates(Certificates),
    /// The terms of the glossary.
    Glossary(Glossary),
    /// A picture.
    Image(Image),
}

/// Text inside a block.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum Inline {
    /// Plain text.
    Text { text: String },
    /// Strong emphasis.
    Strong { content: Vec<Inline> },
    /// Emphasis; in Chinese set by weight or dots, never slanted.
    Emphasis { content: Vec<Inline> },
    /// Code or an identifier.
    Code { text: String },
    /// A link out of the report (`href`) or to an anchor inside it (`target`).
    Link { href: Option<String>, target: Option<String>, content: Vec<Inline> },
    /// A figure that comes from a fact. `text` is `before` + `value` + `after` joined, never broken.
    Figure { before: String, value: String, after: String, text: String, fact: Option<String> },
    /// A footnote at its mark; numbers run through the report.
    Footnote { number: String, content: Vec<Inline> },
    /// A forced line break.
    Break,
}

/// A term with its meaning.
#[derive(Debug, Clone, Serialize)]
pub struct Definition {
    /// Term.
    pub term: String,
    /// Meaning.
    pub content: Vec<Inline>,
}

/// A small table written in the text.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Alignment of each column: `left`, `center`, `right`.
    pub align: Vec<String>,
    /// Head cells.
    pub head: Vec<Vec<Inline>>,
    /// Rows.
    pub rows: Vec<TableRow>,
}

/// A row of a small table.
#[derive(Debug, Clone, Serialize)]
pub struct TableRow {
    /// True where the row heads the ones below it; it then has one cell.
    pub heading: bool,
    /// Cells.
    pub cells: Vec<Vec<Inline>>,
}

/// A table of metrics over years.
#[derive(Debug, Clone, Serialize)]
pub struct KpiTable {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Figure columns, left to right.
    pub columns: Vec<KpiColumn>,
    /// Spanners over the figure columns, left to right; together they cover all columns. A column
    /// without a spanner has one with an empty label and span 1. Empty if there is no spanner.
    pub spanners: Vec<Spanner>,
    /// Groups of rows.
    pub groups: Vec<KpiGroup>,
    /// Notes under the table, in the order of their marks.
    pub notes: Vec<Note>,
    /// Signs used in the table and what they mean (missing values, assurance).
    pub legend: Vec<Note>,
}

/// A head over several columns.
#[derive(Debug, Clone, Serialize)]
pub struct Spanner {
    /// Label; may be empty.
    pub label: String,
    /// Number of columns.
    pub span: u64,
}

/// A figure column.
#[derive(Debug, Clone, Serialize)]
pub struct KpiColumn {
    /// Label, such as `2024` or a segment's name.
    pub label: String,
    /// True for the reported year's main column.
    pub emphasised: bool,
}

/// A group of rows under one label.
#[derive(Debug, Clone, Serialize)]
pub struct KpiGroup {
    /// Label; empty if the rows stand without a group.
    pub label: String,
    /// Rows.
    pub rows: Vec<KpiRow>,
}

/// A row of a table of metrics.
#[derive(Debug, Clone, Serialize)]
pub struct KpiRow {
    /// Anchor of the row, equal in all languages.
    pub id: String,
    /// Label.
    pub label: String,
    /// Depth, 0 or more.
    pub indent: u64,
    /// True where the row only heads the ones below it; it then has no cells.
    pub heading: bool,
    /// Unit.
    pub unit: String,
    /// Marks of the notes that belong to the row.
    pub notes: Vec<String>,
    /// Sign of the assurance level of the reported year: `●`, `◐` or empty.
    pub assurance: String,
    /// The assurance level in words, for readers who do not see the sign.
    pub assurance_text: String,
    /// One cell for each column; empty for a heading row.
    pub cells: Vec<KpiCell>,
}

/// A cell of a table of metrics.
#[derive(Debug, Clone, Serialize)]
pub struct KpiCell {
    /// All of it: figure, sign for a missing value, or words.
    pub text: String,
    /// Up to the decimal point, with qualifier; empty unless the cell is a figure.
    pub integer: String,
    /// From the decimal point on; empty if there is none.
    pub fraction: String,
    /// True where the value is missing; `spoken` then says why.
    pub missing: bool,
    /// What a screen reader says in the place of a sign.
    pub spoken: String,
    /// Key of the fact in [`View::facts`].
    pub fact: Option<String>,
}

/// A note or an entry of a legend.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// Mark or sign.
    pub mark: String,
    /// Text.
    pub text: String,
}

/// A drawing of figures.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Anchor; the drawing is at `/data/charts/<id>.svg` for Typst.
    pub id: String,
    /// The message.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// The drawing as SVG; texts in it are set in the report's fonts.
    pub svg: String,
    /// Whether it takes the side column as well.
    pub wide: bool,
    /// Text alternative: what the drawing shows.
    pub finding: String,
    /// Source line.
    pub source: String,
    /// Head of the data table.
    pub head: Vec<String>,
    /// Rows of the data table; the first cell is the row's head.
    pub rows: Vec<Vec<String>>,
}

/// The table of targets.
#[derive(Debug, Clone, Serialize)]
pub struct Targets {
    /// Anchor.
    pub id: String,
    /// Rows.
    pub rows: Vec<TargetRow>,
}

/// One target.
#[derive(Debug, Clone, Serialize)]
pub struct TargetRow {
    /// Anchor.
    pub id: String,
    /// Area it belongs to.
    pub area: String,
    /// The target in words.
    pub statement: Vec<Inline>,
    /// Base year; empty if none.
    pub base: String,
    /// Year due; empty if none.
    pub due: String,
    /// Key of the status: `new`, `in-progress`, `achieved`, `missed`, `no-progress-reported`.
    pub status: String,
    /// The status in words.
    pub status_text: String,
    /// Share of the way.
    pub progress: Option<Progress>,
    /// What was achieved.
    pub note: Vec<Inline>,
    /// The target for the next year.
    pub next: Vec<Inline>,
}

/// A progress bar.
#[derive(Debug, Clone, Serialize)]
pub struct Progress {
    /// Width in percent with a decimal point, 0 to 100.
    pub percent: String,
    /// The figure as printed, such as `95.94%`.
    pub text: String,
    /// Key of the fact.
    pub fact: Option<String>,
}

/// The index of a framework.
#[derive(Debug, Clone, Serialize)]
pub struct Index {
    /// Anchor.
    pub id: String,
    /// Name of the framework and edition.
    pub title: String,
    /// What is claimed of it, and whether it is adopted before its time.
    pub notes: Vec<String>,
    /// Groups of rows: areas and aspects, or standards.
    pub groups: Vec<IndexGroup>,
    /// Signs and what they mean.
    pub legend: Vec<Note>,
}

/// A group of index rows.
#[derive(Debug, Clone, Serialize)]
pub struct IndexGroup {
    /// Label.
    pub label: String,
    /// Rows.
    pub rows: Vec<IndexRow>,
}

/// One disclosure.
#[derive(Debug, Clone, Serialize)]
pub struct IndexRow {
    /// Anchor.
    pub id: String,
    /// Code, such as `A1.1`.
    pub code: String,
    /// Short title.
    pub title: String,
    /// Level in words; empty if the framework has none.
    pub level: String,
    /// Key of the outcome, such as `reported`.
    pub outcome: String,
    /// Sign of the outcome.
    pub sign: String,
    /// The outcome in words.
    pub outcome_text: String,
    /// Places inside the report; templates add the page number of each target.
    pub places: Vec<Place>,
    /// Reason, explanation, or the other document.
    pub reason: Vec<Inline>,
    /// Assurance sign; empty if none.
    pub assurance: String,
}

/// A place inside the report.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// Name of the section or table.
    pub text: String,
    /// Anchor.
    pub target: String,
}

/// A figure with its lineage.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Key, such as `ghg.total@2024` or `workforce.full-time[gender=male]@2024`.
    pub key: String,
    /// Anchor in the HTML.
    pub anchor: String,
    /// What it is.
    pub label: String,
    /// Year.
    pub year: String,
    /// Value with unit, as printed.
    pub value: String,
    /// Formula in words of the expression language; empty if the figure is an input.
    pub formula: String,
    /// Result of the formula before rounding, with unit; empty if there is none.
    pub computed: String,
    /// Figures it adds up from or is computed from.
    pub inputs: Vec<FactInput>,
    /// Assurance level in words.
    pub assurance: String,
    /// Evidence items: title and locator.
    pub evidence: Vec<String>,
    /// Disclosures that it answers, such as `HKEX C2 A2.1`.
    pub clauses: Vec<String>,
    /// Note on definition or boundary.
    pub note: String,
}

/// An input of a figure.
#[derive(Debug, Clone, Serialize)]
pub struct FactInput {
    /// What it is.
    pub label: String,
    /// Value with unit.
    pub value: String,
    /// Key of the fact.
    pub fact: Option<String>,
}
