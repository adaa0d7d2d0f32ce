//! Drawings of figures. Bars start at zero; labels stand at what they name; a table holds the same
//! figures for those who do not see the drawing.

mod bars;
mod lines;
mod scale;
mod share;

use crate::content::{ChartBlock, ChartKind, Reading, Series, Shown};
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
        let series = self.chart_series(chart, unit, &years);
        let names: Vec<String> = years.iter().map(u16::to_string).collect();
        let data = Data { theme: self.theme, years: names.clone(), series };
        let svg = match chart.kind {
            ChartKind::Bar => bars::grouped(&data),
            ChartKind::Stacked => bars::stacked(&data),
            ChartKind::Line => lines::draw(&data),
            ChartKind::Share => share::draw(&data),
            ChartKind::Progress => share::progress(&data),
        };
        let unit = self.report.content.units.symbol(unit, self.lang);
        let mut head = vec![format!("{} ({unit})", self.word("indicator"))];
        head.extend(names);
        let rows = data.series.iter().map(|series| {
            let mut row = vec![series.label.clone()];
            row.extend(series.values.iter().map(|point| point.text.clone()));
            row
        });
        let ids: Vec<&str> = chart.series.iter().map(|id| id.value.as_str()).collect();
        let source = format!("{}{}{}", self.word("source"), self.word("colon"), ids.join(", "));
        Some(Chart {
            id: anchor_name(section, &chart.id.value),
            title: self.plain(&chart.title),
            subtitle: self.plain(&chart.subtitle),
            svg,
            finding: self.plain(&chart.finding),
            source,
            head,
            rows: rows.collect(),
        })
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
                    let text = value.map(|value| crate::quantity::rounded(value, 2));
                    let text = text
                        .map(|v| crate::quantity::group(v, crate::quantity::Grouping::Thousands));
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
