//! `theme.yaml`: what a project changes of the look.

use crate::source::Spanned;
use crate::syntax::yaml::{Node, Value};

/// One value of a theme.
#[derive(Debug, Clone)]
pub struct ThemeValue {
    /// Its name, such as `colour.ink` or `accent.1.strong`.
    pub name: String,
    /// The value as it was written.
    pub text: Spanned<String>,
}

/// What a project changes of the look.
#[derive(Debug, Clone, Default)]
pub struct ThemeFile {
    /// Every value with its name.
    pub values: Vec<ThemeValue>,
    /// File of the logo.
    pub logo: Option<Spanned<String>>,
    /// File of the picture on the cover.
    pub cover: Option<Spanned<String>>,
    /// Files of fonts.
    pub fonts: Vec<Spanned<String>>,
}

/// Reads `theme.yaml`.
pub fn read(tree: &Node) -> ThemeFile {
    let mut values = Vec::new();
    flatten("", tree, &mut values);
    let file = |key: &str| tree.get(key).and_then(|node| node.get("image")).and_then(Node::spanned);
    let fonts = tree.get("font").and_then(|font| font.get("files")).map(Node::items);
    ThemeFile {
        values,
        logo: file("logo"),
        cover: file("cover"),
        fonts: fonts.unwrap_or_default().iter().filter_map(Node::spanned).collect(),
    }
}

fn flatten(prefix: &str, node: &Node, found: &mut Vec<ThemeValue>) {
    for entry in node.entries() {
        let name = match prefix {
            "" => entry.key.value.clone(),
            prefix => format!("{prefix}.{}", entry.key.value),
        };
        match (&entry.value.value, entry.value.spanned()) {
            (Value::Scalar(_), Some(text)) => found.push(ThemeValue { name, text }),
            _ => flatten(&name, &entry.value, found),
        }
    }
}
