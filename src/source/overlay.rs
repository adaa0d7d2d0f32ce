//! One place over another.

use crate::source::{FileError, Files, MissingFile};

/// Reads from the upper place, and from the lower one what the upper has not.
///
/// A project's own `frameworks/` and `templates/` lie over the embedded ones this way.
pub struct Overlay<'a> {
    upper: &'a dyn Files,
    lower: &'a dyn Files,
}

impl<'a> Overlay<'a> {
    /// Lays `upper` over `lower`.
    pub fn new(upper: &'a dyn Files, lower: &'a dyn Files) -> Self {
        Self { upper, lower }
    }
}

impl Files for Overlay<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match self.upper.read(path) {
            Err(error) if error.missing == MissingFile::Yes => self.lower.read(path),
            other => other,
        }
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        let mut found = self.upper.list()?;
        found.extend(self.lower.list()?);
        found.sort();
        found.dedup();
        Ok(found)
    }
}
