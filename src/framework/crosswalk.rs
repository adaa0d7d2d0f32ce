//! How editions map onto each other.

use crate::source::Spanned;
use crate::syntax::yaml::Node;

/// Links from one edition to another.
#[derive(Debug, Clone)]
pub struct Crosswalk {
    /// Edition that the links start from.
    pub from: String,
    /// Edition that they lead to.
    pub to: String,
    /// Links.
    pub links: Vec<Link>,
}

/// One link.
#[derive(Debug, Clone)]
pub struct Link {
    /// Code in the edition that the link starts from.
    pub from: Spanned<String>,
    /// Code in the edition that it leads to.
    pub to: Spanned<String>,
    /// How close they are: `equivalent`, `partial` or `related`.
    pub relation: String,
    /// Why they are linked: `crosswalk`, `succession` or `derivation`.
    pub kind: String,
    /// How certain the link is.
    pub confidence: String,
}

impl Crosswalk {
    /// Reads a crosswalk; nothing if it does not say between which editions.
    pub fn read(tree: &Node) -> Option<Self> {
        let text = |key: &str| tree.get(key).and_then(Node::text).map(str::to_owned);
        let links = tree.get("links").map(Node::items).unwrap_or_default();
        let links = links.iter().filter_map(read_link).collect();
        Some(Self { from: text("from")?, to: text("to")?, links })
    }
}

fn read_link(node: &Node) -> Option<Link> {
    let text = |key: &str| node.get(key).and_then(Node::text).unwrap_or_default().to_owned();
    Some(Link {
        from: node.get("from")?.spanned()?,
        to: node.get("to")?.spanned()?,
        relation: text("relation"),
        kind: text("kind"),
        confidence: text("confidence"),
    })
}
