//! Figures that a disclosure asks for.

use crate::framework::catalog::words;
use crate::framework::units::localized;
use crate::locale::Localized;
use crate::syntax::yaml::Node;

/// The smallest thing that can be reported.
#[derive(Debug, Clone)]
pub struct Datapoint {
    /// Id.
    pub id: String,
    /// Label.
    pub label: Localized<String>,
    /// The datapoint that it breaks down.
    pub of: Option<String>,
    /// The unit that is suggested.
    pub unit: Option<String>,
    /// Kind of quantity; nothing if it is text or not known.
    pub quantity: Option<String>,
    /// Dimensions that it is asked to be broken down by.
    pub breakdowns: Vec<String>,
    /// Whether an intensity is asked for beside it: `required`, `where-appropriate` …
    pub intensity: Option<String>,
    /// How many years are asked for, the reporting year last.
    pub years: Option<u16>,
    /// How binding it is: `required`, `where-applicable`, `one-of` …
    pub obligation: Option<String>,
    /// What the metric that answers it must be declared as, such as `ghg-scope-2-location`.
    pub role: Option<String>,
    /// Dimension of which it is asked which members the figure covers.
    pub covers: Option<String>,
    /// Members that the framework knows, by dimension.
    pub members: Vec<(String, Vec<String>)>,
    /// Datapoints of one item of which one is enough share this name.
    pub one_of: Option<String>,
}

impl Datapoint {
    /// Whether the item asks for it in every report.
    pub fn is_required(&self) -> bool {
        self.obligation.as_deref() == Some("required")
    }
}

/// The datapoints of an item.
pub(super) fn read_all(node: &Node) -> Vec<Datapoint> {
    let nodes = node.get("datapoints").map(Node::items).unwrap_or_default();
    nodes.iter().filter_map(read).collect()
}

fn members(node: &Node) -> Vec<(String, Vec<String>)> {
    let entries = node.get("members").map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| (entry.key.value.clone(), words(Some(&entry.value)))).collect()
}

fn read(node: &Node) -> Option<Datapoint> {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    Some(Datapoint {
        id: text("id")?,
        label: localized(node.get("label")),
        of: text("of"),
        unit: text("unit"),
        quantity: text("quantity"),
        breakdowns: words(node.get("breakdowns")),
        intensity: text("intensity"),
        years: text("years").and_then(|years| years.parse().ok()),
        obligation: text("obligation"),
        role: text("role"),
        one_of: text("one-of"),
        covers: text("covers"),
        members: members(node),
    })
}
