//! An archive to a bundle, once nothing in it can do harm.

use crate::source::sha256;
use crate::source::zip::{Refusal, unpack};

use crate::bundle::{INPUT, ROOT, STATEMENT, Tree};

/// A bundle that was read.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    /// Its files, without the folder that they unfold into.
    pub tree: Tree,
    /// What is wrong with the archive itself, in words.
    pub faults: Vec<String>,
}

/// Reads an archive.
pub fn open(archive: &[u8]) -> Result<Opened, Refusal> {
    let unpacked = unpack(archive)?;
    let mut opened = Opened { tree: Tree::new(), faults: unpacked.faults };
    let mut last = String::new();
    for (path, bytes) in unpacked.files {
        let Some(inner) = path.strip_prefix(ROOT) else {
            return Err(Refusal(format!(
                "this is no evidence bundle: `{path}` is not in `{ROOT}`"
            )));
        };
        if inner < last.as_str() {
            opened
                .faults
                .push(format!("the files are in another order: `{last}` stands before `{inner}`"));
        }
        last = inner.to_owned();
        opened.tree.insert(last.clone(), bytes);
    }
    if !opened.tree.contains_key("bagit.txt") && !opened.tree.contains_key(STATEMENT) {
        return Err(Refusal("this is no evidence bundle: it has no `bagit.txt`".into()));
    }
    Ok(opened)
}

impl Opened {
    /// The digest that names the bundle: the checksum of its statement.
    pub fn digest(&self) -> Option<String> {
        self.tree.get(STATEMENT).map(|bytes| sha256(bytes))
    }

    /// The project's files.
    pub fn inputs(&self) -> Tree {
        let files = self.tree.iter();
        let inner = files.filter_map(|(path, bytes)| {
            Some((path.strip_prefix(INPUT)?.to_owned(), bytes.clone()))
        });
        inner.collect()
    }
}
