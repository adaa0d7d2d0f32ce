//! Files to findings: what every command starts with.

use crate::content;
use crate::content::{Completion, Scripts, Written};
use crate::convert::{Converter, Vocabulary};
use crate::diag::{Diagnostic, Phrase, Sink, say};
use crate::framework::Library;
use crate::lint::{self, Judged, Tier};
use crate::locale::{Date, Lang};
use crate::report::{Prior, Report, resolve};
use crate::schema::Schemas;
use crate::source::{Embedded, Files, Overlay, Sources, Span, Spanned, Within};
use crate::spread::{beside, beside_if};
use crate::syntax::yaml::Node;

use crate::command::Error;
use crate::command::given::{inputs, is_bundle};
use crate::command::watch::Watch;

/// A project that was read and checked.
#[derive(Debug)]
pub struct Loaded {
    /// Texts that were read.
    pub sources: Sources,
    /// The report; absent if `report.yaml` could not be read.
    pub report: Option<Report>,
    /// Findings.
    pub judged: Judged,
}

/// How a project is checked.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Rules that run.
    pub tier: Tier,
    /// The day for which suppressions hold.
    pub as_of: Date,
}

/// A report before that was named with the command, and not in the project.
#[derive(Clone, Copy)]
pub struct NamedPrior<'a> {
    /// Its files.
    pub files: &'a dyn Files,
    /// How its folder was named.
    pub name: &'a str,
}

/// Reads, joins and checks a project.
pub fn load(files: &dyn Files, options: Options) -> Result<Loaded, Error> {
    load_with(files, options, None)
}

/// Reads, joins and checks a project, and compares it with a report before.
pub fn load_with(
    files: &dyn Files,
    options: Options,
    prior: Option<NamedPrior<'_>>,
) -> Result<Loaded, Error> {
    load_all(files, options, prior, None, &Watch::quiet())
}

/// Reads, joins and checks a project like [`load_with`] and [`load_also`], while somebody watches.
pub fn load_watched(
    files: &dyn Files,
    options: Options,
    prior: Option<NamedPrior<'_>>,
    also: Option<Lang>,
    watch: &Watch,
) -> Result<Loaded, Error> {
    load_all(files, options, prior, also, watch)
}

/// Reads, joins and checks a project of which a language is wanted that it may not declare:
/// traditional Chinese, which is converted from simplified.
pub fn load_also(files: &dyn Files, options: Options, also: Option<Lang>) -> Result<Loaded, Error> {
    load_all(files, options, None, also, &Watch::quiet())
}

fn load_all(
    files: &dyn Files,
    options: Options,
    prior: Option<NamedPrior<'_>>,
    also: Option<Lang>,
    watch: &Watch,
) -> Result<Loaded, Error> {
    Ok(join(files, prior, also, watch)?.judge(options, watch))
}

/// A project that was read and joined, before the rules have run.
pub struct Joined {
    /// Texts that were read.
    pub sources: Sources,
    /// The report; absent if `report.yaml` could not be read.
    pub report: Option<Report>,
    sink: Sink,
}

impl Joined {
    /// Whether reading alone has found an error.
    pub fn has_errors(&self) -> bool {
        self.sink.has_errors()
    }

    /// Runs the rules.
    pub fn judge(self, options: Options, watch: &Watch) -> Loaded {
        let Self { sources, report, mut sink } = self;
        let judged = judge(report.as_ref(), &sources, &mut sink, options, watch);
        Loaded { sources, report, judged }
    }

    /// Runs the rules, and meanwhile other work on the report.
    pub fn judge_beside<T: Send>(
        self,
        options: Options,
        watch: &Watch,
        work: impl Fn(&Report) -> T + Sync,
    ) -> (Loaded, Option<T>) {
        let Self { sources, report, mut sink } = self;
        let judge = || judge(report.as_ref(), &sources, &mut sink, options, watch);
        let (judged, done) = beside(judge, || report.as_ref().map(&work));
        (Loaded { sources, report, judged }, done)
    }
}

fn judge(
    report: Option<&Report>,
    sources: &Sources,
    sink: &mut Sink,
    options: Options,
    watch: &Watch,
) -> Judged {
    watch.phase(say!("running the rules"), || {
        if let Some(report) = report {
            lint::run(report, options.tier, sink);
        }
        lint::judge(std::mem::take(sink).finish(), report, sources, options.tier, options.as_of)
    })
}

