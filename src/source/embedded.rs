//! Files that are part of the program: frameworks, templates and fonts.

use include_dir::{Dir, include_dir};

use crate::source::{FileError, Files};

static FRAMEWORKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/frameworks");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

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
