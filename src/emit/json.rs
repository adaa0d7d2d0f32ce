//! Findings as one JSON object.

use serde_json::{Map, Value, json};

use crate::diag::{Diagnostic, Severity};
use crate::lint::Judged;
use crate::source::{Sources, Span};

/// All findings with a summary, as `check --format json` prints them.
pub fn to_json(judged: &Judged, sources: &Sources) -> Value {
    let findings: Vec<Value> = judged.findings.iter().map(|d| finding(d, sources)).collect();
    let suppressed = judged.suppressed.iter().map(|accepted| {
        let mut value = finding(&accepted.finding, sources);
        if let Value::Object(map) = &mut value {
            map.insert("reason".into(), json!(accepted.reason));
        }
        value
    });
    let count = |severity: Severity| judged.count(severity);
    json!({
        "findings": findings,
        "suppressed": suppressed.collect::<Vec<_>>(),
        "summary": {
            "error": count(Severity::Error),
            "warning": count(Severity::Warning),
            "note": count(Severity::Note),
        },
    })
}

fn finding(found: &Diagnostic, sources: &Sources) -> Value {
    let related: Vec<Value> =
        found.related.iter().map(|label| place(label.span, &label.text, sources)).collect();
    json!({
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
    })
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
