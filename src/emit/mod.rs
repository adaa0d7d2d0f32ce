//! Findings as text and as data.
//!
//! **Invariant:** paths are relative to the project, with `/` between folders.

mod csv;
mod explain;
mod facts;
mod facts_xlsx;
mod index;
mod json;
mod printed;
mod rows;
mod text;
mod traces;
mod workbook;

pub use self::explain::{explain_clause, explain_metric};
pub use self::facts::facts_json;
pub use self::facts_xlsx::facts_xlsx;
pub use self::index::{IndexForm, index_text, proposals};
pub use self::json::to_json;
pub use self::printed::attached_json;
pub use self::rows::facts_csv;
pub use self::text::{Colour, to_text};
pub use self::traces::traces_json;

use crate::diag::Severity;
use crate::lint::Judged;

/// The last line: how many findings of each severity.
pub fn summary(judged: &Judged) -> String {
    let count = |severity: Severity| {
        let n = judged.count(severity);
        let plural = if n == 1 { "" } else { "s" };
        format!("{n} {}{plural}", severity.word())
    };
    let accepted = match judged.suppressed.len() {
        0 => String::new(),
        n => format!(", {n} accepted with a reason"),
    };
    let all = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    format!("{}{accepted}", all.join(", "))
}
