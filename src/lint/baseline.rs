//! Findings that were there before a project began to be checked at every change.
//!
//! **Invariant:** a baseline never grows by itself: what it does not record is counted.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Severity};
use crate::lint::fingerprint::fingerprint;
use crate::lint::registry;
use crate::lint::rule::Tier;
use crate::lint::suppress::Judged;
use crate::source::Sources;

/// A finding that a baseline records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recorded {
    /// File, relative to the project.
    pub file: String,
    /// Rule.
    pub rule: String,
    /// Severity, as a word.
    pub severity: String,
    /// What the finding is about.
    pub subject: String,
    /// What it said when it was recorded, in English, for those who read the baseline.
    pub message: String,
    /// Identity.
    pub fingerprint: String,
}

impl Recorded {
    /// A finding as a baseline records it.
    pub fn new(found: &Diagnostic, sources: &Sources) -> Self {
        Self {
            file: sources.path(found.primary.span).to_owned(),
            rule: found.rule.to_owned(),
            severity: found.severity.word().to_owned(),
            subject: found.subject.clone().unwrap_or_default(),
            message: found.message.to_string(),
            fingerprint: fingerprint(found, sources),
        }
    }
}

/// Everything that stands, as a baseline records it, sorted.
pub fn record(judged: &Judged, sources: &Sources) -> Vec<Recorded> {
    let found = judged.findings.iter().chain(&judged.recorded);
    let mut all: Vec<Recorded> = found.map(|found| Recorded::new(found, sources)).collect();
    all.sort();
    all
}

/// What a baseline says of a project after its findings were compared with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Entries whose finding is still there, or whose rule has not run.
    pub kept: Vec<Recorded>,
    /// Entries whose finding is gone.
    pub gone: Vec<Recorded>,
}

/// Takes the findings that a baseline records out of those that count, each entry for one finding.
pub fn compare(
    judged: &mut Judged,
    sources: &Sources,
    baseline: &[Recorded],
    tier: Tier,
) -> Comparison {
    let mut open: BTreeMap<&str, Vec<&Recorded>> = BTreeMap::new();
    for entry in baseline.iter().rev() {
        open.entry(&entry.fingerprint).or_default().push(entry);
    }
    let mut comparison = Comparison::default();
    for found in std::mem::take(&mut judged.findings) {
        let entries = open.get_mut(fingerprint(&found, sources).as_str());
        match entries.and_then(Vec::pop) {
            Some(entry) => {
                comparison.kept.push(entry.clone());
                judged.recorded.push(found);
            }
            None => judged.findings.push(found),
        }
    }
    for entry in open.into_values().flatten() {
        let ran = registry::find(&entry.rule).is_none_or(|rule| rule.tier <= tier);
        let list = if ran { &mut comparison.gone } else { &mut comparison.kept };
        list.push(entry.clone());
    }
    comparison.kept.sort();
    comparison.gone.sort();
    comparison
}

impl Judged {
    /// Whether anything that counts is at least as bad as a severity.
    pub fn fails(&self, least: Severity) -> bool {
        self.findings.iter().any(|found| found.severity <= least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::say;
    use crate::source::Span;

    fn judged(text: &str, sources: &mut Sources) -> Judged {
        let id = sources.add("a.md", text);
        let places = text.match_indices("12");
        let found = places.map(|(at, word)| {
            let message = say!("the numeral {word} is bound to no fact", word);
            Diagnostic::warning("unbound-numeral", Span::new(id, at, at + 2), message)
        });
        Judged { findings: found.collect(), ..Judged::default() }
    }

    #[test]
    fn an_entry_stands_for_one_finding() {
        let mut sources = Sources::default();
        let baseline = record(&judged("12 sites\n", &mut sources), &sources);
        let mut two = judged("12 sites\n12 sites\n", &mut sources);
        let comparison = compare(&mut two, &sources, &baseline, Tier::Default);
        assert_eq!((two.findings.len(), two.recorded.len()), (1, 1));
        assert_eq!((comparison.kept, comparison.gone), (baseline, Vec::new()));
    }

    #[test]
    fn what_is_gone_is_told_and_what_is_new_counts() {
        let mut sources = Sources::default();
        let baseline = record(&judged("12 sites\n", &mut sources), &sources);
        let mut other = judged("12 factories\n", &mut sources);
        let comparison = compare(&mut other, &sources, &baseline, Tier::Default);
        assert_eq!((other.findings.len(), other.recorded.len()), (1, 0));
        assert_eq!((comparison.kept, comparison.gone), (Vec::new(), baseline));
    }

    #[test]
    fn a_rule_that_has_not_run_takes_nothing_out() {
        let strict = registry::RULES.iter().find(|rule| rule.tier == Tier::Strict);
        let entry = Recorded {
            file: "a.md".into(),
            rule: strict.expect("a strict rule").name.to_owned(),
            severity: "note".into(),
            subject: String::new(),
            message: String::new(),
            fingerprint: "0".repeat(32),
        };
        let baseline = [entry];
        let mut none = Judged::default();
        let sources = Sources::default();
        let comparison = compare(&mut none, &sources, &baseline, Tier::Default);
        assert_eq!((comparison.kept.len(), comparison.gone.len()), (1, 0));
        let comparison = compare(&mut none, &sources, &baseline, Tier::Strict);
        assert_eq!((comparison.kept.len(), comparison.gone.len()), (0, 1));
    }
}
