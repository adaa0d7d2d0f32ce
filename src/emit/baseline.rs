//! The file of a baseline: what was found in each project when it was recorded.
//!
//! **Invariant:** there is no line and no day in it, so that it only changes when findings do.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diag::{Phrase, say};
use crate::emit::json::recorded_json;
use crate::lint::Recorded;

/// Version of the form of the file.
const VERSION: u64 = 1;

/// What a baseline records, by project. A project is named by its path from the folder of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Findings by project.
    pub projects: BTreeMap<String, Vec<Recorded>>,
}

impl Baseline {
    /// The text of the file.
    pub fn to_text(&self) -> String {
        let projects = self.projects.iter().map(|(name, entries)| {
            let findings: Vec<Value> = entries.iter().map(recorded_json).collect();
            json!({"project": name, "findings": findings})
        });
        let file = json!({
            "esgreport-baseline": VERSION,
            "projects": projects.collect::<Vec<_>>(),
        });
        format!("{file:#}\n")
    }
}

/// Reads the text of a baseline. What is not understood is refused: a baseline that is half read
/// would hide what it does not record, or count what it does.
pub fn read_baseline(text: &str) -> Result<Baseline, Phrase> {
    let file: Value = serde_json::from_str(text)
        .map_err(|error| say!("it is not JSON: {error}", error = error.to_string()))?;
    if file.get("esgreport-baseline").and_then(Value::as_u64) != Some(VERSION) {
        return Err(say!("it is no baseline of this version of the program"));
    }
    let mut baseline = Baseline::default();
    for project in list(&file, "projects")? {
        let name = field(project, "project")?;
        let mut entries = Vec::new();
        for entry in list(project, "findings")? {
            entries.push(Recorded {
                file: field(entry, "file")?,
                rule: field(entry, "rule")?,
                severity: field(entry, "severity")?,
                subject: field(entry, "subject").unwrap_or_default(),
                message: field(entry, "message")?,
                fingerprint: field(entry, "fingerprint")?,
            });
        }
        entries.sort();
        if baseline.projects.insert(name.clone(), entries).is_some() {
            return Err(say!("it names the project `{name}` twice", name));
        }
    }
    Ok(baseline)
}

fn list<'v>(value: &'v Value, key: &str) -> Result<&'v Vec<Value>, Phrase> {
    let list = value.get(key).and_then(Value::as_array);
    list.ok_or_else(|| say!("it has no list `{key}` where there should be one", key))
}

fn field(value: &Value, key: &str) -> Result<String, Phrase> {
    let text = value.get(key).and_then(Value::as_str).map(str::to_owned);
    text.ok_or_else(|| say!("it has no text `{key}` where there should be one", key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let entry = |subject: &str| Recorded {
            file: "metrics/a.yaml".into(),
            rule: "total-mismatch".into(),
            severity: "error".into(),
            subject: subject.into(),
            message: "stated \"total\"".into(),
            fingerprint: "ab".repeat(16),
        };
        let entries = vec![entry(""), entry("water.used@2024")];
        let mut baseline = Baseline::default();
        baseline.projects.insert("content/a".into(), entries);
        let text = baseline.to_text();
        assert_eq!(read_baseline(&text), Ok(baseline));
        assert!(!text.contains("\"line\""));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let broken = [
            "",
            "{}",
            "{\"esgreport-baseline\": 2, \"projects\": []}",
            "{\"esgreport-baseline\": 1}",
            "{\"esgreport-baseline\": 1, \"projects\": [{\"project\": \"a\"}]}",
            "{\"esgreport-baseline\": 1, \"projects\": [{\"project\": \"a\", \"findings\": [{}]}]}",
        ];
        for text in broken {
            assert!(read_baseline(text).is_err(), "{text}");
        }
        let empty = "{\"esgreport-baseline\": 1, \"projects\": []}";
        assert_eq!(read_baseline(empty), Ok(Baseline::default()));
    }
}
