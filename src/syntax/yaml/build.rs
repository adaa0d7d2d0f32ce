//! Parser events to nodes.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Mark};

use crate::diag::{Diagnostic, Sink, say};
use crate::source::{SourceId, Span, Spanned};

use crate::syntax::yaml::{Entry, Node, Scalar, Style, Value, traps};

/// Deepest nesting that is read. Nothing a report needs is deeper than ten.
const DEEPEST: usize = 64;

/// Reads the first document of a text.
pub fn build(source: SourceId, text: &str, offset: usize, sink: &mut Sink) -> Option<Node> {
    let mut builder = Builder::new(source, text, offset, sink);
    let mut parser = Parser::new_from_str(text);
    loop {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => break,
            Some(Ok((event, mark))) => {
                if !builder.take(event, mark) {
                    break;
                }
            }
            Some(Err(error)) => {
                builder.refuse(text, &error);
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
#[derive(Default)]
struct Entries {
    entries: Vec<Entry>,
    /// The key whose value comes next; its word is absent where it is none, which has its own finding.
    pending: Option<Spanned<Option<String>>>,
    /// Places of the keys of a map with many of them.
    index: HashMap<String, usize>,
}

impl Entries {
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
    text: &'s str,
    offset: usize,
    /// Byte of every character, since the parser counts characters; empty for ASCII.
    bytes: Vec<u32>,
    length: usize,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    sink: &'s mut Sink,
}

impl<'s> Builder<'s> {
    fn new(source: SourceId, text: &'s str, offset: usize, sink: &'s mut Sink) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect()
        };
        let length = text.len();
        let (open, root, documents) = (Vec::new(), None, 0);
        Self { source, text, offset, bytes, length, open, root, documents, sink }
    }

    fn byte(&self, character: usize) -> usize {
        let inner = if self.bytes.is_empty() {
            character.min(self.length)
        } else {
            self.bytes.get(character).map_or(self.length, |&at| at as usize)
        };
        inner + self.offset
    }

    fn span(&self, mark: Mark) -> Span {
        Span::new(self.source, self.byte(mark.start.index()), self.byte(mark.end.index()))
    }

    /// The span of a quoted text up to its closing quote: the parser's reaches to what comes next.
    fn tight(&self, span: Span, style: ScalarStyle) -> Span {
        let start = (span.start as usize).saturating_sub(self.offset);
        let end = (span.end as usize).saturating_sub(self.offset);
        let written = self.text.get(start..end).unwrap_or_default();
        let mut signs = written.char_indices().skip(1).peekable();
        while let Some((at, sign)) = signs.next() {
            match (style, sign) {
                (ScalarStyle::DoubleQuoted, '\\') => drop(signs.next()),
                (ScalarStyle::SingleQuoted, '\'')
                    if signs.peek().is_some_and(|(_, c)| *c == '\'') =>
                {
                    signs.next();
                }
                (ScalarStyle::DoubleQuoted, '"') | (ScalarStyle::SingleQuoted, '\'') => {
                    return span.within(0, at + 1);
                }
                _ => {}
            }
        }
        span
    }

    /// Takes an event; false where reading should stop.
    fn take(&mut self, event: Event<'_>, mark: Mark) -> bool {
        let span = self.span(mark);
        match event {
            Event::DocumentStart(_) => return self.start_document(span),
            Event::Alias(_) => {
                self.sink.push(traps::alias(span));
                self.put(Node { span, value: Value::Null });
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(span, anchor, tag.is_some());
                let span = self.tight(span, style);
                self.put(scalar(span, &text, style));
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(span, anchor, tag.is_some());
                return self.descend(Open::Seq(span.start as usize, Vec::new()), span);
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(span, anchor, tag.is_some());
                return self.descend(Open::Map(span.start as usize, Entries::default()), span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.ascend(span),
            _ => {}
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

    fn refuse_extras(&mut self, span: Span, anchor: usize, tagged: bool) {
        if anchor > 0 {
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
                    let text = node.text().map(str::to_owned);
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

    fn refuse(&mut self, text: &str, error: &ScanError) {
        let at = self.byte(error.marker().index());
        self.sink.push(traps::unreadable(self.source, text, self.offset, at, error.info()));
    }
}

/// The end of a collection: flow collections end at their bracket, block collections end where their last item does, since the parser
/// reports their end where the next token starts.
fn close(end: usize, last: usize) -> usize {
    if end.saturating_sub(last) > 1 { last } else { end.max(last) }
}

fn scalar(span: Span, text: &str, style: ScalarStyle) -> Node {
    let plain = style == ScalarStyle::Plain;
    let value = if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        Value::Null
    } else {
        let style = if plain { Style::Plain } else { Style::Quoted };
        Value::Scalar(Scalar { text: text.to_owned(), style })
    };
    Node { span, value }
}
