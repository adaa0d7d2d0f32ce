//! Blocks: fenced code whose body is YAML.

use crate::diag::{Diagnostic, Phrase, say};
use crate::schema::nearest;
use crate::source::Spanned;
use crate::syntax::yaml::{self, Node};

use crate::content::exhibit;
use crate::content::insert::Insert;
use crate::content::narrative::{BlockKind, Inline};
use crate::content::reader::Reader;
use crate::content::table::Split;

/// A table of metrics: one of `tables.yaml`, or its own.
#[derive(Debug, Clone)]
pub struct KpiBlock {
    /// Id of a table in `tables.yaml`.
    pub table: Option<Spanned<String>>,
    /// Anchor of a table of its own.
    pub id: Option<Spanned<String>>,
    /// Title, where it has its own.
    pub title: Option<Spanned<String>>,
    /// Metrics, where it has its own.
    pub metrics: Vec<Spanned<String>>,
    /// Years, where it has its own.
    pub years: Vec<u16>,
    /// Columns of a breakdown, where it has its own.
    pub split: Option<Split>,
}

/// How figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Bars side by side.
    Bar,
    /// Bars on top of each other.
    Stacked,
    /// Lines over years.
    Line,
    /// Parts of a whole.
    Share,
    /// The way to a target.
    Progress,
    /// Figures in rows and columns, shaded by their size.
    Matrix,
    /// How a total comes together from its parts.
    Flow,
}

/// A drawing of figures.
#[derive(Debug, Clone)]
pub struct ChartBlock {
    /// Anchor.
    pub id: Spanned<String>,
    /// How it is drawn.
    pub kind: ChartKind,
    /// The message.
    pub title: Vec<Inline>,
    /// The measure.
    pub subtitle: Vec<Inline>,
    /// Metrics drawn.
    pub series: Vec<Spanned<String>>,
    /// Breakdown of the one metric drawn.
    pub by: Option<Spanned<String>>,
    /// Years drawn, oldest first.
    pub years: Vec<u16>,
    /// Text alternative.
    pub finding: Vec<Inline>,
}

/// A large figure with its label.
#[derive(Debug, Clone)]
pub struct CalloutFigure {
    /// Figure.
    pub value: Insert,
    /// Label.
    pub label: Vec<Inline>,
}

/// The index of a framework.
#[derive(Debug, Clone)]
pub struct IndexBlock {
    /// Edition.
    pub framework: Spanned<String>,
    /// Top-level containers to print; all if empty.
    pub parts: Vec<Spanned<String>>,
}

const NAMES: [&str; 19] = [
    "kpi-table",
    "chart",
    "callout",
    "case",
    "pull",
    "targets",
    "index",
    "assurance",
    "restatements",
    "quote",
    "definitions",
    "stakeholders",
    "materiality",
    "topics",
    "governance",
    "process",
    "certificates",
    "glossary",
    "image",
];

/// Names of all blocks.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter()
}

/// Reads a block; reports it and gives nothing if it cannot be read.
pub fn read(
    name: &Spanned<String>,
    body: &Spanned<String>,
    reader: &mut Reader<'_>,
) -> Option<BlockKind> {
    if !NAMES.contains(&name.value.as_str()) {
        let message = match name.value.as_str() {
            "" => say!("a block of code has no name that says what it is"),
            name => say!("no block is called `{name}`", name),
        };
        let found = Diagnostic::error("unknown-block", name.span, message);
        reader.sink.push(match nearest(&name.value, NAMES.into_iter()) {
            Some(near) => found.help(say!("did you mean `{near}`?", near)),
            None => found.help(say!("blocks are {names}", names = Phrase::list(NAMES))),
        });
        return None;
    }
    if name.value == "assurance" {
        return Some(BlockKind::Assurance);
    }
    if name.value == "restatements" {
        return Some(BlockKind::Restatements);
    }
    let offset = body.span.start as usize;
    let tree = if body.value.trim().is_empty() {
        Node { span: name.span, value: yaml::Value::Map(Vec::new()) }
    } else {
        yaml::parse(body.span.source, &body.value, offset, reader.sink)?
    };
    let schema = format!("block-{}", name.value);
    reader.check(&schema, &tree);
    match name.value.as_str() {
        "kpi-table" => Some(BlockKind::KpiTable(kpi(&tree, reader))),
        "chart" => chart(&tree, reader).map(BlockKind::Chart),
        "callout" => Some(BlockKind::Callout(callout(&tree, reader))),
        "case" => {
            let title = tree.get("title")?;
            reader.no_figure(title);
            let title = title.spanned()?;
            let section = reader.markdown(tree.get("text")?);
            Some(BlockKind::Case { title, blocks: section.blocks })
        }
        "pull" => Some(BlockKind::Pull(reader.inlines(tree.get("text")?))),
        "targets" => Some(BlockKind::Targets { select: reader.ids(&tree, "select") }),
        "index" => {
            let framework = tree.get("framework")?.spanned()?;
            Some(BlockKind::Index(IndexBlock { framework, parts: reader.ids(&tree, "parts") }))
        }
        "quote" => {
            let text =
                |key: &str| tree.get(key).and_then(Node::text).unwrap_or_default().to_owned();
            let content = reader.inlines(tree.get("text")?);
            Some(BlockKind::Voice { content, name: text("name"), role: text("role") })
        }
        "definitions" => Some(BlockKind::Definitions(definitions(&tree, reader))),
        _ => exhibit(&name.value, &tree, reader),
    }
}

