//! Files held in memory.

use std::collections::BTreeMap;

use crate::source::{FileError, Files};

/// Files held in memory: tests, editors and bundles.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    refused: BTreeMap<String, String>,
}

impl Memory {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.to_owned(), bytes.into());
    }

    /// Makes a file fail when it is read, as a disk may.
    pub fn refuse(&mut self, path: &str, reason: &str) {
        self.refused.insert(path.to_owned(), reason.to_owned());
    }

    /// Removes a file and returns its bytes.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.files.remove(path)
    }

    /// Copies every file of another place.
    pub fn copy(files: &dyn Files) -> Result<Self, FileError> {
        let mut memory = Self::default();
        for path in files.list()? {
            let bytes = files.read(&path)?;
            memory.insert(&path, bytes);
        }
        Ok(memory)
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if let Some(reason) = self.refused.get(path) {
            return Err(FileError::unusable(path, reason));
        }
        self.files.get(path).cloned().ok_or_else(|| FileError::missing(path))
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        let mut paths: Vec<String> =
            self.files.keys().chain(self.refused.keys()).cloned().collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }
}
