//! From rows of tables to changes of files.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::content::{Datum, Metric, MissingKind, Reading as Stated};
use crate::diag::{Diagnostic, Edit, Phrase, Sink, say};
use crate::formula::Path;
use crate::locale::Lang;
use crate::quantity::{Decimal, Grouping, Qualifier};
use crate::report::Report;
use crate::sheet::Origin;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::yaml::{Node, parse};

use crate::import::columns::{Column, mark};
use crate::import::given::{Reading, Wanted, same_figure};
use crate::import::named::{member_pairs, metric_of};
use crate::import::place::{Place, Written};
use crate::import::reason::Reasons;
use crate::import::table::{Row, Table};
use crate::import::written::{Habits, absence_text, figure_text};

/// What figures are put into.
pub struct Project<'a> {
    /// The project.
    pub report: &'a Report,
    /// Texts that it was read from.
    pub sources: &'a Sources,
    /// Words for kinds of absence, in lower case, besides their ids.
    pub kinds: &'a BTreeMap<String, MissingKind>,
    /// The year that is taken over: that of rows without one, and the only one where it is given.
    pub year: Option<u16>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The figure.
    pub path: Path,
    /// What is wanted of it.
    pub wanted: Wanted,
    /// The change of its file.
    pub edit: Edit,
    /// Whether the year had no value before.
    pub added: bool,
}

/// What an import comes to.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Changes, in the order in which they are put in.
    pub changes: Vec<Change>,
    /// Remarks with their places and figures.
    pub notes: Vec<(Span, String, String)>,
    /// Rows of other years.
    pub passed_over: usize,
    /// Rows whose figure stays as it is.
    pub kept: usize,
}

/// What tables change in a project. What cannot be taken over is a finding.
pub fn plan(tables: &[Table], project: &Project<'_>, sink: &mut Sink) -> Plan {
    let mut planner = Planner {
        project,
        trees: BTreeMap::new(),
        habits: BTreeMap::new(),
        seen: BTreeMap::new(),
        ranks: BTreeMap::new(),
        plan: Plan::default(),
        sink,
    };
    for table in tables {
        table.rows().for_each(|row| planner.row(&row));
    }
    let Planner { mut plan, ranks, .. } = planner;
    let rank = |path: &Path| ranks.get(path).copied().unwrap_or_default();
    plan.changes.sort_by_key(|change| (change.edit.span, rank(&change.path)));
    plan
}

struct Planner<'a, 's> {
    project: &'a Project<'a>,
    trees: BTreeMap<SourceId, Rc<Option<Node>>>,
    habits: BTreeMap<SourceId, Habits>,
    seen: BTreeMap<Path, Span>,
    /// The order of values that are put in at one place.
    ranks: BTreeMap<Path, i32>,
    plan: Plan,
    sink: &'s mut Sink,
}

