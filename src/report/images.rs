//! Pictures: files of the project that an `image` block names.
//!
//! **Invariant:** a picture that is here can be printed: it is complete, of a size that can be
//! handled, and neither runs anything nor fetches anything.

use std::collections::BTreeMap;

use crate::content::{Block, BlockKind, Content, ImageBlock};
use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::report::visit::{Visitor, visit_content};
use crate::source::{Files, MissingFile, Spanned};

/// A picture of the project.
#[derive(Debug, Clone)]
pub struct Image {
    /// Media type.
    pub media: &'static str,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// Largest file, in bytes, and largest side, in pixels.
const LARGEST: usize = 2 * 1024 * 1024;
const LONGEST: u32 = 8000;

/// Reads the pictures that prose shows, each once; what cannot be used is a finding.
pub fn read(content: &Content, files: &dyn Files, sink: &mut Sink) -> BTreeMap<String, Image> {
    let mut wanted = Wanted::default();
    visit_content(content, &mut wanted);
    wanted.files.extend(content.theme.logo.clone());
    wanted.files.extend(content.theme.cover.clone());
    let mut images = BTreeMap::new();
    for file in wanted.files {
        if sink.has_error_at(file.span) || images.contains_key(&file.value) {
            continue;
        }
        if let Some(image) = read_one(&file, files, sink) {
            images.insert(file.value, image);
        }
    }
    images
}

#[derive(Default)]
struct Wanted {
    files: Vec<Spanned<String>>,
}

impl Visitor for Wanted {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Image(ImageBlock { file, .. }) = &block.kind {
            self.files.push(file.clone());
        }
    }
}

/// Reads one picture.
pub fn read_one(file: &Spanned<String>, files: &dyn Files, sink: &mut Sink) -> Option<Image> {
    let mut report = |message: Phrase, help: Phrase| {
        sink.push(Diagnostic::error("unusable-image", file.span, message).help(help));
    };
    let bytes = match files.read(&file.value) {
        Ok(bytes) => bytes,
        Err(error) if error.missing == MissingFile::Yes => {
            let message = say!("there is no file `{file}`", file = file.value);
            let help = say!("write the path from the project's folder, such as `images/site.jpg`");
            report(message, help);
            return None;
        }
        Err(error) => {
            report(error.to_string().into(), say!("put the file into the project's folder"));
            return None;
        }
    };
    match judge(&bytes) {
        Ok(media) => Some(Image { media, bytes }),
        Err(unusable) => {
            let (message, help) = *unusable;
            report(say!("`{file}` {message}", file = file.value, message), help);
            None
        }
    }
}

/// Reads the fonts of a theme; what is none is a finding.
pub fn fonts(files: &[Spanned<String>], disk: &dyn Files, sink: &mut Sink) -> Vec<Vec<u8>> {
    let mut fonts = Vec::new();
    for file in files {
        if sink.has_error_at(file.span) {
            continue;
        }
        let bytes = disk.read(&file.value);
        let heads: [&[u8]; 4] = [b"OTTO", b"\0\x01\0\0", b"true", b"ttcf"];
        let fault = match &bytes {
            Err(error) => Some(Phrase::from(error.to_string())),
            Ok(bytes) if bytes.len() > 30 * 1024 * 1024 => {
                Some(say!("`{file}` has more than 30 MiB", file = file.value))
            }
            Ok(bytes) if !heads.iter().any(|head| bytes.starts_with(head)) => {
                Some(say!("`{file}` is no OpenType font", file = file.value))
            }
            Ok(_) => None,
        };
        match (fault, bytes) {
            (None, Ok(bytes)) => fonts.push(bytes),
            (fault, _) => {
                let message = fault.unwrap_or_default();
                let found = Diagnostic::error("unusable-font", file.span, message);
                sink.push(
                    found.help(say!("put an .otf, .ttf or .ttc file into the project's folder")),
                );
            }
        }
    }
    fonts
}

/// What is wrong, and what helps.
type Fault = Box<(Phrase, Phrase)>;

fn unusable(message: Phrase, help: Phrase) -> Fault {
    Box::new((message, help))
}

/// The media type of a picture, or why it cannot be used.
fn judge(bytes: &[u8]) -> Result<&'static str, Fault> {
    if bytes.len() > LARGEST {
        let message =
            say!("has {bytes} bytes, {most} are allowed", bytes = bytes.len(), most = LARGEST);
        return Err(unusable(
            message,
            say!("save it smaller: 2000 pixels fill the width of a page"),
        ));
    }
    let again = say!("save it again as PNG, JPEG or SVG");
    let (media, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        ("image/png", png_size(bytes))
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        ("image/jpeg", jpeg_size(bytes))
    } else {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        if !text.contains("<svg") {
            return Err(unusable(say!("is neither PNG, JPEG nor SVG"), again));
        }
        svg(text)?;
        return Ok("image/svg+xml");
    };
    match size {
        None => Err(unusable(say!("is damaged or incomplete"), again)),
        Some((width, height)) if width.max(height) > LONGEST => {
            let message = say!(
                "is {width} × {height} pixels, {most} a side are allowed",
                width,
                height,
                most = LONGEST
            );
            Err(unusable(message, say!("save it smaller: 2000 pixels fill the width of a page")))
        }
        Some((0, _) | (_, 0)) => Err(unusable(say!("has no width or no height"), again)),
        Some(_) => Ok(media),
    }
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

