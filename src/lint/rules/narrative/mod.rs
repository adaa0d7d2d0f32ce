//! Prose.

pub mod converted_text;
pub mod doubled_qualifier;
mod fit;
pub mod miscounted_list;
pub mod missing_glyph;
pub mod numbering_gap;
pub mod prose;
pub mod repeated_word;
pub mod texts;
pub mod unbound_numeral;
pub mod undefined_abbreviation;
pub mod unused_footnote;
