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
pub use self::rules::narrative::texts::Texts;
pub use self::rules::parity::pairs::Pairs;
pub use self::suppress::{Judged, Suppressed, judge};

use crate::diag::Sink;
use crate::report::Report;
use crate::spread::spread_if;

/// Metrics from which on several threads run the rules.
const MANY: usize = 500;

/// Runs the rules of a tier and the tiers below it. They ask nothing about what other rules found, so
/// that they can run on several threads; their findings come in the order of the rules.
pub fn run(report: &Report, tier: Tier, sink: &mut Sink) {
    let chosen = registry::RULES.iter().filter(|rule| rule.tier <= tier);
    let checks: Vec<Check> = chosen.map(|rule| rule.check).collect();
    let compares = checks.iter().any(|check| matches!(check, Check::Languages(_)));
    let pairs = compares.then(|| Pairs::of(report));
    let reads = checks.iter().any(|check| matches!(check, Check::Texts(_)));
    let texts = reads.then(|| Texts::of(report));
    let run = |at: usize| {
        let mut own = sink.beside();
        match checks.get(at) {
            None | Some(Check::Reading) => {}
            Some(Check::Report(check)) => check(report, &mut own),
            Some(Check::Texts(check)) => texts.iter().for_each(|texts| check(texts, &mut own)),
            Some(Check::Languages(check)) => pairs.iter().for_each(|pairs| check(pairs, &mut own)),
        }
        own
    };
    let many = report.content.metrics.len() >= MANY || pairs.as_ref().is_some_and(Pairs::are_many);
    let found = spread_if(many, checks.len(), run);
    found.into_iter().for_each(|own| sink.append(own));
}
