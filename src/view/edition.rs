//! Several languages in one document.

use crate::view::both::anchors::prefix_ids;
use crate::view::model::View;

/// A view as one of the languages of a document.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What all its anchors begin with: nothing in the first edition, so that addresses of the
    /// prevailing language stay as they are in a document of one language.
    pub prefix: String,
    /// The view, with the prefix before its anchors and before every reference to one.
    pub view: View,
}

/// Anchors of figures as short as they can be: there are thousands of links to them, and addresses that
/// people keep are those of the first edition.
fn number_facts(view: &mut View, prefix: &str) {
    for (at, fact) in view.facts.iter_mut().enumerate() {
        fact.anchor = format!("{prefix}fact_{}", at + 1);
    }
}

/// Views as the editions of one document, in which no anchor stands twice.
pub fn editions<'a>(views: impl IntoIterator<Item = &'a View>) -> Vec<Edition> {
    let numbered = views.into_iter().enumerate().map(|(at, view)| {
        let mut view = view.clone();
        let prefix = if at == 0 { String::new() } else { format!("{}_", view.lang) };
        if at > 0 {
            prefix_ids(&mut view, &prefix);
            number_facts(&mut view, &prefix);
        }
        Edition { prefix, view }
    });
    numbered.collect()
}
