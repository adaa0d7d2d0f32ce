//! Drawings of figures. Bars start at zero; labels stand at what they name; a table holds the same
//! figures for those who do not see the drawing.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "sums of coordinates on a drawing, which are a few thousand at most"
)]

mod bars;
mod flow;
mod heat;
mod lines;
mod rows;
mod scale;
mod share;

pub use self::scale::round_up;

use std::collections::BTreeMap;

use crate::content::{ChartBlock, ChartKind, Metric, Reading, Series, Shown};
use crate::formula::Path;
use crate::quantity::{Decimal, Figure, Unit};
use crate::report::{anchor_name, total_of};

use crate::view::Context;
use crate::view::model::Chart;
use crate::view::theme::Theme;

/// Width of every drawing.
const WIDTH: i64 = 520;

/// One series: a label and a value for each year, in one unit.
struct SeriesData {
    label: String,
    values: Vec<Point>,
}

/// One value: for drawing, and as printed. Both are absent where the value is missing.
struct Point {
    value: Option<Decimal>,
    text: String,
}

/// A drawing with the table of its figures.
struct Drawing {
    svg: String,
    wide: bool,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// All that a drawing needs.
struct Data<'a> {
    theme: &'a Theme,
    years: Vec<String>,
    series: Vec<SeriesData>,
}

