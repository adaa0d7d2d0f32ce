//! Which characters the fonts can print.

use crate::source::{Files, decode};

/// The characters that the fonts have.
#[derive(Debug, Clone, Default)]
pub struct Glyphs {
    known: Vec<char>,
}

impl Glyphs {
    /// Reads the list beside the fonts. Line breaks in it are layout.
    pub fn read(files: &dyn Files) -> Self {
        let text = files.read("templates/fonts/characters.txt").ok();
        let text = text.and_then(|bytes| decode(bytes).ok()).unwrap_or_default();
        let mut known: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
        known.sort_unstable();
        known.dedup();
        Self { known }
    }

    /// Whether a character can be printed. White space needs no glyph.
    pub fn has(&self, c: char) -> bool {
        c.is_whitespace() || self.known.binary_search(&c).is_ok()
    }
}
