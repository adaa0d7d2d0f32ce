//! A PDF as somebody reads it who shares no code with the one who wrote it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::thread;

use lopdf::{Dictionary, Document, Object, ObjectId};
use serde_json::{Value, json};

use crate::diag::{Phrase, say};
use crate::page_text::LARGEST;
use crate::page_text::page_texts;
use crate::quantity::numerals;
use crate::spread::beside;

use crate::bundle::drawing::Drawing;

/// What a reader finds in a PDF.
#[derive(Debug, Clone, Default)]
pub struct PdfText {
    /// Its pages in their order.
    pub pages: Vec<PdfPage>,
    /// Attached files by name. A name can stand for several.
    pub attached: Vec<(String, Vec<u8>)>,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PdfPage {
    /// Its numerals in the order of the text.
    pub numerals: Vec<String>,
    /// Checksum of everything that draws it: text, lines, pictures and fonts.
    pub drawing: String,
    /// Kinds of annotations that lie over it and are no plain links.
    pub laid_over: BTreeSet<String>,
}

impl PdfText {
    /// The attached files that hold facts: their bytes, and what they say.
    pub fn facts(&self) -> Vec<(&[u8], Value)> {
        let found = self.attached.iter().filter_map(|(_, bytes)| {
            let value: Value = serde_json::from_slice(bytes).ok()?;
            let form = value.get("form")?.as_str()?.starts_with("esgreport-facts/");
            form.then_some((bytes.as_slice(), value))
        });
        found.collect()
    }

    /// What is on each page, as the attached facts tell it.
    pub fn marks(&self) -> Value {
        let marks = self.pages.iter();
        marks.map(|page| json!({"numerals": page.numerals, "drawing": page.drawing})).collect()
    }
}

/// Reads a PDF. It runs on a thread of its own, so that a file which makes the reader fail is told
/// like any other that cannot be read.
pub fn read_pdf(bytes: &[u8]) -> Result<PdfText, Phrase> {
    thread::scope(|scope| {
        let reading = thread::Builder::new()
            .name("pdf".into())
            .stack_size(32 * 1024 * 1024)
            .spawn_scoped(scope, || read(bytes));
        match reading.map(|thread| thread.join()) {
            Ok(Ok(result)) => result,
            _ => Err(say!("the PDF cannot be read")),
        }
    })
}

fn read(bytes: &[u8]) -> Result<PdfText, Phrase> {
    let document = Document::load_mem(bytes)
        .map_err(|error| say!("this is no PDF that can be read: {why}", why = error.to_string()))?;
    let mut found = PdfText::default();
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let draw = || {
        let mut drawing = Drawing::new(&document);
        pages.iter().map(|id| drawing.page(*id)).collect::<Vec<_>>()
    };
    let (texts, drawings) = beside(|| page_texts(&document, &pages), draw);
    for ((number, text), (id, drawing)) in (1_usize..).zip(texts).zip(pages.iter().zip(drawings)) {
        let text = text.map_err(|error| {
            say!("page {number} cannot be read: {why}", number, why = error.to_string())
        })?;
        let (numerals, laid_over) = (numerals(&text), laid_over(&document, *id));
        found.pages.push(PdfPage { numerals, drawing, laid_over });
    }
    let mut seen = BTreeSet::new();
    for object in document.objects.values() {
        collect(&document, object, 0, &mut seen, &mut found.attached);
    }
    Ok(found)
}

/// Kinds of annotations of a page, save links without a look of their own.
fn laid_over(document: &Document, page: ObjectId) -> BTreeSet<String> {
    let page = document.get_dictionary(page).ok();
    let list = page.and_then(|page| page.get_deref(b"Annots", document).ok());
    let list = list.and_then(|list| list.as_array().ok()).map(Vec::as_slice).unwrap_or_default();
    let mut kinds = BTreeSet::new();
    for annotation in list {
        let annotation = document.dereference(annotation).ok().map(|(_, found)| found);
        let Some(annotation) = annotation.and_then(|found| found.as_dict().ok()) else { continue };
        let kind = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if kind != b"Link" || annotation.has(b"AP") {
            kinds.insert(String::from_utf8_lossy(kind).into_owned());
        }
    }
    kinds
}

/// Levels of arrays and dictionaries within one object that are searched for attached files.
const DEEPEST: usize = 32;

/// Attached files, wherever a reader could find them. A file that several keys name counts once.
fn collect(
    document: &Document,
    object: &Object,
    depth: usize,
    seen: &mut BTreeSet<ObjectId>,
    found: &mut Vec<(String, Vec<u8>)>,
) {
    if depth > DEEPEST {
        return;
    }
    match object {
        Object::Array(items) => {
            items.iter().for_each(|item| collect(document, item, depth + 1, seen, found));
        }
        Object::Dictionary(dictionary) => {
            attachments(document, dictionary, seen, found);
            let inner = dictionary.iter();
            inner.for_each(|(_, item)| collect(document, item, depth + 1, seen, found));
        }
        _ => {}
    }
}

fn attachments(
    document: &Document,
    specification: &Dictionary,
    seen: &mut BTreeSet<ObjectId>,
    found: &mut Vec<(String, Vec<u8>)>,
) {
    let Ok(files) = specification.get_deref(b"EF", document).and_then(Object::as_dict) else {
        return;
    };
    let name = specification.get(b"F").or_else(|_| specification.get(b"UF"));
    let name = name.and_then(Object::as_str).unwrap_or_default();
    let streams: BTreeMap<&Vec<u8>, &Object> = files.iter().collect();
    for id in streams.values().filter_map(|object| object.as_reference().ok()) {
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { continue };
        if seen.insert(id) {
            let content = stream.decompressed_content_with_limit(LARGEST);
            let content = content.unwrap_or_else(|_| stream.content.clone());
            found.push((String::from_utf8_lossy(name).into_owned(), content));
        }
    }
}
