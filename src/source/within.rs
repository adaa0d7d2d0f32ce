//! A folder of a place.

use crate::source::{FileError, Files};

/// Files below one folder of another place, under paths that start there.
pub struct Within<'a> {
    files: &'a dyn Files,
    prefix: String,
}

impl<'a> Within<'a> {
    /// The files below a folder. What leads out of the place itself stays refused there.
    pub fn new(files: &'a dyn Files, folder: &str) -> Self {
        Self { files, prefix: format!("{}/", folder.trim_end_matches('/')) }
    }
}

impl Files for Within<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.files.read(&format!("{}{path}", self.prefix))
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        let paths = self.files.list()?;
        let inside = paths.iter().filter_map(|path| path.strip_prefix(&self.prefix));
        Ok(inside.map(str::to_owned).collect())
    }
}
