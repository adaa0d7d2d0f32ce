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
mod spread;
mod suppress;

pub use self::baseline::{Comparison, Recorded, compare, record};
pub use self::fingerprint::fingerprint;
pub use self::rule::{Check, Group, Rule, Tier};
pub use self::rules::parity::pairs::Pairs;
pub use self::suppress::{Judged, Suppressed, judge};

use crate::diag::Sink;
use crate::report::Report;

use crate::lint::spread::spread;

/// Runs the rules of a tier and the tiers below it.
pub fn run(report: &Report, tier: Tier, sink: &mut Sink) {
    let rules: Vec<&Rule> = registry::RULES.iter().filter(|rule| rule.tier <= tier).collect();
    let mut languages = compare_languages(report, &rules).into_iter();
    for rule in rules {
        match rule.check {
            Check::Reading => {}
            Check::Report(check) => check(report, sink),
            Check::Languages(_) => languages.next().into_iter().for_each(|own| sink.append(own)),
        }
    }
}

/// What the rules that lay languages side by side find, one after the other. They ask nothing about
/// what others found, so that they can run on several threads.
fn compare_languages(report: &Report, rules: &[&Rule]) -> Vec<Sink> {
    let check = |rule: &&Rule| match rule.check {
        Check::Languages(check) => Some(check),
        Check::Reading | Check::Report(_) => None,
    };
    let checks: Vec<fn(&Pairs<'_>, &mut Sink)> = rules.iter().filter_map(check).collect();
    if checks.is_empty() {
        return Vec::new();
    }
    let pairs = Pairs::of(report);
    let run = |at: usize| {
        let mut sink = Sink::default();
        checks.get(at).into_iter().for_each(|check| check(&pairs, &mut sink));
        sink
    };
    match pairs.are_many() {
        true => spread(checks.len(), run),
        false => (0..checks.len()).map(run).collect(),
    }
}
