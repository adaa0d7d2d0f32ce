//! Which files were read.

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::source::{FileError, Files};

/// Notes every file that is read from another place.
///
/// What a report was made from is what was read while it was made, and nothing that happens to lie
/// beside it.
pub struct Recorder<'a> {
    inner: &'a dyn Files,
    read: Mutex<BTreeSet<String>>,
}

impl<'a> Recorder<'a> {
    /// Notes what is read from a place.
    pub fn new(inner: &'a dyn Files) -> Self {
        Self { inner, read: Mutex::new(BTreeSet::new()) }
    }

    /// The paths that were read, sorted.
    pub fn paths(&self) -> Vec<String> {
        match self.read.lock() {
            Ok(read) => read.iter().cloned().collect(),
            Err(poisoned) => poisoned.into_inner().iter().cloned().collect(),
        }
    }
}

impl Files for Recorder<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let bytes = self.inner.read(path)?;
        match self.read.lock() {
            Ok(mut read) => drop(read.insert(path.to_owned())),
            Err(poisoned) => drop(poisoned.into_inner().insert(path.to_owned())),
        }
        Ok(bytes)
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        self.inner.list()
    }
}
