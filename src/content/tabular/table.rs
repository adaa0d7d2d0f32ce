//! Rows of tables to values of metrics.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::framework::Units;
use crate::schema::nearest;
use crate::sheet::{Address, Cell, CellValue, Grid, Range};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::Node;

use crate::content::tabular::cell::figure;
use crate::content::tabular::layout::{FigureColumns, Layout};
use crate::content::tabular::loader::Loader;
use crate::content::tabular::{Fact, malformed};

/// What reading tables needs to know.
pub struct Facts<'a> {
    /// Metrics of the project with their units.
    pub declared: &'a BTreeMap<String, String>,
    /// Dimensions of the project.
    pub dimensions: &'a [String],
    /// Units.
    pub units: &'a Units,
}

/// A row that names a metric.
struct Row<'t> {
    at: u32,
    metric: Spanned<String>,
    unit: &'t str,
    member: Option<(Spanned<String>, Spanned<String>)>,
}

/// A table in the course of being read.
struct Table<'t> {
    grid: &'t Grid,
    layout: &'t Layout,
    decimals: Option<u32>,
}

impl Facts<'_> {
    /// Reads one entry of `from`.
    pub fn read(&self, spec: &Node, loader: &mut Loader<'_>, found: &mut Vec<Fact>) {
        let Some(file) = spec.get("file").and_then(Node::spanned) else { return };
        let sheet = spec.get("sheet").and_then(Node::spanned);
        let Some(grid) = loader.grid(&file, sheet.as_ref()) else { return };
        let Some(range) = range(spec, &grid, file.span, loader) else { return };
        let layout = Layout::read(spec, &grid, range, self.dimensions, loader.sink);
        let Some(layout) = layout else { return };
        let decimals = spec.get("decimals").and_then(Node::text).and_then(|n| n.parse().ok());
        let decimals = decimals.filter(|decimals: &u32| *decimals <= 12);
        if spec.get("range").is_none() && is_csv(&file.value) {
            report_surplus(&grid, range, loader);
        }
        let table = Table { grid: &grid, layout: &layout, decimals };
        let body = layout.body.first.row..=layout.body.last.row;
        for at in grid.rows().into_iter().filter(|row| body.contains(row)) {
            self.row(&table, at, loader, found);
        }
    }

    fn row(&self, table: &Table<'_>, at: u32, loader: &mut Loader<'_>, found: &mut Vec<Fact>) {
        let figures = table.figures(at);
        let first = figures.iter().find_map(|(_, cell)| *cell);
        let Some(row) = self.metric(table, at, first, loader) else { return };
        self.compare_unit(table, &row, loader);
        for (year, cell) in figures {
            let Some(cell) = cell else { continue };
            let Some(year) = year else { continue };
            let year = match table.layout.figures {
                FigureColumns::Wide(_) => Some(year),
                FigureColumns::Long { .. } => checked_year(year, loader),
            };
            let node =
                figure(cell, table.grid.marks, table.decimals, row.unit, self.units, loader.sink);
            if let (Some(year), Some(node)) = (year, node) {
                let (metric, member) = (row.metric.value.clone(), row.member.clone());
                found.push(Fact { metric, member, year, node });
            }
        }
        if first.is_none() && matches!(table.layout.figures, FigureColumns::Long { .. }) {
            let message = format!("the row {} has a metric and no figure", row.at);
            let help = "write the figure, why there is none such as `not-available: not-metered`, or delete the row";
            loader.sink.push(malformed(row.metric.span, message).help(help));
        }
    }

    /// The metric and member of a row; nothing where a row has no figures or names no metric.
    fn metric<'t>(
        &'t self,
        table: &Table<'_>,
        at: u32,
        figure: Option<&Cell>,
        loader: &mut Loader<'_>,
    ) -> Option<Row<'t>> {
        let cell = table.cell(at, table.layout.metric);
        let Some(cell) = cell else {
            if let Some(figure) = figure {
                let message = format!("the row {at} has a figure and names no metric");
                let help =
                    "write the id of the metric into the row, or leave the row out of the `range`";
                loader.sink.push(malformed(figure.span, message).help(help));
            }
            return None;
        };
        let metric = Spanned::new(cell.name(), cell.span);
        let Some(unit) = self.declared.get(&metric.value) else {
            // A heading between rows is none of a metric, and has no figures.
            if figure.is_some() {
                let message = format!("no metric is called `{}`", metric.value);
                let found = Diagnostic::error("unknown-reference", metric.span, message);
                let near = nearest(&metric.value, self.declared.keys().map(String::as_str));
                loader.sink.push(match near {
                    Some(near) => found.help(format!("did you mean `{near}`?")),
                    None => found
                        .help("declare it under `metrics`, or leave the row out of the `range`"),
                });
            }
            return None;
        };
        Some(Row { at, metric, unit, member: table.member(at) })
    }

    /// Compares the unit that stands in a row with that of the metric. Figures are not converted.
    fn compare_unit(&self, table: &Table<'_>, row: &Row<'_>, loader: &mut Loader<'_>) {
        let cell = table.layout.unit.and_then(|column| table.cell(row.at, column));
        let Some(cell) = cell else { return };
        let (written, unit) = (cell.name(), row.unit);
        let (one, other) = (self.units.table.parse(&written), self.units.table.parse(unit));
        let Ok(other) = other else { return };
        let same = one.is_ok_and(|one| one.above == other.above && one.below == other.below);
        if !same {
            let metric = &row.metric.value;
            let message = format!("the row is in `{written}`, and `{metric}` is in `{unit}`");
            let found = Diagnostic::error("differing-unit", cell.span, message).subject(metric);
            loader.sink.push(found.help("figures are not converted: write both in one unit"));
        }
    }
}

