//! Workbooks (Office Open XML, ECMA-376) with formulas that spreadsheets compute again.
//!
//! Figures are written from their decimals, digit by digit, so that none passes through a float on
//! the way out. The file holds no clock and no author.

mod styles;
mod worksheet;

use std::fmt::Write as _;

use crate::quantity::Decimal;
use crate::source::zip::{Packed, pack};

use crate::emit::workbook::styles::styles;
use crate::emit::workbook::worksheet::worksheet;
use crate::emit::xml::escaped;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A heading.
    Head(String),
    /// A text that is broken into lines.
    Prose(String),
    /// A figure with the decimals it is printed with.
    Number(Decimal),
    /// A formula, and the figure it gives.
    Formula(String, Decimal),
    /// A formula, and the text it gives.
    Words(String, String),
    /// A formula that is computed when the file is opened, and the decimals of what it gives.
    Live(String, u32),
    /// A cell to be filled with a figure of so many decimals, and what stands in it first.
    Figure(Option<Decimal>, u32),
    /// A cell to be filled with words, or with digits that are kept as they are typed.
    Entry(String),
}

/// What can be typed into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The cells, as ranges with blanks between.
    pub cells: String,
    /// What is allowed.
    pub allowed: Allowed,
    /// What is said when a cell is chosen.
    pub prompt: String,
    /// What is said when something else is typed.
    pub refusal: String,
}

/// What is allowed in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// Numbers.
    Numbers,
    /// What stands in these cells, and nothing else.
    Only(String),
    /// What stands in these cells; other words after a question.
    Suggested(String),
}

/// What people see of a sheet, and what they can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Everything.
    #[default]
    Open,
    /// Cells to be filled can be changed, others cannot.
    Filling,
    /// The sheet is not shown.
    Hidden,
}

/// A sheet. Its first row stays in view.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Name, at most 31 characters.
    pub name: String,
    /// Widths of the columns, in characters; zero hides a column.
    pub widths: Vec<u16>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
    /// What can be seen and changed.
    pub access: Access,
    /// Whether the first row, for programs alone, is hidden, and the second one is the head.
    pub coded: bool,
    /// Columns that stay in view.
    pub kept: usize,
    /// What can be typed.
    pub checks: Vec<Check>,
}

/// Most decimals that a number format shows.
pub const DECIMALS: u32 = 12;

/// A workbook; nothing if it is too large for the format.
pub fn workbook(sheets: &[Sheet]) -> Option<Vec<u8>> {
    let mut files: Vec<Packed> = vec![
        file("[Content_Types].xml", content_types(sheets.len())),
        file("_rels/.rels", relationships(&[("officeDocument", "xl/workbook.xml".to_owned())])),
        file("xl/workbook.xml", book(sheets)),
    ];
    let mut parts: Vec<(&str, String)> = (1..=sheets.len())
        .map(|number| ("worksheet", format!("worksheets/sheet{number}.xml")))
        .collect();
    parts.push(("styles", "styles.xml".to_owned()));
    files.push(file("xl/_rels/workbook.xml.rels", relationships(&parts)));
    files.push(file("xl/styles.xml", styles()));
    for (at, sheet) in sheets.iter().enumerate() {
        files.push(file(&format!("xl/worksheets/sheet{}.xml", at + 1), worksheet(sheet)));
    }
    pack(&files)
}

/// The letters of a column, counted from zero.
pub fn column(at: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

fn file(name: &str, text: String) -> Packed {
    (name.to_owned(), text.into_bytes())
}

fn content_types(sheets: usize) -> String {
    let mut text = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEETS}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEETS}.styles+xml\"/>"
    );
    for number in 1..=sheets {
        let _ = write!(
            text,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SHEETS}.worksheet+xml\"/>"
        );
    }
    text + "</Types>"
}

fn relationships(parts: &[(&str, String)]) -> String {
    let mut text = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (at, (kind, target)) in parts.iter().enumerate() {
        let _ = write!(
            text,
            "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>",
            at + 1
        );
    }
    text + "</Relationships>"
}

fn book(sheets: &[Sheet]) -> String {
    let mut text = format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    for (at, sheet) in sheets.iter().enumerate() {
        let (name, number) = (escaped(&sheet.name), at + 1);
        let state = if sheet.access == Access::Hidden { " state=\"hidden\"" } else { "" };
        let _ = write!(
            text,
            "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>"
        );
    }
    // Spreadsheets compute everything again when they open the file.
    text + "</sheets><calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/></workbook>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let names: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(column).collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
