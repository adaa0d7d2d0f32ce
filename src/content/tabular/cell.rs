//! Cells to figures.

use crate::diag::{Diagnostic, Sink};
use crate::framework::Units;
use crate::quantity::Decimal;
use crate::sheet::{Address, Cell, CellValue, DecimalMarks, Scale, shown};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Entry, Node, Scalar, Style, Value};

use crate::content::metric::MissingKind;
use crate::content::tabular::loader::Loader;
use crate::content::tabular::malformed;

/// A cell that a project names, such as `data/energy.xlsx:Energy!C7`.
pub struct CellRef {
    /// The cell.
    pub cell: Cell,
    /// What may stand before decimals in its table.
    pub marks: DecimalMarks,
}

impl CellRef {
    /// Looks the cell up, or says what is wrong.
    pub fn read(named: &Spanned<String>, loader: &mut Loader<'_>) -> Option<Self> {
        let help = "a cell is named as `data/energy.xlsx:Energy!C7`, or `data/energy.csv:C7`";
        let parts =
            named.value.rsplit_once(':').map(|(file, place)| match place.rsplit_once('!') {
                Some((sheet, cell)) => (file, Some(sheet.trim_matches('\'')), cell),
                None => (file, None, place),
            });
        let address = parts.and_then(|(.., cell)| Address::parse(cell));
        let (Some((file, sheet, _)), Some(address)) = (parts, address) else {
            let message = format!("`{}` names no cell", named.value);
            loader.sink.push(malformed(named.span, message).help(help));
            return None;
        };
        let at = |text: &str| Spanned::new(text.to_owned(), named.span);
        let grid = loader.grid(&at(file), sheet.map(at).as_ref())?;
        let Some(cell) = grid.get(address) else {
            let message = format!("the cell {} is empty", named.value);
            let found = malformed(named.span, message);
            loader
                .sink
                .push(found.help("name the cell that holds the figure, or say why there is none"));
            return None;
        };
        Some(Self { cell: cell.clone(), marks: grid.marks })
    }
}

/// The figure of a cell as if it stood in YAML, or the reason why there is none.
///
/// Nothing, with a finding, where the digits that the cell shows are not certain.
pub fn figure(
    cell: &Cell,
    marks: DecimalMarks,
    decimals: Option<u32>,
    unit: &str,
    units: &Units,
    sink: &mut Sink,
) -> Option<Node> {
    match &cell.value {
        CellValue::Text(text) => {
            if marks == DecimalMarks::Unknown && could_be_decimals(text) {
                let message = format!("the `,` in `{text}` may separate thousands or decimals");
                let help = "where `;` stands between cells, write decimals after a point and thousands without separator";
                sink.push(Diagnostic::error("uncertain-digits", cell.span, message).help(help));
                return None;
            }
            Some(missing(text, cell.span).unwrap_or_else(|| scalar(text, cell.span)))
        }
        CellValue::Number { stored, format } => {
            number(cell.span, *stored, format, decimals, (unit, units), sink)
        }
        CellValue::Failed(error) => {
            let message = match error.as_str() {
                "" => "the formula of the cell was never computed".to_owned(),
                error => format!("the formula of the cell gives {error}"),
            };
            let help = match error.as_str() {
                "" => "open the workbook in a spreadsheet program and save it",
                _ => "correct the formula, and save the workbook",
            };
            sink.push(Diagnostic::error("failed-formula", cell.span, message).help(help));
            None
        }
    }
}

fn number(
    span: Span,
    stored: Decimal,
    format: &str,
    decimals: Option<u32>,
    (unit, units): (&str, &Units),
    sink: &mut Sink,
) -> Option<Node> {
    let found = match shown(stored, format, decimals) {
        Ok(shown) if shown.scale == Scale::One => return Some(scalar(&shown.text, span)),
        Ok(shown) if is_percent(unit, units) => return Some(scalar(&shown.text, span)),
        Ok(shown) => {
            let message = format!("the cell shows {}%, and the metric is in `{unit}`", shown.text);
            Diagnostic::error("uncertain-digits", span, message)
                .help("correct the unit, or the number format of the cell")
        }
        Err(doubt) => {
            let message = format!("the cell holds {} and {}", stored.normalize(), doubt.words());
            Diagnostic::error("uncertain-digits", span, message).help(
                "give the cell a number format such as `0.00`, make it a text, or state `decimals:` with the table",
            )
        }
    };
    sink.push(found);
    None
}

/// Whether a unit is percent, by whatever name.
fn is_percent(unit: &str, units: &Units) -> bool {
    let (unit, percent) = (units.table.parse(unit), units.table.parse("%"));
    matches!((unit, percent), (Ok(unit), Ok(percent)) if unit.above == percent.above && unit.below == percent.below)
}

/// Whether a comma in a figure could stand before decimals: it is alone and no point follows it.
fn could_be_decimals(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.matches(',').count() == 1
        && !text.contains('.')
}

fn scalar(text: &str, span: Span) -> Node {
    let scalar = Scalar { text: text.to_owned(), style: Style::Quoted };
    Node { span, value: Value::Scalar(scalar) }
}

/// A missing value: `not-available: not-metered`, or `pending: 2025-09-30, not-metered`.
fn missing(text: &str, span: Span) -> Option<Node> {
    let (kind, rest) = text.split_once([':', '：'])?;
    let kind = kind.trim();
    let rest = rest.trim();
    let entry = |key: &str, text: &str| Entry {
        key: Spanned::new(key.to_owned(), span),
        value: scalar(text.trim(), span),
    };
    let entries = match MissingKind::parse(kind)? {
        MissingKind::Pending => {
            let (day, reason) = rest.split_once([',', '，']).unwrap_or((rest, ""));
            let reason = Some(reason).filter(|reason| !reason.trim().is_empty());
            let reason = reason.map(|reason| entry("reason", reason));
            std::iter::once(entry(kind, day)).chain(reason).collect()
        }
        _ => vec![entry(kind, rest)],
    };
    Some(Node { span, value: Value::Map(entries) })
}
