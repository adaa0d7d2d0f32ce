//! PDF through a reader that shares no code with the one that wrote it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

/// The text of each page.
pub fn pages(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).expect("a PDF");
    let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
    numbers.iter().map(|n| document.extract_text(&[*n]).expect("text")).collect()
}

/// Text without white space and hyphens, since lines break where the layout breaks them.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '‐')).collect()
}

/// What the catalog and the structure tree say.
pub struct Structure {
    /// The document catalog.
    pub catalog: Dictionary,
    /// How often each structure type occurs.
    pub types: BTreeMap<String, usize>,
    /// Figures without a text alternative.
    pub silent_figures: usize,
    /// Tables that have no header cell.
    pub headless_tables: usize,
    /// Names and contents of attached files.
    pub attachments: BTreeMap<String, Vec<u8>>,
    /// Fonts whose program is not in the file.
    pub foreign_fonts: usize,
}

/// Reads catalog, structure tree, attachments and fonts.
pub fn structure(bytes: &[u8]) -> Structure {
    let document = Document::load_mem(bytes).expect("a PDF");
    let mut structure = Structure {
        catalog: document.catalog().expect("a catalog").clone(),
        types: BTreeMap::new(),
        silent_figures: 0,
        headless_tables: 0,
        attachments: BTreeMap::new(),
        foreign_fonts: 0,
    };
    for object in document.objects.values() {
        let Object::Dictionary(dictionary) = object else { continue };
        if let Some(kind) = name(dictionary, b"S").filter(|_| dictionary.has(b"P")) {
            *structure.types.entry(kind.clone()).or_default() += 1;
            structure.silent_figures += usize::from(kind == "Figure" && !dictionary.has(b"Alt"));
            let headless = kind == "Table" && !has_header(&document, dictionary, 0);
            structure.headless_tables += usize::from(headless);
        }
        if name(dictionary, b"Type").as_deref() == Some("FontDescriptor") {
            let embedded = [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
                .iter()
                .any(|key| dictionary.has(key));
            structure.foreign_fonts += usize::from(!embedded);
        }
        if name(dictionary, b"Type").as_deref() == Some("Filespec") {
            attach(&document, dictionary, &mut structure.attachments);
        }
    }
    structure
}

fn attach(document: &Document, spec: &Dictionary, attachments: &mut BTreeMap<String, Vec<u8>>) {
    let file = spec.get(b"F").and_then(Object::as_str).unwrap_or_default();
    let stream = spec.get(b"EF").and_then(Object::as_dict).and_then(|files| files.get(b"F"));
    let stream = stream.and_then(Object::as_reference).and_then(|id| document.get_object(id));
    if let Ok(stream) = stream.and_then(Object::as_stream) {
        let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        attachments.insert(String::from_utf8_lossy(file).into_owned(), content);
    }
}

fn name(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let name = dictionary.get(key).and_then(Object::as_name).ok()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

fn has_header(document: &Document, element: &Dictionary, depth: usize) -> bool {
    if depth > 4 {
        return false;
    }
    let kids = match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(other) => vec![other.clone()],
        Err(_) => Vec::new(),
    };
    kids.iter().any(|kid| {
        let kid = match kid {
            Object::Reference(id) => document.get_object(*id).and_then(Object::as_dict).ok(),
            Object::Dictionary(kid) => Some(kid),
            _ => None,
        };
        kid.is_some_and(|kid| {
            name(kid, b"S").as_deref() == Some("TH") || has_header(document, kid, depth + 1)
        })
    })
}
