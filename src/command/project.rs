//! Files to findings: what every command starts with.

use crate::content;
use crate::diag::{Diagnostic, Sink};
use crate::framework::Library;
use crate::lint::{self, Judged, Tier};
use crate::locale::Date;
use crate::report::{Prior, Report, resolve};
use crate::schema::Schemas;
use crate::source::{Embedded, Files, Overlay, Sources, Span, Within};

use crate::command::Error;

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
    let overlay = Overlay::new(files, &Embedded);
    let library = Library::new(&overlay);
    let schemas = Schemas::embedded()?;
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let content = content::load(files, &library, &schemas, &mut sources, &mut sink)?;
    let mut report =
        content.map(|content| resolve(content, &library, &overlay, &mut sources, &mut sink));
    if let Some(report) = &mut report {
        let declared = report.content.head.prior.clone();
        let inside = declared.as_ref().map(|at| Within::new(files, &at.value));
        let inside = inside.as_ref().zip(declared.as_ref());
        let named = inside.map(|(within, at)| NamedPrior { files: within, name: &at.value });
        let place = declared.as_ref().map_or(report.content.start, |at| at.span);
        if let Some(named) = prior.or(named) {
            report.prior = read_prior(named, place, &schemas, &mut sources, &mut sink)?;
            report.check_renamed(&mut sink);
        }
    }
    if let Some(report) = &report {
        lint::run(report, options.tier, &mut sink);
    }
    let judged = lint::judge(sink.finish(), report.as_ref(), &sources, options.as_of);
    Ok(Loaded { sources, report, judged })
}

/// Reads the report before. What is wrong in it is its own matter; here it only counts whether its
/// figures can be read.
fn read_prior(
    prior: NamedPrior<'_>,
    place: Span,
    schemas: &Schemas,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Option<Box<Prior>>, Error> {
    let overlay = Overlay::new(prior.files, &Embedded);
    let library = Library::new(&overlay);
    let mut inner = Sink::default();
    sources.set_folder(&format!("{}/", prior.name.trim_end_matches('/')));
    let content = content::load(prior.files, &library, schemas, sources, &mut inner);
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
        let message = format!("no report can be read in `{name}`");
        let found = Diagnostic::error("unreadable-file", place, message);
        sink.push(found.help("name the folder of a project, in which `report.yaml` lies"));
    } else if broken {
        let message = format!("the report in `{name}` has errors; what they hide is not compared");
        let found = Diagnostic::warning("unreadable-file", place, message);
        sink.push(found.help(format!("`esgreport check {name}` lists them")));
    }
    Ok(report.map(|report| Box::new(Prior { report })))
}
