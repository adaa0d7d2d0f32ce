//! Which characters the fonts can print.

use crate::source::{Files, decode};

/// The characters that the fonts have.
#[derive(Debug, Clone, Default)]
pub struct Glyphs {
    /// A bit for each character.
    known: Vec<u64>,
}

impl Glyphs {
    /// Reads the list beside the fonts. Line breaks in it are layout.
    pub fn read(files: &dyn Files) -> Self {
        let text = files.read("templates/fonts/characters.txt").ok();
        let text = text.and_then(|bytes| decode(bytes).ok()).unwrap_or_default();
        let mut known = Vec::new();
        for c in text.chars().filter(|c| *c != '\n') {
            let (word, bit) = place(c);
            if word >= known.len() {
                known.resize(word + 1, 0);
            }
            known.get_mut(word).into_iter().for_each(|word| *word |= bit);
        }
        Self { known }
    }

    /// Whether a character can be printed. White space needs no glyph.
    pub fn has(&self, c: char) -> bool {
        let (word, bit) = place(c);
        let known = self.known.get(word).is_some_and(|word| word & bit != 0);
        known || c.is_whitespace()
    }
}

/// The word that holds the bit of a character, and the bit.
fn place(c: char) -> (usize, u64) {
    let code = u32::from(c);
    ((code / u64::BITS) as usize, 1 << (code % u64::BITS))
}
