//! The shape of a view, continued: blocks that show how a company is run.
//!
//! **Invariant:** every value is a finished string in the view's language.

use serde::Serialize;

use crate::view::model::{Inline, Note, Place};

/// The table of stakeholders. Fields that no row has are left out of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Stakeholders {
    /// Rows.
    pub rows: Vec<StakeholderRow>,
}

/// A group of stakeholders.
#[derive(Debug, Clone, Serialize)]
pub struct StakeholderRow {
    /// Name.
    pub label: String,
    /// What concerns it.
    pub concerns: String,
    /// How it is talked to.
    pub channels: String,
    /// How often; may be empty.
    pub frequency: String,
    /// What was done about its concerns.
    pub response: Vec<Inline>,
}

/// The matrix of material topics with its list, or the list alone where no scores are told.
#[derive(Debug, Clone, Serialize)]
pub struct Materiality {
    /// Anchor; the matrix is at `/data/charts/<id>.svg` for Typst.
    pub id: String,
    /// The message.
    pub title: String,
    /// How it was assessed.
    pub subtitle: String,
    /// Text alternative of the matrix.
    pub finding: String,
    /// The matrix as SVG; absent where topics have no scores.
    pub svg: Option<String>,
    /// Topics in the order of the list.
    pub rows: Vec<MaterialTopic>,
    /// Signs of the matrix and what they mean.
    pub legend: Vec<Note>,
}

/// A topic in the list beside the matrix.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialTopic {
    /// Its number in the matrix; empty where there is none.
    pub number: String,
    /// Sign of what it belongs to, as in the matrix.
    pub sign: String,
    /// Name.
    pub label: String,
    /// What it belongs to, in words; may be empty.
    pub pillar: String,
    /// Score or rank by impact; may be empty.
    pub impact: String,
    /// Score or rank by financial effect; may be empty.
    pub financial: String,
    /// Places of the report that deal with it.
    pub places: Vec<Place>,
}

/// How topics are managed. Fields that no row has are left out of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Topics {
    /// Rows.
    pub rows: Vec<TopicRow>,
}

/// How a topic is managed.
#[derive(Debug, Clone, Serialize)]
pub struct TopicRow {
    /// Name.
    pub label: String,
    /// Numbers of Sustainable Development Goals; may be empty.
    pub sdgs: String,
    /// Who is responsible.
    pub governance: Vec<Inline>,
    /// What is aimed at.
    pub strategy: Vec<Inline>,
    /// How risks are managed.
    pub risk: Vec<Inline>,
    /// What is done.
    pub action: Vec<Inline>,
}

/// Steps one after the other.
#[derive(Debug, Clone, Serialize)]
pub struct Process {
    /// Anchor; may be empty.
    pub id: String,
    /// What the steps lead to; may be empty.
    pub title: String,
    /// Steps.
    pub steps: Vec<ProcessStep>,
}

/// A step.
#[derive(Debug, Clone, Serialize)]
pub struct ProcessStep {
    /// Its number.
    pub number: String,
    /// Name.
    pub title: Vec<Inline>,
    /// What happens.
    pub text: Vec<Inline>,
}

/// Certificates. Fields that no row has are left out of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Certificates {
    /// Rows.
    pub rows: Vec<CertificateRow>,
}

/// A certificate.
#[derive(Debug, Clone, Serialize)]
pub struct CertificateRow {
    /// Standard.
    pub standard: Vec<Inline>,
    /// What is certified.
    pub scope: Vec<Inline>,
    /// How much it covers: a figure, or nothing.
    pub coverage: Vec<Inline>,
    /// Last day on which it is valid; may be empty.
    pub until: String,
    /// Remark.
    pub note: Vec<Inline>,
}

/// The terms of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct Glossary {
    /// Names of the report's other languages, as heads of columns.
    pub languages: Vec<TermLanguage>,
    /// Rows.
    pub rows: Vec<TermRow>,
}

/// A language of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct TermLanguage {
    /// BCP 47 tag.
    pub lang: String,
    /// Name of the language in itself.
    pub name: String,
}

/// A term.
#[derive(Debug, Clone, Serialize)]
pub struct TermRow {
    /// The term.
    pub term: String,
    /// The term in each of the other languages; may be empty.
    pub others: Vec<String>,
    /// What it means.
    pub meaning: Vec<Inline>,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct Image {
    /// Anchor; may be empty.
    pub id: String,
    /// Path in the project: the file is at `/data/images/<file>` for Typst, and in
    /// [`Brand::images`].
    pub file: String,
    /// Text alternative; absent for a picture that is decoration.
    pub alt: Option<String>,
    /// Text under it.
    pub caption: Vec<Inline>,
    /// Whether it takes the side column as well.
    pub wide: bool,
}

/// What a project's theme adds to the templates, and the files that pictures are in.
#[derive(Debug, Clone, Serialize)]
pub struct Brand {
    /// Path of the logo; its text alternative is the name of the entity.
    pub logo: Option<String>,
    /// Path of a picture on the cover, which is decoration.
    pub cover: Option<String>,
    /// Files of pictures, each once; templates get them by their paths.
    #[serde(skip)]
    pub images: Vec<ImageFile>,
    /// Fonts.
    #[serde(skip)]
    pub fonts: Vec<Vec<u8>>,
}

/// The file of a picture.
#[derive(Debug, Clone)]
pub struct ImageFile {
    /// Path in the project.
    pub file: String,
    /// Media type.
    pub media: &'static str,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// What was assured.
#[derive(Debug, Clone, Serialize)]
pub struct Assurance {
    /// One row for each engagement: heads and values.
    pub engagements: Vec<Vec<Note>>,
    /// Levels with the metrics assured at each.
    pub levels: Vec<AssuranceLevel>,
}

/// Metrics assured at one level.
#[derive(Debug, Clone, Serialize)]
pub struct AssuranceLevel {
    /// Sign.
    pub sign: String,
    /// The level in words.
    pub text: String,
    /// Rows of the scope list.
    pub metrics: Vec<AssuredMetric>,
}

/// One metric in the scope of an assurance engagement.
#[derive(Debug, Clone, Serialize)]
pub struct AssuredMetric {
    /// Label.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// Years or breakdowns in scope.
    pub scope: String,
}