/// Width and height of a PNG whose every chunk is whole, up to its end.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = (number(bytes, 16, 4)?, number(bytes, 20, 4)?);
    let mut at = 8;
    loop {
        let length = number(bytes, at, 4)? as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        let end = at.checked_add(8)?.checked_add(length)?;
        if checksum(bytes.get(at + 4..end)?) != number(bytes, end, 4)? {
            return None;
        }
        if kind == b"IEND" {
            return Some(size);
        }
        at = end + 4;
    }
}

/// The cyclic redundancy check of PNG (ISO/IEC 15948, annex D).
fn checksum(bytes: &[u8]) -> u32 {
    let rest = bytes.iter().fold(u32::MAX, |mut rest, byte| {
        rest ^= u32::from(*byte);
        for _ in 0..8 {
            rest = if rest & 1 == 1 { (rest >> 1) ^ 0xedb8_8320 } else { rest >> 1 };
        }
        rest
    });
    !rest
}

/// Width and height of a JPEG that has an end.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let body = bytes.strip_suffix(&[0xff, 0xd9])?;
    let mut at = 2;
    loop {
        let marker = number(body, at, 2)?;
        let length = number(body, at + 2, 2)? as usize;
        // Frames begin with SOF0 to SOF15; DHT, JPG and DAC share the range.
        if (0xffc0..=0xffcf).contains(&marker) && ![0xffc4, 0xffc8, 0xffcc].contains(&marker) {
            return Some((number(body, at + 7, 2)?, number(body, at + 5, 2)?));
        }
        if marker & 0xff00 != 0xff00 || length < 2 {
            return None;
        }
        at += 2 + length;
    }
}

/// An SVG may not run anything and not fetch anything: no script, no handler, no other document.
fn svg(text: &str) -> Result<(), Fault> {
    let help = say!("save it as plain SVG, without scripts, links and embedded documents");
    let document = roxmltree::Document::parse(text);
    let document = document.map_err(|error| {
        unusable(say!("is not well-formed XML: {error}", error = error.to_string()), help.clone())
    })?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(unusable(say!("has another root than `svg`"), help));
    }
    for node in document.descendants() {
        if node.is_pi() {
            return Err(unusable(say!("has a processing instruction"), help));
        }
        let name = node.tag_name().name();
        let active = ["script", "foreignObject", "iframe", "audio", "video", "a", "set", "handler"];
        if active.contains(&name) || name.starts_with("animate") {
            return Err(unusable(say!("has an element `{name}`", name), help));
        }
        if name == "style" && node.text().is_some_and(fetches) {
            return Err(unusable(say!("has a style that fetches something"), help));
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value().trim());
            let embedded = ["data:image/png;base64,", "data:image/jpeg;base64,"];
            let inside = value.starts_with('#') || embedded.iter().any(|e| value.starts_with(e));
            if name.to_ascii_lowercase().starts_with("on") {
                return Err(unusable(say!("has a handler `{name}`", name), help));
            }
            if (name == "href" && !inside) || fetches(value) {
                return Err(unusable(
                    say!("refers to something outside itself by `{name}`", name),
                    help,
                ));
            }
        }
    }
    Ok(())
}

/// Whether a style or a value names something outside. A backslash could hide it.
fn fetches(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let outside = lower
        .split("url(")
        .skip(1)
        .any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'));
    outside || lower.contains("@import") || (lower.contains('\\') && lower.contains('('))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(bytes: &[u8]) -> String {
        judge(bytes).expect_err("a fault").0.to_string()
    }

    #[test]
    fn drawings_that_reach_out_are_refused() {
        let svg = |body: &str| {
            format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{body}</svg>"#)
        };
        let harmless =
            svg(r##"<defs><path id="a" d="M0 0"/></defs><use href="#a" style="fill:url(#a)"/>"##);
        assert_eq!(judge(harmless.as_bytes()), Ok("image/svg+xml"));
        for body in [
            "<script>alert(1)</script>",
            r#"<rect onclick="alert(1)"/>"#,
            r#"<image href="https://example.com/a.png"/>"#,
            r#"<image href="data:image/svg+xml;base64,AAAA"/>"#,
            r#"<rect style="fill:url(https://example.com/a)"/>"#,
            "<style>@import 'a.css'</style>",
            "<foreignObject/>",
            "<rect",
        ] {
            assert!(judge(svg(body).as_bytes()).is_err(), "{body}");
        }
        let bomb = r#"<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>"#;
        assert!(fault(bomb.as_bytes()).contains("well-formed"));
    }

    #[test]
    fn damaged_pictures_are_refused() {
        assert_eq!(fault(b"GIF89a"), "is neither PNG, JPEG nor SVG");
        assert_eq!(fault(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), "is damaged or incomplete");
        assert_eq!(
            fault(&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xd9]),
            "is damaged or incomplete"
        );
        assert!(fault(&vec![0; LARGEST + 1]).starts_with("has 2097153 bytes"));
    }
}
