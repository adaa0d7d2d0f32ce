//! Languages against each other.

mod align;
mod bases;
mod bound;
mod compare;
pub mod diverging_commitment;
pub mod diverging_date;
pub mod diverging_direction;
pub mod diverging_figure;
pub mod diverging_name;
pub mod diverging_negation;
pub mod diverging_qualifier;
pub mod diverging_term;
pub mod foreign_script;
mod lexicon;
pub mod missing_paragraph;
pub mod mixed_quotation_marks;
pub mod pairs;
pub mod qualifier;
pub mod run;
mod sentences;
pub mod stray_language;
pub mod told;
mod tree;
pub mod uneven_spacing;
pub mod wrong_width;
