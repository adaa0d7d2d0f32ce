//! Two reports side by side: what changed from one to the other, and whether it is explained.
//!
//! **Invariant:** nothing is left out: every value, answer and paragraph that only one of the two
//! has is a change.
//!
//! **Invariant:** a change of a value is explained only by what the newer report itself says.

mod answers;
mod facts;
mod prose;

pub use self::answers::AnswerChange;
pub use self::facts::{DefinitionChange, Explanation, FactChange, YearCount};
pub use self::prose::ProseChange;

use crate::report::Report;
use crate::source::Sources;

/// A report with the texts that it was read from.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its texts.
    pub sources: &'a Sources,
}

/// Everything that changed from one report to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Values of years that both reports have.
    pub facts: Vec<FactChange>,
    /// Years that only the older report has, with the number of its values.
    pub old_years: Vec<YearCount>,
    /// Years that only the newer report has, with the number of its values.
    pub new_years: Vec<YearCount>,
    /// Labels, units, notes, formulas, parts and breakdowns.
    pub definitions: Vec<DefinitionChange>,
    /// Metrics that only the older report has.
    pub dropped: Vec<String>,
    /// Metrics that only the newer report has.
    pub added: Vec<String>,
    /// Answers to frameworks.
    pub answers: Vec<AnswerChange>,
    /// Paragraphs.
    pub prose: Vec<ProseChange>,
}

impl Changes {
    /// Whether the two reports are the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Number of values that changed or went without an explanation.
    pub fn unexplained(&self) -> usize {
        self.facts.iter().filter(|fact| fact.explanation == Explanation::Lacking).count()
    }
}

/// Compares two reports.
pub fn compare(old: Side<'_>, new: Side<'_>) -> Changes {
    let (dropped, added) = facts::metrics(old.report, new.report);
    Changes {
        facts: facts::values(old.report, new.report),
        old_years: facts::years_of_one(old.report, new.report),
        new_years: facts::years_of_one(new.report, old.report),
        definitions: facts::definitions(old.report, new.report),
        dropped,
        added,
        answers: answers::changes(old.report, new.report),
        prose: prose::changes(old, new),
    }
}
