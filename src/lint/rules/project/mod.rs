//! The project as a whole: its theme, what is left to be done, and findings that are made after all
//! rules have run.

pub mod draft_report;
pub mod low_contrast;
pub mod pending_figure;
pub mod unreviewed_content;

use crate::diag::Severity;
use crate::lint::rule::{Check, Group, Rule, Tier};

/// Suppressions whose day has passed.
pub const EXPIRED_SUPPRESSION: Rule =
    page("expired-suppression", include_str!("expired_suppression.md"));

/// Suppressions that match no finding.
pub const UNUSED_SUPPRESSION: Rule =
    page("unused-suppression", include_str!("unused_suppression.md"));

const fn page(name: &'static str, doc: &'static str) -> Rule {
    Rule {
        name,
        group: Group::Project,
        severity: Severity::Error,
        tier: Tier::Always,
        applies_to: &[],
        since: "0.1.0",
        doc,
        check: Check::Reading,
    }
}
