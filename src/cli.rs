//! The command line: what can be asked for, and who answers.

use clap::{Parser, Subcommand};

use crate::command::{
    Error, Exit, Io, build, bundle, check, conclude, explain, index, recalc, sample, schema, seal,
    verify,
};

/// Compiles sustainability reports: facts and prose in, checked and printed reports out.
#[derive(Debug, Parser)]
#[command(name = "esgreport", version, max_term_width = 100)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// Subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check figures, references and prose
    #[command(alias = "lint")]
    Check(check::Args),
    /// Print the report as PDF and HTML
    Build(build::Args),
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
    /// Explain a rule, a clause or a metric
    Explain(explain::Args),
    /// Print the JSON Schemas of project files
    Schema(schema::Args),
}

/// Runs a command and returns the exit code.
pub fn run(cli: &Cli, io: &mut Io<'_>) -> u8 {
    let result = match &cli.command {
        Command::Check(args) => check::run(args, io),
        Command::Build(args) => build::run(args, io),
        Command::Bundle(args) => bundle::run(args, io),
        Command::Verify(args) => verify::run(args, io),
        Command::Recalc(args) => recalc::run(args, io),
        Command::Sample(args) => sample::run(args, io),
        Command::Conclude(args) => conclude::run(args, io),
        Command::Seal(args) => seal::run(args, io),
        Command::Index(args) => index::run(args, io),
        Command::Explain(args) => explain::run(args, io),
        Command::Schema(args) => schema::run(args, io),
    };
    finish(result, io)
}

fn finish(result: Result<Exit, Error>, io: &mut Io<'_>) -> u8 {
    match result {
        Ok(exit) => exit.code(),
        Err(error) => {
            // Nothing is left to be done if the standard error is closed.
            let _ = writeln!(io.err, "error: {error}");
            2
        }
    }
}
