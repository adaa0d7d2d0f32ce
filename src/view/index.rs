//! Indexes of frameworks.

use crate::content::{Answer, Elsewhere, IndexBlock, Outcome, PlaceRef, Text};
use crate::framework::{Asked, Catalog, Item, ItemKind, Level};
use crate::report::{AnchorKind, Verdict, anchor_name, anchor_of};

use crate::view::Context;
use crate::view::facts::anchor_text;
use crate::view::model::{Index, IndexGroup, IndexRow, Inline, Note, Place};
use crate::view::table::sign_of;

impl Context<'_> {
    /// The index of a framework: every disclosure it has, and every other item that is answered.
    pub(super) fn index(&self, section: &str, block: &IndexBlock) -> Option<Index> {
        let catalog = self.report.catalogs.get(&block.framework.value)?;
        let anchor = anchor_name(section, &format!("index-{}", anchor_text(&catalog.name)));
        let verdict = self.report.verdict(&catalog.name)?;
        let mut groups: Vec<IndexGroup> = Vec::new();
        let mut used: Vec<(&'static str, &'static str)> = Vec::new();
        for judgement in &verdict.items {
            let (item, answer) = (judgement.item, judgement.answer);
            let asked = judgement.ruling.asked == Asked::Yes;
            let level = judgement.ruling.level.filter(|_| asked || answer.is_some());
            if !is_listed(item, answer, level) || !in_parts(catalog, item, block) {
                continue;
            }
            let row = self.index_row(&anchor, item, answer, level);
            let sign = outcome_sign(answer.map(|answer| &answer.outcome));
            if !used.contains(&sign) {
                used.push(sign);
            }
            let label = self.group_label(catalog, item);
            match groups.last_mut() {
                Some(group) if group.label == label => group.rows.push(row),
                _ => groups.push(IndexGroup { label, rows: vec![row] }),
            }
        }
        let legend = used.into_iter().map(|(outcome, sign)| Note {
            mark: sign.to_owned(),
            text: self.word(&format!("outcome_{outcome}")),
        });
        let title = catalog.title.get(self.lang).cloned().unwrap_or_else(|| catalog.name.clone());
        let notes = self.index_notes(&verdict);
        Some(Index { id: anchor, title, notes, groups, legend: legend.collect() })
    }

    /// What the report claims of the framework, and that it does so before the edition binds it.
    fn index_notes(&self, verdict: &Verdict<'_>) -> Vec<String> {
        let claim = verdict.claim.and_then(|claim| claim.claim.as_ref());
        let claimed = claim.map(|claim| {
            let key = format!("claim_{}", claim.value);
            // A project's own framework may have claims of its own.
            match self.words.all().contains_key(&key) {
                true => self.word(&key),
                false => self.word("claim_other").replace("{claim}", &claim.value),
            }
        });
        let mut notes = vec![claimed.unwrap_or_else(|| self.word("unclaimed"))];
        let name = &verdict.catalog.name;
        if let Some((earlier, from)) =
            self.report.earlier.get(name).zip(verdict.catalog.effective.from)
        {
            let title = earlier.catalog.title.get(self.lang);
            let title = title.unwrap_or(&earlier.catalog.name);
            let words = self.word("adopted_early").replace("{date}", &from.written(self.lang));
            notes.push(words.replace("{edition}", title));
        }
        notes
    }

    fn group_label(&self, catalog: &Catalog, item: &Item) -> String {
        let ancestors = catalog.ancestors(item);
        let container = ancestors.iter().rev().find(|parent| parent.kind == ItemKind::Container);
        let title = container.and_then(|parent| parent.title.get(self.lang));
        title.cloned().unwrap_or_default()
    }

    fn index_row(
        &self,
        anchor: &str,
        item: &Item,
        answer: Option<&Answer>,
        level: Option<Level>,
    ) -> IndexRow {
        let (outcome, sign) = outcome_sign(answer.map(|answer| &answer.outcome));
        let title = item.title.get(self.lang).cloned().unwrap_or_default();
        IndexRow {
            id: format!("{anchor}.{}", anchor_text(&item.code.value)),
            code: item.printed().to_owned(),
            title,
            level: level
                .map(|level| self.word(&format!("level_{}", level.word())))
                .unwrap_or_default(),
            outcome: outcome.to_owned(),
            sign: sign.to_owned(),
            outcome_text: self.word(&format!("outcome_{outcome}")),
            places: answer.map(|answer| self.places(answer)).unwrap_or_default(),
            reason: answer.map(|answer| self.reason(answer)).unwrap_or_default(),
            assurance: answer.map(|answer| self.row_assurance(answer)).unwrap_or_default(),
        }
    }

    fn places(&self, answer: &Answer) -> Vec<Place> {
        let (Outcome::Reported(places) | Outcome::Partly { places, .. }) = &answer.outcome else {
            return Vec::new();
        };
        let found = places
            .iter()
            .map(|place| Place { text: self.place_name(place), target: anchor_of(place) });
        found.collect()
    }

    /// Title of the section, and of the heading or table inside it.
    pub(super) fn place_name(&self, place: &PlaceRef) -> String {
        let section = self.report.section(&place.section, self.lang);
        let title = section.and_then(|s| s.title.as_ref()).map(|title| self.plain(&title.value));
        let title = title.unwrap_or_else(|| place.section.clone());
        let Some(inner) = &place.inner else { return title };
        // A heading may have the id of a table that stands in another section.
        let anchor = self.report.places.get(&anchor_of(place));
        let table = anchor.filter(|anchor| anchor.kind == AnchorKind::Table);
        if let Some(table) = table.and_then(|_| self.report.table(inner)) {
            return self.text(&table.title);
        }
        let heading = section.and_then(|section| {
            section.blocks.iter().find_map(|block| match &block.kind {
                crate::content::BlockKind::Heading { id: Some(id), content, .. }
                    if id.value == *inner =>
                {
                    Some(self.plain(content))
                }
                _ => None,
            })
        });
        match heading {
            Some(heading) => format!("{title}{}{heading}", self.word("colon")),
            None => title,
        }
    }

    /// Reason, explanation, or the other document, in words.
    fn reason(&self, answer: &Answer) -> Vec<Inline> {
        let labelled = |key: &str, text: &Text| {
            format!("{}{}{}", self.word(key), self.word("colon"), self.text(text))
        };
        let mut parts: Vec<String> = Vec::new();
        match &answer.outcome {
            Outcome::Reported(_) => {}
            Outcome::Partly { missing, reason, explanation, .. } => {
                parts.extend(missing.as_ref().map(|text| labelled("missing_part", text)));
                let reason = reason.as_ref().map(|reason| format!("omission_{}", reason.value));
                parts.extend(reason.map(|key| self.word(&key)));
                parts.extend(explanation.as_ref().map(|text| self.text(text)));
            }
            Outcome::Explained { reason, steps, until } => {
                parts.push(self.text(reason));
                parts.extend(steps.as_ref().map(|steps| labelled("steps", steps)));
                parts.extend(until.as_ref().map(|until| {
                    format!(
                        "{}{}{}",
                        self.word("expected"),
                        self.word("colon"),
                        until.value.written(self.lang)
                    )
                }));
            }
            Outcome::Negative(text) | Outcome::NotApplicable(text) => parts.push(self.text(text)),
            Outcome::Relief { name, substitute } => {
                parts.push(name.value.clone());
                parts.extend(substitute.as_ref().map(|text| labelled("substitute", text)));
            }
            Outcome::Omitted { reason, explanation } => {
                parts.push(self.word(&format!("omission_{}", reason.value)));
                parts.extend(explanation.as_ref().map(|text| self.text(text)));
            }
            Outcome::Elsewhere(other) => parts.push(self.elsewhere(other)),
            Outcome::NotReported(sign) => parts.push(sign.clone()),
        }
        if let Some(also) = &answer.also {
            parts.push(format!(
                "{}{}{}",
                self.word("also"),
                self.word("colon"),
                self.elsewhere(also)
            ));
        }
        if parts.is_empty() {
            return Vec::new();
        }
        let last = parts.len() - 1;
        let ends = ['。', '.', '；', ';'];
        let trimmed = parts
            .iter()
            .enumerate()
            .map(|(at, part)| if at < last { part.trim_end_matches(ends) } else { part.as_str() });
        let text = trimmed.collect::<Vec<_>>().join(&self.word("semicolon"));
        vec![Inline::Text { text }]
    }

    fn elsewhere(&self, other: &Elsewhere) -> String {
        let (document, locator) = (self.text(&other.document), self.text(&other.locator));
        match locator.as_str() {
            "" => document,
            locator => format!("{document}{}{locator}", self.word("list_comma")),
        }
    }

    /// The sign of the lowest level that all metrics of an answer have.
    fn row_assurance(&self, answer: &Answer) -> String {
        let year = self.report.year();
        let metrics = answer.facts.iter().filter_map(|fact| self.report.metric(&fact.value));
        let levels = metrics.map(|metric| {
            metric.assurance.get(&year).copied().unwrap_or(crate::content::AssuranceLevel::None)
        });
        levels.min().map(|level| sign_of(level).to_owned()).unwrap_or_default()
    }
}

