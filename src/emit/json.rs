//! Findings as one JSON object.

use serde_json::{Map, Value, json};

use crate::diag::{Diagnostic, Severity, Wording};
use crate::emit::checked::{Outcome, Run};
use crate::lint::Judged;
use crate::lint::Recorded;
use crate::lint::fingerprint;
use crate::source::{Sources, Span};

/// All findings of a project with a summary, as `check --format json` prints them.
pub fn to_json(judged: &Judged, sources: &Sources, wording: &Wording) -> Value {
    let part = Part { outcome: Outcome { judged, sources, gone: &[] }, wording, project: None };
    let mut object = Map::new();
    part.add(&mut object);
    object.insert("summary".into(), counts(|severity| judged.count(severity)));
    Value::Object(object)
}

/// All findings of a run. That of one project is the object of [`to_json`]; in that of several,
/// each finding names its project, and `projects` has a summary of each.
pub fn run_json(run: &Run<'_>) -> Value {
    let several = run.projects.len() > 1;
    let mut object = Map::new();
    append(&mut object, "findings", Vec::new());
    append(&mut object, "suppressed", Vec::new());
    for project in &run.projects {
        let Ok(outcome) = &project.outcome else { continue };
        let name = several.then_some(project.name.as_str());
        let part = Part { outcome: *outcome, wording: run.wording, project: name };
        part.add(&mut object);
        if run.baseline.is_some() {
            part.add_baseline(&mut object);
        }
    }
    if several {
        let projects = run.projects.iter().map(|project| match &project.outcome {
            Ok(outcome) => json!({
                "project": project.name,
                "summary": counts(|severity| outcome.judged.count(severity)),
            }),
            Err(fault) => json!({"project": project.name, "fault": run.wording.of(fault)}),
        });
        object.insert("projects".into(), projects.collect());
    }
    let mut summary = counts(|severity| run.count(severity));
    if let Some(summary) = summary.as_object_mut().filter(|_| several) {
        summary.insert("unreadable".into(), json!(run.unreadable()));
    }
    object.insert("summary".into(), summary);
    Value::Object(object)
}

fn counts(of: impl Fn(Severity) -> usize) -> Value {
    json!({
        "error": of(Severity::Error),
        "warning": of(Severity::Warning),
        "note": of(Severity::Note),
    })
}

/// The findings of one project.
struct Part<'a> {
    outcome: Outcome<'a>,
    wording: &'a Wording,
    project: Option<&'a str>,
}

impl Part<'_> {
    fn add(&self, object: &mut Map<String, Value>) {
        let judged = self.outcome.judged;
        let findings = judged.findings.iter().map(|found| self.finding(found));
        append(object, "findings", findings.collect());
        let suppressed = judged.suppressed.iter().map(|accepted| {
            let mut value = self.finding(&accepted.finding);
            if let Value::Object(map) = &mut value {
                map.insert("reason".into(), json!(accepted.reason));
                map.insert("approver".into(), json!(accepted.approver));
                map.insert("expires".into(), json!(accepted.expires.to_string()));
            }
            value
        });
        append(object, "suppressed", suppressed.collect());
    }

    /// What a baseline records, and what of it is gone.
    fn add_baseline(&self, object: &mut Map<String, Value>) {
        let recorded = self.outcome.judged.recorded.iter().map(|found| self.finding(found));
        append(object, "recorded", recorded.collect());
        let gone = self.outcome.gone.iter().map(|entry| self.named(recorded_json(entry)));
        append(object, "gone", gone.collect());
    }

    fn finding(&self, found: &Diagnostic) -> Value {
        let sources = self.outcome.sources;
        let identity = fingerprint(found, sources);
        let found = found.worded(self.wording);
        let related: Vec<Value> =
            found.related.iter().map(|label| place(label.span, &label.text, sources)).collect();
        self.named(json!({
            "rule": found.rule,
            "severity": found.severity.word(),
            "message": found.message,
            "help": found.help,
            "subject": found.subject,
            "primary": place(found.primary.span, &found.primary.text, sources),
            "related": related,
            "stated": found.stated,
            "computed": found.computed,
            "difference": found.difference,
            "fingerprint": identity,
        }))
    }

    /// A finding that names its project, where there are several.
    fn named(&self, finding: Value) -> Value {
        match (self.project, finding) {
            (Some(name), Value::Object(finding)) => {
                let mut named = Map::new();
                named.insert("project".into(), json!(name));
                named.extend(finding);
                Value::Object(named)
            }
            (_, finding) => finding,
        }
    }
}

/// An entry of a baseline.
pub fn recorded_json(entry: &Recorded) -> Value {
    let subject = Some(&entry.subject).filter(|subject| !subject.is_empty());
    json!({
        "rule": entry.rule,
        "severity": entry.severity,
        "file": entry.file,
        "subject": subject,
        "message": entry.message,
        "fingerprint": entry.fingerprint,
    })
}

fn append(object: &mut Map<String, Value>, key: &str, more: Vec<Value>) {
    let list = object.entry(key).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        list.extend(more);
    }
}

fn place(span: Span, text: &str, sources: &Sources) -> Value {
    let (start, end) = (sources.start(span), sources.end(span));
    let mut map = Map::new();
    map.insert("file".into(), json!(sources.path(span)));
    map.insert("line".into(), json!(start.line));
    map.insert("column".into(), json!(start.column));
    map.insert("end_line".into(), json!(end.line));
    map.insert("end_column".into(), json!(end.column));
    if let Some((sheet, cell)) = sources.cell(span) {
        map.insert("sheet".into(), json!(sheet));
        map.insert("cell".into(), json!(cell));
    }
    if !text.is_empty() {
        map.insert("label".into(), json!(text));
    }
    Value::Object(map)
}
