//! Workbooks (Office Open XML, ECMA-376) with formulas that spreadsheets compute again.
//!
//! Figures are written from their decimals, digit by digit, so that none passes through a float on
//! the way out. The file holds no clock and no author.

use std::fmt::Write as _;

use crate::emit::xml::escaped;
use crate::quantity::{Decimal, plain};
use crate::source::zip::{Packed, pack};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A heading.
    Head(String),
    /// A figure with the decimals it is printed with.
    Number(Decimal),
    /// A formula, and the figure it gives.
    Formula(String, Decimal),
    /// A formula, and the text it gives.
    Words(String, String),
}

/// A sheet. Its first row stays in view.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Name, at most 31 characters.
    pub name: String,
    /// Widths of the columns, in characters.
    pub widths: Vec<u16>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// Most decimals that a number format shows.
const DECIMALS: u32 = 12;

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
        let _ = write!(text, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
    }
    // Spreadsheets compute everything again when they open the file.
    text + "</sheets><calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/></workbook>"
}

/// Style 0 is plain, 1 a heading, and 2 + n a figure with n decimals.
fn styles() -> String {
    let mut formats = String::new();
    let mut cells = String::from(
        "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>",
    );
    for decimals in 0..=DECIMALS {
        let id = 164 + decimals;
        let point = if decimals == 0 { "" } else { "." };
        let zeros = "0".repeat(decimals as usize);
        let _ = write!(formats, "<numFmt numFmtId=\"{id}\" formatCode=\"#,##0{point}{zeros}\"/>");
        let _ = write!(
            cells,
            "<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        );
    }
    let (count, total) = (DECIMALS + 1, DECIMALS + 3);
    format!(
        "{HEAD}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{count}\">{formats}</numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{total}\">{cells}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

fn worksheet(sheet: &Sheet) -> String {
    let mut text = format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
    );
    if !sheet.widths.is_empty() {
        text.push_str("<cols>");
        for (at, width) in sheet.widths.iter().enumerate() {
            let number = at + 1;
            let _ = write!(
                text,
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
            );
        }
        text.push_str("</cols>");
    }
    text.push_str("<sheetData>");
    for (at, row) in sheet.rows.iter().enumerate() {
        let number = at + 1;
        let _ = write!(text, "<row r=\"{number}\">");
        for (place, cell) in row.iter().enumerate() {
            push_cell(&format!("{}{number}", column(place)), cell, &mut text);
        }
        text.push_str("</row>");
    }
    text + "</sheetData></worksheet>"
}

fn push_cell(name: &str, cell: &Cell, text: &mut String) {
    let style = |value: &Decimal| 2 + value.scale().min(DECIMALS);
    let _ = match cell {
        Cell::Empty => Ok(()),
        Cell::Text(words) | Cell::Head(words) => {
            let style = if matches!(cell, Cell::Head(_)) { " s=\"1\"" } else { "" };
            write!(
                text,
                "<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(words)
            )
        }
        Cell::Number(value) => {
            write!(text, "<c r=\"{name}\" s=\"{}\"><v>{}</v></c>", style(value), plain(*value))
        }
        Cell::Formula(formula, value) => write!(
            text,
            "<c r=\"{name}\" s=\"{}\"><f>{}</f><v>{}</v></c>",
            style(value),
            escaped(formula),
            plain(*value)
        ),
        Cell::Words(formula, words) => write!(
            text,
            "<c r=\"{name}\" t=\"str\"><f>{}</f><v>{}</v></c>",
            escaped(formula),
            escaped(words)
        ),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let names: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(column).collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn figures_keep_their_digits_and_texts_stay_texts() {
        let mut text = String::new();
        push_cell("A1", &Cell::Number(Decimal::new(30, 2)), &mut text);
        push_cell("B1", &Cell::Text("=1+<2>".into()), &mut text);
        assert!(text.contains("<c r=\"A1\" s=\"4\"><v>0.30</v></c>"), "{text}");
        assert!(text.contains("=1+&lt;2&gt;</t>"), "{text}");
    }
}
