//! Tables in CSV files and in workbooks: grids of cells, each with its place.
//!
//! **Invariant:** no digit is made up: a number of a workbook is taken as its number format shows
//! it, or not at all.
//!
//! **Invariant:** reading never fails as a whole without a reason in words, and takes no more
//! memory than its limits allow, however small the file is.

mod address;
mod csv;
mod format;
mod xlsx;
mod zip;

pub use self::address::{Address, Range};
pub use self::csv::read_csv;
pub use self::format::{Doubt, Scale, Shown, shown};
pub use self::xlsx::Workbook;

use std::collections::BTreeMap;

use crate::quantity::Decimal;
use crate::source::Span;

/// Most cells that are read from one table.
pub const MOST_CELLS: usize = 500_000;

/// A table of cells.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Start of its text.
    pub start: Span,
    /// Cells that are not empty, by place.
    pub cells: BTreeMap<Address, Cell>,
    /// What may stand between the whole and the decimals of its figures.
    pub marks: DecimalMarks,
}

/// Which sign stands before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMarks {
    /// A point, as in the rest of a project.
    Point,
    /// A point or a comma: cells that are separated by `;` come from a place where a comma may
    /// stand before decimals.
    Unknown,
}

/// A cell with its place.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Place.
    pub span: Span,
    /// What stands there.
    pub value: CellValue,
    /// How it came there.
    pub origin: Origin,
}

/// How the content of a cell came there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was written.
    Written,
    /// A formula gave it.
    Formula,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// Text as it was written, without white space around it.
    Text(String),
    /// A number, with the format that says how it is shown.
    Number {
        /// The number to the fifteen digits that spreadsheet programs keep.
        stored: Decimal,
        /// Format code, such as `#,##0.00`.
        format: String,
    },
    /// A formula without a result: the error, or nothing if it was never computed.
    Failed(String),
}

impl Grid {
    /// The cell of a place.
    pub fn get(&self, at: Address) -> Option<&Cell> {
        self.cells.get(&at)
    }

    /// Rows with cells, in their order, each once.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|at| at.row).collect();
        rows.dedup();
        rows
    }

    /// The smallest range that holds every cell.
    pub fn used(&self) -> Option<Range> {
        let rows = self.cells.keys().map(|at| at.row);
        let columns = self.cells.keys().map(|at| at.column);
        let (first_row, first_column) = (rows.clone().min()?, columns.clone().min()?);
        Some(Range {
            first: Address { row: first_row, column: first_column },
            last: Address { row: rows.max()?, column: columns.max()? },
        })
    }
}

impl Cell {
    /// The text of the cell as a heading or a name; a number as it is stored.
    pub fn name(&self) -> String {
        match &self.value {
            CellValue::Text(text) => text.clone(),
            CellValue::Number { stored, .. } => stored.normalize().to_string(),
            CellValue::Failed(error) => error.clone(),
        }
    }
}
