//! What points to evidence: metrics, targets, claims and answers.

use std::collections::BTreeMap;

use crate::report::Report;

use crate::bundle::links::{Links, link};
use crate::bundle::metric_sheet::Linked;

/// Names of what cites each evidence item, with links from the index, in the order of the report.
pub fn citations(report: &Report, links: &Links) -> BTreeMap<String, Vec<Linked>> {
    let mut found = Citations::default();
    for metric in &report.content.metrics {
        let id = &metric.id.value;
        found.push(&metric.evidence, id, links.metric(id).map(|sheet| link(0, sheet)));
    }
    for target in &report.content.targets {
        let id = &target.id.value;
        found.push(&target.evidence, &format!("target {id}"), Some("#targets".to_owned()));
    }
    for claim in &report.content.head.frameworks {
        let edition = &claim.edition.value;
        found.push(&claim.evidence, &format!("claim {edition}"), Some("#disclosures".to_owned()));
    }
    for file in &report.content.disclosures {
        let edition = &file.framework.value;
        for answer in &file.answers {
            let code = &answer.code.value;
            let sheet = links.disclosure(edition, code).map(|sheet| link(0, sheet));
            found.push(&answer.evidence, &format!("{edition} {code}"), sheet);
        }
    }
    found.0
}

#[derive(Default)]
struct Citations(BTreeMap<String, Vec<Linked>>);

impl Citations {
    fn push(&mut self, items: &[crate::source::Spanned<String>], text: &str, href: Option<String>) {
        for item in items {
            let one = Linked { text: text.to_owned(), href: href.clone().unwrap_or_default() };
            self.0.entry(item.value.clone()).or_default().push(one);
        }
    }
}
