//! What a row of a table says about a figure.

use std::collections::BTreeMap;

use crate::content::{MissingKind, figure_of_cell};
use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::framework::Units;
use crate::quantity::{Decimal, Figure, FigureFault, Qualifier, plain};
use crate::sheet::{Cell, CellValue, DecimalMarks, Origin};
use crate::source::Span;
use crate::syntax::yaml::Node;

use crate::import::columns::Column;
use crate::import::table::Row;

/// What is wanted of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing is said.
    Nothing,
    /// A figure, with the words that stand around its digits.
    Figure(Figure, String),
    /// There is none, and why.
    Missing(Absence),
}

/// Why there is no figure, as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The kind.
    pub kind: MissingKind,
    /// Id or words of the reason; empty where none is given.
    pub reason: String,
    /// The day on which a pending figure is expected; empty where none is given.
    pub until: String,
}

impl Wanted {
    /// Whether the same is meant: digits, decimals and qualifier of figures, kind, reason and day
    /// of what is missing.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::Figure(a, _), Self::Figure(b, _)) => same_figure(a, b),
            (Self::Missing(a), Self::Missing(b)) => a == b,
            _ => false,
        }
    }
}

/// Whether two figures have the same digits, decimals and qualifier.
pub fn same_figure(a: &Figure, b: &Figure) -> bool {
    a.qualifier == b.qualifier && a.value == b.value && a.value.scale() == b.value.scale()
}

/// What reading a row needs to know.
pub struct Reading<'a> {
    /// Words for kinds of absence, besides their ids.
    pub kinds: &'a BTreeMap<String, MissingKind>,
    /// Units.
    pub units: &'a Units,
    /// Unit of the row's metric.
    pub unit: &'a str,
    /// Findings.
    pub sink: &'a mut Sink,
}