/// Reads and joins a project.
pub fn join(
    files: &dyn Files,
    prior: Option<NamedPrior<'_>>,
    also: Option<Lang>,
    watch: &Watch,
) -> Result<Joined, Error> {
    let overlay = Overlay::new(files, &Embedded);
    let library = Library::new(&overlay);
    // Asked for again where they are needed, and what is wrong with them is told there.
    let prepare = || drop(Schemas::embedded());
    let read = || beside_if(!Schemas::are_ready(), || Written::read(files), prepare);
    let (written, ()) = watch.phase(say!("reading files"), read);
    let (written, vocabulary) = (written?, Vocabulary::read(&overlay)?);
    let scripts = Scripts { vocabulary: &vocabulary, also, completion: Completion::Listed };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let content = watch.phase(say!("reading what stands in them"), || {
        let files = (files, written);
        content::load(files, &library, scripts, &mut sources, &mut sink)
    })?;
    let mut report = watch.phase(say!("joining and computing"), || {
        content.map(|content| resolve(content, &library, &overlay, &mut sources, &mut sink))
    });
    if let Some(report) = &mut report {
        let declared = report.content.head.prior.clone();
        let wanted = declared.as_ref().filter(|_| prior.is_none());
        let inside = wanted.and_then(|at| declared_prior(files, at, &mut sink));
        let inside = inside.as_deref().zip(declared.as_ref());
        let named = inside.map(|(files, at)| NamedPrior { files, name: &at.value });
        let place = declared.as_ref().map_or(report.content.start, |at| at.span);
        if let Some(named) = prior.or(named) {
            report.prior = watch.phase(say!("reading the report before"), || {
                read_prior(named, place, &mut sources, &mut sink)
            })?;
            report.check_renamed(&mut sink);
        }
    }
    Ok(Joined { sources, report, sink })
}

/// The files of the report before that the project names: those of a folder of it, or of an evidence
/// bundle in it.
fn declared_prior<'a>(
    files: &'a dyn Files,
    at: &Spanned<String>,
    sink: &mut Sink,
) -> Option<Box<dyn Files + 'a>> {
    if !is_bundle(&at.value) {
        return Some(Box::new(Within::new(files, &at.value)));
    }
    let read = files.read(&at.value).map_err(|error| Phrase::word(error.reason));
    match read.and_then(|bytes| inputs(&bytes)) {
        Ok(files) => Some(Box::new(files)),
        Err(reason) => {
            let name = &at.value;
            let message =
                say!("no evidence bundle can be read in `{name}`: {reason}", name, reason);
            let found = Diagnostic::error("unreadable-file", at.span, message);
            sink.push(found.help(say!(
                "put the bundle there as it was published; `esgreport verify` lists what was changed"
            )));
            None
        }
    }
}

/// Reads the report before. What is wrong in it is its own matter; here it only counts whether its
/// figures can be read.
fn read_prior(
    prior: NamedPrior<'_>,
    place: Span,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Option<Box<Prior>>, Error> {
    let overlay = Overlay::new(prior.files, &Embedded);
    let library = Library::new(&overlay);
    let vocabulary = Vocabulary::read(&overlay)?;
    let scripts = Scripts { vocabulary: &vocabulary, also: None, completion: Completion::Listed };
    let mut inner = Sink::default();
    sources.set_folder(&format!("{}/", prior.name.trim_end_matches('/')));
    let content = Written::read(prior.files).and_then(|written| {
        let files = (prior.files, written);
        content::load(files, &library, scripts, sources, &mut inner)
    });
    let broken = inner.has_errors();
    let content = match content {
        Ok(content) => content,
        Err(content::LoadFault::Schema(fault)) => return Err(fault.into()),
        Err(_) => None,
    };
    let report = content.map(|content| resolve(content, &library, &overlay, sources, &mut inner));
    sources.set_folder("");
    let name = prior.name;
    if report.is_none() {
        let message = say!("no report can be read in `{name}`", name);
        let found = Diagnostic::error("unreadable-file", place, message);
        sink.push(found.help(say!("name the folder of a project, in which `report.yaml` lies")));
    } else if broken {
        let message =
            say!("the report in `{name}` has errors; what they hide is not compared", name);
        let found = Diagnostic::warning("unreadable-file", place, message);
        sink.push(if is_bundle(name) {
            found.help(say!(
                "it was made by another version; name the folder of the project instead"
            ))
        } else {
            found.help(say!("`esgreport check {name}` lists them", name))
        });
    }
    Ok(report.map(|report| Box::new(Prior { report })))
}

/// Reads and joins a project again, with every text in traditional Chinese that it lacks. What
/// there is to object to, [`load`] has said at the places where it was written.
pub fn completed(files: &dyn Files) -> Result<Option<Report>, Error> {
    let overlay = Overlay::new(files, &Embedded);
    let vocabulary = Vocabulary::read(&overlay)?;
    let converter = converter(&vocabulary)?;
    let amend = |tree: &mut Node| converter.complete(tree);
    let library = Library::amended(&overlay, &amend);
    let (also, completion) = (Some(Lang::ZhHant), Completion::Filled);
    let scripts = Scripts { vocabulary: &vocabulary, also, completion };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let files = (files, Written::read(files)?);
    let content = content::load(files, &library, scripts, &mut sources, &mut sink)?;
    Ok(content.map(|content| resolve(content, &library, &overlay, &mut sources, &mut sink)))
}

/// A converter with a vocabulary.
pub fn converter(vocabulary: &Vocabulary) -> Result<Converter, Error> {
    Converter::new(vocabulary, &[]).map_err(|fault| Error::Load(content::LoadFault::Tables(fault)))
}
