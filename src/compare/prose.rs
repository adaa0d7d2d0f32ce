//! Paragraphs of sections, under their headings.

use std::collections::BTreeSet;

use crate::compare::Side;
use crate::content::{Block, BlockKind, Section};
use crate::locale::Lang;
use crate::source::Span;

/// What changed under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseChange {
    /// Section.
    pub section: String,
    /// Language.
    pub lang: Lang,
    /// Id of the heading, or its words; empty for what stands before the first one.
    pub heading: String,
    /// Paragraphs that only the older report has.
    pub removed: Vec<String>,
    /// Paragraphs that only the newer report has.
    pub added: Vec<String>,
}

/// Most pairs of paragraphs that are compared under one heading. Beyond, all of them count as
/// changed, so that the cost stays bounded.
const MOST_PAIRS: usize = 4_000_000;

/// A heading with the paragraphs below it.
type Part = (String, Vec<String>);

/// Paragraphs that changed, by section, language and heading.
pub fn changes(old: Side<'_>, new: Side<'_>) -> Vec<ProseChange> {
    let names = |side: Side<'_>| -> Vec<(String, Lang)> {
        side.report.content.narrative.keys().cloned().collect()
    };
    let all: BTreeSet<(String, Lang)> = names(old).into_iter().chain(names(new)).collect();
    let mut found = Vec::new();
    for (section, lang) in all {
        let (before, now) = (parts(old, &section, lang), parts(new, &section, lang));
        let mut headings: Vec<&String> = now.iter().map(|(heading, _)| heading).collect();
        headings.extend(before.iter().map(|(heading, _)| heading));
        let mut seen = BTreeSet::new();
        for heading in headings.into_iter().filter(|heading| seen.insert((*heading).clone())) {
            let (removed, added) = difference(&under(&before, heading), &under(&now, heading));
            if !removed.is_empty() || !added.is_empty() {
                let (section, heading) = (section.clone(), heading.clone());
                found.push(ProseChange { section, lang, heading, removed, added });
            }
        }
    }
    found
}

fn under(parts: &[Part], heading: &str) -> Vec<String> {
    let same = parts.iter().filter(|(other, _)| other == heading);
    same.flat_map(|(_, paragraphs)| paragraphs.clone()).collect()
}

/// The paragraphs of a section by heading. The words of a heading are a paragraph too, so that a
/// heading under the same id with other words is a change.
fn parts(side: Side<'_>, section: &str, lang: Lang) -> Vec<Part> {
    let Some(section) = side.report.section(section, lang) else { return Vec::new() };
    let mut parts: Vec<Part> = vec![(String::new(), Vec::new())];
    if let Some(title) = &section.title {
        push(&mut parts, text(side, title.span));
    }
    for block in &section.blocks {
        if let BlockKind::Heading { id, .. } = &block.kind {
            let words = text(side, block.span);
            let heading = id.as_ref().map_or_else(|| words.clone(), |id| id.value.clone());
            parts.push((heading, vec![words]));
        } else {
            push_block(side, block, &mut parts);
        }
    }
    push_footnotes(side, section, &mut parts);
    parts
}

fn push_block(side: Side<'_>, block: &Block, parts: &mut [Part]) {
    match &block.kind {
        BlockKind::List { items, .. } => {
            items.iter().flatten().for_each(|inner| push_block(side, inner, parts));
        }
        BlockKind::Quote(inner) => {
            inner.iter().for_each(|inner| push_block(side, inner, parts));
        }
        _ => push(parts, text(side, block.span)),
    }
}

fn push_footnotes(side: Side<'_>, section: &Section, parts: &mut [Part]) {
    for (_, content) in &section.footnotes {
        let span = content.first().zip(content.last()).map(|(a, b)| a.span.to(b.span));
        if let Some(span) = span {
            push(parts, text(side, span));
        }
    }
}

fn push(parts: &mut [Part], paragraph: String) {
    if let Some((_, paragraphs)) = parts.last_mut().filter(|_| !paragraph.is_empty()) {
        paragraphs.push(paragraph);
    }
}

/// What stands at a place, with white space made equal, since lines may break anywhere.
fn text(side: Side<'_>, span: Span) -> String {
    side.sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Paragraphs that only the first, and that only the second list has, by their longest common
/// sequence.
fn difference(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>) {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let old = old.get(..old.len() - end).unwrap_or_default();
    let new = new.get(..new.len() - end).unwrap_or_default();
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return (old.to_vec(), new.to_vec());
    }
    let lengths = common_lengths(old, new);
    let length =
        |i: usize, j: usize| lengths.get(i).and_then(|row| row.get(j)).copied().unwrap_or_default();
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                i += 1;
                j += 1;
            }
            (Some(a), Some(_)) if length(i + 1, j) >= length(i, j + 1) => {
                removed.push(a.clone());
                i += 1;
            }
            (Some(a), None) => {
                removed.push(a.clone());
                i += 1;
            }
            (_, Some(b)) => {
                added.push(b.clone());
                j += 1;
            }
            (None, None) => return (removed, added),
        }
    }
}

/// Length of the longest common sequence from each pair of positions on.
fn common_lengths(old: &[String], new: &[String]) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = vec![vec![0; new.len() + 1]];
    for a in old.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0; new.len() + 1];
        for (j, b) in new.iter().enumerate().rev() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or_default();
            let value =
                if a == b { at(&below, j + 1) + 1 } else { at(&below, j).max(at(&row, j + 1)) };
            if let Some(cell) = row.get_mut(j) {
                *cell = value;
            }
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(old: &str, new: &str) -> (String, String) {
        let split = |text: &str| text.chars().map(|c| c.to_string()).collect::<Vec<_>>();
        let (removed, added) = difference(&split(old), &split(new));
        (removed.concat(), added.concat())
    }

    #[test]
    fn only_what_changed_is_told() {
        for (old, new, removed, added) in [
            ("abc", "abc", "", ""),
            ("abc", "axc", "b", "x"),
            ("", "ab", "", "ab"),
            ("ab", "", "ab", ""),
            ("abcdef", "acdxf", "be", "x"),
            ("abc", "cab", "c", "c"),
        ] {
            assert_eq!(diff(old, new), (removed.to_owned(), added.to_owned()), "{old} {new}");
        }
    }
}
