//! `review.yaml`: what was written for the user, or carried over from last year, and has not been
//! looked at since.

use crate::source::Spanned;
use crate::syntax::yaml::Node;

use crate::content::reader::Reader;

/// `review.yaml`.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// The year that it was carried over from; nothing where `init` wrote it.
    pub carried_from: Option<u16>,
    /// Files of the project.
    pub files: Vec<Spanned<String>>,
    /// Editions with codes whose answers are to be reviewed.
    pub answers: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
}

/// Reads `review.yaml`.
pub fn read(tree: &Node, reader: &Reader<'_>) -> Review {
    let year = tree.get("carried-from").and_then(Node::text);
    let editions = tree.get("answers").map(Node::entries).unwrap_or_default().iter();
    Review {
        carried_from: year.and_then(|year| reader.year(year)),
        files: reader.ids(tree, "files"),
        answers: editions
            .map(|entry| {
                let codes = entry.value.items().iter().filter_map(Node::spanned);
                (entry.key.clone(), codes.collect())
            })
            .collect(),
    }
}
