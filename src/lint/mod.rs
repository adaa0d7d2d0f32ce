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
use crate::spread::{beside_if, spread_if};

/// Runs the rules of a tier and the tiers below it. They ask nothing about what other rules found, so
/// that they can run on several threads; findings are put in order later.
pub fn run(report: &Report, tier: Tier, sink: &mut Sink) {
    let chosen = registry::RULES.iter().filter(|rule| rule.tier <= tier);
    let checks: Vec<Check> = chosen.map(|rule| rule.check).collect();
    let found = Run { report, checks, many: report.is_large(), empty: sink.beside() }.all();
    found.into_iter().for_each(|own| sink.append(own));
}

/// Rules that run side by side, each with a list of findings of its own.
struct Run<'r> {
    report: &'r Report,
    checks: Vec<Check>,
    /// Whether several threads are worth their while.
    many: bool,
    empty: Sink,
}

impl Run<'_> {
    /// All rules. Laying the languages beside each other takes as long as all rules that do not need it.
    fn all(&self) -> Vec<Sink> {
        let compares = self.checks.iter().any(|check| matches!(check, Check::Languages(_)));
        let pairs = || compares.then(|| Pairs::of(self.report));
        let (pairs, mut found) = beside_if(self.many, pairs, || self.alone());
        if let Some(pairs) = &pairs {
            found.extend(self.each(|check, own| match check {
                Check::Languages(check) => check(pairs, own),
                Check::Reading | Check::Report(_) | Check::Texts(_) => {}
            }));
        }
        found
    }

    /// The rules that compare no languages.
    fn alone(&self) -> Vec<Sink> {
        let reads = self.checks.iter().any(|check| matches!(check, Check::Texts(_)));
        let texts = reads.then(|| Texts::of(self.report));
        self.each(|check, own| match check {
            Check::Report(check) => check(self.report, own),
            Check::Texts(check) => texts.iter().for_each(|texts| check(texts, own)),
            Check::Reading | Check::Languages(_) => {}
        })
    }

    fn each(&self, run: impl Fn(Check, &mut Sink) + Sync) -> Vec<Sink> {
        spread_if(self.many, self.checks.len(), |at| {
            let mut own = self.empty.beside();
            self.checks.get(at).into_iter().for_each(|check| run(*check, &mut own));
            own
        })
    }
}
