//! Comma-separated values, with the place of every cell.
//!
//! Our own reader, since the libraries give the place of a record and not of a cell.

use crate::source::{SourceId, Span};

use crate::sheet::{Address, Cell, CellValue, DecimalMarks, Grid, MOST_CELLS, Origin};

/// Reads a text whose cells are separated by `,`, `;` or tabs. What is wrong comes with its place.
pub fn read_csv(source: SourceId, text: &str) -> Result<Grid, (Span, String)> {
    let separator = separator(text);
    let marks = if separator == b';' { DecimalMarks::Unknown } else { DecimalMarks::Point };
    let start = Span::new(source, 0, 0);
    let mut grid = Grid { start, cells: Default::default(), marks };
    let mut place = Address { row: 1, column: 1 };
    let mut at = 0;
    while at < text.len() {
        let field = field(text, at, separator);
        let field = field.map_err(|(from, words)| (sign_at(source, text, from), words))?;
        let words = field.text.trim();
        if !words.is_empty() {
            let span = Span::new(source, at, field.end);
            let value = CellValue::Text(words.to_owned());
            grid.cells.insert(place, Cell { span, value, origin: Origin::Written });
        }
        if grid.cells.len() > MOST_CELLS {
            return Err((start, format!("the table has more than {MOST_CELLS} cells")));
        }
        let rest = text.get(field.end..).unwrap_or_default();
        if rest.as_bytes().first() == Some(&separator) {
            at = field.end + 1;
            place.column += 1;
        } else {
            at = field.end + line_end(rest);
            place = Address { row: place.row + 1, column: 1 };
        }
    }
    Ok(grid)
}

/// The place of the character at a byte.
fn sign_at(source: SourceId, text: &str, at: usize) -> Span {
    let sign = text.get(at..).and_then(|rest| rest.chars().next());
    Span::new(source, at, at + sign.map_or(0, char::len_utf8))
}

/// One field: what it says, and the byte after it.
struct Field {
    text: String,
    end: usize,
}

fn field(text: &str, start: usize, separator: u8) -> Result<Field, (usize, String)> {
    let rest = text.get(start..).unwrap_or_default();
    let ends = |byte: &u8| *byte == separator || *byte == b'\n' || *byte == b'\r';
    if !rest.starts_with('"') {
        let length = rest.bytes().position(|byte| ends(&byte)).unwrap_or(rest.len());
        let words = rest.get(..length).unwrap_or_default().to_owned();
        return Ok(Field { text: words, end: start + length });
    }
    let mut words = String::new();
    let mut inside = rest.char_indices().skip(1).peekable();
    while let Some((at, sign)) = inside.next() {
        if sign != '"' {
            words.push(sign);
        } else if inside.next_if(|(_, next)| *next == '"').is_some() {
            words.push('"');
        } else {
            let after = at + 1;
            return match rest.as_bytes().get(after) {
                Some(byte) if !ends(byte) => {
                    Err((start + after, "text stands after the closing quote of a cell".into()))
                }
                _ => Ok(Field { text: words, end: start + after }),
            };
        }
    }
    Err((start, "the quote that opens this cell is never closed".into()))
}

/// Bytes of the line end that a text starts with.
fn line_end(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(!text.is_empty()) }
}

/// The separator: whichever of the three stands most often in the first line, outside quotes.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(one, _)| *one == byte).for_each(|(_, n)| *n += 1),
        }
    }
    // The first of those that stand equally often, which is the comma where none stands at all.
    let best = counts.iter().rev().max_by_key(|(_, n)| *n);
    best.map_or(b',', |(byte, _)| *byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut sources = Sources::default();
        let id = sources.add("a.csv", text);
        let grid = read_csv(id, text)
            .map_err(|(span, words)| format!("{}: {words}", sources.text(span)))?;
        let cells = grid.cells.iter();
        Ok(cells.map(|(at, cell)| format!("{at}={}", cell.name())).collect())
    }

    #[test]
    fn cells_lines_and_quotes() {
        let cells =
            read("a,b\r\n\"1,045\",\"say \"\"x\"\"\"\n\n,\"two\nlines\"\rlast").expect("a table");
        assert_eq!(cells, ["A1=a", "B1=b", "A2=1,045", "B2=say \"x\"", "B4=two\nlines", "A5=last"]);
        assert_eq!(
            read("a;b\n1;2"),
            Ok(vec!["A1=a".into(), "B1=b".into(), "A2=1".into(), "B2=2".into()])
        );
        assert_eq!(read("a\tb"), Ok(vec!["A1=a".into(), "B1=b".into()]));
        assert_eq!(read(""), Ok(vec![]));
        assert_eq!(read("a,"), Ok(vec!["A1=a".into()]));
    }

    #[test]
    fn open_quotes_are_named() {
        assert_eq!(
            read("a\n\"b"),
            Err("\": the quote that opens this cell is never closed".into())
        );
        for text in ["\"a\"b", "\"a\"吨"] {
            let last = text.chars().last().unwrap_or_default();
            let fault = format!("{last}: text stands after the closing quote of a cell");
            assert_eq!(read(text), Err(fault));
        }
    }
}
