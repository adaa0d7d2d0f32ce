//! Printed figures against facts.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use lopdf::{Dictionary, Document, Object};
use serde_json::Value;

use crate::quantity::{Decimal, Figure, numerals};

use crate::bundle::Tree;

/// A PDF as somebody reads it who shares no code with the one who wrote it.
#[derive(Debug, Clone, Default)]
pub struct PdfText {
    /// The text of each page.
    pub pages: Vec<String>,
    /// Attached files by name.
    pub attached: BTreeMap<String, Vec<u8>>,
}

impl PdfText {
    /// The attached file that holds facts: its bytes, and what they say.
    pub fn facts(&self) -> Option<(&[u8], Value)> {
        self.attached.values().find_map(|bytes| {
            let value: Value = serde_json::from_slice(bytes).ok()?;
            let form = value.get("form")?.as_str()?.starts_with("esgreport-facts/");
            form.then_some((bytes.as_slice(), value))
        })
    }
}

/// Largest attached file that is unfolded, in bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// Reads a PDF. It runs on a thread of its own, so that a file which makes the reader fail is told
/// like any other that cannot be read.
pub fn read_pdf(bytes: &[u8]) -> Result<PdfText, String> {
    thread::scope(|scope| {
        let reading = thread::Builder::new()
            .name("pdf".into())
            .stack_size(16 * 1024 * 1024)
            .spawn_scoped(scope, || read(bytes));
        match reading.map(|thread| thread.join()) {
            Ok(Ok(result)) => result,
            _ => Err("the PDF cannot be read".into()),
        }
    })
}

fn read(bytes: &[u8]) -> Result<PdfText, String> {
    let document = Document::load_mem(bytes).map_err(|error| format!("not a PDF: {error}"))?;
    let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
    let mut text = PdfText::default();
    for number in numbers {
        let page = document.extract_text(&[number]);
        text.pages.push(page.map_err(|error| format!("page {number} cannot be read: {error}"))?);
    }
    for object in document.objects.values() {
        if let Object::Dictionary(dictionary) = object
            && dictionary.get(b"Type").and_then(Object::as_name).ok() == Some(&b"Filespec"[..])
            && let Some((name, content)) = attachment(&document, dictionary)
        {
            text.attached.insert(name, content);
        }
    }
    Ok(text)
}

fn attachment(document: &Document, spec: &Dictionary) -> Option<(String, Vec<u8>)> {
    let name = spec.get(b"F").and_then(Object::as_str).ok()?;
    let stream = spec.get(b"EF").and_then(Object::as_dict).ok()?.get(b"F").ok()?;
    let stream = document.get_object(stream.as_reference().ok()?).ok()?.as_stream().ok()?;
    let content = match stream.decompressed_content_with_limit(LARGEST) {
        Ok(content) => content,
        Err(_) => stream.content.clone(),
    };
    Some((String::from_utf8_lossy(name).into_owned(), content))
}

/// Compares a PDF with the facts that are attached to it: every figure that is listed as printed
/// has the digits of its fact and stands in the text, and no other numeral with a comma or a point
/// stands there.
pub fn compare_pdf(pdf: &PdfText) -> (Vec<String>, String) {
    let Some((_, facts)) = pdf.facts() else {
        return (vec!["no facts are attached".into()], "no figures were compared".into());
    };
    let printed = entries(&facts);
    let mut faults = compare_digits(&facts, &printed);
    let known = known_numerals(&facts, &printed);
    let mut seen = BTreeSet::new();
    for (at, page) in pdf.pages.iter().enumerate() {
        for numeral in numerals(page) {
            if numeral.contains([',', '.']) && !is_made_of(&numeral, &known) {
                faults.push(format!("page {} prints `{numeral}`, which no fact has", at + 1));
            }
            seen.insert(numeral);
        }
    }
    let whole: String = pdf.pages.concat().chars().filter(|c| !c.is_whitespace()).collect();
    for (figure, text, _) in &printed {
        for numeral in numerals(text) {
            if !seen.contains(&numeral) && !whole.contains(&numeral) {
                faults.push(format!("`{figure}` should be printed as `{text}`, and is not there"));
            }
        }
    }
    let note =
        format!("{} printed figures on {} pages were compared", printed.len(), pdf.pages.len());
    (faults, note)
}

