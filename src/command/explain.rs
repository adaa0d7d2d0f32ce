//! `explain`: a rule, a clause and why it applies, a metric and where its figures come from, or a unit.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::command::check::parse_date;
use crate::command::{Error, Exit, Io, Options, load, today};
use crate::content::LoadFault;
use crate::diag::{Sink, say};
use crate::emit::{explain_clause, explain_metric, explain_rule, explain_unit};
use crate::framework::Library;
use crate::lint::{Tier, registry};
use crate::locale::Date;
use crate::source::{Disk, Embedded, Sources};

/// Explain a rule, a clause of a framework, a metric or a unit.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// A rule, a metric, a unit, or a clause with or without its edition, such as `gri/2021 305-1`
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
    let loaded = match load(&files, Options { tier: Tier::Always, as_of: today() }) {
        // Units of the program are known without a project.
        Err(Error::Load(LoadFault::NoReport(_))) if unit(&args.what, io)? => {
            return Ok(Exit::Clean);
        }
        loaded => loaded?,
    };
    let Some(report) = &loaded.report else {
        return Err(Error::Argument(say!(
            "`report.yaml` cannot be read; `esgreport check` says why"
        )));
    };
    let (edition, name) = match args.what.as_slice() {
        [edition, code] => (Some(edition.as_str()), code.as_str()),
        [name] => (None, name.as_str()),
        _ => return Err(Error::Argument(say!("name one rule, metric, unit or clause"))),
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
    let of_project = match edition {
        None => explain_unit(&report.content.units, name, wording),
        Some(_) => None,
    };
    if let Some(text) = of_project.filter(|_| found.is_empty()) {
        write!(io.out, "{text}")?;
        return Ok(Exit::Clean);
    }
    if found.is_empty() {
        let words = args.what.join(" ");
        let message = say!(
            "no rule, metric, unit or clause of a framework in this project is called `{words}`",
            words
        );
        return Err(Error::Argument(message));
    }
    write!(io.out, "{}", found.join("\n"))?;
    Ok(Exit::Clean)
}

/// Explains a unit of the program, and says whether there is one of that name.
fn unit(what: &[String], io: &mut Io<'_>) -> Result<bool, Error> {
    let [name] = what else { return Ok(false) };
    let library = Library::new(&Embedded);
    let units = library.units(&mut Sources::default(), &mut Sink::default());
    let Some(text) = explain_unit(&units, name, &io.interface.wording) else { return Ok(false) };
    write!(io.out, "{text}")?;
    Ok(true)
}
