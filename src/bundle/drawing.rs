//! A checksum of what draws a page.
//!
//! It covers the page's content with the fonts, pictures and drawings that it uses, unfolded and in
//! one order. Another program may write the file again, number its objects anew and compress them in
//! another way, and the checksum stays.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use sha2::{Digest, Sha256};

use crate::page_text::LARGEST;

/// Entries of a page that draw it, apart from its content.
const DRAWN: [&[u8]; 4] = [b"MediaBox", b"CropBox", b"Rotate", b"UserUnit"];
/// Entries that say how a stream is written, or lead back to what holds it.
const APART: [&[u8]; 6] = [b"Length", b"Filter", b"DecodeParms", b"DL", b"Parent", b"P"];
/// Levels within one object; a deeper one is no page of ours.
const DEEPEST: usize = 64;

/// The checksums of a document's objects, each computed once.
pub struct Drawing<'d> {
    document: &'d Document,
    known: BTreeMap<ObjectId, String>,
}

impl<'d> Drawing<'d> {
    /// The checksums of a document.
    pub fn new(document: &'d Document) -> Self {
        Self { document, known: BTreeMap::new() }
    }

    /// The checksum of a page.
    pub fn page(&mut self, page: ObjectId) -> String {
        let document = self.document;
        let mut hash = Sha256::new();
        for id in document.get_page_contents(page) {
            if let Ok(stream) = document.get_object(id).and_then(Object::as_stream) {
                hash.update(unfolded(stream));
                hash.update(b"\n");
            }
        }
        if let Ok((own, others)) = document.get_page_resources(page) {
            own.into_iter().for_each(|resources| self.dictionary(resources, 0, &mut hash));
            others.into_iter().for_each(|id| self.reference(id, 0, &mut hash));
        }
        if let Ok(page) = document.get_dictionary(page) {
            for key in DRAWN {
                if let Ok(value) = page.get(key) {
                    text(b'/', key, &mut hash);
                    self.object(value, 0, &mut hash);
                }
            }
        }
        hexadecimal(hash)
    }

    fn object(&mut self, object: &Object, depth: usize, hash: &mut Sha256) {
        if depth > DEEPEST {
            return hash.update(b"deep;");
        }
        match object {
            Object::Null => hash.update(b"null;"),
            Object::Boolean(value) => hash.update(format!("{value};")),
            Object::Integer(value) => hash.update(format!("{value};")),
            Object::Real(value) => hash.update(format!("{value};")),
            Object::Name(name) => text(b'/', name, hash),
            Object::String(bytes, _) => text(b'(', bytes, hash),
            Object::Array(items) => {
                hash.update(b"[");
                items.iter().for_each(|item| self.object(item, depth + 1, hash));
                hash.update(b"]");
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, depth, hash),
            Object::Stream(stream) => {
                self.dictionary(&stream.dict, depth, hash);
                text(b'~', &unfolded(stream), hash);
            }
            Object::Reference(id) => self.reference(*id, depth, hash),
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary, depth: usize, hash: &mut Sha256) {
        let entries: BTreeMap<&Vec<u8>, &Object> = dictionary.iter().collect();
        hash.update(b"<");
        for (key, value) in entries.into_iter().filter(|(key, _)| !APART.contains(&key.as_slice()))
        {
            text(b'/', key, hash);
            self.object(value, depth + 1, hash);
        }
        hash.update(b">");
    }

    /// An object counts by what it holds, not by its number. One that leads back to itself counts as
    /// open until it is done.
    fn reference(&mut self, id: ObjectId, depth: usize, hash: &mut Sha256) {
        if let Some(known) = self.known.get(&id) {
            return hash.update(known.as_bytes());
        }
        self.known.insert(id, "open;".to_owned());
        let mut own = Sha256::new();
        match self.document.get_object(id) {
            Ok(object) => self.object(object, depth + 1, &mut own),
            Err(_) => own.update(b"null;"),
        }
        let own = hexadecimal(own);
        hash.update(own.as_bytes());
        self.known.insert(id, own);
    }
}

/// Bytes with their length before them, so that no two of them read as one.
fn text(sign: u8, bytes: &[u8], hash: &mut Sha256) {
    hash.update([sign]);
    hash.update(format!("{}:", bytes.len()));
    hash.update(bytes);
}

/// The bytes of a stream, unfolded if that can be done.
fn unfolded(stream: &Stream) -> Vec<u8> {
    let content = stream.decompressed_content_with_limit(LARGEST);
    content.unwrap_or_else(|_| stream.content.clone())
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
