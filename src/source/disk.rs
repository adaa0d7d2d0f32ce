//! Files of a folder on disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::SystemTime;

use crate::source::{FileError, Files};

/// Longest path below the root that is followed, in folders.
const DEEPEST: usize = 16;

/// Largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Most files below the root. A report has some hundred.
const MOST: usize = 100_000;

/// What tells that a file has changed: its size, and when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    written: Option<SystemTime>,
}

/// A folder on disk. Links that lead out of it are refused.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// Opens a folder.
    pub fn open(root: &Path) -> Result<Self, FileError> {
        let shown = shown(root);
        match root.canonicalize() {
            Ok(root) if root.is_dir() => Ok(Self { root }),
            Ok(_) => Err(FileError::unusable(&shown, "not a folder")),
            Err(error) => Err(describe(&shown, &error)),
        }
    }

    /// The folder, as an absolute path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file with what tells that it has changed. A file that vanishes meanwhile is left out.
    pub fn stamps(&self) -> Result<BTreeMap<String, Stamp>, FileError> {
        let mut found = BTreeMap::new();
        for path in self.list()? {
            if let Ok(data) = fs::metadata(self.root.join(&path)) {
                found.insert(path, Stamp { size: data.len(), written: data.modified().ok() });
            }
        }
        Ok(found)
    }

    fn walk(&self, folder: &str, depth: usize, found: &mut Vec<String>) -> Result<(), FileError> {
        let path = self.root.join(folder);
        let entries = fs::read_dir(&path).map_err(|error| describe(folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| describe(folder, &error))?;
            // A name that is not UTF-8 is listed with marks in place of its bytes: reading it then fails
            // with a reason, where leaving it out would lose what is in it without a word.
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let inner = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let kind = entry.file_type().map_err(|error| describe(&inner, &error))?;
            if !kind.is_dir() {
                found.push(inner);
            } else if depth < DEEPEST {
                self.walk(&inner, depth.saturating_add(1), found)?;
            } else {
                return Err(FileError::unusable(&inner, "folders are nested more than 16 deep"));
            }
            if found.len() > MOST {
                return Err(FileError::unusable(folder, "there are more than 100,000 files"));
            }
        }
        Ok(())
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let full = self.root.join(path);
        let full = full.canonicalize().map_err(|error| match path.contains('\u{fffd}') {
            true => FileError::unusable(path, "its name is not UTF-8"),
            false => describe(path, &error),
        })?;
        if !full.starts_with(&self.root) {
            return Err(FileError::unusable(path, "the path leads out of the project"));
        }
        let data = fs::metadata(&full).map_err(|error| describe(path, &error))?;
        // Opening a pipe would wait for somebody to write into it.
        if !data.is_file() {
            return Err(FileError::unusable(path, "it is not a plain file"));
        }
        let too_large = || FileError::unusable(path, format!("larger than {LARGEST} bytes"));
        if data.len() > LARGEST {
            return Err(too_large());
        }
        let file = fs::File::open(&full).map_err(|error| describe(path, &error))?;
        let size = usize::try_from(data.len()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(size.saturating_add(1));
        // The file may grow while it is read, and some that are no plain file say that they are empty.
        let most = LARGEST.saturating_add(1);
        file.take(most).read_to_end(&mut bytes).map_err(|error| describe(path, &error))?;
        if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
    }

    fn list(&self) -> Result<Vec<String>, FileError> {
        let mut found = Vec::new();
        self.walk("", 0, &mut found)?;
        found.sort();
        Ok(found)
    }
}

/// A path as outputs show it: with `/` between folders on every system.
pub fn shown(path: &Path) -> String {
    slashed(&path.to_string_lossy(), MAIN_SEPARATOR)
}

/// A path of a system with `/` in place of its separator, and without the prefix that Windows puts
/// before absolute paths.
fn slashed(path: &str, separator: char) -> String {
    match separator {
        '/' => path.to_owned(),
        _ => path.strip_prefix(r"\\?\").unwrap_or(path).replace(separator, "/"),
    }
}

/// An error of the system in words.
pub fn describe(path: &str, error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound => FileError::missing(path),
        ErrorKind::PermissionDenied => FileError::unusable(path, "permission denied"),
        ErrorKind::StorageFull => FileError::unusable(path, "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => FileError::unusable(path, "the disk can only be read"),
        _ => FileError::unusable(path, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::slashed;

    #[test]
    fn paths_are_shown_with_slashes() {
        assert_eq!(slashed(r"content\a\b.yaml", '\\'), "content/a/b.yaml");
        assert_eq!(slashed(r"\\?\C:\reports\a", '\\'), "C:/reports/a");
        assert_eq!(slashed(r"odd\name/a", '/'), r"odd\name/a");
    }
}
