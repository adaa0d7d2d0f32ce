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
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ',');
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        || cell.starts_with('-') && !cell.chars().all(figure);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn texts_that_a_spreadsheet_would_compute_stay_texts() {
        for text in ["=1+1", "+1", "@SUM(A1)", "-2+cmd|' /C calc'!A0", "＝1", "\tx"] {
            assert!(quoted(text).trim_start_matches('"').starts_with('\''), "{text}");
        }
        for text in ["-2", "-1,234.50", "a=1", "31,295.64", "–"] {
            assert!(!quoted(text).contains('\''), "{text}");
        }
    }
}
