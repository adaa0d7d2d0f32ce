//! `build`: the report as PDF and HTML.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;

use clap::{Args as ClapArgs, ValueEnum};

use crate::diag::{Phrase, Severity, say};
use crate::emit::{attached_json, counted};
use crate::lint::Tier;
use crate::locale::{Date, Lang};
use crate::render::{Pdf, html_of_both, pdf_of, typst_files, typst_files_of_both};
use crate::report::Report;
use crate::source::{Disk, Embedded, Overlay, Recorder, Stamp, shown, write_beside};
use crate::view::{self, Purpose, Theme, View};

use crate::command::check::parse_date;
use crate::command::printing::{Press, Reports, bytes};
use crate::command::{
    Error, Exit, Io, Monitor, Options, Timings, Watch, completed, load_watched, today,
};

/// Print the report as PDF and HTML.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Language: zh (the first Chinese one), zh-Hans, zh-Hant, en, both (the prevailing one and
    /// another side by side), or all
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
    /// Print how long each phase took
    #[arg(long)]
    pub timings: bool,
}

/// Formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// PDF/A-3a and PDF/UA-1
    Pdf,
    /// One self-contained file with all languages
    Html,
}

/// What else is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Emit {
    /// Templates, data and drawings
    Typst,
}

/// The argument for two languages side by side, and the name of what it gives.
const BOTH: &str = "both";

/// A file that will be written.
struct Output {
    path: PathBuf,
    bytes: Vec<u8>,
    pages: Option<usize>,
    warnings: Vec<String>,
}

/// Runs the command. Nothing is written before everything has been printed.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let folder = Disk::open(&args.dir)?;
    let (before, disk) = (folder.stamps()?, Recorder::new(&folder));
    let options = Options { tier: Tier::Default, as_of: args.as_of.unwrap_or_else(today) };
    let also = (args.lang == Lang::ZhHant.tag()).then_some(Lang::ZhHant);
    let mut monitor = Monitor::new(Timings::from(args.timings));
    let loaded = monitor.run(io, |watch| load_watched(&disk, options, None, also, watch))??;
    let errors = loaded.judged.count(Severity::Error);
    if !loaded.judged.findings.is_empty() {
        io.told(&loaded)?;
    }
    let Some(report) = loaded.report.as_ref() else {
        let message = io.say(&say!("not built: `report.yaml` cannot be read"));
        writeln!(io.err, "{message}")?;
        return Ok(Exit::Findings);
    };
    let purpose = match args.draft || report.content.head.draft.is_some() {
        true => Purpose::Draft,
        false => Purpose::Publication,
    };
    if errors > 0 && purpose == Purpose::Publication {
        let message = say!(
            "not built: {errors}; correct them, or mark a draft with --draft",
            errors = counted(Severity::Error, errors)
        );
        let message = io.say(&message);
        writeln!(io.err, "{message}")?;
        return Ok(Exit::Findings);
    }
    let langs = languages(&args.lang, report)?;
    let outputs = monitor.run(io, |watch| {
        let traditional = match langs.contains(&Lang::ZhHant) {
            true => watch.phase(say!("completing traditional Chinese"), || completed(&disk))?,
            false => None,
        };
        let reports = Reports { written: report, traditional: traditional.as_ref() };
        print(args, purpose, &reports, &langs, &Overlay::new(&disk, &Embedded), watch)
    })??;
    unchanged(&before, &folder, &disk)?;
    write(&outputs, io)?;
    if purpose == Purpose::Draft && !args.draft {
        let line = io.say(&say!("printed as a draft, since `report.yaml` says `status: draft`"));
        writeln!(io.err, "{line}")?;
    }
    monitor.report(io)?;
    Ok(Exit::Clean)
}

/// Refuses to write what was printed from files of two states: one that was changed after another was
/// read. The languages would disagree, or a figure would not be the one that was checked.
fn unchanged(
    before: &BTreeMap<String, Stamp>,
    disk: &Disk,
    read: &Recorder<'_>,
) -> Result<(), Error> {
    let after = disk.stamps()?;
    match read.paths().into_iter().find(|path| before.get(path) != after.get(path)) {
        None => Ok(()),
        Some(path) => Err(Error::Print(say!(
            "`{path}` was changed while the report was built; nothing was written, build it again",
            path
        ))),
    }
}

/// Writes what was printed, and says what was written.
fn write(outputs: &[Output], io: &mut Io<'_>) -> Result<(), Error> {
    for output in outputs {
        for warning in &output.warnings {
            let line = io.say(&say!("warning: {message}", message = warning.trim()));
            writeln!(io.err, "{line}")?;
        }
        write_beside(&output.path, &output.bytes)?;
        match output.pages {
            Some(pages) => {
                let path = shown(&output.path);
                let line = io.say(&say!("{path} ({pages} pages)", path, pages));
                writeln!(io.out, "{line}")?;
            }
            None => writeln!(io.out, "{}", shown(&output.path))?,
        }
    }
    Ok(())
}

