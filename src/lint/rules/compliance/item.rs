//! What compliance findings have in common: the item, its level, and since when it binds.

use crate::content::Pending;
use crate::diag::{Diagnostic, Phrase, say};
use crate::framework::Level;
use crate::locale::{Lang, Localized};
use crate::report::{Judgement, Report, Verdict};

/// Words for an item in messages: code, title, edition.
pub fn named(report: &Report, verdict: &Verdict<'_>, judgement: &Judgement<'_>) -> Phrase {
    let (code, edition) = (&judgement.item.code.value, &verdict.catalog.name);
    match titled(report, &judgement.item.title) {
        Some(title) => say!("{code} ({title}) of {edition}", code, title, edition),
        None => say!("{code} of {edition}", code, edition),
    }
}

/// A text of a catalog in the report's prevailing language, and in Chinese for those who read it.
pub fn titled(report: &Report, text: &Localized<String>) -> Option<Phrase> {
    let lang = report.content.head.languages.first().copied()?;
    Some(Phrase::both(text.get(lang)?, text.get(Lang::ZhHans)?))
}

/// Level and day, such as `mandatory since 2025-01-01`.
pub fn bound(judgement: &Judgement<'_>) -> Phrase {
    let level = judgement.ruling.level.map_or_else(|| say!("without a level"), Level::said);
    match judgement.ruling.since {
        Some(since) => say!("{level} since {since}", level, since),
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
    let asked = say!(
        "required by {edition} {code}",
        edition = verdict.catalog.name,
        code = item.code.value
    );
    found
        .subject(format!("{} {}", verdict.catalog.name, item.code.value))
        .related(item.span(), asked)
}

/// The plan to answer an item, if there is one.
pub fn pending<'a>(verdict: &Verdict<'a>, judgement: &Judgement<'_>) -> Option<&'a Pending> {
    let code = &judgement.item.code.value;
    let mut plans = verdict.files.iter().flat_map(|file| &file.pending);
    plans.find(|pending| pending.code.value == *code)
}
