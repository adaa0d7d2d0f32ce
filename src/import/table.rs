//! Tables of figures in a file: where their head stands and what its columns are.

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::sheet::{Address, Cell, DecimalMarks, Grid, Workbook, read_csv};
use crate::source::{Sources, Span, decode};

use crate::import::columns::Column;

/// Rows at the top of a table among which its head is looked for.
const HEAD_ROWS: u32 = 20;

/// A table whose head is known.
#[derive(Debug, Clone)]
pub struct Table {
    grid: Grid,
    head: u32,
    columns: Vec<(u32, Column)>,
}

impl Table {
    /// The table of a grid; nothing if no row names the columns `id` and `value`.
    fn find(grid: Grid) -> Option<Self> {
        let heads = grid.rows().into_iter().filter(|row| *row <= HEAD_ROWS);
        let heads = heads.map(|row| (row, columns(&grid, row))).collect::<Vec<_>>();
        let has = |list: &[(u32, Column)], column| list.iter().any(|(_, other)| *other == column);
        let (head, columns) = heads
            .into_iter()
            .find(|(_, list)| has(list, Column::Id) && has(list, Column::Value))?;
        Some(Self { grid, head, columns })
    }

    /// Whether there is a column of a kind.
    pub fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|(_, other)| *other == column)
    }

    /// Rows below the head that hold anything.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        // A second head, in words, stands under the first one where that is for programs.
        let first = self.head + if self.has(Column::Mark) { 2 } else { 1 };
        let rows = self.grid.rows().into_iter().filter(move |row| *row >= first);
        rows.map(|row| Row { table: self, row }).filter(Row::is_filled)
    }

    /// What may stand before decimals.
    pub fn marks(&self) -> DecimalMarks {
        self.grid.marks
    }
}

/// The columns that a row names.
fn columns(grid: &Grid, row: u32) -> Vec<(u32, Column)> {
    let first = Address { row, column: 1 };
    let last = Address { row, column: u32::MAX };
    let cells = grid.cells.range(first..=last);
    cells.filter_map(|(at, cell)| Some((at.column, Column::parse(&cell.name())?))).collect()
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    /// The table.
    pub table: &'t Table,
    row: u32,
}

impl<'t> Row<'t> {
    /// The cell of a column; nothing if it is empty.
    pub fn cell(&self, column: Column) -> Option<&'t Cell> {
        self.cells(column).next()
    }

    /// The text of a column's cell; empty if it is.
    pub fn text(&self, column: Column) -> String {
        self.cell(column).map(shown).unwrap_or_default()
    }

    /// Cells of a column that may stand several times.
    pub fn cells(&self, column: Column) -> impl Iterator<Item = &'t Cell> {
        let (table, row) = (self.table, self.row);
        let places = table.columns.iter().filter(move |(_, other)| *other == column);
        places.filter_map(move |(at, _)| table.grid.get(Address { row, column: *at }))
    }

    /// Whether any known column holds something in this row.
    fn is_filled(&self) -> bool {
        let filled = |at: u32| self.table.grid.get(Address { row: self.row, column: at }).is_some();
        self.table.columns.iter().any(|(at, _)| filled(*at))
    }

    /// The texts that the checksum of the row covers.
    pub fn fixed(&self) -> Vec<String> {
        let places = self.table.columns.iter().filter(|(_, column)| column.is_fixed());
        let cell = |at: u32| self.table.grid.get(Address { row: self.row, column: at });
        places.map(|(at, _)| cell(*at).map(shown).unwrap_or_default()).collect()
    }

    /// The place of the row: that of its id, or of whatever stands first.
    pub fn span(&self) -> Span {
        let first = self
            .table
            .columns
            .iter()
            .find_map(|(at, _)| self.table.grid.get(Address { row: self.row, column: *at }));
        let cell = self.cell(Column::Id).or(first);
        cell.map_or(self.table.grid.start, |cell| cell.span)
    }
}

/// What a cell shows, or what it holds where that is not certain.
fn shown(cell: &Cell) -> String {
    match &cell.value {
        crate::sheet::CellValue::Number { stored, format } => {
            match crate::sheet::shown(*stored, format, None) {
                Ok(shown) => shown.text,
                Err(_) => cell.name(),
            }
        }
        _ => cell.name(),
    }
}

/// The tables of figures in a file, with what is wrong about it.
pub fn tables_of(path: &str, bytes: Vec<u8>, sources: &mut Sources, sink: &mut Sink) -> Vec<Table> {
    let name = path.to_lowercase();
    let packed = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let grids = if packed || name.ends_with(".xlsx") || name.ends_with(".xlsm") {
        workbook(path, &bytes, sources)
    } else {
        separated(path, bytes, sources)
    };
    let grids = match grids {
        Ok(grids) => grids,
        Err((span, message)) => {
            let rule = if span.is_some() { "invalid-table" } else { "unreadable-file" };
            let span = span.unwrap_or_else(|| Span::new(sources.add(path, ""), 0, 0));
            sink.push(Diagnostic::error(rule, span, message));
            return Vec::new();
        }
    };
    let start = grids.first().map(|grid| grid.start);
    let tables: Vec<Table> = grids.into_iter().filter_map(Table::find).collect();
    if tables.is_empty() {
        let span = start.unwrap_or_else(|| Span::new(sources.add(path, ""), 0, 0));
        let message = say!("no row of the file names the columns `id` and `value`");
        let help = say!(
            "use a workbook that `esgreport facts --collect` wrote, or name the columns id, member, year, unit and value"
        );
        sink.push(Diagnostic::error("invalid-table", span, message).help(help));
    }
    tables
}

/// Grids, or what is wrong, at a place if it has one.
type Read = Result<Vec<Grid>, (Option<Span>, Phrase)>;

fn workbook(path: &str, bytes: &[u8], sources: &mut Sources) -> Read {
    let refused = |reason: String| {
        let reason = Phrase::word(reason);
        (None, say!("`{file}` cannot be read: {reason}", file = path, reason))
    };
    let book = Workbook::open(bytes).map_err(refused)?;
    let names: Vec<String> = book.names().map(str::to_owned).collect();
    let mut grids = Vec::new();
    for name in names {
        grids.push(book.sheet(path, &name, sources).map_err(refused)?);
    }
    Ok(grids)
}

fn separated(path: &str, bytes: Vec<u8>, sources: &mut Sources) -> Read {
    let text = decode(bytes).map_err(|fault| {
        let encoding = Phrase::word(fault.encoding);
        let message = say!(
            "expected UTF-8, found {encoding} in `{name}` from byte {offset} on",
            encoding,
            name = path,
            offset = fault.offset
        );
        (None, message)
    })?;
    let id = sources.add(path, &text);
    read_csv(id, &text)
        .map(|grid| vec![grid])
        .map_err(|(span, message)| (Some(span), Phrase::word(message)))
}
