//! All figures as a workbook in which every derived figure is a live formula.

use std::collections::{BTreeMap, BTreeSet};

use crate::formula::Path;
use crate::locale::Lang;
use crate::quantity::{Decimal, Interval};
use crate::report::{Derivation, Report, Way};

use crate::emit::live::live;
use crate::emit::rows::{Row, rows as all_rows};
use crate::emit::workbook::{Cell, Sheet, column, workbook};

/// Column of values in the sheet of facts.
const VALUE: usize = 5;
/// Columns of the sheet of derivations: stated, computed, difference, low, high.
const STATED: usize = 4;
const COMPUTED: usize = 5;

/// The workbook of some figures, with labels in a language; nothing if it is too large for the
/// format.
pub fn facts_xlsx(report: &Report, rows: &[Row<'_>], lang: Lang) -> Option<Vec<u8>> {
    let chosen: BTreeSet<String> = rows.iter().map(|row| row.path.to_string()).collect();
    let metrics: BTreeSet<&str> = rows.iter().map(|row| row.path.metric.as_str()).collect();
    let whole = rows.len() == all_rows(report).len();
    let mut derivations = report.derivations();
    // A figure that is computed alone has no row; it belongs to the workbook of the whole report.
    derivations.retain(|d| match d.stated {
        Some(_) => chosen.contains(&d.path.to_string()),
        None => whole || metrics.contains(d.path.metric.as_str()),
    });
    let names = Names::new(rows, &derivations);
    workbook(&[about(), facts(rows, lang), derived(report, &derivations, &names)])
}

/// Where figures stand in the workbook.
struct Names {
    stated: BTreeMap<String, usize>,
    computed: BTreeMap<String, usize>,
}

impl Names {
    fn new(rows: &[Row<'_>], derivations: &[Derivation]) -> Self {
        let numbered = rows.iter().enumerate().filter(|(_, row)| row.value().is_some());
        let stated = numbered.map(|(at, row)| (row.path.to_string(), at + 2)).collect();
        let formulas = derivations.iter().enumerate().filter(|(_, d)| d.way == Way::Formula);
        let computed = formulas.map(|(at, d)| (d.path.to_string(), at + 2)).collect();
        Self { stated, computed }
    }

    /// The cell of a figure: where it is stated, else where it is computed.
    fn cell(&self, path: &Path) -> Option<String> {
        let name = path.to_string();
        if let Some(row) = self.stated.get(&name) {
            return Some(format!("Facts!{}{row}", column(VALUE)));
        }
        let row = self.computed.get(&name)?;
        Some(format!("{}{row}", column(COMPUTED)))
    }
}

fn about() -> Sheet {
    let lines = [
        "Figures of the report",
        "Facts: every figure as it is printed, with the lowest and the highest value that the printed digits can stand for.",
        "Derived: every figure that follows from others. The computed value is a formula over the cells of the sheet Facts.",
        "A stated figure and a computed one fit if their ranges have a value in common. A qualifier such as `over` opens a range; an open end is empty.",
        "The ranges of computed figures were computed when the file was written and do not follow changes of the sheet Facts.",
    ];
    let row = |line: &&str| vec![Cell::Text((*line).to_owned())];
    Sheet {
        name: "Read me".into(),
        widths: vec![120],
        rows: lines.iter().map(row).collect(),
        ..Sheet::default()
    }
}

fn head(names: &[&str]) -> Vec<Cell> {
    names.iter().map(|name| Cell::Head((*name).to_owned())).collect()
}

fn facts(rows: &[Row<'_>], lang: Lang) -> Sheet {
    let mut lines = vec![head(&[
        "figure",
        "label",
        "members",
        "year",
        "unit",
        "value",
        "qualifier",
        "low",
        "high",
        "missing",
        "assurance",
        "evidence",
    ])];
    for row in rows {
        let (value, low, high) = match row.value() {
            Some((value, Interval { low, high })) => {
                (Cell::Number(value), number(low), number(high))
            }
            None => (Cell::Empty, Cell::Empty, Cell::Empty),
        };
        let year = row.path.year.map(|year| year.to_string()).unwrap_or_default();
        lines.push(vec![
            text(row.path.to_string()),
            text(row.label(lang)),
            text(row.members()),
            text(year),
            text(row.metric.unit.value.text.to_string()),
            value,
            text(row.qualifier().to_owned()),
            low,
            high,
            text(row.missing().0),
            text(row.assurance().to_owned()),
            text(row.evidence()),
        ]);
    }
    let widths = vec![48, 40, 28, 8, 18, 18, 10, 18, 18, 14, 12, 40];
    Sheet { name: "Facts".into(), widths, rows: lines, ..Sheet::default() }
}

fn derived(report: &Report, derivations: &[Derivation], names: &Names) -> Sheet {
    let mut lines = vec![head(&[
        "figure",
        "follows as",
        "expression",
        "unit",
        "stated",
        "computed",
        "difference",
        "low",
        "high",
        "fits",
    ])];
    for (at, derivation) in derivations.iter().enumerate() {
        let Some(unit) = report.metric(&derivation.path.metric).map(|m| &m.unit.value) else {
            continue;
        };
        let row = at + 2;
        let (stated, computed) = (column(STATED), column(COMPUTED));
        let own = names.stated.get(&derivation.path.to_string());
        let value = derivation.value.round_dp(12);
        let year = derivation.path.year.unwrap_or_else(|| report.year());
        let live = live(&derivation.step, year, unit, &|path| names.cell(path));
        lines.push(vec![
            text(derivation.path.to_string()),
            text(derivation.way.words()),
            text(derivation.expression.clone()),
            text(unit.text.to_string()),
            match (own, derivation.stated) {
                (Some(own), Some((value, _))) => {
                    Cell::Formula(format!("Facts!{}{own}", column(VALUE)), value)
                }
                _ => Cell::Empty,
            },
            match live {
                Some(live) => Cell::Formula(live, value),
                None => Cell::Number(value),
            },
            match derivation.difference() {
                Some(difference) => {
                    Cell::Formula(format!("{computed}{row}-{stated}{row}"), difference.round_dp(12))
                }
                None => Cell::Empty,
            },
            number(derivation.interval.low.map(|low| low.round_dp(12))),
            number(derivation.interval.high.map(|high| high.round_dp(12))),
            fits(derivation, own.copied(), row),
        ]);
    }
    let widths = vec![48, 24, 60, 18, 18, 18, 18, 18, 18, 10];
    Sheet { name: "Derived".into(), widths, rows: lines, ..Sheet::default() }
}

/// Whether the ranges of a stated and a computed figure meet, as a formula.
fn fits(derivation: &Derivation, own: Option<usize>, row: usize) -> Cell {
    let (Some(own), Some(_)) = (own, derivation.stated) else { return Cell::Empty };
    let (low, high) = (format!("H{row}"), format!("I{row}"));
    let (stated_low, stated_high) = (format!("Facts!H{own}"), format!("Facts!I{own}"));
    let above = |a: &str, b: &str| format!("IF(AND(ISNUMBER({a}),ISNUMBER({b})),{a}>{b},FALSE)");
    let formula = format!(
        "IF(OR({},{}),\"differs\",\"fits\")",
        above(&low, &stated_high),
        above(&stated_low, &high)
    );
    let word = if derivation.fits() { "fits" } else { "differs" };
    Cell::Words(formula, word.to_owned())
}

fn text(words: String) -> Cell {
    if words.is_empty() { Cell::Empty } else { Cell::Text(words) }
}

fn number(value: Option<Decimal>) -> Cell {
    value.map_or(Cell::Empty, Cell::Number)
}
