//! One file for each subcommand. A command reads its arguments, calls the floors below, and says
//! how it ended; nothing in it is beyond a user of the library.
//!
//! **Invariant:** results go to the standard output, messages to the standard error.

mod assembly;
mod baseline;
pub mod build;
pub mod bundle;
pub mod check;
mod clock;
mod collecting;
pub mod conclude;
pub mod diff;
pub mod explain;
pub mod facts;
mod fix;
mod given;
pub mod import;
pub mod index;
pub mod init;
mod language;
pub mod lsp;
mod printing;
mod project;
pub mod recalc;
pub mod sample;
pub mod schema;
pub mod seal;
pub mod serve;
mod several;
mod terminal;
pub mod translate;
pub mod verify;
mod watch;

pub use self::clock::today;
pub use self::language::language;
pub use self::project::{
    Joined, Loaded, NamedPrior, Options, completed, converter, join, load, load_also, load_watched,
    load_with,
};
pub use self::terminal::{colour, progress};
pub use self::watch::{Monitor, Progress, Timings, Watch};

use std::fmt;
use std::io::Write;

use crate::content::LoadFault;
use crate::diag::{Phrase, say};
use crate::emit::{Colour, Interface, summary, to_text};
use crate::schema::SchemaFault;
use crate::source::FileError;

/// Where a command writes, and in which language it speaks.
pub struct Io<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Messages.
    pub err: &'a mut dyn Write,
    /// Whether messages are coloured.
    pub colour: Colour,
    /// Words of the language that messages are in.
    pub interface: &'a Interface,
    /// Whether the progress of long work is shown.
    pub progress: Progress,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to object to.
    Clean,
    /// There are findings.
    Findings,
    /// Some of what was asked for could not be done; the messages say what.
    Incomplete,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Incomplete => 2,
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
    Argument(Phrase),
    /// The report could not be printed.
    Print(Phrase),
    /// The output could not be written.
    Output(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.phrase())
    }
}

impl Error {
    /// What is said of the error.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::File(error) | Self::Load(LoadFault::Files(error)) => file(error),
            Self::Load(LoadFault::NoReport(error)) => {
                say!("not a report project: {error}", error = file(error))
            }
            Self::Load(LoadFault::Schema(fault)) => fault.to_string().into(),
            Self::Load(LoadFault::Tables(fault)) => fault.clone().into(),
            Self::Argument(message) | Self::Print(message) => message.clone(),
            Self::Output(error) => {
                say!("the output cannot be written: {error}", error = error.to_string())
            }
        }
    }
}

fn file(error: &FileError) -> Phrase {
    say!("{path}: {reason}", path = error.path, reason = Phrase::word(&error.reason))
}

impl Io<'_> {
    /// A phrase in the language of the interface.
    pub fn say(&self, phrase: &Phrase) -> String {
        self.interface.wording.of(phrase)
    }

    /// Tells findings, how many there are, and why the command stops at them.
    fn refused(&mut self, loaded: &Loaded, why: &Phrase) -> Result<Exit, Error> {
        self.told(loaded)?;
        let line = self.say(why);
        writeln!(self.err, "{line}")?;
        Ok(Exit::Findings)
    }

    /// Tells findings and how many there are.
    fn told(&mut self, loaded: &Loaded) -> Result<(), Error> {
        let Loaded { judged, sources, .. } = loaded;
        let text = to_text(judged, sources, self.colour, &self.interface.wording);
        let line = self.say(&summary(judged));
        Ok(writeln!(self.err, "{text}{line}")?)
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
