//! The files of a project as trees.
//!
//! **Invariant:** trees and findings do not depend on how many threads read them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::framework::read_ahead;
use crate::locale::Lang;
use crate::source::{FileError, SourceId, Sources, Span, Spanned, decode, sha256};
use crate::spread::spread_if;
use crate::syntax::markdown;
use crate::syntax::yaml::{self, Node};

use crate::content::characters;

/// Files at the root of a project, with their schemas.
pub const ROOT_FILES: [&str; 14] = [
    "report.yaml",
    "dimensions.yaml",
    "reasons.yaml",
    "tables.yaml",
    "targets.yaml",
    "topics.yaml",
    "checks.yaml",
    "glossary.yaml",
    "units.yaml",
    "seal.yaml",
    "review.yaml",
    "stakeholders.yaml",
    "theme.yaml",
    "evidence/register.yaml",
];

/// Bytes of text from which on several threads read them.
pub const MANY: usize = 100_000;

/// The files of a project that could be read.
#[derive(Default)]
pub struct Trees {
    /// YAML by path.
    pub yaml: BTreeMap<String, Node>,
    /// Narratives by section and language: start of the file, and what stands in it.
    pub markdown: BTreeMap<(String, Lang), (Span, markdown::Document)>,
    /// Paths of the files that belong to a project, readable or not.
    pub seen: BTreeSet<String>,
    /// SHA-256 of the files that a seal is about.
    pub checksums: BTreeMap<String, Spanned<String>>,
    /// Bytes of text.
    size: usize,
}

/// A file with its text.
struct Text {
    path: String,
    narrative: Option<(String, Lang)>,
    id: SourceId,
    text: String,
}

/// What stands in a file.
enum Tree {
    Markdown(markdown::Document),
    Yaml(Option<Node>),
}

impl Trees {
    /// Reads the files of a project.
    pub fn read(
        files: Vec<(String, Result<Vec<u8>, FileError>)>,
        sources: &mut Sources,
        sink: &mut Sink,
    ) -> Self {
        let mut found = Self::default();
        let mut texts = Vec::new();
        for (path, bytes) in files {
            found.seen.insert(path.clone());
            if let Some(text) = text_of(&path, bytes, sources, sink) {
                let id = sources.add(&path, &text);
                texts.push(Text { narrative: narrative_name(&path), path, id, text });
            }
        }
        // The longest first, so that no thread is left with it when the others are done.
        texts.sort_by_key(|text| Reverse(text.text.len()));
        found.size = texts.iter().map(|text| text.text.len()).sum();
        let parse = |at: usize| {
            let text = texts.get(at)?;
            let parsed = parse(text);
            if let Tree::Yaml(Some(tree)) = &parsed.0 {
                // Only answers name an edition.
                tree.get("framework").and_then(Node::text).into_iter().for_each(read_ahead);
            }
            Some((parsed, checksum(text)))
        };
        let parsed = spread_if(found.are_many(), texts.len(), parse);
        for (text, ((tree, own), sum)) in texts.into_iter().zip(parsed.into_iter().flatten()) {
            let start = Span::new(text.id, 0, 0);
            sink.append(own);
            let sum = sum.map(|sum| (text.path.clone(), Spanned::new(sum, start)));
            found.checksums.extend(sum);
            match (tree, text.narrative) {
                (Tree::Markdown(document), Some(name)) => {
                    found.markdown.insert(name, (start, document));
                }
                (Tree::Yaml(Some(tree)), _) => {
                    found.yaml.insert(text.path.clone(), tree);
                }
                _ => {}
            }
        }
        found
    }

    /// Whether several threads are worth their while.
    pub fn are_many(&self) -> bool {
        self.size >= MANY
    }
}

fn parse(file: &Text) -> (Tree, Sink) {
    let (id, text) = (file.id, &file.text);
    let mut sink = Sink::default();
    characters::inspect(id, text, &mut sink);
    if file.narrative.is_some() {
        return (Tree::Markdown(markdown::parse(id, text, 0, &mut sink)), sink);
    }
    let mut inner = Sink::default();
    let tree = yaml::parse(id, text, 0, &mut inner);
    let silent = tree.is_none() && !inner.has_errors();
    sink.append(inner);
    if silent {
        let message = say!("the file holds nothing");
        let found = Diagnostic::error("invalid-yaml", Span::new(id, 0, 0), message);
        sink.push(found.help(say!("write what belongs there, or delete the file")));
    }
    // Only behind a backslash can a tree have what its text has not.
    let escaped = tree.iter().filter(|_| text.contains('\\'));
    escaped.for_each(|tree| characters::inspect_tree(tree, text, &mut sink));
    (Tree::Yaml(tree), sink)
}

/// The checksum of a file; none of a seal and the conclusions on it, which come after what they are
/// about.
fn checksum(file: &Text) -> Option<String> {
    let after = file.path == "seal.yaml" || file.path.starts_with("conclusions/");
    (!after).then(|| sha256(file.text.as_bytes()))
}

/// The text of a file, or a finding that says what it is instead.
pub fn text_of(
    path: &str,
    bytes: Result<Vec<u8>, FileError>,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<String> {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            let span = Span::new(sources.add(path, ""), 0, 0);
            let message =
                say!("the file cannot be read: {reason}", reason = Phrase::word(&error.reason));
            sink.push(Diagnostic::error("unreadable-file", span, message));
            return None;
        }
    };
    match decode(bytes) {
        Ok(text) => Some(text),
        Err(fault) => {
            let span = Span::new(sources.add(path, ""), 0, 0);
            let message = say!(
                "expected UTF-8, found {encoding} from byte {offset} on",
                encoding = Phrase::word(fault.encoding),
                offset = fault.offset
            );
            let found = Diagnostic::error("wrong-encoding", span, message);
            sink.push(found.help(say!("save the file as UTF-8")));
            None
        }
    }
}

/// Section and language of `narrative/climate.zh-Hans.md`.
fn narrative_name(path: &str) -> Option<(String, Lang)> {
    let name = path.strip_prefix("narrative/")?.strip_suffix(".md")?;
    let (section, lang) = name.rsplit_once('.')?;
    Some((section.to_owned(), Lang::parse(lang)?))
}

/// Whether a file of this path belongs to a project as text.
pub fn is_read(path: &str) -> bool {
    let in_folder = |folder: &str| path.strip_prefix(folder).is_some_and(|r| r.ends_with(".yaml"));
    ROOT_FILES.contains(&path)
        || narrative_name(path).is_some()
        || ["metrics/", "disclosures/", "conclusions/"].into_iter().any(in_folder)
}
