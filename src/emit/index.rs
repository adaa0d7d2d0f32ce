//! Indexes of frameworks for terminals, spreadsheets and programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::content::{Answer, Outcome};
use crate::diag::{Phrase, Wording, say};
use crate::emit::padded;
use crate::framework::{Asked, Catalog, Crosswalk, Level};
use crate::report::{Judgement, Report, anchor_of};

use crate::emit::csv;

/// Forms of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexForm {
    /// Columns for a terminal.
    Table,
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
    /// A Markdown table.
    Markdown,
}

/// One row of an index.
struct Row {
    edition: String,
    code: String,
    title: String,
    level: String,
    asked: bool,
    outcome: &'static str,
    places: Vec<String>,
    facts: Vec<String>,
}

/// The indexes of some editions, with the coverage of each level.
pub fn index_text(
    report: &Report,
    editions: &[&str],
    form: IndexForm,
    wording: &Wording,
) -> String {
    let rows: Vec<Row> = editions.iter().flat_map(|edition| rows(report, edition)).collect();
    match form {
        IndexForm::Table => table(&rows, wording),
        IndexForm::Csv => separated(&rows),
        IndexForm::Markdown => markdown(&rows, wording),
        IndexForm::Json => json_text(&rows),
    }
}

fn rows(report: &Report, edition: &str) -> Vec<Row> {
    let Some(verdict) = report.verdict(edition) else { return Vec::new() };
    let listed = verdict.items.iter().filter(|judgement| {
        judgement.answer.is_some()
            || (judgement.item.kind.is_indexed() && judgement.ruling.asked == Asked::Yes)
    });
    listed.map(|judgement| row(report, edition, judgement)).collect()
}

fn row(report: &Report, edition: &str, judgement: &Judgement<'_>) -> Row {
    let lang = report.content.head.languages.first().copied();
    let title = lang.and_then(|lang| judgement.item.title.get(lang)).cloned().unwrap_or_default();
    let places = judgement.answer.map(places).unwrap_or_default();
    let facts =
        judgement.answer.map(|answer| answer.facts.iter().map(|f| f.value.clone()).collect());
    Row {
        edition: edition.to_owned(),
        code: judgement.item.code.value.clone(),
        title,
        level: judgement.ruling.level.map_or("", Level::word).to_owned(),
        asked: judgement.ruling.asked == Asked::Yes,
        outcome: outcome(judgement.answer),
        places,
        facts: facts.unwrap_or_default(),
    }
}

fn places(answer: &Answer) -> Vec<String> {
    match &answer.outcome {
        Outcome::Reported(places) | Outcome::Partly { places, .. } => {
            places.iter().map(anchor_of).collect()
        }
        _ => Vec::new(),
    }
}

fn outcome(answer: Option<&Answer>) -> &'static str {
    answer.map_or("unanswered", |answer| answer.outcome.word())
}

/// Number of rows by edition, level and outcome.
fn coverage(rows: &[Row]) -> BTreeMap<(&str, &str), BTreeMap<&'static str, usize>> {
    let mut counts: BTreeMap<(&str, &str), BTreeMap<&'static str, usize>> = BTreeMap::new();
    for row in rows {
        let level = if row.level.is_empty() { "no level" } else { row.level.as_str() };
        *counts.entry((&row.edition, level)).or_default().entry(row.outcome).or_default() += 1;
    }
    counts
}

/// What an outcome is called when it is spoken of. In data it keeps its key.
fn said(outcome: &str) -> Phrase {
    Phrase::word(outcome)
}

fn table(rows: &[Row], wording: &Wording) -> String {
    let mut text = String::new();
    let mut edition = "";
    for row in rows {
        if row.edition != edition {
            let _ = writeln!(text, "{}{}", if edition.is_empty() { "" } else { "\n" }, row.edition);
            edition = &row.edition;
        }
        let places = row.places.join(", ");
        let level = padded(&wording.of(&Phrase::word(&row.level)), 18);
        let outcome = padded(&wording.of(&said(row.outcome)), 14);
        let _ = writeln!(text, "  {:<12} {level} {outcome} {places}", row.code);
    }
    for ((edition, level), outcomes) in coverage(rows) {
        let parts =
            outcomes.iter().map(|(outcome, n)| say!("{n} {outcome}", n, outcome = said(outcome)));
        let (level, parts) = (Phrase::word(level), Phrase::list(parts));
        let line = say!("{edition} {level}: {parts}", edition, level, parts);
        let _ = writeln!(text, "{}", wording.of(&line));
    }
    text
}

