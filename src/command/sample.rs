//! `sample`: a sample of a bundle that anybody can draw again.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::bundle::{Method, of_evidence, of_metric, of_report};
use crate::quantity::plain;

use crate::command::recalc::{inputs, opened, report};
use crate::command::{Error, Exit, Io};

/// Draw a reproducible sample from a bundle.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The bundle
    pub file: PathBuf,
    /// How records are drawn
    #[arg(long, value_enum)]
    pub method: MethodName,
    /// Number of draws
    #[arg(long)]
    pub size: u32,
    /// Seed of the draws
    #[arg(long)]
    pub seed: u64,
    /// Draw from the members of a breakdown of this metric
    #[arg(long, conflicts_with = "evidence")]
    pub metric: Option<String>,
    /// The breakdown, where the first that adds up is not meant
    #[arg(long, requires = "metric")]
    pub by: Option<String>,
    /// Draw from the rows of this evidence item's CSV file
    #[arg(long)]
    pub evidence: Option<String>,
    /// Column of the values
    #[arg(long, default_value = "value")]
    pub column: String,
    /// Rows alone in which a column has this text, as COLUMN=TEXT
    #[arg(long = "where", value_parser = parse_filter, requires = "evidence")]
    pub filters: Vec<(String, String)>,
}

/// How records are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodName {
    /// In proportion to their value (monetary unit sampling)
    Mus,
    /// Each as likely as any other, without replacement
    Random,
}

/// Runs the command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let opened = opened(&args.file)?;
    let loaded = inputs(&opened)?;
    let report = report(&loaded)?;
    let population = match (&args.evidence, &args.metric) {
        (Some(id), _) => of_evidence(report, &opened.inputs(), id, &args.column, &args.filters),
        (None, Some(id)) => of_metric(report, id, args.by.as_deref()),
        // Figures in different units have no common value to draw by.
        (None, None) if args.method == MethodName::Mus => {
            Err("--method mus needs records in one unit: name --metric or --evidence".into())
        }
        (None, None) => Ok(of_report(report)),
    };
    let population = population.map_err(|why| Error::Argument(why.into()))?;
    let (method, name) = match args.method {
        MethodName::Mus => (Method::Mus, "mus"),
        MethodName::Random => (Method::Random, "random"),
    };
    let drawn = population
        .draw(method, args.size as usize, args.seed)
        .map_err(|fault| Error::Argument(fault.to_string().into()))?;
    writeln!(io.out, "bundle {}", opened.digest().unwrap_or_default())?;
    let title = &population.title;
    write!(
        io.out,
        "population {}: {title}, {} records",
        population.hash(),
        population.records.len()
    )?;
    match population.total().filter(|_| method == Method::Mus) {
        Some(total) => writeln!(io.out, ", total {}", plain(total))?,
        None => writeln!(io.out)?,
    }
    writeln!(io.out, "method {name}, size {}, seed {}", args.size, args.seed)?;
    for one in &drawn {
        let hits =
            if one.hits == 1 { String::new() } else { format!(" (drawn {} times)", one.hits) };
        writeln!(io.out, "{}\t{}\t{}{hits}", one.number, one.record.name, one.record.text)?;
    }
    Ok(Exit::Clean)
}

fn parse_filter(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').ok_or("expected COLUMN=TEXT")?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}
