//! YAML as a tree of spanned nodes.
//!
//! Scalars stay as they were written: `0.30` is not a number here but four characters, and `no`
//! is a word. What YAML does behind a writer's back is a finding with its own words.

mod build;
mod events;
mod recorded;
mod traps;

pub use self::events::Style;

use crate::diag::{Phrase, Sink, say};
use crate::source::{SourceId, Span, Spanned};

use crate::syntax::yaml::events::Events;
use crate::syntax::yaml::recorded::Recorded;

/// A node of a YAML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Place of the node.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `~`, `null`, or no value at all.
    Null,
    /// Text, as written.
    Scalar(Scalar),
    /// A list.
    Seq(Vec<Node>),
    /// A map, in the order written, without duplicate keys.
    Map(Vec<Entry>),
}

/// A scalar as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Text after YAML's own unescaping.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Key.
    pub key: Spanned<String>,
    /// Value.
    pub value: Node,
}

impl Entry {
    /// The entry of a key.
    pub fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Entry> {
        entries.iter().find(|entry| entry.key.value == key)
    }
}

impl Node {
    /// The entries of a map; none if the node is something else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none if the node is something else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Seq(items) => items,
            _ => &[],
        }
    }

    /// The value of a key, if the node is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        Entry::find(self.entries(), key).map(|entry| &entry.value)
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The text of a scalar with its place.
    pub fn spanned(&self) -> Option<Spanned<String>> {
        self.text().map(|text| Spanned::new(text.to_owned(), self.span))
    }

    /// What the node is, in words for a diagnostic.
    pub fn kind(&self) -> Phrase {
        match &self.value {
            Value::Null => say!("nothing"),
            Value::Scalar(_) => say!("a text"),
            Value::Seq(items) if items.is_empty() => say!("an empty list"),
            Value::Seq(_) => say!("a list"),
            Value::Map(entries) if entries.is_empty() => say!("an empty map"),
            Value::Map(_) => say!("a map"),
        }
    }
}

/// Reads a YAML document that lies in a text from byte `offset` on.
///
/// `text` is the document alone; spans count from the start of the source. `None` if there is no
/// document that could be read at all.
pub fn parse(source: SourceId, text: &str, offset: usize, sink: &mut Sink) -> Option<Node> {
    let mut tree = build::build(source, text, offset, Events::new(text), sink)?;
    traps::repair(&mut tree, text, offset, sink);
    Some(tree)
}

/// Reads a document that has no faults from the events that were recorded of it when the program was built.
pub fn replay(source: SourceId, text: &str, events: &[u8]) -> Option<Node> {
    build::build(source, text, 0, Recorded::new(text, events), &mut Sink::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Sources, Option<Node>, Vec<String>) {
        let mut sources = Sources::default();
        let id = sources.add("test.yaml", text);
        let mut sink = Sink::default();
        let tree = parse(id, text, 0, &mut sink);
        let found = sink.finish();
        let found = found.iter().map(|d| {
            let at = sources.start(d.primary.span);
            format!("{}:{} {} {}", at.line, at.column, d.rule, d.message)
        });
        let found = found.collect();
        (sources, tree, found)
    }

    #[test]
    fn scalars_keep_their_form_and_place() {
        let (sources, tree, found) = read("单位: t\nvalues: {2024: 0.30}\n");
        assert!(found.is_empty(), "{found:?}");
        let tree = tree.expect("a tree");
        let value = tree.get("values").and_then(|v| v.get("2024")).expect("a value");
        assert_eq!(value.text(), Some("0.30"));
        assert_eq!(sources.text(value.span), "0.30");
    }

    #[test]
    fn every_trap_has_its_own_message() {
        let cases = [
            ("a: 1\na: 2\n", "2:1 duplicate-key"),
            ("v: {2024: 1,045,853.62}\n", "1:11 split-figure"),
            ("unit: %\n", "1:7 invalid-yaml"),
            ("unit：t\nvalue: 1\n", "1:1 invalid-yaml"),
            ("a:\n\tb: 1\n", "invalid-yaml"),
            ("ok: no\n", "1:5 ambiguous-word"),
            ("a: 1\n---\nb: 2\n", "2:1 several-documents"),
            ("a: &x 1\nb: *x\n", "yaml-alias"),
            ("a: !!str 1\n", "yaml-tag"),
            ("? [a]\n: 1\n", "complex-key"),
        ];
        for (text, expected) in cases {
            let (_, _, found) = read(text);
            assert!(found.iter().any(|f| f.contains(expected)), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn a_key_stands_once_in_a_map_of_any_size() {
        for count in [1, 15, 16, 17, 40] {
            let mut text: String = (0..count).map(|at| format!("k{at}: {at}\n")).collect();
            text.push_str("k0: again\nlast: 1\n");
            let (_, tree, found) = read(&text);
            let tree = tree.expect("a tree");
            assert_eq!(tree.entries().len(), count + 1, "{text}");
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("duplicate-key"), "{found:?}");
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let (_, tree, found) = read(&"[".repeat(5000));
        assert!(tree.is_none());
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