impl Reading<'_> {
    /// What the row wants; nothing, with a finding, where that is not certain.
    pub fn wanted(&mut self, row: &Row<'_>) -> Option<Wanted> {
        let value = match row.cell(Column::Value) {
            Some(cell) => self.value(cell, row.table.marks())?,
            None => Wanted::Nothing,
        };
        let missing = match row.cell(Column::Missing) {
            Some(cell) => Some((cell.span, self.absence(row, cell)?)),
            None => None,
        };
        if missing.is_none() && self.has_loose_ends(row, &value) {
            return None;
        }
        match (value, missing) {
            (Wanted::Nothing, Some((_, absence))) => Some(Wanted::Missing(absence)),
            (value, None) => self.qualified(value, row),
            (_, Some((span, _))) => {
                let message = say!("the row has a figure, and says why there is none");
                let found = Diagnostic::error("invalid-value", span, message);
                self.sink.push(found.help(say!("empty one of the two cells")));
                None
            }
        }
    }

    /// Whether a row says something that belongs to a figure or to a kind of absence which it does not
    /// give: passing it over would lose what somebody typed.
    fn has_loose_ends(&mut self, row: &Row<'_>, value: &Wanted) -> bool {
        let reason = row.cell(Column::Reason).or_else(|| row.cell(Column::Until));
        let stated = matches!(value, Wanted::Missing(_));
        if let Some(cell) = reason.filter(|_| !stated) {
            let message = say!("the row gives a reason, and not which kind of absence it is");
            let found = Diagnostic::error("invalid-value", cell.span, message);
            self.sink.push(
                found.help(say!("choose the kind in the column beside it, or empty the cell")),
            );
            return true;
        }
        let qualifier = row.cell(Column::Qualifier).filter(|_| *value == Wanted::Nothing);
        if let Some(cell) = qualifier {
            let message = say!("the row has a qualifier and no figure");
            let found = Diagnostic::error("invalid-value", cell.span, message);
            self.sink.push(found.help(say!("enter the figure, or empty the cell")));
        }
        qualifier.is_some()
    }

    /// What the project said when the workbook was written.
    pub fn was(&mut self, row: &Row<'_>) -> Option<Wanted> {
        match row.cell(Column::Was) {
            Some(cell) => self.value(cell, DecimalMarks::Point),
            None => Some(Wanted::Nothing),
        }
    }

    fn value(&mut self, cell: &Cell, marks: DecimalMarks) -> Option<Wanted> {
        let node = figure_of_cell(cell, marks, None, self.unit, self.units, self.sink)?;
        let Some(text) = node.text() else { return Some(Wanted::Missing(absence_of(&node)?)) };
        match Figure::parse(text) {
            Ok(figure) => {
                self.warn_of_hidden_digits(cell, &figure);
                Some(Wanted::Figure(figure, text.to_owned()))
            }
            Err(fault) => {
                self.sink.push(no_figure(cell.span, text, &fault));
                None
            }
        }
    }

    /// A number that was typed with more decimals than its cell shows is taken as it is shown,
    /// which its writer may not know.
    fn warn_of_hidden_digits(&mut self, cell: &Cell, figure: &Figure) {
        let CellValue::Number { stored, format } = &cell.value else { return };
        let percent = format.contains('%');
        let stored = if percent { stored.checked_mul(Decimal::ONE_HUNDRED) } else { Some(*stored) };
        let Some(stored) = stored.filter(|stored| *stored != figure.value) else { return };
        if cell.origin == Origin::Written {
            let message = say!(
                "the cell holds {stored} and shows {shown}; {shown} is taken",
                stored = plain(stored.normalize()),
                shown = plain(figure.value)
            );
            let found = Diagnostic::warning("uncertain-digits", cell.span, message);
            self.sink.push(found.help(say!(
                "show more decimals in the number format if they belong to the figure"
            )));
        }
    }

    /// A figure with the qualifier of its own column.
    fn qualified(&mut self, value: Wanted, row: &Row<'_>) -> Option<Wanted> {
        let Some(cell) = row.cell(Column::Qualifier) else { return Some(value) };
        let word = cell.name().replace('-', " ");
        let Some(qualifier) = qualifier(&word) else {
            let message = say!("`{word}` is no qualifier", word);
            let help = say!("there are: over, nearly, about, below, at least, at most");
            self.sink.push(Diagnostic::error("invalid-value", cell.span, message).help(help));
            return None;
        };
        match value {
            Wanted::Figure(mut figure, text) if figure.qualifier == Qualifier::None => {
                figure.qualifier = qualifier;
                // The digits alone: the words are those of the project, or of its language.
                Some(Wanted::Figure(figure, text))
            }
            Wanted::Figure(figure, text) if figure.qualifier == qualifier => {
                Some(Wanted::Figure(figure, text))
            }
            Wanted::Figure(_, text) => {
                let message = say!("`{text}` has another qualifier than `{word}`", text, word);
                let found = Diagnostic::error("invalid-value", cell.span, message);
                self.sink.push(found.help(say!("empty one of the two cells")));
                None
            }
            // A qualifier that is left behind says nothing without a figure.
            other => Some(other),
        }
    }

    fn absence(&mut self, row: &Row<'_>, cell: &Cell) -> Option<Absence> {
        let word = cell.name();
        let kind = MissingKind::parse(&word.to_lowercase());
        let Some(kind) = kind.or_else(|| self.kinds.get(&word.to_lowercase()).copied()) else {
            let message = say!("`{word}` does not say why there is no figure", word);
            let help = say!("there are: not-applicable, not-available, not-material, pending");
            self.sink.push(Diagnostic::error("invalid-value", cell.span, message).help(help));
            return None;
        };
        let (reason, until) = (row.text(Column::Reason), row.text(Column::Until));
        let until = if kind == MissingKind::Pending { until } else { String::new() };
        Some(Absence { kind, reason, until })
    }
}

/// The qualifier of a word in any language.
fn qualifier(word: &str) -> Option<Qualifier> {
    let figure = Figure::parse(&format!("{word} 1")).ok()?;
    Some(figure.qualifier).filter(|qualifier| *qualifier != Qualifier::None)
}

/// What a node in the form of the project says about a missing figure.
pub fn absence_of(node: &Node) -> Option<Absence> {
    let entries = node.entries();
    let (kind, value) = entries
        .iter()
        .find_map(|entry| Some((MissingKind::parse(&entry.key.value)?, &entry.value)))?;
    let text = value.text().unwrap_or_default().to_owned();
    Some(match kind {
        MissingKind::Pending => {
            let reason = node.get("reason").and_then(Node::text).unwrap_or_default().to_owned();
            Absence { kind, reason, until: text }
        }
        _ => Absence { kind, reason: text, until: String::new() },
    })
}

fn no_figure(span: Span, text: &str, fault: &FigureFault) -> Diagnostic {
    let help = match fault {
        FigureFault::Percent => say!("the unit says that it is percent; write the digits alone"),
        FigureFault::TooLong => say!("choose a larger unit"),
        FigureFault::Grouping => say!("write `,` before every third digit, or none at all"),
        FigureFault::NoDigits | FigureFault::Unexpected(_) => {
            say!("write digits alone; a missing figure has its reason in the columns beside it")
        }
    };
    let message = say!("expected a figure, found `{text}`", text = Phrase::from(text));
    Diagnostic::error("invalid-figure", span, message).help(help)
}
