//! `check`: all rules over a project.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::diag::{Severity, say};
use crate::emit::{summary, to_json, to_text};
use crate::lint::Tier;
use crate::locale::Date;
use crate::source::Disk;

use crate::command::fix::fix;
use crate::command::given::files_of;
use crate::command::{Error, Exit, Io, NamedPrior, Options, load_with, today};

/// Check figures, references and prose of a report project.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Run the strict rules too
    #[arg(long)]
    pub strict: bool,
    /// Bind figures in prose that come from exactly one fact; no figure is changed
    #[arg(long)]
    pub fix: bool,
    /// Exit with 1 from this severity on
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// Day for which suppressions hold, as YYYY-MM-DD; today by default
    #[arg(long, value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Folder or evidence bundle of the report before, in place of the one that `report.yaml` names
    #[arg(long, value_name = "DIR")]
    pub prior: Option<PathBuf>,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One object for programs
    Json,
}

/// Severity that makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Anything
    Note,
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let files = Disk::open(&args.dir)?;
    let tier = if args.strict { Tier::Strict } else { Tier::Default };
    let options = Options { tier, as_of: args.as_of.unwrap_or_else(today) };
    let earlier = args.prior.as_deref().map(files_of).transpose()?;
    let name = args.prior.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let prior = earlier.as_deref().map(|files| NamedPrior { files, name: &name });
    let mut loaded = load_with(&files, options, prior)?;
    if args.fix {
        let fixed = fix(&files, &loaded)?;
        let line = say!(
            "bound {figures} figures in {files} files",
            figures = fixed.figures,
            files = fixed.files
        );
        let line = io.say(&line);
        writeln!(io.err, "{line}")?;
        loaded = load_with(&files, options, prior)?;
    }
    let judged = &loaded.judged;
    match args.format {
        Format::Text => {
            write!(
                io.out,
                "{}",
                to_text(judged, &loaded.sources, io.colour, &io.interface.wording)
            )?;
            let summary = io.say(&summary(judged));
            writeln!(io.err, "{summary}")?;
        }
        Format::Json => {
            let json = to_json(&judged.worded(&io.interface.wording), &loaded.sources);
            writeln!(io.out, "{json:#}")?;
        }
    }
    let least = match args.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
    };
    let failed = judged.findings.iter().any(|found| found.severity <= least);
    Ok(if failed { Exit::Findings } else { Exit::Clean })
}

/// Reads a date given as an argument.
pub fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a date as YYYY-MM-DD".to_owned())
}