fn separated(rows: &[Row]) -> String {
    let mut text = String::from("edition,code,title,level,asked,outcome,places,facts\r\n");
    for row in rows {
        let asked = if row.asked { "yes" } else { "no" };
        let (places, facts) = (row.places.join(" "), row.facts.join(" "));
        let cells =
            [&row.edition, &row.code, &row.title, &row.level, asked, row.outcome, &places, &facts];
        text.push_str(&csv::line(cells));
    }
    text
}

fn markdown(rows: &[Row], wording: &Wording) -> String {
    let head = [
        say!("edition"),
        say!("code"),
        say!("title"),
        say!("level"),
        say!("outcome"),
        say!("places"),
    ];
    let head: Vec<String> = head.iter().map(|word| wording.of(word)).collect();
    let mut text = format!("| {} |\n|---|---|---|---|---|---|\n", head.join(" | "));
    for row in rows {
        let title = row.title.replace('|', "\\|");
        let places = row.places.join(", ");
        let _ = writeln!(
            text,
            "| {} | {} | {title} | {} | {} | {places} |",
            row.edition,
            row.code,
            wording.of(&Phrase::word(&row.level)),
            wording.of(&said(row.outcome))
        );
    }
    text
}

fn json_text(rows: &[Row]) -> String {
    let list: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "edition": row.edition, "code": row.code, "title": row.title, "level": row.level,
                "asked": row.asked, "outcome": row.outcome, "places": row.places, "facts": row.facts,
            })
        })
        .collect();
    let counts: Vec<Value> = coverage(rows)
        .into_iter()
        .map(|((edition, level), outcomes)| json!({"edition": edition, "level": level, "outcomes": outcomes}))
        .collect();
    format!("{:#}\n", json!({"rows": list, "coverage": counts}))
}

/// Disclosures of an edition that answers given to others would also serve.
pub fn proposals(
    report: &Report,
    catalog: &Catalog,
    walks: &[Crosswalk],
    wording: &Wording,
) -> String {
    let mut served: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for walk in walks {
        let (other, forward) =
            if walk.to == catalog.name { (&walk.from, true) } else { (&walk.to, false) };
        if *other == catalog.name {
            continue;
        }
        let Some(verdict) = report.verdict(other) else { continue };
        for link in &walk.links {
            let (here, there) =
                if forward { (&link.to, &link.from) } else { (&link.from, &link.to) };
            let answer = verdict
                .items
                .iter()
                .find(|j| j.item.code.value == there.value)
                .and_then(|j| j.answer);
            if matches!(outcome(answer), "reported" | "partly" | "negative") {
                let by = say!(
                    "{other} {code} ({relation}, {outcome})",
                    other,
                    code = there.value,
                    relation = Phrase::word(&link.relation),
                    outcome = said(outcome(answer))
                );
                let by = wording.of(&by);
                served.entry(&here.value).or_default().insert(by);
            }
        }
    }
    let given: BTreeSet<&str> = report
        .content
        .disclosures
        .iter()
        .filter(|file| file.framework.value == catalog.name)
        .flat_map(|file| file.answers.iter().map(|answer| answer.code.value.as_str()))
        .collect();
    let mut text = String::new();
    let open = catalog.items.iter().filter(|item| !given.contains(item.code.value.as_str()));
    for item in open {
        if let Some(by) = served.get(item.code.value.as_str()) {
            let by: Vec<&str> = by.iter().map(String::as_str).collect();
            let _ = writeln!(
                text,
                "{:<12} {}",
                item.code.value,
                by.join(if wording.is_english() { "; " } else { "；" })
            );
        }
    }
    if text.is_empty() {
        let nothing =
            say!("nothing to propose: no answer given to another edition serves one that is open");
        let _ = writeln!(text, "{}", wording.of(&nothing));
    }
    text
}
