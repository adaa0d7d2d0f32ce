//! Workbooks in the `.xlsx` form: a ZIP archive of XML parts.
//!
//! Our own reader and not a library: those that were tried give numbers as floats and leave their
//! formats out, so that the digits a cell shows are lost.

use std::collections::BTreeMap;
use std::str::FromStr;

use roxmltree::{Document, Node, ParsingOptions};

use crate::quantity::Decimal;
use crate::source::{CellMark, Sources, Span};

use crate::sheet::zip::Archive;
use crate::sheet::{Address, Cell, CellValue, DecimalMarks, Grid, MOST_CELLS, Origin};

/// Most XML nodes of a part.
const MOST_NODES: u32 = 4_000_000;

/// A workbook: its sheets by name, and what they share.
pub struct Workbook<'a> {
    archive: Archive<'a>,
    sheets: Vec<(String, String)>,
    strings: Vec<String>,
    formats: Vec<String>,
}

/// A cell as it was read, before it has a place in a text.
struct RawCell {
    value: CellValue,
    text: String,
    origin: Origin,
}

impl<'a> Workbook<'a> {
    /// Opens a workbook; in words what it is instead, if it is none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(
                "it is in the old `.xls` form or has a password; save it as `.xlsx` without one"
                    .into(),
            );
        }
        if !bytes.starts_with(b"PK") {
            return Err("it is no workbook in the `.xlsx` form".into());
        }
        let archive = Archive::open(bytes)?;
        let Some(book) = archive.text("xl/workbook.xml")? else {
            return Err("it is an archive, but no workbook in the `.xlsx` form".into());
        };
        let targets = match archive.text("xl/_rels/workbook.xml.rels")? {
            Some(text) => relations(&text)?,
            None => BTreeMap::new(),
        };
        let sheets = sheet_list(&book, &targets)?;
        let strings = archive.text("xl/sharedStrings.xml")?;
        let strings = strings.map(|text| shared_strings(&text)).transpose()?.unwrap_or_default();
        let formats = archive.text("xl/styles.xml")?;
        let formats = formats.map(|text| cell_formats(&text)).transpose()?.unwrap_or_default();
        Ok(Self { archive, sheets, strings, formats })
    }

    /// Names of the sheets, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    /// Reads a sheet. Its text in `sources` has a line for each row, so that excerpts can be shown.
    pub fn sheet(&self, path: &str, name: &str, sources: &mut Sources) -> Result<Grid, String> {
        let found = self.sheets.iter().find(|(other, _)| other == name);
        let part = found.map_or("", |(_, part)| part.as_str());
        let text = self.archive.text(part)?;
        let text =
            text.ok_or_else(|| format!("it is damaged: the sheet `{name}` has no content"))?;
        let cells = self.cells(&text)?;
        Ok(lay_out(path, name, cells, sources))
    }

    fn cells(&self, text: &str) -> Result<BTreeMap<Address, RawCell>, String> {
        let document = parse(text)?;
        let mut cells = BTreeMap::new();
        let mut row = 0_u32;
        for line in document.descendants().filter(|node| node.has_tag_name_like("row")) {
            let stated = line.attribute("r").and_then(|r| r.parse().ok());
            row = stated.unwrap_or_else(|| u32::saturating_add(row, 1));
            let mut column = 0;
            for node in line.children().filter(|node| node.has_tag_name_like("c")) {
                let stated = node.attribute("r").and_then(Address::parse);
                let at = stated.unwrap_or(Address { row, column: u32::saturating_add(column, 1) });
                column = at.column;
                if let Some(mut value) = self.value(node)? {
                    let computed = node.children().any(|child| child.has_tag_name_like("f"));
                    value.origin = if computed { Origin::Formula } else { Origin::Written };
                    cells.insert(at, value);
                }
                if cells.len() > MOST_CELLS {
                    return Err(format!("the sheet has more than {MOST_CELLS} cells"));
                }
            }
        }
        cells.retain(|at, _| at.is_inside());
        Ok(cells)
    }

    /// What a cell holds; nothing if it is empty.
    fn value(&self, node: Node<'_, '_>) -> Result<Option<RawCell>, String> {
        let child = |name: &str| node.children().find(|child| child.has_tag_name_like(name));
        let stored = child("v").and_then(|v| v.text()).unwrap_or_default();
        let words = |text: &str| {
            let text = text.trim().to_owned();
            let origin = Origin::Written;
            (!text.is_empty()).then(|| RawCell {
                value: CellValue::Text(text.clone()),
                text,
                origin,
            })
        };
        Ok(match node.attribute("t").unwrap_or("n") {
            "s" => {
                let string = stored.trim().parse().ok().and_then(|at: usize| self.strings.get(at));
                let string =
                    string.ok_or("it is damaged: a cell names a text that is not there")?;
                words(string)
            }
            "inlineStr" => child("is").and_then(|is| words(&rich_text(is))),
            "str" | "d" => words(stored),
            "b" => words(if stored.trim() == "1" { "TRUE" } else { "FALSE" }),
            "e" => Some(failed(stored)),
            _ if stored.trim().is_empty() => child("f").map(|_| failed("")),
            _ => Some(self.number(node, stored.trim())),
        })
    }

    fn number(&self, node: Node<'_, '_>, stored: &str) -> RawCell {
        let style = node.attribute("s").and_then(|s| s.parse::<usize>().ok()).unwrap_or_default();
        let format = self.formats.get(style).cloned().unwrap_or_default();
        match decimal(stored) {
            Some(value) => {
                let seen = crate::sheet::shown(value, &format, None).map(|shown| shown.text);
                let text = seen.unwrap_or_else(|_| value.normalize().to_string());
                let origin = Origin::Written;
                RawCell { value: CellValue::Number { stored: value, format }, text, origin }
            }
            // What does not fit a decimal is shown as it is, and refused as a figure.
            None => RawCell {
                value: CellValue::Text(stored.to_owned()),
                text: stored.to_owned(),
                origin: Origin::Written,
            },
        }
    }
}

