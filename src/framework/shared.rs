//! The frameworks of the program, each read once for all projects.
//!
//! **Invariant:** what is embedded has no faults, which a test holds, so that nothing is said of it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use crate::source::{Embedded, Files};
use crate::syntax::yaml::{Node, replay};

use crate::framework::catalog::Catalog;
use crate::framework::units::Units;

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
    file.tree.get_or_init(|| read(path).map(Arc::new)).clone()
}

/// The catalog in an embedded file. Its tree is given back, since hardly anybody asks for it again.
pub fn catalog(path: &str) -> Option<Arc<Catalog>> {
    let file = FILES.get(path)?;
    let read = || read(path).and_then(|tree| Catalog::read(&tree)).map(Arc::new);
    file.catalog.get_or_init(read).clone()
}

/// The file of the units.
pub const UNITS: &str = "frameworks/units.yaml";

/// The units of the program.
pub fn units() -> Arc<Units> {
    static SHARED: LazyLock<Arc<Units>> = LazyLock::new(|| {
        let mut units = Units::default();
        read(UNITS).iter().for_each(|tree| units.extend(tree));
        Arc::new(units)
    });
    SHARED.clone()
}

/// Reads what every project needs, so that it is there when it is asked for.
pub fn prepare() {
    units();
    tree("frameworks/factors.yaml");
}

/// Reads the catalog of an edition, so that it is there when it is asked for.
pub fn read_ahead(edition: &str) {
    catalog(&format!("frameworks/{edition}.yaml"));
}

/// What the build script has recorded of each file of YAML, in the order of their paths.
static RECORDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/recorded.rs"));

fn read(path: &str) -> Option<Node> {
    let text = std::str::from_utf8(Embedded::bytes(path)?).ok()?;
    let at = RECORDED.binary_search_by_key(&path, |(path, _)| path).ok()?;
    let (_, events) = RECORDED.get(at)?;
    replay(Embedded::id(path)?, text, events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::syntax::yaml::parse;

    #[test]
    fn embedded_frameworks_have_no_faults_and_are_what_was_recorded() {
        let mut count = 0;
        for path in FILES.keys().filter(|path| path.ends_with(".yaml")) {
            let mut sink = Sink::default();
            let text = String::from_utf8(Embedded.read(path).expect("bytes")).expect("UTF-8");
            let tree = parse(Embedded::id(path).expect("a number"), &text, 0, &mut sink);
            assert!(tree.is_some(), "{path}");
            assert_eq!(sink.finish(), Vec::new(), "{path}");
            assert_eq!(read(path), tree, "{path}");
            count += 1;
        }
        assert_eq!(count, RECORDED.len());
    }
}
