//! RO-Crate 1.1 metadata of the payload.

use serde_json::{Value, json};

use crate::locale::{Date, Lang};
use crate::report::Report;

use crate::bundle::{PAYLOAD, Tree};

/// Where the metadata stands.
pub const METADATA: &str = "data/ro-crate-metadata.json";

/// The metadata: what the payload is, who reports, and every file with its type and size.
pub fn ro_crate(report: &Report, tree: &Tree, as_of: Date) -> Value {
    let head = &report.content.head;
    let english = |text: &crate::content::Text| {
        text.get(Lang::En).map(|words| words.value.clone()).unwrap_or_default()
    };
    let files: Vec<&String> = tree.keys().filter(|path| path.starts_with(PAYLOAD)).collect();
    let ids: Vec<Value> = files.iter().map(|path| json!({"@id": id(path)})).collect();
    let mut graph = vec![
        json!({
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        }),
        json!({
            "@id": "./",
            "@type": "Dataset",
            "name": format!("Evidence bundle: {}", english(&head.title)),
            "description": format!(
                "Inputs, printed reports, facts, computations, findings and audit sheets of the report of {} for {} to {}. LIMITS.txt says what it does not prove.",
                english(&head.name), head.period.start.value, head.period.end.value
            ),
            "datePublished": as_of.to_string(),
            "license": {"@id": "#rights"},
            "author": {"@id": "#entity"},
            "inLanguage": head.languages.iter().map(|lang| lang.tag()).collect::<Vec<_>>(),
            "hasPart": ids,
        }),
        json!({
            "@id": "#rights",
            "@type": "CreativeWork",
            "name": "Rights",
            "description": "The reporting entity and the owners of the documents in it hold the rights. A bundle is handed over for assurance and grants no licence.",
        }),
        json!({"@id": "#entity", "@type": "Organization", "name": english(&head.name)}),
        json!({
            "@id": "#esgreport",
            "@type": "SoftwareApplication",
            "name": "esgreport",
            "softwareVersion": env!("CARGO_PKG_VERSION"),
        }),
        json!({
            "@id": "#bundle",
            "@type": "CreateAction",
            "name": "Making of the bundle",
            "instrument": {"@id": "#esgreport"},
            "result": {"@id": "./"},
        }),
    ];
    for path in files {
        let size = tree.get(path).map(Vec::len).unwrap_or_default();
        graph.push(json!({
            "@id": id(path),
            "@type": "File",
            "name": path.strip_prefix(PAYLOAD).unwrap_or(path),
            "encodingFormat": format(path),
            "contentSize": size.to_string(),
        }));
    }
    json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})
}

/// The id of a file: its path as a relative reference.
fn id(path: &str) -> String {
    crate::bundle::links::link(0, path.strip_prefix(PAYLOAD).unwrap_or(path))
}

fn format(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("pdf") => "application/pdf",
        Some("html") => "text/html",
        Some("json") => "application/json",
        Some("sarif") => "application/sarif+json",
        Some("csv") => "text/csv",
        Some("yaml" | "yml") => "application/yaml",
        Some("md") => "text/markdown",
        Some("txt") => "text/plain",
        Some("svg") => "image/svg+xml",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
