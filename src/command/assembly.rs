//! What `bundle` writes and `verify --rebuild` writes again: a project to an archive.

use std::collections::BTreeSet;
use std::thread;

use crate::bundle::{BundleFault, EvidenceFault, Made, SecretKey, Tree, assemble, withheld_files};
use crate::diag::Severity;
use crate::diag::Wording;
use crate::diag::say;
use crate::emit::{Base, IndexForm, Outcome, index_text, rows, to_json, to_sarif, traces_json};
use crate::emit::{facts_csv, facts_json, facts_xlsx};
use crate::lint::Tier;
use crate::locale::{Date, Lang};
use crate::report::Report;
use crate::source::{Embedded, Files, Memory, Overlay, Recorder};
use crate::view::{Purpose, Theme, View};

use crate::command::printing::{Press, Reports};
use crate::command::{Error, Loaded, Options, Watch, completed, load, load_watched};

/// The files that a bundle is made from.
pub struct Gathered {
    /// Files of the project that were read, and those of the register.
    pub inputs: Tree,
    /// Evidence files that are left out.
    pub withheld: BTreeSet<String>,
    /// The day for which findings are judged.
    pub as_of: Date,
    /// Evidence that cannot be bundled.
    pub faults: Vec<EvidenceFault>,
}

/// What came of an assembly.
pub enum Assembled {
    /// The archive, and the digest of its statement.
    Archive(Vec<u8>, String),
    /// There are errors; nothing was made.
    Errors(Box<Loaded>),
}

/// Reads what a bundle holds: every file that is read while the project is checked, the editions and
/// templates of its own, and the evidence. What merely lies beside them stays out.
pub fn gather(files: &dyn Files, as_of: Option<Date>) -> Result<Gathered, Error> {
    let recorder = Recorder::new(files);
    let day = Date { year: 2000, month: 1, day: 1 };
    let loaded = load(&recorder, Options { tier: Tier::Default, as_of: as_of.unwrap_or(day) })?;
    let mut inputs = Tree::new();
    let own = files.list()?.into_iter();
    let own = own.filter(|path| path.starts_with("frameworks/") || path.starts_with("templates/"));
    for path in recorder.paths().into_iter().chain(own) {
        let bytes = files.read(&path)?;
        inputs.insert(path, bytes);
    }
    let (mut faults, mut withheld) = (Vec::new(), BTreeSet::new());
    let mut dated = day;
    if let Some(report) = &loaded.report {
        withheld = withheld_files(report, files, &mut inputs, &mut faults);
        let period = &report.content.head.period;
        dated = period.published.or(period.approved).unwrap_or(period.end).value;
    }
    Ok(Gathered { inputs, withheld, as_of: as_of.unwrap_or(dated), faults })
}

/// Checks the inputs alone, prints them, and puts everything together.
pub fn make(
    inputs: &Tree,
    withheld: BTreeSet<String>,
    as_of: Date,
    key: Option<&SecretKey>,
    watch: &Watch,
) -> Result<Assembled, Error> {
    let mut memory = Memory::default();
    inputs.iter().for_each(|(path, bytes)| memory.insert(path, bytes.clone()));
    let options = Options { tier: Tier::Default, as_of };
    let loaded = load_watched(&memory, options, None, None, watch)?;
    let errors = loaded.judged.count(Severity::Error) > 0;
    let Some(report) = loaded.report.as_ref().filter(|_| !errors) else {
        return Ok(Assembled::Errors(Box::new(loaded)));
    };
    refuse_draft(report)?;
    let mut products = printed(report, &memory, watch)?;
    products.extend(watch.phase(say!("writing data"), || data(&loaded, report))?);
    let made = Made {
        report,
        sources: &loaded.sources,
        judged: &loaded.judged,
        inputs: inputs.clone(),
        frameworks: frameworks(report, inputs),
        products,
        withheld,
        as_of,
    };
    let packed = watch.phase(say!("writing audit sheets and packing"), || assemble(made, key));
    let (archive, digest) = packed.map_err(|fault| Error::Print(fault.told()))?;
    Ok(Assembled::Archive(archive, digest))
}

/// Refuses to treat a report as finished that says that it is a draft.
pub fn refuse_draft(report: &Report) -> Result<(), Error> {
    match report.content.head.draft {
        None => Ok(()),
        Some(_) => Err(Error::Argument(say!(
            "the report is a draft; take `status: draft` out of `report.yaml` when it is finished"
        ))),
    }
}

