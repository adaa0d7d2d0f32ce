//! `check --baseline`: the file that says what was there before.
//!
//! **Invariant:** nothing is added to a baseline unless that was asked for, and then only for a
//! project of which it records nothing yet.

use std::path::{Component, Path, PathBuf};

use crate::diag::{Diagnostic, Phrase, Severity, say};
use crate::emit::{Baseline, read_baseline};
use crate::lint::registry;
use crate::lint::{Comparison, Group, Tier, compare, record};
use crate::source::shown;
use crate::source::write_beside;

use crate::command::bundle::read_text;
use crate::command::{Error, Loaded};

/// What is done with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upkeep {
    /// It is compared with what is found.
    Compare,
    /// It takes up what is found in projects that it does not know.
    Create,
    /// It loses what is no longer found.
    Update,
}

/// A baseline with its file.
pub struct Ledger {
    path: PathBuf,
    /// How the file was named.
    pub name: String,
    folder: PathBuf,
    baseline: Baseline,
    upkeep: Upkeep,
    changed: bool,
    /// What there is to say about it.
    pub said: Vec<Phrase>,
}

impl Ledger {
    /// Opens the file; only to create a baseline may there be none.
    pub fn open(path: &Path, upkeep: Upkeep) -> Result<Self, Error> {
        let name = shown(path);
        let baseline = if path.exists() {
            read_baseline(&read_text(path)?)
                .map_err(|fault| Error::Argument(say!("{name}: {fault}", name, fault)))?
        } else if upkeep == Upkeep::Create {
            Baseline::default()
        } else {
            return Err(Error::Argument(say!(
                "there is no baseline `{name}`; `--create-baseline` records what is found now",
                name
            )));
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize().map_err(|error| {
            let error = error.to_string();
            Error::Argument(say!("{name}: {error}", name, error))
        })?;
        let path = path.to_owned();
        Ok(Self { path, name, folder, baseline, upkeep, changed: false, said: Vec::new() })
    }

    /// Takes what is recorded of a project out of its findings, and says what is gone.
    pub fn compare(
        &mut self,
        root: &Path,
        loaded: &mut Loaded,
        tier: Tier,
    ) -> Result<Comparison, Error> {
        let project = relative(&self.folder, root);
        let name = self.name.clone();
        if self.upkeep == Upkeep::Create {
            if self.baseline.projects.contains_key(&project) {
                return Err(Error::Argument(say!(
                    "`{name}` records findings of `{project}` already; `--update-baseline` takes out those that are gone",
                    name,
                    project
                )));
            }
            let entries = record(&loaded.judged, &loaded.sources);
            self.said.push(say!("findings recorded in `{name}`: {n}", n = entries.len(), name));
            self.baseline.projects.insert(project.clone(), entries);
            self.changed = true;
        }
        let Some(entries) = self.baseline.projects.get(&project) else {
            self.said.push(say!("`{name}` records nothing of `{project}`", name, project));
            return Ok(Comparison::default());
        };
        let mut found = compare(&mut loaded.judged, &loaded.sources, entries, tier);
        if hides(loaded) {
            found.kept.append(&mut found.gone);
            found.kept.sort();
        }
        let gone = found.gone.len();
        if gone > 0 && self.upkeep == Upkeep::Update {
            self.said.push(say!(
                "findings that are gone, taken out of `{name}`: {gone}",
                gone,
                name
            ));
            self.baseline.projects.insert(project, found.kept.clone());
            self.changed = true;
        } else if gone > 0 {
            self.said.push(say!(
                "findings that `{name}` records and that are gone: {gone}; `--update-baseline` takes them out",
                gone,
                name
            ));
        }
        Ok(found)
    }

    /// Writes the file if it has changed.
    pub fn close(&self) -> Result<(), Error> {
        if self.changed {
            write_beside(&self.path, self.baseline.to_text().as_bytes())?;
        }
        Ok(())
    }
}

/// Whether something could not be read, so that findings may be hidden and not gone.
fn hides(loaded: &Loaded) -> bool {
    let of_reading = |found: &Diagnostic| {
        let group = registry::find(found.rule).map(|rule| rule.group);
        found.severity == Severity::Error && group == Some(Group::Schema)
    };
    let judged = &loaded.judged;
    loaded.report.is_none() || judged.findings.iter().chain(&judged.recorded).any(of_reading)
}

/// The way from a folder to another, with `/` between folders, so that a baseline can be moved with
/// its projects. Where there is none, as between drives, the place itself.
fn relative(from: &Path, to: &Path) -> String {
    let (from, target): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&target).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return shown(to);
    }
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = target.iter().skip(common);
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    let way: Vec<String> = up.chain(down).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_are_named_from_the_folder_of_the_file() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a", "/a/content/x"), "content/x");
        assert_eq!(way("/a/content/x", "/a/content/x"), ".");
        assert_eq!(way("/a/ci", "/a/content/x"), "../content/x");
    }
}
