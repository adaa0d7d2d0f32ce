//! The text of the pages of a PDF, as programs that copy text out of one find it.
//!
//! **Invariant:** a page gives the same text whether it is read alone or with others; fonts that several pages use
//! are read once.

use std::collections::BTreeMap;
use std::ptr::from_ref;
use std::slice::from_ref as slice_of;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Error, Object, ObjectId, Result};

use crate::spread::spread;

/// Largest stream that is unfolded, in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// A gap between two pieces of text, in thousandths of the size of type, from which on it is a blank.
const BLANK: i64 = -100;

/// The fonts of a page by the names that it gives them.
type Fonts<'d> = BTreeMap<Vec<u8>, &'d Dictionary>;

/// What the codes of a font stand for, by where its dictionary lies.
type Encodings<'d> = BTreeMap<usize, Result<Encoding<'d>>>;

/// The text of some pages. A page that cannot be read gives an error and leaves the others whole.
pub fn page_texts(document: &Document, pages: &[ObjectId]) -> Vec<Result<String>> {
    let fonts: Vec<Result<Fonts<'_>>> =
        pages.iter().map(|page| document.get_page_fonts(*page)).collect();
    let encodings = encodings(document, fonts.iter().flatten());
    spread(pages.len(), |at| match (pages.get(at), fonts.get(at)) {
        (Some(page), Some(Ok(fonts))) => page_text(document, *page, fonts, &encodings),
        (Some(page), _) => document.get_page_fonts(*page).map(|_| String::new()),
        (None, _) => Ok(String::new()),
    })
}

/// The tables of all fonts, each read once: there are few of them, and they are long.
fn encodings<'d, 'f>(
    document: &'d Document,
    fonts: impl Iterator<Item = &'f Fonts<'d>>,
) -> Encodings<'d>
where
    'd: 'f,
{
    let known: BTreeMap<usize, &Dictionary> =
        fonts.flat_map(BTreeMap::values).map(|font| (place(font), *font)).collect();
    let known: Vec<(usize, &Dictionary)> = known.into_iter().collect();
    let read = spread(known.len(), |at| {
        let (place, font) = known.get(at)?;
        Some((*place, font.get_font_encoding_with_limit(document, LARGEST)))
    });
    read.into_iter().flatten().collect()
}

fn place(font: &Dictionary) -> usize {
    from_ref(font).addr()
}

/// The text of one page. Lines end where the page says so; blanks stand where pieces lie apart.
fn page_text(
    document: &Document,
    page: ObjectId,
    fonts: &Fonts<'_>,
    encodings: &Encodings<'_>,
) -> Result<String> {
    let mut named: BTreeMap<&[u8], &Encoding<'_>> = BTreeMap::new();
    for (name, font) in fonts {
        match encodings.get(&place(font)) {
            Some(Ok(encoding)) => drop(named.insert(name, encoding)),
            // Errors cannot be copied; reading the font once more gives the same one.
            _ => drop(font.get_font_encoding_with_limit(document, LARGEST)?),
        }
    }
    let content = Content::decode(&document.get_page_content_with_limit(page, LARGEST)?)?;
    let mut text = String::new();
    let (mut start, mut encoding) = (0, None);
    for operation in &content.operations {
        if operation.operator == "Tf" {
            let missing = || Error::Syntax("missing font operand".to_owned());
            let font = operation.operands.first().ok_or_else(missing)?.as_name()?;
            encoding = named.get(font).copied();
            start = text.len();
        } else {
            follow(operation, encoding, start, &mut text)?;
        }
    }
    Ok(text)
}

/// Adds what an operation shows (ISO 32000-1, 9.4). `start` is where the present font began.
fn follow(
    operation: &Operation,
    encoding: Option<&Encoding<'_>>,
    start: usize,
    text: &mut String,
) -> Result<()> {
    let ends_line = match operation.operator.as_str() {
        "'" | "\"" => encoding.is_some(),
        operator => matches!(operator, "T*" | "ET"),
    };
    let piece = text.get(start..).unwrap_or_default();
    if ends_line && !piece.ends_with('\n') {
        text.push('\n');
    }
    let Some(encoding) = encoding else { return Ok(()) };
    match operation.operator.as_str() {
        "Tj" | "TJ" | "'" => write(text, encoding, &operation.operands),
        "\"" => {
            let shown = operation.operands.get(2).map(slice_of);
            write(text, encoding, shown.unwrap_or_default())
        }
        _ => Ok(()),
    }
}

fn write(text: &mut String, encoding: &Encoding<'_>, operands: &[Object]) -> Result<()> {
    for operand in operands {
        match operand {
            Object::String(codes, _) => encoding.write_to_string(codes, text)?,
            Object::Array(pieces) => {
                for piece in pieces {
                    match piece {
                        Object::String(codes, _) => encoding.write_to_string(codes, text)?,
                        Object::Integer(gap) if *gap < BLANK => text.push(' '),
                        _ => {}
                    }
                }
                text.push(' ');
            }
            Object::Integer(gap) if *gap < BLANK => text.push(' '),
            _ => {}
        }
    }
    Ok(())
}
