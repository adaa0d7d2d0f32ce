//! The bag: BagIt 1.0 (RFC 8493) tag files.

use crate::source::sha256;

use crate::bundle::{PAYLOAD, Tree};

/// Declares the version of the format.
pub const DECLARATION: (&str, &str) =
    ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
/// Checksums of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// Checksums of the tag files.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// What the bag is.
pub const INFO: &str = "bag-info.txt";

/// Adds the tag files to a tree that has its payload and further tag files. The bag holds no date:
/// two bags of the same payload are the same.
pub fn close(tree: &mut Tree, source: &str, description: &str) {
    tree.insert(DECLARATION.0.to_owned(), DECLARATION.1.as_bytes().to_vec());
    tree.insert(MANIFEST.to_owned(), manifest(tree).into_bytes());
    tree.insert(INFO.to_owned(), info(tree, source, description).into_bytes());
    tree.insert(TAG_MANIFEST.to_owned(), tag_manifest(tree).into_bytes());
}

/// The manifest of the payload as the files are.
pub fn manifest(tree: &Tree) -> String {
    lines(tree.iter().filter(|(path, _)| path.starts_with(PAYLOAD)))
}

/// The manifest of the tag files as they are.
pub fn tag_manifest(tree: &Tree) -> String {
    lines(tree.iter().filter(|(path, _)| !path.starts_with(PAYLOAD) && *path != TAG_MANIFEST))
}

/// Size and number of the payload files, as `Payload-Oxum` has them.
pub fn oxum(tree: &Tree) -> String {
    let payload = tree.iter().filter(|(path, _)| path.starts_with(PAYLOAD));
    let (bytes, files) =
        payload.fold((0, 0), |(bytes, files), (_, file)| (bytes + file.len(), files + 1));
    format!("{bytes}.{files}")
}

fn lines<'t>(files: impl Iterator<Item = (&'t String, &'t Vec<u8>)>) -> String {
    let lines = files.map(|(path, bytes)| format!("{}  {}\n", sha256(bytes), encoded(path)));
    lines.collect()
}

/// A path in a manifest: percent signs and line breaks are written as RFC 8493, section 2.1.3, has
/// them.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// A path from a manifest; nothing if it is written in another way than this program does.
pub fn decoded(path: &str) -> Option<String> {
    let plain = path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
    (encoded(&plain) == path).then_some(plain)
}

fn info(tree: &Tree, source: &str, description: &str) -> String {
    format!(
        "Source-Organization: {}\nExternal-Description: {}\nBag-Software-Agent: esgreport {}\nPayload-Oxum: {}\n",
        one_line(source),
        one_line(description),
        env!("CARGO_PKG_VERSION"),
        oxum(tree)
    )
}

/// A text without line breaks and without white space around it, which a label's value may not have.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
