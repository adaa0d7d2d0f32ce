//! How cells look, and whether they can be changed.

use std::fmt::Write as _;

use crate::emit::workbook::{Cell, DECIMALS, HEAD, MAIN};

/// Styles before those of figures: plain, heading, lines of text, words to be filled in.
const FIRST: u32 = 4;

/// The style of a cell: its number in the list that [`styles`] writes.
pub fn style_of(cell: &Cell) -> u32 {
    let (plain, filled) = (FIRST, FIRST + DECIMALS + 1);
    match cell {
        Cell::Empty | Cell::Text(_) | Cell::Words(..) => 0,
        Cell::Head(_) => 1,
        Cell::Prose(_) => 2,
        Cell::Entry(_) => 3,
        Cell::Number(value) | Cell::Formula(_, value) => plain + value.scale().min(DECIMALS),
        Cell::Live(_, decimals) => plain + (*decimals).min(DECIMALS),
        Cell::Figure(_, decimals) => filled + (*decimals).min(DECIMALS),
    }
}

/// The part that lists all styles. Cells to be filled have a colour of their own.
pub fn styles() -> String {
    let mut formats = String::new();
    let (mut plain, mut filled) = (String::new(), String::new());
    for decimals in 0..=DECIMALS {
        let id = 164 + decimals;
        let point = if decimals == 0 { "" } else { "." };
        let zeros = "0".repeat(decimals as usize);
        let _ = write!(formats, "<numFmt numFmtId=\"{id}\" formatCode=\"#,##0{point}{zeros}\"/>");
        let _ = write!(
            plain,
            "<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        );
        filled.push_str(&to_be_filled(id, ""));
    }
    let (count, total) = (DECIMALS + 1, FIRST + 2 * (DECIMALS + 1));
    let entry = to_be_filled(49, "<alignment wrapText=\"1\"/>");
    let line = "<{side} style=\"thin\"><color rgb=\"FFBFBFBF\"/></{side}>";
    let sides = ["left", "right", "top", "bottom"].map(|side| line.replace("{side}", side));
    format!(
        "{HEAD}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{count}\">{formats}</numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFF9DB\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>\
         <borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\
         <border>{}<diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{total}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
         <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
         {entry}{plain}{filled}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        sides.concat()
    )
}

/// A style of cells that can be changed where a sheet is protected.
fn to_be_filled(format: u32, alignment: &str) -> String {
    format!(
        "<xf numFmtId=\"{format}\" fontId=\"0\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" \
         applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" applyProtection=\"1\">{alignment}<protection locked=\"0\"/></xf>"
    )
}
