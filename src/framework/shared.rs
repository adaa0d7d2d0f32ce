//! The frameworks of the program, each read once for all projects.
//!
//! **Invariant:** what is embedded has no faults, which a test holds, so that nothing is said of it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use crate::diag::Sink;
use crate::source::{Embedded, Files, decode};
use crate::syntax::yaml::{Node, parse};

use crate::framework::catalog::Catalog;

/// An embedded file, as far as it was asked for.
#[derive(Default)]
struct Shared {
    tree: OnceLock<Option<Arc<Node>>>,
    catalog: OnceLock<Option<Arc<Catalog>>>,
}

static FILES: LazyLock<BTreeMap<String, Shared>> = LazyLock::new(|| {
    let paths = Embedded.list().unwrap_or_default().into_iter();
    let frameworks = paths.filter(|path| path.starts_with("frameworks/"));
    frameworks.map(|path| (path, Shared::default())).collect()
});

/// The tree of an embedded file.
pub fn tree(path: &str) -> Option<Arc<Node>> {
    let file = FILES.get(path)?;
    file.tree.get_or_init(|| read(path, &mut Sink::default()).map(Arc::new)).clone()
}

/// The catalog in an embedded file.
pub fn catalog(path: &str) -> Option<Arc<Catalog>> {
    let file = FILES.get(path)?;
    let read = || tree(path).and_then(|tree| Catalog::read(&tree)).map(Arc::new);
    file.catalog.get_or_init(read).clone()
}

/// Reads what every project needs, so that it is there when it is asked for.
pub fn prepare() {
    for path in ["frameworks/units.yaml", "frameworks/factors.yaml"] {
        tree(path);
    }
}

/// Reads the catalog of an edition, so that it is there when it is asked for.
pub fn read_ahead(edition: &str) {
    catalog(&format!("frameworks/{edition}.yaml"));
}

fn read(path: &str, sink: &mut Sink) -> Option<Node> {
    let text = decode(Embedded::bytes(path)?.to_vec()).ok()?;
    parse(Embedded::id(path)?, &text, 0, sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_frameworks_have_no_faults() {
        for path in FILES.keys().filter(|path| path.ends_with(".yaml")) {
            let mut sink = Sink::default();
            assert!(read(path, &mut sink).is_some(), "{path}");
            assert_eq!(sink.finish(), Vec::new(), "{path}");
        }
    }
}
