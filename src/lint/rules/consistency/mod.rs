//! Figures against each other.

pub mod contradicting_targets;
pub mod dates_out_of_order;
pub mod duplicate_figures;
pub mod failed_check;
pub mod formula_mismatch;
pub mod infeasible_percentage;
mod inputs;
pub mod mean_mismatch;
pub mod part_exceeds_whole;
pub mod progress_mismatch;
pub mod restatement_without_change;
pub mod share_mismatch;
pub mod terms;
pub mod total_mismatch;
mod two_ways;
pub mod unfit_role;
mod wording;
