//! A report that is named with a command: the folder of its project, or its evidence bundle.

use std::path::Path;

use crate::bundle::{open, verify};
use crate::diag::{Phrase, say};
use crate::source::{Disk, Files, Memory, shown};

use crate::command::Error;
use crate::command::verify::read;

/// The files of a report that an argument names.
pub fn files_of(path: &Path) -> Result<Box<dyn Files>, Error> {
    if !path.is_file() {
        return Ok(Box::new(Disk::open(path)?));
    }
    let file = shown(path);
    match inputs(&read(path)?) {
        Ok(files) => Ok(Box::new(files)),
        Err(reason) => Err(Error::Argument(say!(
            "{file} is neither the folder of a project nor a whole evidence bundle: {reason}",
            file,
            reason
        ))),
    }
}

/// The project in an evidence bundle, of which nothing may have been changed.
pub fn inputs(archive: &[u8]) -> Result<Memory, Phrase> {
    let opened = open(archive).map_err(|refusal| Phrase::from(refusal.to_string()))?;
    if let Some(fault) = verify(&opened, None).faults.first() {
        return Err(Phrase::from(fault));
    }
    let mut files = Memory::default();
    for (path, bytes) in opened.inputs() {
        files.insert(&path, bytes);
    }
    Ok(files)
}

/// Whether a place that a project names is a bundle, and no folder.
pub fn is_bundle(name: &str) -> bool {
    name.to_lowercase().ends_with(".zip")
}
