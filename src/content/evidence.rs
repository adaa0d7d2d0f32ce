//! The register of evidence.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::locale::Date;
use crate::source::{Files, MissingFile, Spanned};
use crate::syntax::yaml::Node;

use crate::content::Text;
use crate::content::reader::Reader;

/// An item of the register.
#[derive(Debug, Clone)]
pub struct EvidenceItem {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// Kind, such as `invoice`.
    pub kind: String,
    /// Title.
    pub title: Text,
    /// File in the project.
    pub file: Option<Spanned<String>>,
    /// Place in an outside document: document, page, sheet, cell.
    pub locator: BTreeMap<String, String>,
    /// Checksum of the file, as it was registered.
    pub sha256: Option<Spanned<String>>,
    /// System that it was taken from.
    pub system: Option<String>,
    /// Who keeps it.
    pub owner: Option<String>,
    /// Whether the file leaves the project in a bundle.
    pub access: Access,
    /// The file as it is now; nothing if the item names none.
    pub found: Option<EvidenceFile>,
    /// First and last day that it covers.
    pub period: Option<(Spanned<Date>, Spanned<Date>)>,
    /// Who prepared it.
    pub prepared: Option<SignOff>,
    /// Who reviewed it.
    pub reviewed: Option<SignOff>,
    /// Who approved it.
    pub approved: Option<SignOff>,
}

/// Whether a bundle holds the file of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The bundle holds the file.
    Open,
    /// The bundle lists its checksum alone.
    Confidential,
}

/// What stands where an item says that its file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceFile {
    /// A file with this checksum, in lower-case hexadecimal digits.
    Present(String),
    /// Nothing.
    Missing,
    /// Something that cannot be read, and why.
    Unreadable(String),
}

/// A name and a day.
#[derive(Debug, Clone)]
pub struct SignOff {
    /// Who.
    pub by: String,
    /// When.
    pub on: Option<Spanned<Date>>,
}

/// Reads the register.
pub fn read_all(tree: &Node, reader: &mut Reader<'_>) -> Vec<EvidenceItem> {
    let mut items = Vec::new();
    for entry in tree.get("items").map(Node::entries).unwrap_or_default() {
        let node = &entry.value;
        let words = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        let locator = node.get("locator").map(Node::entries).unwrap_or_default();
        let locator = locator
            .iter()
            .filter_map(|part| Some((part.key.value.clone(), part.value.text()?.to_owned())));
        items.push(EvidenceItem {
            id: entry.key.clone(),
            kind: words("kind").unwrap_or_default(),
            title: reader.text_or_empty(node, "title"),
            file: node.get("file").and_then(Node::spanned),
            locator: locator.collect(),
            sha256: node.get("sha256").and_then(Node::spanned),
            system: words("system"),
            owner: words("owner"),
            access: match node.get("confidential").and_then(Node::text) {
                // Whatever else stands there has a finding, and nothing leaves the project by mistake.
                None | Some("false") => Access::Open,
                Some(_) => Access::Confidential,
            },
            found: None,
            period: node.get("period").and_then(|period| {
                Some((reader.date_of(period, "start")?, reader.date_of(period, "end")?))
            }),
            prepared: sign_off(node, "prepared", reader),
            reviewed: sign_off(node, "reviewed", reader),
            approved: sign_off(node, "approved", reader),
        });
    }
    items
}

/// Reads the files that items name, and takes their checksums.
pub fn inspect(items: &mut [EvidenceItem], files: &dyn Files) {
    for item in items {
        let Some(file) = &item.file else { continue };
        item.found = Some(match files.read(&file.value) {
            Ok(bytes) => EvidenceFile::Present(hexadecimal(&Sha256::digest(&bytes))),
            Err(error) if error.missing == MissingFile::Yes => EvidenceFile::Missing,
            Err(error) => EvidenceFile::Unreadable(error.reason),
        });
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sign_off(node: &Node, key: &str, reader: &mut Reader<'_>) -> Option<SignOff> {
    let node = node.get(key)?;
    let by = node.get("by").and_then(Node::text)?.to_owned();
    Some(SignOff { by, on: reader.date_of(node, "on") })
}
