//! Figures against the evidence and the assurance behind them.

pub mod assurance_beyond_conclusion;
pub mod assured_without_evidence;
pub mod broken_seal;
pub mod changed_after_conclusion;
pub mod contradicting_assurance_scope;
