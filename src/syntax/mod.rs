//! YAML and Markdown as trees in which everything keeps its place.
//!
//! **Invariant:** a tree never holds more than was written, and every node has the span of the
//! text it was read from.
//!
//! **Invariant:** reading never fails as a whole: what cannot be read is a finding, and the rest
//! is read on.

pub mod hole;
pub mod markdown;
pub mod yaml;

use crate::source::Span;
use yaml::{Entry, Node, Value};

/// One step from a node to a node inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list.
    Item(usize),
}

/// A way through a tree, from its root.
pub type Route = Vec<Step>;

/// The deepest node that a route reaches, and whether it reached its end.
pub fn follow<'a>(root: &'a Node, route: &[Step]) -> (&'a Node, Arrival) {
    let mut node = root;
    for step in route {
        let next = match (step, &node.value) {
            (Step::Key(key), Value::Map(entries)) => Entry::find(entries, key).map(|e| &e.value),
            (Step::Item(index), Value::Seq(items)) => items.get(*index),
            // A pointer does not say whether `2024` is a key or a place in a list.
            (Step::Item(index), Value::Map(entries)) => {
                Entry::find(entries, &index.to_string()).map(|e| &e.value)
            }
            _ => None,
        };
        let Some(next) = next else { return (node, Arrival::Short) };
        node = next;
    }
    (node, Arrival::Full)
}

/// Whether a route could be followed to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It could.
    Full,
    /// A step led nowhere.
    Short,
}

/// The span of a key in a map, or of the map itself if it has no such key.
pub fn key_span(map: &Node, key: &str) -> Span {
    let entry = map.entries().iter().find(|entry| entry.key.value == key);
    entry.map_or(map.span, |entry| entry.key.span)
}
