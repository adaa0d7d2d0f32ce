//! Lineage: every figure shown, with where it comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Insert, Reading, Shown};
use crate::formula::{Path, Step};
use crate::quantity::{Grouping, group, rounded};
use crate::report::total_of;

use crate::view::Context;
use crate::view::model::{Fact, FactInput};

/// Longest way from a figure to its inputs that lineage follows.
const DEEPEST: usize = 64;

/// Facts collected while a view is built.
#[derive(Debug, Default)]
pub struct Facts {
    facts: BTreeMap<String, Fact>,
    /// Figures that are being described: their inputs may lead back to them in a draft.
    open: BTreeSet<String>,
    anchors: BTreeSet<String>,
}

impl Facts {
    /// The facts in the order of their keys.
    pub fn finish(self) -> Vec<Fact> {
        self.facts.into_values().collect()
    }

    fn has(&self, key: &str) -> bool {
        self.facts.contains_key(key)
    }

    fn insert(&mut self, mut fact: Fact) {
        let plain = anchor_text(&fact.key);
        let mut anchor = format!("fact_{plain}");
        let mut n = 2;
        while !self.anchors.insert(anchor.clone()) {
            anchor = format!("fact_{plain}-{n}");
            n += 1;
        }
        fact.anchor = anchor;
        self.facts.insert(fact.key.clone(), fact);
    }
}

