//! What was written, typed, not yet joined.
//!
//! **Invariant:** everything keeps the span it was written at.
//!
//! **Invariant:** what is here has the right shape; whether names refer to something is not yet
//! known.

mod blocks;
mod characters;
mod conclusion;
mod converted;
mod disclosure;
mod evidence;
mod exhibit;
mod head;
mod insert;
mod load;
mod metric;
mod narrative;
mod own_check;
mod reader;
mod review;
mod table;
mod tabular;
mod target;
mod theme;
mod topic;
mod trees;
mod written;

pub use self::blocks::names as block_names;
pub use self::blocks::{CalloutFigure, ChartBlock, ChartKind, IndexBlock, KpiBlock};
pub use self::characters::is_hidden;
pub use self::conclusion::{Conclusion, Outcome as ConclusionResult, Seal, Subject};
pub use self::converted::{Completion, Converted, Scripts};
pub use self::disclosure::{
    Answer, Disclosures, Elsewhere, OmissionReason, Outcome, Pending, PlaceRef,
};
pub use self::evidence::{Access, EvidenceFile, EvidenceItem, SignOff};
pub use self::exhibit::{
    Certificate, GovernanceBlock, ImageBlock, MaterialityBlock, OrgBox, OrgLine, ProcessBlock,
};
pub use self::head::{
    Boundary, Claim, Engagement, FrameworkClaim, Head, HeadlineFigure, Listing, OutlineEntry,
    Period, Suppression,
};
pub use self::insert::{Insert, Shown};
pub use self::load::{LoadFault, load};
pub use self::metric::{
    Aggregate, AssuranceLevel, Breakdown, Datum, Member, Metric, Missing, MissingKind, Reading,
    RestatedMember, Restatement, Role, Series,
};
pub use self::narrative::{Block, BlockKind, Inline, InlineKind, Section};
pub use self::own_check::OwnCheck;
pub use self::review::Review;
pub use self::table::{Row, Split, Table, TableGroup};
pub use self::tabular::figure_of_cell;
pub use self::target::{Direction, Progress, Status, Target};
pub use self::theme::{ThemeFile, ThemeValue};
pub use self::topic::{Concern, MANAGEMENT, Rank, Scale, Scores, Stakeholder, Term, Topic};
pub use self::written::Written;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::framework::Units;
use crate::locale::{Lang, Localized};
use crate::source::{Span, Spanned};

/// A text in the project's languages, each with its place.
pub type Text = Localized<Spanned<String>>;

/// A dimension that values are broken down by.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// Label, such as `By gender`.
    pub label: Text,
    /// Members in the order declared.
    pub members: Vec<(Spanned<String>, Text)>,
}

/// A project as it was written.
#[derive(Debug, Clone)]
pub struct Content {
    /// `report.yaml`.
    pub head: Head,
    /// `dimensions.yaml`.
    pub dimensions: Vec<Dimension>,
    /// `metrics/*.yaml`, in the order of files and lines.
    pub metrics: Vec<Metric>,
    /// `reasons.yaml`.
    pub reasons: BTreeMap<String, Text>,
    /// `tables.yaml`.
    pub tables: Vec<Table>,
    /// `targets.yaml`.
    pub targets: Vec<Target>,
    /// `checks.yaml`.
    pub checks: Vec<OwnCheck>,
    /// `topics.yaml`.
    pub topics: Vec<Topic>,
    /// The scale of the topics' scores.
    pub scale: Scale,
    /// `stakeholders.yaml`.
    pub stakeholders: Vec<Stakeholder>,
    /// `glossary.yaml`.
    pub glossary: Vec<Term>,
    /// `disclosures/*.yaml`.
    pub disclosures: Vec<Disclosures>,
    /// `evidence/register.yaml`.
    pub evidence: Vec<EvidenceItem>,
    /// `conclusions/*.yaml`, in the order of files and lines.
    pub conclusions: Vec<Conclusion>,
    /// `review.yaml`.
    pub review: Review,
    /// `seal.yaml`, the last one in force.
    pub seals: Vec<Seal>,
    /// Checksums of the texts that the report is made from, with the start of each.
    pub checksums: BTreeMap<String, Spanned<String>>,
    /// `narrative/*.md`, by section and language.
    pub narrative: BTreeMap<(String, Lang), Section>,
    /// `theme.yaml`.
    pub theme: ThemeFile,
    /// Units of the tool and of the project.
    pub units: Arc<Units>,
    /// Metrics that could not be read, which has findings of its own.
    pub unread: Vec<String>,
    /// Whether a whole file of metrics could not be read.
    pub lost: bool,
    /// Texts that a report in traditional Chinese prints converted.
    pub converted: Vec<Converted>,
    /// Start of `report.yaml`, for what has no place of its own.
    pub start: Span,
}

impl Content {
    /// Whether a metric may be there and could not be read, so that to miss it is no second fault.
    pub fn is_unread(&self, id: &str) -> bool {
        let there = || self.metrics.iter().any(|metric| metric.id.value == id);
        self.unread.iter().any(|other| other == id) || self.lost && !there()
    }

    /// The text of a section in a language: its own, or the one that it is converted from.
    pub fn section(&self, id: &str, lang: Lang) -> Option<&Section> {
        let own = self.narrative.get(&(id.to_owned(), lang));
        let source = || self.narrative.get(&(id.to_owned(), Lang::ZhHans));
        own.or_else(|| if lang == Lang::ZhHant { source() } else { None })
    }
}
