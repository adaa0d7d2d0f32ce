//! The texts that were read.

use std::sync::Arc;

use crate::source::{SourceId, Span};

/// One text with its path.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the project, or to the embedded files.
    pub path: String,
    /// Text, decoded.
    pub text: Arc<str>,
    line_starts: Vec<u32>,
}

/// A place as people read it; both numbers start at 1 and columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl SourceFile {
    fn new(path: String, text: Arc<str>) -> Self {
        let mut line_starts = vec![0];
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        line_starts.extend(ends.map(|at| u32::try_from(at).unwrap_or(u32::MAX)));
        Self { path, text, line_starts }
    }

    /// Line and column of a byte.
    pub fn position(&self, byte: usize) -> Position {
        let line = self.line_starts.partition_point(|&start| start as usize <= byte).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or_default() as usize;
        let before = self.text.get(start..byte.min(self.text.len())).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }
}

/// All texts that were read, by number.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text and numbers it.
    pub fn add(&mut self, path: &str, text: &str) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(path.to_owned(), Arc::from(text)));
        id
    }

    /// The text behind a number; `None` if the number comes from elsewhere.
    pub fn get(&self, id: SourceId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// Path of the text that a span is in.
    pub fn path(&self, span: Span) -> &str {
        self.get(span.source).map_or("", |file| file.path.as_str())
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        let file = self.get(span.source);
        file.and_then(|file| file.text.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }

    /// Line and column where a span starts.
    pub fn start(&self, span: Span) -> Position {
        self.position(span, span.start as usize)
    }

    /// Line and column one past the end of a span.
    pub fn end(&self, span: Span) -> Position {
        self.position(span, span.end as usize)
    }

    fn position(&self, span: Span, byte: usize) -> Position {
        let nowhere = Position { line: 1, column: 1 };
        self.get(span.source).map_or(nowhere, |file| file.position(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "a: 1\n单位: 吨\n");
        let span = Span::new(id, 13, 16);
        assert_eq!(sources.text(span), "吨");
        assert_eq!(sources.start(span), Position { line: 2, column: 5 });
    }
}
