//! `sample`: a sample of a bundle that anybody can draw again.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::bundle::{
    Chance, Drawn, Method, Population, Sample, digits, of_evidence, of_metric, of_report,
};
use crate::diag::{Phrase, say};
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
            Err(say!("--method mus needs records in one unit: name --metric or --evidence"))
        }
        (None, None) => Ok(of_report(report)),
    };
    let population = population.map_err(Error::Argument)?;
    let method = match args.method {
        MethodName::Mus => Method::Mus,
        MethodName::Random => Method::Random,
    };
    let sample = population
        .draw(method, args.size as usize, args.seed)
        .map_err(|fault| Error::Argument(fault.told()))?;
    let digest = opened.digest().unwrap_or_default();
    let mut lines = vec![say!("bundle {digest}", digest)];
    lines.extend(head(args, &population, &sample));
    for line in &lines {
        let line = io.say(line);
        writeln!(io.out, "{line}")?;
    }
    for one in &sample.drawn {
        let mark = mark(one).map(|mark| format!("\t{}", io.say(&mark)));
        let mark = mark.unwrap_or_default();
        writeln!(io.out, "{}\t{}\t{}{mark}", one.number, one.record.name, one.record.text)?;
    }
    Ok(Exit::Clean)
}

/// What the sample was drawn from, how, and what is no part of it.
fn head(args: &Args, population: &Population, sample: &Sample) -> Vec<Phrase> {
    let (hash, title, count) = (population.hash(), &population.title, population.records.len());
    let mut lines = vec![say!("population {hash}: {title}, {count} records", hash, title, count)];
    let (size, seed) = (args.size, args.seed);
    let Some(steps) = &sample.steps else {
        lines.push(say!("method random, size {size}, seed {seed}", size, seed));
        return lines;
    };
    let (total, interval) = (plain(steps.total), digits(steps.interval));
    lines.push(say!(
        "method mus, size {size}, seed {seed}, total {total}, interval {interval}",
        size,
        seed,
        total,
        interval
    ));
    let (count, sum) = (steps.negative.0, plain(steps.negative.1));
    if count > 0 {
        lines.push(say!(
            "not drawn from: {count} records below zero with a sum of {sum}; examine them apart",
            count,
            sum
        ));
    }
    let count = steps.zero;
    if count > 0 {
        lines.push(say!(
            "not drawn from: {count} records of zero, which no unit leads to; draw from them at random",
            count
        ));
    }
    lines
}

/// What is said of a record that was drawn: how often, and whether it had to be.
fn mark(drawn: &Drawn) -> Option<Phrase> {
    let hits = drawn.hits;
    match (drawn.chance, hits) {
        (Chance::Drawn, 1) => None,
        (Chance::Drawn, _) => Some(say!("drawn {hits} times", hits)),
        (Chance::Certain, 1) => Some(say!("certain: it reaches the interval")),
        (Chance::Certain, _) => {
            Some(say!("certain: it reaches the interval, drawn {hits} times", hits))
        }
    }
}

fn parse_filter(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').ok_or("expected COLUMN=TEXT")?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}
