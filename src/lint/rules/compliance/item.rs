//! What compliance findings have in common: the item, its level, and since when it binds.

use crate::diag::Diagnostic;
use crate::framework::Level;
use crate::report::{Judgement, Report, Verdict};

/// Words for an item in messages: code, title, edition.
pub fn named(report: &Report, verdict: &Verdict<'_>, judgement: &Judgement<'_>) -> String {
    let lang = report.content.head.languages.first().copied();
    let title = lang.and_then(|lang| judgement.item.title.get(lang));
    let title = title.map(|title| format!(" ({title})")).unwrap_or_default();
    format!("{}{title} of {}", judgement.item.code.value, verdict.catalog.name)
}

/// Level and day, such as `mandatory since 2025-01-01`.
pub fn bound(judgement: &Judgement<'_>) -> String {
    let level = judgement.ruling.level.map_or("without a level", Level::word).replace('-', " ");
    match judgement.ruling.since {
        Some(since) => format!("{level} since {since}"),
        None => level,
    }
}

/// Whether an item must be answered or its absence explained.
pub fn binds(judgement: &Judgement<'_>) -> bool {
    matches!(judgement.ruling.level, Some(Level::Mandatory | Level::ComplyOrExplain))
}

/// Names the item as what the finding is about, and shows where the catalog asks.
pub fn about(found: Diagnostic, verdict: &Verdict<'_>, judgement: &Judgement<'_>) -> Diagnostic {
    let item = judgement.item;
    let asked = format!("required by {} {}", verdict.catalog.name, item.code.value);
    found
        .subject(format!("{} {}", verdict.catalog.name, item.code.value))
        .related(item.span(), asked)
}
