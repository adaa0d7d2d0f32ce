//! What the columns of a table are.

use crate::diag::Sink;
use crate::schema::nearest;
use crate::sheet::{Address, Cell, Grid, Range};
use crate::source::Spanned;
use crate::syntax::yaml::Node;

use crate::content::tabular::malformed;

/// What the columns of a table are, by number.
pub struct Layout {
    /// Ids of metrics.
    pub metric: u32,
    /// Units, to be compared with those of the metrics.
    pub unit: Option<u32>,
    /// Dimensions, in their order.
    pub dimensions: Vec<(Spanned<String>, u32)>,
    /// Where figures stand.
    pub figures: FigureColumns,
    /// Cells below the head.
    pub body: Range,
}

/// Where the figures of a table stand.
pub enum FigureColumns {
    /// A column for each year.
    Wide(Vec<(Spanned<String>, u32)>),
    /// A column of years and a column of values.
    Long {
        /// Years.
        year: u32,
        /// Values.
        value: u32,
    },
}

/// The head of a table: column, heading, and the cell it stands in.
type Head<'g> = Vec<(u32, String, &'g Cell)>;

/// A heading that a project gives a meaning, by where it says so.
struct Meaning {
    what: Spanned<String>,
    heading: Spanned<String>,
}

impl Layout {
    /// Reads the head of a table, or says what is wrong.
    pub fn read(
        spec: &Node,
        grid: &Grid,
        range: Range,
        dimensions: &[String],
        sink: &mut Sink,
    ) -> Option<Self> {
        let head = head(grid, range);
        let meanings = meanings(spec);
        let mut roles: Vec<(Spanned<String>, u32)> = Vec::new();
        for meaning in &meanings {
            match head.iter().find(|(_, heading, _)| same(heading, &meaning.heading.value)) {
                Some((column, _, cell)) => {
                    roles.push((Spanned::new(meaning.what.value.clone(), cell.span), *column));
                }
                None => {
                    report_missing(meaning, &head, sink);
                    return None;
                }
            }
        }
        for (column, heading, cell) in &head {
            let taken =
                roles.iter().any(|(what, other)| other == column || same(&what.value, heading));
            let role = role(heading, dimensions).filter(|_| !taken);
            roles.extend(role.map(|role| (Spanned::new(role, cell.span), *column)));
        }
        report_unread_years(&head, &roles, sink);
        let body =
            Range { first: Address { row: range.first.row + 1, ..range.first }, last: range.last };
        assemble(roles, body, grid, sink)
    }
}

fn assemble(
    roles: Vec<(Spanned<String>, u32)>,
    body: Range,
    grid: &Grid,
    sink: &mut Sink,
) -> Option<Layout> {
    let column = |name: &str| roles.iter().find(|(what, _)| what.value == name).map(|(_, c)| *c);
    let (metric, unit) = (column("metric"), column("unit"));
    let (year, value) = (column("year"), column("value"));
    let years: Vec<(Spanned<String>, u32)> =
        roles.iter().filter(|(what, _)| is_year(&what.value)).cloned().collect();
    let start = grid.get(body.first).map_or(grid.start, |cell| cell.span);
    let place = roles.first().map_or(start, |(what, _)| what.span);
    let mut fault = |message: &str| {
        let help = "a table has a column `metric` and either a column for each year or the columns `year` and `value`; `columns:` says which is which";
        sink.push(malformed(place, message).help(help));
        None
    };
    let Some(metric) = metric else { return fault("the table has no column of metrics") };
    let figures = match (year, value, years.is_empty()) {
        (Some(year), Some(value), true) => FigureColumns::Long { year, value },
        (None, None, false) => FigureColumns::Wide(years),
        (None, None, true) => return fault("the table has no column of figures"),
        (Some(_), None, true) => {
            return fault("the table has a column of years and none of values");
        }
        (None, Some(_), true) => {
            return fault("the table has a column of values and none of years");
        }
        _ => return fault("the table has columns for years and a column of years or values"),
    };
    let fixed = ["metric", "unit", "year", "value"];
    let other = |what: &str| !fixed.contains(&what) && !is_year(what);
    let dimensions = roles.into_iter().filter(|(what, _)| other(&what.value)).collect();
    Some(Layout { metric, unit, dimensions, figures, body })
}

/// The cells of the first row.
fn head(grid: &Grid, range: Range) -> Head<'_> {
    let row = range.first.row;
    let cells = grid.cells.iter().filter(|(at, _)| at.row == row && range.contains(**at));
    cells.map(|(at, cell)| (at.column, cell.name(), cell)).collect()
}

fn meanings(spec: &Node) -> Vec<Meaning> {
    let entries = spec.get("columns").map(Node::entries).unwrap_or_default();
    let read = entries.iter().filter_map(|entry| {
        Some(Meaning { what: entry.key.clone(), heading: entry.value.spanned()? })
    });
    read.collect()
}

fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a heading means by itself.
fn role(heading: &str, dimensions: &[String]) -> Option<String> {
    let plain = heading.trim();
    let fixed = ["metric", "unit", "year", "value"].into_iter().find(|name| same(name, plain));
    let dimension = dimensions.iter().find(|name| same(name, plain));
    let year = is_year(plain).then_some(plain);
    fixed.or(dimension.map(String::as_str)).or(year).map(str::to_owned)
}

fn report_missing(meaning: &Meaning, head: &Head<'_>, sink: &mut Sink) {
    let headings: Vec<&str> = head.iter().map(|(_, heading, _)| heading.as_str()).collect();
    let heading = &meaning.heading;
    let message = format!("the table has no column `{}`", heading.value);
    let found = malformed(heading.span, message);
    sink.push(match nearest(&heading.value, headings.iter().copied()) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None if headings.is_empty() => found.help("the first row of the table is its head"),
        None => found.help(format!("its columns are {}", headings.join(", "))),
    });
}

/// A column such as `FY2023` that nothing reads would lose its figures without a word.
fn report_unread_years(head: &Head<'_>, roles: &[(Spanned<String>, u32)], sink: &mut Sink) {
    if roles.iter().any(|(what, _)| what.value == "year") {
        return;
    }
    for (column, heading, cell) in head {
        if roles.iter().any(|(_, other)| other == column) {
            continue;
        }
        let year = heading.split(|c: char| !c.is_ascii_digit()).find(|digits| {
            is_year(digits) && (digits.starts_with("19") || digits.starts_with("20"))
        });
        let read = |year: &str| roles.iter().any(|(what, _)| what.value == year);
        if let Some(year) = year.filter(|year| !read(year)) {
            let message = format!("the column `{heading}` is not read");
            let help = format!("say what it is: `columns: {{{year}: \"{heading}\"}}`");
            sink.push(malformed(cell.span, message).help(help));
        }
    }
}
