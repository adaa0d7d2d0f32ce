//! The texts that were read.

use std::sync::Arc;

use crate::source::{Embedded, SourceId, Span};

/// One text with its path.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the project, or to the embedded files.
    pub path: String,
    /// Text, decoded. That of a sheet is made from its cells, with a line for each row.
    pub text: Arc<str>,
    line_starts: Vec<u32>,
    sheet: Option<Sheet>,
}

/// The sheet of a workbook that a text was made from.
#[derive(Debug, Clone)]
struct Sheet {
    name: String,
    cells: Vec<CellMark>,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellMark {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Row; the first is 1.
    pub row: u32,
    /// Column; A is 1.
    pub column: u32,
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
    pub(super) fn new(path: String, text: Arc<str>) -> Self {
        let mut line_starts = vec![0];
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        line_starts.extend(ends.map(|at| u32::try_from(at).unwrap_or(u32::MAX)));
        Self { path, text, line_starts, sheet: None }
    }

    /// Name of the sheet that the text was made from, if it was.
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_ref().map(|sheet| sheet.name.as_str())
    }

    /// Row and column of the cell that a byte is in, or the first cell before it.
    fn cell(&self, byte: usize) -> Option<Position> {
        let cells = &self.sheet.as_ref()?.cells;
        let at = cells.partition_point(|cell| cell.start <= byte).saturating_sub(1);
        let cell = cells.get(at)?;
        Some(Position { line: cell.row as usize, column: cell.column as usize })
    }

    /// Line and column of a byte; of a sheet, row and column of its cell.
    pub fn position(&self, byte: usize) -> Position {
        if let Some(cell) = self.cell(byte) {
            return cell;
        }
        let line = self.line_starts.partition_point(|&start| start as usize <= byte).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or_default() as usize;
        let before = self.text.get(start..byte.min(self.text.len())).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }
}

/// All texts that were read, by number. Those of the program itself are among them without being read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    folder: String,
}

impl Sources {
    /// Adds a text and numbers it.
    pub fn add(&mut self, path: &str, text: &str) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let path = format!("{}{path}", self.folder);
        self.files.push(SourceFile::new(path, Arc::from(text)));
        id
    }

    /// Adds the text of a sheet, whose places are cells.
    pub fn add_sheet(
        &mut self,
        path: &str,
        sheet: &str,
        text: &str,
        cells: &[CellMark],
    ) -> SourceId {
        let id = self.add(path, text);
        if let Some(file) = self.files.last_mut() {
            file.sheet = Some(Sheet { name: sheet.to_owned(), cells: cells.to_vec() });
        }
        id
    }

    /// Says in which folder the texts that are added from now on lie: that of an earlier project
    /// whose paths are relative to its own root. It ends with `/`, or is empty.
    pub fn set_folder(&mut self, folder: &str) {
        folder.clone_into(&mut self.folder);
    }

    /// Sheet and cell of a span in a workbook, such as `Energy` and `C7`.
    pub fn cell(&self, span: Span) -> Option<(&str, String)> {
        let file = self.get(span.source)?;
        let at = file.cell(span.start as usize)?;
        Some((file.sheet()?, format!("{}{}", letters(at.column), at.line)))
    }

    /// A place as people write it: `metrics/energy.yaml:7:12`, or `data/energy.xlsx:Energy!C7`.
    pub fn place(&self, span: Span) -> String {
        let path = self.path(span);
        match self.cell(span) {
            Some((sheet, cell)) => format!("{path}:{sheet}!{cell}"),
            None => {
                let at = self.start(span);
                format!("{path}:{}:{}", at.line, at.column)
            }
        }
    }

    /// The text behind a number; `None` if the number comes from elsewhere.
    pub fn get(&self, id: SourceId) -> Option<&SourceFile> {
        Embedded::source(id).or_else(|| self.files.get(id.0 as usize))
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

    /// Line and column one past the end of a span; of a sheet, one past its cell.
    pub fn end(&self, span: Span) -> Position {
        match self.get(span.source).and_then(|file| file.cell(span.start as usize)) {
            Some(cell) => Position { column: cell.column + 1, ..cell },
            None => self.position(span, span.end as usize),
        }
    }

    fn position(&self, span: Span, byte: usize) -> Position {
        let nowhere = Position { line: 1, column: 1 };
        self.get(span.source).map_or(nowhere, |file| file.position(byte))
    }
}

/// Letters of a column, as spreadsheet programs count them.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_sheet_are_cells() {
        let mut sources = Sources::default();
        let mark = |start, end, row, column| CellMark { start, end, row, column };
        let cells = [mark(0, 2, 1, 1), mark(3, 5, 1, 28), mark(6, 7, 2, 3)];
        let id = sources.add_sheet("a.xlsx", "One", "ab\tcd\ne", &cells);
        assert_eq!(sources.place(Span::new(id, 3, 5)), "a.xlsx:One!AB1");
        assert_eq!(sources.place(Span::new(id, 6, 7)), "a.xlsx:One!C2");
        assert_eq!(sources.start(Span::new(id, 6, 7)), Position { line: 2, column: 3 });
        assert_eq!(sources.end(Span::new(id, 6, 7)), Position { line: 2, column: 4 });
    }

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "a: 1\n单位: 吨\n");
        let span = Span::new(id, 13, 16);
        assert_eq!(sources.text(span), "吨");
        assert_eq!(sources.start(span), Position { line: 2, column: 5 });
    }
}
