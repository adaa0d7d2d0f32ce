//! The command line: what can be asked for, and who answers.

mod fault;
mod help;
mod shells;

use std::ffi::OsString;

use clap::{Parser, Subcommand, ValueEnum};

use crate::command::{
    Error, Exit, Io, build, bundle, check, conclude, diff, explain, facts, import, index, init,
    language, lsp, recalc, sample, schema, seal, serve, translate, verify,
};
use crate::diag::say;
use crate::emit::Interface;
use crate::locale::Lang;
use crate::source::FileError;

pub use self::fault::{Refusal, failed};
pub use self::help::{command, keys};

/// Compiles sustainability reports: facts and prose in, checked and printed reports out.
#[derive(Debug, Parser)]
#[command(name = "esgreport", version, max_term_width = 100)]
pub struct Cli {
    /// Language of messages and helps; that of the locale if not given
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub ui: Option<Ui>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// Languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ui {
    /// English
    En,
    /// Chinese
    Zh,
}

/// Subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a new report project, or last year's for the next year
    Init(init::Args),
    /// Check figures, references and prose
    #[command(alias = "lint")]
    Check(check::Args),
    /// Print the report as PDF and HTML
    Build(build::Args),
    /// Show the report in a browser, and again after each change
    Serve(serve::Args),
    /// Write the evidence bundle for assurance
    Bundle(bundle::Args),
    /// Check an evidence bundle or a printed PDF
    Verify(verify::Args),
    /// Compute every derived figure of a bundle again
    Recalc(recalc::Args),
    /// Draw a reproducible sample from a bundle
    Sample(sample::Args),
    /// Put an auditor's conclusions into the project
    Conclude(conclude::Args),
    /// Record what was approved, or lift the seal
    Seal(seal::Args),
    /// Show coverage and gaps of a framework
    Index(index::Args),
    /// Show what changed between two projects, and whether it is explained
    Diff(diff::Args),
    /// Explain a rule, a clause, a metric or a unit
    Explain(explain::Args),
    /// List, filter and export figures, or write workbooks that collect new ones
    Facts(facts::Args),
    /// Take figures from a filled workbook or a CSV file into the project
    Import(import::Args),
    /// Print the JSON Schemas of project files
    Schema(schema::Args),
    /// Write converted narratives for review
    Translate(translate::Args),
    /// Serve editors over the standard streams
    Lsp(lsp::Args),
    /// Print a script that completes commands and options
    Completions(shells::Completions),
    /// Write the manual pages
    Man(shells::Manual),
}

/// Reads the words of the interface: in the language that the arguments ask for, or else in that
/// of the locale.
pub fn interface(arguments: &[OsString]) -> Result<Interface, FileError> {
    Interface::read(asked(arguments).unwrap_or_else(language))
}

/// The language that arguments ask for. They are read before all others, since what is said of the
/// others, and the helps, are in that language already.
fn asked(arguments: &[OsString]) -> Option<Lang> {
    let mut words = arguments.iter().filter_map(|word| word.to_str()).take_while(|w| *w != "--");
    let value = words.find_map(|word| match word.strip_prefix("--ui") {
        Some("") => Some(None),
        Some(rest) => rest.strip_prefix('=').map(Some),
        None => None,
    })?;
    let value = value.or_else(|| words.next())?;
    match Ui::from_str(value, false).ok()? {
        Ui::En => Some(Lang::En),
        Ui::Zh => Some(Lang::ZhHans),
    }
}

/// Reads the arguments of the program, the first of which is its name.
pub fn parse(arguments: &[OsString], interface: &Interface) -> Result<Cli, Refusal> {
    let read = command(interface).try_get_matches_from(arguments);
    let cli = read.and_then(|matches| <Cli as clap::FromArgMatches>::from_arg_matches(&matches));
    cli.map_err(|error| Refusal::new(error, interface))
}

/// Runs a command and returns the exit code.
pub fn run(cli: &Cli, io: &mut Io<'_>) -> u8 {
    let result = match &cli.command {
        Command::Init(args) => init::run(args, io),
        Command::Check(args) => check::run(args, io),
        Command::Build(args) => build::run(args, io),
        Command::Serve(args) => serve::run(args, io),
        Command::Bundle(args) => bundle::run(args, io),
        Command::Verify(args) => verify::run(args, io),
        Command::Recalc(args) => recalc::run(args, io),
        Command::Sample(args) => sample::run(args, io),
        Command::Conclude(args) => conclude::run(args, io),
        Command::Seal(args) => seal::run(args, io),
        Command::Index(args) => index::run(args, io),
        Command::Diff(args) => diff::run(args, io),
        Command::Explain(args) => explain::run(args, io),
        Command::Facts(args) => facts::run(args, io),
        Command::Import(args) => import::run(args, io),
        Command::Schema(args) => schema::run(args, io),
        Command::Translate(args) => translate::run(args, io),
        Command::Lsp(args) => lsp::run(args, io),
        Command::Completions(args) => shells::completions(args, io),
        Command::Man(args) => shells::manual(args, io),
    };
    finish(result, io)
}

fn finish(result: Result<Exit, Error>, io: &mut Io<'_>) -> u8 {
    match result {
        Ok(exit) => exit.code(),
        Err(error) => {
            let line = io.say(&say!("error: {message}", message = error.phrase()));
            // Nothing is left to be done if the standard error is closed.
            let _ = writeln!(io.err, "{line}");
            2
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let asked = |words: &[&str]| {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            super::asked(&words)
        };
        assert_eq!(asked(&["esgreport", "--ui", "zh", "check"]), Some(Lang::ZhHans));
        assert_eq!(asked(&["esgreport", "check", "--ui=en"]), Some(Lang::En));
        assert_eq!(asked(&["esgreport", "check", "--ui"]), None);
        assert_eq!(asked(&["esgreport", "check", "--ui", "fr"]), None);
        assert_eq!(asked(&["esgreport", "check", "--", "--ui", "zh"]), None);
    }
}
