//! What frameworks there are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Sink;
use crate::source::{Embedded, Files, Sources, decode};
use crate::syntax::yaml::{Node, parse};

use crate::framework::catalog::Catalog;
use crate::framework::crosswalk::Crosswalk;
use crate::framework::factors::{Factor, read_factors};
use crate::framework::shared;
use crate::framework::units::Units;

/// The frameworks that a project can name: embedded ones with the project's own laid over them.
pub struct Library<'a> {
    files: &'a dyn Files,
    amend: Option<&'a dyn Fn(&mut Node)>,
    trees: RefCell<BTreeMap<String, Option<Arc<Node>>>>,
    catalogs: RefCell<BTreeMap<String, Option<Arc<Catalog>>>>,
}

/// A file of a library.
enum File {
    /// The one of the program, which is read once for all projects.
    Embedded,
    /// One of the project, with its bytes.
    Own(Vec<u8>),
}

impl<'a> Library<'a> {
    /// A library over files that have `frameworks/` in them.
    pub fn new(files: &'a dyn Files) -> Self {
        Self { files, amend: None, trees: RefCell::default(), catalogs: RefCell::default() }
    }

    /// The same library, with a change made to every catalog before it is read.
    pub fn amended(files: &'a dyn Files, amend: &'a dyn Fn(&mut Node)) -> Self {
        Self { amend: Some(amend), ..Self::new(files) }
    }

    /// The tree of a file; nothing if it cannot be read. Each is read once, so that what is wrong with it
    /// is said once.
    pub fn tree(&self, path: &str, sources: &mut Sources, sink: &mut Sink) -> Option<Arc<Node>> {
        let known = self.trees.borrow().get(path).cloned();
        known.unwrap_or_else(|| {
            let tree = match self.read(path) {
                None => None,
                Some(File::Embedded) => shared::tree(path),
                Some(File::Own(bytes)) => {
                    let parsed = |text: String| parse(sources.add(path, &text), &text, 0, sink);
                    decode(bytes).ok().and_then(parsed).map(Arc::new)
                }
            };
            self.trees.borrow_mut().insert(path.to_owned(), tree.clone());
            tree
        })
    }

    /// A file, if there is one.
    fn read(&self, path: &str) -> Option<File> {
        let bytes = self.files.read(path).ok()?;
        let embedded = Embedded::bytes(path) == Some(&bytes);
        Some(if embedded { File::Embedded } else { File::Own(bytes) })
    }

    /// The catalog of an edition such as `gri/2021`; nothing if there is none. Each is read once.
    pub fn catalog(
        &self,
        name: &str,
        sources: &mut Sources,
        sink: &mut Sink,
    ) -> Option<Arc<Catalog>> {
        let known = self.catalogs.borrow().get(name).cloned();
        known.unwrap_or_else(|| {
            let catalog = self.parse_catalog(name, sources, sink);
            self.catalogs.borrow_mut().insert(name.to_owned(), catalog.clone());
            catalog
        })
    }

    fn parse_catalog(
        &self,
        name: &str,
        sources: &mut Sources,
        sink: &mut Sink,
    ) -> Option<Arc<Catalog>> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.');
        if name.split('/').count() != 2 || !name.chars().all(plain) || name.contains("..") {
            return None;
        }
        let path = format!("frameworks/{name}.yaml");
        if self.amend.is_none() && matches!(self.read(&path)?, File::Embedded) {
            return shared::catalog(&path);
        }
        let tree = self.tree(&path, sources, sink)?;
        let Some(amend) = self.amend else { return Catalog::read(&tree).map(Arc::new) };
        let mut tree = (*tree).clone();
        amend(&mut tree);
        Catalog::read(&tree).map(Arc::new)
    }

    /// All crosswalks that start from or lead to an edition.
    pub fn crosswalks(
        &self,
        edition: &str,
        sources: &mut Sources,
        sink: &mut Sink,
    ) -> Vec<Crosswalk> {
        let name = edition.replace('/', "-");
        let paths = self.files.list().unwrap_or_default();
        let mut found = Vec::new();
        for path in paths {
            let Some(inner) = path.strip_prefix("frameworks/crosswalk/") else { continue };
            let Some((from, to)) = inner.trim_end_matches(".yaml").split_once("--") else {
                continue;
            };
            if from != name && to != name {
                continue;
            }
            let tree = self.tree(&path, sources, sink);
            found.extend(tree.and_then(|tree| Crosswalk::read(&tree)));
        }
        found
    }

    /// Names of all editions, sorted.
    pub fn editions(&self) -> Vec<String> {
        let paths = self.files.list().unwrap_or_default();
        let names = paths.iter().filter_map(|path| {
            let name = path.strip_prefix("frameworks/")?.strip_suffix(".yaml")?;
            let folder = name.split_once('/')?.0;
            (!matches!(folder, "crosswalk" | "schema")).then(|| name.to_owned())
        });
        names.collect()
    }

    /// The emission factors of the tool.
    pub fn factors(&self, sources: &mut Sources, sink: &mut Sink) -> Vec<Factor> {
        let tree = self.tree("frameworks/factors.yaml", sources, sink);
        tree.map(|tree| read_factors(&tree)).unwrap_or_default()
    }

    /// The units of the tool.
    pub fn units(&self, sources: &mut Sources, sink: &mut Sink) -> Arc<Units> {
        if matches!(self.read(shared::UNITS), Some(File::Embedded)) {
            return shared::units();
        }
        let mut units = Units::default();
        let tree = self.tree(shared::UNITS, sources, sink);
        tree.iter().for_each(|tree| units.extend(tree));
        Arc::new(units)
    }
}
