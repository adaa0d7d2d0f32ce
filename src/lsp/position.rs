//! Bytes of a text to lines and columns of an editor, and back.

use lsp_types::{Position, PositionEncodingKind, Range};

/// What a client counts columns in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, which every client knows.
    Utf16,
}

impl Encoding {
    /// The encoding of a session: bytes, if the client can count them.
    pub fn of(offered: Option<&[PositionEncodingKind]>) -> Self {
        let bytes = offered.is_some_and(|kinds| kinds.contains(&PositionEncodingKind::UTF8));
        if bytes { Self::Utf8 } else { Self::Utf16 }
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// The position of a byte; the end of the text where it lies behind it.
    pub fn position(self, text: &str, byte: usize) -> Position {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = text.get(..byte).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let within = before.get(start..).unwrap_or_default();
        let column: usize = within.chars().map(|c| self.width(c)).sum();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(column) }
    }

    /// The byte of a position; the end of the line where it lies behind it, and the end of the text
    /// where there is no such line.
    pub fn byte(self, text: &str, position: Position) -> usize {
        let mut start = 0;
        for _ in 0..position.line {
            match text.get(start..).and_then(|rest| rest.find('\n')) {
                Some(newline) => start += newline + 1,
                None => return text.len(),
            }
        }
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let mut left = position.character as usize;
        for (at, c) in line.char_indices() {
            let width = self.width(c);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    /// The range of some bytes.
    pub fn range(self, text: &str, start: usize, end: usize) -> Range {
        Range { start: self.position(text, start), end: self.position(text, end.max(start)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_the_client_counts() {
        // The ideograph has three bytes and one unit, the emoji four bytes and two units.
        let text = "a: 1\r\n单位: 🌍t\n";
        let at = text.find('t').expect("a place");
        let utf16 = Encoding::Utf16.position(text, at);
        assert_eq!((utf16.line, utf16.character), (1, 6));
        let utf8 = Encoding::Utf8.position(text, at);
        assert_eq!((utf8.line, utf8.character), (1, 12));
        assert_eq!(Encoding::Utf16.byte(text, utf16), at);
        assert_eq!(Encoding::Utf8.byte(text, utf8), at);
    }

    #[test]
    fn positions_that_do_not_exist_are_the_nearest_that_do() {
        let text = "ab\r\n单\n";
        let byte = |line, character| Encoding::Utf16.byte(text, Position { line, character });
        assert_eq!(byte(0, 99), 2);
        assert_eq!(byte(1, 99), 7);
        assert_eq!(byte(9, 0), text.len());
        assert_eq!(Encoding::Utf16.position(text, 5), Position { line: 1, character: 0 });
        assert_eq!(Encoding::Utf16.position(text, 999), Position { line: 2, character: 0 });
        // The middle of an emoji is its start.
        assert_eq!(Encoding::Utf16.byte("🌍", Position { line: 0, character: 1 }), 0);
    }
}
