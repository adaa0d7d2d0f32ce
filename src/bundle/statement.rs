//! The statement over a bundle, in the form of in-toto (Statement v1).

use serde_json::{Value, json};

use crate::source::sha256;

use crate::bundle::assemble::Made;
use crate::bundle::overview::tally;
use crate::bundle::{FRAMEWORKS, INPUT, PAYLOAD, Tree};

/// The form of the whole.
pub const FORM: &str = "https://in-toto.io/Statement/v1";
/// The form of what is said.
pub const PREDICATE: &str = "https://esgreport.org/attestation/bundle/v1";
/// The type of what is signed.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// What was made, from what, by which version, and what was found.
pub fn statement(made: &Made<'_>, tree: &Tree) -> Value {
    let head = &made.report.content.head;
    let resources = |wanted: &dyn Fn(&str) -> bool| -> Vec<Value> {
        let files = tree.iter().filter(|(path, _)| path.starts_with(PAYLOAD) && wanted(path));
        let described =
            files.map(|(path, bytes)| json!({"name": path, "digest": {"sha256": sha256(bytes)}}));
        described.collect()
    };
    let is_given = |path: &str| path.starts_with(INPUT) || path.starts_with(FRAMEWORKS);
    let withheld = made.report.content.evidence.iter().filter_map(|item| {
        let file = item.file.as_ref().filter(|file| made.withheld.contains(&file.value))?;
        let sum = item.sha256.as_ref().map(|sum| sum.value.clone());
        Some(json!({"name": file.value, "digest": {"sha256": sum}, "evidence": item.id.value}))
    });
    json!({
        "_type": FORM,
        "subject": resources(&|path| !is_given(path)),
        "predicateType": PREDICATE,
        "predicate": {
            "tool": {"name": "esgreport", "version": env!("CARGO_PKG_VERSION")},
            "entity": head.name.iter().map(|(_, name)| name.value.clone()).collect::<Vec<_>>(),
            "period": {
                "start": head.period.start.value.to_string(),
                "end": head.period.end.value.to_string(),
            },
            "asOf": made.as_of.to_string(),
            "seal": made.report.content.seals.last().filter(|seal| seal.unsealed.is_none())
                .map(|seal| seal.digest.value.clone()),
            "inputs": resources(&|path| path.starts_with(INPUT)),
            "frameworks": resources(&|path| path.starts_with(FRAMEWORKS)),
            "withheld": withheld.collect::<Vec<_>>(),
            "findings": tally(made.judged),
        },
    })
}
