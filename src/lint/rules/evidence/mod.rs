//! Evidence against the files and the figures that it stands behind.

pub mod changed_evidence;
pub mod evidence_outside_period;
pub mod missing_evidence_file;
