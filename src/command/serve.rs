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
use crate::source::{Disk, Embedded, Overlay, Stamp};
use crate::view::{Purpose, Theme};

use crate::command::printing::{Press, Reports};
use crate::command::{Error, Exit, Io, Loaded, Options, Watch, completed, load, today};

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
    loop {
        let now = disk.stamps()?;
        if seen.as_ref() != Some(&now) {
            let built = build(disk, io.interface);
            writeln!(io.err, "{}", built.summary)?;
            site.show(built);
            seen = Some(now);
        }
        thread::sleep(PAUSE);
    }
}

/// Reads, checks and prints the project. What cannot be printed is said, and has no page.
pub fn build(disk: &Disk, interface: &Interface) -> Build {
    let wording = &interface.wording;
    let failed = |error: &Error, findings: Value, languages| Build {
        page: None,
        languages,
        findings,
        summary: wording.of(&say!("error: {message}", message = error.phrase())),
    };
    let loaded = match load(disk, Options { tier: Tier::Default, as_of: today() }) {
        Ok(loaded) => loaded,
        Err(error) => return failed(&error, Value::Null, Vec::new()),
    };
    let findings = to_json(&loaded.judged, &loaded.sources, wording);
    let langs = loaded.report.as_ref().map(|report| report.content.head.languages.clone());
    let named = |lang: &Lang| (lang.tag().to_owned(), lang.own_name().to_owned());
    let languages = langs.iter().flatten().map(named).collect();
    match page(disk, &loaded) {
        Ok(page) => {
            Build { page, languages, findings, summary: wording.of(&summary(&loaded.judged)) }
        }
        Err(error) => failed(&error, findings, languages),
    }
}

/// The page of all languages; nothing where `report.yaml` cannot be read. With errors it is marked
/// as a draft.
fn page(disk: &Disk, loaded: &Loaded) -> Result<Option<Vec<u8>>, Error> {
    let Some(report) = &loaded.report else { return Ok(None) };
    let overlay = Overlay::new(disk, &Embedded);
    let langs = &report.content.head.languages;
    let traditional = if langs.contains(&Lang::ZhHant) { completed(disk)? } else { None };
    let reports = Reports { written: report, traditional: traditional.as_ref() };
    let (theme, watch) = (Theme::read(&overlay)?, Watch::quiet());
    let press = Press { reports: &reports, theme: &theme, files: &overlay, langs, watch: &watch };
    let draft = loaded.judged.count(Severity::Error) > 0;
    let views = press.views(if draft { Purpose::Draft } else { Purpose::Publication })?;
    Ok(Some(press.html(&views)?.into_bytes()))
}

/// The PDF of one language, as the project stands now.
fn pdf(disk: &Disk, tag: &str) -> Result<Vec<u8>, Error> {
    let loaded = load(disk, Options { tier: Tier::Default, as_of: today() })?;
    let unreadable = || Error::Print(say!("not built: `report.yaml` cannot be read"));
    let report = loaded.report.as_ref().ok_or_else(unreadable)?;
    let overlay = Overlay::new(disk, &Embedded);
    let langs: Vec<Lang> =
        report.content.head.languages.iter().copied().filter(|lang| lang.tag() == tag).collect();
    let traditional = if langs.contains(&Lang::ZhHant) { completed(disk)? } else { None };
    let reports = Reports { written: report, traditional: traditional.as_ref() };
    let (theme, watch) = (Theme::read(&overlay)?, Watch::quiet());
    let press =
        Press { reports: &reports, theme: &theme, files: &overlay, langs: &langs, watch: &watch };
    let draft = loaded.judged.count(Severity::Error) > 0;
    let views = press.views(if draft { Purpose::Draft } else { Purpose::Publication })?;
    let (lang, view) = views.first().ok_or_else(unreadable)?;
    Ok(press.pdf(*lang, view)?.pdf.bytes)
}
