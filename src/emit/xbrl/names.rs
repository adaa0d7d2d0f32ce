//! What things of a project are called in XBRL.
//!
//! Ids of metrics are names of concepts as they stand. Everything else begins with a capital
//! letter, which no id does, so that no two names meet.

use std::collections::BTreeMap;

use crate::content::Metric;
use crate::framework::Catalog;
use crate::locale::Lang;
use crate::report::Report;
use crate::source::{Sources, sha256};

use crate::emit::topic_of;

/// Where namespaces start.
const ROOT: &str = "https://esgreport.org/xbrl";

/// Names of one project's taxonomy.
pub struct Names {
    /// Name of the entity in addresses and identifiers.
    pub entity: String,
    /// The reported year.
    pub year: u16,
    /// Metrics by topic, in the order of the project.
    pub topics: Vec<(String, Vec<String>)>,
    /// Clauses that metrics answer, by edition.
    pub editions: Vec<Edition>,
}

/// An edition with the clauses that metrics answer.
pub struct Edition {
    /// Name, such as `gri/2021`.
    pub name: String,
    /// Clauses with the metrics that answer them, in the order of the catalog.
    pub clauses: Vec<(String, Vec<String>)>,
}

impl Names {
    /// The names of a project.
    pub fn new(report: &Report, sources: &Sources) -> Self {
        let mut topics: Vec<(String, Vec<String>)> = Vec::new();
        for metric in &report.content.metrics {
            let (topic, id) = (topic_of(metric, sources), metric.id.value.clone());
            match topics.iter_mut().find(|(other, _)| other == topic) {
                Some((_, metrics)) => metrics.push(id),
                None => topics.push((topic.to_owned(), vec![id])),
            }
        }
        let editions = report.catalogs.values().map(|catalog| edition(report, catalog));
        let editions = editions.filter(|edition| !edition.clauses.is_empty()).collect();
        Self { entity: entity(report), year: report.year(), topics, editions }
    }

    /// Namespace of the taxonomy.
    pub fn namespace(&self) -> String {
        format!("{ROOT}/{}/{}", self.entity, self.year)
    }

    /// Address of a role.
    pub fn role(&self, name: &str) -> String {
        format!("{}/role/{}", self.namespace(), local(name))
    }

    /// File of the schema.
    pub fn schema_file(&self) -> String {
        format!("{}-{}.xsd", self.entity, self.year)
    }

    /// Place of an element in the schema, for locators.
    pub fn href(&self, element: &str) -> String {
        format!("{}#esg_{element}", self.schema_file())
    }
}

/// Scheme of entity identifiers.
pub fn scheme() -> String {
    format!("{ROOT}/entity")
}

/// Namespace of units.
pub fn unit_namespace() -> String {
    format!("{ROOT}/unit")
}

fn edition(report: &Report, catalog: &Catalog) -> Edition {
    let mut answered: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let files = report.content.disclosures.iter();
    for answer in files.filter(|file| file.framework.value == catalog.name).flat_map(|f| &f.answers)
    {
        let known = answer.facts.iter().filter(|id| report.metric(&id.value).is_some());
        let list = answered.entry(&answer.code.value).or_default();
        for id in known {
            if !list.contains(&id.value) {
                list.push(id.value.clone());
            }
        }
    }
    let clauses = catalog.codes().filter_map(|code| {
        let metrics = answered.get(code).filter(|metrics| !metrics.is_empty())?;
        Some((code.to_owned(), metrics.clone()))
    });
    Edition { name: catalog.name.clone(), clauses: clauses.collect() }
}

/// The entity in letters of addresses: its English name, or a checksum where that has none.
fn entity(report: &Report) -> String {
    let head = &report.content.head;
    let names = [&head.short, &head.name].map(|text| text.exact(Lang::En));
    let english = names.into_iter().flatten().next().map(|name| name.value.to_lowercase());
    let mut slug = String::new();
    for c in english.unwrap_or_default().chars() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_matches('-');
    if slug.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return slug.to_owned();
    }
    let name = head.name.get(Lang::ZhHans).map(|name| name.value.clone()).unwrap_or_default();
    format!("entity-{}", sha256(name.as_bytes()).chars().take(8).collect::<String>())
}

/// A name in letters that XML takes; other characters by their number, so that names stay apart.
pub fn local(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.chars().enumerate() {
        let first = c.is_ascii_alphabetic() || ('\u{4e00}'..='\u{9fff}').contains(&c);
        let later = c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
        match c {
            c if first || (at > 0 && later) => out.push(c),
            '/' => out.push('.'),
            c => out.push_str(&format!("_x{:04X}_", u32::from(c))),
        }
    }
    out
}

/// Element of a dimension.
pub fn axis(dimension: &str) -> String {
    format!("Axis.{dimension}")
}

/// Element of the whole of a dimension.
pub fn total(dimension: &str) -> String {
    format!("Total.{dimension}")
}

/// Element of a member.
pub fn member(dimension: &str, member: &str) -> String {
    format!("Member.{dimension}.{member}")
}

/// Element of a topic.
pub fn topic(topic: &str) -> String {
    format!("Topic.{}", local(topic))
}

/// Element of an edition.
pub fn framework(edition: &str) -> String {
    format!("Framework.{}", local(edition))
}

/// Element of a clause.
pub fn clause(edition: &str, code: &str) -> String {
    format!("Clause.{}.{}", local(edition), local_part(code))
}

fn local_part(code: &str) -> String {
    // The first character is not the first of the name here.
    local(&format!("x{code}")).chars().skip(1).collect()
}

/// Dimensions and members that figures are broken down by, in the order of the project.
pub fn dimensions(report: &Report) -> Vec<(String, Vec<String>)> {
    let declared = report.content.dimensions.iter().map(|dimension| {
        let members = dimension.members.iter().map(|(id, _)| id.value.clone());
        (dimension.id.value.clone(), members.collect::<Vec<_>>())
    });
    let mut found: Vec<(String, Vec<String>)> = declared.collect();
    // What a breakdown names and no file declares has a finding, and is a figure all the same.
    for breakdown in report.content.metrics.iter().flat_map(|metric: &Metric| &metric.by) {
        for member in &breakdown.members {
            for (dimension, key) in breakdown.dimensions().zip(member.key.value.split('+')) {
                match found.iter_mut().find(|(other, _)| other == dimension) {
                    Some((_, members)) if members.iter().any(|other| other == key) => {}
                    Some((_, members)) => members.push(key.to_owned()),
                    None => found.push((dimension.to_owned(), vec![key.to_owned()])),
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_of_xml() {
        assert_eq!(clause("gri/2021", "302-1(a)"), "Clause.gri.2021.302-1_x0028_a_x0029_");
        assert_eq!(local("能源"), "能源");
        assert_eq!(local("2x"), "_x0032_x");
    }
}
