//! Findings as text and as data.
//!
//! **Invariant:** paths are relative to the project, with `/` between folders.

mod explain;
mod facts;
mod index;
mod json;
mod text;

pub use self::explain::{explain_clause, explain_metric};
pub use self::facts::facts_json;
pub use self::index::{IndexForm, index_text, proposals};
pub use self::json::to_json;
pub use self::text::{Colour, to_text};

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
