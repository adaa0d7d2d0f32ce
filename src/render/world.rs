//! What Typst sees: a small tree of files in memory, and the embedded fonts.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::render::RenderFault;
use crate::render::fonts::Fonts;

/// The path of the file that Typst starts with.
pub const MAIN: &str = "/typst/main.typ";

/// Files in memory by path, with fonts. There is no disk, no clock, no network.
pub struct Memory {
    library: LazyHash<Library>,
    fonts: Arc<Fonts>,
    main: FileId,
    sources: BTreeMap<String, Source>,
    files: BTreeMap<String, Bytes>,
    today: Option<Datetime>,
}

impl Memory {
    /// A world of files, given by their path from the root, and fonts besides the program's own.
    pub fn new(
        files: BTreeMap<String, Vec<u8>>,
        fonts: &[Vec<u8>],
        today: Option<Datetime>,
    ) -> Result<Self, RenderFault> {
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_features(features).build();
        let mut sources = BTreeMap::new();
        let mut bytes = BTreeMap::new();
        for (path, content) in files {
            if path.ends_with(".typ") {
                let text = String::from_utf8(content)
                    .map_err(|_| RenderFault(format!("{path} is not UTF-8")))?;
                sources.insert(path.clone(), Source::new(id(&path)?, text));
            } else {
                bytes.insert(path, Bytes::new(content));
            }
        }
        let main = id(MAIN)?;
        let library = LazyHash::new(library);
        Ok(Self { library, fonts: Fonts::with(fonts), main, sources, files: bytes, today })
    }
}

fn id(path: &str) -> Result<FileId, RenderFault> {
    let path = VirtualPath::new(path).map_err(|error| RenderFault(format!("{path}: {error}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The path of a file of the project; files of packages are refused.
fn project_path(id: FileId) -> FileResult<&'static str> {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => Ok(path.vpath().get_with_slash()),
        _ => Err(FileError::AccessDenied),
    }
}

impl World for Memory {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = project_path(id)?;
        self.sources.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = project_path(id)?;
        if let Some(source) = self.sources.get(path) {
            return Ok(Bytes::from_string(source.text().to_owned()));
        }
        self.files.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
