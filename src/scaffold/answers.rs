//! What an edition asks of the report, as answers that are pending.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::framework::{Asked, Catalog, Item, Level};

use crate::scaffold::Issuer;
use crate::scaffold::words::Texts;
use crate::scaffold::words::quoted;

/// Codes that bind the report: those of an index that must be answered, or explained.
pub fn binding<'a>(issuer: &Issuer, catalog: &'a Catalog, claim: &str) -> BTreeSet<&'a str> {
    let items = catalog.items.iter().filter(|item| level(issuer, catalog, item, claim).is_some());
    items.map(|item| item.code.value.as_str()).collect()
}

/// The level of an item that must be answered, or explained.
fn level(issuer: &Issuer, catalog: &Catalog, item: &Item, claim: &str) -> Option<Level> {
    let profile = issuer.profile(claim);
    let ruling = catalog.rule(item, &profile);
    let asked = item.kind.is_indexed() && ruling.asked == Asked::Yes;
    let binds = |level: &Level| matches!(level, Level::Mandatory | Level::ComplyOrExplain);
    ruling.level.filter(|level| asked && binds(level))
}

/// The file of answers to an edition.
pub fn file(
    issuer: &Issuer,
    catalog: &Catalog,
    claim: &str,
    facts: &BTreeMap<(String, String), Vec<String>>,
    texts: &Texts,
) -> String {
    let comment = texts.comment("answers").replace("{reported}", "`{reported: [about]}`");
    let mut text = format!("# {comment}\nframework: {}\n", catalog.name);
    let codes: Vec<(&Item, Level)> = catalog
        .items
        .iter()
        .filter_map(|item| Some((item, level(issuer, catalog, item, claim)?)))
        .collect();
    if codes.is_empty() {
        let _ = writeln!(text, "answers: {{}}");
        return text;
    }
    let _ = writeln!(text, "answers:");
    for (item, level) in codes {
        let code = &item.code.value;
        let level = texts.phrase(&level.said());
        let _ = writeln!(text, "  # {} ({level})", texts.said(&item.title));
        let metrics = facts.get(&(catalog.name.clone(), code.clone()));
        let metrics = metrics.map(|ids| format!(", facts: [{}]", ids.join(", ")));
        let _ = writeln!(
            text,
            "  {}: {{pending: {}{}}}",
            quoted(code),
            issuer.due,
            metrics.unwrap_or_default()
        );
    }
    text
}
