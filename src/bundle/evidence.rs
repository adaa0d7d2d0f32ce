//! Evidence items and the files behind them.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::{Value, json};

use crate::content::{Access, EvidenceItem, SignOff, Text};
use crate::report::Report;
use crate::source::{FileError, Files, sha256};

use crate::bundle::Tree;
use crate::bundle::links::link;

/// Why evidence cannot be bundled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceFault {
    /// The file of an item cannot be read.
    Unreadable(String, FileError),
    /// The file of an item is not the one that the register names.
    Changed(String, String),
}

impl fmt::Display for EvidenceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(item, error) => write!(f, "evidence `{item}`: {error}"),
            Self::Changed(item, file) => write!(
                f,
                "evidence `{item}`: {file} does not have the checksum that the register gives"
            ),
        }
    }
}

/// Reads the files of the register into the inputs of a bundle, after comparing their checksums,
/// and returns the paths of those that are withheld. A confidential file that is not there is
/// withheld too: whoever checks a bundle does not have it.
pub fn withheld_files(
    report: &Report,
    files: &dyn Files,
    inputs: &mut Tree,
    faults: &mut Vec<EvidenceFault>,
) -> BTreeSet<String> {
    let mut withheld: BTreeSet<String> = confidential(report).map(str::to_owned).collect();
    // The project of the report before lies in a folder of this one, with a register of its own.
    let folder = report.content.head.prior.as_ref().map(|at| at.value.trim_end_matches('/'));
    if let (Some(folder), Some(prior)) = (folder, &report.prior) {
        withheld.extend(confidential(&prior.report).map(|file| format!("{folder}/{file}")));
    }
    for item in &report.content.evidence {
        let Some(file) = &item.file else { continue };
        let stated = item.sha256.as_ref().map(|sum| sum.value.as_str());
        match files.read(&file.value) {
            Ok(bytes) if stated != Some(sha256(&bytes).as_str()) => {
                faults.push(EvidenceFault::Changed(item.id.value.clone(), file.value.clone()));
            }
            Ok(bytes) => drop(inputs.insert(file.value.clone(), bytes)),
            Err(_) if withheld.contains(&file.value) => {}
            Err(error) => faults.push(EvidenceFault::Unreadable(item.id.value.clone(), error)),
        }
    }
    inputs.retain(|path, _| !withheld.contains(path));
    withheld
}

/// The files of confidential items.
fn confidential(report: &Report) -> impl Iterator<Item = &str> {
    let items = report.content.evidence.iter();
    let items = items.filter(|item| item.access == Access::Confidential);
    items.filter_map(|item| item.file.as_ref()).map(|file| file.value.as_str())
}

/// An evidence item as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// Title in each language.
    pub titles: Vec<String>,
    /// File in the project; empty if the item names a document outside.
    pub file: String,
    /// Link to the file; empty if the bundle does not hold it.
    pub href: String,
    /// Whether the file is withheld.
    pub withheld: bool,
    /// Checksum of the file; empty if there is no file.
    pub sha256: String,
    /// Document, page, line, sheet, cell.
    pub locator: String,
    /// First and last day that it covers.
    pub period: String,
    /// System that it was taken from.
    pub system: String,
    /// Who keeps it.
    pub owner: String,
    /// Who prepared it, when.
    pub prepared: String,
    /// Who reviewed it, when.
    pub reviewed: String,
    /// Who approved it, when.
    pub approved: String,
}

impl EvidenceView {
    /// The item, for a page that lies some folders deep.
    pub fn new(item: &EvidenceItem, depth: usize) -> Self {
        let file = item.file.as_ref().map(|file| file.value.clone()).unwrap_or_default();
        let withheld = item.access == Access::Confidential && !file.is_empty();
        let parts = item.locator.iter().map(|(key, value)| format!("{key} {value}"));
        Self {
            id: item.id.value.clone(),
            kind: item.kind.clone(),
            titles: texts(&item.title),
            href: match file.as_str() {
                "" => String::new(),
                _ if withheld => String::new(),
                file => link(depth, &format!("input/{file}")),
            },
            file,
            withheld,
            sha256: item.sha256.as_ref().map(|sum| sum.value.clone()).unwrap_or_default(),
            locator: parts.collect::<Vec<_>>().join(", "),
            period: item
                .period
                .as_ref()
                .map(|(start, end)| format!("{} to {}", start.value, end.value))
                .unwrap_or_default(),
            system: item.system.clone().unwrap_or_default(),
            owner: item.owner.clone().unwrap_or_default(),
            prepared: signed(item.prepared.as_ref()),
            reviewed: signed(item.reviewed.as_ref()),
            approved: signed(item.approved.as_ref()),
        }
    }
}

/// All items as data.
pub fn evidence_json(report: &Report) -> Value {
    let items = report.content.evidence.iter().map(|item| EvidenceView::new(item, 0));
    json!({"form": "esgreport-evidence/1", "items": items.collect::<Vec<_>>()})
}

/// A text in each language that it has.
pub fn texts(text: &Text) -> Vec<String> {
    text.iter().map(|(_, words)| words.value.clone()).collect()
}

fn signed(sign_off: Option<&SignOff>) -> String {
    let Some(sign_off) = sign_off else { return String::new() };
    match &sign_off.on {
        Some(day) => format!("{}, {}", sign_off.by, day.value),
        None => sign_off.by.clone(),
    }
}
