//! Tables of metrics.

use std::collections::BTreeMap;

use crate::content::{
    Breakdown, Datum, KpiBlock, Member, Metric, Reading, Restatement, Row, Series, Shown, Split,
    TableGroup,
};
use crate::formula::Path;
use crate::report::{anchor_name, total_of};

use crate::view::Context;
use crate::view::facts::anchor_text;
use crate::view::model::{KpiCell, KpiColumn, KpiGroup, KpiRow, KpiTable, Note, Spanner};

/// A figure column: a year, or a member under a year.
struct Column {
    year: u16,
    /// Dimension and member, for columns of a split.
    member: Option<(String, String)>,
}

/// What a table gathers while its rows are built.
#[derive(Default)]
struct Gathered {
    notes: Vec<String>,
    signs: BTreeMap<&'static str, Vec<String>>,
    levels: BTreeMap<&'static str, String>,
}

impl Context<'_> {
    /// A table of `tables.yaml`, or one that a block describes itself.
    pub(super) fn kpi_table(&self, section: &str, kpi: &KpiBlock) -> Option<KpiTable> {
        let report = self.report;
        if let Some(id) = &kpi.table {
            let table = report.table(&id.value)?;
            let years =
                if table.years.is_empty() { &report.content.head.years } else { &table.years };
            let anchor = anchor_name(section, &id.value);
            let title = self.text(&table.title);
            let mut built =
                self.assemble(&anchor, title, years, table.split.as_ref(), &table.groups);
            if let Some(note) = self.optional(table.note.as_ref()) {
                built.notes.push(Note { mark: String::new(), text: note });
            }
            return Some(built);
        }
        let rows = kpi.metrics.iter().map(|metric| Row {
            metric: metric.clone(),
            by: None,
            total: false,
            indent: 0,
            span: metric.span,
        });
        let groups = [TableGroup { label: None, rows: rows.collect() }];
        let years = if kpi.years.is_empty() { &report.content.head.years } else { &kpi.years };
        let name = kpi.id.as_ref().map_or_else(
            || kpi.metrics.first().map(|m| anchor_text(&m.value)).unwrap_or_default(),
            |id| id.value.clone(),
        );
        let title = kpi.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
        Some(self.assemble(&anchor_name(section, &name), title, years, kpi.split.as_ref(), &groups))
    }

    fn assemble(
        &self,
        anchor: &str,
        title: String,
        years: &[u16],
        split: Option<&Split>,
        groups: &[TableGroup],
    ) -> KpiTable {
        let columns = self.columns(years, split, groups);
        let mut gathered = Gathered::default();
        let groups = groups.iter().map(|group| KpiGroup {
            label: self.optional(group.label.as_ref()).unwrap_or_default(),
            rows: group
                .rows
                .iter()
                .flat_map(|row| self.rows(anchor, row, &columns, &mut gathered))
                .collect(),
        });
        let groups = groups.collect();
        KpiTable {
            id: anchor.to_owned(),
            title,
            spanners: spanners(&columns),
            columns: columns.iter().map(|column| self.column(column, &columns)).collect(),
            groups,
            legend: self.legend(&gathered),
            notes: numbered(&gathered.notes),
        }
    }

    /// Years, and under the year of the split its total and members.
    fn columns(&self, years: &[u16], split: Option<&Split>, groups: &[TableGroup]) -> Vec<Column> {
        let mut columns = Vec::new();
        for &year in years {
            columns.push(Column { year, member: None });
            let Some(split) = split.filter(|split| split.year == year) else { continue };
            let dimension = split.dimension.value.as_str();
            let metrics = groups
                .iter()
                .flat_map(|g| &g.rows)
                .filter_map(|r| self.report.metric(&r.metric.value));
            let used: Vec<&Breakdown> =
                metrics.flat_map(|m| &m.by).filter(|b| b.name.value == dimension).collect();
            let members = self.report.dimension(dimension).map(|d| d.members.as_slice());
            for (member, _) in members.unwrap_or_default() {
                if used.iter().any(|breakdown| breakdown.member(&member.value).is_some()) {
                    let member = Some((dimension.to_owned(), member.value.clone()));
                    columns.push(Column { year, member });
                }
            }
        }
        columns
    }

    fn column(&self, column: &Column, all: &[Column]) -> KpiColumn {
        let is_split = all.iter().filter(|other| other.year == column.year).count() > 1;
        let label = match &column.member {
            Some((dimension, member)) => self.member_label(dimension, member),
            None if is_split => self.word("total"),
            None => column.year.to_string(),
        };
        let emphasised = column.member.is_none() && column.year == self.report.year();
        KpiColumn { label, emphasised }
    }

    fn rows(
        &self,
        anchor: &str,
        row: &Row,
        columns: &[Column],
        gathered: &mut Gathered,
    ) -> Vec<KpiRow> {
        let Some(metric) = self.report.metric(&row.metric.value) else { return Vec::new() };
        let Some(by) = &row.by else {
            return vec![self.metric_row(anchor, metric, row.indent, columns, gathered)];
        };
        let Some(breakdown) = metric.by.iter().find(|b| b.name.value == by.value) else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        if row.total {
            rows.push(self.metric_row(anchor, metric, row.indent, columns, gathered));
        } else {
            let mut heading = self.heading_row(breakdown, row.indent);
            let name = anchor_text(&breakdown.name.value);
            heading.id = format!("{anchor}.{}.by-{name}", metric.id.value);
            rows.push(heading);
        }
        for member in &breakdown.members {
            let member = self.member_row(
                anchor,
                metric,
                breakdown,
                member,
                row.indent + 1,
                columns,
                gathered,
            );
            rows.push(member);
        }
        rows
    }

    fn heading_row(&self, breakdown: &Breakdown, indent: u64) -> KpiRow {
        let labels = breakdown.dimensions().map(|name| {
            let label = self.report.dimension(name).map(|dimension| self.text(&dimension.label));
            label.unwrap_or_else(|| name.to_owned())
        });
        KpiRow {
            id: String::new(),
            label: labels.collect::<Vec<_>>().join(&self.word("list_comma")),
            indent,
            heading: true,
            unit: String::new(),
            notes: Vec::new(),
            assurance: String::new(),
            assurance_text: String::new(),
            cells: Vec::new(),
        }
    }

    fn metric_row(
        &self,
        anchor: &str,
        metric: &Metric,
        indent: u64,
        columns: &[Column],
        gathered: &mut Gathered,
    ) -> KpiRow {
        let cells = columns.iter().map(|column| {
            let mut path = total_of(&metric.id.value, column.year);
            path.members.extend(column.member.clone());
            self.cell(metric, &path, gathered)
        });
        let cells = cells.collect();
        let mut texts: Vec<String> = self.optional(metric.note.as_ref()).into_iter().collect();
        texts.extend(
            metric
                .restated
                .iter()
                .filter_map(|(year, restated)| self.restatement(metric, *year, restated)),
        );
        let mut row = self.row(metric, self.text(&metric.label), indent, cells, gathered);
        row.id = format!("{anchor}.{}", metric.id.value);
        row.notes = texts.into_iter().map(|note| mark_of(note, &mut gathered.notes)).collect();
        row
    }

    /// What a restated value was before, and why it changed.
    fn restatement(&self, metric: &Metric, year: u16, restated: &Restatement) -> Option<String> {
        let was = &restated.was.as_ref()?.value;
        let was = self.stated(was, &metric.unit.value, Shown::WithUnit).text();
        let words = self.word("restated").replace("{year}", &year.to_string());
        let reason = self.text(&restated.reason);
        Some(format!("{}{}{reason}", words.replace("{was}", &was), self.word("colon")))
    }

    #[expect(clippy::too_many_arguments, reason = "a row is where everything meets")]
    fn member_row(
        &self,
        anchor: &str,
        metric: &Metric,
        breakdown: &Breakdown,
        member: &Member,
        indent: u64,
        columns: &[Column],
        gathered: &mut Gathered,
    ) -> KpiRow {
        let keys = breakdown.dimensions().zip(member.key.value.split('+'));
        let pairs: Vec<(String, String)> =
            keys.map(|(d, m)| (d.to_owned(), m.to_owned())).collect();
        let labels: Vec<String> = pairs.iter().map(|(d, m)| self.member_label(d, m)).collect();
        let cells = columns.iter().map(|column| {
            let mut path = total_of(&metric.id.value, column.year);
            path.members = pairs.clone();
            path.members.extend(column.member.clone());
            self.cell(metric, &path, gathered)
        });
        let cells = cells.collect();
        let label = labels.join(&self.word("list_comma"));
        let mut row = self.row(metric, label, indent, cells, gathered);
        row.id = format!("{anchor}.{}.{}", metric.id.value, anchor_text(&member.key.value));
        row
    }

    fn row(
        &self,
        metric: &Metric,
        label: String,
        indent: u64,
        cells: Vec<KpiCell>,
        gathered: &mut Gathered,
    ) -> KpiRow {
        let level = metric.assurance.get(&self.report.year());
        let (sign, text) = match level {
            Some(level) => (sign_of(*level), self.word(&format!("assurance_{}", level.word()))),
            None => ("", String::new()),
        };
        if !sign.is_empty() {
            gathered.levels.insert(sign, text.clone());
        }
        KpiRow {
            id: String::new(),
            label,
            indent,
            heading: false,
            unit: self.report.content.units.symbol(&metric.unit.value, self.lang),
            notes: Vec::new(),
            assurance: sign.to_owned(),
            assurance_text: if sign.is_empty() { String::new() } else { text },
            cells,
        }
    }

    fn cell(&self, metric: &Metric, path: &Path, gathered: &mut Gathered) -> KpiCell {
        let unit = &metric.unit.value;
        let datum = self.report.datum(path);
        match datum.map(|datum: &Datum| &datum.reading) {
            Some(Reading::Figure(figure)) => {
                let printed = self.stated(figure, unit, Shown::Bare);
                figure_cell(&printed.before, &printed.value, self.fact_of_path(path))
            }
            Some(Reading::Missing(missing)) => {
                let (sign, spoken) = self.missing(missing);
                let reasons = gathered.signs.entry(sign).or_default();
                if !reasons.contains(&spoken) {
                    reasons.push(spoken.clone());
                }
                KpiCell { text: sign.to_owned(), missing: true, spoken, ..KpiCell::empty() }
            }
            None => self.computed_cell(metric, path),
        }
    }

    /// A figure that only a formula gives, or an empty cell where a metric has no such breakdown.
    fn computed_cell(&self, metric: &Metric, path: &Path) -> KpiCell {
        let computed = path.members.is_empty() && metric.formula.is_some();
        let quantity = computed.then(|| self.report.quantity(path).ok()).flatten();
        match quantity {
            Some(quantity) => {
                let digits = self.computed_digits(metric, quantity.value);
                figure_cell("", &digits, self.fact_of_path(path))
            }
            None => KpiCell::empty(),
        }
    }

    fn legend(&self, gathered: &Gathered) -> Vec<Note> {
        let levels = gathered
            .levels
            .iter()
            .map(|(mark, text)| Note { mark: (*mark).to_owned(), text: text.clone() });
        let mut legend: Vec<Note> = levels.collect();
        for (mark, reasons) in &gathered.signs {
            let text = reasons.join(&self.word("semicolon"));
            legend.push(Note { mark: (*mark).to_owned(), text });
        }
        legend
    }

    /// The values of a metric by year, for drawings.
    pub(super) fn values<'m>(&self, metric: &'m Metric) -> &'m Series {
        &metric.values
    }
}

