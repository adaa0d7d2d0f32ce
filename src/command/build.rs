//! `build`: the report as PDF and HTML.

use std::path::{Path, PathBuf};
use std::thread;

use clap::{Args as ClapArgs, ValueEnum};

use crate::diag::{Phrase, Severity, say};
use crate::emit::{attached_json, counted, summary, to_text};
use crate::lint::Tier;
use crate::locale::{Date, Lang};
use crate::proof::{prove_html, prove_pdf};
use crate::render::{OtherLanguage, html, pdf, typst_files};
use crate::report::Report;
use crate::source::{Disk, Embedded, Files, Overlay, write_beside};
use crate::view::{self, Purpose, Theme, View, Words};

use crate::command::check::parse_date;
use crate::command::{Error, Exit, Io, Options, load, today};

/// Print the report as PDF and HTML.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Language: zh (the first Chinese one), zh-Hans, zh-Hant, en, or all
    #[arg(long, default_value = "all")]
    pub lang: String,
    /// Formats
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Format::Pdf, Format::Html])]
    pub format: Vec<Format>,
    /// Folder that the report is written to
    #[arg(short, long, default_value = "out")]
    pub out: PathBuf,
    /// Build in spite of errors, with a mark on every page
    #[arg(long)]
    pub draft: bool,
    /// Write the source that plain Typst compiles too
    #[arg(long, value_enum)]
    pub emit: Option<Emit>,
    /// Day for which suppressions hold, as YYYY-MM-DD; today by default
    #[arg(long, value_parser = parse_date)]
    pub as_of: Option<Date>,
}

/// Formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// PDF/A-3a and PDF/UA-1
    Pdf,
    /// One self-contained file
    Html,
}

/// What else is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Emit {
    /// Templates, data and drawings
    Typst,
}

/// A file that will be written.
struct Output {
    path: PathBuf,
    bytes: Vec<u8>,
    pages: Option<usize>,
    warnings: Vec<String>,
}

/// Runs the command. Nothing is written before everything has been printed.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let disk = Disk::open(&args.dir)?;
    let options = Options { tier: Tier::Default, as_of: args.as_of.unwrap_or_else(today) };
    let loaded = load(&disk, options)?;
    let errors = loaded.judged.count(Severity::Error);
    if !loaded.judged.findings.is_empty() {
        write!(
            io.err,
            "{}",
            to_text(&loaded.judged, &loaded.sources, io.colour, &io.interface.wording)
        )?;
        let summary = io.say(&summary(&loaded.judged));
        writeln!(io.err, "{summary}")?;
    }
    let Some(report) = loaded.report.as_ref() else {
        let message = io.say(&say!("not built: `report.yaml` cannot be read"));
        writeln!(io.err, "{message}")?;
        return Ok(Exit::Findings);
    };
    if errors > 0 && !args.draft {
        let message = say!(
            "not built: {errors}; correct them, or mark a draft with --draft",
            errors = counted(Severity::Error, errors)
        );
        let message = io.say(&message);
        writeln!(io.err, "{message}")?;
        return Ok(Exit::Findings);
    }
    let langs = languages(&args.lang, report)?;
    let overlay = Overlay::new(&disk, &Embedded);
    let theme = Theme::read(&overlay)?;
    let purpose = if args.draft { Purpose::Draft } else { Purpose::Publication };
    let outputs = print(args, report, &langs, &overlay, &theme, purpose)?;
    for output in &outputs {
        for warning in &output.warnings {
            let line = io.say(&say!("warning: {message}", message = warning.trim()));
            writeln!(io.err, "{line}")?;
        }
        write_beside(&output.path, &output.bytes)?;
        match output.pages {
            Some(pages) => {
                let path = output.path.display().to_string();
                let line = io.say(&say!("{path} ({pages} pages)", path, pages));
                writeln!(io.out, "{line}")?;
            }
            None => writeln!(io.out, "{}", output.path.display())?,
        }
    }
    Ok(Exit::Clean)
}

/// The languages that an argument names, of those that the report has.
fn languages(wanted: &str, report: &Report) -> Result<Vec<Lang>, Error> {
    let has = &report.content.head.languages;
    let found: Vec<Lang> = match wanted {
        "all" => has.clone(),
        "zh" => has.iter().copied().filter(|lang| lang.is_chinese()).take(1).collect(),
        tag => has.iter().copied().filter(|lang| lang.tag() == tag).collect(),
    };
    if found.is_empty() {
        let tags: Vec<&str> = has.iter().map(|lang| lang.tag()).collect();
        let message = say!(
            "the report has no language `{wanted}`; it has {tags}",
            wanted,
            tags = Phrase::list(tags)
        );
        return Err(Error::Argument(message));
    }
    Ok(found)
}

