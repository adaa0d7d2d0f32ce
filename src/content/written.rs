//! The files of a project, before anything is made of them.

use crate::source::{FileError, Files, MissingFile};

use crate::content::load::LoadFault;
use crate::content::trees::is_read;

/// What stands in the files of a project that are read as text.
pub struct Written {
    /// Paths of all its files.
    pub paths: Vec<String>,
    /// Bytes of those that are read, or why they cannot be.
    pub texts: Vec<(String, Result<Vec<u8>, FileError>)>,
}

impl Written {
    /// Reads the files of a folder. Without `report.yaml` it is no project.
    pub fn read(files: &dyn Files) -> Result<Self, LoadFault> {
        let paths = files.list().map_err(LoadFault::Files)?;
        if let Err(error) = files.read("report.yaml")
            && error.missing == MissingFile::Yes
        {
            return Err(LoadFault::NoReport(error));
        }
        let read = paths.iter().filter(|path| is_read(path));
        let texts = read.map(|path| (path.clone(), files.read(path))).collect();
        Ok(Self { paths, texts })
    }

    /// Bytes of what was read.
    pub fn size(&self) -> usize {
        self.texts.iter().filter_map(|(_, text)| text.as_ref().ok()).map(Vec::len).sum()
    }
}
