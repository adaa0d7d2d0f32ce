//! `seal`: what was approved, so that a later change is noticed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use crate::content::Seal;
use crate::diag::{Severity, say};
use crate::lint::Tier;
use crate::locale::Date;
use crate::report::{Report, seal_digest};
use crate::source::{Disk, write_beside};

use crate::command::assembly::refuse_draft;
use crate::command::check::parse_date;
use crate::command::{Error, Exit, Io, Options, load, today};

/// Record what was approved, or lift the seal with a reason.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Who approves, or lifts the seal
    #[arg(long)]
    pub by: String,
    /// Day of it, as YYYY-MM-DD; today by default
    #[arg(long, value_parser = parse_date)]
    pub on: Option<Date>,
    /// Lift the seal
    #[arg(long, requires = "reason")]
    pub lift: bool,
    /// Why it is lifted
    #[arg(long, requires = "lift")]
    pub reason: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let disk = Disk::open(&args.dir)?;
    let loaded = load(&disk, Options { tier: Tier::Default, as_of: today() })?;
    let report = loaded.report.as_ref();
    let report = report.ok_or_else(|| {
        Error::Argument(say!("`report.yaml` cannot be read; `esgreport check` says why"))
    })?;
    let day = args.on.unwrap_or_else(today);
    let filled = |text: &str| !text.trim().is_empty();
    if !filled(&args.by) || args.reason.as_deref().is_some_and(|reason| !filled(reason)) {
        return Err(Error::Argument(say!("a name, and a reason, must say something")));
    }
    let text = match (report.seal(), &args.reason) {
        (None, Some(_)) => return Err(Error::Argument(say!("there is no seal to lift"))),
        (Some(seal), None) => {
            let digest = short(&seal.digest.value);
            let message = say!(
                "the report is sealed ({digest}); lift the seal with a reason before a new one",
                digest
            );
            return Err(Error::Argument(message));
        }
        (Some(_), Some(reason)) => lifted(report, &args.by, day, reason),
        (None, None) => {
            if loaded.judged.count(Severity::Error) > 0 {
                return io.refused(&loaded, &say!("not sealed: correct the errors first"));
            }
            refuse_draft(report)?;
            let (text, digest) = sealed(report, &args.by, day);
            let line = io.say(&say!("sealed {digest}", digest));
            writeln!(io.out, "{line}")?;
            text
        }
    };
    write_beside(&Path::new(&args.dir).join("seal.yaml"), text.as_bytes())?;
    if args.lift {
        let line = io.say(&say!("the seal is lifted"));
        writeln!(io.out, "{line}")?;
    }
    Ok(Exit::Clean)
}

fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

const HEAD: &str = "# Written by `esgreport seal`. What was approved; a later change is an error until the seal is lifted.\nseals:\n";

/// The file with a seal over the report as it is now.
fn sealed(report: &Report, by: &str, on: Date) -> (String, String) {
    let files = &report.content.checksums;
    let figures = report.sealed_figures();
    let files_of = || files.iter().map(|(path, sum)| (path.as_str(), sum.value.as_str()));
    let figures_of = || figures.iter().map(|(name, figure)| (name.as_str(), figure.text.as_str()));
    let digest = seal_digest(files_of(), figures_of());
    let mut text = String::from(HEAD);
    report.content.seals.iter().for_each(|seal| push_old(seal, &mut text));
    push_head(by, &on.to_string(), &digest, &mut text);
    let mut push = |key: &str, pairs: &mut dyn Iterator<Item = (&str, &str)>| {
        let _ = writeln!(text, "    {key}:");
        for (name, value) in pairs {
            let _ = writeln!(text, "      {}: {}", quoted(name), quoted(value));
        }
    };
    push("files", &mut files_of());
    push("figures", &mut figures_of());
    (text, digest)
}

/// The file with the last seal lifted: its digest stays, what it held is no longer needed.
fn lifted(report: &Report, by: &str, on: Date, reason: &str) -> String {
    let mut text = String::from(HEAD);
    let seals = &report.content.seals;
    for (at, seal) in seals.iter().enumerate() {
        push_old(seal, &mut text);
        if at + 1 == seals.len() {
            let _ = writeln!(
                text,
                "    unsealed: {{by: {}, on: {on}, reason: {}}}",
                quoted(by),
                quoted(reason)
            );
        }
    }
    text
}

fn push_old(seal: &Seal, text: &mut String) {
    let on = seal.on.as_ref().map(|day| day.value.to_string()).unwrap_or_default();
    push_head(&seal.by, &on, &seal.digest.value, text);
    if let Some([by, on, reason]) = &seal.unsealed {
        let _ = writeln!(
            text,
            "    unsealed: {{by: {}, on: {on}, reason: {}}}",
            quoted(by),
            quoted(reason)
        );
    }
}

fn push_head(by: &str, on: &str, digest: &str, text: &mut String) {
    let _ = writeln!(text, "  - by: {}\n    on: {on}\n    digest: {digest}", quoted(by));
}

/// A text in double quotes, which YAML reads as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
