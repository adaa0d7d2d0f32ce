//! Chapters, sections, and what opens a chapter.

use crate::content::{HeadlineFigure, OutlineEntry, Shown};
use crate::formula::{ExprKind, Path};
use crate::quantity::{Decimal, Grouping, group, rounded};

use crate::view::Context;
use crate::view::model::{Headline, Part, Section};

/// Number of accents that chapters take in turn.
const ACCENTS: usize = 4;

/// Builds the parts of the outline.
pub(super) fn build(cx: &Context<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chapter_number = 0;
    for entry in &cx.report.content.head.outline {
        match entry {
            OutlineEntry::Section(id) => {
                let section = cx.section(&id.value, String::new());
                parts.push(Part {
                    chapter: false,
                    number: String::new(),
                    id: id.value.clone(),
                    title: section.title.clone(),
                    accent: "front".to_owned(),
                    summary: Vec::new(),
                    headline: Vec::new(),
                    sections: vec![section],
                });
            }
            OutlineEntry::Chapter { id, title, summary, headline, sections } => {
                chapter_number += 1;
                let numbered = sections.iter().enumerate();
                let sections = numbered.map(|(at, section)| {
                    cx.section(&section.value, format!("{chapter_number}.{}", at + 1))
                });
                let sections = sections.collect();
                let summary = summary.get(cx.lang).map(|words| cx.inlines(words, &[]));
                parts.push(Part {
                    chapter: true,
                    number: chapter_number.to_string(),
                    id: id.value.clone(),
                    title: cx.text(title),
                    accent: ((chapter_number - 1) % ACCENTS + 1).to_string(),
                    summary: summary.unwrap_or_default(),
                    headline: headline.iter().filter_map(|item| cx.headline(item)).collect(),
                    sections,
                });
            }
        }
    }
    parts
}

impl Context<'_> {
    fn section(&self, id: &str, number: String) -> Section {
        let written = self.report.section(id, self.lang);
        let title = written.and_then(|section| section.title.as_ref());
        let title = title.map(|title| self.plain(&title.value));
        let blocks = written.map(|section| self.blocks(id, &section.blocks, &section.footnotes));
        Section {
            id: id.to_owned(),
            number,
            title: title.unwrap_or_else(|| id.to_owned()),
            blocks: blocks.unwrap_or_default(),
        }
    }

    /// A large figure whose label is its own, or that of its metric.
    fn headline(&self, item: &HeadlineFigure) -> Option<Headline> {
        let insert = item.figure.get(self.lang)?;
        let (printed, fact) = self.insert(insert)?;
        let path = insert.expr.paths().into_iter().next()?;
        let path = path.in_year(self.report.year());
        let change = match &insert.expr.kind {
            ExprKind::Path(_) => self.change(&path),
            _ => None,
        };
        Some(Headline {
            label: self.optional(item.label.as_ref()).unwrap_or_else(|| self.label(&path)),
            qualifier: printed.before,
            value: printed.value,
            unit: printed.after.trim_start_matches('\u{a0}').to_owned(),
            change,
            fact,
        })
    }

    /// Change of a figure against the year before, in percent.
    fn change(&self, path: &Path) -> Option<String> {
        let year = path.year?;
        let before = Path { year: Some(year - 1), ..path.clone() };
        let then = self.report.datum(&before)?.figure()?;
        let now = self.report.datum(path)?.figure()?;
        let unit = &self.report.metric(&path.metric)?.unit.value;
        // Changes of shares are told in percentage points, which is another measure.
        if !unit.additive || then.value.is_zero() {
            return None;
        }
        let ratio = now.value.checked_div(then.value)?.checked_sub(Decimal::ONE)?;
        let percent = rounded(ratio.checked_mul(Decimal::ONE_HUNDRED)?, 1);
        let sign = if percent.is_sign_positive() && !percent.is_zero() { "+" } else { "" };
        let digits = group(percent, Grouping::Thousands);
        let words = self.word("change_against").replace("{year}", &(year - 1).to_string());
        Some(words.replace("{n}", &format!("{sign}{digits}%")))
    }

    /// A large figure with a label of its own.
    pub(super) fn callout(&self, figure: &crate::content::CalloutFigure) -> Option<Headline> {
        let (printed, fact) = self.insert(&figure.value)?;
        let bare = figure.value.shown == Shown::Bare;
        let unit = if bare { String::new() } else { printed.after };
        Some(Headline {
            label: self.plain(&figure.label),
            qualifier: printed.before,
            value: printed.value,
            unit: unit.trim_start_matches('\u{a0}').to_owned(),
            change: None,
            fact,
        })
    }
}
