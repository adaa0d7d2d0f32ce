//! Files to findings: what every command starts with.

use crate::content;
use crate::diag::Sink;
use crate::framework::Library;
use crate::lint::{self, Judged, Tier};
use crate::locale::Date;
use crate::report::{Report, resolve};
use crate::schema::Schemas;
use crate::source::{Embedded, Files, Overlay, Sources};

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
    let overlay = Overlay::new(files, &Embedded);
    let library = Library::new(&overlay);
    let schemas = Schemas::embedded()?;
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let content = content::load(files, &library, &schemas, &mut sources, &mut sink)?;
    let report =
        content.map(|content| resolve(content, &library, &overlay, &mut sources, &mut sink));
    if let Some(report) = &report {
        lint::run(report, options.tier, &mut sink);
    }
    let judged = lint::judge(sink.finish(), report.as_ref(), &sources, options.as_of);
    Ok(Loaded { sources, report, judged })
}