/// A key as an anchor: letters, digits, dots and hyphens.
pub fn anchor_text(key: &str) -> String {
    let plain = key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' });
    let plain: String = plain.collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

impl Context<'_> {
    /// Records a figure of the project and gives its key; nothing if there is no such figure.
    pub(super) fn fact_of_path(&self, path: &Path) -> Option<String> {
        let key = path.to_string();
        if self.facts.borrow().has(&key) {
            return Some(key);
        }
        {
            let mut facts = self.facts.borrow_mut();
            if facts.open.len() >= DEEPEST || !facts.open.insert(key.clone()) {
                return None;
            }
        }
        let fact = self.describe(path);
        let mut facts = self.facts.borrow_mut();
        facts.open.remove(&key);
        facts.insert(fact?);
        Some(key)
    }

    fn describe(&self, path: &Path) -> Option<Fact> {
        let metric = self.report.metric(&path.metric)?;
        let year = path.year.unwrap_or_else(|| self.report.year());
        let unit = &metric.unit.value;
        let computed =
            self.report.computed.get(&path.metric, year).filter(|_| path.members.is_empty());
        let stated = self.report.datum(path).map(|datum| match &datum.reading {
            Reading::Figure(figure) => self.stated(figure, unit, Shown::WithUnit).text(),
            Reading::Missing(missing) => self.missing(missing).1,
        });
        let result = computed.map(|step| self.result(step, path));
        let level = metric.assurance.get(&year).map_or("none", |level| level.word());
        let inputs = match computed {
            Some(step) => self.inputs(step),
            None => self.terms(path, year),
        };
        Some(Fact {
            key: path.to_string(),
            anchor: String::new(),
            label: self.label(path),
            year: year.to_string(),
            value: stated.or_else(|| result.clone()).unwrap_or_default(),
            formula: computed
                .and(metric.formula.as_ref())
                .map(|f| f.value.to_string())
                .unwrap_or_default(),
            computed: result.unwrap_or_default(),
            inputs,
            assurance: self.word(&format!("assurance_{level}")),
            evidence: self.evidence(&metric.evidence),
            clauses: self.clauses(&path.metric),
            note: self.optional(metric.note.as_ref()).unwrap_or_default(),
        })
    }

    /// Records a figure that is computed in prose and gives its key: the expression itself.
    pub(super) fn fact_of_expression(&self, insert: &Insert, step: &Step, value: &str) -> String {
        let key = insert.expr.to_string();
        if self.facts.borrow().has(&key) {
            return key;
        }
        let inputs = self.inputs(step);
        let fact = Fact {
            key: key.clone(),
            anchor: String::new(),
            label: inputs.iter().map(|input| input.label.as_str()).collect::<Vec<_>>().join(" · "),
            year: self.report.year().to_string(),
            value: value.to_owned(),
            formula: key.clone(),
            computed: format!("{}", step.result.value.normalize()),
            inputs,
            assurance: self.word("assurance_none"),
            evidence: Vec::new(),
            clauses: Vec::new(),
            note: String::new(),
        };
        self.facts.borrow_mut().insert(fact);
        key
    }

    /// The label of a figure: that of its metric, and of its members.
    pub(super) fn label(&self, path: &Path) -> String {
        let Some(metric) = self.report.metric(&path.metric) else { return path.to_string() };
        let label = self.text(&metric.label);
        let members: Vec<String> = path
            .members
            .iter()
            .map(|(dimension, member)| self.member_label(dimension, member))
            .collect();
        if members.is_empty() {
            return label;
        }
        format!("{label}{}{}", self.word("colon"), members.join(&self.word("list_comma")))
    }

    /// The label of a member.
    pub(super) fn member_label(&self, dimension: &str, member: &str) -> String {
        let found = self
            .report
            .dimension(dimension)
            .and_then(|dimension| dimension.members.iter().find(|(id, _)| id.value == member));
        found.map_or_else(|| member.to_owned(), |(_, label)| self.text(label))
    }

    fn result(&self, step: &Step, path: &Path) -> String {
        let Some(metric) = self.report.metric(&path.metric) else { return String::new() };
        let unit = &metric.unit.value;
        let value = step.result.unit.convert(step.result.value, unit).unwrap_or_default();
        let year = path.year.unwrap_or_else(|| self.report.year());
        let stated = metric.values.get(&year).and_then(|datum| datum.figure());
        let decimals = stated.map_or(4, |figure| figure.decimals() + 2);
        let digits = group(rounded(value, decimals), Grouping::Thousands);
        let (before, after) = self.around(unit, value);
        format!("{before}{digits}{after}")
    }

    fn inputs(&self, step: &Step) -> Vec<FactInput> {
        let mut found = Vec::new();
        self.collect_inputs(step, &mut found);
        found
    }

    fn collect_inputs(&self, step: &Step, found: &mut Vec<FactInput>) {
        if let Some(path) = &step.path {
            let (before, after) = self.around(&step.result.unit, step.result.value);
            let digits = group(step.result.value, Grouping::Thousands);
            found.push(FactInput {
                label: format!(
                    "{} {}",
                    self.label(path),
                    path.year.map(|y| y.to_string()).unwrap_or_default()
                )
                .trim()
                .to_owned(),
                value: format!("{before}{digits}{after}"),
                fact: self.fact_of_path(path),
            });
        }
        step.inputs.iter().for_each(|input| self.collect_inputs(input, found));
    }

    /// The parts that a stated figure adds up from.
    fn terms(&self, path: &Path, year: u16) -> Vec<FactInput> {
        let Some(metric) = self.report.metric(&path.metric) else { return Vec::new() };
        if !path.members.is_empty() {
            return Vec::new();
        }
        let terms = metric.parts.iter().filter_map(|part| {
            let part_path = total_of(&part.value, year);
            let part = self.report.metric(&part.value)?;
            let figure = self.report.datum(&part_path)?.figure()?;
            Some(FactInput {
                label: self.text(&part.label),
                value: self.stated(figure, &part.unit.value, Shown::WithUnit).text(),
                fact: self.fact_of_path(&part_path),
            })
        });
        terms.collect()
    }

    fn evidence(&self, ids: &[crate::source::Spanned<String>]) -> Vec<String> {
        let items = ids.iter().filter_map(|id| self.report.evidence(&id.value));
        let described = items.map(|item| {
            let title = self.text(&item.title);
            let places: Vec<String> = item.locator.values().cloned().collect();
            let file = item.file.as_ref().map(|file| file.value.clone());
            let place = file.unwrap_or_else(|| places.join(&self.word("list_comma")));
            if place.is_empty() {
                title
            } else {
                format!("{title}{}{place}", self.word("list_comma"))
            }
        });
        described.collect()
    }

    /// The disclosures that name a metric.
    fn clauses(&self, metric: &str) -> Vec<String> {
        let mut found = Vec::new();
        for file in &self.report.content.disclosures {
            let Some(catalog) = self.report.catalogs.get(&file.framework.value) else { continue };
            let name = catalog.short.get(self.lang).or_else(|| catalog.title.get(self.lang));
            let name = name.map_or(catalog.name.as_str(), String::as_str);
            for answer in &file.answers {
                if answer.facts.iter().any(|fact| fact.value == metric) {
                    found.push(format!("{name} {}", answer.code.value));
                }
            }
        }
        found
    }
}
