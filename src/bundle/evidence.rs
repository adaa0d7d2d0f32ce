//! Evidence items and the files behind them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use crate::content::{Access, EvidenceItem, SignOff, Text};
use crate::diag::{Phrase, say};
use crate::report::Report;
use crate::source::{FileError, Files, sha256};

use crate::bundle::Tree;
use crate::bundle::citations::citations;
use crate::bundle::links::{Links, link};
use crate::bundle::metric_sheet::Linked;

/// Why evidence cannot be bundled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceFault {
    /// The file of an item cannot be read.
    Unreadable(String, FileError),
    /// The file of an item is not the one that the register names.
    Changed(String, String),
    /// A file that the bundle would hold has the bytes of a confidential one.
    Copied(String, String),
}

impl EvidenceFault {
    /// Why, in words.
    pub fn told(&self) -> Phrase {
        match self {
            Self::Unreadable(item, error) => say!(
                "evidence `{item}`: {path}: {reason}",
                item,
                path = error.path,
                reason = Phrase::word(&error.reason)
            ),
            Self::Changed(item, file) => say!(
                "evidence `{item}`: {file} does not have the checksum that the register gives",
                item,
                file
            ),
            Self::Copied(file, other) => say!(
                "{file} has the bytes of {other}, which is confidential: register it as confidential too, or take it out",
                file,
                other
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
    faults.extend(copies(&withheld, files, inputs));
    inputs.retain(|path, _| !withheld.contains(path));
    withheld
}

/// Files that would carry the bytes of a confidential one out under another name.
fn copies(withheld: &BTreeSet<String>, files: &dyn Files, inputs: &Tree) -> Vec<EvidenceFault> {
    let mut secret: BTreeMap<String, &String> = BTreeMap::new();
    for path in withheld {
        let bytes = inputs.get(path).cloned().or_else(|| files.read(path).ok());
        if let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) {
            secret.insert(sha256(&bytes), path);
        }
    }
    if secret.is_empty() {
        return Vec::new();
    }
    let open = inputs.iter().filter(|(path, _)| !withheld.contains(*path));
    let found = open.filter_map(|(path, bytes)| {
        let other = secret.get(&sha256(bytes))?;
        Some(EvidenceFault::Copied(path.clone(), (*other).clone()))
    });
    found.collect()
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
    /// What points to it, where that is shown.
    pub cited: Vec<Linked>,
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
            cited: Vec::new(),
        }
    }
}

/// All items for the index, with what points to each.
pub fn register(report: &Report, links: &Links) -> Vec<EvidenceView> {
    let mut cited = citations(report, links);
    let items = report.content.evidence.iter().map(|item| EvidenceView {
        cited: cited.remove(&item.id.value).unwrap_or_default(),
        ..EvidenceView::new(item, 0)
    });
    items.collect()
}

/// All items as data.
pub fn evidence_json(report: &Report, links: &Links) -> Value {
    json!({"form": "esgreport-evidence/1", "items": register(report, links)})
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
