//! Languages against each other.

mod align;
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
mod lexicon;
pub mod missing_paragraph;
mod pairs;
mod qualifier;
mod run;
mod sentences;
mod told;
mod tree;
