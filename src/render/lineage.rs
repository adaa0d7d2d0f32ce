//! The list of all figures as HTML shows it. What all years of a metric share is said once, and
//! evidence is numbered and named in a list of its own: most figures come from a few documents.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::view::{Fact, View};

/// Figures in the order of their names, and the evidence that they name by number.
#[derive(Debug, Serialize)]
pub struct Lineage<'a> {
    series: Vec<Series<'a>>,
    sources: Vec<&'a str>,
}

/// The years of one metric, or a figure that is computed in the text.
#[derive(Debug, Serialize)]
struct Series<'a> {
    label: &'a str,
    name: &'a str,
    facts: Vec<Entry<'a>>,
    /// What all of them have in common.
    shared: Origin<'a>,
}

/// One figure.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    fact: &'a Fact,
    /// What only this one has.
    own: Origin<'a>,
}

/// Where a figure comes from; empty where nothing is said.
#[derive(Debug, Default, Serialize)]
struct Origin<'a> {
    note: &'a str,
    assurance: &'a str,
    /// Numbers of entries of the list of evidence, counted from 1.
    evidence: Vec<usize>,
    clauses: &'a [String],
}

impl<'a> Lineage<'a> {
    /// The figures of a view.
    pub fn of(view: &'a View) -> Self {
        let mut sources = Sources::default();
        let mut series: Vec<Series<'a>> = Vec::new();
        let facts = view.facts.as_slice();
        for group in facts.chunk_by(|one, other| name_of(one) == name_of(other)) {
            series.extend(Series::of(group, &mut sources));
        }
        Self { series, sources: sources.list }
    }
}

impl<'a> Series<'a> {
    fn of(facts: &'a [Fact], sources: &mut Sources<'a>) -> Option<Self> {
        let first = facts.first()?;
        let all = |same: fn(&Fact, &Fact) -> bool| facts.iter().all(|fact| same(first, fact));
        let common = [
            all(|a, b| a.note == b.note),
            all(|a, b| a.assurance == b.assurance),
            all(|a, b| a.evidence == b.evidence),
            all(|a, b| a.clauses == b.clauses),
        ];
        let entries = facts.iter().map(|fact| Entry {
            fact,
            own: Origin::of(fact, common.map(|shared| !shared), sources),
        });
        let facts = entries.collect();
        let shared = Origin::of(first, common, sources);
        Some(Self { label: &first.label, name: name_of(first), facts, shared })
    }
}

impl<'a> Origin<'a> {
    /// Of note, assurance, evidence and clauses those that are wanted.
    fn of(fact: &'a Fact, wanted: [bool; 4], sources: &mut Sources<'a>) -> Self {
        let [note, assurance, evidence, clauses] = wanted;
        let mut origin = Self::default();
        if note {
            origin.note = &fact.note;
        }
        if assurance {
            origin.assurance = &fact.assurance;
        }
        if evidence {
            origin.evidence = fact.evidence.iter().map(|item| sources.number(item)).collect();
        }
        if clauses {
            origin.clauses = &fact.clauses;
        }
        origin
    }
}

/// Years of one metric stand together; a figure computed in the text is its own formula and stands
/// alone.
fn name_of(fact: &Fact) -> &str {
    match fact.key == fact.formula {
        true => &fact.key,
        false => fact.key.split_once('@').map_or(&*fact.key, |(name, _)| name),
    }
}

/// Evidence in the order in which it is first named.
#[derive(Default)]
struct Sources<'a> {
    list: Vec<&'a str>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Sources<'a> {
    fn number(&mut self, item: &'a str) -> usize {
        let next = self.list.len() + 1;
        let number = *self.numbers.entry(item).or_insert(next);
        if number == next {
            self.list.push(item);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(key: &str, assurance: &str, evidence: &[&str]) -> Fact {
        Fact {
            key: key.to_owned(),
            anchor: format!("fact-{key}"),
            label: "Energy used".to_owned(),
            year: String::new(),
            value: String::new(),
            formula: String::new(),
            computed: String::new(),
            inputs: Vec::new(),
            assurance: assurance.to_owned(),
            evidence: evidence.iter().map(|item| (*item).to_owned()).collect(),
            clauses: Vec::new(),
            note: String::new(),
        }
    }

    #[test]
    fn what_all_years_share_is_said_once() {
        let facts = [
            fact("energy@2023", "", &["bill", "meter"]),
            fact("energy@2024", "limited", &["bill", "meter"]),
        ];
        let mut sources = Sources::default();
        sources.number("meter");
        let series = Series::of(&facts, &mut sources).expect("a series");
        assert_eq!((series.name, series.shared.assurance), ("energy", ""));
        assert_eq!(series.shared.evidence, [2, 1]);
        let own: Vec<&str> = series.facts.iter().map(|entry| entry.own.assurance).collect();
        assert_eq!(own, ["", "limited"]);
        assert!(series.facts.iter().all(|entry| entry.own.evidence.is_empty()));
        assert_eq!(sources.list, ["meter", "bill"]);
    }
}
