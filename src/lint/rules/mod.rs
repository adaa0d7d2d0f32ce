//! The rules, by group. Each is a pair of files: `<name>.rs`, what it does, and `<name>.md`, what
//! it means. Findings that are made while reading have a page alone.

pub mod compliance;
pub mod consistency;
pub mod evidence;
pub mod narrative;
pub mod parity;
pub mod plausibility;
pub mod project;
pub mod restatement;
pub mod schema;
