//! A finished PDF: the text of its pages, where its destinations lead, and what is linked.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::page_text::page_texts;

use crate::proof::squeezed;

/// What a reader finds in a PDF.
#[derive(Debug, Default)]
pub struct PrintedPdf {
    /// The text of each page, without blanks.
    pub pages: Vec<String>,
    /// All of it.
    pub all: String,
    /// Page of each named destination, counted from 0.
    pub destinations: BTreeMap<String, usize>,
    /// Names of destinations that links lead to.
    pub links: BTreeSet<String>,
    /// Pages that links lead to without a name, counted from 0.
    pub linked_pages: BTreeSet<usize>,
}

/// Levels of the tree of names; more is no tree.
const DEEPEST: usize = 16;

/// Reads a finished PDF.
pub fn read_pdf(bytes: &[u8]) -> Result<PrintedPdf, String> {
    let document = Document::load_mem(bytes).map_err(|error| error.to_string())?;
    let mut printed = PrintedPdf::default();
    let ids: Vec<ObjectId> = document.page_iter().collect();
    for text in page_texts(&document, &ids) {
        printed.pages.push(squeezed(&text.map_err(|error| error.to_string())?));
    }
    let pages = ids.into_iter().enumerate().map(|(at, id)| (id, at)).collect();
    printed.all = printed.pages.concat();
    let names = document.catalog().ok().and_then(|catalog| catalog.get(b"Names").ok());
    let names = names.and_then(|names| dictionary(&document, names));
    let tree = names.and_then(|names| names.get(b"Dests").ok());
    if let Some(tree) = tree.and_then(|tree| dictionary(&document, tree)) {
        destinations(&document, tree, &pages, 0, &mut printed.destinations);
    }
    for object in document.objects.values() {
        let Object::Dictionary(found) = object else { continue };
        let link = found.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Link");
        let Some(target) = found.get(b"Dest").ok().filter(|_| link) else { continue };
        match target {
            Object::String(name, _) => drop(printed.links.insert(words(name))),
            place => printed.linked_pages.extend(page_of(&document, place, &pages)),
        }
    }
    Ok(printed)
}

fn destinations(
    document: &Document,
    node: &Dictionary,
    pages: &BTreeMap<ObjectId, usize>,
    depth: usize,
    found: &mut BTreeMap<String, usize>,
) {
    if depth > DEEPEST {
        return;
    }
    let list = |key: &[u8]| node.get(key).and_then(Object::as_array).map(Vec::as_slice);
    for pair in list(b"Names").unwrap_or_default().chunks(2) {
        let [name, place] = pair else { continue };
        if let Some((name, page)) = name.as_str().ok().zip(page_of(document, place, pages)) {
            found.insert(words(name), page);
        }
    }
    for kid in list(b"Kids").unwrap_or_default() {
        if let Some(kid) = dictionary(document, kid) {
            destinations(document, kid, pages, depth + 1, found);
        }
    }
}

/// The page of a place such as `[page /XYZ x y zoom]`, counted from 0.
fn page_of(
    document: &Document,
    place: &Object,
    pages: &BTreeMap<ObjectId, usize>,
) -> Option<usize> {
    let place = match place {
        Object::Reference(id) => document.get_object(*id).ok()?,
        other => other,
    };
    let page = place.as_array().ok()?.first()?.as_reference().ok()?;
    pages.get(&page).copied()
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    match object {
        Object::Reference(id) => document.get_object(*id).ok()?.as_dict().ok(),
        other => other.as_dict().ok(),
    }
}

/// A text string of a PDF: ASCII as it is, or UTF-16 behind its mark.
fn words(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(rest) => {
            let units = rest.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0,
            });
            String::from_utf16_lossy(&units.collect::<Vec<_>>())
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}
