//! `index`: what is asked, what is answered, what is missing.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::command::{Error, Exit, Io, Options, load, today};
use crate::diag::{Phrase, Sink, say};
use crate::emit::{IndexForm, index_text, proposals};
use crate::framework::Library;
use crate::lint::Tier;
use crate::source::{Disk, Embedded, Overlay};

/// Show coverage and gaps of a framework.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Edition, such as `gri/2021`; every edition of the project by default
    #[arg(long)]
    pub framework: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// List disclosures of this edition that the answers given would also serve
    #[arg(long, value_name = "EDITION")]
    pub propose: Option<String>,
}

/// Forms of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for a terminal
    Table,
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
    /// A Markdown table
    Markdown,
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let files = Disk::open(&args.dir)?;
    let mut loaded = load(&files, Options { tier: Tier::Always, as_of: today() })?;
    let Some(report) = loaded.report.take() else {
        return Err(Error::Argument(say!(
            "`report.yaml` cannot be read; `esgreport check` says why"
        )));
    };
    if let Some(wanted) = &args.propose {
        let overlay = Overlay::new(&files, &Embedded);
        let library = Library::new(&overlay);
        let mut sink = Sink::default();
        let walks = library.crosswalks(wanted, &mut loaded.sources, &mut sink);
        let catalog = library.catalog(wanted, &mut loaded.sources, &mut sink);
        let catalog = catalog.ok_or_else(|| {
            Error::Argument(say!("no framework edition is called `{edition}`", edition = wanted))
        })?;
        write!(io.out, "{}", proposals(&report, &catalog, &walks, &io.interface.wording))?;
        return Ok(Exit::Clean);
    }
    let editions: Vec<&str> = match &args.framework {
        Some(name) if report.catalogs.contains_key(name) => vec![name.as_str()],
        Some(name) => {
            let known: Vec<&str> = report.catalogs.keys().map(String::as_str).collect();
            let message = say!(
                "the report does not use `{name}`; it uses {known}",
                name,
                known = Phrase::list(known)
            );
            return Err(Error::Argument(message));
        }
        None => report.catalogs.keys().map(String::as_str).collect(),
    };
    let form = match args.format {
        Format::Table => IndexForm::Table,
        Format::Csv => IndexForm::Csv,
        Format::Json => IndexForm::Json,
        Format::Markdown => IndexForm::Markdown,
    };
    write!(io.out, "{}", index_text(&report, &editions, form, &io.interface.wording))?;
    Ok(Exit::Clean)
}
