//! Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0, OASIS).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diag::{Diagnostic, Edit, Phrase, Severity, Wording, say};
use crate::emit::checked::{Base, Checked, Home, Outcome, Run, Standing};
use crate::lint::fingerprint;
use crate::lint::registry;
use crate::lint::{Rule, Suppressed, Tier};
use crate::source::{Sources, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The address that stands for the program, as that of its schemas does.
const ADDRESS: &str = "https://esgreport.org/";

/// Folder of the files inside the program, such as the editions of frameworks.
const PROGRAM: &str = "ESGREPORT";

/// Name and version of the way in which fingerprints are made.
const FINGERPRINT: &str = "findingIdentity/v1";

/// Longest excerpt, in bytes.
const LONGEST: usize = 400;

/// The findings of a run as a SARIF log with one run in it.
pub fn run_sarif(run: &Run<'_>) -> Value {
    let rules = Rules::new(run);
    let mut results = Vec::new();
    for project in &run.projects {
        let Ok(outcome) = project.outcome else { continue };
        let writer = Writer { run, rules: &rules, base: &project.base, outcome };
        results.extend(outcome.all().into_iter().map(|(found, how)| writer.result(found, how)));
    }
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "esgreport",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": ADDRESS,
                "language": if run.wording.is_english() { "en" } else { "zh-Hans" },
                "rules": rules.list.iter().map(|rule| described(rule, run.wording)).collect::<Vec<_>>(),
            }},
            "invocations": [invocation(run)],
            "originalUriBaseIds": bases(run),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// The rules that the results of a run name, sorted.
struct Rules {
    list: Vec<&'static Rule>,
    index: BTreeMap<&'static str, usize>,
}

impl Rules {
    fn new(run: &Run<'_>) -> Self {
        let outcomes = run.projects.iter().filter_map(|project| project.outcome.as_ref().ok());
        let mut named: Vec<&'static str> =
            outcomes.flat_map(|outcome| outcome.all()).map(|(found, _)| found.rule).collect();
        named.sort_unstable();
        named.dedup();
        let list: Vec<&'static Rule> = named.into_iter().filter_map(registry::find).collect();
        let index = list.iter().enumerate().map(|(at, rule)| (rule.name, at)).collect();
        Self { list, index }
    }
}

/// A rule with its whole page.
fn described(rule: &Rule, wording: &Wording) -> Value {
    let checks = section(rule.doc, "What it checks");
    let matters = section(rule.doc, "Why it matters");
    let first = checks.split(". ").next().unwrap_or_default().trim_end_matches(['.', ':']);
    let heading = wording.of(&say!("Why it matters"));
    json!({
        "id": rule.name,
        "name": camel(rule.name),
        "shortDescription": {"text": format!("{first}.")},
        "fullDescription": {"text": checks},
        "help": {"text": format!("{checks}\n\n{heading}: {matters}"), "markdown": rule.doc},
        "defaultConfiguration": {
            "level": rule.severity.word(),
            "enabled": rule.tier <= Tier::Default,
        },
        "properties": {
            "tags": [rule.group.name()],
            "tier": rule.tier.name(),
            "since": rule.since,
        },
    })
}

/// The first paragraph under a heading of a page, in one line.
fn section(page: &str, heading: &str) -> String {
    let after = page.split(&format!("## {heading}")).nth(1).unwrap_or_default().trim();
    let paragraph = after.split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `total-mismatch` as `TotalMismatch`.
fn camel(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect()
}

/// How the run ended, and what could not be done.
fn invocation(run: &Run<'_>) -> Value {
    let mut notifications = Vec::new();
    for project in &run.projects {
        match &project.outcome {
            Err(fault) => notifications.push(json!({
                "level": "error",
                "message": {"text": text(&project.told(fault), run.wording)},
            })),
            Ok(outcome) => notifications.extend(gone(run, outcome)),
        }
    }
    json!({
        "executionSuccessful": run.unreadable() == 0,
        "exitCode": run.code,
        "toolExecutionNotifications": notifications,
    })
}

/// Entries of the baseline whose finding is gone.
fn gone<'r>(run: &'r Run<'_>, outcome: &'r Outcome<'_>) -> impl Iterator<Item = Value> + 'r {
    let baseline = run.baseline.as_deref().unwrap_or_default();
    outcome.gone.iter().map(move |entry| {
        let message = say!(
            "`{baseline}` records a finding of `{rule}` in `{file}` that is no longer there: {message}",
            baseline,
            rule = entry.rule,
            file = entry.file,
            message = entry.message
        );
        json!({"level": "warning", "message": {"text": text(&message, run.wording)}})
    })
}

/// The folders that paths start from.
fn bases(run: &Run<'_>) -> Value {
    let mut bases = Map::new();
    for Checked { base, .. } in &run.projects {
        let meaning = text(&base.meaning, run.wording);
        bases.insert(base.id.clone(), json!({"description": {"text": meaning}}));
    }
    let meaning = text(&say!("the files inside the program"), run.wording);
    bases.insert(PROGRAM.into(), json!({"description": {"text": meaning}}));
    Value::Object(bases)
}

/// Writes the results of one project.
struct Writer<'a> {
    run: &'a Run<'a>,
    rules: &'a Rules,
    base: &'a Base,
    outcome: Outcome<'a>,
}

