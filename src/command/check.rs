//! `check`: all rules over one project or several.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::diag::{Phrase, Severity, say};
use crate::emit::{
    Checked, Outcome, Run, counts, run_annotations, run_json, run_junit, run_sarif, summary,
    to_text,
};
use crate::lint::{Comparison, Tier};
use crate::locale::Date;
use crate::source::write_beside;

use crate::command::baseline::{Ledger, Upkeep};
use crate::command::several::{Found, Task, check_all, named};
use crate::command::{Error, Exit, Io, Monitor, Timings, today};

/// Check figures, references and prose of report projects.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folders of projects
    #[arg(default_value = ".", value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write a further form to a file, such as `sarif=check.sarif`; can be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_written)]
    pub write: Vec<Written>,
    /// Run the strict rules too
    #[arg(long)]
    pub strict: bool,
    /// Bind figures in prose that come from exactly one fact; no figure is changed
    #[arg(long)]
    pub fix: bool,
    /// Exit with 1 from this severity on
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// File that records findings which do not count
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Record what is found now in the baseline
    #[arg(long, requires = "baseline")]
    pub create_baseline: bool,
    /// Take findings that are gone out of the baseline; none is added
    #[arg(long, requires = "baseline", conflicts_with = "create_baseline")]
    pub update_baseline: bool,
    /// List in text what is accepted or in the baseline too
    #[arg(long)]
    pub accepted: bool,
    /// Day for which suppressions hold, as YYYY-MM-DD; today by default
    #[arg(long, value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Folder or evidence bundle of the report before, in place of the one that `report.yaml` names
    #[arg(long, value_name = "DIR")]
    pub prior: Option<PathBuf>,
    /// Print how long each phase took
    #[arg(long)]
    pub timings: bool,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One object for programs
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// JUnit XML
    Junit,
    /// Annotations of GitHub
    Github,
}

/// A further output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Form.
    pub format: Format,
    /// File.
    pub path: PathBuf,
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

impl FailOn {
    fn least(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let tier = if args.strict { Tier::Strict } else { Tier::Default };
    let mut ledger = open_ledger(args)?;
    let projects = named(&args.dirs, args.prior.as_deref())?;
    let task = Task {
        tier,
        as_of: args.as_of.unwrap_or_else(today),
        prior: args.prior.as_deref(),
        fix: args.fix,
    };
    let mut monitor = Monitor::new(Timings::from(args.timings));
    let mut results = monitor.run(io, |watch| check_all(&projects, &task, watch))?;
    let mut comparisons = Vec::new();
    for (project, result) in projects.iter().zip(&mut results) {
        let compared = match (&mut ledger, &project.disk, result) {
            (Some(ledger), Ok(disk), Ok(found)) => {
                ledger.compare(disk.root(), &mut found.loaded, tier)?
            }
            _ => Comparison::default(),
        };
        comparisons.push(compared);
    }
    let checked: Vec<Checked<'_>> = projects
        .iter()
        .zip(&results)
        .zip(&comparisons)
        .map(|((project, result), compared)| Checked {
            name: project.name.clone(),
            base: project.base.clone(),
            outcome: outcome(result, compared),
        })
        .collect();
    let least = args.fail_on.least();
    let exit = exit(&checked, least);
    let run = Run {
        projects: checked,
        least,
        tier,
        code: exit.code(),
        wording: &io.interface.wording,
        baseline: ledger.as_ref().map(|ledger| ledger.name.clone()),
    };
    tell(&run, &results, io)?;
    let text = rendered(args.format, args, &run, io);
    let nothing_read = run.unreadable() == run.projects.len();
    // An object without findings would look as if all were fine.
    if !(nothing_read && args.format == Format::Json) {
        write!(io.out, "{text}")?;
    }
    if matches!(args.format, Format::Text | Format::Github) {
        summarize(&run, io)?;
    }
    for written in &args.write {
        write_beside(&written.path, rendered(written.format, args, &run, io).as_bytes())?;
    }
    if let Some(ledger) = &ledger {
        for phrase in &ledger.said {
            let line = io.say(phrase);
            writeln!(io.err, "{line}")?;
        }
        ledger.close()?;
    }
    monitor.report(io)?;
    // The program ends here: to take reports apart piece by piece would be for nothing.
    std::mem::forget(results);
    Ok(exit)
}

fn open_ledger(args: &Args) -> Result<Option<Ledger>, Error> {
    let upkeep = match (args.create_baseline, args.update_baseline) {
        (true, _) => Upkeep::Create,
        (_, true) => Upkeep::Update,
        (false, false) => Upkeep::Compare,
    };
    args.baseline.as_deref().map(|path| Ledger::open(path, upkeep)).transpose()
}

fn outcome<'a>(
    result: &'a Result<Found, Error>,
    compared: &'a Comparison,
) -> Result<Outcome<'a>, Phrase> {
    match result {
        Ok(found) => Ok(Outcome {
            judged: &found.loaded.judged,
            sources: &found.loaded.sources,
            gone: &compared.gone,
        }),
        Err(error) => Err(error.phrase()),
    }
}

