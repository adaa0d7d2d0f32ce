//! `serve`: the report in a browser, built again after each change.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clap::Args as ClapArgs;
use serde_json::Value;

use crate::diag::{Severity, say};
use crate::emit::{Interface, summary, to_json};
use crate::lint::Tier;
use crate::locale::Lang;
use crate::preview::{Build, Site, listen, serve};
use crate::render::preview;
use crate::report::Report;
use crate::source::{Disk, Embedded, Overlay, Stamp};
use crate::view::{Purpose, Theme};

use crate::command::printing::{Press, Reports};
use crate::command::{Error, Exit, Io, Loaded, Options, Watch, completed, join, load, today};

/// Show the report in a browser, and again after each change.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Port of this machine; 0 takes a free one
    #[arg(long, default_value_t = 4400)]
    pub port: u16,
}

/// How often the folder is looked at.
const PAUSE: Duration = Duration::from_millis(50);

/// Runs the command until it is interrupted.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<Exit, Error> {
    let disk = Disk::open(&args.dir)?;
    let site = Arc::new(site(&disk, io.interface)?);
    let (listener, address) = listen(args.port)?;
    let line =
        say!("http://{address}/ shows the report; stop with Ctrl+C", address = address.to_string());
    let line = io.say(&line);
    writeln!(io.out, "{line}")?;
    io.out.flush()?;
    let answering = Arc::clone(&site);
    // The thread ends with the program.
    thread::spawn(move || serve(&answering, &listener));
    watch(&disk, &site, io)
}

/// The site of a project, without pages yet.
pub fn site(disk: &Disk, interface: &Interface) -> Result<Site, Error> {
    let wording = &interface.wording;
    let words: BTreeMap<&str, String> = [
        ("preview", say!("Preview")),
        ("report", say!("Report")),
        ("languages", say!("Languages")),
        ("findings", say!("Findings")),
        ("none", say!("Nothing to object to.")),
        ("waiting", say!("Building …")),
        ("gone", say!("The program has ended; start it again.")),
        ("stale", say!("This is the last version that could be built.")),
        ("script", say!("The preview needs scripts; the printed report does not.")),
    ]
    .into_iter()
    .map(|(key, phrase)| (key, wording.of(&phrase)))
    .collect();
    let lang = if interface.is_english() { Lang::En } else { Lang::ZhHans };
    let frame =
        preview(&words, lang.locale(), &Embedded).map_err(|fault| Error::Print(fault.0.into()))?;
    let files = disk.clone();
    let wording = wording.clone();
    let pdf = move |lang: &str| pdf(&files, lang).map_err(|error| wording.of(&error.phrase()));
    Ok(Site::new(frame, Box::new(pdf)))
}

/// Builds whenever a file has changed. The folder is looked at in turns: that works on every system
/// and on shared folders, and costs a list of names.
fn watch(disk: &Disk, site: &Site, io: &mut Io<'_>) -> Result<Exit, Error> {
    let mut seen: Option<BTreeMap<String, Stamp>> = None;
    let mut builder = Builder::default();
    loop {
        let now = disk.stamps()?;
        if seen.as_ref() != Some(&now) {
            let built = builder.build(disk, io.interface);
            writeln!(io.err, "{}", built.summary)?;
            site.show(built);
            seen = Some(now);
        }
        thread::sleep(PAUSE);
    }
}

/// A page, why there is none, or nothing where there is no report.
type Printed = Option<Result<Vec<u8>, Error>>;

/// Builds a project again and again.
pub struct Builder {
    /// What the page before was printed for: after a small change, mostly that of the next one.
    purpose: Purpose,
}

impl Default for Builder {
    fn default() -> Self {
        Self { purpose: Purpose::Publication }
    }
}

impl Builder {
    /// Reads, checks and prints the project. What cannot be printed is said, and has no page.
    pub fn build(&mut self, disk: &Disk, interface: &Interface) -> Build {
        let wording = &interface.wording;
        let failed = |error: &Error, findings: Value, languages| Build {
            page: None,
            languages,
            findings,
            summary: wording.of(&say!("error: {message}", message = error.phrase())),
        };
        let (loaded, page) = match self.printed(disk) {
            Ok(printed) => printed,
            Err(error) => return failed(&error, Value::Null, Vec::new()),
        };
        let findings = to_json(&loaded.judged, &loaded.sources, wording);
        let langs = loaded.report.as_ref().map(|report| report.content.head.languages.clone());
        let named = |lang: &Lang| (lang.tag().to_owned(), lang.own_name().to_owned());
        let languages = langs.iter().flatten().map(named).collect();
        match page.transpose() {
            Ok(page) => {
                Build { page, languages, findings, summary: wording.of(&summary(&loaded.judged)) }
            }
            Err(error) => failed(&error, findings, languages),
        }
    }

    /// The project with its findings, and its page; none where `report.yaml` cannot be read.
    ///
    /// The page is printed while the rules run. Only where they tell that it is a draft, or none any
    /// more, it is printed again.
    fn printed(&mut self, disk: &Disk) -> Result<(Loaded, Printed), Error> {
        let watch = Watch::quiet();
        let joined = join(disk, None, None, &watch)?;
        let guess = if joined.has_errors() { Purpose::Draft } else { self.purpose };
        let print = |report: &Report| page(disk, report, guess);
        let (loaded, mut page_of_guess) = joined.judge_beside(options(), &watch, print);
        self.purpose = purpose(&loaded);
        if let Some(report) = loaded.report.as_ref().filter(|_| self.purpose != guess) {
            page_of_guess = Some(page(disk, report, self.purpose));
        }
        Ok((loaded, page_of_guess))
    }
}

fn options() -> Options {
    Options { tier: Tier::Default, as_of: today() }
}

/// With errors a page is marked as a draft.
fn purpose(loaded: &Loaded) -> Purpose {
    match loaded.judged.count(Severity::Error) {
        0 => Purpose::Publication,
        _ => Purpose::Draft,
    }
}

/// The page of all languages.
fn page(disk: &Disk, report: &Report, purpose: Purpose) -> Result<Vec<u8>, Error> {
    let langs = &report.content.head.languages;
    pressed(disk, report, langs, |press| Ok(press.html(&press.views(purpose)?)?.into_bytes()))
}

/// The PDF of one language, as the project stands now.
fn pdf(disk: &Disk, tag: &str) -> Result<Vec<u8>, Error> {
    let loaded = load(disk, options())?;
    let unreadable = || Error::Print(say!("not built: `report.yaml` cannot be read"));
    let report = loaded.report.as_ref().ok_or_else(unreadable)?;
    let langs = report.content.head.languages.iter().copied().filter(|lang| lang.tag() == tag);
    pressed(disk, report, &langs.collect::<Vec<_>>(), |press| {
        let views = press.views(purpose(&loaded))?;
        let (lang, view) = views.first().ok_or_else(unreadable)?;
        Ok(press.pdf(*lang, view)?.pdf.bytes)
    })
}

/// Prints a report in some languages.
fn pressed(
    disk: &Disk,
    report: &Report,
    langs: &[Lang],
    print: impl FnOnce(&Press<'_>) -> Result<Vec<u8>, Error>,
) -> Result<Vec<u8>, Error> {
    let overlay = Overlay::new(disk, &Embedded);
    let traditional = if langs.contains(&Lang::ZhHant) { completed(disk)? } else { None };
    let reports = Reports { written: report, traditional: traditional.as_ref() };
    let (theme, watch) = (Theme::read(&overlay)?, Watch::quiet());
    print(&Press { reports: &reports, theme: &theme, files: &overlay, langs, watch: &watch })
}
