//! Findings as text and as data.
//!
//! **Invariant:** paths are relative to the project, with `/` between folders.

mod csv;
mod diff;
mod explain;
mod facts;
mod facts_xlsx;
mod index;
mod json;
mod printed;
mod rows;
mod rule;
mod text;
mod traces;
mod unit;
mod wording;
mod workbook;

pub use self::diff::{DiffForm, diff_text};
pub use self::explain::{explain_clause, explain_metric};
pub use self::facts::facts_json;
pub use self::facts_xlsx::facts_xlsx;
pub use self::index::{IndexForm, index_text, proposals};
pub use self::json::to_json;
pub use self::printed::attached_json;
pub use self::rows::facts_csv;
pub use self::rule::explain_rule;
pub use self::text::{Colour, to_text};
pub use self::traces::traces_json;
pub use self::unit::explain_unit;
pub use self::wording::Interface;

use crate::diag::{Phrase, Severity, say};
use crate::lint::Judged;

/// The last line: how many findings of each severity.
pub fn summary(judged: &Judged) -> Phrase {
    let errors = counted(Severity::Error, judged.count(Severity::Error));
    let warnings = counted(Severity::Warning, judged.count(Severity::Warning));
    let notes = counted(Severity::Note, judged.count(Severity::Note));
    let all = Phrase::list([errors, warnings, notes]);
    match judged.suppressed.len() {
        0 => all,
        n => say!("{all}, {n} accepted with a reason", all, n),
    }
}

/// A number of findings in words.
pub fn counted(severity: Severity, n: usize) -> Phrase {
    match (severity, n) {
        (Severity::Error, 1) => say!("{n} error", n),
        (Severity::Error, _) => say!("{n} errors", n),
        (Severity::Warning, 1) => say!("{n} warning", n),
        (Severity::Warning, _) => say!("{n} warnings", n),
        (Severity::Note, 1) => say!("{n} note", n),
        (Severity::Note, _) => say!("{n} notes", n),
    }
}

/// A text with blanks up to a width, in which a Chinese character is as wide as two letters.
fn padded(text: &str, width: usize) -> String {
    let wide = |c: char| ('\u{2e80}'..='\u{ffe6}').contains(&c);
    let taken: usize = text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(taken)))
}
