//! `facts --collect`: workbooks that go out to those who know the figures.

use std::collections::BTreeMap;

use crate::content::Metric;
use crate::diag::say;
use crate::emit::{Collection, Selection, owners_of, topic_of};
use crate::locale::Lang;
use crate::report::Report;
use crate::source::{Disk, Embedded, Overlay, shown, write_beside};
use crate::view::Words;

use crate::command::facts::{Args, By, Format, selection};
use crate::command::{Error, Exit, Io, Loaded};

/// Writes a workbook for each topic or owner. Nothing is written before all have been made.
pub fn collect(
    args: &Args,
    by: By,
    loaded: &Loaded,
    report: &Report,
    langs: &[Lang],
    io: &mut Io<'_>,
) -> Result<Exit, Error> {
    let year = match args.year.as_slice() {
        [] => report.year(),
        [year] => *year,
        _ => {
            return Err(Error::Argument(say!(
                "figures are collected for one year; name one `--year`"
            )));
        }
    };
    let (Some(folder), Format::Xlsx | Format::Table) = (&args.out, args.format) else {
        return Err(Error::Argument(say!("`--collect` writes workbooks into a folder: `-o DIR`")));
    };
    let disk = Disk::open(&args.project)?;
    let overlay = Overlay::new(&disk, &Embedded);
    let mut words = Vec::new();
    for lang in langs {
        words.push((*lang, Words::of_workbooks(&overlay, *lang)?));
    }
    let collection = Collection::new(report, &loaded.sources, &words, year);
    let parts = parts(report, loaded, &selection(args), by);
    if parts.is_empty() {
        let line = io.say(&say!("no metric fits"));
        writeln!(io.err, "{line}")?;
        return Ok(Exit::Findings);
    }
    let mut files = Vec::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (part, metrics) in &parts {
        let title = |words: &Words| {
            let key = if by == By::Topic { "part.topic" } else { "part.owner" };
            match part {
                Some(part) => words.get(key).replace("{part}", part),
                None => words.get("part.none"),
            }
        };
        let titles: Vec<String> = words.iter().map(|(_, words)| title(words)).collect();
        let bytes = collection
            .workbook(metrics, &titles)
            .ok_or_else(|| Error::Print(say!("the figures are too many for a workbook")))?;
        let name = file_name(part.as_deref().unwrap_or("no-owner"));
        // Two parts may differ in what no file name can hold.
        let count = names.entry(name.to_lowercase()).or_default();
        *count += 1;
        let name = if *count == 1 { name } else { format!("{name}-{count}") };
        files.push((folder.join(format!("{name}.xlsx")), bytes));
    }
    for (path, bytes) in &files {
        write_beside(path, bytes)?;
        writeln!(io.out, "{}", shown(path))?;
    }
    Ok(Exit::Clean)
}

/// Metrics by what their workbook is for, in the order of the project; those without an owner last.
fn parts<'r>(
    report: &'r Report,
    loaded: &Loaded,
    selection: &Selection,
    by: By,
) -> Vec<(Option<String>, Vec<&'r Metric>)> {
    let mut parts: Vec<(Option<String>, Vec<&Metric>)> = Vec::new();
    for metric in &report.content.metrics {
        if !selection.takes(report, &loaded.sources, metric) {
            continue;
        }
        // The first owner keeps the figure: two workbooks with one cell would contradict each other.
        let part = match by {
            By::Topic => Some(topic_of(metric, &loaded.sources).to_owned()),
            By::Owner => owners_of(report, metric).into_iter().next(),
        };
        match parts.iter_mut().find(|(other, _)| *other == part) {
            Some((_, metrics)) => metrics.push(metric),
            None => parts.push((part, vec![metric])),
        }
    }
    parts.sort_by_key(|(part, _)| part.is_none());
    parts
}

/// A name that every file system takes.
fn file_name(part: &str) -> String {
    let fits = |c: char| {
        !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    let name: String = part.chars().map(|c| if fits(c) { c } else { '-' }).take(80).collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if name.is_empty() { "figures".to_owned() } else { name.to_owned() }
}