impl Context<'_> {
    /// A drawing; nothing if it has no series that exists.
    pub(super) fn chart(&self, section: &str, chart: &ChartBlock) -> Option<Chart> {
        let first = chart.series.first()?;
        let unit = &self.report.metric(&first.value)?.unit.value;
        let years = self.chart_years(chart);
        if chart.kind == ChartKind::Flow {
            return self.flow(section, chart, unit, years.last().copied()?);
        }
        let series = self.chart_series(chart, unit, &years);
        let names: Vec<String> = years.iter().map(u16::to_string).collect();
        let data = Data { theme: self.theme, years: names.clone(), series };
        let svg = match chart.kind {
            ChartKind::Bar if rows::suits(&data) => rows::draw(&data),
            ChartKind::Bar => bars::grouped(&data),
            ChartKind::Stacked => bars::stacked(&data),
            ChartKind::Line => lines::draw(&data),
            ChartKind::Share => share::draw(&data),
            ChartKind::Progress => share::progress(&data),
            ChartKind::Matrix | ChartKind::Flow => heat::draw(&self.grid(chart, &data), self.theme),
        };
        let mut head = vec![self.head_with(unit)];
        head.extend(names);
        let rows = data.series.iter().map(|series| {
            let mut row = vec![series.label.clone()];
            row.extend(series.values.iter().map(|point| point.text.clone()));
            row
        });
        let rows = rows.collect();
        Some(self.framed(section, chart, Drawing { svg, wide: false, head, rows }))
    }

    fn head_with(&self, unit: &Unit) -> String {
        let unit = self.report.content.units.symbol(unit, self.lang);
        format!("{} ({unit})", self.word("indicator"))
    }

    /// A drawing with its words.
    fn framed(&self, section: &str, chart: &ChartBlock, drawing: Drawing) -> Chart {
        let ids: Vec<&str> = chart.series.iter().map(|id| id.value.as_str()).collect();
        let source = format!("{}{}{}", self.word("source"), self.word("colon"), ids.join(", "));
        let Drawing { svg, wide, head, rows } = drawing;
        Chart {
            id: anchor_name(section, &chart.id.value),
            title: self.plain(&chart.title),
            subtitle: self.plain(&chart.subtitle),
            svg,
            wide,
            finding: self.plain(&chart.finding),
            source,
            head,
            rows,
        }
    }

    /// How a total comes together in one year.
    fn flow(&self, section: &str, chart: &ChartBlock, unit: &Unit, year: u16) -> Option<Chart> {
        let total = self.flow_tree(chart, year)?;
        let (svg, wide) = self.draw_flow(&total);
        let mut rows = Vec::new();
        flow::rows(&total, 0, &mut rows);
        let head = vec![self.head_with(unit), year.to_string()];
        Some(self.framed(section, chart, Drawing { svg, wide, head, rows }))
    }

    /// Rows and columns: the two dimensions of a breakdown in the last year, else series and years.
    fn grid(&self, chart: &ChartBlock, data: &Data<'_>) -> heat::Grid {
        let by = chart.by.as_ref().map(|by| by.value.as_str()).unwrap_or_default();
        let metric = chart.series.first().and_then(|id| self.report.metric(&id.value));
        let breakdown = metric.and_then(|m| m.by.iter().find(|one| one.name.value == by));
        let cells = |series: &SeriesData| {
            series.values.iter().map(|point| (point.value, point.text.clone())).collect()
        };
        let (Some((first, second)), Some(breakdown)) = (by.split_once('+'), breakdown) else {
            let rows = data.series.iter().map(|series| (series.label.clone(), cells(series)));
            return heat::Grid { columns: data.years.clone(), rows: rows.collect() };
        };
        let mut columns: Vec<&str> = Vec::new();
        let mut rows: Vec<(&str, BTreeMap<&str, heat::Cell>)> = Vec::new();
        for (member, series) in breakdown.members.iter().zip(&data.series) {
            let Some((row, column)) = member.key.value.split_once('+') else { continue };
            let Some(point) = series.values.last() else { continue };
            if !columns.contains(&column) {
                columns.push(column);
            }
            if !rows.iter().any(|(name, _)| *name == row) {
                rows.push((row, BTreeMap::new()));
            }
            if let Some((_, cells)) = rows.iter_mut().find(|(name, _)| *name == row) {
                cells.insert(column, (point.value, point.text.clone()));
            }
        }
        let rows = rows.into_iter().map(|(row, mut cells)| {
            let cells = columns.iter().map(|c| cells.remove(c).unwrap_or_default());
            (self.member_label(first, row), cells.collect())
        });
        let rows = rows.collect();
        let columns = columns.iter().map(|column| self.member_label(second, column)).collect();
        heat::Grid { columns, rows }
    }

    /// A value of a metric in its unit, as tables print it.
    fn value_text(&self, metric: &Metric, path: &Path, value: Decimal) -> String {
        match self.report.datum(path).and_then(|datum| datum.figure()) {
            Some(figure) => self.stated(figure, &metric.unit.value, Shown::Bare).text(),
            None => self.computed_digits(metric, value),
        }
    }

    /// The years of the block, or those of the report, oldest first.
    fn chart_years(&self, chart: &ChartBlock) -> Vec<u16> {
        let mut years = chart.years.clone();
        if years.is_empty() {
            years.clone_from(&self.report.content.head.years);
            years.sort_unstable();
        }
        years
    }

    fn chart_series(&self, chart: &ChartBlock, unit: &Unit, years: &[u16]) -> Vec<SeriesData> {
        let mut found = Vec::new();
        for id in &chart.series {
            let Some(metric) = self.report.metric(&id.value) else { continue };
            let from = &metric.unit.value;
            let Some(by) = &chart.by else {
                let label = self.text(&metric.label);
                let path = |year| total_of(&metric.id.value, year);
                found.push(self.one_series(label, &metric.values, from, unit, years, &path));
                continue;
            };
            let breakdown = metric.by.iter().find(|breakdown| breakdown.name.value == by.value);
            for member in breakdown.map(|b| b.members.as_slice()).unwrap_or_default() {
                let pairs: Vec<(String, String)> = by
                    .value
                    .split('+')
                    .zip(member.key.value.split('+'))
                    .map(|(dimension, key)| (dimension.to_owned(), key.to_owned()))
                    .collect();
                let labels: Vec<String> =
                    pairs.iter().map(|(d, m)| self.member_label(d, m)).collect();
                let label = labels.join(&self.word("list_comma"));
                let path =
                    |year| Path { members: pairs.clone(), ..total_of(&metric.id.value, year) };
                found.push(self.one_series(label, &member.values, from, unit, years, &path));
            }
        }
        found
    }

    fn one_series(
        &self,
        label: String,
        values: &Series,
        from: &Unit,
        to: &Unit,
        years: &[u16],
        path: &dyn Fn(u16) -> Path,
    ) -> SeriesData {
        let values = years.iter().map(|year| {
            let stated = values.get(year).map(|datum| &datum.reading);
            match stated {
                Some(Reading::Figure(figure)) => self.point(figure, from, to),
                Some(Reading::Missing(missing)) => {
                    Point { value: None, text: self.missing(missing).0.to_owned() }
                }
                None => {
                    let computed = self.report.quantity(&path(*year)).ok();
                    let value = computed.and_then(|q| q.unit.convert(q.value, to));
                    let metric = self.report.metric(&path(*year).metric);
                    let text = metric.zip(value).map(|(metric, v)| self.computed_digits(metric, v));
                    Point { value, text: text.unwrap_or_default() }
                }
            }
        });
        SeriesData { label, values: values.collect() }
    }

    fn point(&self, figure: &Figure, from: &Unit, to: &Unit) -> Point {
        let text = self.stated(figure, from, Shown::Bare).text();
        Point { value: from.convert(figure.value, to), text }
    }
}

impl Data<'_> {
    /// The largest value, or sum of values of a year, that is drawn.
    fn largest(&self, stacked: Stacking) -> Decimal {
        let years = 0..self.years.len();
        let of_year = years.map(|year| {
            let values = self.series.iter().filter_map(|s| s.values.get(year)?.value);
            match stacked {
                Stacking::Beside => values.max().unwrap_or_default(),
                Stacking::OnTop => {
                    values.fold(Decimal::ZERO, |sum, value| sum.checked_add(value).unwrap_or(sum))
                }
            }
        });
        of_year.max().unwrap_or_default().max(Decimal::ZERO)
    }
}

/// Whether values of a year stand beside or on top of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stacking {
    Beside,
    OnTop,
}