/// Disclosures are listed, and whatever else is answered. Voluntary ones are listed only if they
/// are answered.
fn is_listed(item: &Item, answer: Option<&Answer>, level: Option<Level>) -> bool {
    let voluntary = matches!(level, Some(Level::Optional | Level::Recommended) | None);
    answer.is_some() || (item.kind.is_indexed() && !voluntary)
}

fn in_parts(catalog: &Catalog, item: &Item, block: &IndexBlock) -> bool {
    let ancestors = catalog.ancestors(item);
    let is_in =
        |code: &str| item.code.value == code || ancestors.iter().any(|a| a.code.value == code);
    block.parts.is_empty() || block.parts.iter().any(|part| is_in(&part.value))
}

/// Key and sign of an outcome.
fn outcome_sign(outcome: Option<&Outcome>) -> (&'static str, &'static str) {
    match outcome {
        None => ("unanswered", "×"),
        Some(Outcome::Reported(_)) => ("reported", "✓"),
        Some(Outcome::Partly { .. }) => ("partly", "△"),
        Some(Outcome::Explained { .. }) => ("explained", "○"),
        Some(Outcome::Negative(_)) => ("negative", "◇"),
        Some(Outcome::Relief { .. }) => ("relief", "▽"),
        Some(Outcome::Omitted { .. }) => ("omitted", "□"),
        Some(Outcome::NotApplicable(_)) => ("not-applicable", "–"),
        Some(Outcome::Elsewhere(_)) => ("elsewhere", "→"),
        Some(Outcome::NotReported(_)) => ("not-reported", "×"),
    }
}
