//! `explain`: a rule, a clause and why it applies, or a metric and where its figures come from.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::command::check::parse_date;
use crate::command::{Error, Exit, Io, Options, load, today};
use crate::diag::say;
use crate::emit::{explain_clause, explain_metric, explain_rule};
use crate::lint::{Tier, registry};
use crate::locale::Date;
use crate::source::Disk;

/// Explain a rule, a clause of a framework, or a metric.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// A rule, a metric, or a clause with or without its edition, such as `gri/2021 305-1`
    #[arg(required = true)]
    pub what: Vec<String>,
    /// Folder of the project
    #[arg(long, default_value = ".")]
    pub project: PathBuf,
    /// First day of the financial year to judge by, as YYYY-MM-DD
    #[arg(long, value_parser = parse_date)]
    pub as_of: Option<Date>,
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    if let [name] = args.what.as_slice()
        && let Some(rule) = registry::find(name)
    {
        writeln!(io.out, "{}", explain_rule(rule, io.interface).trim_end())?;
        return Ok(Exit::Clean);
    }
    let wording = &io.interface.wording;
    let files = Disk::open(&args.project)?;
    let loaded = load(&files, Options { tier: Tier::Always, as_of: today() })?;
    let Some(report) = &loaded.report else {
        return Err(Error::Argument(say!(
            "`report.yaml` cannot be read; `esgreport check` says why"
        )));
    };
    let (edition, name) = match args.what.as_slice() {
        [edition, code] => (Some(edition.as_str()), code.as_str()),
        [name] => (None, name.as_str()),
        _ => return Err(Error::Argument(say!("name one rule, metric or clause"))),
    };
    if edition.is_none()
        && let Some(text) = explain_metric(report, &loaded.sources, name, wording)
    {
        write!(io.out, "{text}")?;
        return Ok(Exit::Clean);
    }
    let editions: Vec<&String> = match edition {
        Some(edition) => report.catalogs.keys().filter(|name| *name == edition).collect(),
        None => report.catalogs.keys().collect(),
    };
    let found = editions.into_iter().filter_map(|edition| {
        explain_clause(report, &loaded.sources, edition, name, args.as_of, wording)
    });
    let found: Vec<String> = found.collect();
    if found.is_empty() {
        let words = args.what.join(" ");
        let message = say!(
            "no rule, metric or clause of a framework in this project is called `{words}`",
            words
        );
        return Err(Error::Argument(message));
    }
    write!(io.out, "{}", found.join("\n"))?;
    Ok(Exit::Clean)
}
