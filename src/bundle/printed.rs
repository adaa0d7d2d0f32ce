//! Printed figures against facts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diag::{Phrase, say};
use crate::quantity::{Decimal, numerals, signed_values};
use crate::source::sha256;

use crate::bundle::Tree;
use crate::bundle::pdf::{PdfPage, PdfText, read_pdf};

/// The key under which the attached facts hold the checksum of their other entries.
const CHECKSUM: &str = "checksum";

/// The facts as they are attached in the end: with what is on each page of the finished PDF, and
/// with a checksum over all of it.
pub fn with_marks(facts: Value, pdf: &PdfText) -> Vec<u8> {
    let Value::Object(mut map) = facts else { return Vec::new() };
    map.insert("pages".into(), pdf.marks());
    let sum = checksum(&map);
    map.insert(CHECKSUM.into(), sum.into());
    serde_json::to_vec_pretty(&Value::Object(map)).unwrap_or_default()
}

fn checksum(facts: &Map<String, Value>) -> String {
    let rest: Map<String, Value> = facts
        .iter()
        .filter(|(key, _)| *key != CHECKSUM)
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    sha256(&serde_json::to_vec(&Value::Object(rest)).unwrap_or_default())
}

/// Compares a PDF with the facts that are attached to it: every page has the numerals and the drawing
/// that it was printed with, and every figure that is listed as printed has the digits of its fact
/// and stands there.
pub fn compare_pdf(pdf: &PdfText) -> (Vec<Phrase>, Phrase) {
    let all = pdf.facts();
    let none = say!("no figures were compared");
    let [(_, facts)] = all.as_slice() else {
        let fault = match all.len() {
            0 => say!("no facts are attached"),
            count => say!("{count} files of facts are attached, and one can be right alone", count),
        };
        return (vec![fault], none);
    };
    let Some(marks) = marks(facts) else {
        return (vec![say!("the attached facts do not tell what is on each page")], none);
    };
    let mut faults = Vec::new();
    let stated = facts.get(CHECKSUM).and_then(Value::as_str);
    if stated != facts.as_object().map(checksum).as_deref() {
        faults.push(say!("the attached facts do not have their checksum: they were changed"));
    }
    faults.extend(compare_pages(&pdf.pages, &marks));
    let printed = entries(facts);
    faults.extend(compare_digits(facts, &printed));
    faults.extend(missing(&pdf.pages, &printed));
    let (count, pages) = (printed.len(), pdf.pages.len());
    (faults, say!("{count} printed figures on {pages} pages were compared", count, pages))
}

/// What the attached facts tell of each page: its numerals and the checksum of its drawing.
fn marks(facts: &Value) -> Option<Vec<(Vec<String>, String)>> {
    let pages = facts.get("pages")?.as_array()?;
    let marks = pages.iter().map(|page| {
        let numerals = page.get("numerals")?.as_array()?.iter();
        let numerals: Option<Vec<String>> =
            numerals.map(|n| n.as_str().map(str::to_owned)).collect();
        Some((numerals?, page.get("drawing")?.as_str()?.to_owned()))
    });
    marks.collect()
}

/// Names every page that is not as it was printed, with the numerals that differ.
fn compare_pages(pages: &[PdfPage], marks: &[(Vec<String>, String)]) -> Vec<Phrase> {
    let mut faults = Vec::new();
    if pages.len() != marks.len() {
        let (now, was) = (pages.len(), marks.len());
        faults.push(say!("there are {now} pages, and {was} were printed", now, was));
    }
    let printed: BTreeMap<&str, usize> =
        marks.iter().enumerate().map(|(at, (_, drawing))| (drawing.as_str(), at + 1)).collect();
    for (at, page) in pages.iter().enumerate() {
        let number = at + 1;
        for kind in &page.laid_over {
            faults.push(say!("page {number} has something laid over it ({kind})", number, kind));
        }
        let Some((numerals, drawing)) = marks.get(at) else { continue };
        if page.drawing == *drawing {
            continue;
        }
        if let Some(other) = printed.get(page.drawing.as_str()) {
            faults.push(say!(
                "page {number} is the one that was printed as page {other}",
                number,
                other
            ));
        } else if page.numerals != *numerals {
            let (was, now) = differing(numerals, &page.numerals);
            faults.push(say!("page {number} has {now} where {was} was printed", number, now, was));
        } else {
            faults.push(say!(
                "page {number} is drawn in another way than it was printed; the numerals in its text are the same",
                number
            ));
        }
    }
    faults
}

/// Numerals that are told of a difference; more are left out.
const TOLD: usize = 6;

