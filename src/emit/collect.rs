//! Workbooks in which figures of a year are collected, and from which they are taken back.
//!
//! The first row of the sheet of figures names its columns for programs and is hidden, as are the
//! columns that say which figure a row is. `crate::import` reads both.

mod formulas;
mod line;

use std::collections::BTreeMap;

use crate::content::{Metric, MissingKind};
use crate::formula::Path;
use crate::import::{Column, qualifier_word};
use crate::locale::Lang;
use crate::quantity::Qualifier;
use crate::report::{Derivation, Report};
use crate::source::Sources;
use crate::view::Words;

use crate::emit::collect::formulas::Formulas;
use crate::emit::collect::line::{Kind, Line};
use crate::emit::workbook::{Access, Allowed, Cell, Check, Sheet, column, workbook};

/// What is collected.
pub struct Collection<'a> {
    /// The project.
    pub report: &'a Report,
    /// Texts that it was read from.
    pub sources: &'a Sources,
    /// Languages of labels, with the words of each; the first is that of headings.
    pub words: &'a [(Lang, Words)],
    /// The year.
    pub year: u16,
    derivations: BTreeMap<String, Vec<Derivation>>,
}

/// Kinds of absence, in the order of the list.
const KINDS: [MissingKind; 4] = [
    MissingKind::NotApplicable,
    MissingKind::NotAvailable,
    MissingKind::NotMaterial,
    MissingKind::Pending,
];

/// Qualifiers, in the order of the list.
const QUALIFIERS: [Qualifier; 6] = [
    Qualifier::Over,
    Qualifier::Nearly,
    Qualifier::About,
    Qualifier::Below,
    Qualifier::AtLeast,
    Qualifier::AtMost,
];

/// Columns before the labels, which are hidden.
const HIDDEN: [Column; 6] =
    [Column::Id, Column::Member, Column::Year, Column::Unit, Column::Was, Column::Mark];

/// Columns after the labels, with their widths.
const SHOWN: [(Column, u16); 11] = [
    (Column::ShownMember, 26),
    (Column::ShownUnit, 16),
    (Column::Prior, 16),
    (Column::Value, 18),
    (Column::Qualifier, 12),
    (Column::Missing, 20),
    (Column::Reason, 26),
    (Column::Until, 14),
    (Column::Note, 36),
    (Column::Computed, 18),
    (Column::Difference, 14),
];

impl<'a> Collection<'a> {
    /// What is collected of a project in a year.
    pub fn new(
        report: &'a Report,
        sources: &'a Sources,
        words: &'a [(Lang, Words)],
        year: u16,
    ) -> Self {
        let mut derivations: BTreeMap<String, Vec<Derivation>> = BTreeMap::new();
        for derivation in report.derivations() {
            derivations.entry(derivation.path.metric.clone()).or_default().push(derivation);
        }
        for own in derivations.values_mut() {
            // The year first, then the years before it: a new year has no inputs yet.
            own.sort_by_key(|d| {
                let of = d.path.year.unwrap_or_default();
                (of != year, u16::MAX - of)
            });
        }
        Self { report, sources, words, year, derivations }
    }

    /// The workbook of some metrics; `part` says which they are, in each language. Nothing if it is
    /// too large for the format.
    pub fn workbook(&self, metrics: &[&'a Metric], part: &[String]) -> Option<Vec<u8>> {
        let lines = self.lines(metrics);
        let places: BTreeMap<&Path, usize> =
            lines.iter().enumerate().map(|(at, line)| (&line.path, at + FIRST)).collect();
        let formulas = Formulas {
            report: self.report,
            derivations: &self.derivations,
            places,
            year: self.year,
            value: self.letters(Column::Value),
            prior: self.letters(Column::Prior),
        };
        let mut rows = vec![self.codes(), self.heads()];
        rows.extend(
            lines.iter().enumerate().map(|(at, line)| self.cells(line, &formulas, at + FIRST)),
        );
        let labels = std::iter::repeat_n(38, self.words.len());
        let widths = std::iter::repeat_n(0, HIDDEN.len()).chain(labels);
        let figures = Sheet {
            name: self.word("sheet.figures"),
            widths: widths.chain(SHOWN.map(|(_, width)| width)).collect(),
            checks: self.checks(&rows),
            rows,
            access: Access::Filling,
            coded: true,
            kept: HIDDEN.len() + 1,
        };
        workbook(&[figures, self.guide(part), self.lists()])
    }

    fn lines(&self, metrics: &[&'a Metric]) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for metric in metrics {
            let line = |members, series, kind| {
                let id = metric.id.value.clone();
                let path = Path { metric: id, members, year: Some(self.year) };
                Line { path, metric, series, kind }
            };
            let outside = |series: &'a crate::content::Series| {
                let mut spans = series.values().map(|datum| datum.span);
                spans.find(|span| span.source != metric.id.span.source)
            };
            let kind = match (&metric.formula, outside(&metric.values)) {
                (Some(_), _) => Kind::Derived,
                (None, Some(place)) => Kind::Tabled(self.sources.place(place)),
                (None, None) => Kind::Entered,
            };
            lines.push(line(Vec::new(), &metric.values, kind));
            for breakdown in &metric.by {
                for member in &breakdown.members {
                    let keys = member.key.value.split('+').map(str::to_owned);
                    let pairs = breakdown.dimensions().map(str::to_owned).zip(keys).collect();
                    let kind = match outside(&member.values) {
                        Some(place) => Kind::Tabled(self.sources.place(place)),
                        None => Kind::Entered,
                    };
                    lines.push(line(pairs, &member.values, kind));
                }
            }
        }
        lines
    }

