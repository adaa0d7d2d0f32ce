//! Parser events to nodes.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diag::{Diagnostic, Sink, say};
use crate::source::{SourceId, Span, Spanned};

use crate::syntax::yaml::events::{Event, Fault, Kind, Style};
use crate::syntax::yaml::{Entry, Node, Scalar, Value, traps};

/// Deepest nesting that is read. Nothing a report needs is deeper than ten.
const DEEPEST: usize = 64;

/// Builds the first document of a text from its events.
pub fn build<'t>(
    source: SourceId,
    text: &str,
    offset: usize,
    events: impl Iterator<Item = Result<Event<'t>, Fault>>,
    sink: &mut Sink,
) -> Option<Node> {
    let (open, root, documents) = (Vec::new(), None, 0);
    let mut builder = Builder { source, offset, open, root, documents, sink };
    for event in events {
        match event {
            Ok(event) => {
                if !builder.take(event) {
                    break;
                }
            }
            Err(Fault { at, info }) => {
                let found = traps::unreadable(source, text, offset, at + offset, &info);
                builder.sink.push(found);
                return None;
            }
        }
    }
    builder.root
}

/// Entries from which on the keys of a map are looked up in an index; almost every map is smaller.
const MANY: usize = 16;

/// A collection whose end has not come yet.
enum Open {
    Seq(usize, Vec<Node>),
    Map(usize, Entries),
}

/// A map that is being read.
struct Entries {
    entries: Vec<Entry>,
    /// The key whose value comes next; its word is absent where it is none, which has its own finding.
    pending: Option<Spanned<Option<String>>>,
    /// Places of the keys of a map with many of them.
    index: HashMap<String, usize>,
}

impl Entries {
    fn new(count: usize) -> Self {
        Self { entries: Vec::with_capacity(count), pending: None, index: HashMap::new() }
    }

    fn find(&self, key: &str) -> Option<&Entry> {
        match self.entries.len() < MANY {
            true => Entry::find(&self.entries, key),
            false => self.entries.get(*self.index.get(key)?),
        }
    }

    /// Adds a key that is not there yet.
    fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        let fresh = match self.entries.len() {
            count if count < MANY => return,
            MANY => 0,
            count => count - 1,
        };
        let keys = self.entries.iter().enumerate().skip(fresh);
        self.index.extend(keys.map(|(at, entry)| (entry.key.value.clone(), at)));
    }
}

struct Builder<'s> {
    source: SourceId,
    offset: usize,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    sink: &'s mut Sink,
}

impl Builder<'_> {
    /// Takes an event; false where reading should stop.
    fn take(&mut self, event: Event<'_>) -> bool {
        let (start, end) = (event.range.start + self.offset, event.range.end + self.offset);
        let span = Span::new(self.source, start, end);
        self.refuse_extras(span, event.anchored, event.tagged);
        match event.kind {
            Kind::Document => return self.start_document(span),
            Kind::Alias => {
                self.sink.push(traps::alias(span));
                self.put(Node { span, value: Value::Null });
            }
            Kind::Scalar(text, style) => self.put(scalar(span, text, style)),
            Kind::Seq(count) => {
                return self.descend(Open::Seq(start, Vec::with_capacity(count)), span);
            }
            Kind::Map(count) => return self.descend(Open::Map(start, Entries::new(count)), span),
            Kind::End => self.ascend(span),
        }
        true
    }

    fn start_document(&mut self, span: Span) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            let message = say!("several documents in one file");
            let found = Diagnostic::error("several-documents", span, message)
                .label(say!("a second document starts here"))
                .help(say!("keep one document in a file; move the rest to a file of its own"));
            self.sink.push(found);
        }
        self.documents == 1
    }

    fn refuse_extras(&mut self, span: Span, anchored: bool, tagged: bool) {
        if anchored {
            self.sink.push(traps::alias(span));
        }
        if tagged {
            let found =
                Diagnostic::error("yaml-tag", span, say!("tags are not used in report files"))
                    .help(say!("leave out the word that starts with `!`"));
            self.sink.push(found);
        }
    }

    fn descend(&mut self, open: Open, span: Span) -> bool {
        if self.open.len() >= DEEPEST {
            let message = say!("nested more than {limit} levels deep", limit = DEEPEST);
            self.sink.push(Diagnostic::error("invalid-yaml", span, message));
            self.root = None;
            self.open.clear();
            return false;
        }
        self.open.push(open);
        true
    }

    fn ascend(&mut self, end: Span) {
        let end = end.end as usize;
        let node = match self.open.pop() {
            Some(Open::Seq(start, items)) => {
                let last = items.last().map_or(end, |item| item.span.end as usize);
                let span = Span::new(self.source, start, close(end, last));
                Node { span, value: Value::Seq(items) }
            }
            Some(Open::Map(start, Entries { entries, .. })) => {
                let last = entries.last().map_or(end, |entry| entry.value.span.end as usize);
                let span = Span::new(self.source, start, close(end, last));
                Node { span, value: Value::Map(entries) }
            }
            None => return,
        };
        self.put(node);
    }

    /// Puts a finished node where it belongs.
    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Seq(_, items)) => items.push(node),
            Some(Open::Map(_, map)) => match map.pending.take() {
                None => {
                    let text = match node.value {
                        Value::Scalar(scalar) => Some(scalar.text),
                        _ => None,
                    };
                    if text.is_none() {
                        self.sink.push(traps::complex_key(node.span));
                    }
                    map.pending = Some(Spanned::new(text, node.span));
                }
                Some(Spanned { value: None, .. }) => {}
                Some(Spanned { value: Some(key), span }) => {
                    let key = Spanned::new(key, span);
                    match map.find(&key.value) {
                        Some(_) if traps::is_split(&key.value, &node) => {}
                        Some(first) => self.sink.push(traps::duplicate(&key, first.key.span)),
                        None => map.push(Entry { key, value: node }),
                    }
                }
            },
        }
    }
}

/// The end of a collection: flow collections end at their bracket, block collections end where their last item does, since the parser
/// reports their end where the next token starts.
fn close(end: usize, last: usize) -> usize {
    if end.saturating_sub(last) > 1 { last } else { end.max(last) }
}

fn scalar(span: Span, text: Cow<'_, str>, style: Style) -> Node {
    let plain = style == Style::Plain;
    let value = if plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
        Value::Null
    } else {
        // The parser's own text has room for more, which would stay with every scalar.
        Value::Scalar(Scalar { text: (*text).to_owned(), style })
    };
    Node { span, value }
}
