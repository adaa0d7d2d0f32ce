//! One project: its folder, the texts of open editors, and what was found in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_types::{Diagnostic as Shown, Uri};

use crate::diag::Phrase;
use crate::source::{Disk, FileError, Files, Span, decode};

use crate::lsp::address::of_path;
use crate::lsp::{Analyse, Analysis, Depth};

/// A project.
pub struct Project {
    /// Its folder, as the client names it.
    pub root: PathBuf,
    disk: Disk,
    open: BTreeMap<String, Open>,
    /// What was found at last; nothing before the first time, or if it cannot be read.
    pub analysis: Option<Analysis>,
    /// Why it cannot be read.
    pub fault: Option<Phrase>,
    /// How far it was checked since texts changed.
    pub state: State,
    /// Files that changed since everything was checked.
    pub changed: BTreeSet<String>,
    /// Findings of the rules that do not run while one types, as they were shown at last.
    pub slow: BTreeMap<String, Vec<Shown>>,
    /// Files that the client has findings of.
    pub published: BTreeSet<String>,
}

/// How far a project was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Texts changed, and nothing was checked since.
    Stale,
    /// What is always checked was checked.
    Partial,
    /// Everything was checked.
    Fresh,
}

/// The text of an open editor.
struct Open {
    text: String,
    url: Uri,
    version: i32,
}

impl Project {
    /// The project that a file belongs to: the nearest folder above it that has a `report.yaml`.
    pub fn root_of(file: &Path) -> Option<PathBuf> {
        let folders = file.ancestors().skip(1);
        let mut found = folders.filter(|folder| folder.join("report.yaml").is_file());
        found.next().map(Path::to_path_buf)
    }

    /// Opens the project in a folder.
    pub fn open(root: &Path) -> Result<Self, FileError> {
        Ok(Self {
            root: root.to_path_buf(),
            disk: Disk::open(root)?,
            open: BTreeMap::new(),
            analysis: None,
            fault: None,
            state: State::Stale,
            changed: BTreeSet::new(),
            slow: BTreeMap::new(),
            published: BTreeSet::new(),
        })
    }

    /// The path of a file in the project, with `/` between folders.
    pub fn path_of(&self, file: &Path) -> Option<String> {
        let inner = file.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> =
            inner.components().map(|part| part.as_os_str().to_str()).collect();
        parts.map(|parts| parts.join("/"))
    }

    /// The address of a file: as the client wrote it, where it is open.
    pub fn url(&self, path: &str) -> Option<Uri> {
        if let Some(open) = self.open.get(path) {
            return Some(open.url.clone());
        }
        let file = self.root.join(path);
        let there = file.is_file();
        of_path(&file).filter(|_| there)
    }

    /// Takes the text of an editor.
    pub fn set(&mut self, path: String, url: Uri, text: String, version: i32) {
        self.open.insert(path.clone(), Open { text, url, version });
        self.touch(path);
    }

    /// Notes that a file is no longer what was checked.
    pub fn touch(&mut self, path: String) {
        self.changed.insert(path);
        self.state = State::Stale;
    }

    /// The version of the text that an editor has.
    pub fn version(&self, path: &str) -> Option<i32> {
        self.open.get(path).map(|open| open.version)
    }

    /// Forgets the text of an editor that was closed.
    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.touch(path.to_owned());
    }

    /// Whether no editor has a file of it.
    pub fn is_idle(&self) -> bool {
        self.open.is_empty()
    }

    /// The text of a file as an editor has it, or as it is on disk.
    pub fn text(&self, path: &str) -> Option<String> {
        match self.open.get(path) {
            Some(open) => Some(open.text.clone()),
            None => self.disk.read(path).ok().and_then(|bytes| decode(bytes).ok()),
        }
    }

    /// Reads and checks the project as it is now, and gives back what was found before.
    pub fn analyse(&mut self, analyse: &Analyse<'_>, depth: Depth) -> Option<Analysis> {
        self.state = match depth {
            Depth::Quick => State::Partial,
            Depth::Full => State::Fresh,
        };
        match analyse(self, depth) {
            Ok(analysis) => {
                self.fault = None;
                self.analysis.replace(analysis)
            }
            Err(fault) => {
                self.fault = Some(fault);
                None
            }
        }
    }

    /// Path and place of a span that lies in a text file of the project.
    pub fn place(&self, span: Span) -> Option<(&str, usize, usize)> {
        let sources = &self.analysis.as_ref()?.sources;
        let file = sources.get(span.source).filter(|file| file.sheet().is_none())?;
        Some((file.path.as_str(), span.start as usize, span.end as usize))
    }
}

/// Files on disk with the texts of editors over them.
impl Files for Project {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match self.open.get(path) {
            Some(open) => Ok(open.text.clone().into_bytes()),
            None => self.disk.read(path),
        }
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        let mut paths = self.disk.list()?;
        paths.extend(self.open.keys().cloned());
        paths.sort();
        paths.dedup();
        Ok(paths)
    }
}
