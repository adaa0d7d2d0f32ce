//! Blocks that show how a company is run: boxes and lines, steps, certificates, pictures, and the
//! assessment of topics.

use crate::locale::Date;
use crate::source::{Span, Spanned};
use crate::syntax::yaml::Node;

use crate::content::insert::Insert;
use crate::content::narrative::Inline;
use crate::content::reader::Reader;

/// The matrix or list of material topics.
#[derive(Debug, Clone)]
pub struct MaterialityBlock {
    /// Anchor.
    pub id: Spanned<String>,
    /// The message.
    pub title: Vec<Inline>,
    /// How it was assessed.
    pub subtitle: Vec<Inline>,
    /// Topics shown; all if empty.
    pub select: Vec<Spanned<String>>,
    /// Text alternative.
    pub finding: Vec<Inline>,
}

/// An organisation chart.
#[derive(Debug, Clone)]
pub struct GovernanceBlock {
    /// Anchor.
    pub id: Spanned<String>,
    /// The message.
    pub title: Vec<Inline>,
    /// What is shown.
    pub subtitle: Vec<Inline>,
    /// Boxes, each after the one above it.
    pub boxes: Vec<OrgBox>,
    /// Lines besides those from each box to the one above it.
    pub lines: Vec<OrgLine>,
    /// Text alternative.
    pub finding: Vec<Inline>,
}

/// A body in an organisation chart.
#[derive(Debug, Clone)]
pub struct OrgBox {
    /// Id within the chart.
    pub id: Spanned<String>,
    /// Name.
    pub name: Vec<Inline>,
    /// What it does.
    pub text: Vec<Inline>,
    /// The body above it.
    pub under: Option<Spanned<String>>,
}

/// A line between two bodies.
#[derive(Debug, Clone)]
pub struct OrgLine {
    /// Where it begins.
    pub from: Spanned<String>,
    /// Where it ends.
    pub to: Spanned<String>,
    /// What it means.
    pub label: Vec<Inline>,
}

/// Steps one after the other.
#[derive(Debug, Clone)]
pub struct ProcessBlock {
    /// Anchor.
    pub id: Option<Spanned<String>>,
    /// What the steps lead to.
    pub title: Vec<Inline>,
    /// Name of each step, and what happens in it.
    pub steps: Vec<(Vec<Inline>, Vec<Inline>)>,
}

/// A certificate.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// Standard.
    pub standard: Vec<Inline>,
    /// What is certified.
    pub scope: Vec<Inline>,
    /// How much it covers.
    pub coverage: Option<Insert>,
    /// Last day on which it is valid.
    pub until: Option<Spanned<Date>>,
    /// Remark.
    pub note: Vec<Inline>,
}

/// A picture.
#[derive(Debug, Clone)]
pub struct ImageBlock {
    /// Path of the file in the project.
    pub file: Spanned<String>,
    /// Anchor.
    pub id: Option<Spanned<String>>,
    /// What it shows; nothing for one that is decoration.
    pub alt: Option<Spanned<String>>,
    /// Text under it.
    pub caption: Vec<Inline>,
    /// Whether it takes the side column as well.
    pub wide: bool,
    /// Place.
    pub span: Span,
}

fn words(node: &Node, key: &str, reader: &mut Reader<'_>) -> Vec<Inline> {
    node.get(key).map(|text| reader.inlines(text)).unwrap_or_default()
}

/// Reads a `materiality` block.
pub fn materiality(tree: &Node, reader: &mut Reader<'_>) -> Option<MaterialityBlock> {
    Some(MaterialityBlock {
        id: tree.get("id")?.spanned()?,
        title: words(tree, "title", reader),
        subtitle: words(tree, "subtitle", reader),
        select: reader.ids(tree, "select"),
        finding: words(tree, "finding", reader),
    })
}

/// Reads a `governance` block.
pub fn governance(tree: &Node, reader: &mut Reader<'_>) -> Option<GovernanceBlock> {
    let items = |key: &str| tree.get(key).map(Node::items).unwrap_or_default();
    let boxes = items("boxes").iter().filter_map(|node| {
        Some(OrgBox {
            id: node.get("id")?.spanned()?,
            name: words(node, "name", reader),
            text: words(node, "text", reader),
            under: node.get("under").and_then(Node::spanned),
        })
    });
    let boxes = boxes.collect();
    let lines = items("lines").iter().filter_map(|node| {
        Some(OrgLine {
            from: node.get("from")?.spanned()?,
            to: node.get("to")?.spanned()?,
            label: words(node, "label", reader),
        })
    });
    let lines = lines.collect();
    Some(GovernanceBlock {
        id: tree.get("id")?.spanned()?,
        title: words(tree, "title", reader),
        subtitle: words(tree, "subtitle", reader),
        boxes,
        lines,
        finding: words(tree, "finding", reader),
    })
}

/// Reads a `process` block.
pub fn process(tree: &Node, reader: &mut Reader<'_>) -> ProcessBlock {
    let steps = tree.get("steps").map(Node::items).unwrap_or_default();
    let steps =
        steps.iter().map(|step| (words(step, "title", reader), words(step, "text", reader)));
    let steps = steps.collect();
    ProcessBlock {
        id: tree.get("id").and_then(Node::spanned),
        title: words(tree, "title", reader),
        steps,
    }
}

/// Reads a `certificates` block.
pub fn certificates(tree: &Node, reader: &mut Reader<'_>) -> Vec<Certificate> {
    let items = tree.get("items").map(Node::items).unwrap_or_default();
    let read = items.iter().map(|node| {
        let coverage = node.get("coverage").and_then(Node::spanned);
        Certificate {
            standard: words(node, "standard", reader),
            scope: words(node, "scope", reader),
            coverage: coverage.and_then(|text| Insert::read_text(&text, reader)),
            until: reader.date_of(node, "until"),
            note: words(node, "note", reader),
        }
    });
    read.collect()
}

/// Reads an `image` block.
pub fn image(tree: &Node, reader: &mut Reader<'_>) -> Option<ImageBlock> {
    if let Some(alt) = tree.get("alt") {
        reader.no_figure(alt);
    }
    Some(ImageBlock {
        file: tree.get("file")?.spanned()?,
        id: tree.get("id").and_then(Node::spanned),
        alt: tree.get("alt").and_then(Node::spanned),
        caption: words(tree, "caption", reader),
        wide: tree.get("wide").and_then(Node::text) == Some("true"),
        span: tree.span,
    })
}
