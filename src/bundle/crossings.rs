//! What belongs to each metric, found in one pass over the report: how it is derived, what is derived
//! from it, which clauses it answers, and what was found about it.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::formula::Step;
use crate::lint::Judged;
use crate::report::{Derivation, Report};

/// What belongs to each metric, by its id.
#[derive(Default)]
pub struct Crossings<'a> {
    derived: BTreeMap<&'a str, Vec<&'a Derivation>>,
    users: BTreeMap<&'a str, Vec<&'a str>>,
    clauses: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
    findings: BTreeMap<&'a str, Vec<Found<'a>>>,
}

/// A finding, with why it is accepted if it is.
pub type Found<'a> = (&'a Diagnostic, Option<&'a str>);

impl<'a> Crossings<'a> {
    /// Reads a report, its derivations and its findings.
    pub fn new(report: &'a Report, judged: &'a Judged, derivations: &'a [Derivation]) -> Self {
        let mut found = Self::default();
        for derivation in derivations {
            let user = derivation.path.metric.as_str();
            found.derived.entry(user).or_default().push(derivation);
            found.read(&derivation.step, user);
        }
        for file in &report.content.disclosures {
            for answer in &file.answers {
                let clause = (file.framework.value.as_str(), answer.code.value.as_str());
                for fact in &answer.facts {
                    found.clauses.entry(&fact.value).or_default().push(clause);
                }
            }
        }
        let open = judged.findings.iter().map(|finding| (finding, None));
        let accepted = judged.suppressed.iter();
        for one in open.chain(accepted.map(|s| (&s.finding, Some(s.reason.as_str())))) {
            // A subject is a metric, maybe with members and a year, or something else.
            let about =
                one.0.subject.as_deref().and_then(|subject| subject.split(['@', '[']).next());
            if let Some(id) = about {
                found.findings.entry(id).or_default().push(one);
            }
        }
        found
    }

    /// Notes that a metric reads what a step reads.
    fn read(&mut self, step: &'a Step, user: &'a str) {
        if let Some(path) = step.path.as_ref().filter(|path| path.metric != user) {
            let users = self.users.entry(&path.metric).or_default();
            if users.last() != Some(&user) {
                users.push(user);
            }
        }
        step.inputs.iter().for_each(|input| self.read(input, user));
    }

    /// How the figures of a metric follow from others.
    pub fn derived(&self, id: &str) -> &[&'a Derivation] {
        self.derived.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Metrics with a figure that follows from one of this metric.
    pub fn users(&self, id: &str) -> &[&'a str] {
        self.users.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Editions and codes that a metric answers.
    pub fn clauses(&self, id: &str) -> &[(&'a str, &'a str)] {
        self.clauses.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// What was found about a metric, accepted findings last.
    pub fn findings(&self, id: &str) -> &[Found<'a>] {
        self.findings.get(id).map(Vec::as_slice).unwrap_or_default()
    }
}
