//! Checks of the project's own.

use crate::formula::Expr;
use crate::source::Spanned;
use crate::syntax::yaml::Node;

use crate::content::blocks::years;
use crate::content::reader::Reader;

/// A comparison that a project wants to hold.
#[derive(Debug, Clone)]
pub struct OwnCheck {
    /// Id, where it is declared.
    pub id: Spanned<String>,
    /// The comparison.
    pub expr: Spanned<Expr>,
    /// Why it has to hold.
    pub because: String,
    /// How bad it is if it does not: `error`, `warning` or `note`.
    pub severity: String,
    /// Years for which it holds; those of the report if there are none.
    pub years: Vec<u16>,
}

/// Reads `checks.yaml`.
pub fn read_all(tree: &Node, reader: &mut Reader<'_>) -> Vec<OwnCheck> {
    let entries = tree.get("checks").map(Node::entries).unwrap_or_default();
    let mut found = Vec::new();
    for entry in entries {
        let node = &entry.value;
        let Some(expr) = node.get("check").and_then(|check| reader.comparison(check)) else {
            continue;
        };
        let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        found.push(OwnCheck {
            id: entry.key.clone(),
            expr,
            because: text("because").unwrap_or_default(),
            severity: text("severity").unwrap_or_else(|| "error".into()),
            years: years(node, reader),
        });
    }
    found
}
