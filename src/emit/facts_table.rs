//! Figures as columns for a terminal.

use std::fmt::Write as _;

use crate::content::{Metric, Reading};
use crate::diag::{Phrase, Wording, say};
use crate::locale::Lang;
use crate::quantity::{Grouping, group};

use crate::emit::padded;
use crate::emit::rows::Row;
use crate::emit::select::ComputedRow;

/// Widest column of names; longer ones stand out of line.
const WIDEST: usize = 60;

/// Decimals of a figure that is computed alone.
const DECIMALS: u32 = 6;

/// Figures with unit and label, a line for each, and how many there are. Those that are computed
/// alone stand behind the others with `=`, rounded to what helps to judge them.
pub fn facts_table(
    rows: &[Row<'_>],
    computed: &[ComputedRow<'_>],
    lang: Lang,
    wording: &Wording,
) -> String {
    let stated = rows.iter().map(|row| Line {
        name: row.path.to_string(),
        value: shown(row, wording),
        metric: row.metric,
        level: row.assurance(),
    });
    let alone = computed.iter().map(|row| {
        let value = row.value.round_dp(DECIMALS).normalize();
        let level = row.path.year.and_then(|year| row.metric.assurance.get(&year));
        Line {
            name: row.path.to_string(),
            value: format!("= {}", group(value, Grouping::Thousands)),
            metric: row.metric,
            level: level.map_or("", |level| level.word()),
        }
    });
    let lines: Vec<Line<'_>> = stated.chain(alone).collect();
    let width = |text: fn(&Line<'_>) -> usize| lines.iter().map(text).max().unwrap_or(0);
    let name_width = width(|line| line.name.chars().count()).min(WIDEST);
    let value_width = width(|line| line.value.chars().count());
    let unit_width = width(|line| line.metric.unit.value.text.chars().count());
    let mut text = String::new();
    for line in &lines {
        let name = padded(&line.name, name_width);
        let value = aligned(&line.value, value_width);
        let unit = padded(&line.metric.unit.value.text, unit_width);
        let label = line.metric.label.get(lang).map(|label| label.value.as_str());
        let mut written = format!("{name}  {value}  {unit}  {}", label.unwrap_or_default());
        if !line.level.is_empty() {
            let level = wording.of(&Phrase::word(line.level));
            let _ = write!(written, "  [{level}]");
        }
        let _ = writeln!(text, "{}", written.trim_end());
    }
    let count = match lines.len() {
        1 => say!("{n} figure", n = 1_usize),
        n => say!("{n} figures", n),
    };
    let _ = writeln!(text, "{}", wording.of(&count));
    text
}

/// A line of the table.
struct Line<'a> {
    name: String,
    value: String,
    metric: &'a Metric,
    level: &'static str,
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
