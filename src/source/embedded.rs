//! Files that are part of the program: frameworks, templates and fonts.

use std::sync::{LazyLock, OnceLock};

use include_dir::{Dir, include_dir};

use crate::source::sources::SourceFile;
use crate::source::{FileError, Files, SourceId, decode};

static FRAMEWORKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/frameworks");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The number of the first embedded file. Texts that are read are numbered from zero, and there are never
/// that many.
const FIRST: u32 = 1 << 31;

/// An embedded file with its text, as soon as it is asked for.
type Numbered = (String, OnceLock<Option<SourceFile>>);

static NUMBERED: LazyLock<Vec<Numbered>> = LazyLock::new(|| {
    let paths = Embedded.list().unwrap_or_default();
    paths.into_iter().map(|path| (path, OnceLock::new())).collect()
});

/// The files that are compiled into the program, under `frameworks/` and `templates/`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Embedded;

impl Embedded {
    /// The bytes of a file, without a copy.
    pub fn bytes(path: &str) -> Option<&'static [u8]> {
        let (folder, rest) = path.split_once('/')?;
        let folder = match folder {
            "frameworks" => &FRAMEWORKS,
            "templates" => &TEMPLATES,
            _ => return None,
        };
        Some(folder.get_file(rest)?.contents())
    }

    /// The number of a file, which is the same among all [`Sources`](crate::source::Sources).
    pub fn id(path: &str) -> Option<SourceId> {
        let at = NUMBERED.binary_search_by(|(other, _)| other.as_str().cmp(path)).ok()?;
        FIRST.checked_add(u32::try_from(at).ok()?).map(SourceId)
    }

    /// The text behind a number, if it is one of an embedded file.
    pub(super) fn source(id: SourceId) -> Option<&'static SourceFile> {
        let at = usize::try_from(id.0.checked_sub(FIRST)?).ok()?;
        let (path, file) = NUMBERED.get(at)?;
        let read = || {
            let text = decode(Self::bytes(path)?.to_vec()).ok()?;
            Some(SourceFile::new(path.clone(), text.into()))
        };
        file.get_or_init(read).as_ref()
    }
}

impl Files for Embedded {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        Self::bytes(path).map(<[u8]>::to_vec).ok_or_else(|| FileError::missing(path))
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        let mut found = Vec::new();
        collect("frameworks", &FRAMEWORKS, &mut found);
        collect("templates", &TEMPLATES, &mut found);
        found.sort();
        Ok(found)
    }
}

fn collect(prefix: &str, folder: &Dir<'_>, found: &mut Vec<String>) {
    let paths = folder.files().filter_map(|file| file.path().to_str());
    found.extend(paths.map(|path| format!("{prefix}/{path}")));
    for inner in folder.dirs() {
        collect(prefix, inner, found);
    }
}
