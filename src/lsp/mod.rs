//! The language server: findings while one types, and what editors ask for.
//!
//! It speaks the Language Server Protocol over a connection and knows a project as the rules know
//! it: files on disk, with the texts of open editors over them.
//!
//! **Invariant:** no message ends the server but `exit` and a connection that is gone; what is asked
//! of a project that cannot be read is answered with nothing.

mod actions;
mod address;
mod candidates;
mod completion;
mod context;
mod hover;
mod navigate;
mod position;
mod project;
mod published;
mod server;

pub use self::position::Encoding;
pub use self::server::{Fault, serve};

use crate::diag::Phrase;
use crate::lint::Judged;
use crate::report::Report;
use crate::source::Files;
use crate::source::Sources;

/// A project that was read and checked.
#[derive(Debug)]
pub struct Analysis {
    /// Texts that were read.
    pub sources: Sources,
    /// The report; absent if `report.yaml` could not be read.
    pub report: Option<Report>,
    /// Findings.
    pub judged: Judged,
}

/// How much of a project is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What is always checked: everything that is said while reading and joining, and the rules that
    /// run while one types.
    Quick,
    /// Everything that `check` says.
    Full,
}

/// Reads and checks a project; the floor above knows how.
pub type Analyse<'a> = dyn Fn(&dyn Files, Depth) -> Result<Analysis, Phrase> + 'a;
