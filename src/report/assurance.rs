//! What engagements and conclusions say about figures.

use std::collections::BTreeMap;

use crate::content::{AssuranceLevel, Conclusion, ConclusionResult, Content, Subject};
use crate::diag::{Diagnostic, say};
use crate::formula::Signatures;
use crate::source::Spanned;

use crate::report::Report;
use crate::report::resolve::References;

/// Gives metrics the levels that the scope of an engagement and satisfactory conclusions give them.
/// A level that the metric itself declares stays; rules compare the two.
pub fn join_assurance(content: &mut Content) {
    let reported =
        content.head.years.first().copied().unwrap_or(content.head.period.end.value.year);
    let mut levels: BTreeMap<(String, u16), AssuranceLevel> = BTreeMap::new();
    for engagement in &content.head.engagements {
        for (level, metric) in &engagement.scope {
            for year in engagement.years(reported) {
                levels.entry((metric.value.clone(), year)).or_insert(*level);
            }
        }
    }
    for conclusion in &content.conclusions {
        let Subject::Figure(path) = &conclusion.subject else { continue };
        let given = conclusion.result == ConclusionResult::Satisfactory
            && conclusion.level != AssuranceLevel::None
            && path.members.is_empty();
        if given {
            let year = path.year.unwrap_or(reported);
            levels.entry((path.metric.clone(), year)).or_insert(conclusion.level);
        }
    }
    for metric in &mut content.metrics {
        let id = &metric.id.value;
        for ((_, year), level) in levels.range((id.clone(), u16::MIN)..=(id.clone(), u16::MAX)) {
            metric.assurance.entry(*year).or_insert(*level);
        }
    }
}

impl References<'_> {
    /// Metrics in scope, and items that were concluded on.
    pub fn assurance(&mut self) {
        let report = self.report;
        for engagement in &report.content.head.engagements {
            for (_, metric) in &engagement.scope {
                self.metric(metric);
            }
        }
        for conclusion in &report.content.conclusions {
            self.conclusion(conclusion);
        }
    }

    fn conclusion(&mut self, conclusion: &Conclusion) {
        let report = self.report;
        let item = &conclusion.item;
        match &conclusion.subject {
            Subject::Figure(path) => {
                if self.metric(&Spanned::new(path.metric.clone(), item.span)).is_some()
                    && let Err(message) = report.unit(path)
                {
                    self.sink.push(Diagnostic::error("unknown-reference", item.span, message));
                }
            }
            Subject::Evidence(id) => {
                self.evidence(&[Spanned::new(id.clone(), item.span)]);
            }
            Subject::Disclosure(edition, code) => {
                let catalog = report.catalogs.get(edition);
                if catalog.is_none_or(|c| !c.items.iter().any(|i| i.code.value == *code)) {
                    let message =
                        say!("the report answers no `{code}` of `{edition}`", code, edition);
                    self.sink.push(Diagnostic::error("unknown-reference", item.span, message));
                }
            }
        }
    }
}

impl Report {
    /// What was concluded last on the total of a metric in a year.
    pub fn conclusion(&self, metric: &str, year: u16) -> Option<&Conclusion> {
        self.conclusions_on(metric)
            .rfind(|(path_year, members, _)| {
                path_year.unwrap_or_else(|| self.year()) == year && !members
            })
            .map(|(.., conclusion)| conclusion)
    }

    /// Conclusions on figures of a metric, earlier ones first, with the year and whether they are on
    /// a member of a breakdown alone.
    fn conclusions_on(&self, metric: &str) -> std::vec::IntoIter<(Option<u16>, bool, &Conclusion)> {
        let all =
            self.content.conclusions.iter().filter_map(|conclusion| match &conclusion.subject {
                Subject::Figure(path) if path.metric == metric => {
                    Some((path.year, !path.members.is_empty(), conclusion))
                }
                _ => None,
            });
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(.., conclusion)| conclusion.on.as_ref().map(|day| day.value));
        all.into_iter()
    }
}