/// The languages that an argument names, of those that the report has.
fn languages(wanted: &str, report: &Report) -> Result<Vec<Lang>, Error> {
    let has = &report.content.head.languages;
    let found: Vec<Lang> = match wanted {
        "all" => has.clone(),
        BOTH => pair_of(has),
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

/// The prevailing language and English, or the second language where English prevails or is not
/// there.
fn pair_of(has: &[Lang]) -> Vec<Lang> {
    let Some((first, others)) = has.split_first() else { return Vec::new() };
    let english = others.iter().find(|lang| **lang == Lang::En);
    let second = english.or_else(|| others.first());
    second.map(|second| vec![*first, *second]).unwrap_or_default()
}

/// Prints the PDF of every language and the page of all, each on a thread of its own.
fn print(
    args: &Args,
    purpose: Purpose,
    reports: &Reports<'_>,
    langs: &[Lang],
    files: &Overlay<'_>,
    watch: &Watch,
) -> Result<Vec<Output>, Error> {
    let theme = &Theme::read(files)?;
    let press = Press { reports, theme, files, langs, watch };
    let views = press.views(purpose)?;
    let jobs = Jobs { args, press };
    if args.lang == BOTH {
        return jobs.both(views);
    }
    let printed = thread::scope(|scope| {
        let (jobs, views) = (&jobs, &views);
        let mut threads = Vec::new();
        if args.format.contains(&Format::Pdf) {
            let printing = |(lang, view)| scope.spawn(move || jobs.pdf_in(lang, view));
            threads.extend(views.iter().map(|(lang, view)| printing((*lang, view))));
        }
        if args.format.contains(&Format::Html) {
            threads.push(scope.spawn(|| jobs.page(views)));
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

struct Jobs<'a> {
    args: &'a Args,
    press: Press<'a>,
}

impl Jobs<'_> {
    fn pdf_in(&self, lang: Lang, view: &View) -> Result<Output, Error> {
        let printed = self.press.pdf(lang, view)?.pdf;
        Ok(self.pdf(&format!("report.{lang}.pdf"), printed))
    }

    fn page(&self, views: &[(Lang, View)]) -> Result<Output, Error> {
        Ok(Output {
            path: self.path(&self.press.page_name()),
            bytes: self.press.html(views)?.into_bytes(),
            pages: None,
            warnings: Vec::new(),
        })
    }

    fn pdf(&self, name: &str, printed: Pdf) -> Output {
        Output {
            path: self.path(name),
            bytes: printed.bytes,
            pages: Some(printed.pages),
            warnings: printed.warnings,
        }
    }

    /// Two languages side by side, in every format.
    fn both(&self, views: Vec<(Lang, View)>) -> Result<Vec<Output>, Error> {
        let fault = |error: crate::render::RenderFault| Error::Print(error.to_string().into());
        let mut views = views.into_iter().map(|(_, view)| view);
        let (Some(left), Some(right)) = (views.next(), views.next()) else {
            return Err(Error::Argument("the report has one language".into()));
        };
        let both = view::both(left, right);
        let Press { theme, files, .. } = self.press;
        let mut outputs = Vec::new();
        if self.args.emit == Some(Emit::Typst) {
            let found = typst_files_of_both(&both, theme, &self.attached(&both.left), files);
            outputs.extend(self.emitted(BOTH, found.map_err(fault)?));
        }
        if self.args.format.contains(&Format::Pdf) {
            let printed = self.press.marked("report.both.pdf", &both.left, |facts| {
                pdf_of(typst_files_of_both(&both, theme, facts, files)?, &both.left, BOTH)
            })?;
            outputs.push(self.pdf("report.both.pdf", printed.pdf));
        }
        if self.args.format.contains(&Format::Html) {
            let text = html_of_both(&both, theme, files).map_err(fault)?;
            outputs.push(Output {
                path: self.path("report.both.html"),
                bytes: text.into_bytes(),
                pages: None,
                warnings: Vec::new(),
            });
        }
        Ok(outputs)
    }

    fn typst(&self, lang: Lang, view: &View) -> Result<Vec<Output>, Error> {
        let Press { theme, files, .. } = self.press;
        let found = typst_files(view, theme, &self.attached(view), files)
            .map_err(|error| Error::Print(error.to_string().into()))?;
        Ok(self.emitted(lang.tag(), found))
    }

    fn emitted(&self, name: &str, found: BTreeMap<String, Vec<u8>>) -> Vec<Output> {
        let outputs = found.into_iter().map(|(path, bytes)| Output {
            path: self.path(&format!("typst.{name}{path}")),
            bytes,
            pages: None,
            warnings: Vec::new(),
        });
        outputs.collect()
    }

    /// The facts that are attached to a PDF which another program prints: what is on each page is
    /// not known here.
    fn attached(&self, view: &View) -> Vec<u8> {
        bytes(&attached_json(self.press.reports.written, view))
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::new(&self.args.out).join(name)
    }
}
