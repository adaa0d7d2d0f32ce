//! The fonts that reports are set in.

use std::sync::Arc;
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
    pub fn embedded() -> Arc<Self> {
        static FONTS: OnceLock<Arc<Fonts>> = OnceLock::new();
        let fonts = FONTS.get_or_init(|| {
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
            Arc::new(Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
        });
        Arc::clone(fonts)
    }

    /// The embedded fonts, and behind them those of a project.
    pub fn with(own: &[Vec<u8>]) -> Arc<Self> {
        let embedded = Self::embedded();
        if own.is_empty() {
            return embedded;
        }
        let mut fonts = embedded.fonts.clone();
        fonts.extend(own.iter().flat_map(|bytes| Font::iter(Bytes::new(bytes.clone()))));
        Arc::new(Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }
}
