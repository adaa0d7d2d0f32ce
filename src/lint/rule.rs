//! What a rule is.

use crate::diag::{Severity, Sink};
use crate::report::Report;

use crate::lint::rules::narrative::texts::Texts;
use crate::lint::rules::parity::pairs::Pairs;

/// A rule: a kind of finding, with its documentation.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Name in kebab-case, which names the defect. It is the rule's only identity.
    pub name: &'static str,
    /// Group.
    pub group: Group,
    /// Severity of most of its findings.
    pub severity: Severity,
    /// When it runs.
    pub tier: Tier,
    /// Framework editions whose reports it concerns; all if empty.
    pub applies_to: &'static [&'static str],
    /// Version in which it appeared.
    pub since: &'static str,
    /// Page of documentation, in Markdown.
    pub doc: &'static str,
    /// What it does.
    pub check: Check,
}

/// What a rule does, by what it reads.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Nothing: its findings are made while the project is read.
    Reading,
    /// It reads the report.
    Report(fn(&Report, &mut Sink)),
    /// It reads every text of the report, one at a time, which are gathered once for all such rules.
    Texts(fn(&Texts<'_>, &mut Sink)),
    /// It reads the texts of the languages side by side, which are laid so once for all such rules.
    Languages(fn(&Pairs<'_>, &mut Sink)),
}

/// Groups of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Shape, types, names.
    Schema,
    /// Figures against each other.
    Consistency,
    /// Answers against frameworks.
    Compliance,
    /// Figures against experience.
    Plausibility,
    /// Prose.
    Narrative,
    /// Figures against their evidence.
    Evidence,
    /// Figures against the report before.
    Restatement,
    /// Languages against each other.
    Parity,
    /// The project as a whole.
    Project,
}

impl Group {
    /// Name of the group, which is also its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Consistency => "consistency",
            Self::Compliance => "compliance",
            Self::Plausibility => "plausibility",
            Self::Narrative => "narrative",
            Self::Evidence => "evidence",
            Self::Restatement => "restatement",
            Self::Parity => "parity",
            Self::Project => "project",
        }
    }
}

/// When a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Always, also while editing.
    Always,
    /// With every check.
    Default,
    /// With `--strict`.
    Strict,
}

impl Tier {
    /// Name of the tier.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Default => "default",
            Self::Strict => "strict",
        }
    }
}