/// The report as PDF in every language and as one page, each on a thread of its own, with a list of what
/// is printed in each PDF.
fn printed(report: &Report, files: &dyn Files, watch: &Watch) -> Result<Tree, Error> {
    let overlay = Overlay::new(files, &Embedded);
    let langs = &report.content.head.languages;
    let traditional = match langs.contains(&Lang::ZhHant) {
        true => watch.phase(say!("completing traditional Chinese"), || completed(files))?,
        false => None,
    };
    let reports = Reports { written: report, traditional: traditional.as_ref() };
    let theme = &Theme::read(&overlay)?;
    let press = Press { reports: &reports, theme, files: &overlay, langs, watch };
    let views = press.views(Purpose::Publication)?;
    let printed = thread::scope(|scope| {
        let (press, views) = (&press, &views);
        let mut threads: Vec<_> =
            views.iter().map(|(lang, view)| scope.spawn(|| pdf_of(press, *lang, view))).collect();
        threads.push(scope.spawn(|| page_of(press, views)));
        let joined = threads.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| Err(Error::Print(say!("printing ended unexpectedly"))))
        });
        joined.collect::<Result<Vec<Tree>, Error>>()
    });
    Ok(printed?.into_iter().flatten().collect())
}

fn pdf_of(press: &Press<'_>, lang: Lang, view: &View) -> Result<Tree, Error> {
    let marked = press.pdf(lang, view)?;
    Ok(Tree::from([
        (format!("report/report.{lang}.pdf"), marked.pdf.bytes),
        (format!("facts/printed.{lang}.json"), marked.attached),
    ]))
}

fn page_of(press: &Press<'_>, views: &[(Lang, View)]) -> Result<Tree, Error> {
    let page = press.html(views)?.into_bytes();
    Ok(Tree::from([(format!("report/{}", press.page_name()), page)]))
}

/// Facts, computations, findings and indexes as data.
fn data(loaded: &Loaded, report: &Report) -> Result<Tree, Error> {
    let json = |value: &serde_json::Value| format!("{value:#}\n").into_bytes();
    let figures = rows(report);
    let workbook = facts_xlsx(report, &figures, Lang::En)
        .ok_or_else(|| Error::Print(BundleFault::Size.told()))?;
    let claims = &report.content.head.frameworks;
    let editions: Vec<&str> = claims.iter().map(|claim| claim.edition.value.as_str()).collect();
    let files = [
        ("facts/facts.json", json(&facts_json(report))),
        ("facts/facts.csv", facts_csv(&figures, Lang::En).into_bytes()),
        ("facts/facts.xlsx", workbook),
        ("traces.json", json(&traces_json(report))),
        (
            "findings/findings.json",
            json(&to_json(&loaded.judged, &loaded.sources, &Wording::default())),
        ),
        ("findings/findings.sarif", json(&sarif(loaded))),
        (
            "disclosures.csv",
            index_text(report, &editions, IndexForm::Csv, &Wording::default()).into_bytes(),
        ),
    ];
    Ok(files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect())
}

/// Findings and suppressions for programs that read SARIF; paths start at the folder of the inputs.
fn sarif(loaded: &Loaded) -> serde_json::Value {
    let outcome = Outcome { judged: &loaded.judged, sources: &loaded.sources, gone: &[] };
    let base = Base {
        id: "INPUT".to_owned(),
        meaning: say!("the folder of the project, `data/input/` in an evidence bundle"),
        prefix: String::new(),
        outside: None,
    };
    to_sarif(outcome, base, Tier::Default)
}

/// The program's own catalogs that judged a report, and the units and factors it was computed with.
fn frameworks(report: &Report, inputs: &Tree) -> Tree {
    let catalogs = report.catalogs.keys().cloned();
    let earlier = report.earlier.values().map(|earlier| earlier.catalog.name.clone());
    let names = catalogs.chain(earlier).chain(["units".into(), "factors".into()]);
    let files = names.filter_map(|name: String| {
        let path = format!("frameworks/{name}.yaml");
        let bytes = Embedded::bytes(&path).filter(|_| !inputs.contains_key(&path))?;
        Some((format!("{name}.yaml"), bytes.to_vec()))
    });
    files.collect()
}
