//! What was assured, by whom, at which level.

use crate::content::AssuranceLevel;
use crate::content::Engagement;
use crate::locale::Date;

use crate::view::Context;
use crate::view::model::{Assurance, AssuranceLevel as LevelView, AssuredMetric, Note};
use crate::view::table::sign_of;

impl Context<'_> {
    /// The engagements and the scope list, which follows from the metrics.
    pub(super) fn assurance(&self) -> Assurance {
        let engagements = self.report.content.head.engagements.iter().map(|engagement| {
            let rows = [
                ("provider", Some(self.text(&engagement.provider))),
                ("standard", engagement.standard.as_ref().map(|standard| standard.value.clone())),
                ("type", self.optional(engagement.kind.as_ref())),
                ("date", engagement.date.as_ref().map(|date| date.value.written(self.lang))),
                (
                    "assured_period",
                    engagement
                        .period
                        .as_ref()
                        .map(|(start, end)| self.span(start.value, end.value)),
                ),
                ("criteria", self.criteria(engagement)),
                ("scope_note", self.optional(engagement.scope_note.as_ref())),
            ];
            let rows = rows
                .into_iter()
                .filter_map(|(key, text)| Some(Note { mark: self.word(key), text: text? }));
            rows.collect()
        });
        let engagements = engagements.collect();
        let levels = [AssuranceLevel::Reasonable, AssuranceLevel::Limited];
        let levels = levels.into_iter().map(|level| self.level(level));
        let levels = levels.filter(|level| !level.metrics.is_empty()).collect();
        Assurance { engagements, levels }
    }

    /// A period in words.
    fn span(&self, start: Date, end: Date) -> String {
        let joiner = if self.lang.is_chinese() { "至" } else { " to " };
        format!("{}{joiner}{}", start.written(self.lang), end.written(self.lang))
    }

    /// What the figures were judged by: an edition by its title, anything else as it is written.
    fn criteria(&self, engagement: &Engagement) -> Option<String> {
        let names = engagement.criteria.iter().map(|criterion| {
            let catalog = self.report.catalogs.get(&criterion.value);
            let title = catalog.and_then(|catalog| catalog.title.get(self.lang));
            title.unwrap_or(&criterion.value).clone()
        });
        let names: Vec<String> = names.collect();
        (!names.is_empty()).then(|| names.join(&self.word("semicolon")))
    }

    fn level(&self, level: AssuranceLevel) -> LevelView {
        let mut metrics = Vec::new();
        for metric in &self.report.content.metrics {
            let years: Vec<String> = metric
                .assurance
                .iter()
                .filter(|(_, other)| **other == level)
                .map(|(year, _)| year.to_string())
                .collect();
            if years.is_empty() {
                continue;
            }
            metrics.push(AssuredMetric {
                label: self.text(&metric.label),
                unit: self.report.content.units.symbol(&metric.unit.value, self.lang),
                scope: years.join(&self.word("comma")),
            });
        }
        LevelView {
            sign: sign_of(level).to_owned(),
            text: self.word(&format!("assurance_{}", level.word())),
            metrics,
        }
    }
}
