//! Rules over a [`Report`].
//!
//! **Invariant:** a rule reads the report and nothing else; its findings depend on nothing else.
//!
//! **Invariant:** every name that a finding can carry is in the [`registry`], with a page of
//! documentation whose examples are run.

mod baseline;
mod fingerprint;
pub mod registry;
mod rule;
mod rules;
mod suppress;

pub use self::baseline::{Comparison, Recorded, compare, record};
pub use self::fingerprint::fingerprint;
pub use self::rule::{Check, Group, Rule, Tier};
pub use self::rules::parity::pairs::Pairs;
pub use self::suppress::{Judged, Suppressed, judge};

use crate::diag::Sink;
use crate::report::Report;

/// Runs the rules of a tier and the tiers below it.
pub fn run(report: &Report, tier: Tier, sink: &mut Sink) {
    let mut languages = None;
    for rule in registry::RULES.iter().filter(|rule| rule.tier <= tier) {
        match rule.check {
            Check::Reading => {}
            Check::Report(check) => check(report, sink),
            Check::Languages(check) => {
                check(languages.get_or_insert_with(|| Pairs::of(report)), sink)
            }
        }
    }
}