impl<'a> Planner<'a, '_> {
    fn row(&mut self, row: &Row<'_>) {
        let filled = [Column::Id, Column::Value, Column::Missing];
        if !filled.into_iter().any(|column| row.cell(column).is_some()) {
            return;
        }
        let report = self.project.report;
        let Some(metric) = metric_of(row, report, self.sink) else { return };
        let Some(members) = member_pairs(row, metric, self.sink) else { return };
        let Some(year) = self.year(row) else { return };
        if self.project.year.is_some_and(|wanted| wanted != year) {
            self.plan.passed_over += 1;
            return;
        }
        let path = Path { metric: metric.id.value.clone(), members, year: Some(year) };
        if let Some(first) = self.seen.insert(path.clone(), row.span()) {
            self.sink.push(twice(row.span(), first, &path));
            return;
        }
        if let Some(note) = row.cell(Column::Note) {
            self.plan.notes.push((note.span, path.to_string(), note.name()));
        }
        if !self.is_as_written(row, metric) {
            return;
        }
        self.value(row, metric, &path, year);
    }

    fn year(&mut self, row: &Row<'_>) -> Option<u16> {
        let cell = row.cell(Column::Year);
        let year = cell.map(|cell| cell.name());
        let read = year.as_deref().and_then(|year| year.parse().ok().filter(|_| year.len() == 4));
        match (cell, read) {
            (_, Some(year)) => Some(year),
            (None, None) if self.project.year.is_some() => self.project.year,
            (None, None) => {
                let found =
                    Diagnostic::error("missing-key", row.span(), say!("the row has no year"));
                self.sink
                    .push(found.help(say!("write it in a column `year`, or add `--year YEAR`")));
                None
            }
            (Some(cell), None) => {
                let other = year.unwrap_or_default();
                let message = say!("expected a year, found `{other}`", other);
                self.sink.push(Diagnostic::error("invalid-value", cell.span, message));
                None
            }
        }
    }

    /// Whether nobody has changed what says which figure the row is about.
    fn is_as_written(&mut self, row: &Row<'_>, metric: &Metric) -> bool {
        let id = &metric.id.value;
        if let Some(cell) = row.cell(Column::Unit) {
            let units = &self.project.report.content.units.table;
            let (one, other) = (units.parse(&cell.name()), &metric.unit.value);
            if !one.is_ok_and(|one| one.above == other.above && one.below == other.below) {
                let message = say!(
                    "the row is in `{written}`, and `{metric}` is in `{unit}`",
                    written = cell.name(),
                    metric = id,
                    unit = other.text
                );
                let found = Diagnostic::error("differing-unit", cell.span, message).subject(id);
                self.sink
                    .push(found.help(say!("figures are not converted: write both in one unit")));
                return false;
            }
        }
        let labels = || metric.label.iter().map(|(_, label)| squeezed(&label.value));
        let other = row.cells(Column::Label).find(|cell| {
            let said = squeezed(&cell.name());
            !labels().any(|label| label == said)
        });
        let fixed = row.fixed();
        if row.table.has(Column::Mark)
            && mark(fixed.iter().map(String::as_str)) != row.text(Column::Mark)
        {
            let span = other.map_or(row.span(), |cell| cell.span);
            let message =
                say!("a cell of the row of `{id}` was changed that is not to be changed", id);
            let help = say!(
                "undo the change; labels, units and earlier figures are changed in the project, and the workbook is then written anew"
            );
            self.sink.push(Diagnostic::error("invalid-table", span, message).help(help));
            return false;
        }
        if let Some(cell) = other {
            let message = say!(
                "the row says \"{label}\", which is no label of `{id}`",
                label = cell.name(),
                id
            );
            let found = Diagnostic::warning("changed-definition", cell.span, message);
            self.sink.push(found.help(say!("see whether the row is about this metric")));
        }
        true
    }

    fn value(&mut self, row: &Row<'_>, metric: &'a Metric, path: &Path, year: u16) {
        let derived = metric.formula.is_some() && path.members.is_empty();
        let computed = row.cell(Column::Value).is_some_and(|cell| cell.origin == Origin::Formula);
        if derived && computed {
            self.plan.kept += 1;
            return;
        }
        let report = self.project.report;
        let unit = metric.unit.value.text.to_string();
        let units = &report.content.units;
        let mut reading =
            Reading { kinds: self.project.kinds, units, unit: &unit, sink: &mut *self.sink };
        let marked = row.table.has(Column::Was);
        let was = if marked { reading.was(row) } else { Some(Wanted::Nothing) };
        let (Some(wanted), Some(was)) = (reading.wanted(row), was) else { return };
        let datum = report.datum(path);
        let same = datum.is_none_or(|datum| self.is_same(datum, &wanted, row));
        let nothing = wanted == Wanted::Nothing;
        if (datum.is_some() && same)
            || (nothing && datum.is_none())
            || (marked && wanted.same(&was))
        {
            self.plan.kept += 1;
        } else if derived {
            let message = say!("`{path}` follows from its formula, and a figure stands here", path);
            let found = Diagnostic::error("figure-stated-twice", self.at(row), message);
            self.sink.push(
                found.help(say!(
                    "empty the cell; the figure follows when its inputs are taken over"
                )),
            );
        } else if nothing {
            self.sink.push(emptied(row.span(), path, datum));
        } else if marked && !self.is_as_before(datum, &was, row) {
            self.sink.push(conflict(self.at(row), path, datum));
        } else if self.loses_qualifier(row, datum, &wanted, path) {
            // Said already.
        } else {
            self.change(row, (metric, path, year), wanted, datum);
        }
    }

    /// The place of what was typed.
    fn at(&self, row: &Row<'_>) -> Span {
        let cell = row.cell(Column::Value).or_else(|| row.cell(Column::Missing));
        cell.map_or(row.span(), |cell| cell.span)
    }

    /// Whether the project says already what is wanted.
    fn is_same(&self, datum: &Datum, wanted: &Wanted, row: &Row<'_>) -> bool {
        match (&datum.reading, wanted) {
            (Stated::Figure(now), Wanted::Figure(figure, _)) => {
                // A table without qualifiers says nothing about that of the project.
                let silent =
                    !row.table.has(Column::Qualifier) && figure.qualifier == Qualifier::None;
                let mut figure = figure.clone();
                if silent {
                    figure.qualifier = now.qualifier;
                }
                same_figure(now, &figure)
            }
            (Stated::Missing(now), Wanted::Missing(absence)) => {
                let reasons = Reasons { report: self.project.report };
                let until = now.until.as_ref().map(|until| until.value.to_string());
                let until = until.unwrap_or_default();
                now.kind == absence.kind
                    && (absence.until.is_empty() || absence.until == until)
                    && reasons.same(now, &absence.reason)
            }
            _ => false,
        }
    }

    /// Whether the project still says what it said when the workbook was written.
    fn is_as_before(&self, datum: Option<&Datum>, was: &Wanted, row: &Row<'_>) -> bool {
        match datum {
            Some(datum) => self.is_same(datum, was, row),
            None => *was == Wanted::Nothing,
        }
    }

    /// Whether a new figure comes without the qualifier of the old one, and its table cannot say
    /// that it has none.
    fn loses_qualifier(
        &mut self,
        row: &Row<'_>,
        datum: Option<&Datum>,
        wanted: &Wanted,
        path: &Path,
    ) -> bool {
        let none = Qualifier::None;
        let old = datum.and_then(Datum::figure).is_some_and(|figure| figure.qualifier != none);
        let new = matches!(wanted, Wanted::Figure(figure, _) if figure.qualifier == none);
        let lost = old && new && !row.table.has(Column::Qualifier);
        if lost {
            let stated =
                datum.map(|datum| self.project.sources.text(datum.span)).unwrap_or_default();
            let message =
                say!("`{path}` is {stated} now, and the new figure has no qualifier", path, stated);
            let found = Diagnostic::error("invalid-value", self.at(row), message);
            self.sink.push(found.help(say!(
                "write it with the digits, such as `over 85`, or add a column `qualifier`"
            )));
        }
        lost
    }

    fn change(
        &mut self,
        row: &Row<'_>,
        (metric, path, year): (&'a Metric, &Path, u16),
        wanted: Wanted,
        datum: Option<&Datum>,
    ) {
        let source = metric.id.span.source;
        let outside = datum.map(|datum| datum.span).filter(|span| span.source != source);
        if let Some(span) = outside {
            self.sink.push(in_a_table(self.at(row), path, span, self.project.sources));
            return;
        }
        let Some(text) = self.project.sources.get(source).map(|file| file.text.clone()) else {
            return;
        };
        let tree = self.trees.entry(source).or_insert_with(|| {
            // What is wrong with the file was said when the project was read.
            Rc::new(parse(source, &text, 0, &mut Sink::default()))
        });
        let tree = Rc::clone(tree);
        let place = tree.as_ref().as_ref().and_then(|tree| Place::find(&text, tree, metric, path));
        let Some(place) = place else {
            let found = no_place(self.at(row), metric, path, self.project.sources);
            self.sink.push(found);
            return;
        };
        let node = place.value(year);
        let project = self.project;
        let habits = *self.habits.entry(source).or_insert_with(|| habits(project.report, source));
        let reasons = Reasons { report: self.project.report };
        let written = match &wanted {
            Wanted::Figure(figure, given) => {
                let old = datum.and_then(Datum::figure).zip(node.and_then(Node::text));
                Some(Written::Figure(figure_text(figure, given, old, habits)))
            }
            Wanted::Missing(absence) => reasons
                .written(absence, row, datum, self.sink)
                .map(|reason| Written::Missing(absence_text(absence, reason.as_deref()))),
            Wanted::Nothing => None,
        };
        let Some(written) = written else { return };
        let replacement = match node {
            Some(node) => place.replace(node, &written),
            None => place.insert(year, &written),
        };
        let Some(replacement) = replacement else {
            self.sink.push(no_place(self.at(row), metric, path, self.project.sources));
            return;
        };
        let rank = if place.is_descending() { -i32::from(year) } else { i32::from(year) };
        self.ranks.insert(path.clone(), rank);
        let span = Span::new(source, replacement.range.start, replacement.range.end);
        let edit = Edit { span, text: replacement.text };
        self.plan.changes.push(Change { path: path.clone(), wanted, edit, added: node.is_none() });
    }
}

