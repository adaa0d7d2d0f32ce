//! One file for each subcommand. A command reads its arguments, calls the floors below, and says
//! how it ended; nothing in it is beyond a user of the library.
//!
//! **Invariant:** results go to the standard output, messages to the standard error.

mod assembly;
pub mod build;
pub mod bundle;
pub mod check;
mod clock;
pub mod conclude;
pub mod explain;
pub mod index;
mod project;
pub mod recalc;
pub mod sample;
pub mod schema;
pub mod seal;
pub mod verify;

pub use self::clock::today;
pub use self::project::{Loaded, Options, load};

use std::fmt;
use std::io::Write;

use crate::content::LoadFault;
use crate::emit::Colour;
use crate::schema::SchemaFault;
use crate::source::FileError;

/// Where a command writes.
pub struct Io<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Messages.
    pub err: &'a mut dyn Write,
    /// Whether messages are coloured.
    pub colour: Colour,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to object to.
    Clean,
    /// There are findings.
    Findings,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
        }
    }
}

/// Why a command could not run.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read or written.
    File(FileError),
    /// The project could not be read.
    Load(LoadFault),
    /// An argument does not fit the project.
    Argument(String),
    /// The report could not be printed.
    Print(String),
    /// The output could not be written.
    Output(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => write!(f, "{error}"),
            Self::Load(fault) => write!(f, "{fault}"),
            Self::Argument(message) | Self::Print(message) => f.write_str(message),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<LoadFault> for Error {
    fn from(fault: LoadFault) -> Self {
        Self::Load(fault)
    }
}

impl From<SchemaFault> for Error {
    fn from(fault: SchemaFault) -> Self {
        Self::Load(LoadFault::Schema(fault))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}
