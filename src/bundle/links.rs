//! Names of audit sheets.

use std::collections::BTreeMap;

use crate::report::Report;

/// The sheet of every metric and disclosure, as paths inside the payload.
#[derive(Debug, Default)]
pub struct Links {
    metrics: BTreeMap<String, String>,
    disclosures: BTreeMap<(String, String), String>,
}

impl Links {
    /// Names the sheets of a report. Names are lower-case and have only letters, digits, points and
    /// hyphens, so that they are the same on every file system.
    pub fn new(report: &Report) -> Self {
        let mut links = Self::default();
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        let mut unique = |stem: String| {
            let seen = used.entry(stem.clone()).or_default();
            *seen += 1;
            if *seen == 1 { format!("{stem}.html") } else { format!("{stem}-{seen}.html") }
        };
        for metric in &report.content.metrics {
            let id = &metric.id.value;
            let path = unique(format!("sheets/metrics/metric-{}", slug(id)));
            links.metrics.entry(id.clone()).or_insert(path);
        }
        for claim in &report.content.head.frameworks {
            let edition = &claim.edition.value;
            let Some(verdict) = report.verdict(edition) else { continue };
            for judgement in &verdict.items {
                let code = &judgement.item.code.value;
                let stem = format!("sheets/disclosures/{}/clause-{}", slug(edition), slug(code));
                let key = (edition.clone(), code.clone());
                links.disclosures.entry(key).or_insert_with(|| unique(stem));
            }
        }
        links
    }

    /// The sheet of a metric.
    pub fn metric(&self, id: &str) -> Option<&str> {
        self.metrics.get(id).map(String::as_str)
    }

    /// The sheet of a disclosure.
    pub fn disclosure(&self, edition: &str, code: &str) -> Option<&str> {
        self.disclosures.get(&(edition.to_owned(), code.to_owned())).map(String::as_str)
    }
}

/// A link from a page to a file of the payload, with its characters escaped as RFC 3986 asks.
pub fn link(depth: usize, path: &str) -> String {
    let mut text = "../".repeat(depth);
    for byte in path.bytes() {
        let plain =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
        if plain {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

fn slug(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' });
    let plain: String = plain.collect::<String>().to_ascii_lowercase();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-").trim_matches('.').to_owned()
}
