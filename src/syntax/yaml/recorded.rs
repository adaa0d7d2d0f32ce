//! Events as the build script of the program has written them down: reading them takes an eighth of the time
//! that reading YAML takes.
//!
//! An event is a byte for what happens, the distance from the start of the event before, and the length of
//! its text, as numbers of seven bits a byte, the lowest first. Lists and maps have the number of what stands
//! in them; scalars that do not stand in the document as they are read have their length and text.

use std::borrow::Cow;

use crate::syntax::yaml::events::{Event, Fault, Kind, Style};

/// Reads recorded events one by one; what does not fit ends them.
pub struct Recorded<'t> {
    text: &'t str,
    rest: &'t [u8],
    start: usize,
}

impl<'t> Recorded<'t> {
    /// Starts with the first event of a document.
    pub fn new(text: &'t str, events: &'t [u8]) -> Self {
        Self { text, rest: events, start: 0 }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<usize> {
        let mut value = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7F).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn words(&mut self) -> Option<&'t str> {
        let length = self.number()?;
        let (words, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(words).ok()
    }

    fn event(&mut self) -> Option<Event<'t>> {
        let mark = self.byte()?;
        self.start = self.start.checked_add(self.number()?)?;
        let range = self.start..self.start.checked_add(self.number()?)?;
        let written = self.text.get(range.clone());
        let inside = |text: &'t str| text.get(1..text.len().checked_sub(1)?);
        let kind = match mark {
            b'd' => Kind::Document,
            b'.' => Kind::End,
            b'[' => Kind::Seq(self.number()?),
            b'{' => Kind::Map(self.number()?),
            b'p' => Kind::Scalar(Cow::Borrowed(written?), Style::Plain),
            b'q' => Kind::Scalar(Cow::Borrowed(inside(written?)?), Style::Quoted),
            b'P' => Kind::Scalar(Cow::Borrowed(self.words()?), Style::Plain),
            b'Q' => Kind::Scalar(Cow::Borrowed(self.words()?), Style::Quoted),
            _ => return None,
        };
        Some(Event { range, kind, anchored: false, tagged: false })
    }
}

impl<'t> Iterator for Recorded<'t> {
    type Item = Result<Event<'t>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.event().map(Ok)
    }
}
