//! What samples can be drawn from: figures of a report, or rows of an evidence file.

use crate::content::{Aggregate, AssuranceLevel};
use crate::diag::{Phrase, say};
use crate::formula::Path;
use crate::quantity::{Figure, plain};
use crate::report::{Report, total_of};
use crate::source::decode;

use crate::bundle::Tree;
use crate::bundle::sample::{Population, Record};

/// The figures of the reported year that carry assurance; all of that year if none does.
pub fn of_report(report: &Report) -> Population {
    let year = report.year();
    let all = || report.content.metrics.iter();
    let assured = |metric: &&crate::content::Metric| {
        metric.assurance.get(&year).is_some_and(|level| *level != AssuranceLevel::None)
    };
    let any = all().any(|metric| assured(&metric));
    let chosen = all().filter(|metric| !any || assured(metric));
    let records = chosen.filter_map(|metric| record(report, total_of(&metric.id.value, year)));
    let title = match any {
        true => say!("assured figures of {year}", year),
        false => say!("figures of {year}", year),
    };
    Population { title, records: records.collect() }
}

/// The members of a breakdown of a metric in the reported year: of the one that is named, else of the
/// first whose members add up.
pub fn of_metric(report: &Report, id: &str, by: Option<&str>) -> Result<Population, Phrase> {
    let metric = report.metric(id).ok_or_else(|| say!("no metric is called `{id}`", id))?;
    let breakdown = match by {
        Some(name) => metric.by.iter().find(|breakdown| breakdown.name.value == name),
        None => metric.by.iter().find(|b| b.aggregate == Aggregate::Sum && b.complete),
    };
    let breakdown = breakdown.ok_or_else(|| match by {
        Some(name) => say!("`{id}` has no breakdown by {name}", id, name),
        None => say!("`{id}` has no breakdown whose members add up to it; name one with --by, or draw from its evidence", id),
    })?;
    let year = report.year();
    let records = breakdown.members.iter().filter_map(|member| {
        let pairs = breakdown.dimensions().zip(member.key.value.split('+'));
        let members = pairs.map(|(d, m)| (d.to_owned(), m.to_owned())).collect();
        record(report, Path { metric: id.to_owned(), members, year: Some(year) })
    });
    let title = say!("members of {id} by {name} in {year}", id, name = breakdown.name.value, year);
    Ok(Population { title, records: records.collect() })
}

fn record(report: &Report, path: Path) -> Option<Record> {
    let quantity = report.quantity(&path).ok()?;
    Some(Record {
        name: path.to_string(),
        text: format!("{} {}", plain(quantity.value), quantity.unit.text).trim().to_owned(),
        value: Some(quantity.value),
    })
}

/// The rows of an evidence file in comma-separated values, with the values of one column. Rows can
/// be narrowed to those where a column has a certain text.
pub fn of_evidence(
    report: &Report,
    inputs: &Tree,
    id: &str,
    column: &str,
    wanted: &[(String, String)],
) -> Result<Population, Phrase> {
    let item = report.evidence(id).ok_or_else(|| say!("no evidence item is called `{id}`", id))?;
    let file = item.file.as_ref().ok_or_else(|| say!("`{id}` has no file", id))?.value.as_str();
    let bytes = inputs.get(file).ok_or_else(|| say!("{file} is not in the bundle", file))?;
    let text = decode(bytes.clone())
        .map_err(|fault| say!("{file} is {encoding}", file, encoding = fault.encoding))?;
    let rows = rows(&text);
    let mut rows = rows.into_iter();
    let head = rows.next().unwrap_or_default();
    let place = |name: &str| head.iter().position(|cell| cell.trim() == name);
    let missing = |name: &str| {
        let columns = Phrase::list(&head);
        say!("{file} has no column `{name}`; it has {columns}", file, name, columns)
    };
    let value = place(column);
    let mut filters = Vec::new();
    for (name, text) in wanted {
        filters.push((place(name).ok_or_else(|| missing(name))?, text));
    }
    let mut population = Population { title: say!("rows of {file}", file), records: Vec::new() };
    for (at, cells) in rows.enumerate() {
        let cell = |place: usize| cells.get(place).map(String::as_str).unwrap_or_default();
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if !filters.iter().all(|(place, text)| cell(*place) == text.as_str()) {
            continue;
        }
        // A comma that groups no thousands is not guessed at: such a cell has no value.
        let value = value.and_then(|place| Some(Figure::parse(cell(place)).ok()?.value));
        // Rows are counted as spreadsheets count them: the head is row 1.
        population.records.push(Record {
            name: format!("row {}", at + 2),
            text: cells.join(", ").replace(char::is_control, " "),
            value,
        });
    }
    match population.records.iter().any(|record| record.value.is_some()) {
        false if value.is_none() => Err(missing(column)),
        _ => Ok(population),
    }
}

/// Cells of comma-separated values, as RFC 4180 has them.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn cells_may_hold_commas_quotes_and_line_breaks() {
        let found = rows("a,b\r\n\"1,5\",\"say \"\"x\"\"\"\n\n\"two\nlines\",\n");
        assert_eq!(found.len(), 4);
        assert_eq!(found[1], ["1,5", "say \"x\""]);
        assert_eq!(found[2], [""]);
        assert_eq!(found[3], ["two\nlines", ""]);
    }
}
