//! Figures against each other.

pub mod formula_mismatch;
pub mod mean_mismatch;
pub mod part_exceeds_whole;
pub mod terms;
pub mod total_mismatch;