impl KpiCell {
    fn empty() -> Self {
        Self {
            text: String::new(),
            integer: String::new(),
            fraction: String::new(),
            missing: false,
            spoken: String::new(),
            fact: None,
        }
    }
}

/// The sign of an assurance level.
pub(super) fn sign_of(level: crate::content::AssuranceLevel) -> &'static str {
    use crate::content::AssuranceLevel;
    match level {
        AssuranceLevel::Reasonable => "●",
        AssuranceLevel::Limited => "◐",
        AssuranceLevel::None => "",
    }
}

fn figure_cell(before: &str, digits: &str, fact: Option<String>) -> KpiCell {
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (digits, String::new()),
    };
    KpiCell {
        text: format!("{before}{digits}"),
        integer: format!("{before}{whole}"),
        fraction,
        fact,
        ..KpiCell::empty()
    }
}

/// The mark of a note: the same text has the same mark.
fn mark_of(note: String, notes: &mut Vec<String>) -> String {
    let at = notes.iter().position(|other| *other == note);
    let at = at.unwrap_or_else(|| {
        notes.push(note);
        notes.len() - 1
    });
    mark(at)
}

fn mark(at: usize) -> String {
    let letter = u8::try_from(at % 26).unwrap_or_default();
    let round = if at < 26 { String::new() } else { (at / 26).to_string() };
    format!("{}{round}", char::from(b'a' + letter))
}

fn numbered(notes: &[String]) -> Vec<Note> {
    notes.iter().enumerate().map(|(at, text)| Note { mark: mark(at), text: text.clone() }).collect()
}

/// Spanners over the columns of a split year; none if no year is split.
fn spanners(columns: &[Column]) -> Vec<Spanner> {
    let mut spanners: Vec<(u16, u64)> = Vec::new();
    for column in columns {
        match spanners.last_mut() {
            Some((year, span)) if *year == column.year => *span += 1,
            _ => spanners.push((column.year, 1)),
        }
    }
    if spanners.iter().all(|(_, span)| *span == 1) {
        return Vec::new();
    }
    let labelled = spanners.into_iter().map(|(year, span)| {
        let label = if span > 1 { year.to_string() } else { String::new() };
        Spanner { label, span }
    });
    labelled.collect()
}