impl Writer<'_> {
    fn result(&self, found: &Diagnostic, standing: Standing<'_>) -> Value {
        let mut result = Map::new();
        let mut add = |key: &str, value: Value| drop(result.insert(key.to_owned(), value));
        add("ruleId", json!(found.rule));
        if let Some(index) = self.rules.index.get(found.rule) {
            add("ruleIndex", json!(index));
        }
        add("level", json!(found.severity.word()));
        add("message", json!({"text": self.message(found)}));
        let mut primary = self.location(found.primary.span, &found.primary.text);
        self.add_names(found, &mut primary);
        add("locations", json!([primary]));
        let related = found.related.iter().zip(1..).map(|(label, id): (_, u32)| {
            let mut location = self.location(label.span, &label.text);
            location.insert("id".into(), json!(id));
            location
        });
        let related: Vec<_> = related.collect();
        if !related.is_empty() {
            add("relatedLocations", json!(related));
        }
        add("partialFingerprints", json!({FINGERPRINT: fingerprint(found, self.outcome.sources)}));
        if self.run.baseline.is_some() {
            let state = if matches!(standing, Standing::Recorded) { "unchanged" } else { "new" };
            add("baselineState", json!(state));
        }
        add("suppressions", self.suppressions(standing));
        let fixes: Vec<Value> = found.edits.iter().filter_map(|edit| self.fix(edit)).collect();
        if !fixes.is_empty() {
            add("fixes", json!(fixes));
        }
        let figures = figures(found);
        if !figures.is_empty() {
            add("properties", Value::Object(figures));
        }
        Value::Object(result)
    }

    /// The message with what can be done, as sentences.
    fn message(&self, found: &Diagnostic) -> String {
        let message = text(&found.message, self.run.wording);
        match &found.help {
            None => message,
            Some(help) => {
                let help = text(&say!("Help: {help}", help), self.run.wording);
                let blank = if message.ends_with('.') { " " } else { "" };
                format!("{message}{blank}{help}")
            }
        }
    }

    /// The cell, and what the finding is about, as names that do not depend on lines.
    fn add_names(&self, found: &Diagnostic, location: &mut Map<String, Value>) {
        let cell = self.outcome.sources.cell(found.primary.span);
        let cell = cell.map(|(sheet, cell)| format!("{sheet}!{cell}"));
        let names = cell.into_iter().chain(found.subject.clone());
        let names: Vec<Value> = names.map(|name| json!({"fullyQualifiedName": name})).collect();
        if !names.is_empty() {
            location.insert("logicalLocations".into(), json!(names));
        }
    }

    fn location(&self, span: Span, label: &Phrase) -> Map<String, Value> {
        let mut location = Map::new();
        let mut said = self.run.wording.of(label);
        match self.artifact(span) {
            Some(artifact) => {
                let physical = json!({
                    "artifactLocation": artifact,
                    "region": region(self.outcome.sources, span, Excerpt::Yes),
                });
                location.insert("physicalLocation".into(), physical);
            }
            // What lies outside the folder of the run has no address there; it is named.
            None => said = format!("{} {said}", self.outcome.sources.place(span)),
        }
        if !said.trim().is_empty() {
            let text = text(&Phrase::from(said.trim()), self.run.wording);
            location.insert("message".into(), json!({"text": text}));
        }
        location
    }

    fn artifact(&self, span: Span) -> Option<Value> {
        let (path, base) = match self.base.home(self.outcome.sources, span) {
            Home::Project(path) => (path, self.base.id.as_str()),
            Home::Program(path) => (path, PROGRAM),
            Home::Elsewhere(_) => return None,
        };
        Some(json!({"uri": uri(&path), "uriBaseId": base}))
    }

    /// Why a finding does not count. An empty list says that it does.
    fn suppressions(&self, standing: Standing<'_>) -> Value {
        match standing {
            Standing::Counts => json!([]),
            Standing::Recorded => {
                let baseline = self.run.baseline.as_deref().unwrap_or_default();
                let reason = say!("recorded in the baseline `{baseline}`", baseline);
                json!([{
                    "kind": "external",
                    "status": "accepted",
                    "justification": self.run.wording.of(&reason),
                }])
            }
            Standing::Accepted(accepted) => json!([self.suppression(accepted)]),
        }
    }

    fn suppression(&self, accepted: &Suppressed) -> Value {
        json!({
            "kind": "inSource",
            "status": "accepted",
            "justification": accepted.reason,
            "location": self.location(accepted.span, &Phrase::default()),
            "properties": {
                "approver": accepted.approver,
                "expires": accepted.expires.to_string(),
            },
        })
    }

    fn fix(&self, edit: &Edit) -> Option<Value> {
        let wanted = &edit.text;
        let description = text(&say!("write `{wanted}`", wanted), self.run.wording);
        Some(json!({
            "description": {"text": description},
            "artifactChanges": [{
                "artifactLocation": self.artifact(edit.span)?,
                "replacements": [{
                    "deletedRegion": region(self.outcome.sources, edit.span, Excerpt::No),
                    "insertedContent": {"text": wanted},
                }],
            }],
        }))
    }
}

