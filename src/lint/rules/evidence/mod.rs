//! Figures against the evidence and the assurance behind them, and evidence against its files.

pub mod assurance_beyond_conclusion;
pub mod assured_without_evidence;
pub mod broken_seal;
pub mod changed_after_conclusion;
pub mod changed_evidence;
pub mod contradicting_assurance_scope;
pub mod evidence_outside_period;
pub mod missing_evidence_file;
pub mod unbound_conclusion;
