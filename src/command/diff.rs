//! `diff`: what changed from one project to another.

use std::path::{Path, PathBuf};

use crate::source::shown;
use clap::{Args as ClapArgs, ValueEnum};

use crate::command::given::files_of;
use crate::command::{Error, Exit, Io, Loaded, Options, load, today};
use crate::compare::{Side, compare};
use crate::diag::say;
use crate::emit::{DiffForm, diff_text};
use crate::lint::Tier;
use crate::report::Report;

/// Show what changed between two projects, and whether it is explained.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder or evidence bundle of the older project
    pub old: PathBuf,
    /// Folder or evidence bundle of the newer project
    pub new: PathBuf,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One object for programs
    Json,
    /// For a review
    Markdown,
}

/// Runs the command. It ends with findings where a figure changed and nothing says why.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let (before, now) = (report(&old, &args.old)?, report(&new, &args.new)?);
    let old = Side { report: before, sources: &old.sources };
    let changes = compare(old, Side { report: now, sources: &new.sources });
    let form = match args.format {
        Format::Text => DiffForm::Text,
        Format::Json => DiffForm::Json,
        Format::Markdown => DiffForm::Markdown,
    };
    write!(io.out, "{}", diff_text(&changes, form))?;
    Ok(if changes.unexplained() > 0 { Exit::Findings } else { Exit::Clean })
}

fn read(folder: &Path) -> Result<Loaded, Error> {
    let files = files_of(folder)?;
    load(files.as_ref(), Options { tier: Tier::Always, as_of: today() })
}

fn report<'l>(loaded: &'l Loaded, folder: &Path) -> Result<&'l Report, Error> {
    loaded.report.as_ref().ok_or_else(|| {
        let folder = shown(folder);
        Error::Argument(say!(
            "`report.yaml` in {folder} cannot be read; `esgreport check {folder}` says why",
            folder
        ))
    })
}
