//! Content joined with catalogs: everything computed once, immutable.
//!
//! **Invariant:** what has a name here exists; what did not is a finding.
//!
//! **Invariant:** a figure has one value, whoever asks: tables, prose, rules and bundles read it
//! through [`Report::quantity`].

mod assurance;
mod catalogs;
mod checks;
mod compute;
mod derive;
mod figures;
mod glyphs;
mod images;
mod numerals;
mod palette;
mod places;
mod prior;
mod prose;
mod resolve;
mod review;
mod seal;
mod verdict;
mod visit;

pub use self::checks::Checked;
pub use self::compute::Computed;
pub use self::derive::{Derivation, Way};
pub use self::figures::{InYear, Series, interval_of, total_of};
pub use self::glyphs::Glyphs;
pub use self::images::Image;
pub use self::palette::Pair;
pub use self::places::{Anchor, AnchorKind, Places, anchor_name, anchor_of};
pub use self::prior::{Comparative, Difference, Prior, Said};
pub use self::resolve::resolve;
pub use self::seal::{SealedFigure, seal_digest};
pub use self::verdict::{Earlier, Judgement, Verdict};
pub use self::visit::{Visitor, visit_blocks, visit_content, visit_section};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::{
    Content, Datum, Dimension, EvidenceItem, Member, Metric, Section, Table, Target, Topic,
};
use crate::formula::{Expr, Path};
use crate::framework::Catalog;
use crate::framework::Factor;
use crate::locale::Lang;
use crate::schema::nearest;

/// Metrics, and sections in all languages, from which on a report is large.
const MANY_METRICS: usize = 500;
const MANY_SECTIONS: usize = 16;

/// A project, joined.
#[derive(Debug)]
pub struct Report {
    /// What was written.
    pub content: Content,
    /// Catalogs of the frameworks claimed or answered, by edition.
    pub catalogs: BTreeMap<String, Arc<Catalog>>,
    /// What a unit of energy can emit.
    pub factors: Vec<Factor>,
    /// Results of formulas.
    pub computed: Computed,
    /// Results of the project's own checks.
    pub checked: Vec<Checked>,
    /// Pictures by their path in the project.
    pub images: BTreeMap<String, Image>,
    /// Fonts of the project's theme.
    pub fonts: Vec<Vec<u8>>,
    /// Pairs of text and ground that the project's theme changes.
    pub pairs: Vec<Pair>,
    /// Anchors of sections, headings, tables and charts.
    pub places: Places,
    /// Characters that the fonts have.
    pub glyphs: Glyphs,
    /// Editions that bind the year where a later one is adopted early, by the later one.
    pub earlier: BTreeMap<String, Earlier>,
    /// The report before, where it is known.
    pub prior: Option<Box<Prior>>,
    /// Editions that follow those claimed, where these have ended.
    pub successors: BTreeMap<String, String>,
    /// Codes that the report selected for its material topics.
    pub selected: Vec<String>,
    numerals: numerals::Numerals,
    metrics: BTreeMap<String, usize>,
    evidence: BTreeMap<String, usize>,
}

impl Report {
    /// Whether there is so much to look at that several threads are worth their while.
    pub fn is_large(&self) -> bool {
        self.content.metrics.len() >= MANY_METRICS || self.content.narrative.len() >= MANY_SECTIONS
    }

    /// The metric of an id.
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.content.metrics.get(*self.metrics.get(id)?)
    }

    /// The metric that is nearest to the first one of an expression that does not exist.
    pub fn near(&self, expr: &Expr) -> Option<&str> {
        let unknown = expr.paths().into_iter().find(|path| self.metric(&path.metric).is_none())?;
        nearest(&unknown.metric, self.metrics.keys().map(String::as_str))
    }

    /// The table of an id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.content.tables.iter().find(|table| table.id.value == id)
    }

    /// The target of an id.
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.content.targets.iter().find(|target| target.id.value == id)
    }

    /// The topic of an id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.content.topics.iter().find(|topic| topic.id.value == id)
    }

    /// The evidence item of an id.
    pub fn evidence(&self, id: &str) -> Option<&EvidenceItem> {
        self.content.evidence.get(*self.evidence.get(id)?)
    }

    /// The dimension of an id.
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.content.dimensions.iter().find(|dimension| dimension.id.value == id)
    }

    /// The section of an id in a language.
    pub fn section(&self, id: &str, lang: Lang) -> Option<&Section> {
        self.content.narrative.get(&(id.to_owned(), lang))
    }

    /// The reported year.
    pub fn year(&self) -> u16 {
        let head = &self.content.head;
        head.years.first().copied().unwrap_or(head.period.end.value.year)
    }

    /// The sections of the outline in reading order.
    pub fn outline_sections(&self) -> Vec<&str> {
        places::outline_sections(&self.content)
    }

    /// What was written for a figure, if anything was.
    pub fn datum(&self, path: &Path) -> Option<&Datum> {
        let metric = self.metric(&path.metric)?;
        let year = path.year.unwrap_or_else(|| self.year());
        if path.members.is_empty() {
            return metric.values.get(&year);
        }
        self.member(path)?.values.get(&year)
    }

    /// The member of a breakdown that a path names; its dimensions may stand in any order.
    pub fn member(&self, path: &Path) -> Option<&Member> {
        let metric = self.metric(&path.metric)?;
        figures::member_of(metric, path)
    }
}
