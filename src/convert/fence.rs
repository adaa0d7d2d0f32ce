//! Narrative files: prose, and blocks whose body is YAML.

use std::ops::Range;

use crate::convert::Converter;
use crate::diag::Sink;
use crate::source::Sources;
use crate::syntax::yaml::{Node, Value, parse};

/// Keys of blocks whose values are text.
const TEXT_KEYS: [&str; 8] =
    ["title", "subtitle", "finding", "text", "label", "term", "name", "role"];

/// Keys of blocks whose values are a figure without braces.
const FIGURE_KEYS: [&str; 1] = ["value"];

/// How a range of a block is converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Figure,
}

impl Converter {
    /// Converts a narrative file. Everything but its words stays byte for byte.
    pub fn markdown(&self, text: &str) -> String {
        let mut converted = String::with_capacity(text.len());
        let mut at = 0;
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        for fence in fences(text) {
            converted.push_str(&self.markup(part(at..fence.start)));
            converted.push_str(part(fence.start..fence.body.start));
            converted.push_str(&self.block(part(fence.body.clone())));
            converted.push_str(part(fence.body.end..fence.end));
            at = fence.end;
        }
        converted.push_str(&self.markup(text.get(at..).unwrap_or_default()));
        converted
    }

    /// Converts the body of a block: the values of the keys that hold text.
    fn block(&self, body: &str) -> String {
        let id = Sources::default().add("", body);
        let plain: String = body.split_inclusive('\n').map(without_marks).collect();
        let tree = parse(id, &plain, 0, &mut Sink::default());
        let mut ranges = Vec::new();
        if let Some(tree) = &tree {
            collect(tree, &mut ranges);
        }
        let mut converted = String::with_capacity(body.len());
        let mut at = 0;
        for (range, kind) in ranges {
            if range.start < at {
                continue;
            }
            converted.push_str(body.get(at..range.start).unwrap_or_default());
            let value = body.get(range.clone()).unwrap_or_default();
            converted.push_str(&match kind {
                // A case may hold blocks of its own.
                Kind::Text => self.markdown(value),
                Kind::Figure => self.figure(value),
            });
            at = range.end;
        }
        converted.push_str(body.get(at..).unwrap_or_default());
        converted
    }
}

/// The scalars of a block that hold text, in the order they stand.
fn collect(node: &Node, ranges: &mut Vec<(Range<usize>, Kind)>) {
    for item in node.items() {
        collect(item, ranges);
    }
    for entry in node.entries() {
        let key = entry.key.value.as_str();
        let kind = match key {
            _ if TEXT_KEYS.contains(&key) => Some(Kind::Text),
            _ if FIGURE_KEYS.contains(&key) => Some(Kind::Figure),
            _ => None,
        };
        match (&entry.value.value, kind) {
            (Value::Scalar(_), Some(kind)) => {
                let span = entry.value.span;
                ranges.push((span.start as usize..span.end as usize, kind));
            }
            _ => collect(&entry.value, ranges),
        }
    }
}

/// Fenced code.
struct Fence {
    /// Start of its first line.
    start: usize,
    /// What stands between its first and its last line.
    body: Range<usize>,
    /// End of its last line.
    end: usize,
}

/// All fenced code of a text. One that is not closed reaches to the end.
fn fences(text: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<(String, Range<usize>)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let inner = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'));
        let count = mark.map_or(0, |mark| inner.chars().take_while(|c| *c == mark).count());
        let fence: String = inner.chars().take(count).collect();
        match &open {
            None if count >= 3 => open = Some((fence, at..end)),
            Some((first, line)) if count >= 3 && inner == fence && fence.starts_with(first) => {
                found.push(Fence { start: line.start, body: line.end..at, end });
                open = None;
            }
            _ => {}
        }
        at = end;
    }
    if let Some((_, line)) = open {
        found.push(Fence { start: line.start, body: line.end..text.len(), end: text.len() });
    }
    found
}

/// A line with the marks of a quotation as blanks.
fn without_marks(line: &str) -> String {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    let start = line.get(..line.len() - rest.len()).unwrap_or_default();
    format!("{}{rest}", start.replace('>', " "))
}
