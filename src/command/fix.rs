//! Changes of the user's files that settle findings.
//!
//! A figure is bound only where the printed report stays the same: of the texts that a rule offers,
//! the first is taken that prints the very digits, unit and qualifier that stand there now.

use std::collections::BTreeMap;

use crate::content::Insert;
use crate::diag::Edit;
use crate::source::{Disk, Embedded, Overlay, Sources, write_beside};
use crate::view::{self, Theme, Words};

use crate::command::{Error, Loaded};

/// What was changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Figures that were bound.
    pub figures: usize,
    /// Files that were written.
    pub files: usize,
}

/// Binds figures that come from exactly one fact, and writes the files anew.
pub fn fix(disk: &Disk, loaded: &Loaded) -> Result<Fixed, Error> {
    let Some(report) = &loaded.report else { return Ok(Fixed::default()) };
    let overlay = Overlay::new(disk, &Embedded);
    let theme = Theme::read(&overlay)?;
    let mut words = Vec::new();
    for &lang in &report.content.head.languages {
        words.push((lang, Words::read(&overlay, lang)?));
    }
    let same = |edit: &Edit| {
        let units = &report.content.units.table;
        let Some(insert) = Insert::parse(&edit.text, edit.span, units) else { return false };
        let now = plain(loaded.sources.text(edit.span));
        words.iter().any(|(lang, words)| {
            let printed = view::printed(report, *lang, words, &theme, &insert);
            printed.is_some_and(|printed| plain(&printed) == now)
        })
    };
    let found = loaded.judged.findings.iter();
    let edits: Vec<&Edit> =
        found.filter_map(|found| found.edits.iter().find(|e| same(e))).collect();
    let files = apply(&edits, &loaded.sources);
    for (path, text) in &files {
        write_beside(&disk.root().join(path), text.as_bytes())?;
    }
    Ok(Fixed { figures: edits.len(), files: files.len() })
}

/// Words without what printing may change: blanks and separators of thousands.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().filter(|c| !c.is_whitespace()).peekable();
    while let Some(c) = rest.next() {
        let digit = out.ends_with(|c: char| c.is_ascii_digit());
        let between = c == ',' && digit && rest.peek().is_some_and(char::is_ascii_digit);
        if !between {
            out.push(c);
        }
    }
    out
}

/// The texts of the files that edits change.
fn apply<'s>(edits: &[&Edit], sources: &'s Sources) -> BTreeMap<&'s str, String> {
    let mut ordered = edits.to_vec();
    ordered.sort_by_key(|edit| edit.span);
    let mut files = BTreeMap::new();
    // From the end of a file to its start, so that the places before stay true.
    for edit in ordered.iter().rev() {
        let Some(file) = sources.get(edit.span.source) else { continue };
        let text = files.entry(file.path.as_str()).or_insert_with(|| file.text.to_string());
        let range = edit.span.start as usize..edit.span.end as usize;
        if text.get(range.clone()).is_some() {
            text.replace_range(range, &edit.text);
        }
    }
    files
}