/// How figures are written in a file: with separated thousands, unless its own are not.
fn habits(report: &Report, source: SourceId) -> Habits {
    let content = &report.content;
    let metrics = content.metrics.iter().filter(|metric| metric.id.span.source == source);
    let figures = metrics.flat_map(|metric| metric.values.values()).filter_map(Datum::figure);
    let large = figures.filter(|figure| figure.value.abs() >= Decimal::ONE_THOUSAND);
    let (mut grouped, mut bare) = (0_usize, 0_usize);
    large.for_each(|figure| match figure.grouped {
        Grouping::Thousands => grouped += 1,
        Grouping::None => bare += 1,
    });
    let grouping = if bare > grouped { Grouping::None } else { Grouping::Thousands };
    let lang = content.head.languages.first().copied();
    Habits { grouping, lang: lang.unwrap_or(Lang::En) }
}

/// A text without blanks, which programs change when they save a file.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn twice(span: Span, first: Span, path: &Path) -> Diagnostic {
    let message = say!("`{name}` has a row already", name = path);
    Diagnostic::error("figure-stated-twice", span, message)
        .related(first, say!("first here"))
        .help(say!("keep one of the two; a figure has one place"))
}

fn emptied(span: Span, path: &Path, datum: Option<&Datum>) -> Diagnostic {
    let message = say!("`{path}` has a value in the project, and the row is empty", path);
    let found = Diagnostic::error("missing-value", span, message);
    let found = match datum {
        Some(datum) => found.related(datum.span, say!("the value")),
        None => found,
    };
    found.help(say!("enter the figure, or choose why there is none; zero is `0`"))
}

