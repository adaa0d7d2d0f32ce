//! Prose.

mod fit;
pub mod missing_glyph;
pub mod prose;
pub mod unbound_numeral;