    /// Letters of a column.
    fn letters(&self, wanted: Column) -> String {
        let shown = SHOWN.iter().position(|(column, _)| *column == wanted).unwrap_or_default();
        column(HIDDEN.len() + self.words.len() + shown)
    }

    /// A word in the language of headings.
    fn word(&self, key: &str) -> String {
        self.words.first().map(|(_, words)| words.get(key)).unwrap_or_default()
    }

    fn codes(&self) -> Vec<Cell> {
        let labels = self.words.iter().map(|_| Column::Label);
        let columns = HIDDEN.into_iter().chain(labels).chain(SHOWN.map(|(column, _)| column));
        columns.map(|column| Cell::Text(column.name().to_owned())).collect()
    }

    fn heads(&self) -> Vec<Cell> {
        let hidden = HIDDEN.map(|_| Cell::Empty);
        let labels = self.words.iter().map(|(_, words)| Cell::Head(words.get("label")));
        let shown = SHOWN.map(|(column, _)| {
            let (key, year) = match column {
                Column::ShownMember => ("member", self.year),
                Column::ShownUnit => ("unit", self.year),
                Column::Prior => ("prior", self.year.saturating_sub(1)),
                other => (other.name(), self.year),
            };
            Cell::Head(self.word(key).replace("{year}", &year.to_string()))
        });
        hidden.into_iter().chain(labels).chain(shown).collect()
    }

    /// What can be typed into the cells to be filled.
    fn checks(&self, rows: &[Vec<Cell>]) -> Vec<Check> {
        let lists = format!("'{}'!", self.word("sheet.lists"));
        let list = |letter: &str, count: usize| format!("{lists}${letter}$1:${letter}${count}");
        let reasons = self.report.content.reasons.len();
        let check = |column: Column, allowed: Allowed, fits: &dyn Fn(&Cell) -> bool| {
            let name = column.name();
            let at = HIDDEN.len()
                + self.words.len()
                + SHOWN.iter().position(|(other, _)| *other == column).unwrap_or_default();
            let filled = rows.iter().map(|row| row.get(at).is_some_and(fits)).collect::<Vec<_>>();
            let (prompt, refusal) =
                (self.word(&format!("prompt.{name}")), self.word(&format!("refusal.{name}")));
            let cells = ranges(&self.letters(column), &filled);
            Some(Check { cells, allowed, prompt, refusal }).filter(|check| !check.cells.is_empty())
        };
        let number = |cell: &Cell| matches!(cell, Cell::Figure(..));
        let entry = |cell: &Cell| matches!(cell, Cell::Entry(_));
        let only = |letter, count| Allowed::Only(list(letter, count));
        let mut checks = vec![
            check(Column::Value, Allowed::Numbers, &number),
            check(Column::Qualifier, only("A", QUALIFIERS.len()), &entry),
            check(Column::Missing, only("B", KINDS.len()), &entry),
        ];
        if reasons > 0 {
            checks.push(check(Column::Reason, Allowed::Suggested(list("C", reasons)), &entry));
        }
        checks.into_iter().flatten().collect()
    }

    fn guide(&self, part: &[String]) -> Sheet {
        let entity = &self.report.content.head.name;
        let mut rows = Vec::new();
        for (at, (lang, words)) in self.words.iter().enumerate() {
            let name = entity.get(*lang).map(|name| name.value.clone()).unwrap_or_default();
            let title = words.get("title").replace("{year}", &self.year.to_string());
            rows.push(vec![Cell::Head(title.replace("{entity}", &name))]);
            rows.extend(part.get(at).map(|part| vec![Cell::Prose(part.clone())]));
            let lines = words.get("guide").replace("{sheet}", &self.word("sheet.figures"));
            rows.extend(lines.lines().map(|line| vec![Cell::Prose(line.to_owned())]));
            rows.push(Vec::new());
        }
        let name = self.word("sheet.guide");
        Sheet { name, widths: vec![110], rows, access: Access::Filling, ..Sheet::default() }
    }

    /// Words to choose from: qualifiers, kinds of absence, reasons by id with their words.
    fn lists(&self) -> Sheet {
        let lang = self.words.first().map_or(Lang::En, |(lang, _)| *lang);
        let reasons: Vec<_> = self.report.content.reasons.iter().collect();
        let count = reasons.len().max(QUALIFIERS.len());
        let text = |words: Option<String>| words.map_or(Cell::Empty, Cell::Text);
        let rows = (0..count).map(|at| {
            let qualifier = QUALIFIERS.get(at).map(|one| qualifier_word(*one, lang).to_owned());
            let kind = KINDS.get(at).map(|kind| self.word(&format!("missing.{}", kind.word())));
            let (id, words) = match reasons.get(at) {
                Some((id, words)) => {
                    (Some((*id).clone()), words.get(lang).map(|words| words.value.clone()))
                }
                None => (None, None),
            };
            vec![text(qualifier), text(kind), text(id), text(words)]
        });
        let rows = rows.collect();
        let name = self.word("sheet.lists");
        Sheet {
            name,
            widths: vec![16, 20, 28, 80],
            rows,
            access: Access::Hidden,
            ..Sheet::default()
        }
    }
}

/// First row of figures: below the names of columns and their headings.
const FIRST: usize = 3;

/// Rows of a column as ranges with blanks between.
fn ranges(letters: &str, filled: &[bool]) -> String {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in filled.iter().enumerate().filter(|(_, filled)| **filled) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => found.push((at, at)),
        }
    }
    let ranges = found.iter().map(|(first, last)| match first == last {
        true => format!("{letters}{}", first + 1),
        false => format!("{letters}{}:{letters}{}", first + 1, last + 1),
    });
    ranges.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_rows_are_one_range() {
        assert_eq!(ranges("C", &[false, true, true, false, true]), "C2:C3 C5");
    }
}