/// What a finding is about and its figures, for programs.
fn figures(found: &Diagnostic) -> Map<String, Value> {
    let figures = [
        ("subject", &found.subject),
        ("stated", &found.stated),
        ("computed", &found.computed),
        ("difference", &found.difference),
    ];
    let known = figures.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    known.map(|(key, value)| (key.to_owned(), json!(value))).collect()
}

/// Whether a region shows what stands there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Excerpt {
    Yes,
    No,
}

/// A region by lines and columns; of a workbook, by row and column of its cell.
fn region(sources: &Sources, span: Span, excerpt: Excerpt) -> Value {
    let (start, end) = (sources.start(span), sources.end(span));
    let mut region = json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    });
    let shown = sources.text(span);
    let fits = excerpt == Excerpt::Yes && !shown.is_empty() && shown.len() <= LONGEST;
    if let Some(region) = region.as_object_mut().filter(|_| fits) {
        region.insert("snippet".into(), json!({"text": shown}));
    }
    region
}

/// A phrase as a message of SARIF: a sentence with its full stop, in which braces and the form of a
/// link stand for themselves.
fn text(phrase: &Phrase, wording: &Wording) -> String {
    let said = wording.of(phrase);
    let said = said.replace('{', "{{").replace('}', "}}").replace("](", "] (");
    let stop = if wording.is_english() { '.' } else { '。' };
    let ended = said.ends_with(['.', '。', '!', '?']);
    if ended { said } else { format!("{said}{stop}") }
}

/// A path as a relative reference (RFC 3986). A first segment with a colon would be a scheme, so
/// colons are escaped too.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
        if plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Findings of one project in no run of `check`, such as those in a bundle.
pub fn to_sarif(outcome: Outcome<'_>, base: Base, tier: Tier) -> Value {
    let wording = Wording::default();
    let project = Checked { name: String::new(), base, outcome: Ok(outcome) };
    let failed = outcome.judged.fails(Severity::Error);
    let run = Run {
        projects: vec![project],
        least: Severity::Error,
        tier,
        code: u8::from(failed),
        wording: &wording,
        baseline: None,
    };
    run_sarif(&run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a/b c.yaml"), "a/b%20c.yaml");
        assert_eq!(uri("附件/x:y#z?.md"), "%E9%99%84%E4%BB%B6/x%3Ay%23z%3F.md");
        assert_eq!(uri("a\\b%.md"), "a%5Cb%25.md");
    }

    #[test]
    fn messages_hold_no_placeholder_and_no_link() {
        let english = Wording::default();
        let said = text(&Phrase::from("write `{{ a }}` [b](1)"), &english);
        assert_eq!(said, "write `{{{{ a }}}}` [b] (1).");
        assert_eq!(text(&Phrase::from("done."), &english), "done.");
    }

    #[test]
    fn names_of_rules_have_a_second_form() {
        assert_eq!(camel("total-mismatch"), "TotalMismatch");
    }
}
