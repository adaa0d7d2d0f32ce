//! Tables of metrics.

use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Node, Value};

use crate::content::Text;
use crate::content::blocks::years;
use crate::content::reader::Reader;

/// A table of `tables.yaml`.
#[derive(Debug, Clone)]
pub struct Table {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// Title.
    pub title: Text,
    /// Years; those of the report if empty.
    pub years: Vec<u16>,
    /// Columns of a breakdown under one year.
    pub split: Option<Split>,
    /// Groups of rows.
    pub groups: Vec<TableGroup>,
    /// Note under the table.
    pub note: Option<Text>,
}

/// Columns of a breakdown under one year.
#[derive(Debug, Clone)]
pub struct Split {
    /// Dimension.
    pub dimension: Spanned<String>,
    /// Year.
    pub year: u16,
}

/// Rows under one label.
#[derive(Debug, Clone)]
pub struct TableGroup {
    /// Label.
    pub label: Option<Text>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// One metric, or the members of one of its breakdowns.
#[derive(Debug, Clone)]
pub struct Row {
    /// Metric.
    pub metric: Spanned<String>,
    /// Breakdown whose members are the rows.
    pub by: Option<Spanned<String>>,
    /// Whether the metric's own row stands before those of its members.
    pub total: bool,
    /// Depth.
    pub indent: u64,
    /// Place.
    pub span: Span,
}

impl Split {
    /// Reads `{dimension: …, year: …}`.
    pub fn read(node: &Node, reader: &Reader<'_>) -> Option<Self> {
        let dimension = node.get("dimension")?.spanned()?;
        Some(Self { dimension, year: reader.year(node.get("year")?.text()?)? })
    }
}

/// Reads the tables of a file.
pub fn read_all(tree: &Node, reader: &mut Reader<'_>) -> Vec<Table> {
    let mut tables = Vec::new();
    for entry in tree.get("tables").map(Node::entries).unwrap_or_default() {
        let node = &entry.value;
        let groups = node.get("groups").map(Node::items).unwrap_or_default();
        tables.push(Table {
            id: entry.key.clone(),
            title: reader.text_or_empty(node, "title"),
            years: years(node, reader),
            split: node.get("split").and_then(|split| Split::read(split, reader)),
            groups: groups.iter().map(|group| read_group(group, reader)).collect(),
            note: reader.text_of(node, "note"),
        });
    }
    tables
}

fn read_group(node: &Node, reader: &mut Reader<'_>) -> TableGroup {
    let rows = node.get("rows").map(Node::items).unwrap_or_default();
    let rows = rows.iter().filter_map(read_row).collect();
    TableGroup { label: reader.text_of(node, "label"), rows }
}

fn read_row(node: &Node) -> Option<Row> {
    let span = node.span;
    if let Value::Scalar(_) = node.value {
        return Some(Row { metric: node.spanned()?, by: None, total: false, indent: 0, span });
    }
    let text = |key: &str| node.get(key).and_then(Node::text);
    Some(Row {
        metric: node.get("metric")?.spanned()?,
        by: node.get("by").and_then(Node::spanned),
        total: text("total") == Some("true"),
        indent: text("indent").and_then(|indent| indent.parse().ok()).unwrap_or_default(),
        span,
    })
}