impl<'t> Table<'t> {
    fn cell(&self, row: u32, column: u32) -> Option<&'t Cell> {
        self.grid.get(Address { row, column })
    }

    /// Years and cells of a row.
    fn figures(&self, row: u32) -> Vec<(Option<Spanned<String>>, Option<&'t Cell>)> {
        match &self.layout.figures {
            FigureColumns::Wide(years) => {
                let cells = years
                    .iter()
                    .map(|(year, column)| (Some(year.clone()), self.cell(row, *column)));
                cells.collect()
            }
            FigureColumns::Long { year, value } => {
                let value = self.cell(row, *value);
                let year = match self.cell(row, *year) {
                    Some(year) => Some(Spanned::new(year.name(), year.span)),
                    None => value.map(|value| Spanned::new(String::new(), value.span)),
                };
                vec![(year, value)]
            }
        }
    }

    /// Breakdown and member of a row, from the columns of dimensions that are not empty.
    fn member(&self, row: u32) -> Option<(Spanned<String>, Spanned<String>)> {
        let mut joined: Option<(Spanned<String>, Spanned<String>)> = None;
        for (dimension, column) in &self.layout.dimensions {
            let Some(cell) = self.cell(row, *column) else { continue };
            let member = cell.name();
            joined = Some(match joined {
                None => (
                    Spanned::new(dimension.value.clone(), cell.span),
                    Spanned::new(member, cell.span),
                ),
                Some((name, key)) => (
                    name.map(|name| format!("{name}+{}", dimension.value)),
                    key.map(|key| format!("{key}+{member}")),
                ),
            });
        }
        joined
    }
}

/// The range of a table; the cells that are used where none is given.
fn range(spec: &Node, grid: &Grid, file: Span, loader: &mut Loader<'_>) -> Option<Range> {
    let used = grid.used();
    if used.is_none() {
        loader.sink.push(malformed(file, "the table is empty"));
        return None;
    }
    let Some(written) = spec.get("range").and_then(Node::spanned) else { return used };
    let range = Range::parse(&written.value);
    if range.is_none() {
        let message = format!("`{}` is no range", written.value);
        let help = "a range is named by two corners, such as `B3:E20`";
        loader.sink.push(malformed(written.span, message).help(help));
    }
    range
}

/// A year that stands in a cell.
fn checked_year(year: Spanned<String>, loader: &mut Loader<'_>) -> Option<Spanned<String>> {
    let digits = year.value.len() == 4 && year.value.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        let message = match year.value.as_str() {
            "" => "the row has a figure and no year".to_owned(),
            other => format!("expected a year, found `{other}`"),
        };
        loader.sink.push(malformed(year.span, message).help("write a year of four digits"));
        return None;
    }
    Some(year)
}

/// Cells beyond the head of a CSV file, which a comma inside a figure makes.
fn report_surplus(grid: &Grid, range: Range, loader: &mut Loader<'_>) {
    let row = range.first.row;
    let head = grid.cells.keys().filter(|at| at.row == row).map(|at| at.column).max();
    let last = head.unwrap_or_default();
    let beyond = grid.cells.iter().filter(|(at, _)| at.column > last);
    let mut rows: Vec<u32> = Vec::new();
    for (at, cell) in beyond.filter(|(_, cell)| matches!(cell.value, CellValue::Text(_))) {
        if !rows.contains(&at.row) {
            rows.push(at.row);
            let message = format!("the row {} has more cells than the head", at.row);
            let help = "a figure with `,` stands in quotes; every column has a heading";
            loader.sink.push(malformed(cell.span, message).help(help));
        }
    }
}

fn is_csv(file: &str) -> bool {
    let name = file.to_lowercase();
    name.ends_with(".csv") || name.ends_with(".tsv")
}