/// Blocks that show how a company is run.
fn exhibit(name: &str, tree: &Node, reader: &mut Reader<'_>) -> Option<BlockKind> {
    let select = || reader.ids(tree, "select");
    Some(match name {
        "stakeholders" => BlockKind::Stakeholders { select: select() },
        "topics" => BlockKind::Topics { select: select() },
        "glossary" => BlockKind::Glossary { select: select() },
        "materiality" => BlockKind::Materiality(exhibit::materiality(tree, reader)?),
        "governance" => BlockKind::Governance(exhibit::governance(tree, reader)?),
        "process" => BlockKind::Process(exhibit::process(tree, reader)),
        "certificates" => BlockKind::Certificates(exhibit::certificates(tree, reader)),
        _ => BlockKind::Image(exhibit::image(tree, reader)?),
    })
}

fn kpi(tree: &Node, reader: &mut Reader<'_>) -> KpiBlock {
    if let Some(title) = tree.get("title") {
        reader.no_figure(title);
    }
    KpiBlock {
        table: tree.get("table").and_then(Node::spanned),
        id: tree.get("id").and_then(Node::spanned),
        title: tree.get("title").and_then(Node::spanned),
        metrics: reader.ids(tree, "metrics"),
        years: years(tree, reader),
        split: tree.get("split").and_then(|split| Split::read(split, reader)),
    }
}

fn chart(tree: &Node, reader: &mut Reader<'_>) -> Option<ChartBlock> {
    let kind = match tree.get("kind").and_then(Node::text)? {
        "bar" => ChartKind::Bar,
        "stacked" => ChartKind::Stacked,
        "line" => ChartKind::Line,
        "share" => ChartKind::Share,
        "progress" => ChartKind::Progress,
        "matrix" => ChartKind::Matrix,
        "flow" => ChartKind::Flow,
        _ => return None,
    };
    let mut series = reader.ids(tree, "series");
    series.extend(tree.get("metric").and_then(Node::spanned));
    let mut words = |key: &str| tree.get(key).map(|n| reader.inlines(n)).unwrap_or_default();
    let (title, subtitle, finding) = (words("title"), words("subtitle"), words("finding"));
    let mut years = years(tree, reader);
    years.sort_unstable();
    Some(ChartBlock {
        id: tree.get("id")?.spanned()?,
        kind,
        title,
        subtitle,
        series,
        by: tree.get("by").and_then(Node::spanned),
        years,
        finding,
    })
}

fn callout(tree: &Node, reader: &mut Reader<'_>) -> Vec<CalloutFigure> {
    let mut found = Vec::new();
    for node in tree.get("figures").map(Node::items).unwrap_or_default() {
        let value = node.get("value").and_then(Node::spanned);
        let value = value.and_then(|value| Insert::read_text(&value, reader));
        let label = node.get("label").map(|label| reader.inlines(label));
        if let (Some(value), Some(label)) = (value, label) {
            found.push(CalloutFigure { value, label });
        }
    }
    found
}

fn definitions(tree: &Node, reader: &mut Reader<'_>) -> Vec<(Spanned<String>, Vec<Inline>)> {
    let items = tree.get("items").map(Node::items).unwrap_or_default();
    let read = items.iter().filter_map(|item| {
        let term = item.get("term")?.spanned()?;
        Some((term, reader.inlines(item.get("text")?)))
    });
    read.collect()
}

/// The years of a list.
pub fn years(tree: &Node, reader: &Reader<'_>) -> Vec<u16> {
    let items = tree.get("years").map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| reader.year(item.text()?)).collect()
}
