//! Several projects side by side, in the order in which they were named.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::diag::say;
use crate::emit::Base;
use crate::lint::Tier;
use crate::locale::Date;
use crate::source::{Disk, FileError, shown};
use crate::spread::spread;

use crate::command::fix::{Fixed, fix};
use crate::command::given::files_of;
use crate::command::watch::Watch;
use crate::command::{Error, Loaded, NamedPrior, Options, load_watched};

/// The folder that paths start from in the outputs for other programs.
const BASE: &str = "SRCROOT";

/// A project that was named.
pub struct Named {
    /// How it was named, with `/` between folders.
    pub name: String,
    /// Its folder, or why there is none.
    pub disk: Result<Disk, FileError>,
    /// Where it lies for other programs.
    pub base: Base,
}

/// What is done with each project.
pub struct Task<'a> {
    /// Rules that run.
    pub tier: Tier,
    /// The day for which suppressions hold.
    pub as_of: Date,
    /// Folder of a report before that was named with the command.
    pub prior: Option<&'a Path>,
    /// Whether figures are bound.
    pub fix: bool,
}

/// What came of a project.
pub struct Found {
    /// The project.
    pub loaded: Loaded,
    /// What was changed, if that was asked for.
    pub fixed: Option<Fixed>,
}

/// Opens the projects that were named, each once.
pub fn named(dirs: &[PathBuf], prior: Option<&Path>) -> Result<Vec<Named>, Error> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let mut projects: Vec<Named> = Vec::new();
    for dir in dirs {
        let disk = Disk::open(dir);
        let root = disk.as_ref().ok().map(Disk::root);
        let known = |other: &Named| other.disk.as_ref().ok().map(Disk::root) == root;
        if root.is_some() && projects.iter().any(known) {
            continue;
        }
        let name = shown(dir);
        let inside =
            here.as_deref().zip(root).and_then(|(here, root)| root.strip_prefix(here).ok());
        let outside = prior.map(shown);
        let base = match inside {
            Some(way) => Base {
                id: BASE.to_owned(),
                meaning: say!("the folder in which the check ran"),
                prefix: prefix(&shown(way)),
                outside,
            },
            None => Base {
                id: format!("PROJECT{}", projects.len() + 1),
                meaning: say!("the folder of the project `{name}`", name),
                prefix: String::new(),
                outside,
            },
        };
        projects.push(Named { name, disk, base });
    }
    if prior.is_some() && projects.len() > 1 {
        return Err(Error::Argument(say!("`--prior` goes with one project")));
    }
    Ok(projects)
}

fn prefix(way: &str) -> String {
    if way.is_empty() { String::new() } else { format!("{way}/") }
}

/// Checks every project, as many at once as the machine has processors.
pub fn check_all(projects: &[Named], task: &Task<'_>, watch: &Watch) -> Vec<Result<Found, Error>> {
    if let [project] = projects {
        return vec![check(project, task, watch)];
    }
    watch.expect(projects.len());
    spread(projects.len(), |at| {
        let found = projects.get(at).map(|project| guarded(project, task, watch));
        watch.done();
        found
    })
    .into_iter()
    .flatten()
    .collect()
}

/// A fault of the program in one project leaves the others whole.
fn guarded(project: &Named, task: &Task<'_>, watch: &Watch) -> Result<Found, Error> {
    catch_unwind(AssertUnwindSafe(|| check(project, task, watch)))
        .unwrap_or_else(|_| Err(Error::Print(say!("checking ended unexpectedly"))))
}

fn check(project: &Named, task: &Task<'_>, watch: &Watch) -> Result<Found, Error> {
    let disk = project.disk.as_ref().map_err(|error| Error::File(error.clone()))?;
    let options = Options { tier: task.tier, as_of: task.as_of };
    let earlier = task.prior.map(files_of).transpose()?;
    let name = task.prior.map(shown).unwrap_or_default();
    let prior = earlier.as_deref().map(|files| NamedPrior { files, name: &name });
    let loaded = load_watched(disk, options, prior, None, watch)?;
    if !task.fix {
        return Ok(Found { loaded, fixed: None });
    }
    let fixed = watch.phase(say!("binding figures"), || fix(disk, &loaded))?;
    let loaded = load_watched(disk, options, prior, None, watch)?;
    Ok(Found { loaded, fixed: Some(fixed) })
}
