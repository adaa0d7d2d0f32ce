//! Facts as xBRL-JSON.

use serde_json::{Map, Value, json};

use crate::content::Reading;
use crate::locale::Date;
use crate::report::Report;
use crate::source::Sources;

use crate::emit::rows::{Row, qualifier};
use crate::emit::xbrl::names::{Names, axis, member, scheme, unit_namespace};
use crate::emit::xbrl::units::Measure;
use crate::emit::xml::escaped;

/// Some figures as a report in xBRL-JSON. A figure that is missing is nil, and a note gives the
/// reason; a note also says what a qualifier says, for which XBRL has no other place.
pub fn xbrl_json(report: &Report, rows: &[Row<'_>], sources: &Sources) -> Value {
    let names = Names::new(report, sources);
    let (mut facts, mut notes) = (Map::new(), Map::new());
    for row in rows {
        let id = free(&facts, &fact_id(row));
        let mut fact = fact(report, row, &names);
        let said = note(row);
        let linked: Vec<Value> = said
            .iter()
            .map(|(lang, words)| {
                let note_id = format!("note.{id}.{lang}");
                notes.insert(note_id.clone(), note_fact(&note_id, lang, words));
                json!(note_id)
            })
            .collect();
        if !linked.is_empty() {
            fact.insert("links".into(), json!({"footnote": {"_": linked}}));
        }
        facts.insert(id, Value::Object(fact));
    }
    facts.extend(notes);
    json!({
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": {
                "entity": scheme(),
                "esg": names.namespace(),
                "iso4217": "http://www.xbrl.org/2003/iso4217",
                "unit": unit_namespace(),
                "xbrl": "https://xbrl.org/2021",
                "xbrli": "http://www.xbrl.org/2003/instance",
            },
            "linkTypes": {"footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"},
            "linkGroups": {"_": "http://www.xbrl.org/2003/role/link"},
            "taxonomy": [names.schema_file()],
        },
        "facts": facts,
    })
}

fn fact(report: &Report, row: &Row<'_>, names: &Names) -> Map<String, Value> {
    let measure = Measure::of(row.metric, &report.content.units);
    let mut fact = Map::new();
    let figure = row.datum.figure();
    fact.insert("value".into(), json!(figure.and_then(|figure| measure.value(figure))));
    if let Some(decimals) = figure.and_then(|figure| measure.decimals(figure)) {
        fact.insert("decimals".into(), json!(decimals));
    }
    let mut dimensions = Map::new();
    dimensions.insert("concept".into(), json!(format!("esg:{}", row.path.metric)));
    dimensions.insert("entity".into(), json!(format!("entity:{}", names.entity)));
    let year = row.path.year.unwrap_or(names.year);
    dimensions.insert("period".into(), json!(period(report, year)));
    if let Some(unit) = measure.unit {
        dimensions.insert("unit".into(), json!(unit));
    }
    for (dimension, key) in &row.path.members {
        let value = format!("esg:{}", member(dimension, key));
        dimensions.insert(format!("esg:{}", axis(dimension)), json!(value));
    }
    fact.insert("dimensions".into(), Value::Object(dimensions));
    fact
}

/// A name of a fact that stays the same as long as the figure has its place.
fn fact_id(row: &Row<'_>) -> String {
    let members = row.path.members.iter().map(|(d, m)| format!(".{d}.{m}"));
    let year = row.path.year.unwrap_or_default();
    format!("{}{}.{year}", row.path.metric, members.collect::<String>())
}

fn free(facts: &Map<String, Value>, id: &str) -> String {
    let mut name = id.to_owned();
    while facts.contains_key(&name) {
        name.push('_');
    }
    name
}

/// What a fact cannot say by itself, by language.
fn note(row: &Row<'_>) -> Vec<(String, String)> {
    match &row.datum.reading {
        Reading::Figure(figure) => {
            let word = qualifier(figure.qualifier).map(|word| word.replace('-', " "));
            word.map(|word| ("en".to_owned(), word)).into_iter().collect()
        }
        Reading::Missing(missing) => {
            let kind = missing.kind.word();
            let until = missing.until.as_ref().map(|until| format!(" ({})", until.value));
            let until = until.unwrap_or_default();
            let reasons = missing.reason.iter();
            let said: Vec<_> = reasons
                .map(|(lang, words)| {
                    (lang.tag().to_owned(), format!("{kind}{until}: {}", words.value))
                })
                .collect();
            if said.is_empty() { vec![("en".to_owned(), format!("{kind}{until}"))] } else { said }
        }
    }
}

fn note_fact(id: &str, lang: &str, words: &str) -> Value {
    json!({
        "value": escaped(words),
        "dimensions": {"concept": "xbrl:note", "noteId": id, "language": lang.to_lowercase()},
    })
}

/// The reporting period of a year: that of the report, moved by whole years. It ends at the
/// midnight after its last day.
fn period(report: &Report, year: u16) -> String {
    let period = report.content.head.period;
    let moved = |date: Date| {
        let shifted = i32::from(date.year) + i32::from(year) - i32::from(report.year());
        let day = if date.month == 2 && date.day == 29 { 28 } else { date.day };
        let same = shifted == i32::from(date.year);
        format!("{shifted:04}-{:02}-{:02}T00:00:00", date.month, if same { date.day } else { day })
    };
    format!("{}/{}", moved(period.start.value), moved(next_day(period.end.value)))
}

fn next_day(date: Date) -> Date {
    let next = |date: Date| Date::parse(&date.to_string());
    let day = Date { day: date.day.saturating_add(1), ..date };
    let month = Date { month: date.month.saturating_add(1), day: 1, ..date };
    let year = Date { year: date.year.saturating_add(1), month: 1, day: 1 };
    next(day).or_else(|| next(month)).unwrap_or(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_after_exists() {
        for (day, next) in [
            ("2024-12-31", "2025-01-01"),
            ("2024-02-28", "2024-02-29"),
            ("2023-02-28", "2023-03-01"),
            ("2024-06-30", "2024-07-01"),
        ] {
            let day = Date::parse(day).expect("a day");
            assert_eq!(next_day(day).to_string(), next);
        }
    }
}
