//! Files that are written whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

use crate::source::FileError;
use crate::source::disk::{describe, shown};

/// What outputs are written through, so that tests can stand in for a disk that fails.
pub trait Store {
    /// Creates a folder and those above it.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Creates or replaces a file.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file another name, in one step, in place of what has that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy)]
pub struct OnDisk;

impl Store for OnDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::write(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Writes a file beside its target and renames it, so that an interruption leaves the previous
/// content whole.
pub fn write_beside(target: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_through(&OnDisk, target, bytes)
}

/// The same through a store. The name of the part holds the number of the process, so that two
/// programs which write the same target do not write into one part.
pub fn write_through(store: &dyn Store, target: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let shown = shown(target);
    let fault = |error: &io::Error| describe(&shown, error);
    if let Some(folder) = target.parent() {
        store.create_folder(folder).map_err(|error| fault(&error))?;
    }
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let beside = target.with_file_name(name);
    let written = store.write(&beside, bytes).and_then(|()| store.rename(&beside, target));
    written.map_err(|error| {
        // The part is of no use to anyone; that it cannot be removed either changes nothing.
        let _ = store.remove(&beside);
        fault(&error)
    })
}
