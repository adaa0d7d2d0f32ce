//! Figures against those of the report before.

pub mod changed_definition;
pub mod dropped_metric;
pub mod misquoted_restatement;
pub mod silent_restatement;
pub mod unprinted_restatement;
mod words;