/// Compares everything that a bundle prints with its facts.
pub fn compare_printed(tree: &Tree) -> (Vec<String>, Vec<String>) {
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
                faults.push(format!("`{path}`: {why}"));
                continue;
            }
        };
        let (attached, own) = pdf.facts().unzip();
        let listed = tree.get(&format!("data/facts/printed.{lang}.json"));
        if attached != listed.map(Vec::as_slice) {
            faults.push(format!("`{path}` has other facts attached than the bundle holds"));
        }
        let metrics =
            |facts: &Option<Value>| facts.as_ref().and_then(|f| f.get("metrics").cloned());
        if metrics(&own) != metrics(&facts) {
            faults.push(format!(
                "`{path}` was printed from other facts than `data/facts/facts.json`"
            ));
        }
        let (found, note) = compare_pdf(&pdf);
        faults.extend(found.into_iter().map(|fault| format!("`{path}`: {fault}")));
        notes.push(format!("`{path}`: {note}"));
    }
    (faults, notes)
}

/// What is listed as printed: figure, text, and whether the text has the digits of the fact.
fn entries(facts: &Value) -> Vec<(String, String, bool)> {
    let list = facts.get("printed").and_then(Value::as_array);
    let entries = list.into_iter().flatten().filter_map(|entry| {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some((text("figure")?, text("text")?, text("digits")? == "stated"))
    });
    entries.collect()
}

/// Figures that are printed with other digits than their fact has.
fn compare_digits(facts: &Value, printed: &[(String, String, bool)]) -> Vec<String> {
    let mut values: BTreeMap<String, Decimal> = BTreeMap::new();
    for metric in facts.get("metrics").and_then(Value::as_array).into_iter().flatten() {
        let id = metric.get("id").and_then(Value::as_str).unwrap_or_default();
        for entry in metric.get("values").and_then(Value::as_array).into_iter().flatten() {
            let members = entry.get("members").and_then(Value::as_object);
            let pairs = members
                .into_iter()
                .flatten()
                .map(|(d, m)| format!("{d}={}", m.as_str().unwrap_or_default()));
            let pairs: Vec<String> = pairs.collect();
            let inner =
                if pairs.is_empty() { String::new() } else { format!("[{}]", pairs.join(",")) };
            let value = entry.get("value").and_then(Value::as_str).and_then(|v| v.parse().ok());
            if let (Some(year), Some(value)) = (entry.get("year").and_then(Value::as_u64), value) {
                values.insert(format!("{id}{inner}@{year}"), value);
            }
        }
    }
    let mut faults = Vec::new();
    for (figure, text, stated) in printed.iter().filter(|(.., stated)| *stated) {
        let same = values.get(figure).is_some_and(|value: &Decimal| {
            let parsed = numerals(text).into_iter().filter_map(|n| Figure::parse(&n).ok());
            parsed.map(|figure| figure.value).any(|printed| printed == value.abs())
        });
        if !same && *stated {
            let fact = values.get(figure).map_or("missing".to_owned(), ToString::to_string);
            faults.push(format!("`{figure}` is printed as `{text}`, and the fact is {fact}"));
        }
    }
    faults
}

fn known_numerals(facts: &Value, printed: &[(String, String, bool)]) -> BTreeSet<String> {
    let list = facts.get("numerals").and_then(Value::as_array);
    let listed = list.into_iter().flatten().filter_map(|n| n.as_str().map(str::to_owned));
    listed.chain(printed.iter().flat_map(|(_, text, _)| numerals(text))).collect()
}

/// Whether a run of digits is a known numeral, or several of them that stand side by side. Whole
/// numbers and single signs between them are let through.
fn is_made_of(run: &str, known: &BTreeSet<String>) -> bool {
    if known.contains(run) {
        return true;
    }
    let length = run.len();
    let mut reached = vec![false; length + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for at in 0..length {
        if reached.get(at) != Some(&true) {
            continue;
        }
        for end in at + 1..=length {
            let part = run.get(at..end).unwrap_or_default();
            let whole = part.bytes().all(|b| b.is_ascii_digit()) && (at == 0 || end == length);
            if (known.contains(part) || whole)
                && let Some(mark) = reached.get_mut(end)
            {
                *mark = true;
            }
        }
    }
    reached.last() == Some(&true) && length < 200
}
