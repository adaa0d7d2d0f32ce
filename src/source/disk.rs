//! Files of a folder on disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::SystemTime;

use crate::source::{FileError, Files};

/// Longest path below the root that is followed, in folders.
const DEEPEST: usize = 16;

/// Largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

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
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let inner = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let kind = entry.file_type().map_err(|error| describe(&inner, &error))?;
            if kind.is_dir() && depth < DEEPEST {
                self.walk(&inner, depth + 1, found)?;
            } else if !kind.is_dir() {
                found.push(inner);
            }
        }
        Ok(())
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let full = self.root.join(path);
        let full = full.canonicalize().map_err(|error| describe(path, &error))?;
        if !full.starts_with(&self.root) {
            return Err(FileError::unusable(path, "the path leads out of the project"));
        }
        let size = fs::metadata(&full).map_err(|error| describe(path, &error))?.len();
        if size > LARGEST {
            return Err(FileError::unusable(path, format!("larger than {LARGEST} bytes")));
        }
        fs::read(&full).map_err(|error| describe(path, &error))
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

/// Writes a file beside its target and renames it, so that an interruption leaves the previous
/// content whole.
pub fn write_beside(target: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let shown = shown(target);
    let fault = |error: &std::io::Error| describe(&shown, error);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    }
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let beside = target.with_file_name(name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, target));
    written.map_err(|error| {
        // The part is of no use to anyone; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&beside);
        fault(&error)
    })
}

fn describe(path: &str, error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound => FileError::missing(path),
        ErrorKind::PermissionDenied => FileError::unusable(path, "permission denied"),
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
