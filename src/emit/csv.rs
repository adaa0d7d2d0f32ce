//! Comma-separated values, as RFC 4180 has them.

use std::fmt::Write as _;

/// A line of cells.
pub fn line<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let mut text = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(text, "{comma}{}", quoted(cell));
    }
    text.push_str("\r\n");
    text
}

/// A cell. A text that a spreadsheet would take for a formula is kept a text.
pub fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
