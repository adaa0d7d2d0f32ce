//! The fonts that reports are set in.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::source::{Embedded, Files};

/// The fonts that are part of the program, in a fixed order: where two have the same family, the
/// order decides, and so it must not depend on a folder listing.
pub struct Fonts {
    /// What the fonts are called and what they hold.
    pub book: LazyHash<FontBook>,
    /// The fonts.
    pub fonts: Vec<Font>,
}

impl Fonts {
    /// The embedded fonts, read once.
    pub fn embedded() -> &'static Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| {
            let mut fonts = Vec::new();
            for path in Embedded.list().unwrap_or_default() {
                let is_font = path.ends_with(".otf") || path.ends_with(".ttf");
                if !(path.starts_with("templates/fonts/") && is_font) {
                    continue;
                }
                if let Some(bytes) = Embedded::bytes(&path) {
                    fonts.extend(Font::iter(Bytes::new(bytes)));
                }
            }
            Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
        })
    }
}
