//! An archive to a bundle, once nothing in it can do harm.

use crate::diag::{Phrase, say};
use crate::source::sha256;
use crate::source::zip::{Refusal, unpack};

use crate::bundle::{INPUT, ROOT, STATEMENT, Tree};

/// A bundle that was read.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    /// Its files, without the folder that they unfold into.
    pub tree: Tree,
    /// What is wrong with the archive itself.
    pub faults: Vec<Phrase>,
}

/// Reads an archive.
pub fn open(archive: &[u8]) -> Result<Opened, Phrase> {
    let unpacked = unpack(archive).map_err(|refusal| told(&refusal))?;
    let mut opened =
        Opened { tree: Tree::new(), faults: unpacked.faults.iter().map(told).collect() };
    let mut last = String::new();
    for (path, bytes) in unpacked.files {
        let Some(inner) = path.strip_prefix(ROOT) else {
            return Err(say!(
                "this is no evidence bundle: `{path}` is not in `{folder}`",
                path,
                folder = ROOT
            ));
        };
        if inner < last.as_str() {
            opened.faults.push(say!(
                "the files are in another order: `{last}` stands before `{inner}`",
                last,
                inner
            ));
        }
        last = inner.to_owned();
        opened.tree.insert(last.clone(), bytes);
    }
    if !opened.tree.contains_key("bagit.txt") && !opened.tree.contains_key(STATEMENT) {
        return Err(say!("this is no evidence bundle: it has no `bagit.txt`"));
    }
    Ok(opened)
}

/// What is wrong with an archive, or with a file in it.
fn told(refusal: &Refusal) -> Phrase {
    let reason = Phrase::word(refusal.reason);
    match (&refusal.name, &refusal.other) {
        (Some(name), Some(other)) => {
            say!("`{name}` {reason} `{other}`", name, reason, other)
        }
        (Some(name), None) => say!("`{name}` {reason}", name, reason),
        (None, _) => reason,
    }
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
