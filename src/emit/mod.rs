//! Findings as text and as data.
//!
//! **Invariant:** paths are relative to the project, with `/` between folders.

mod annotations;
mod baseline;
mod checked;
mod collect;
mod csv;
mod diff;
mod explain;
mod facts;
mod facts_table;
mod facts_xlsx;
mod index;
mod json;
mod junit;
mod live;
mod printed;
mod rows;
mod rule;
mod sarif;
mod select;
mod text;
mod traces;
mod unit;
mod wording;
mod workbook;
mod xbrl;
mod xml;

pub use self::annotations::run_annotations;
pub use self::baseline::{Baseline, read_baseline};
pub use self::checked::{Base, Checked, Home, Outcome, Run, Standing};
pub use self::collect::Collection;
pub use self::diff::{DiffForm, diff_text};
pub use self::explain::{explain_clause, explain_metric};
pub use self::facts::{facts_json, facts_json_of};
pub use self::facts_table::facts_table;
pub use self::facts_xlsx::facts_xlsx;
pub use self::index::{IndexForm, index_text, proposals};
pub use self::json::{run_json, to_json};
pub use self::junit::run_junit;
pub use self::printed::attached_json;
pub use self::rows::{Row, facts_csv, rows};
pub use self::rule::explain_rule;
pub use self::sarif::{run_sarif, to_sarif};
pub use self::select::{Selection, owners_of, topic_of};
pub use self::text::{Colour, to_text};
pub use self::traces::traces_json;
pub use self::unit::explain_unit;
pub use self::wording::Interface;
pub use self::xbrl::{xbrl_json, xbrl_taxonomy};

use crate::diag::{Phrase, Severity, say};
use crate::lint::Judged;

/// The last line: how many findings of each severity.
pub fn summary(judged: &Judged) -> Phrase {
    let all = counts(|severity| judged.count(severity));
    let all = match judged.suppressed.len() {
        0 => all,
        n => say!("{all}, {n} accepted with a reason", all, n),
    };
    match judged.recorded.len() {
        0 => all,
        n => say!("{all}, {n} in the baseline", all, n),
    }
}

/// Numbers of findings of each severity.
pub fn counts(of: impl Fn(Severity) -> usize) -> Phrase {
    let all = [Severity::Error, Severity::Warning, Severity::Note];
    Phrase::list(all.map(|severity| counted(severity, of(severity))))
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
pub fn padded(text: &str, width: usize) -> String {
    let wide = |c: char| ('\u{2e80}'..='\u{ffe6}').contains(&c);
    let taken: usize = text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(taken)))
}
