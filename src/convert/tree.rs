//! Texts in several languages, as YAML holds them.

use crate::convert::Converter;
use crate::locale::Lang;
use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Entry, Node, Scalar, Style, Value};

/// A text in simplified Chinese that has no traditional form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Localizable<'a> {
    /// Where it stands.
    pub span: Span,
    /// The text.
    pub text: &'a str,
}

/// The texts of a tree that lack a traditional form.
pub fn localizable(tree: &Node) -> Vec<Localizable<'_>> {
    let mut found = Vec::new();
    look(tree, &mut found);
    found
}

fn look<'a>(node: &'a Node, found: &mut Vec<Localizable<'a>>) {
    if let Some(source) = source(node) {
        let text = source.text().unwrap_or_default();
        found.push(Localizable { span: source.span, text });
    }
    node.items().iter().for_each(|item| look(item, found));
    node.entries().iter().for_each(|entry| look(&entry.value, found));
}

/// The simplified text of a map that has no traditional one.
fn source(node: &Node) -> Option<&Node> {
    let has = node.get(Lang::ZhHant.tag()).is_some();
    node.get(Lang::ZhHans.tag()).filter(|text| !has && text.text().is_some())
}

impl Converter {
    /// Adds the traditional form to every text of a tree that lacks it. It has the place of the
    /// text it was made from.
    pub fn complete(&self, tree: &mut Node) {
        let added = source(tree).map(|text| Entry {
            key: Spanned::new(Lang::ZhHant.tag().to_owned(), text.span),
            value: Node {
                span: text.span,
                value: Value::Scalar(Scalar {
                    text: self.markup(text.text().unwrap_or_default()),
                    style: Style::Quoted,
                }),
            },
        });
        match &mut tree.value {
            Value::Seq(items) => items.iter_mut().for_each(|item| self.complete(item)),
            Value::Map(entries) => {
                entries.iter_mut().for_each(|entry| self.complete(&mut entry.value));
                entries.extend(added);
            }
            Value::Null | Value::Scalar(_) => {}
        }
    }
}
