//! Prose.

pub mod missing_glyph;