fn exit(checked: &[Checked<'_>], least: Severity) -> Exit {
    let fails = |project: &Checked<'_>| {
        project.outcome.as_ref().is_ok_and(|outcome| outcome.judged.fails(least))
    };
    if checked.iter().any(|project| project.outcome.is_err()) {
        Exit::Incomplete
    } else if checked.iter().any(fails) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// Says what could not be read and what was changed.
fn tell(run: &Run<'_>, results: &[Result<Found, Error>], io: &mut Io<'_>) -> Result<(), Error> {
    let several = run.projects.len() > 1;
    for (project, result) in run.projects.iter().zip(results) {
        let said = match (&project.outcome, result) {
            (Err(fault), _) if several => {
                say!("error: {message}", message = project.told(fault))
            }
            (Err(fault), _) => say!("error: {message}", message = fault),
            (Ok(_), Ok(Found { fixed: Some(fixed), .. })) => say!(
                "bound {figures} figures in {files} files",
                figures = fixed.figures,
                files = fixed.files
            ),
            (Ok(_), _) => continue,
        };
        let line = io.say(&said);
        writeln!(io.err, "{line}")?;
    }
    Ok(())
}

/// How many findings there are: of each project where there are several, and of all.
fn summarize(run: &Run<'_>, io: &mut Io<'_>) -> Result<(), Error> {
    let mut lines = Vec::new();
    for project in &run.projects {
        let Ok(outcome) = &project.outcome else { continue };
        let counts = summary(outcome.judged);
        lines.push(match run.projects.len() {
            1 => counts,
            _ => say!("{name}: {counts}", name = project.name, counts),
        });
    }
    if run.projects.len() > 1 {
        let counts = counts(|severity| run.count(severity));
        let line = say!("{n} projects: {counts}", n = run.projects.len(), counts);
        lines.push(match run.unreadable() {
            0 => line,
            unreadable => say!("{line}, {unreadable} not read", line, unreadable),
        });
    }
    for line in lines {
        let line = io.say(&line);
        writeln!(io.err, "{line}")?;
    }
    Ok(())
}

/// The findings in a form.
fn rendered(format: Format, args: &Args, run: &Run<'_>, io: &Io<'_>) -> String {
    match format {
        Format::Text => text(args, run, io),
        Format::Json => format!("{:#}\n", run_json(run)),
        Format::Sarif => format!("{:#}\n", run_sarif(run)),
        Format::Junit => run_junit(run),
        Format::Github => run_annotations(run),
    }
}

fn text(args: &Args, run: &Run<'_>, io: &Io<'_>) -> String {
    let mut text = String::new();
    for project in &run.projects {
        let Ok(outcome) = &project.outcome else { continue };
        let mut own = to_text(outcome.judged, outcome.sources, io.colour, run.wording);
        if args.accepted {
            let lines = outcome.not_counted(run.wording);
            own.extend(lines.iter().map(|line| format!("{line}\n\n")));
        }
        if run.projects.len() > 1 && !own.is_empty() {
            text.push_str(&format!("── {}\n\n", project.name));
        }
        text.push_str(&own);
    }
    text
}

/// Reads a date given as an argument.
pub fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a date as YYYY-MM-DD".to_owned())
}

/// Reads a further output: a form and a file.
fn parse_written(text: &str) -> Result<Written, String> {
    let fault = || "expected a form and a file, such as sarif=check.sarif".to_owned();
    let (format, path) = text.split_once('=').ok_or_else(fault)?;
    let format = Format::from_str(format, false).map_err(|_| fault())?;
    if path.is_empty() {
        return Err(fault());
    }
    Ok(Written { format, path: PathBuf::from(path) })
}