fn failed(error: &str) -> RawCell {
    let text = if error.is_empty() { "?" } else { error };
    RawCell {
        value: CellValue::Failed(error.trim().to_owned()),
        text: text.to_owned(),
        origin: Origin::Formula,
    }
}

/// A stored number to fifteen digits, which is what spreadsheet programs keep and show: what is
/// entered as 31295.64 may be stored as 31295.639999999999.
fn decimal(text: &str) -> Option<Decimal> {
    let value = Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).ok()?;
    let rounded =
        value.round_sf_with_strategy(15, rust_decimal::RoundingStrategy::MidpointAwayFromZero)?;
    Some(rounded.normalize())
}

/// Puts cells into a text with a line for each row, and gives each its place there.
fn lay_out(
    path: &str,
    sheet: &str,
    cells: BTreeMap<Address, RawCell>,
    sources: &mut Sources,
) -> Grid {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut row = 1;
    for (at, cell) in &cells {
        while row < at.row {
            text.push('\n');
            row += 1;
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\t');
        }
        let start = text.len();
        // A line break inside a cell would shift the rows below it.
        text.extend(cell.text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        marks.push(CellMark { start, end: text.len(), row: at.row, column: at.column });
    }
    let id = sources.add_sheet(path, sheet, &text, &marks);
    let spans = marks.iter().map(|mark| Span::new(id, mark.start, mark.end));
    let placed = cells.into_iter().zip(spans);
    let cells = placed
        .map(|((at, cell), span)| (at, Cell { span, value: cell.value, origin: cell.origin }));
    Grid { start: Span::new(id, 0, 0), cells: cells.collect(), marks: DecimalMarks::Point }
}

fn parse(text: &str) -> Result<Document<'_>, String> {
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..Default::default() };
    Document::parse_with_options(text, options).map_err(|error| format!("it is damaged: {error}"))
}

/// Targets of relations by id, as paths in the archive.
fn relations(text: &str) -> Result<BTreeMap<String, String>, String> {
    let document = parse(text)?;
    let nodes = document.descendants().filter(|node| node.has_tag_name_like("Relationship"));
    let pairs = nodes.filter_map(|node| {
        let (id, target) = (node.attribute("Id")?, node.attribute("Target")?);
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{target}"),
        };
        Some((id.to_owned(), path))
    });
    Ok(pairs.collect())
}

/// Names of the sheets with the parts that hold them.
fn sheet_list(
    text: &str,
    targets: &BTreeMap<String, String>,
) -> Result<Vec<(String, String)>, String> {
    let document = parse(text)?;
    let nodes = document.descendants().filter(|node| node.has_tag_name_like("sheet"));
    let pairs = nodes.filter_map(|node| {
        let id = node.attributes().find(|a| a.name() == "id" && a.namespace().is_some())?;
        Some((node.attribute("name")?.to_owned(), targets.get(id.value())?.clone()))
    });
    Ok(pairs.collect())
}

fn shared_strings(text: &str) -> Result<Vec<String>, String> {
    let document = parse(text)?;
    let items = document.root_element().children().filter(|node| node.has_tag_name_like("si"));
    Ok(items.map(rich_text).collect())
}

/// The text of a string, without the readings that may stand above Chinese characters.
fn rich_text(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for child in node.children() {
        if child.has_tag_name_like("t") {
            text.push_str(child.text().unwrap_or_default());
        } else if child.has_tag_name_like("r") {
            text.push_str(&rich_text(child));
        }
    }
    text
}

/// Format codes by style of cell.
fn cell_formats(text: &str) -> Result<Vec<String>, String> {
    let document = parse(text)?;
    let mut own: BTreeMap<u32, String> = BTreeMap::new();
    for node in document.descendants().filter(|node| node.has_tag_name_like("numFmt")) {
        let id = node.attribute("numFmtId").and_then(|id| id.parse().ok());
        if let (Some(id), Some(code)) = (id, node.attribute("formatCode")) {
            own.insert(id, code.to_owned());
        }
    }
    let styles = document.descendants().find(|node| node.has_tag_name_like("cellXfs"));
    let styles = styles.into_iter().flat_map(|node| node.children());
    let styles = styles.filter(|node| node.has_tag_name_like("xf")).map(|node| {
        let id = node.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
        own.get(&id).cloned().unwrap_or_else(|| built_in(id).to_owned())
    });
    Ok(styles.collect())
}

/// Formats that workbooks name by number alone.
fn built_in(id: u32) -> &'static str {
    match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        37 => "#,##0_);(#,##0)",
        38 => "#,##0_);[Red](#,##0)",
        39 => "#,##0.00_);(#,##0.00)",
        40 => "#,##0.00_);[Red](#,##0.00)",
        41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        42 => "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        44 => "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)",
        48 => "##0.0E+0",
        49 => "@",
        // Dates, times, and what only some languages of a spreadsheet program have.
        _ => "yyyy-mm-dd",
    }
}

/// Names of elements without their namespace, which differs between strict and usual workbooks.
trait Named {
    fn has_tag_name_like(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_like(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}