fn conflict(span: Span, path: &Path, datum: Option<&Datum>) -> Diagnostic {
    let message = say!("`{path}` was changed in the project since the workbook was written", path);
    let found = Diagnostic::error("figure-stated-twice", span, message);
    let found = match datum {
        Some(datum) => found.related(datum.span, say!("the project says this now")),
        None => found,
    };
    found
        .help(say!("agree on one of the two, and write it into the project or into a new workbook"))
}

fn in_a_table(span: Span, path: &Path, at: Span, sources: &Sources) -> Diagnostic {
    let place = sources.place(at);
    let file = sources.path(at).to_owned();
    let message = say!("`{path}` stands in a table, at {place}", path, place);
    Diagnostic::error("figure-stated-twice", span, message)
        .related(at, say!("the figure"))
        .help(say!("change it in `{file}`; only figures in YAML are taken over", file))
}

/// There is no map into which the value could be written.
fn no_place(span: Span, metric: &Metric, path: &Path, sources: &Sources) -> Diagnostic {
    let members = metric.by.iter().flat_map(|breakdown| &breakdown.members);
    let mut series = std::iter::once(&metric.values).chain(members.map(|member| &member.values));
    let outside = series.find_map(|series| {
        series.values().map(|datum| datum.span).find(|at| at.source != metric.id.span.source)
    });
    if let Some(at) = outside {
        return in_a_table(span, path, at, sources);
    }
    let message = say!("there is no place for `{path}` in the project", path);
    let place = Phrase::from(sources.place(metric.id.span));
    Diagnostic::error("invalid-value", span, message).help(say!(
        "write its first figure by hand, under `values` or `by` of the metric at {place}",
        place
    ))
}