/// Prints every language in every format, each on a thread of its own.
fn print(
    args: &Args,
    report: &Report,
    langs: &[Lang],
    files: &Overlay<'_>,
    theme: &Theme,
    purpose: Purpose,
) -> Result<Vec<Output>, Error> {
    let mut views = Vec::new();
    for &lang in langs {
        let words = Words::read(files, lang)?;
        views.push((lang, view::build(report, lang, &words, theme, purpose)));
    }
    let jobs = Jobs { args, report, theme, files, langs };
    let printed = thread::scope(|scope| {
        let mut threads = Vec::new();
        for (lang, view) in &views {
            for format in &args.format {
                let jobs = &jobs;
                threads.push(scope.spawn(move || jobs.one(*lang, view, *format)));
            }
        }
        let joined = threads.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| Err(Error::Print(say!("printing ended unexpectedly"))))
        });
        joined.collect::<Result<Vec<Output>, Error>>()
    });
    let mut outputs = printed?;
    if args.emit == Some(Emit::Typst) {
        for (lang, view) in &views {
            outputs.extend(jobs.typst(*lang, view)?);
        }
    }
    Ok(outputs)
}

/// Faults of a finished file that are told.
const TOLD: usize = 10;

/// Refuses a finished file that does not hold what the report promises.
fn proven(name: &str, faults: &[String]) -> Result<(), Error> {
    if faults.is_empty() {
        return Ok(());
    }
    let told: Vec<&str> = faults.iter().take(TOLD).map(String::as_str).collect();
    let count = faults.len().to_string();
    Err(Error::Print(say!(
        "{name} does not hold what the report says, {count} faults: {faults}",
        name,
        count,
        faults = format!("\n  {}", told.join("\n  "))
    )))
}

struct Jobs<'a> {
    args: &'a Args,
    report: &'a Report,
    theme: &'a Theme,
    files: &'a Overlay<'a>,
    langs: &'a [Lang],
}

impl Jobs<'_> {
    fn one(&self, lang: Lang, view: &View, format: Format) -> Result<Output, Error> {
        let fault = |error: crate::render::RenderFault| Error::Print(error.to_string().into());
        let files: &dyn Files = self.files;
        match format {
            Format::Pdf => {
                let facts = self.attached(view);
                let printed = pdf(view, self.theme, &facts, files).map_err(fault)?;
                let faults =
                    prove_pdf(view, &printed.bytes).map_err(|fault| Error::Print(fault.into()))?;
                proven(&format!("report.{lang}.pdf"), &faults)?;
                Ok(Output {
                    path: self.path(&format!("report.{lang}.pdf")),
                    bytes: printed.bytes,
                    pages: Some(printed.pages),
                    warnings: printed.warnings,
                })
            }
            Format::Html => {
                let others = self.langs.iter().filter(|other| **other != lang);
                let others: Vec<OtherLanguage> = others
                    .map(|other| OtherLanguage {
                        lang: other.tag().to_owned(),
                        name: other.own_name().to_owned(),
                        href: format!("report.{other}.html"),
                    })
                    .collect();
                let text = html(view, self.theme, &others, files).map_err(fault)?;
                proven(&format!("report.{lang}.html"), &prove_html(view, &text))?;
                Ok(Output {
                    path: self.path(&format!("report.{lang}.html")),
                    bytes: text.into_bytes(),
                    pages: None,
                    warnings: Vec::new(),
                })
            }
        }
    }

    fn typst(&self, lang: Lang, view: &View) -> Result<Vec<Output>, Error> {
        let found = typst_files(view, self.theme, &self.attached(view), self.files)
            .map_err(|error| Error::Print(error.to_string().into()))?;
        let outputs = found.into_iter().map(|(path, bytes)| Output {
            path: self.path(&format!("typst.{lang}{path}")),
            bytes,
            pages: None,
            warnings: Vec::new(),
        });
        Ok(outputs.collect())
    }

    /// The facts that are attached to a PDF.
    fn attached(&self, view: &View) -> Vec<u8> {
        serde_json::to_vec_pretty(&attached_json(self.report, view)).unwrap_or_default()
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::new(&self.args.out).join(name)
    }
}
