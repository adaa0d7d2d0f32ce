//! `recalc`: every derived figure of a bundle, computed again from its inputs.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::bundle::{Opened, Outcome, open, origin, recalculate, verify};
use crate::diag::say;
use crate::lint::Tier;
use crate::locale::Date;
use crate::report::Report;
use crate::source::Memory;

use crate::command::bundle::named;
use crate::command::verify::read;
use crate::command::{Error, Exit, Io, Loaded, Options, load};

/// Compute every derived figure of a bundle again.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The bundle
    pub file: PathBuf,
    /// Print the figures that fit too
    #[arg(long)]
    pub all: bool,
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let opened = opened(&args.file)?;
    let loaded = inputs(&opened)?;
    let report = report(&loaded)?;
    let found = recalculate(report, &loaded.judged, &opened.tree);
    for line in &found.lines {
        if args.all || line.outcome != Outcome::Fits {
            let text = io.say(&line.text);
            writeln!(io.out, "{text}")?;
        }
    }
    for fault in &found.faults {
        let line = io.say(&say!("fault: {fault}", fault));
        writeln!(io.out, "{line}")?;
    }
    let count = |outcome| found.lines.iter().filter(|line| line.outcome == outcome).count();
    let (fits, accepted, differs) =
        (count(Outcome::Fits), count(Outcome::Accepted), count(Outcome::Differs));
    let line = io.say(&say!(
        "{count} figures computed again: {fits} fit, {accepted} differ and are accepted, {differs} differ",
        count = found.lines.len(),
        fits,
        accepted,
        differs
    ));
    writeln!(io.out, "{line}")?;
    let clean = differs == 0 && found.faults.is_empty();
    Ok(if clean { Exit::Clean } else { Exit::Findings })
}

/// A bundle from disk, which must be whole: what is computed or drawn from a changed one says nothing.
pub fn opened(path: &Path) -> Result<Opened, Error> {
    let bytes = read(path)?;
    let opened = open(&bytes).map_err(|why| named(path, &why))?;
    match verify(&opened, None).faults.first() {
        Some(first) => {
            let why = say!("the bundle is not whole: {first}; `esgreport verify` tells all", first);
            Err(named(path, &why))
        }
        None => Ok(opened),
    }
}

/// The project in a bundle.
pub fn inputs(opened: &Opened) -> Result<Loaded, Error> {
    let mut memory = Memory::default();
    opened.inputs().into_iter().for_each(|(path, bytes)| memory.insert(&path, bytes));
    let day = origin(&opened.tree).and_then(|origin| origin.as_of);
    let as_of = day.unwrap_or(Date { year: 2000, month: 1, day: 1 });
    load(&memory, Options { tier: Tier::Default, as_of })
}

/// The report of a project, which must be readable.
pub fn report(loaded: &Loaded) -> Result<&Report, Error> {
    let unreadable = || Error::Argument(say!("`report.yaml` in the bundle cannot be read"));
    loaded.report.as_ref().ok_or_else(unreadable)
}
