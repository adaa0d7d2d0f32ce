//! The events of a YAML document, with their places in bytes.
//!
//! **Invariant:** this names nothing else of the program, so that what comes with it can be read when it is
//! built.

use std::borrow::Cow;
use std::ops::Range;

use saphyr_parser::{Event as Parsed, Parser, ScalarStyle, ScanError, Span as Mark, StrInput};

/// An event with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'t> {
    /// Bytes from the start of the document.
    pub range: Range<usize>,
    /// What happens.
    pub kind: Kind<'t>,
    /// Whether an anchor stands before it.
    pub anchored: bool,
    /// Whether a tag stands before it.
    pub tagged: bool,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'t> {
    /// A document starts.
    Document,
    /// Something from before is named again.
    Alias,
    /// A scalar, with its text after YAML's own unescaping.
    Scalar(Cow<'t, str>, Style),
    /// A list starts, with so many items as far as that is known.
    Seq(usize),
    /// A map starts, with so many entries as far as that is known.
    Map(usize),
    /// The list or map that was opened last ends.
    End,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In quotes, or as a block.
    Quoted,
}

/// Why reading ends early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Byte from the start of the document.
    pub at: usize,
    /// What is wrong.
    pub info: String,
}

/// How many characters lie between those whose bytes are known.
const STEP: usize = 8;

/// Reads the events of a text one by one.
pub struct Events<'t> {
    text: &'t str,
    /// Byte of some characters, since the parser counts characters; empty for ASCII.
    bytes: Vec<u32>,
    parser: Parser<'t, StrInput<'t>>,
    done: bool,
}

impl<'t> Events<'t> {
    /// Starts with the first event.
    pub fn new(text: &'t str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            let some = text.char_indices().step_by(STEP);
            some.map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect()
        };
        Self { text, bytes, parser: Parser::new_from_str(text), done: false }
    }

    fn byte(&self, character: usize) -> usize {
        if self.bytes.is_empty() {
            return character.min(self.text.len());
        }
        let near = self.bytes.get(character / STEP).map(|&near| near as usize);
        let byte = near.and_then(|near| {
            let mut behind = self.text.get(near..)?.char_indices();
            behind.nth(character % STEP).map(|(at, _)| near + at)
        });
        byte.unwrap_or(self.text.len())
    }

    /// The place of a quoted text up to its closing quote: the parser's reaches to what comes next.
    fn tight(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let written = self.text.get(range.clone()).unwrap_or_default();
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
                    return range.start..range.start + at + 1;
                }
                _ => {}
            }
        }
        range
    }

    /// The event of this program for one of the parser; nothing where it does not matter.
    fn event(&self, parsed: Parsed<'t>, mark: Mark) -> Option<Event<'t>> {
        let mut range = self.byte(mark.start.index())..self.byte(mark.end.index());
        let (kind, anchor, tagged) = match parsed {
            Parsed::DocumentStart(_) => (Kind::Document, 0, false),
            Parsed::Alias(_) => (Kind::Alias, 0, false),
            Parsed::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                // An anchor or a tag belongs to the place, and its finding shows both.
                if !plain && anchor == 0 && tag.is_none() {
                    range = self.tight(range, style);
                }
                let style = if plain { Style::Plain } else { Style::Quoted };
                (Kind::Scalar(text, style), anchor, tag.is_some())
            }
            Parsed::SequenceStart(anchor, tag) => (Kind::Seq(0), anchor, tag.is_some()),
            Parsed::MappingStart(anchor, tag) => (Kind::Map(0), anchor, tag.is_some()),
            Parsed::SequenceEnd | Parsed::MappingEnd => (Kind::End, 0, false),
            _ => return None,
        };
        Some(Event { range, kind, anchored: anchor > 0, tagged })
    }

    fn fault(&self, error: &ScanError) -> Fault {
        Fault { at: self.byte(error.marker().index()), info: error.info().to_owned() }
    }
}

impl<'t> Iterator for Events<'t> {
    type Item = Result<Event<'t>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.parser.next_event() {
                None | Some(Ok((Parsed::StreamEnd, _))) => self.done = true,
                Some(Ok((parsed, mark))) => {
                    if let Some(event) = self.event(parsed, mark) {
                        return Some(Ok(event));
                    }
                }
                Some(Err(error)) => {
                    self.done = true;
                    return Some(Err(self.fault(&error)));
                }
            }
        }
        None
    }
}
