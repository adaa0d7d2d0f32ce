//! Figures as columns for a terminal.

use std::fmt::Write as _;

use crate::content::Reading;
use crate::diag::{Phrase, Wording, say};
use crate::locale::Lang;
use crate::quantity::{Grouping, group};

use crate::emit::padded;
use crate::emit::rows::Row;

/// Widest column of names; longer ones stand out of line.
const WIDEST: usize = 60;

/// Figures with unit and label, a line for each, and how many there are.
pub fn facts_table(rows: &[Row<'_>], lang: Lang, wording: &Wording) -> String {
    let names: Vec<String> = rows.iter().map(|row| row.path.to_string()).collect();
    let shown: Vec<String> = rows.iter().map(|row| shown(row, wording)).collect();
    let widest = |list: &[String]| list.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    let (name_width, value_width) = (widest(&names).min(WIDEST), widest(&shown));
    let units = rows.iter().map(|row| row.metric.unit.value.text.chars().count());
    let unit_width = units.max().unwrap_or(0);
    let mut text = String::new();
    for ((row, name), value) in rows.iter().zip(&names).zip(&shown) {
        let name = padded(name, name_width);
        let value = aligned(value, value_width);
        let unit = padded(&row.metric.unit.value.text, unit_width);
        let mut line = format!("{name}  {value}  {unit}  {}", row.label(lang));
        if !row.assurance().is_empty() {
            let level = wording.of(&Phrase::word(row.assurance()));
            let _ = write!(line, "  [{level}]");
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let count = match rows.len() {
        1 => say!("{n} figure", n = 1_usize),
        n => say!("{n} figures", n),
    };
    let _ = writeln!(text, "{}", wording.of(&count));
    text
}

/// A figure with its qualifier, or why there is none.
fn shown(row: &Row<'_>, wording: &Wording) -> String {
    match &row.datum.reading {
        Reading::Figure(figure) => {
            let digits = group(figure.value, Grouping::Thousands);
            match row.qualifier() {
                "" => digits,
                word => format!("{} {digits}", wording.of(&Phrase::word(word))),
            }
        }
        Reading::Missing(missing) => wording.of(&missing.kind.said()),
    }
}

/// A text with blanks before it up to a width.
fn aligned(text: &str, width: usize) -> String {
    let taken = padded(text, 0).chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    format!("{}{text}", " ".repeat(width.saturating_sub(taken)))
}
