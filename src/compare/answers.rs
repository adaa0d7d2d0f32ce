//! Answers to frameworks.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Answer, Outcome};
use crate::report::{Report, anchor_of};

/// An answer that is not the same in both reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerChange {
    /// Edition.
    pub framework: String,
    /// Code.
    pub code: String,
    /// Outcome in the older report; nothing if it gave no answer.
    pub old: Option<String>,
    /// Outcome in the newer report; nothing if it gives no answer.
    pub new: Option<String>,
}

/// Answers that changed. An edition that only one report answers counts as many changes as it has
/// answers: a new edition is answered anew.
pub fn changes(old: &Report, new: &Report) -> Vec<AnswerChange> {
    let (before, now) = (answers(old), answers(new));
    let keys: BTreeSet<&(String, String)> = before.keys().chain(now.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let (old, new) = (before.get(key).cloned(), now.get(key).cloned());
        if old != new {
            let (framework, code) = key.clone();
            found.push(AnswerChange { framework, code, old, new });
        }
    }
    found
}

fn answers(report: &Report) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for file in &report.content.disclosures {
        for answer in &file.answers {
            let key = (file.framework.value.clone(), answer.code.value.clone());
            found.entry(key).or_insert_with(|| described(answer));
        }
    }
    found
}

/// The outcome, with the places of those that have some.
fn described(answer: &Answer) -> String {
    let word = answer.outcome.word();
    match &answer.outcome {
        Outcome::Reported(places) | Outcome::Partly { places, .. } => {
            let places: Vec<String> = places.iter().map(anchor_of).collect();
            format!("{word}: {}", places.join(", "))
        }
        _ => word.to_owned(),
    }
}
