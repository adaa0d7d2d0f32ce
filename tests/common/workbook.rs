//! Small workbooks from a text with a line for each cell:
//!
//! ```text
//! Energy!A1 metric
//! Energy!B1 2024
//! Energy!B2 1234.5 as #,##0.00
//! Energy!B3 "0.30"
//! Energy!B4 =#DIV/0!
//! ```
//!
//! A number is stored as a number, with the format after `as`; what stands in quotes, or is no
//! number, is a text; `=` starts what a formula gave, and stands alone where it gave nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The bytes of a workbook.
pub fn workbook(text: &str) -> Vec<u8> {
    let mut sheets: Vec<(String, BTreeMap<u32, String>)> = Vec::new();
    let mut formats = vec!["General".to_owned()];
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (place, content) = line.split_once(' ').unwrap_or((line, ""));
        let (sheet, cell) = place.rsplit_once('!').expect("a sheet and a cell");
        let row: u32 = cell.trim_start_matches(char::is_alphabetic).parse().expect("a row");
        let at = sheets.iter().position(|(name, _)| name == sheet).unwrap_or_else(|| {
            sheets.push((sheet.to_owned(), BTreeMap::new()));
            sheets.len() - 1
        });
        let (_, rows) = sheets.get_mut(at).expect("a sheet");
        let written = rows.entry(row).or_default();
        written.push_str(&cell_xml(cell, content.trim(), &mut formats));
    }
    let mut parts = vec![
        ("xl/workbook.xml".to_owned(), book(&sheets)),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(sheets.len())),
        ("xl/styles.xml".to_owned(), styles(&formats)),
    ];
    for (number, (_, rows)) in sheets.iter().enumerate() {
        let mut xml = String::from("<worksheet><sheetData>");
        for (row, cells) in rows {
            let _ = write!(xml, "<row r=\"{row}\">{cells}</row>");
        }
        xml.push_str("</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), xml));
    }
    archive(&parts.iter().map(|(n, x)| (n.as_str(), x.as_bytes())).collect::<Vec<_>>())
}

fn cell_xml(cell: &str, content: &str, formats: &mut Vec<String>) -> String {
    let (value, format) = content.split_once(" as ").unwrap_or((content, "General"));
    let style = formats.iter().position(|known| known == format).unwrap_or_else(|| {
        formats.push(format.to_owned());
        formats.len() - 1
    });
    let number = value.chars().any(|c| c.is_ascii_digit())
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | 'E'));
    match value.strip_prefix('=') {
        Some("") => format!("<c r=\"{cell}\"><f>1</f></c>"),
        Some(error) if error.starts_with('#') => {
            format!("<c r=\"{cell}\" t=\"e\"><f>1</f><v>{error}</v></c>")
        }
        Some(result) => format!("<c r=\"{cell}\" s=\"{style}\"><f>1</f><v>{result}</v></c>"),
        None if number => format!("<c r=\"{cell}\" s=\"{style}\"><v>{value}</v></c>"),
        None => {
            let words = escape(value.trim_matches('"'));
            format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn book(sheets: &[(String, BTreeMap<u32, String>)]) -> String {
    let mut xml = String::from(
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>",
    );
    for (number, (name, _)) in sheets.iter().enumerate() {
        let _ = write!(xml, "<sheet name=\"{}\" r:id=\"r{number}\"/>", escape(name));
    }
    xml + "</sheets></workbook>"
}

fn relations(sheets: usize) -> String {
    let mut xml = String::from("<Relationships>");
    for number in 0..sheets {
        let _ =
            write!(xml, "<Relationship Id=\"r{number}\" Target=\"worksheets/sheet{number}.xml\"/>");
    }
    xml + "</Relationships>"
}

fn styles(formats: &[String]) -> String {
    let mut xml = String::from("<styleSheet><numFmts>");
    for (number, format) in formats.iter().enumerate() {
        let _ = write!(
            xml,
            "<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>",
            164 + number,
            escape(format)
        );
    }
    xml.push_str("</numFmts><cellXfs>");
    for number in 0..formats.len() {
        let _ = write!(xml, "<xf numFmtId=\"{}\"/>", 164 + number);
    }
    xml + "</cellXfs></styleSheet>"
}

/// A ZIP archive whose parts are stored as they are.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let parts: Vec<Part<'_>> =
        parts.iter().map(|(name, bytes)| Part { name, method: 0, bytes }).collect();
    packed_archive(&parts)
}

/// A part of an archive as it is packed.
pub struct Part<'a> {
    /// Name.
    pub name: &'a str,
    /// 0 for stored, 8 for deflated.
    pub method: u16,
    /// Packed bytes.
    pub bytes: &'a [u8],
}

/// A ZIP archive of parts that are packed already. Checksums are left out: none are read.
pub fn packed_archive(parts: &[Part<'_>]) -> Vec<u8> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut list: Vec<u8> = Vec::new();
    for part in parts {
        let start = u32::try_from(bytes.len()).expect("a small archive");
        let size = u32::try_from(part.bytes.len()).expect("a small part");
        let name = u16::try_from(part.name.len()).expect("a short name");
        let mut common: Vec<u8> = Vec::new();
        common.extend([20, 0, 0, 0]);
        common.extend(part.method.to_le_bytes());
        common.extend([0; 8]);
        common.extend(size.to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend(name.to_le_bytes());
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(part.name.as_bytes());
        bytes.extend(part.bytes);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(start.to_le_bytes());
        list.extend(part.name.as_bytes());
    }
    let count = u16::try_from(parts.len()).expect("few parts");
    let start = u32::try_from(bytes.len()).expect("a small archive");
    let size = u32::try_from(list.len()).expect("a small archive");
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
