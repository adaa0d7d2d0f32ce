//! What frameworks there are.

use crate::diag::Sink;
use crate::source::{Files, Sources, decode};
use crate::syntax::yaml::Node;
use crate::syntax::yaml::parse;

use crate::framework::catalog::Catalog;
use crate::framework::crosswalk::Crosswalk;
use crate::framework::factors::{Factor, read_factors};
use crate::framework::units::Units;

/// The frameworks that a project can name: embedded ones with the project's own laid over them.
pub struct Library<'a> {
    files: &'a dyn Files,
    amend: Option<&'a dyn Fn(&mut Node)>,
}

impl<'a> Library<'a> {
    /// A library over files that have `frameworks/` in them.
    pub fn new(files: &'a dyn Files) -> Self {
        Self { files, amend: None }
    }

    /// The same library, with a change made to every catalog before it is read.
    pub fn amended(files: &'a dyn Files, amend: &'a dyn Fn(&mut Node)) -> Self {
        Self { files, amend: Some(amend) }
    }

    /// The catalog of an edition such as `gri/2021`; nothing if there is none.
    pub fn catalog(&self, name: &str, sources: &mut Sources, sink: &mut Sink) -> Option<Catalog> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.');
        if name.split('/').count() != 2 || !name.chars().all(plain) || name.contains("..") {
            return None;
        }
        let path = format!("frameworks/{name}.yaml");
        let text = decode(self.files.read(&path).ok()?).ok()?;
        let id = sources.add(&path, &text);
        let mut tree = parse(id, &text, 0, sink)?;
        if let Some(amend) = self.amend {
            amend(&mut tree);
        }
        Catalog::read(&tree)
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
            let text = self.files.read(&path).ok().and_then(|bytes| decode(bytes).ok());
            let Some(text) = text else { continue };
            let id = sources.add(&path, &text);
            found.extend(parse(id, &text, 0, sink).and_then(|tree| Crosswalk::read(&tree)));
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
        let path = "frameworks/factors.yaml";
        let text = self.files.read(path).ok().and_then(|bytes| decode(bytes).ok());
        let Some(text) = text else { return Vec::new() };
        let id = sources.add(path, &text);
        parse(id, &text, 0, sink).map(|tree| read_factors(&tree)).unwrap_or_default()
    }

    /// The units of the tool.
    pub fn units(&self, sources: &mut Sources, sink: &mut Sink) -> Units {
        let mut units = Units::default();
        let path = "frameworks/units.yaml";
        let text = self.files.read(path).ok().and_then(|bytes| decode(bytes).ok());
        if let Some(text) = text {
            let id = sources.add(path, &text);
            if let Some(tree) = parse(id, &text, 0, sink) {
                units.extend(&tree);
            }
        }
        units
    }
}
