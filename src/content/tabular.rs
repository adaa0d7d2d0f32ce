//! Figures that stand in CSV files and workbooks.
//!
//! They are put into the trees of `metrics/*.yaml` before anything is checked, with their cells as
//! places, so that every check of a figure in YAML is a check of these figures too.

mod cell;
mod layout;
mod loader;
mod table;

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::framework::Units;
use crate::source::{Files, Sources, Span, Spanned};
use crate::syntax::yaml::{Entry, Node, Value};

pub use self::cell::figure as figure_of_cell;

use crate::content::tabular::cell::{CellRef, figure};
use crate::content::tabular::loader::Loader;
use crate::content::tabular::table::Facts;

/// One value of a table.
struct Fact {
    /// Metric that it belongs to.
    metric: String,
    /// Breakdown and member, where it is none of the whole.
    member: Option<(Spanned<String>, Spanned<String>)>,
    /// Year.
    year: Spanned<String>,
    /// Figure, or why there is none.
    node: Node,
}

/// Puts the figures of tables and cells into the trees of metrics. Gives the paths of the files
/// that were read.
pub fn merge(
    trees: &mut BTreeMap<String, Node>,
    files: &dyn Files,
    units: &Units,
    sources: &mut Sources,
    sink: &mut Sink,
) {
    let declared = declared(trees);
    let dimensions = trees.get("dimensions.yaml").and_then(|tree| tree.get("dimensions"));
    let dimensions: Vec<String> = dimensions.map(keys).unwrap_or_default();
    let mut loader = Loader::new(files, sources, sink);
    let mut found = Vec::new();
    for tree in metric_trees(trees) {
        for spec in tree.get("from").map(Node::items).unwrap_or_default() {
            let facts = Facts { declared: &declared, dimensions: &dimensions, units };
            facts.read(spec, &mut loader, &mut found);
        }
    }
    for tree in trees.iter_mut().filter(|(path, _)| is_metrics(path)).map(|(_, tree)| tree) {
        replace_cells(tree, &declared, units, &mut loader);
    }
    for fact in found {
        let holder = trees.iter_mut().filter(|(path, _)| is_metrics(path));
        let metric =
            holder.filter_map(|(_, tree)| get_mut(get_mut(tree, "metrics")?, &fact.metric));
        if let Some(metric) = metric.into_iter().next() {
            put(metric, fact, sink);
        }
    }
    for tree in metric_trees(trees).filter(|tree| tree.get("from").is_some()) {
        report_empty(tree, sink);
    }
}

fn is_metrics(path: &str) -> bool {
    path.starts_with("metrics/")
}

fn metric_trees(trees: &BTreeMap<String, Node>) -> impl Iterator<Item = &Node> {
    trees.iter().filter(|(path, _)| is_metrics(path)).map(|(_, tree)| tree)
}

fn keys(node: &Node) -> Vec<String> {
    node.entries().iter().map(|entry| entry.key.value.clone()).collect()
}

/// The units of all metrics, as written.
fn declared(trees: &BTreeMap<String, Node>) -> BTreeMap<String, String> {
    let metrics = metric_trees(trees).filter_map(|tree| tree.get("metrics"));
    let entries = metrics.flat_map(Node::entries).map(|entry| {
        let unit = entry.value.get("unit").and_then(Node::text).unwrap_or_default();
        (entry.key.value.clone(), unit.to_owned())
    });
    entries.collect()
}

/// A metric of a file with tables that no table and no key gives a figure. In other files the
/// schema says so.
fn report_empty(tree: &Node, sink: &mut Sink) {
    for entry in tree.get("metrics").map(Node::entries).unwrap_or_default() {
        let node = &entry.value;
        let map = matches!(node.value, Value::Map(_));
        let filled = ["values", "formula", "by"].iter().any(|key| node.get(key).is_some());
        if map && !filled && !sink.has_errors() {
            let message = say!("no table has a row for `{key}`", key = entry.key.value);
            let found = Diagnostic::error("missing-key", entry.key.span, message);
            sink.push(found.help(say!("add the row, or `values:` here")));
        }
    }
}

/// Puts what stands in a cell into the place of each `{cell: …}`.
fn replace_cells(
    tree: &mut Node,
    declared: &BTreeMap<String, String>,
    units: &Units,
    loader: &mut Loader<'_>,
) {
    let Some(metrics) = get_mut(tree, "metrics") else { return };
    for entry in entries_mut(metrics) {
        let unit = declared.get(&entry.key.value).map(String::as_str).unwrap_or_default();
        let mut series: Vec<&mut Node> = Vec::new();
        for part in entries_mut(&mut entry.value) {
            match part.key.value.as_str() {
                "values" => series.push(&mut part.value),
                "by" => {
                    let members = entries_mut(&mut part.value).iter_mut();
                    let members = members.flat_map(|breakdown| entries_mut(&mut breakdown.value));
                    series.extend(members.map(|member| &mut member.value));
                }
                _ => {}
            }
        }
        for value in series.into_iter().flat_map(|node| entries_mut(node).iter_mut()) {
            let Some(named) = value.value.get("cell").and_then(Node::spanned) else { continue };
            let Some(found) = CellRef::read(&named, loader) else {
                // The finding stands at the name of the cell, and is the only one.
                value.value = Node { span: named.span, value: Value::Null };
                continue;
            };
            let node = figure(&found.cell, found.marks, None, unit, units, loader.sink);
            value.value = node.unwrap_or(Node { span: found.cell.span, value: Value::Null });
        }
    }
}

/// Adds a value to the tree of its metric.
fn put(metric: &mut Node, fact: Fact, sink: &mut Sink) {
    let whole = fact.node.span;
    let series = match &fact.member {
        None => child(metric, &Spanned::new("values".to_owned(), whole)),
        Some((name, key)) => {
            let by = child(metric, &Spanned::new("by".to_owned(), name.span));
            let breakdown = by.and_then(|by| child(by, name));
            breakdown.and_then(|breakdown| child(breakdown, key))
        }
    };
    let Some(series) = series else { return };
    if let Some(first) = series.get(&fact.year.value) {
        let member = fact.member.as_ref().map(|(_, key)| format!("[{}]", key.value));
        let name = format!("{}{}@{}", fact.metric, member.unwrap_or_default(), fact.year.value);
        let message = say!("`{name}` has a figure already", name);
        let found = Diagnostic::error("figure-stated-twice", whole, message)
            .label(say!("again here"))
            .related(first.span, say!("first here"))
            .subject(name)
            .help(say!("keep one of the two; a figure has one place"));
        sink.push(found);
        return;
    }
    if let Value::Map(entries) = &mut series.value {
        entries.push(Entry { key: fact.year, value: fact.node });
    }
}

/// The map of a key, made if it is not there; nothing if something else stands there.
fn child<'n>(node: &'n mut Node, key: &Spanned<String>) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|entry| entry.key.value == key.value);
    let at = at.unwrap_or_else(|| {
        let value = Node { span: key.span, value: Value::Map(Vec::new()) };
        entries.push(Entry { key: key.clone(), value });
        entries.len() - 1
    });
    entries.get_mut(at).map(|entry| &mut entry.value)
}

fn entries_mut(node: &mut Node) -> &mut [Entry] {
    match &mut node.value {
        Value::Map(entries) => entries,
        _ => &mut [],
    }
}

fn get_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let entry = entries_mut(node).iter_mut().find(|entry| entry.key.value == key);
    entry.map(|entry| &mut entry.value)
}

/// A finding about the form of a table.
fn malformed(span: Span, message: impl Into<Phrase>) -> Diagnostic {
    Diagnostic::error("invalid-table", span, message)
}
