//! The figures that editions ask for, as metrics whose values are pending.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::framework::Catalog;
use crate::framework::Datapoint;
use crate::framework::Item;
use crate::framework::Units;
use crate::locale::Localized;

use crate::scaffold::Issuer;
use crate::scaffold::answers::binding;
use crate::scaffold::words::flow;

/// Metrics of one file, which have a heading of their own in the report.
pub struct Topic {
    /// Name of the file and id of the heading.
    pub slug: String,
    /// Heading.
    pub title: Localized<String>,
    /// Metrics in the order of the framework.
    pub metrics: Vec<Asked>,
}

/// A metric that an edition asks for.
pub struct Asked {
    /// Id.
    pub id: String,
    label: Localized<String>,
    unit: String,
    role: Option<String>,
    asked_by: Vec<String>,
}

/// All metrics by topic, and the metrics that answer each code.
pub struct Collected {
    /// Topics in the order of the frameworks.
    pub topics: Vec<Topic>,
    /// Metrics by edition and code.
    pub facts: BTreeMap<(String, String), Vec<String>>,
}

/// Collects the figures that binding disclosures of the claimed editions require.
pub fn collect(issuer: &Issuer, units: &Units) -> Collected {
    let mut collected = Collected { topics: Vec::new(), facts: BTreeMap::new() };
    for (catalog, claim) in &issuer.claims {
        let codes = binding(issuer, catalog, claim);
        for item in &catalog.items {
            let Some(answered) = answered_by(catalog, item, &codes) else { continue };
            for datapoint in item.datapoints.iter().filter(|d| is_wanted(d)) {
                let Some(unit) = unit_of(datapoint, issuer, units) else { continue };
                let facts =
                    collected.facts.entry((catalog.name.clone(), answered.to_owned())).or_default();
                if !facts.contains(&datapoint.id) {
                    facts.push(datapoint.id.clone());
                }
                let asked_by = format!("{} {}", catalog.name, item.code.value);
                collected.add(catalog, item, datapoint, unit, asked_by);
            }
        }
    }
    collected
}

impl Collected {
    fn add(&mut self, catalog: &Catalog, item: &Item, point: &Datapoint, unit: String, by: String) {
        let all = self.topics.iter_mut().flat_map(|topic| &mut topic.metrics);
        // The same id means the same thing in every edition.
        if let Some(known) = all.into_iter().find(|metric| metric.id == point.id) {
            known.asked_by.push(by);
            return;
        }
        let container = catalog.ancestors(item).into_iter().rev().find(|parent| {
            parent.kind == crate::framework::ItemKind::Container && !parent.title.is_empty()
        });
        let title = container.map(|container| container.title.clone()).unwrap_or_default();
        let slug = slug(&title);
        let metric = Asked {
            id: point.id.clone(),
            label: point.label.clone(),
            unit,
            role: point.role.clone(),
            asked_by: vec![by],
        };
        match self.topics.iter_mut().find(|topic| topic.slug == slug) {
            Some(topic) => topic.metrics.push(metric),
            None => self.topics.push(Topic { slug, title, metrics: vec![metric] }),
        }
    }
}

/// The code whose answer an item is a part of: its own, or that of the item above it.
fn answered_by<'a>(
    catalog: &'a Catalog,
    item: &'a Item,
    codes: &BTreeSet<&str>,
) -> Option<&'a str> {
    let above = catalog.ancestors(item).into_iter().rev();
    let mut chain = std::iter::once(item).chain(above).map(|item| item.code.value.as_str());
    chain.find(|code| codes.contains(code))
}

/// Whether a figure is asked for in every report, and not as a part of another.
fn is_wanted(datapoint: &Datapoint) -> bool {
    let figure = !matches!(datapoint.quantity.as_deref(), None | Some("target" | "set"));
    let asked = datapoint.is_required() || datapoint.obligation.as_deref() == Some("one-of");
    figure && asked && datapoint.of.is_none() && !datapoint.label.is_empty() && is_id(&datapoint.id)
}

fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The suggested unit, in the currency of the report.
fn unit_of(datapoint: &Datapoint, issuer: &Issuer, units: &Units) -> Option<String> {
    let suggested = datapoint.unit.as_deref()?;
    let own = suggested.replace("CNY", &issuer.currency);
    let known = |unit: &String| units.table.parse(unit).is_ok();
    Some(own).filter(known).or_else(|| Some(suggested.to_owned()).filter(known))
}

/// `Aspect A2: Use of Resources` as `use-of-resources`.
fn slug(title: &Localized<String>) -> String {
    let english = title.get(crate::locale::Lang::En).map_or("", String::as_str);
    let plain = english.rsplit(": ").next().unwrap_or_default();
    let plain = plain.rsplit(')').next().unwrap_or_default();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "figures".to_owned() } else { slug }
}

/// The file of a topic.
pub fn file(topic: &Topic, issuer: &Issuer, comment: &str) -> String {
    let mut text = format!("# {comment}\nmetrics:\n");
    for metric in &topic.metrics {
        let _ = writeln!(text, "  # {}", metric.asked_by.join(", "));
        let _ = writeln!(text, "  {}:", metric.id);
        let _ = writeln!(text, "    label: {}", flow(&metric.label, &issuer.languages));
        let _ = writeln!(text, "    unit: \"{}\"", metric.unit);
        if let Some(role) = &metric.role {
            let _ = writeln!(text, "    role: {role}");
        }
        let _ = writeln!(text, "    values:");
        for year in issuer.years() {
            let _ = writeln!(
                text,
                "      {year}: {{pending: {}, reason: to-be-collected}}",
                issuer.due
            );
        }
    }
    text
}
