//! Changes put into texts, and shown line by line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diag::Edit;
use crate::source::{SourceFile, SourceId, Sources};

/// A file with its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Path in the project.
    pub path: String,
    /// The text as it was.
    pub before: String,
    /// The text with the changes.
    pub after: String,
    /// How often something was replaced.
    pub edits: Vec<Edit>,
}

/// Lines around a change that are shown with it.
const CONTEXT: usize = 3;

/// The files with their changes, in the order of their paths. Changes at one place follow each
/// other as they are given.
pub fn apply(edits: &[Edit], sources: &Sources) -> Vec<Changed> {
    let mut by_file: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.span.source).or_default().push(edit.clone());
    }
    let files = by_file.into_iter().filter_map(|(id, mut edits)| {
        edits.sort_by_key(|edit| edit.span.start);
        Some(changed(sources.get(id)?, edits))
    });
    let mut files: Vec<Changed> = files.collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn changed(file: &SourceFile, edits: Vec<Edit>) -> Changed {
    let mut after = file.text.to_string();
    // From the end to the start, so that the places before stay true.
    for edit in edits.iter().rev() {
        let range = edit.span.start as usize..edit.span.end as usize;
        if after.get(range.clone()).is_some() {
            after.replace_range(range, &edit.text);
        }
    }
    Changed { path: file.path.clone(), before: file.text.to_string(), after, edits }
}

/// Lines of a text that changed together: those before, by number, and those after.
struct Hunk {
    first: usize,
    last: usize,
    new: Vec<String>,
}

/// The difference that the changes of a file make, as `diff -u` shows it.
pub fn difference(file: &Changed) -> String {
    let lines: Vec<&str> = file.before.split_inclusive('\n').collect();
    let mut starts = vec![0];
    starts.extend(lines.iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    }));
    let hunks = hunks(file, &lines, &starts);
    let mut text = format!("--- {path}\n+++ {path}\n", path = file.path);
    let mut shift: isize = 0;
    for group in groups(&hunks) {
        let (Some(one), Some(other)) = (group.first(), group.last()) else { continue };
        let from = one.first.saturating_sub(CONTEXT);
        let to = (other.last + 1 + CONTEXT).min(lines.len());
        let grown: isize =
            group.iter().map(|h| h.new.len() as isize - (h.last + 1 - h.first) as isize).sum();
        let (length, start) = (to - from, from + 1);
        let _ = writeln!(
            text,
            "@@ -{start},{length} +{},{} @@",
            start as isize + shift,
            length as isize + grown
        );
        shift += grown;
        let mut at = from;
        for hunk in group {
            push(&mut text, ' ', lines.get(at..hunk.first).unwrap_or_default());
            push(&mut text, '-', lines.get(hunk.first..=hunk.last).unwrap_or_default());
            push(&mut text, '+', &hunk.new);
            at = hunk.last + 1;
        }
        push(&mut text, ' ', lines.get(at..to).unwrap_or_default());
    }
    text
}

fn push<T: AsRef<str>>(text: &mut String, sign: char, lines: &[T]) {
    for line in lines {
        let _ = writeln!(text, "{sign}{}", line.as_ref().trim_end_matches(['\r', '\n']));
    }
}

/// The lines that edits touch, with what they become; edits on the same lines together.
fn hunks(file: &Changed, lines: &[&str], starts: &[usize]) -> Vec<Hunk> {
    let line_of = |byte: usize| {
        starts
            .partition_point(|start| *start <= byte)
            .saturating_sub(1)
            .min(lines.len().saturating_sub(1))
    };
    let mut touched: Vec<(usize, usize, Vec<&Edit>)> = Vec::new();
    for edit in &file.edits {
        let (first, last) = (line_of(edit.span.start as usize), line_of(edit.span.end as usize));
        match touched.last_mut() {
            Some((_, end, edits)) if first <= *end => {
                *end = last.max(*end);
                edits.push(edit);
            }
            _ => touched.push((first, last, vec![edit])),
        }
    }
    let hunks = touched.into_iter().map(|(first, last, edits)| {
        let start = starts.get(first).copied().unwrap_or_default();
        let mut new = lines.get(first..=last).unwrap_or_default().concat();
        for edit in edits.iter().rev() {
            let range = (edit.span.start as usize).saturating_sub(start)
                ..(edit.span.end as usize).saturating_sub(start);
            if new.get(range.clone()).is_some() {
                new.replace_range(range, &edit.text);
            }
        }
        Hunk { first, last, new: new.split_inclusive('\n').map(str::to_owned).collect() }
    });
    hunks.collect()
}

/// Hunks whose surroundings meet, together.
fn groups(hunks: &[Hunk]) -> Vec<&[Hunk]> {
    hunks.chunk_by(|one, other| other.first <= one.last + 2 * CONTEXT + 1).collect()
}
