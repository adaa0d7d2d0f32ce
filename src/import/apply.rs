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
    /// The changes, in the order of their places.
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

/// Lines of a text that changed together: where they stand, how many there were, and what they are
/// now.
struct Hunk {
    first: usize,
    count: usize,
    new: String,
}

impl Hunk {
    fn end(&self) -> usize {
        self.first + self.count
    }

    fn lines(&self) -> Vec<&str> {
        self.new.split_inclusive('\n').collect()
    }
}

/// The difference that the changes of a file make, as `diff -u` shows it.
pub fn difference(file: &Changed) -> String {
    let lines: Vec<&str> = file.before.split_inclusive('\n').collect();
    let hunks = hunks(file, &lines);
    let mut text = format!("--- {path}\n+++ {path}\n", path = file.path);
    let (mut gone, mut come) = (0, 0);
    for group in hunks.chunk_by(|one, other| other.first <= one.end() + 2 * CONTEXT) {
        let (Some(one), Some(other)) = (group.first(), group.last()) else { continue };
        let from = one.first.saturating_sub(CONTEXT);
        let to = (other.end() + CONTEXT).min(lines.len());
        let less: usize = group.iter().map(|hunk| hunk.count).sum();
        let more: usize = group.iter().map(|hunk| hunk.lines().len()).sum();
        let (start, length) = (from + 1, to - from);
        let (new_start, new_length) = (start + come - gone, length + more - less);
        let _ = writeln!(text, "@@ -{start},{length} +{new_start},{new_length} @@");
        (gone, come) = (gone + less, come + more);
        let mut at = from;
        for hunk in group {
            push(&mut text, ' ', lines.get(at..hunk.first).unwrap_or_default());
            push(&mut text, '-', lines.get(hunk.first..hunk.end()).unwrap_or_default());
            push(&mut text, '+', &hunk.lines());
            at = hunk.end();
        }
        push(&mut text, ' ', lines.get(at..to).unwrap_or_default());
    }
    text
}

fn push(text: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        let _ = writeln!(text, "{sign}{}", line.trim_end_matches(['\r', '\n']));
    }
}

/// The changes of a file by lines. What touches or follows each other is one.
fn hunks(file: &Changed, lines: &[&str]) -> Vec<Hunk> {
    let mut starts = vec![0];
    starts.extend(lines.iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    }));
    let last = lines.len().saturating_sub(1);
    let line_of =
        |byte: usize| starts.partition_point(|start| *start <= byte).saturating_sub(1).min(last);
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut open: Option<(usize, usize, Vec<&Edit>)> = None;
    for edit in &file.edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if let Some((at, new)) = whole_lines(&file.before, start, end, &edit.text) {
            hunks.extend(open.take().map(|open| changed_lines(open, lines, &starts)));
            hunks.push(Hunk { first: starts.partition_point(|s| *s < at), count: 0, new });
            continue;
        }
        let (from, to) = (line_of(start), line_of(end));
        match &mut open {
            Some((_, end, edits)) if from <= *end => {
                *end = to.max(*end);
                edits.push(edit);
            }
            _ => {
                hunks.extend(open.take().map(|open| changed_lines(open, lines, &starts)));
                open = Some((from, to, vec![edit]));
            }
        }
    }
    hunks.extend(open.take().map(|open| changed_lines(open, lines, &starts)));
    hunks.sort_by_key(|hunk| hunk.first);
    hunks.into_iter().fold(Vec::new(), |mut joined: Vec<Hunk>, hunk| {
        match joined.last_mut() {
            Some(before) if hunk.first <= before.end() => {
                before.count += hunk.count;
                before.new.push_str(&hunk.new);
            }
            _ => joined.push(hunk),
        }
        joined
    })
}

/// Lines with the edits inside them.
fn changed_lines(
    (first, last, edits): (usize, usize, Vec<&Edit>),
    lines: &[&str],
    starts: &[usize],
) -> Hunk {
    let start = starts.get(first).copied().unwrap_or_default();
    let mut new = lines.get(first..=last).unwrap_or_default().concat();
    for edit in edits.iter().rev() {
        let range = (edit.span.start as usize).saturating_sub(start)
            ..(edit.span.end as usize).saturating_sub(start);
        if new.get(range.clone()).is_some() {
            new.replace_range(range, &edit.text);
        }
    }
    Hunk { first, count: last + 1 - first, new }
}

/// An insertion as one of whole lines, where it comes to that: `b\na` put in after the `a` of a line
/// is the same as a line `ab` put in before it.
fn whole_lines(text: &str, start: usize, end: usize, new: &str) -> Option<(usize, String)> {
    if start != end || !new.contains('\n') {
        return None;
    }
    let at_line =
        |at: usize| at == 0 || text.get(..at).is_some_and(|before| before.ends_with('\n'));
    (0..=new.len()).find_map(|length| {
        let back = || {
            let (head, tail) = new.split_at_checked(new.len() - length)?;
            let at = start.checked_sub(length)?;
            (text.get(at..start)? == tail).then(|| (at, format!("{tail}{head}")))
        };
        let forth = || {
            let (head, tail) = new.split_at_checked(length)?;
            let at = start + length;
            (text.get(start..at)? == head).then(|| (at, format!("{tail}{head}")))
        };
        let fits = |found: &(usize, String)| at_line(found.0) && found.1.ends_with('\n');
        back().filter(fits).or_else(|| forth().filter(fits))
    })
}
