//! One sheet as XML.

use std::fmt::Write as _;

use crate::quantity::plain;

use crate::emit::workbook::styles::style_of;
use crate::emit::workbook::{Access, Allowed, Cell, Check, HEAD, MAIN, Sheet, column};
use crate::emit::xml::escaped;

/// The part of a sheet. Its elements stand in the order that the format prescribes.
pub fn worksheet(sheet: &Sheet) -> String {
    let mut text = format!("{HEAD}<worksheet xmlns=\"{MAIN}\">{}", view(sheet));
    if !sheet.widths.is_empty() {
        text.push_str("<cols>");
        for (at, width) in sheet.widths.iter().enumerate() {
            let number = at + 1;
            let shown = match width {
                0 => "width=\"9\" hidden=\"1\"".to_owned(),
                width => format!("width=\"{width}\""),
            };
            let _ =
                write!(text, "<col min=\"{number}\" max=\"{number}\" {shown} customWidth=\"1\"/>");
        }
        text.push_str("</cols>");
    }
    text.push_str("<sheetData>");
    for (at, row) in sheet.rows.iter().enumerate() {
        let number = at + 1;
        let hidden = if sheet.coded && at == 0 { " hidden=\"1\"" } else { "" };
        let _ = write!(text, "<row r=\"{number}\"{hidden}>");
        for (place, cell) in row.iter().enumerate() {
            push_cell(&format!("{}{number}", column(place)), cell, &mut text);
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData>");
    if sheet.access != Access::Open {
        // Without a password: it keeps people from slips, not from their own decisions. Widths and
        // number formats may be changed, since a figure may have more decimals than the one before.
        text.push_str(
            "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatCells=\"0\" formatColumns=\"0\" formatRows=\"0\"/>",
        );
    }
    push_checks(&sheet.checks, &mut text);
    text + "</worksheet>"
}

/// What stays in view.
fn view(sheet: &Sheet) -> String {
    let rows = if sheet.coded { 2 } else { 1 };
    let corner = format!("{}{}", column(sheet.kept), rows + 1);
    let (split, pane) = match sheet.kept {
        0 => (String::new(), "bottomLeft"),
        kept => (format!("xSplit=\"{kept}\" "), "bottomRight"),
    };
    format!(
        "<sheetViews><sheetView workbookViewId=\"0\">\
         <pane {split}ySplit=\"{rows}\" topLeftCell=\"{corner}\" activePane=\"{pane}\" state=\"frozen\"/></sheetView></sheetViews>"
    )
}

fn push_cell(name: &str, cell: &Cell, text: &mut String) {
    let style = match style_of(cell) {
        0 => String::new(),
        style => format!(" s=\"{style}\""),
    };
    let _ = match cell {
        Cell::Empty => Ok(()),
        Cell::Entry(words) if words.is_empty() => write!(text, "<c r=\"{name}\"{style}/>"),
        Cell::Text(words) | Cell::Head(words) | Cell::Prose(words) | Cell::Entry(words) => write!(
            text,
            "<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(words)
        ),
        Cell::Figure(None, _) => write!(text, "<c r=\"{name}\"{style}/>"),
        Cell::Number(value) | Cell::Figure(Some(value), _) => {
            write!(text, "<c r=\"{name}\"{style}><v>{}</v></c>", plain(*value))
        }
        Cell::Formula(formula, value) => write!(
            text,
            "<c r=\"{name}\"{style}><f>{}</f><v>{}</v></c>",
            escaped(formula),
            plain(*value)
        ),
        Cell::Live(formula, _) => {
            write!(text, "<c r=\"{name}\"{style}><f>{}</f></c>", escaped(formula))
        }
        Cell::Words(formula, words) => write!(
            text,
            "<c r=\"{name}\"{style} t=\"str\"><f>{}</f><v>{}</v></c>",
            escaped(formula),
            escaped(words)
        ),
    };
}

fn push_checks(checks: &[Check], text: &mut String) {
    if checks.is_empty() {
        return;
    }
    let _ = write!(text, "<dataValidations count=\"{}\">", checks.len());
    for check in checks {
        let (kind, formulas) = match &check.allowed {
            Allowed::Numbers => (
                "type=\"decimal\" operator=\"between\"",
                "<formula1>-1E+27</formula1><formula2>1E+27</formula2>".to_owned(),
            ),
            Allowed::Only(list) => {
                ("type=\"list\"", format!("<formula1>{}</formula1>", escaped(list)))
            }
            Allowed::Suggested(list) => (
                "type=\"list\" errorStyle=\"warning\"",
                format!("<formula1>{}</formula1>", escaped(list)),
            ),
        };
        let _ = write!(
            text,
            "<dataValidation {kind} allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" \
             error=\"{}\" prompt=\"{}\" sqref=\"{}\">{formulas}</dataValidation>",
            escaped(&check.refusal),
            escaped(&check.prompt),
            check.cells
        );
    }
    text.push_str("</dataValidations>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Decimal;

    #[test]
    fn figures_keep_their_digits_and_texts_stay_texts() {
        let mut text = String::new();
        push_cell("A1", &Cell::Number(Decimal::new(30, 2)), &mut text);
        push_cell("B1", &Cell::Text("=1+<2>".into()), &mut text);
        assert!(text.contains("<c r=\"A1\" s=\"6\"><v>0.30</v></c>"), "{text}");
        assert!(text.contains("=1+&lt;2&gt;</t>"), "{text}");
    }
}
