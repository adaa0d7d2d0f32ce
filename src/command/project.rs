//! Files to findings: what every command starts with.

use crate::content;
use crate::content::Completion;
use crate::content::Scripts;
use crate::convert::Converter;
use crate::convert::Vocabulary;
use crate::diag::Sink;
use crate::framework::Library;
use crate::lint::{self, Judged, Tier};
use crate::locale::Date;
use crate::locale::Lang;
use crate::report::{Report, resolve};
use crate::schema::Schemas;
use crate::source::{Embedded, Files, Overlay, Sources};
use crate::syntax::yaml::Node;

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

/// Reads, joins and checks a project.
pub fn load(files: &dyn Files, options: Options) -> Result<Loaded, Error> {
    load_with(files, options, None)
}

/// Reads, joins and checks a project of which a language is wanted that it may not declare:
/// traditional Chinese, which is converted from simplified.
pub fn load_with(files: &dyn Files, options: Options, also: Option<Lang>) -> Result<Loaded, Error> {
    let overlay = Overlay::new(files, &Embedded);
    let library = Library::new(&overlay);
    let schemas = Schemas::embedded()?;
    let converter = converter(&overlay)?;
    let scripts = Scripts { converter: &converter, also, completion: Completion::Listed };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let content = content::load(files, &library, &schemas, scripts, &mut sources, &mut sink)?;
    let report =
        content.map(|content| resolve(content, &library, &overlay, &mut sources, &mut sink));
    if let Some(report) = &report {
        lint::run(report, options.tier, &mut sink);
    }
    let judged = lint::judge(sink.finish(), report.as_ref(), &sources, options.tier, options.as_of);
    Ok(Loaded { sources, report, judged })
}

/// Reads and joins a project again, with every text in traditional Chinese that it lacks. What
/// there is to object to, [`load`] has said at the places where it was written.
pub fn completed(files: &dyn Files) -> Result<Option<Report>, Error> {
    let overlay = Overlay::new(files, &Embedded);
    let schemas = Schemas::embedded()?;
    let converter = converter(&overlay)?;
    let amend = |tree: &mut Node| converter.complete(tree);
    let library = Library::amended(&overlay, &amend);
    let (also, completion) = (Some(Lang::ZhHant), Completion::Filled);
    let scripts = Scripts { converter: &converter, also, completion };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let content = content::load(files, &library, &schemas, scripts, &mut sources, &mut sink)?;
    Ok(content.map(|content| resolve(content, &library, &overlay, &mut sources, &mut sink)))
}

/// The converter with the vocabulary of the program, or that of the project.
pub fn converter(files: &dyn Files) -> Result<Converter, Error> {
    Converter::new(&Vocabulary::read(files)?, &[]).map_err(Error::Print)
}
