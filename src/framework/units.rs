//! The unit table: definitions, and what a unit is called in each language.

use std::collections::BTreeMap;

use crate::locale::{Lang, Localized};
use crate::quantity::{Decimal, Unit, UnitDef, UnitTable};
use crate::syntax::yaml::Node;

/// What a unit is called.
#[derive(Debug, Clone, Default)]
pub struct UnitName {
    /// Full name, such as `tonne of CO2 equivalent`.
    pub title: Localized<String>,
    /// What stands behind a number, such as `tCO₂e`.
    pub symbol: Localized<String>,
    /// The name in English behind other numbers than one.
    pub plural: Option<String>,
}

/// Units with their names.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// Definitions and conversion.
    pub table: UnitTable,
    names: BTreeMap<String, UnitName>,
}

impl Units {
    /// Adds the units of a `units.yaml`.
    pub fn extend(&mut self, tree: &Node) {
        for node in tree.get("units").map(Node::items).unwrap_or_default() {
            if let Some((mut def, name)) = read(node) {
                // A factor counts units of the base, which has a size of its own.
                let base = node.get("base").and_then(Node::text).filter(|base| *base != def.id);
                if let Some(base) = base.and_then(|base| self.table.get(base)) {
                    def.factor = def.factor.checked_mul(base.factor).unwrap_or(def.factor);
                }
                self.names.insert(def.id.clone(), name);
                self.table.insert(def);
            }
        }
    }

    /// What a unit is called.
    pub fn name(&self, id: &str) -> Option<&UnitName> {
        self.names.get(id)
    }

    /// What stands behind a number of this unit; empty for pure numbers.
    pub fn symbol(&self, unit: &Unit, lang: Lang) -> String {
        let joiner = if lang.is_chinese() { " / " } else { " per " };
        let one = |id: &String| {
            let name = self.names.get(id).and_then(|name| name.symbol.get(lang));
            name.cloned().unwrap_or_else(|| id.clone())
        };
        let above: Vec<String> = unit.above.iter().map(one).collect();
        let below: Vec<String> = unit.below.iter().map(|id| self.singular(id, lang)).collect();
        let above = above.join("·");
        if below.is_empty() { above } else { format!("{above}{joiner}{}", below.join(joiner)) }
    }

    /// What stands behind the number one.
    pub fn singular_of(&self, unit: &Unit, lang: Lang) -> String {
        match unit.above.as_slice() {
            [id] if lang == Lang::En && self.is_word(id) => {
                let title = self.names.get(id).and_then(|name| name.title.get(lang));
                title.cloned().unwrap_or_else(|| self.symbol(unit, lang))
            }
            [id] => self.singular(id, lang),
            _ => self.symbol(unit, lang),
        }
    }

    /// Whether the English symbol of a unit is its plural, as in `months`, and no abbreviation.
    fn is_word(&self, id: &str) -> bool {
        let Some(name) = self.names.get(id) else { return false };
        name.plural.is_some() && name.plural.as_ref() == name.symbol.get(Lang::En)
    }

    /// What stands under the line of a quotient: `person`, not `people`.
    fn singular(&self, id: &str, lang: Lang) -> String {
        let Some(name) = self.names.get(id) else { return id.to_owned() };
        let counts = self.table.get(id).is_some_and(|def| def.counting);
        let name =
            if lang == Lang::En && counts { name.title.get(lang) } else { name.symbol.get(lang) };
        name.cloned().unwrap_or_else(|| id.to_owned())
    }
}

fn read(node: &Node) -> Option<(UnitDef, UnitName)> {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let words = |key: &str| {
        let items = node.get(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(|item| item.text().map(str::to_owned)).collect::<Vec<_>>()
    };
    let truth = |key: &str| text(key).is_some_and(|value| value == "true");
    let title = localized(node.get("title"));
    let mut aliases = words("aliases");
    aliases.extend(title.iter().map(|(_, name)| name.clone()));
    aliases.extend(text("plural"));
    let id = text("id")?;
    aliases.retain(|alias| *alias != id);
    aliases.sort();
    aliases.dedup();
    let def = UnitDef {
        kind: text("kind")?,
        factor: text("factor")?.parse::<Decimal>().ok()?,
        additive: truth("additive"),
        counting: truth("counting"),
        aliases,
        ambiguous: words("ambiguous"),
        id,
    };
    let symbol = localized(node.get("symbol"));
    Some((def, UnitName { title, symbol, plural: text("plural") }))
}

/// A text in several languages, without places.
pub(super) fn localized(node: Option<&Node>) -> Localized<String> {
    let mut localized = Localized::default();
    for entry in node.map(Node::entries).unwrap_or_default() {
        if let (Some(lang), Some(text)) = (Lang::parse(&entry.key.value), entry.value.text()) {
            localized.insert(lang, text.to_owned());
        }
    }
    localized
}