/// Where two lists of numerals differ: what stands between their common start and end.
fn differing(was: &[String], now: &[String]) -> (Phrase, Phrase) {
    let start = was.iter().zip(now).take_while(|(a, b)| a == b).count();
    let (was, now) = (was.get(start..).unwrap_or_default(), now.get(start..).unwrap_or_default());
    let end = was.iter().rev().zip(now.iter().rev()).take_while(|(a, b)| a == b).count();
    let told = |list: &[String]| {
        let list = list.get(..list.len().saturating_sub(end)).unwrap_or_default();
        let more = if list.len() > TOLD { " …" } else { "" };
        let shown: Vec<&str> = list.iter().take(TOLD).map(String::as_str).collect();
        match shown.is_empty() {
            true => say!("no numeral"),
            false => Phrase::from(format!("`{}{more}`", shown.join(" "))),
        }
    };
    (told(was), told(now))
}

/// Compares everything that a bundle prints with its facts.
pub fn compare_printed(tree: &Tree) -> (Vec<Phrase>, Vec<Phrase>) {
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    let facts =
        tree.get("data/facts/facts.json").and_then(|b| serde_json::from_slice::<Value>(b).ok());
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".pdf")) {
        let Some(lang) =
            path.strip_prefix("data/report/report.").and_then(|p| p.strip_suffix(".pdf"))
        else {
            continue;
        };
        let pdf = match read_pdf(bytes) {
            Ok(pdf) => pdf,
            Err(why) => {
                faults.push(say!("`{path}`: {why}", path, why));
                continue;
            }
        };
        let all = pdf.facts();
        let (attached, own) = all.first().map(|(bytes, facts)| (*bytes, facts)).unzip();
        let listed = tree.get(&format!("data/facts/printed.{lang}.json"));
        if attached != listed.map(Vec::as_slice) {
            faults.push(say!("`{path}` has other facts attached than the bundle holds", path));
        }
        if own.and_then(|own| own.get("metrics")) != facts.as_ref().and_then(|f| f.get("metrics")) {
            faults.push(say!(
                "`{path}` was printed from other facts than `data/facts/facts.json`",
                path
            ));
        }
        let (found, note) = compare_pdf(&pdf);
        faults.extend(found.into_iter().map(|why| say!("`{path}`: {why}", path, why)));
        notes.push(say!("`{path}`: {why}", path, why = note));
    }
    (faults, notes)
}

/// A figure that is listed as printed.
struct Entry {
    figure: String,
    text: String,
    /// Whether the text has the digits of the fact.
    stated: bool,
}

fn entries(facts: &Value) -> Vec<Entry> {
    let list = facts.get("printed").and_then(Value::as_array);
    let entries = list.into_iter().flatten().filter_map(|entry| {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Entry {
            figure: text("figure")?,
            text: text("text")?,
            stated: text("digits")? == "stated",
        })
    });
    entries.collect()
}

/// Figures that are printed with other digits, or another sign, than their fact has.
fn compare_digits(facts: &Value, printed: &[Entry]) -> Vec<Phrase> {
    let values = values(facts);
    let mut faults = Vec::new();
    for Entry { figure, text, .. } in printed.iter().filter(|entry| entry.stated) {
        let value = values.get(figure);
        if !value.is_some_and(|value| signed_values(text).contains(value)) {
            faults.push(match value {
                Some(fact) => say!(
                    "`{figure}` is printed as `{text}`, and the fact is {fact}",
                    figure,
                    text,
                    fact = fact.to_string()
                ),
                None => say!(
                    "`{figure}` is printed as `{text}`, and there is no such fact",
                    figure,
                    text
                ),
            });
        }
    }
    faults
}

/// The values of the facts by their names in expressions.
fn values(facts: &Value) -> BTreeMap<String, Decimal> {
    let mut values = BTreeMap::new();
    for metric in facts.get("metrics").and_then(Value::as_array).into_iter().flatten() {
        let id = metric.get("id").and_then(Value::as_str).unwrap_or_default();
        for entry in metric.get("values").and_then(Value::as_array).into_iter().flatten() {
            let members = entry.get("members").and_then(Value::as_object).into_iter().flatten();
            let pairs: Vec<String> =
                members.map(|(d, m)| format!("{d}={}", m.as_str().unwrap_or_default())).collect();
            let inner = match pairs.is_empty() {
                true => String::new(),
                false => format!("[{}]", pairs.join(",")),
            };
            let value = entry.get("value").and_then(Value::as_str).and_then(|v| v.parse().ok());
            if let (Some(year), Some(value)) = (entry.get("year").and_then(Value::as_u64), value) {
                values.insert(format!("{id}{inner}@{year}"), value);
            }
        }
    }
    values
}

/// Figures that are listed as printed and whose numerals stand on no page. Numerals that stand side
/// by side are read as one.
fn missing(pages: &[PdfPage], printed: &[Entry]) -> Vec<Phrase> {
    let seen: BTreeSet<&str> =
        pages.iter().flat_map(|page| &page.numerals).map(String::as_str).collect();
    let stands =
        |numeral: &str| seen.contains(numeral) || seen.iter().any(|run| run.contains(numeral));
    let mut faults = Vec::new();
    for Entry { figure, text, .. } in printed {
        if !numerals(text).iter().all(|numeral| stands(numeral)) {
            faults.push(say!(
                "`{figure}` should be printed as `{text}`, and is not there",
                figure,
                text
            ));
        }
    }
    faults
}
