//! What auditors concluded, and what was sealed.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, say};
use crate::formula::{Expr, ExprKind, Path, parse_figure};
use crate::locale::Date;
use crate::quantity::{Figure, Unit, UnitTable};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::Node;

use crate::content::AssuranceLevel;
use crate::content::reader::Reader;

/// What an auditor concluded on one item.
#[derive(Debug, Clone)]
pub struct Conclusion {
    /// Firm or body that concludes.
    pub auditor: String,
    /// Digest of the bundle that was looked at.
    pub bundle: String,
    /// The item as it was written.
    pub item: Spanned<String>,
    /// What the item is.
    pub subject: Subject,
    /// What stood there.
    pub stated: Option<Spanned<String>>,
    /// What stood there, read as a figure with its unit if it names one; nothing if it is none.
    pub figure: Option<(Figure, Option<Unit>)>,
    /// What was done.
    pub procedure: String,
    /// Sample that it rests on.
    pub sample: Option<String>,
    /// Result.
    pub result: Outcome,
    /// What the exception is.
    pub exception: Option<String>,
    /// Level of assurance that is given.
    pub level: AssuranceLevel,
    /// Who concludes.
    pub by: String,
    /// Day of the conclusion.
    pub on: Option<Spanned<Date>>,
}

/// What a conclusion is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A figure.
    Figure(Path),
    /// A disclosure: edition and code.
    Disclosure(String, String),
    /// An evidence item.
    Evidence(String),
}

/// What came of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to object to.
    Satisfactory,
    /// Something is wrong.
    Exception,
    /// No conclusion was possible.
    NotConcluded,
}

impl Outcome {
    /// The word of the result.
    pub fn word(self) -> &'static str {
        match self {
            Self::Satisfactory => "satisfactory",
            Self::Exception => "exception",
            Self::NotConcluded => "not-concluded",
        }
    }
}

/// What was approved.
#[derive(Debug, Clone)]
pub struct Seal {
    /// Who approved.
    pub by: String,
    /// Day of the approval.
    pub on: Option<Spanned<Date>>,
    /// Digest of the files and figures.
    pub digest: Spanned<String>,
    /// Who lifted the seal, when and why; nothing while it holds.
    pub unsealed: Option<[String; 3]>,
    /// Checksums of the files.
    pub files: BTreeMap<String, Spanned<String>>,
    /// Figures as they were approved.
    pub figures: BTreeMap<String, Spanned<String>>,
    /// Place.
    pub span: Span,
}

/// Reads a file of conclusions.
pub fn read_all(tree: &Node, reader: &mut Reader<'_>) -> Vec<Conclusion> {
    let text = |key: &str| tree.get(key).and_then(Node::text).unwrap_or_default().to_owned();
    let (auditor, bundle) = (text("auditor"), text("bundle"));
    let mut found = Vec::new();
    for node in tree.get("conclusions").map(Node::items).unwrap_or_default() {
        let words = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        let Some(item) = node.get("item").and_then(Node::spanned) else { continue };
        let Some(subject) = subject(&item, reader) else { continue };
        let stated = node.get("stated").and_then(Node::spanned);
        found.push(Conclusion {
            auditor: auditor.clone(),
            bundle: bundle.clone(),
            subject,
            item,
            figure: stated.as_ref().and_then(|text| figure(&text.value, &reader.units.table)),
            stated,
            procedure: words("procedure").unwrap_or_default(),
            sample: words("sample"),
            result: match words("result").as_deref() {
                Some("satisfactory") => Outcome::Satisfactory,
                Some("exception") => Outcome::Exception,
                _ => Outcome::NotConcluded,
            },
            exception: words("exception"),
            level: words("level")
                .and_then(|w| AssuranceLevel::parse(&w))
                .unwrap_or(AssuranceLevel::None),
            by: words("by").unwrap_or_default(),
            on: reader.date_of(node, "on"),
        });
    }
    found
}

/// A figure with its unit behind it, if one is named.
fn figure(text: &str, units: &UnitTable) -> Option<(Figure, Option<Unit>)> {
    if let Ok(figure) = Figure::parse(text) {
        return Some((figure, None));
    }
    let mut splits = text.char_indices().skip(1);
    splits.find_map(|(at, _)| {
        let (digits, unit) = text.split_at(at);
        let figure = Figure::parse(digits).ok()?;
        Some((figure, Some(units.parse(unit.trim()).ok()?)))
    })
}

/// What an item names, or a finding.
fn subject(item: &Spanned<String>, reader: &mut Reader<'_>) -> Option<Subject> {
    let text = item.value.trim();
    if let Some((first, rest)) = text.split_once(' ') {
        if first == "evidence" {
            return Some(Subject::Evidence(rest.trim().to_owned()));
        }
        if first.contains('/') {
            return Some(Subject::Disclosure(first.to_owned(), rest.trim().to_owned()));
        }
    }
    match parse_figure(text, &reader.units.table) {
        Ok(Expr { kind: ExprKind::Path(path), .. }) => Some(Subject::Figure(path)),
        _ => {
            let message = say!("`{text}` is no item that can be concluded on", text);
            let found = Diagnostic::error("invalid-value", item.span, message);
            reader.sink.push(found.help(say!("write a figure such as `ghg.total@2024`, an edition and a code, or `evidence` and an id")));
            None
        }
    }
}

/// Reads `seal.yaml`.
pub fn read_seals(tree: &Node, reader: &mut Reader<'_>) -> Vec<Seal> {
    let mut seals = Vec::new();
    for node in tree.get("seals").map(Node::items).unwrap_or_default() {
        let map = |key: &str| -> BTreeMap<String, Spanned<String>> {
            let entries = node.get(key).map(Node::entries).unwrap_or_default();
            let pairs =
                entries.iter().filter_map(|e| Some((e.key.value.clone(), e.value.spanned()?)));
            pairs.collect()
        };
        let Some(digest) = node.get("digest").and_then(Node::spanned) else { continue };
        let unsealed = node.get("unsealed").map(|node| {
            ["by", "on", "reason"]
                .map(|key| node.get(key).and_then(Node::text).unwrap_or_default().to_owned())
        });
        seals.push(Seal {
            by: node.get("by").and_then(Node::text).unwrap_or_default().to_owned(),
            on: reader.date_of(node, "on"),
            digest,
            unsealed,
            files: map("files"),
            figures: map("figures"),
            span: node.span,
        });
    }
    seals
}
